import { screen } from '@testing-library/svelte';
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

  it('the second asks for files and shows how they will be read', async () => {
    const { user } = openApp(NOTHING);
    await user.click(await screen.findByTestId('door-import'));
    expect((await screen.findByTestId('recognised-as')).textContent).toContain('a call list of Asterisk');
    expect(window.location.hash).toBe('#/import');
  });

  it('a file dialog that was cancelled leaves the screen on which files can be dropped', async () => {
    const { user } = openApp({ ...NOTHING, chosen: [] });
    await user.click(await screen.findByTestId('door-import'));
    expect(await screen.findByTestId('drop-zone')).toBeTruthy();
    expect(screen.queryByTestId('notice')).toBeNull();
  });

  it('a file dialog that cannot be opened says why and what to do', async () => {
    const failure = {
      code: 'dialog',
      message: 'There is no window for choosing files.',
      hint: 'Drop them here.',
    };
    const { user } = openApp({ ...NOTHING, failing: { chooseImportFiles: failure } });
    await user.click(await screen.findByTestId('door-import'));
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toContain('There is no window for choosing files.');
    expect(notice.textContent).toContain('Drop them here.');
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
