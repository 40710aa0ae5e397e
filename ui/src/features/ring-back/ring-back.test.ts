import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeBackend } from '../../backend/fake';
import { at, NOW_SECONDS, TODAY } from '../../backend/fake/office';
import { axeProblems, openApp } from '../../testing/app';

const callers = () => screen.findAllByTestId('caller');
const numberOf = (row: HTMLElement | undefined) => row?.dataset.number ?? '';

/** Somebody rings and gets nobody; `null` shows no number. */
function miss(fake: FakeBackend, number: string | null): void {
  const like = fake.calls.find((call) => call.outcome === 'lost-ringing');
  if (!like) throw new Error('the office misses no call');
  fake.calls = [
    {
      ...like,
      id: `missed-${number}`,
      start: at(TODAY, NOW_SECONDS),
      caller: { ...like.caller, number, name: null },
    },
    ...fake.calls,
  ];
  fake.changed({ calls: true });
}

describe('ring back', () => {
  it('shows each caller who got nobody once, with the calls behind', async () => {
    const office = new FakeBackend();
    miss(office, null);
    const { fake, user } = openApp(office, '#/ring-back');
    const rows = await callers();
    const view = fake.toRing.view(fake.calls, 'open');
    expect(view.open).toBeGreaterThan(3);
    expect(rows.map(numberOf)).toEqual(view.rows.map(({ number }) => number));
    expect(screen.getByTestId('view-open').textContent).toContain(`(${view.open})`);
    expect(screen.getByTestId('hidden').textContent).toContain(`${view.hidden.length} missed call`);
    expect(view.hidden.length).toBeGreaterThan(0);
    expect(decodeURIComponent(screen.getByTestId('hidden').getAttribute('href') ?? '')).toContain(
      view.hidden.join(','),
    );
    expect(await axeProblems()).toEqual([]);

    const most = [...view.rows].sort((a, b) => b.attempts - a.attempts)[0];
    if (!most) throw new Error('nobody to ring back');
    const row = rows.find((known) => numberOf(known) === most.number);
    if (!row) throw new Error('the caller is not in the list');
    await user.click(within(row).getByTestId('tries'));
    await waitFor(() => expect(screen.getByTestId('chip').textContent).toContain('Not called back'));
    await waitFor(() =>
      expect(
        [...document.querySelectorAll<HTMLElement>('[data-call-id]')]
          .map((call) => call.dataset.callId)
          .sort(),
      ).toEqual([...most.calls].sort()),
    );
  });

  it('goes from row to row with the keys, opens a call beside the list, and closes it', async () => {
    const { user } = openApp({}, '#/ring-back');
    const rows = await callers();
    const who = (at: number) => rows[at]?.querySelector('[data-who]');
    (who(0) as HTMLElement).focus();
    await user.keyboard('j');
    await waitFor(() => expect(document.activeElement).toBe(who(1)));
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(document.activeElement).toBe(who(2)));
    await user.keyboard('k{Enter}');
    expect(await screen.findByTestId('sentence')).toBeTruthy();
    expect(rows[1]?.classList.contains('selected')).toBe(true);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('panel')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(who(1)));
    // The tab key comes to one row only.
    expect(rows.filter((row) => row.querySelector('[data-who][tabindex="0"]')).length).toBe(1);
  });

  it('gives a caller to somebody of the directory, or to whoever is typed, and takes it back', async () => {
    const { user, fake } = openApp({}, '#/ring-back');
    const [first] = await callers();
    (first?.querySelector('[data-who]') as HTMLElement).focus();
    await user.keyboard('g');
    const dialog = await screen.findByTestId('give-dialog');
    const choices = await within(dialog).findAllByTestId('give-choice');
    // Who had an extension until February is not offered.
    expect(choices.map((choice) => choice.textContent)).not.toContain('Peter Lawlor (12)');
    expect(await axeProblems()).toEqual([]);
    await user.click(within(dialog).getByText('Anna Keane (12)'));
    await waitFor(() => expect(screen.queryByTestId('give-dialog')).toBeNull());
    await waitFor(() => expect(screen.getAllByTestId('give')[0]?.textContent).toContain('Anna Keane (12)'));

    await user.click(screen.getAllByTestId('give')[0] as HTMLElement);
    const again = await screen.findByTestId('give-dialog');
    expect(within(again).getByTestId('decisions').textContent).toContain('given to Anna Keane (12)');
    await user.clear(within(again).getByTestId('give-to'));
    await user.type(within(again).getByTestId('give-to'), 'the Saturday help{Enter}');
    await waitFor(() => expect(screen.getAllByTestId('give')[0]?.textContent).toContain('the Saturday help'));
    const undo = screen.getAllByTestId('notice-action').at(-1);
    await user.click(undo as HTMLElement);
    await waitFor(() => expect(screen.getAllByTestId('give')[0]?.textContent).toContain('Anna Keane'));
    expect(fake.asked.filter(({ question }) => question === 'giveRingBack')).toHaveLength(3);
  });

  it('keeps a note', async () => {
    const { user } = openApp({}, '#/ring-back');
    const [first] = await callers();
    (first?.querySelector('[data-who]') as HTMLElement).focus();
    await user.keyboard('n');
    await user.type(await screen.findByTestId('note-text'), 'after lunch');
    await user.click(screen.getByTestId('note-save'));
    await waitFor(() => expect(screen.getAllByTestId('note')[0]?.textContent).toContain('after lunch'));
  });

  it('dismisses with a reason, moves on to the next row, and can be undone', async () => {
    const { user } = openApp({}, '#/ring-back');
    const rows = await callers();
    const [gone, next] = rows.map(numberOf);
    (rows[0]?.querySelector('[data-who]') as HTMLElement).focus();
    await user.keyboard('d');
    await user.click(await screen.findByTestId('dismiss-now'));
    expect((await screen.findByText('Write why; others will want to know.')).id).toBe('dismiss-missing');
    expect(await axeProblems()).toEqual([]);
    await user.type(screen.getByTestId('dismiss-reason'), 'came to the shop{Enter}');
    await waitFor(() => expect(screen.getAllByTestId('caller')).toHaveLength(rows.length - 1));
    await waitFor(() =>
      expect(document.activeElement?.closest<HTMLElement>('tr')?.dataset.number).toBe(next),
    );
    expect(screen.getByTestId('view-dismissed').textContent).toContain('(1)');

    await user.click(screen.getByTestId('view-dismissed'));
    await waitFor(() => expect(screen.getByTestId('because').textContent).toContain('came to the shop'));
    await user.click(screen.getByTestId('reopen'));
    expect((await screen.findByTestId('empty')).textContent).toContain('Nobody has been dismissed');
    await user.click(screen.getByTestId('view-open'));
    await waitFor(() => expect(screen.getAllByTestId('caller').map(numberOf)).toContain(gone));
  });

  it('says of callers who were reached by whom and when', async () => {
    const { user, fake } = openApp({}, '#/ring-back?state=reached');
    const [row] = await callers();
    const [first] = fake.toRing.view(fake.calls, 'reached').rows;
    expect(row?.textContent).toMatch(/spoke with the caller at \d\d:\d\d/);
    await user.click(
      within(row as HTMLElement).getByRole('button', { name: /Open the call that closed it/ }),
    );
    await screen.findByTestId('sentence');
    expect(window.location.hash).toContain(`call=${first?.closed_by}`);
  });

  it('takes a new caller in by itself, who slides in', async () => {
    const { fake } = openApp({}, '#/ring-back');
    const before = (await callers()).map(numberOf);
    miss(fake, '01632960999');
    await waitFor(() => expect(screen.getAllByTestId('caller')).toHaveLength(before.length + 1));
    const [first, ...others] = screen.getAllByTestId('caller');
    expect(numberOf(first)).toBe('01632960999');
    expect(first?.classList.contains('fresh')).toBe(true);
    expect(others.some((row) => row.classList.contains('fresh'))).toBe(false);
  });

  it('is sorted by what one clicks, and remembers it', async () => {
    const { user, unmount } = openApp({}, '#/ring-back');
    await callers();
    await user.click(screen.getByTestId('sort-waited'));
    expect(screen.getByTestId('sort-waited').closest('th')?.getAttribute('aria-sort')).toBe('descending');
    const sorted = screen.getAllByTestId('caller').map(numberOf);
    unmount();
    openApp({}, '#/ring-back');
    expect((await callers()).map(numberOf)).toEqual(sorted);
  });

  it('draws a long list in parts', async () => {
    const fake = new FakeBackend();
    for (let index = 0; index < 250; index += 1) miss(fake, `0163297${String(index).padStart(4, '0')}`);
    const { user } = openApp(fake, '#/ring-back');
    expect(await callers()).toHaveLength(100);
    await user.click(screen.getByTestId('more-callers'));
    expect(screen.getAllByTestId('caller')).toHaveLength(200);
  });

  it('is glad when nobody waits', async () => {
    const fake = new FakeBackend();
    fake.calls = fake.calls.filter(({ missed }) => !missed);
    openApp(fake, '#/ring-back');
    expect((await screen.findByTestId('empty')).textContent).toContain(
      'Everybody who rang has been spoken with.',
    );
  });

  it('says what went wrong, and asks again', async () => {
    const failure = { code: 'ledger-unreadable', message: 'The ledger cannot be read.', hint: null };
    const { user, fake } = openApp({ failing: { ringBack: failure } }, '#/ring-back');
    expect((await screen.findByTestId('error')).textContent).toContain('cannot be read');
    fake.script.failing = {};
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect((await callers()).length).toBeGreaterThan(0);
  });

  it('is one click from the number on Today, whose calls still open', async () => {
    const { user } = openApp();
    await user.click(await screen.findByTestId('to-ring-back'));
    expect((await callers()).length).toBeGreaterThan(0);
    expect(window.location.hash).toBe('#/ring-back');
  });
});
