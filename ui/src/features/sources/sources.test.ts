import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeBackend } from '../../backend/fake';
import { rejectedLines } from '../../backend/fake/lines';
import { sourceIn, SETTINGS, STATES, type StateName } from '../../backend/fake/sources';
import { axeProblems, openApp, timesAsked } from '../../testing/app';

describe('the sources', () => {
  it('show light, counters and the lines as they come', async () => {
    openApp({}, '#/sources');
    const detail = await screen.findByTestId('source-detail');
    expect(detail.textContent).toContain('9600 8N1');
    expect(screen.getByTestId('counter-rejected').textContent).toBe('7');
    for (const counter of ['open', 'read', 'decode', 'framing', 'parse']) {
      expect(screen.getByTestId(`counter-${counter}`)).toBeTruthy();
    }
    await screen.findByTestId('monitor');
    const verdicts = new Set(screen.getAllByTestId('monitor-line').map((line) => line.dataset.verdict));
    expect([...verdicts].sort()).toEqual(['ignored', 'inserted', 'known', 'rejected']);
    expect(await axeProblems()).toEqual([]);
  });

  it.each(Object.keys(STATES) as StateName[])('a line that is %s says so, and what to do', async (name) => {
    openApp({ sources: [sourceIn(name)] }, '#/sources');
    const state = await screen.findByTestId('line-state');
    const { code, light, detail, hint } = sourceIn(name).state;
    expect(state.dataset.code).toBe(code);
    expect(state.querySelector('svg')?.classList.contains(light)).toBe(true);
    if (detail) expect(state.textContent).toContain(detail);
    if (hint) expect(state.textContent).toContain(hint);
    expect(await axeProblems()).toEqual([]);
  });

  it('offer the speed that the bytes look like', async () => {
    const { user, fake } = openApp({ sources: [sourceIn('garbled')] }, '#/sources');
    const advice = await screen.findByTestId('speed-advice');
    expect(advice.textContent).toContain('This looks like 1200 8N1.');
    await user.click(screen.getByTestId('use-speed'));
    await waitFor(() => expect(screen.queryByTestId('speed-advice')).toBeNull());
    expect(fake.sources[0]?.serial).toEqual({ ...SETTINGS, baud: 1200 });
  });

  it('can be paused and resumed', async () => {
    const { user } = openApp({}, '#/sources');
    await user.click(await screen.findByTestId('pause'));
    await waitFor(() => expect(screen.getByTestId('line-state').textContent).toMatch(/paused/i));
    expect(screen.getByTestId('pause').textContent).toContain('Resume');
    await user.click(screen.getByTestId('pause'));
    await waitFor(() => expect(screen.getByTestId('line-state').dataset.code).toBe('listening'));
  });

  it('can be removed, and the removal undone', async () => {
    const { user, fake } = openApp({}, '#/sources');
    await user.click(await screen.findByTestId('remove'));
    const notice = await screen.findByTestId('notice');
    expect(notice.textContent).toContain('Its lines and calls stay.');
    expect(fake.sources).toEqual([]);
    expect((await screen.findByTestId('empty')).textContent).toContain('No source yet');
    await user.click(screen.getByTestId('notice-action'));
    await waitFor(() => expect(fake.sources.length).toBe(1));
    expect(await screen.findByTestId('source-detail')).toBeTruthy();
    expect(screen.queryByTestId('notice')).toBeNull();
  });

  it('say so when something did not work', async () => {
    const failure = { code: 'x', message: 'The source is busy.', hint: 'Wait a moment.' };
    const { user } = openApp({ failing: { setSourcePaused: failure } }, '#/sources');
    await user.click(await screen.findByTestId('pause'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The source is busy.');
    expect(alert.textContent).toContain('Wait a moment.');
    expect(screen.getByTestId('pause')).toHaveProperty('disabled', false);
  });

  it('write a backup and name it, or do nothing when it was cancelled', async () => {
    const fake = new FakeBackend();
    const { user } = openApp(fake, '#/sources');
    await user.click(await screen.findByTestId('back-up'));
    expect((await screen.findByTestId('notice')).textContent).toContain('ringledger-2026-11-20.ringledger');
    await user.click(within(screen.getByTestId('notice')).getByRole('button', { name: 'Close' }));
    fake.backUp = async () => null;
    await user.click(screen.getByTestId('back-up'));
    await waitFor(() => expect(screen.getByTestId('back-up')).toHaveProperty('disabled', false));
    expect(screen.queryByTestId('notice')).toBeNull();
  });
});

describe('the line monitor', () => {
  it('shows the same lines as text and as bytes', async () => {
    const { user } = openApp({}, '#/sources');
    await screen.findByTestId('monitor');
    expect(screen.getByTestId('monitor').textContent).toContain('20.11.26');
    await user.click(screen.getByTestId('monitor-hex'));
    expect(screen.getByTestId('monitor').textContent).toContain('32 30 2E 31 31 2E 32 36');
    expect(screen.getByTestId('monitor-hex').getAttribute('aria-pressed')).toBe('true');
  });

  it('shows a line that has not ended yet, then the whole line', async () => {
    const { fake } = openApp({}, '#/sources');
    await screen.findByTestId('monitor');
    fake.print('20.11.2611:4', false);
    await waitFor(() =>
      expect(screen.getAllByTestId('monitor-line').at(-1)?.dataset.verdict).toBe('partial'),
    );
    fake.print('20.11.2611:42:31  1    11');
    await waitFor(() =>
      expect(screen.getAllByTestId('monitor-line').at(-1)?.textContent).toContain('11:42:31  1'),
    );
    expect(document.querySelector('[data-verdict="partial"]')).toBeNull();
  });

  it('says why a line was rejected', async () => {
    openApp({}, '#/sources');
    await screen.findByTestId('monitor');
    const rejected = screen
      .getAllByTestId('monitor-line')
      .find((line) => line.dataset.verdict === 'rejected');
    expect(rejected?.textContent).toContain('The time cannot be read.');
  });

  it('stands still while somebody reads further up, and says how much came', async () => {
    const { user, fake } = openApp({}, '#/sources');
    const monitor = await screen.findByTestId('monitor');
    Object.defineProperties(monitor, {
      scrollHeight: { value: 5000, configurable: true },
      clientHeight: { value: 300, configurable: true },
    });
    monitor.scrollTop = 1000;
    await fireEvent.scroll(monitor);
    await screen.findByTestId('follow');
    const before = monitor.textContent;
    const asked = timesAsked(fake, 'lineMonitor');
    fake.print('first new line');
    fake.print('second new line');
    await waitFor(() => expect(screen.getByTestId('follow').textContent).toContain('2 new'));
    expect(timesAsked(fake, 'lineMonitor')).toBeGreaterThan(asked);
    expect(monitor.textContent).toBe(before);
    await user.click(screen.getByTestId('follow'));
    await waitFor(() => expect(monitor.textContent).toContain('second new line'));
    expect(screen.getByTestId('following')).toBeTruthy();
  });

  it('is walked with the keys, and is one stop for the tab key', async () => {
    const { user } = openApp({}, '#/sources');
    const monitor = await screen.findByTestId('monitor');
    expect(monitor.querySelectorAll('[tabindex="0"]').length).toBe(0);
    monitor.focus();
    await user.keyboard('{Enter}');
    const named = [...monitor.querySelectorAll('[data-line]')];
    expect(document.activeElement).toBe(named.at(-1));
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(named.at(-2));
    await waitFor(() => expect(screen.getByTestId('source-detail').textContent).toContain('Date: '));
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(monitor);
  });

  it('of a line that has said nothing suggests a test call', async () => {
    openApp({ calls: [], sources: [sourceIn('waiting')] }, '#/sources');
    expect((await screen.findByTestId('empty')).textContent).toContain('Make a test call');
  });
});

describe('rejected lines', () => {
  it('of a source stand behind its tab', async () => {
    const { user } = openApp({}, '#/sources');
    await user.click(await screen.findByTestId('pane-rejected'));
    await waitFor(() => expect(screen.getAllByTestId('rejected-line').length).toBe(7));
    expect(window.location.hash).toBe('#/sources?source=1&pane=rejected');
    expect(screen.getAllByTestId('rejected-line')[0]?.textContent).toContain('The time cannot be read.');
    expect(await axeProblems()).toEqual([]);
    await user.keyboard('{ArrowLeft}');
    expect(await screen.findByTestId('monitor')).toBeTruthy();
  });

  it('of all sources are turned page by page', async () => {
    const { user, fake } = openApp({ rejected: rejectedLines(260) }, '#/sources');
    await user.click(await screen.findByTestId('all-rejected'));
    await screen.findByText('1 to 100 of 260');
    expect(fake.asked.at(-1)?.with).toEqual([null, 0, 100]);
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await screen.findByText('201 to 260 of 260');
    expect(screen.getByRole('button', { name: 'Older' })).toHaveProperty('disabled', true);
  });

  it('none is good news', async () => {
    openApp({ rejected: [] }, '#/sources?pane=rejected&source=1');
    expect((await screen.findByTestId('empty')).textContent).toContain('Every line that came could be read.');
  });
});

describe('adding a serial port', () => {
  const NOTHING = { calls: [], sources: [], rejected: [] };

  it('chooses the only free port, fills in what the make sends, and opens the monitor', async () => {
    const { user, fake } = openApp(NOTHING, '#/sources?add=1');
    await screen.findByTestId('ports');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /ttyUSB0/ }).checked).toBe(true);
    expect(screen.getByTestId('ports').textContent).toContain('FT232R USB UART');
    expect(screen.getByTestId('ports').textContent).toContain('Another program has it');
    expect(screen.getByTestId('add')).toHaveProperty('disabled', true);
    await user.selectOptions(screen.getByTestId('format'), 'panasonic-td');
    expect(screen.getByTestId('line-settings').textContent).toContain('1200 7E1');
    expect(screen.getByTestId('add-form').textContent).toContain('SMDR port');
    expect(await axeProblems()).toEqual([]);
    await user.selectOptions(screen.getByTestId('baud'), '2400');
    await user.type(screen.getByTestId('source-name'), 'Office');
    await user.click(screen.getByTestId('add'));
    await waitFor(() => expect(window.location.hash).toBe('#/sources?source=1'));
    expect(fake.asked.find(({ question }) => question === 'addSerialSource')?.with).toEqual([
      {
        port: '/dev/ttyUSB0',
        name: 'Office',
        settings: { ...SETTINGS, baud: 2400, data_bits: 7, parity: 'even' },
        format: 'panasonic-td',
        zone: null,
      },
    ]);
    expect((await screen.findByTestId('line-state')).dataset.code).toBe('waiting');
    fake.print('20.11.2611:42:31  1    11');
    await waitFor(() => expect(screen.getAllByTestId('monitor-line').length).toBe(1));
  });

  it('takes a path that was typed, and another zone', async () => {
    const { user, fake } = openApp({ ...NOTHING, ports: [] }, '#/sources?add=1');
    expect(await screen.findByText(/No serial port was found/)).toBeTruthy();
    await user.type(screen.getByTestId('port-path'), '/tmp/pbx');
    await user.selectOptions(screen.getByTestId('format'), 'siemens-hipath');
    await user.selectOptions(screen.getByTestId('zone'), 'Europe/Lisbon');
    await user.click(screen.getByTestId('add'));
    await waitFor(() => expect(fake.sources.length).toBe(1));
    expect(fake.sources[0]).toMatchObject({ place: '/tmp/pbx', name: '/tmp/pbx', zone: 'Europe/Lisbon' });
  });

  it('looks again when asked', async () => {
    const fake = new FakeBackend({ ...NOTHING, ports: [] });
    const { user } = openApp(fake, '#/sources?add=1');
    await screen.findByText(/No serial port was found/);
    fake.script.ports = [
      { path: 'COM3', maker: 'FTDI', product: null, serial_number: null, in_use_by: null, advice: 'usable' },
    ];
    await user.click(screen.getByTestId('refresh-ports'));
    expect(await screen.findByRole('radio', { name: /COM3/ })).toBeTruthy();
    expect(screen.getByTestId<HTMLInputElement>('port-path').value).toBe('COM3');
  });

  it('says why a port could not be added, and keeps what was typed', async () => {
    const failure = {
      code: 'port-busy',
      message: 'Another program has /dev/ttyUSB0 open.',
      hint: 'Close it.',
    };
    const { user } = openApp({ ...NOTHING, failing: { addSerialSource: failure } }, '#/sources?add=1');
    await user.selectOptions(await screen.findByTestId('format'), 'siemens-hipath');
    await user.click(screen.getByTestId('add'));
    const error = await screen.findByTestId('error');
    expect(error.dataset.code).toBe('port-busy');
    expect(error.textContent).toContain('Close it.');
    expect(screen.getByTestId<HTMLInputElement>('port-path').value).toBe('/dev/ttyUSB0');
    expect(screen.getByTestId('add')).toHaveProperty('disabled', false);
  });
});
