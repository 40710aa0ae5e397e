// The only door to the shell.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

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
  readFile: () => invoke('read_file'),
  backUp: () => invoke('back_up'),

  onChanged(listener) {
    const listening = listen<Changed>('changed', (event) => listener(event.payload));
    return () => void listening.then((stop) => stop());
  },
};
