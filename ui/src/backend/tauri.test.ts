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
const wish = { kind: 'csv', filter: EMPTY_FILTER, sort: query.sort, columns: [] } as const;
const asked = { filter: EMPTY_FILTER, settings: { compare: 'previous' } } as const;
const view = { name: 'Missed', filter: EMPTY_FILTER, period: null, sort: query.sort, columns: [] };
const report = { name: 'Mondays', report: 'day', period: null, query: asked };
const contact = { id: 0, name: 'Fintan', organisation: '', numbers: ['01 555 01'], note: '' };
const entry = { id: 0, extension: '101', person: 'Nora', department: '', from: null, to: null };
const settings = { window_hours: 72, short_ring_seconds: 5 };
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
  ['callPlace', () => backend.callPlace(query, '2026-11-20'), 'call_place', { query, day: '2026-11-20' }],
  ['callTotals', () => backend.callTotals(EMPTY_FILTER), 'call_totals', { filter: EMPTY_FILTER }],
  ['exportCalls', () => backend.exportCalls({ ...wish, columns: [] }), 'export_calls', { wish }],
  ['reportGallery', () => backend.reportGallery(), 'report_gallery', {}],
  ['report', () => backend.report('day', asked), 'report', { id: 'day', query: asked }],
  [
    'exportReport',
    () => backend.exportReport('day', asked, 'csv'),
    'export_report',
    { id: 'day', query: asked, kind: 'csv' },
  ],
  ['savedReports', () => backend.savedReports(), 'saved_reports', {}],
  ['saveReport', () => backend.saveReport(report), 'save_report', { report }],
  ['deleteSavedReport', () => backend.deleteSavedReport('x'), 'delete_saved_report', { name: 'x' }],
  ['addNote', () => backend.addNote('00a1', 'x'), 'add_note', { call: '00a1', text: 'x' }],
  ['changeNote', () => backend.changeNote(4, 'x'), 'change_note', { id: 4, text: 'x' }],
  ['deleteNote', () => backend.deleteNote(4), 'delete_note', { id: 4 }],
  ['restoreNote', () => backend.restoreNote(4), 'restore_note', { id: 4 }],
  ['listTags', () => backend.listTags(), 'list_tags', {}],
  ['setTags', () => backend.setTags('00a1', ['x']), 'set_tags', { call: '00a1', tags: ['x'] }],
  ['outcomeCodes', () => backend.outcomeCodes(), 'outcome_codes', {}],
  ['saveOutcomeCodes', () => backend.saveOutcomeCodes([]), 'save_outcome_codes', { codes: [] }],
  [
    'setOutcomeCode',
    () => backend.setOutcomeCode('00a1', null),
    'set_outcome_code',
    { call: '00a1', code: null },
  ],
  ['closeCall', () => backend.closeCall('00a1', 'x'), 'close_call', { call: '00a1', reason: 'x' }],
  ['reopenCall', () => backend.reopenCall('00a1'), 'reopen_call', { call: '00a1' }],
  ['savedViews', () => backend.savedViews(), 'saved_views', {}],
  ['saveView', () => backend.saveView(view), 'save_view', { view }],
  ['deleteView', () => backend.deleteView('Missed'), 'delete_view', { name: 'Missed' }],
  [
    'listContacts',
    () => backend.listContacts('fin', 0, 100),
    'list_contacts',
    { text: 'fin', offset: 0, limit: 100 },
  ],
  ['saveContact', () => backend.saveContact(contact), 'save_contact', { contact }],
  ['deleteContact', () => backend.deleteContact(4), 'delete_contact', { id: 4 }],
  ['importContacts', () => backend.importContacts(), 'import_contacts', {}],
  ['undoContactImport', () => backend.undoContactImport(2), 'undo_contact_import', { undo: 2 }],
  ['directory', () => backend.directory(), 'directory', {}],
  ['saveExtension', () => backend.saveExtension(entry), 'save_extension', { entry }],
  ['deleteExtension', () => backend.deleteExtension(4), 'delete_extension', { id: 4 }],
  ['importDirectory', () => backend.importDirectory(), 'import_directory', {}],
  ['ringBack', () => backend.ringBack('open'), 'ring_back', { state: 'open' }],
  [
    'saveRingBackSettings',
    () => backend.saveRingBackSettings(settings),
    'save_ring_back_settings',
    { settings },
  ],
  ['giveRingBack', () => backend.giveRingBack('+1', null), 'give_ring_back', { number: '+1', to: null }],
  ['noteRingBack', () => backend.noteRingBack('+1', 'x'), 'note_ring_back', { number: '+1', note: 'x' }],
  [
    'dismissRingBack',
    () => backend.dismissRingBack('+1', 'x'),
    'dismiss_ring_back',
    { number: '+1', reason: 'x' },
  ],
  ['reopenRingBack', () => backend.reopenRingBack('+1'), 'reopen_ring_back', { number: '+1' }],
  ['recordingCounts', () => backend.recordingCounts(), 'recording_counts', {}],
  [
    'listRecordings',
    () => backend.listRecordings('matched', 200, 100),
    'list_recordings',
    { show: 'matched', offset: 200, limit: 100 },
  ],
  ['recording', () => backend.recording(4), 'recording', { id: 4 }],
  ['startScan', () => backend.startScan(), 'start_scan', {}],
  ['chooseRecording', () => backend.chooseRecording(4, '00a1'), 'choose_recording', { id: 4, call: '00a1' }],
  ['undoRecordingChoice', () => backend.undoRecordingChoice(4), 'undo_recording_choice', { id: 4 }],
  ['copyRecording', () => backend.copyRecording(4, null), 'copy_recording', { id: 4, call: null }],
  ['holdRecording', () => backend.holdRecording(4, 'x'), 'hold_recording', { id: 4, why: 'x' }],
  ['releaseRecording', () => backend.releaseRecording(4), 'release_recording', { id: 4 }],
  ['deleteRecordings', () => backend.deleteRecordings([]), 'delete_recordings', { recordings: [] }],
  ['deletionLog', () => backend.deletionLog(9, 100), 'deletion_log', { before: 9, limit: 100 }],
  ['recordingsOfNumber', () => backend.recordingsOfNumber('11'), 'recordings_of_number', { number: '11' }],
  [
    'startArchive',
    () => backend.startArchive({ recordings: [{ id: 1, file: 'a.wav' }], form: 'wav' }, null),
    'start_archive',
    { wish: { recordings: [{ id: 1, file: 'a.wav' }], form: 'wav' }, secret: null },
  ],
  [
    'setRecordingLaw',
    () => backend.setRecordingLaw(1, 'a-law'),
    'set_recording_law',
    { folder: 1, law: 'a-law' },
  ],
  [
    'saveRetentionRule',
    () => backend.saveRetentionRule(1, null),
    'save_retention_rule',
    { folder: 1, rule: null },
  ],
  ['retentionPreview', () => backend.retentionPreview(), 'retention_preview', {}],
  ['startRetention', () => backend.startRetention('t'), 'start_retention', { token: 't' }],
  ['encryptionPreview', () => backend.encryptionPreview(1), 'encryption_preview', { folder: 1 }],
  [
    'startEncrypting',
    () => backend.startEncrypting({ folder: 1, with: 'age', recipients: [] }, 'x'),
    'start_encrypting',
    { wish: { folder: 1, with: 'age', recipients: [] }, secret: 'x' },
  ],
  ['recordingFolders', () => backend.recordingFolders(), 'recording_folders', {}],
  ['chooseRecordingFolder', () => backend.chooseRecordingFolder(), 'choose_recording_folder', {}],
  ['addRecordingFolder', () => backend.addRecordingFolder('/srv'), 'add_recording_folder', { path: '/srv' }],
  ['removeRecordingFolder', () => backend.removeRecordingFolder(4), 'remove_recording_folder', { id: 4 }],
  ['recordingFilters', () => backend.recordingFilters(), 'recording_filters', {}],
  ['saveRecordingFilters', () => backend.saveRecordingFilters([]), 'save_recording_filters', { filters: [] }],
  ['chooseRecordingFiles', () => backend.chooseRecordingFiles(), 'choose_recording_files', {}],
  [
    'tryRecordingFilter',
    () => backend.tryRecordingFilter('gpg', '/srv/a.wav.gpg', null),
    'try_recording_filter',
    { filter: 'gpg', file: '/srv/a.wav.gpg', secret: null },
  ],
  ['passPhrases', () => backend.passPhrases(), 'pass_phrases', {}],
  [
    'keepPassPhrase',
    () => backend.keepPassPhrase('gpg', 'x'),
    'keep_pass_phrase',
    { filter: 'gpg', secret: 'x' },
  ],
  ['forgetPassPhrase', () => backend.forgetPassPhrase('gpg'), 'forget_pass_phrase', { filter: 'gpg' }],
  ['nameTemplates', () => backend.nameTemplates(), 'name_templates', {}],
  ['saveNameTemplates', () => backend.saveNameTemplates([]), 'save_name_templates', { patterns: [] }],
  ['tryNameTemplate', () => backend.tryNameTemplate('{id}'), 'try_name_template', { pattern: '{id}' }],
  ['nameParts', () => backend.nameParts(), 'name_parts', {}],
  ['listeningLog', () => backend.listeningLog(null, 100), 'listening_log', { before: null, limit: 100 }],
  ['exportListeningLog', () => backend.exportListeningLog([]), 'export_listening_log', { columns: [] }],
  ['people', () => backend.people(EMPTY_FILTER), 'people', { filter: EMPTY_FILTER }],
  ['recordingsOfCall', () => backend.recordingsOfCall('00a1'), 'recordings_of_call', { call: '00a1' }],
  [
    'openSound',
    () => backend.openSound(7, 4, '00a1', null),
    'open_sound',
    { ticket: 7, recording: 4, call: '00a1', secret: null },
  ],
  ['cancelOpening', () => backend.cancelOpening(7), 'cancel_opening', { ticket: 7 }],
  [
    'soundPiece',
    () => backend.soundPiece(1, 0, 60_000, 'both'),
    'sound_piece',
    { handle: 1, from: 0, to: 60_000, side: 'both' },
  ],
  ['wholeSound', () => backend.wholeSound(1), 'whole_sound', { handle: 1 }],
  ['heard', () => backend.heard(1, 0, 900, true), 'heard', { handle: 1, from: 0, to: 900, over: true }],
  ['closeSound', () => backend.closeSound(1), 'close_sound', { handle: 1 }],
  ['exportSound', () => backend.exportSound(1), 'export_sound', { handle: 1 }],
  ['addMarker', () => backend.addMarker(4, 900, 'x'), 'add_marker', { recording: 4, at: 900, text: 'x' }],
  ['changeMarker', () => backend.changeMarker(2, 900, 'x'), 'change_marker', { id: 2, at: 900, text: 'x' }],
  ['deleteMarker', () => backend.deleteMarker(2), 'delete_marker', { id: 2 }],
  ['restoreMarker', () => backend.restoreMarker(2), 'restore_marker', { id: 2 }],
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
