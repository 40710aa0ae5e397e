import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeBackend } from '../backend/fake';
import { sourceIn } from '../backend/fake/sources';
import { axeProblems, openApp, timesAsked } from '../testing/app';

const FAILURE = { code: 'ledger-unreadable', message: 'The ledger cannot be read.', hint: 'Check the disk.' };

describe('the frame', () => {
  it('marks the page somebody is on, and shows no page that does not exist', async () => {
    const { user } = openApp();
    expect((await screen.findByTestId('rail-today')).getAttribute('aria-current')).toBe('page');
    const rail = screen.getByRole('navigation', { name: 'Screens' });
    expect(
      within(rail)
        .getAllByRole('listitem')
        .map((item) => item.textContent?.trim()),
    ).toEqual(['Today', 'Calls', 'Ring back', 'Recordings', 'Reports', 'Import', 'Sources', 'Settings']);
    await user.click(screen.getByTestId('rail-calls'));
    await waitFor(() => expect(screen.getByTestId('rail-calls').getAttribute('aria-current')).toBe('page'));
    expect(document.title).toBe('Calls – Ringledger');
    expect(await axeProblems()).toEqual([]);
  });

  it('says how the line is, and leads to its monitor', async () => {
    const { user } = openApp();
    const light = await screen.findByTestId('light');
    await waitFor(() =>
      expect(screen.getByTestId('light').textContent).toContain('Front office PBX · last line 14 s ago'),
    );
    expect(screen.getByTestId('light').dataset.code).toBe('listening');
    expect(light).toBeTruthy();
    await user.click(screen.getByTestId('light'));
    expect(await screen.findByTestId('monitor')).toBeTruthy();
  });

  it('shows the line that needs somebody first, three at most', async () => {
    openApp({
      sources: ['listening', 'quiet', 'gone', 'off'].map((name, id) =>
        sourceIn(name as 'gone', { id: id + 1, name: `Line ${id + 1}` }),
      ),
    });
    await waitFor(() => expect(screen.getAllByTestId('light').length).toBe(3));
    expect(screen.getAllByTestId('light').map((light) => light.dataset.code)).toEqual([
      'gone',
      'quiet',
      'listening',
    ]);
    expect(screen.getByText('and 1 more line')).toBeTruthy();
  });

  it('counts seconds only when the program says so', async () => {
    const { fake } = openApp();
    await screen.findByText(/last line 14 s ago/);
    fake.tick();
    await screen.findByText(/last line 15 s ago/);
  });

  it('asks at most five times a second, however often the program calls', async () => {
    const { fake } = openApp();
    await screen.findByTestId('metric-calls');
    const before = timesAsked(fake, 'overview');
    for (let change = 0; change < 200; change += 1) fake.changed({ calls: true, sources: true });
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(timesAsked(fake, 'overview') - before).toBeLessThanOrEqual(3);
  });

  it('says what happened when the program cannot answer at all, and tries again', async () => {
    const fake = new FakeBackend({ failing: { overview: FAILURE } });
    const { user } = openApp(fake);
    const error = await screen.findByTestId('error');
    expect(error.textContent).toContain('The ledger cannot be read.');
    expect(error.textContent).toContain('Check the disk.');
    expect(screen.getByTestId('light').textContent).toContain('Not known');
    expect(await axeProblems()).toEqual([]);
    fake.script.failing = {};
    await user.click(within(error).getByRole('button', { name: 'Try again' }));
    await screen.findByTestId('metric-calls');
  });

  it('tells who else collects', async () => {
    openApp({ collectedElsewhere: 'The service (process 812) has been collecting since 08:02.' });
    expect((await screen.findByTestId('elsewhere-banner')).textContent).toContain('process 812');
  });
});

