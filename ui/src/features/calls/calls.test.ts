import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import { FakeBackend } from '../../backend/fake';
import { callsUpTo, TODAY } from '../../backend/fake/office';
import { axeProblems, openApp } from '../../testing/app';

const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"][data-call-id]')];
const ids = () => rows().map((row) => row.dataset.callId);
const loaded = () => waitFor(() => expect(rows().length).toBeGreaterThan(0));

describe('the list of calls', () => {
  it('says how calls, legs and transfers add up', async () => {
    const { fake, user } = openApp({}, '#/calls?period=month');
    await loaded();
    const month = fake.calls.filter((call) => call.start >= '2026-11-01');
    const transfers = month.reduce((sum, call) => sum + call.transfers, 0);
    const equation = await screen.findByTestId('equation');
    expect(equation.textContent?.replaceAll(',', '')).toBe(
      `${month.length} calls = ${month.length + transfers} legs − ${transfers} transfers`,
    );
    equation.focus();
    const meaning = document.getElementById(equation.getAttribute('aria-describedby') ?? '');
    expect(meaning?.textContent).toContain('counts once');
    await waitFor(() => expect(meaning?.classList.contains('shown')).toBe(true));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(meaning?.classList.contains('shown')).toBe(false));
  });

  it('goes to a day', async () => {
    const { user, fake } = openApp({}, '#/calls?period=month');
    await loaded();
    screen.getByTestId('grid').focus();
    await user.keyboard('g');
    const field = await screen.findByTestId<HTMLInputElement>('jump-day');
    expect(field.value).toBe(TODAY);
    await fireEvent.input(field, { target: { value: '2026-11-12' } });
    await user.click(screen.getByTestId('jump-go'));
    const first = fake.calls.find((call) => call.start <= '2026-11-13');
    await waitFor(() => expect(ids()).toContain(first?.id));
    expect(document.activeElement).toBe(screen.getByTestId('grid'));
    const active = screen.getByTestId('grid').getAttribute('aria-activedescendant') ?? '';
    await waitFor(() => expect(document.getElementById(active)?.dataset.callId).toBe(first?.id));
  });

  it('puts columns in another order with the keys, in their menu and at their title', async () => {
    const { user } = openApp({}, '#/calls');
    await loaded();
    const titles = () => screen.getAllByRole('columnheader').map((header) => header.textContent?.trim());
    screen.getByTestId('sort-caller').focus();
    await user.keyboard('{Control>}{Shift>}{ArrowRight}{/Shift}{/Control}');
    expect(titles().slice(0, 3)).toEqual(['Start', 'Called', 'Caller']);
    expect(document.activeElement).toBe(screen.getByTestId('sort-caller'));
    await user.click(screen.getByTestId('columns'));
    await user.click(screen.getByTestId('column-country'));
    expect(titles().at(-1)).toBe('Country');
    expect(document.activeElement).toBe(screen.getByTestId('column-country'));
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(titles().slice(-2)).toEqual(['Country', 'Trunk']);
    expect(rows()[0]?.textContent).toMatch(/United Kingdom|Ireland/);
  });

  it('is saved as it is shown, and the work is seen', async () => {
    const { user, fake } = openApp({}, '#/calls?period=month&direction=inbound&sort=-talk');
    await loaded();
    await user.click(screen.getByTestId('export'));
    await user.click(screen.getByTestId('export-xlsx'));
    await screen.findByTestId('work-line');
    expect(fake.asked.find(({ question }) => question === 'exportCalls')?.with[0]).toMatchObject({
      kind: 'xlsx',
      filter: { directions: ['inbound'], from: '2026-11-01' },
      sort: { column: 'talk', descending: true },
      columns: [
        { key: 'start', title: 'Start' },
        { key: 'caller', title: 'Caller' },
        {},
        {},
        // As the list says it, not as the ledger keeps it.
        { key: 'outcome', words: { answered: 'Answered', 'lost-ringing': 'Missed' } },
        {},
        {},
        {},
      ],
    });
    expect(screen.getByTestId('work-line').textContent).toContain('Writing calls.xlsx');
  });

  it('is a grid that says how long it is', async () => {
    const { fake } = openApp({}, '#/calls?period=month');
    await loaded();
    const grid = screen.getByRole('grid', { name: 'Calls' });
    const month = fake.calls.filter((call) => call.start >= '2026-11-01').length;
    expect(grid.getAttribute('aria-rowcount')).toBe(String(month + 1));
    expect(grid.getAttribute('aria-colcount')).toBe('8');
    expect(rows()[0]?.getAttribute('aria-rowindex')).toBe('2');
    expect(rows().length).toBeLessThan(60);
    expect(await axeProblems()).toEqual([]);
  });

  it('holds 200,000 calls and shows the last of them', async () => {
    const calls = callsUpTo(TODAY, 450, 6).slice(0, 200_000);
    expect(calls.length).toBe(200_000);
    const { user, fake } = openApp({ calls }, '#/calls?period=2020-01-01..2026-12-31');
    await loaded();
    expect(screen.getByTestId('total').textContent).toMatch(/200.000 calls/);
    screen.getByTestId('grid').focus();
    await user.keyboard('{End}');
    await waitFor(() => expect(ids()).toContain(calls.at(-1)?.id));
    expect(rows().length).toBeLessThan(60);
    expect(fake.asked.filter(({ question }) => question === 'listCalls').length).toBe(2);
  });

  it('is walked with the keys', async () => {
    const { user, fake } = openApp({}, '#/calls');
    await loaded();
    const grid = screen.getByTestId('grid');
    const active = () =>
      document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.dataset.callId;
    grid.focus();
    await waitFor(() => expect(active()).toBe(fake.calls[0]?.id));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(active()).toBe(fake.calls[2]?.id);
    await user.keyboard('{ArrowUp}');
    expect(active()).toBe(fake.calls[1]?.id);
    await user.keyboard('{PageDown}');
    expect(active()).toBe(fake.calls[20]?.id);
    await user.keyboard('{Home}{ArrowUp}');
    expect(active()).toBe(fake.calls[0]?.id);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(window.location.hash).toBe(`#/calls?call=${fake.calls[1]?.id}`);
    await screen.findByTestId('sentence');
    await user.keyboard('{ArrowDown}');
    expect(window.location.hash).toBe(`#/calls?call=${fake.calls[2]?.id}`);
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('panel')).toBeNull();
    expect(document.activeElement).toBe(grid);
  });

  it('is sorted by its column titles', async () => {
    const { user, fake } = openApp({}, '#/calls');
    await loaded();
    const header = () => screen.getByTestId('sort-talk').closest('[role="columnheader"]');
    await user.click(screen.getByTestId('sort-talk'));
    await waitFor(() => expect(header()?.getAttribute('aria-sort')).toBe('descending'));
    const longest = [...fake.calls]
      .filter((call) => call.start.startsWith(TODAY))
      .sort((a, b) => (b.talk_seconds ?? -1) - (a.talk_seconds ?? -1))[0];
    await waitFor(() => expect(ids()[0]).toBe(longest?.id));
    await user.click(screen.getByTestId('sort-talk'));
    expect(header()?.getAttribute('aria-sort')).toBe('ascending');
    expect(window.location.hash).toBe('#/calls?sort=talk');
  });

  it('hides and resizes columns, and remembers it', async () => {
    const { user, unmount } = openApp({}, '#/calls');
    await loaded();
    await user.click(screen.getByTestId('columns'));
    await user.click(screen.getByTestId('column-trunk'));
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('sort-trunk')).toBeNull();
    screen.getByTestId('sort-caller').focus();
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
    unmount();
    openApp({}, '#/calls');
    await loaded();
    expect(screen.queryByTestId('sort-trunk')).toBeNull();
    expect(
      JSON.parse(window.localStorage.getItem('ringledger.columns') ?? '{}').widths.caller,
    ).toBeGreaterThan(164);
  });

  it('does not move the row being read when calls come in above', async () => {
    const fake = new FakeBackend();
    const { user } = openApp(fake, '#/calls?period=month');
    await loaded();
    screen.getByTestId('grid').focus();
    for (let page = 0; page < 4; page += 1) await user.keyboard('{PageDown}');
    const before = ids();
    fake.ring('new-1');
    fake.ring('new-2');
    await screen.findByTestId('arrived');
    await waitFor(() => expect(screen.getByTestId('arrived').textContent).toContain('2 new calls above'));
    expect(ids()).toEqual(before);
    await user.click(screen.getByTestId('arrived'));
    await waitFor(() => expect(ids()[0]).toBe('new-2'));
    expect(screen.queryByTestId('arrived')).toBeNull();
  });

  it('at its top shows new calls at once', async () => {
    const { fake } = openApp({}, '#/calls');
    await loaded();
    const id = fake.ring();
    await waitFor(() => expect(ids()[0]).toBe(id));
    expect(rows()[0]?.textContent).toContain('Ringing');
  });
});

