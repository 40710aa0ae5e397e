// Ports, formats and a source in every state a line can be in.

import type { Counters, FormatView, LineState, PortView, SerialSettings, SourceView } from '../backend';
import { at, NOW_SECONDS, TODAY } from './office';

export const SETTINGS: SerialSettings = {
  baud: 9600,
  data_bits: 8,
  parity: 'none',
  stop_bits: 1,
  flow: 'none',
  dtr: true,
  rts: true,
};

export const PORTS: PortView[] = [
  {
    path: '/dev/ttyUSB0',
    maker: 'FTDI',
    product: 'FT232R USB UART',
    serial_number: 'A10KZP45',
    in_use_by: null,
    advice: 'usable',
  },
  {
    path: '/dev/ttyS0',
    maker: null,
    product: null,
    serial_number: null,
    in_use_by: null,
    advice: 'no-permission',
  },
  {
    path: '/dev/ttyUSB1',
    maker: 'Prolific',
    product: 'USB-Serial Controller',
    serial_number: null,
    in_use_by: null,
    advice: 'busy',
  },
];

export const FORMATS: FormatView[] = [
  {
    id: 'siemens-hipath',
    name: 'Siemens HiPath 3000, Hicom 150 E, OpenScape Business',
    serial: SETTINGS,
    advice: [
      'In Manager E, open Call charges and set the output to the V.24 port, compressed.',
      'Turn on "Log incoming calls", or only calls you make will appear.',
    ],
  },
  {
    id: 'panasonic-td',
    name: 'Panasonic KX-TD, KX-TDA',
    serial: { ...SETTINGS, baud: 1200, data_bits: 7, parity: 'even' },
    advice: ['In the system programming, set the SMDR port to the same speed as here.'],
  },
];

export const STATES = {
  listening: {
    code: 'listening',
    light: 'green',
    since_seconds: 12_940,
    last_line_seconds: 14,
    detail: null,
    hint: null,
  },
  waiting: {
    code: 'waiting',
    light: 'amber',
    since_seconds: 95,
    last_line_seconds: null,
    detail: 'The port is open, but nothing has come from the PBX yet.',
    hint: 'Make a test call. If nothing comes, check that the PBX sends call records to this port.',
  },
  quiet: {
    code: 'quiet',
    light: 'amber',
    since_seconds: 3120,
    last_line_seconds: 3120,
    detail: 'No line for 52 min, unusual for a Friday 11:00.',
    hint: 'Make a test call. If nothing comes, check the cable and the PBX.',
  },
  gone: {
    code: 'gone',
    light: 'red',
    since_seconds: 9000,
    last_line_seconds: 9012,
    retry_in_seconds: 19,
    detail: 'The adapter was unplugged or has no power.',
    hint: 'Plug the adapter in again; it is found by itself, in any socket.',
  },
  busy: {
    code: 'busy',
    light: 'red',
    since_seconds: 40,
    last_line_seconds: null,
    retry_in_seconds: 8,
    detail: 'Another program has /dev/ttyUSB0 open.',
    hint: 'Close the other program (a terminal or an older logger). It is tried again by itself.',
  },
  denied: {
    code: 'denied',
    light: 'red',
    since_seconds: 40,
    last_line_seconds: null,
    retry_in_seconds: 26,
    detail: 'You may not open /dev/ttyUSB0.',
    hint: 'Add your user to the group "dialout", then log out and in again.',
  },
  'not-found': {
    code: 'not-found',
    light: 'red',
    since_seconds: 40,
    last_line_seconds: null,
    retry_in_seconds: 26,
    detail: 'There is no port /dev/ttyUSB7.',
    hint: 'Plug the adapter in, or choose another port.',
  },
  garbled: {
    code: 'garbled',
    light: 'red',
    since_seconds: 61,
    last_line_seconds: 3,
    detail: 'Bytes come, but they are not text: the speed is wrong.',
    hint: null,
    speed_advice: {
      settings: { ...SETTINGS, baud: 1200 },
      text: '1200 8N1',
    },
  },
  off: { code: 'off', light: 'grey', since_seconds: 600, last_line_seconds: 640, detail: null, hint: null },
  'disk-full': {
    code: 'disk-full',
    light: 'red',
    since_seconds: 75,
    last_line_seconds: 80,
    detail: 'There is no room left on the disk; reading is paused so that no line is lost.',
    hint: 'Make room on the disk. Reading goes on by itself.',
  },
  failed: {
    code: 'failed',
    light: 'red',
    since_seconds: 75,
    last_line_seconds: 80,
    retry_in_seconds: 12,
    detail: 'The port answered with an error (input/output error).',
    hint: 'Unplug the adapter, plug it in again.',
  },
} satisfies Record<string, Partial<LineState>>;

export type StateName = keyof typeof STATES;

export function stateOf(name: StateName): LineState {
  const known: Partial<LineState> = STATES[name];
  return {
    code: 'listening',
    light: 'green',
    since: at(TODAY, NOW_SECONDS - (known.since_seconds ?? 0)),
    since_seconds: 0,
    last_line_seconds: null,
    retry_in_seconds: null,
    detail: null,
    hint: null,
    speed_advice: null,
    ...known,
  };
}

export const NO_COUNTS: Counters = {
  open: 0,
  read: 0,
  decode: 0,
  framing: 0,
  parse: 0,
  rejected: 0,
  bytes: 0,
  lines: 0,
  inserted: 0,
  known: 0,
  ignored: 0,
};

export function sourceIn(name: StateName, changes: Partial<SourceView> = {}): SourceView {
  const place = changes.place ?? '/dev/ttyUSB0';
  const known = stateOf(name);
  const state = { ...known, detail: known.detail?.replace('/dev/ttyUSB0', place) ?? null };
  const fresh = state.last_line_seconds === null;
  return {
    id: 1,
    kind: 'serial',
    name: 'Front office PBX',
    place,
    serial: SETTINGS,
    format: 'siemens-hipath',
    format_name: 'Siemens HiPath 3000, Hicom 150 E, OpenScape Business',
    zone: 'Europe/Dublin',
    paused: name === 'off',
    state,
    counters: fresh
      ? NO_COUNTS
      : {
          open: 0,
          read: 1,
          decode: 2,
          framing: 1,
          parse: 0,
          rejected: 7,
          bytes: 3_712_840,
          lines: 48_211,
          inserted: 46_902,
          known: 310,
          ignored: 992,
        },
    calls: fresh ? 0 : 21_884,
    last_line_at: fresh ? null : at(TODAY, NOW_SECONDS - (state.last_line_seconds ?? 0)),
    ...changes,
  };
}
