import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { axeProblems, openApp } from '../../testing/app';

const NOTHING = { calls: [], sources: [], rejected: [] };

describe('the first start', () => {
  it('offers three doors', async () => {
    openApp(NOTHING);
    expect(await screen.findByRole('heading', { name: 'Welcome to Ringledger' })).toBeTruthy();
    for (const door of ['connect', 'import', 'sample'])
      expect(screen.getByTestId(`door-${door}`)).toBeTruthy();
    expect(screen.getByTestId('light').dataset.code).toBe('none');
    expect(await axeProblems()).toEqual([]);
  });

  it('the first leads to the form for a serial port', async () => {
    const { user } = openApp(NOTHING);
    await user.click(await screen.findByTestId('door-connect'));
    expect(await screen.findByTestId('add-form')).toBeTruthy();
  });

  it('the second reads a file, says what became of its lines, and leads to the calls', async () => {
    const { user } = openApp(NOTHING);
    await user.click(await screen.findByTestId('door-import'));
    const summary = await screen.findByTestId('file-summary');
    expect(summary.textContent).toContain('1,987 calls');
    const counts = within(summary)
      .getAllByRole('row')
      .slice(1)
      .map((row) => Number((row.querySelector('td')?.textContent ?? '').replace(/\D/g, '')));
    expect(counts).toEqual([4013, 61, 96, 12, 4182]);
    expect(counts.slice(0, 4).reduce((sum, count) => sum + count)).toBe(counts[4]);
    expect(await axeProblems()).toEqual([]);
    await user.click(screen.getByTestId('see-calls'));
    expect(window.location.hash).toBe('#/calls?period=2026-10-01..2026-10-31');
    await waitFor(() => expect(document.querySelectorAll('[data-call-id]').length).toBeGreaterThan(10));
  });

  it('a file dialog that was cancelled changes nothing', async () => {
    const { user } = openApp({ ...NOTHING, file: null });
    await user.click(await screen.findByTestId('door-import'));
    await waitFor(() => expect(screen.getByTestId('door-import')).toHaveProperty('disabled', false));
    expect(screen.queryByTestId('file-summary')).toBeNull();
    expect(screen.queryByTestId('notice')).toBeNull();
  });

  it('a file that cannot be read says why and what to do', async () => {
    const failure = {
      code: 'unknown-format',
      message: 'Nobody knows these lines.',
      hint: 'Choose the format.',
    };
    const { user } = openApp({ ...NOTHING, failing: { readFile: failure } });
    await user.click(await screen.findByTestId('door-import'));
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toContain('Nobody knows these lines.');
    expect(notice.textContent).toContain('Choose the format.');
  });

  it('says so while it reads, and lets nobody start twice', async () => {
    const { user } = openApp({ ...NOTHING, silent: ['readFile'] });
    await user.click(await screen.findByTestId('door-import'));
    expect(await screen.findByText('Reading the file …')).toBeTruthy();
    expect(screen.getByTestId('door-import')).toHaveProperty('disabled', true);
  });

  it('the third opens made-up calls, says so all the time, and closes without a trace', async () => {
    const { user } = openApp(NOTHING);
    await user.click(await screen.findByTestId('door-sample'));
    expect((await screen.findByTestId('sample-banner')).textContent).toContain('These calls are made up.');
    await screen.findByTestId('metric-calls');
    await user.click(screen.getByTestId('close-sample'));
    expect(await screen.findByTestId('door-sample')).toBeTruthy();
    expect(screen.queryByTestId('sample-banner')).toBeNull();
  });
});
