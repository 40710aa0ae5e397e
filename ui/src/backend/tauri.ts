// The only door to the shell.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview, type DragDropEvent } from '@tauri-apps/api/webview';

import type { Backend, Changed } from './backend';

export const backend: Backend = {
  overview: () => invoke('overview'),
  today: (day) => invoke('today', { day }),
  listCalls: (query) => invoke('list_calls', { query }),
  callDetail: (id) => invoke('call_detail', { id }),

  listPorts: () => invoke('list_ports'),
  listFormats: () => invoke('list_formats'),
  addSerialSource: (source) => invoke('add_serial_source', { source }),
  changeSerialSource: (id, settings) => invoke('change_serial_source', { id, settings }),
  setSourcePaused: (id, paused) => invoke('set_source_paused', { id, paused }),
  removeSource: (id) => invoke('remove_source', { id }),
  restoreSource: (id) => invoke('restore_source', { id }),
  lineMonitor: (id, limit) => invoke('line_monitor', { id, limit }),
  rejectedLines: (id, offset, limit) => invoke('rejected_lines', { id, offset, limit }),

  openSample: () => invoke('open_sample'),
  closeSample: () => invoke('close_sample'),
  backUp: () => invoke('back_up'),

  chooseImportFiles: () => invoke('choose_import_files'),
  chooseImportFolder: () => invoke('choose_import_folder'),
  previewImport: (file) => invoke('preview_import', { file }),
  startImport: (files) => invoke('start_import', { files }),
  listJobs: () => invoke('list_jobs'),
  cancelJob: (id) => invoke('cancel_job', { id }),
  dismissJob: (id) => invoke('dismiss_job', { id }),
  importHistory: () => invoke('import_history'),
  undoImport: (batch) => invoke('undo_import', { batch }),
  rejectedRows: (batch, offset, limit) => invoke('rejected_rows', { batch, offset, limit }),
  saveRejectedRows: (batch) => invoke('save_rejected_rows', { batch }),
  correctRows: (batch, rows) => invoke('correct_rows', { batch, rows }),
  listMappings: () => invoke('list_mappings'),
  keepMapping: (name, file) => invoke('keep_mapping', { name, file }),
  forgetMapping: (name) => invoke('forget_mapping', { name }),
  watchedFolders: () => invoke('watched_folders'),
  watchFolder: (path, options) => invoke('watch_folder', { path, options }),
  changeWatchedFolder: (id, paused) => invoke('change_watched_folder', { id, paused }),
  unwatchFolder: (id) => invoke('unwatch_folder', { id }),

  dialRules: () => invoke('dial_rules'),
  countries: () => invoke('countries'),
  tryNumber: (rules, number, side) => invoke('try_number', { rules, number, side }),
  previewRules: (rules) => invoke('preview_rules', { rules }),
  saveRules: (rules) => invoke('save_rules', { rules }),

  callPlace: (query, day) => invoke('call_place', { query, day }),
  callTotals: (filter) => invoke('call_totals', { filter }),
  exportCalls: (wish) => invoke('export_calls', { wish }),
  reportGallery: () => invoke('report_gallery'),
  report: (id, query) => invoke('report', { id, query }),
  exportReport: (id, query, kind) => invoke('export_report', { id, query, kind }),
  savedReports: () => invoke('saved_reports'),
  saveReport: (report) => invoke('save_report', { report }),
  deleteSavedReport: (name) => invoke('delete_saved_report', { name }),
  addNote: (call, text) => invoke('add_note', { call, text }),
  changeNote: (id, text) => invoke('change_note', { id, text }),
  deleteNote: (id) => invoke('delete_note', { id }),
  restoreNote: (id) => invoke('restore_note', { id }),
  listTags: () => invoke('list_tags'),
  setTags: (call, tags) => invoke('set_tags', { call, tags }),
  outcomeCodes: () => invoke('outcome_codes'),
  saveOutcomeCodes: (codes) => invoke('save_outcome_codes', { codes }),
  setOutcomeCode: (call, code) => invoke('set_outcome_code', { call, code }),
  closeCall: (call, reason) => invoke('close_call', { call, reason }),
  reopenCall: (call) => invoke('reopen_call', { call }),
  savedViews: () => invoke('saved_views'),
  saveView: (view) => invoke('save_view', { view }),
  deleteView: (name) => invoke('delete_view', { name }),

  listContacts: (text, offset, limit) => invoke('list_contacts', { text, offset, limit }),
  saveContact: (contact) => invoke('save_contact', { contact }),
  deleteContact: (id) => invoke('delete_contact', { id }),
  importContacts: () => invoke('import_contacts'),
  undoContactImport: (undo) => invoke('undo_contact_import', { undo }),
  directory: () => invoke('directory'),
  saveExtension: (entry) => invoke('save_extension', { entry }),
  deleteExtension: (id) => invoke('delete_extension', { id }),
  importDirectory: () => invoke('import_directory'),

  ringBack: (state) => invoke('ring_back', { state }),
  saveRingBackSettings: (settings) => invoke('save_ring_back_settings', { settings }),
  giveRingBack: (number, to) => invoke('give_ring_back', { number, to }),
  noteRingBack: (number, note) => invoke('note_ring_back', { number, note }),
  dismissRingBack: (number, reason) => invoke('dismiss_ring_back', { number, reason }),
  reopenRingBack: (number) => invoke('reopen_ring_back', { number }),
  people: (filter) => invoke('people', { filter }),

  recordingsOfCall: (call) => invoke('recordings_of_call', { call }),
  openSound: (ticket, recording, call, secret) => invoke('open_sound', { ticket, recording, call, secret }),
  cancelOpening: (ticket) => invoke('cancel_opening', { ticket }),
  soundPiece: (handle, from, to, side) => invoke('sound_piece', { handle, from, to, side }),
  wholeSound: (handle) => invoke('whole_sound', { handle }),
  heard: (handle, from, to, over) => invoke('heard', { handle, from, to, over }),
  closeSound: (handle) => invoke('close_sound', { handle }),
  exportSound: (handle) => invoke('export_sound', { handle }),
  addMarker: (recording, at, text) => invoke('add_marker', { recording, at, text }),
  changeMarker: (id, at, text) => invoke('change_marker', { id, at, text }),
  deleteMarker: (id) => invoke('delete_marker', { id }),
  restoreMarker: (id) => invoke('restore_marker', { id }),

  recordingCounts: () => invoke('recording_counts'),
  listRecordings: (show, offset, limit) => invoke('list_recordings', { show, offset, limit }),
  recording: (id) => invoke('recording', { id }),
  startScan: () => invoke('start_scan'),
  chooseRecording: (id, call) => invoke('choose_recording', { id, call }),
  undoRecordingChoice: (id) => invoke('undo_recording_choice', { id }),
  copyRecording: (id, call) => invoke('copy_recording', { id, call }),
  holdRecording: (id, why) => invoke('hold_recording', { id, why }),
  releaseRecording: (id) => invoke('release_recording', { id }),
  deleteRecordings: (recordings) => invoke('delete_recordings', { recordings }),
  deletionLog: (before, limit) => invoke('deletion_log', { before, limit }),
  recordingsOfNumber: (number) => invoke('recordings_of_number', { number }),
  startArchive: (wish, secret) => invoke('start_archive', { wish, secret }),
  setRecordingLaw: (folder, law) => invoke('set_recording_law', { folder, law }),
  saveRetentionRule: (folder, rule) => invoke('save_retention_rule', { folder, rule }),
  retentionPreview: () => invoke('retention_preview'),
  startRetention: (token) => invoke('start_retention', { token }),
  encryptionPreview: (folder) => invoke('encryption_preview', { folder }),
  startEncrypting: (wish, secret) => invoke('start_encrypting', { wish, secret }),
  recordingFolders: () => invoke('recording_folders'),
  chooseRecordingFolder: () => invoke('choose_recording_folder'),
  addRecordingFolder: (path) => invoke('add_recording_folder', { path }),
  removeRecordingFolder: (id) => invoke('remove_recording_folder', { id }),
  recordingFilters: () => invoke('recording_filters'),
  saveRecordingFilters: (filters) => invoke('save_recording_filters', { filters }),
  chooseRecordingFiles: () => invoke('choose_recording_files'),
  tryRecordingFilter: (filter, file, secret) => invoke('try_recording_filter', { filter, file, secret }),
  passPhrases: () => invoke('pass_phrases'),
  keepPassPhrase: (filter, secret) => invoke('keep_pass_phrase', { filter, secret }),
  forgetPassPhrase: (filter) => invoke('forget_pass_phrase', { filter }),
  nameTemplates: () => invoke('name_templates'),
  saveNameTemplates: (patterns) => invoke('save_name_templates', { patterns }),
  tryNameTemplate: (pattern) => invoke('try_name_template', { pattern }),
  nameParts: () => invoke('name_parts'),
  listeningLog: (before, limit) => invoke('listening_log', { before, limit }),
  exportListeningLog: (columns) => invoke('export_listening_log', { columns }),

  onFilesDropped: (listener) =>
    onDrag((event) => {
      if (event.type === 'drop') listener(event.paths);
    }),
  onFilesOver: (listener) =>
    onDrag((event) => {
      // "over" comes with every move of the mouse and says nothing new.
      if (event.type !== 'over') listener(event.type === 'enter');
    }),
  onChanged(listener) {
    const listening = listen<Changed>('changed', (event) => listener(event.payload));
    return () => void listening.then((stop) => stop());
  },
};

/** The shell takes dragged files before the page sees them, because only it may know their paths. */
function onDrag(listener: (event: DragDropEvent) => void): () => void {
  const listening = getCurrentWebview().onDragDropEvent((event) => listener(event.payload));
  return () => void listening.then((stop) => stop());
}
