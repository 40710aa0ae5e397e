import { clearMocks, mockIPC, mockWindows } from '@tauri-apps/api/mocks';
import { afterEach, describe, expect, it } from 'vitest';

import type { Changed, Question } from './backend';
import { NO_OPTIONS } from '../lib/import-options';
import { RULES } from './fake/numbers';
import { EMPTY_FILTER } from './fake/questions';
import { SETTINGS } from './fake/sources';
import { backend } from './tauri';

const query = {
  filter: EMPTY_FILTER,
  sort: { column: 'start', descending: true },
  offset: 0,
  limit: 200,
} as const;
const file = { path: '/srv/calls.csv', options: NO_OPTIONS };
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
  ['backUp', () => backend.backUp(), 'back_up', {}],
  ['chooseImportFiles', () => backend.chooseImportFiles(), 'choose_import_files', {}],
  ['chooseImportFolder', () => backend.chooseImportFolder(), 'choose_import_folder', {}],
  ['previewImport', () => backend.previewImport(file), 'preview_import', { file }],
  ['startImport', () => backend.startImport([file]), 'start_import', { files: [file] }],
  ['listJobs', () => backend.listJobs(), 'list_jobs', {}],
  ['cancelJob', () => backend.cancelJob(4), 'cancel_job', { id: 4 }],
  ['dismissJob', () => backend.dismissJob(4), 'dismiss_job', { id: 4 }],
  ['importHistory', () => backend.importHistory(), 'import_history', {}],
  ['undoImport', () => backend.undoImport(3), 'undo_import', { batch: 3 }],
  [
    'rejectedRows',
    () => backend.rejectedRows(3, 0, 100),
    'rejected_rows',
    { batch: 3, offset: 0, limit: 100 },
  ],
  ['saveRejectedRows', () => backend.saveRejectedRows(3), 'save_rejected_rows', { batch: 3 }],
  [
    'correctRows',
    () => backend.correctRows(3, [{ line: 7, text: 'x' }]),
    'correct_rows',
    { batch: 3, rows: [{ line: 7, text: 'x' }] },
  ],
  ['listMappings', () => backend.listMappings(), 'list_mappings', {}],
  ['keepMapping', () => backend.keepMapping('Branch', file), 'keep_mapping', { name: 'Branch', file }],
  ['forgetMapping', () => backend.forgetMapping('Branch'), 'forget_mapping', { name: 'Branch' }],
  ['watchedFolders', () => backend.watchedFolders(), 'watched_folders', {}],
  [
    'watchFolder',
    () => backend.watchFolder('C:\\CDR', NO_OPTIONS),
    'watch_folder',
    { path: 'C:\\CDR', options: NO_OPTIONS },
  ],
  [
    'changeWatchedFolder',
    () => backend.changeWatchedFolder(1, true),
    'change_watched_folder',
    { id: 1, paused: true },
  ],
  ['unwatchFolder', () => backend.unwatchFolder(1), 'unwatch_folder', { id: 1 }],
  ['dialRules', () => backend.dialRules(), 'dial_rules', {}],
  ['countries', () => backend.countries(), 'countries', {}],
  [
    'tryNumber',
    () => backend.tryNumber(RULES, '0207', 'dialled'),
    'try_number',
    { rules: RULES, number: '0207', side: 'dialled' },
  ],
  ['previewRules', () => backend.previewRules(RULES), 'preview_rules', { rules: RULES }],
  ['saveRules', () => backend.saveRules(RULES), 'save_rules', { rules: RULES }],
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
    const questions = Object.keys(backend).filter((name) => !name.startsWith('on'));
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
    await emit('changed', { calls: true, sources: false, jobs: true });
    expect(heard).toEqual([{ calls: true, sources: false, jobs: true }]);
    // Unlistening asks the page's event plug-in, which the mock has not; that it asks is what counts.
    let unlistened = 0;
    Object.assign(window, {
      __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: () => (unlistened += 1) },
    });
    stop();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(unlistened).toBe(1);
  });

  it('hears of files drawn over the window and let go', async () => {
    mockIPC(() => undefined, { shouldMockEvents: true });
    mockWindows('main');
    const { emit } = await import('@tauri-apps/api/event');
    const dropped: string[][] = [];
    const over: boolean[] = [];
    backend.onFilesDropped((paths) => dropped.push(paths));
    backend.onFilesOver((there) => over.push(there));
    await new Promise((resolve) => setTimeout(resolve, 10));
    const position = { x: 10, y: 10 };
    await emit('tauri://drag-enter', { paths: ['/srv/calls.csv'], position });
    await emit('tauri://drag-over', { position });
    await emit('tauri://drag-drop', { paths: ['/srv/calls.csv'], position });
    expect(dropped).toEqual([['/srv/calls.csv']]);
    expect(over).toEqual([true, false]);
  });
});