describe('filters', () => {
  it('narrow the list, stand as chips, and are taken away by them', async () => {
    const { user, fake } = openApp({}, '#/calls?period=month');
    await loaded();
    await user.click(screen.getByTestId('filter'));
    await user.click(screen.getByTestId('filter-missed'));
    await user.click(screen.getByTestId('filter-direction-inbound'));
    const missed = fake.calls.filter((call) => call.missed && call.start >= '2026-11-01').length;
    await waitFor(() => expect(screen.getByTestId('total').textContent).toContain(`${missed} calls`));
    expect(screen.getAllByTestId('chip').map((chip) => chip.textContent?.trim())).toEqual([
      'All missed calls',
      'Incoming',
    ]);
    await user.keyboard('{Escape}');
    const crosses = () => screen.getAllByTestId('chip').map((chip) => within(chip).getByRole('button'));
    expect(crosses()[0]?.getAttribute('aria-label')).toBe('Remove filter: All missed calls');
    await user.click(crosses()[0]!);
    expect(window.location.hash).toBe('#/calls?period=month&direction=inbound');
    await user.click(crosses()[0]!);
    expect(window.location.hash).toBe('#/calls?period=month');
  });

  it('have a form that axe has nothing against', async () => {
    const { user } = openApp({ calls: callsUpTo(TODAY, 1) }, '#/calls?talk=60..&tag=larch&country=GB');
    await user.click(await screen.findByTestId('filter'));
    expect(await axeProblems()).toEqual([]);
  });

  it('every one of the address is a chip and is asked', async () => {
    const all =
      'party=begins:0770&did=01632960500&queue=Sales&account=118&class=mobile&country=IE&ring=..9&total=60' +
      '&code=20&tag=larch&noted=1';
    const { fake } = openApp({}, `#/calls?${all}`);
    await screen.findByTestId('empty');
    await waitFor(() =>
      expect(screen.getAllByTestId('chip').map((chip) => chip.textContent?.trim())).toEqual([
        'Caller or called begins with 0770',
        'Our number 01632960500',
        'Queue Sales',
        'Account code 118',
        'Number: Mobile',
        'Ireland',
        'Ring at most 0:09',
        'Whole call exactly 1:00',
        'Outcome code: Quote asked for',
        'Tag: larch',
        'With a note',
      ]),
    );
    const asked = fake.asked.findLast(({ question }) => question === 'listCalls')?.with[0];
    expect(asked).toMatchObject({
      filter: {
        party: { how: 'begins', text: '0770' },
        did: '01632960500',
        queue: 'Sales',
        account_code: '118',
        classes: ['mobile'],
        countries: ['IE'],
        outcome_codes: ['20'],
        tags: ['larch'],
        noted: true,
      },
    });
  });

  it('refuse what is no length of time, and say how it is written', async () => {
    const { user } = openApp({}, '#/calls');
    await loaded();
    await user.click(screen.getByTestId('filter'));
    await user.type(screen.getByTestId('filter-length-0'), '1:5{Tab}');
    expect(screen.getByText('Write seconds, or minutes and seconds as 1:30.')).toBeTruthy();
    expect(window.location.hash).toBe('#/calls');
  });

  it('are taken from a cell by the menu of a row, with the keys alone', async () => {
    const { user, fake } = openApp({}, '#/calls?period=month');
    await loaded();
    screen.getByTestId('grid').focus();
    await user.keyboard('{ArrowDown}{Shift>}{F10}{/Shift}');
    const menu = await screen.findByTestId('call-menu');
    const first = within(menu).getAllByRole('menuitem')[0];
    expect(document.activeElement).toBe(first);
    expect(first?.textContent).toContain('Only calls with');
    await user.keyboard('{Enter}');
    expect(screen.queryByTestId('call-menu')).toBeNull();
    const { caller } = fake.calls[1]!;
    const party = caller.number ?? caller.extension;
    await waitFor(() =>
      expect(decodeURIComponent(window.location.hash)).toBe(`#/calls?period=month&party=exactly:${party}`),
    );
    await waitFor(() => expect(ids()[0]).toBe(fake.calls[1]?.id));
    await user.keyboard('{Shift>}{F10}{/Shift}');
    await screen.findByTestId('call-menu');
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('call-menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByTestId('grid'));
  });

  it('extension, trunk and length of talk are asked too', async () => {
    const { user, fake } = openApp({}, '#/calls?period=month');
    await loaded();
    await user.click(screen.getByTestId('filter'));
    await user.type(screen.getByTestId('filter-extension'), '12{Tab}');
    await user.type(screen.getByTestId('filter-trunk'), '3{Tab}');
    await user.type(screen.getByTestId('filter-length-0'), '1:30{Tab}');
    await waitFor(() => {
      const last = fake.asked.findLast(({ question }) => question === 'listCalls')?.with[0];
      expect(last).toMatchObject({
        filter: {
          extension: '12',
          trunk: '3',
          durations: [{ of: 'talk', comparison: 'at-least', seconds: 90 }],
        },
      });
    });
    expect(screen.getAllByTestId('chip').length).toBe(3);
  });
});

describe('an empty list', () => {
  it('says that the filters leave everything out, and clears them', async () => {
    const { user } = openApp({}, '#/calls?text=nobody');
    expect((await screen.findByTestId('empty')).textContent).toContain('No call matches the filters');
    expect(await axeProblems()).toEqual([]);
    await user.click(screen.getByTestId('clear'));
    await loaded();
  });

  it('says which period is empty, and steps to the one before', async () => {
    const { user } = openApp({}, '#/calls?period=2026-01-04');
    expect((await screen.findByTestId('empty')).textContent).toMatch(/No calls:.*2026/);
    await user.click(screen.getByTestId('step-back'));
    expect(window.location.hash).toBe('#/calls?period=2026-01-03');
  });

  it('without any call ever says how the line is', async () => {
    const { sourceIn } = await import('../../backend/fake/sources');
    openApp({ calls: [], sources: [sourceIn('gone')] }, '#/calls');
    const empty = await screen.findByTestId('empty');
    expect(empty.textContent).toContain('No call yet');
    expect(empty.textContent).toContain('gone since');
  });

  it('is told from a list that failed', async () => {
    const fake = new FakeBackend({ failing: { listCalls: { code: 'x', message: 'No.', hint: 'Wait.' } } });
    const { user } = openApp(fake, '#/calls');
    expect((await screen.findByTestId('error')).textContent).toContain('Wait.');
    expect(screen.queryByTestId('empty')).toBeNull();
    fake.script.failing = {};
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await loaded();
  });
});

describe('the panel of a call', () => {
  async function openWith(fits: (call: FakeBackend['calls'][number]) => boolean) {
    const fake = new FakeBackend();
    const call = fake.calls.find(fits);
    if (!call) throw new Error('the office has no such call');
    const app = openApp(fake, `#/calls?period=month&call=${call.id}`);
    await screen.findByTestId('sentence');
    return { ...app, call };
  }

  it('says why, what, who and when', async () => {
    const { call } = await openWith((known) => known.transfers > 0 && known.outcome === 'answered');
    expect(screen.getByTestId('sentence').textContent).toBe(call.because);
    expect(screen.getByTestId('panel').textContent).toContain('Whole call');
    const legs = within(screen.getByTestId('legs'));
    expect(legs.getAllByRole('row').length).toBe(5);
    expect(screen.getByTestId('lanes').querySelectorAll('.attempt').length).toBeGreaterThan(0);
    expect(screen.getByTestId('panel').textContent).toMatch(/passed the call on to 1\d \(blind transfer\)\./);
    expect(await axeProblems()).toEqual([]);
  });

  it('names the fields of the raw lines to pointer and keys', async () => {
    const { user } = await openWith((known) => known.direction === 'inbound' && known.outcome === 'answered');
    const lines = within(screen.getByTestId('raw-lines'));
    const line = lines.getAllByRole('group')[0] as HTMLElement;
    line.focus();
    await waitFor(() => expect(screen.getByTestId('raw-lines').textContent).toContain('Date: '));
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(screen.getByTestId('raw-lines').textContent).toContain('Time: '));
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    await waitFor(() => expect(screen.getByTestId('raw-lines').textContent).toContain('Kind of line: 1'));
    line.blur();
    await waitFor(() =>
      expect(screen.getByTestId('raw-lines').textContent).toContain('Point at an underlined part'),
    );
  });

  it('copies the lines as they came', async () => {
    const { user, fake, call } = await openWith(
      (known) => known.direction === 'outbound' && known.outcome === 'answered',
    );
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByTestId('copy-lines'));
    const { evidence } = await fake.callDetail(call.id);
    expect(write).toHaveBeenCalledWith(evidence.map((line) => line.text).join('\n'));
    expect((await screen.findByTestId('notice')).textContent).toContain('1 line copied.');
  });

  it('follows a call that is going on', async () => {
    const fake = new FakeBackend();
    const id = fake.ring();
    openApp(fake, `#/calls?call=${id}`);
    await waitFor(() => expect(screen.getByTestId('panel').textContent).toContain('Ringing'));
    fake.answer(id);
    await waitFor(() => expect(screen.getByTestId('panel').textContent).toContain('Answered'));
  });

  it('of a call that is gone says so', async () => {
    openApp({}, '#/calls?call=no-such-call');
    const panel = await screen.findByTestId('panel');
    await waitFor(() => expect(panel.textContent).toContain('not in the ledger any more'));
  });
});