describe('the period', () => {
  it('steps, and cannot leave for the future', async () => {
    const { user, fake } = openApp();
    await screen.findByTestId('metric-calls');
    expect(screen.getByTestId('period-later')).toHaveProperty('disabled', true);
    await user.click(screen.getByTestId('period-earlier'));
    expect(window.location.hash).toBe('#/today?period=yesterday');
    await user.keyboard('{ArrowLeft}');
    expect(window.location.hash).toBe('#/today?period=2026-11-18');
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(window.location.hash).toBe('#/today');
    await waitFor(() => expect(fake.asked.at(-1)?.with).toEqual([null]));
  });

  it('can be days of somebody’s own, which are checked', async () => {
    const { user } = openApp({}, '#/calls');
    await user.click(await screen.findByTestId('period-own'));
    const dialog = screen.getByRole('dialog', { name: 'Choose other days' });
    const [from, to] = [
      screen.getByTestId('period-from'),
      screen.getByTestId('period-to'),
    ] as HTMLInputElement[];
    expect(from?.value).toBe('2026-11-20');
    await user.clear(to as HTMLElement);
    await user.type(to as HTMLElement, '2026-11-01');
    expect(within(dialog).getByText('The last day is before the first.')).toBeTruthy();
    expect(screen.getByTestId('period-show')).toHaveProperty('disabled', true);
    await user.clear(from as HTMLElement);
    await user.type(from as HTMLElement, '2026-10-20');
    await user.click(screen.getByTestId('period-show'));
    expect(window.location.hash).toBe('#/calls?period=2026-10-20..2026-11-01');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('search, keys and colours', () => {
  it('/ goes to the search box, which finds calls by number, name or extension', async () => {
    const { user } = openApp();
    await screen.findByTestId('metric-calls');
    await user.keyboard('/');
    expect(document.activeElement).toBe(screen.getByTestId('search'));
    await user.keyboard('dunne{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/calls?text=dunne'));
    await waitFor(() => {
      const rows = document.querySelectorAll('[data-call-id]');
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row.textContent).toContain('Dunne');
    });
    expect(screen.getByTestId('chip').textContent).toContain('dunne');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(window.location.hash).toBe('#/calls'));
  });

  it('Ctrl+K does the same, from anywhere', async () => {
    const { user } = openApp({}, '#/sources');
    await screen.findByTestId('source');
    await user.keyboard('{Control>}k{/Control}');
    expect(document.activeElement).toBe(screen.getByTestId('search'));
  });

  it('? shows the keys, where keys without Ctrl can be switched off', async () => {
    const { user } = openApp();
    await screen.findByTestId('metric-calls');
    await user.keyboard('?');
    const sheet = await screen.findByTestId('key-sheet');
    expect(within(sheet).getByText('Ctrl+K')).toBeTruthy();
    expect(await axeProblems()).toEqual([]);
    await user.click(within(sheet).getByRole('checkbox'));
    await user.click(within(sheet).getByRole('button', { name: 'Close' }));
    expect(screen.queryByTestId('key-sheet')).toBeNull();
    await user.keyboard('?');
    expect(screen.queryByTestId('key-sheet')).toBeNull();
    await user.keyboard('{Control>}/{/Control}');
    expect(await screen.findByTestId('key-sheet')).toBeTruthy();
  });

  it('Ctrl with a figure goes to a screen', async () => {
    const { user } = openApp();
    await screen.findByTestId('metric-calls');
    await user.keyboard('{Control>}3{/Control}');
    expect(window.location.hash).toBe('#/ring-back');
    await user.keyboard('{Control>}4{/Control}');
    expect(window.location.hash).toBe('#/recordings');
    await user.keyboard('{Control>}5{/Control}');
    expect(window.location.hash).toBe('#/reports');
    await user.keyboard('{Control>}6{/Control}');
    expect(window.location.hash).toBe('#/import');
    await user.keyboard('{Control>}7{/Control}');
    expect(window.location.hash).toBe('#/sources');
    await user.keyboard('{Control>}8{/Control}');
    expect(window.location.hash).toBe('#/settings');
  });

  it('the colours go from the system’s to light to dark', async () => {
    const { user } = openApp();
    const button = await screen.findByTestId('theme');
    expect(button.getAttribute('aria-label')).toBe('Colours: as the system');
    await user.click(button);
    expect(document.documentElement.dataset.theme).toBe('light');
    await user.click(button);
    expect(document.documentElement.dataset.theme).toBe('dark');
    await user.click(button);
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });
});
