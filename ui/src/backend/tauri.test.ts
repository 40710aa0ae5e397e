import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { afterEach, describe, expect, it } from 'vitest';

import type { Backend, Changed } from './backend';
import { EMPTY_FILTER } from './fake/questions';
import { SETTINGS } from './fake/sources';
import { backend } from './tauri';

type Question = Exclude<keyof Backend, 'onChanged'>;

const query = {
  filter: EMPTY_FILTER,
  sort: { column: 'start', descending: true },
  offset: 0,
  limit: 200,
} as const;
const source = { port: 'COM3', name: null, settings: SETTINGS, format: 'x', zone: null };

/** Each question with the command and the arguments the shell expects of it. */
const COMMANDS: [Question, () => Promise<unknown>, string, object][] = [
  ['overview', () => backend.overview(), 'overview', {}],
  ['today', () => backend.today('2026-11-20'), 'today', { day: '2026-11-20' }],
  ['listCalls', () => backend.listCalls(query), 'list_calls', { query }],
  ['callDetail', () => backend.callDetail('00a1'), 'call_detail', { id: '00a1' }],
  ['listPorts', () => backend.listPorts(), 'list_ports', {}],
  ['listFormats', () => backend.listFormats(), 'list_formats', {}],
  ['addSerialSource', () => backend.addSerialSource(source), 'add_serial_source', { source }],
  [
    'changeSerialSource',
    () => backend.changeSerialSource(1, SETTINGS),
    'change_serial_source',
    { id: 1, settings: SETTINGS },
  ],
  ['setSourcePaused', () => backend.setSourcePaused(1, true), 'set_source_paused', { id: 1, paused: true }],
  ['removeSource', () => backend.removeSource(1), 'remove_source', { id: 1 }],
  ['restoreSource', () => backend.restoreSource(1), 'restore_source', { id: 1 }],
  ['lineMonitor', () => backend.lineMonitor(1, 300), 'line_monitor', { id: 1, limit: 300 }],
  [
    'rejectedLines',
    () => backend.rejectedLines(null, 0, 100),
    'rejected_lines',
    { id: null, offset: 0, limit: 100 },
  ],
  ['openSample', () => backend.openSample(), 'open_sample', {}],
  ['closeSample', () => backend.closeSample(), 'close_sample', {}],
  ['readFile', () => backend.readFile(), 'read_file', {}],
  ['backUp', () => backend.backUp(), 'back_up', {}],
];

afterEach(() => clearMocks());

describe('the door to the shell', () => {
  it.each(COMMANDS)('%s', async (_, ask, command, args) => {
    const seen: unknown[] = [];
    mockIPC((name, payload) => {
      seen.push([name, payload]);
      return 'answer';
    });
    expect(await ask()).toBe('answer');
    expect(seen).toEqual([[command, args]]);
  });

  it('has every question of the interface', () => {
    const questions = Object.keys(backend).filter((name) => name !== 'onChanged');
    expect(COMMANDS.map(([question]) => question).sort()).toEqual(questions.sort());
  });

  it('rejects with what the program sent', async () => {
    const sent = { code: 'port-busy', message: 'Another program has COM3.', hint: 'Close it.' };
    mockIPC(() => Promise.reject(sent));
    await expect(backend.listPorts()).rejects.toEqual(sent);
  });

  it('hears of changes until it stops listening', async () => {
    mockIPC(() => undefined, { shouldMockEvents: true });
    const { emit } = await import('@tauri-apps/api/event');
    const heard: Changed[] = [];
    const stop = backend.onChanged((changed) => heard.push(changed));
    await new Promise((resolve) => setTimeout(resolve, 0));
    await emit('changed', { calls: true, sources: false });
    expect(heard).toEqual([{ calls: true, sources: false }]);
    // Unlistening asks the page's event plug-in, which the mock has not; that it asks is what counts.
    let unlistened = 0;
    Object.assign(window, {
      __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: () => (unlistened += 1) },
    });
    stop();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(unlistened).toBe(1);
  });
});
