import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeBackend } from '../../backend/fake';
import { dayView } from '../../backend/fake/questions';
import { TODAY } from '../../backend/fake/office';
import { sourceIn } from '../../backend/fake/sources';
import { axeProblems, openApp } from '../../testing/app';

const METRICS = ['calls', 'answered-percent', 'missed', 'not-called-back', 'average-wait', 'talk-time'];

describe('today', () => {
  it('shows six numbers with yesterday’s beside them', async () => {
    const { fake } = openApp();
    const { numbers } = dayView(fake.calls, TODAY);
    for (const [index, kind] of METRICS.entries()) {
      const tile = await screen.findByTestId(`metric-${kind}`);
      expect(tile.textContent).toContain('Yesterday');
      if (kind === 'calls' || kind === 'missed')
        expect(tile.textContent).toContain(String(numbers[index]?.value));
    }
    expect(screen.getByTestId('metric-answered-percent').textContent).toMatch(
      /\d+ %.*of \d+ incoming calls/s,
    );
    expect(await axeProblems()).toEqual([]);
  });

  it.each(METRICS)('the calls behind %s are as many as it says', async (kind) => {
    const { user, fake } = openApp();
    const { numbers } = dayView(fake.calls, TODAY);
    const metric = numbers.find((known) => known.kind === kind);
    await user.click(await screen.findByTestId(`metric-${kind}`));
    const word = metric?.of_calls === 1 ? 'call' : 'calls';
    await waitFor(() =>
      expect(screen.getByTestId('total').textContent).toContain(`${metric?.of_calls} ${word}`),
    );
  });

  it('“not called back” opens exactly its calls, and says so in a chip', async () => {
    const { user, fake } = openApp();
    const ids = dayView(fake.calls, TODAY).numbers[3]?.call_ids ?? [];
    expect(ids.length).toBeGreaterThan(0);
    await user.click(await screen.findByTestId('metric-not-called-back'));
    await waitFor(() => expect(screen.getByTestId('chip').textContent).toContain('Not called back'));
    await waitFor(() => {
      const shown = [...document.querySelectorAll<HTMLElement>('[data-call-id]')].map(
        (row) => row.dataset.callId,
      );
      expect(shown.sort()).toEqual([...ids].sort());
    });
  });

  it('a number without a call behind it opens nothing', async () => {
    const fake = new FakeBackend();
    fake.calls = fake.calls.filter((call) => !call.missed);
    openApp(fake);
    const tile = await screen.findByTestId('metric-not-called-back');
    expect(tile.textContent).toContain('0');
    expect(tile.tagName).toBe('DIV');
    expect(screen.getByTestId('metric-missed').tagName).toBe('A');
  });

  it('draws the half-hours, and says them in a table too', async () => {
    const { fake } = openApp();
    await screen.findByTestId('half-hours');
    const table = screen.getByRole('table', { name: 'Calls per half-hour' });
    const calls = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => Number(row.querySelector('td')?.textContent));
    const today = fake.calls.filter((call) => call.start.startsWith(TODAY));
    expect(calls.reduce((sum, count) => sum + count)).toBe(today.length);
  });

  it('a bar opens the calls that it counts, and the arrow keys go from bar to bar', async () => {
    const { user, fake } = openApp();
    const bars = await screen.findAllByTestId('half-hour');
    expect(bars.filter((bar) => bar.getAttribute('tabindex') === '0')).toHaveLength(1);
    bars[0]?.focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(bars[1]);
    const minute = Number(bars[1]?.dataset.minute);
    const within = fake.calls.filter(({ start }) => {
      const [hour, half] = [Number(start.slice(11, 13)), Number(start.slice(14, 16))];
      return start.startsWith(TODAY) && Math.floor((hour * 60 + half) / 30) * 30 === minute;
    });
    // Links of a drawing are not followed here; the window follows them.
    window.location.hash = bars[1]?.getAttribute('href') ?? '';
    await waitFor(() => expect(screen.getByTestId('total').textContent).toContain(`${within.length} call`));
  });

  it('a ringing call slides in and rings, the rest stays', async () => {
    const { fake } = openApp();
    await screen.findByTestId('latest');
    const first = document.querySelector('[data-testid="latest"] li');
    expect(first?.classList.contains('fresh')).toBe(false);
    const id = fake.ring();
    await waitFor(() => expect(document.querySelector(`[data-call-id="${id}"]`)).toBeTruthy());
    const row = document.querySelector(`[data-call-id="${id}"]`);
    expect(row?.textContent).toContain('Ringing');
    expect(row?.closest('li')?.classList.contains('fresh')).toBe(true);
    expect(document.querySelectorAll('[data-testid="latest"] li').length).toBe(12);
    fake.answer(id);
    await waitFor(() =>
      expect(document.querySelector(`[data-call-id="${id}"]`)?.textContent).toContain('Answered'),
    );
  });

  it('of a longer period shows the last day of it, and says so', async () => {
    const { fake } = openApp({}, '#/today?period=2026-11-02..2026-11-06');
    expect((await screen.findByTestId('one-day')).textContent).toContain('6');
    expect(fake.asked.findLast(({ question }) => question === 'today')?.with).toEqual(['2026-11-06']);
  });

  it('of a period that reaches into the future shows today', async () => {
    const { fake } = openApp({}, '#/today?period=week');
    await screen.findByTestId('one-day');
    expect(fake.asked.findLast(({ question }) => question === 'today')?.with).toEqual([TODAY]);
  });

  it('without a call says that the first will appear by itself', async () => {
    openApp({ calls: [], sources: [sourceIn('waiting')] });
    expect(await screen.findByText(/The first one appears here by itself/)).toBeTruthy();
    expect((await screen.findByTestId('metric-answered-percent')).textContent).toContain('–');
    expect(await axeProblems()).toEqual([]);
  });

  it('that cannot be had says why, and tries again', async () => {
    const fake = new FakeBackend({
      failing: { today: { code: 'x', message: 'The disk reported an error.', hint: 'Check the disk.' } },
    });
    const { user } = openApp(fake);
    expect((await screen.findByTestId('error')).textContent).toContain('Check the disk.');
    expect(await axeProblems()).toEqual([]);
    fake.script.failing = {};
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByTestId('metric-calls')).toBeTruthy();
    expect(screen.queryByTestId('error')).toBeNull();
  });

  it('on its way says so', async () => {
    openApp({ silent: ['today'] });
    await waitFor(() => expect(document.querySelector('.today')).toBeTruthy());
    expect(screen.getByTestId('loading').textContent).toContain('One moment');
  });
});
