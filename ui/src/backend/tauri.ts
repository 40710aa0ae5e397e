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
