// What the office's exchange prints: one line of fixed columns for each segment, made from the calls.

import type { CallRow, FieldSpan, LineVerdict, MonitorLine, RejectedLine } from '../backend';
import { at, TODAY } from './office';

const COLUMNS: readonly [name: string, width: number][] = [
  ['date', 8],
  ['time', 8],
  ['trunk', 3],
  ['extension', 6],
  ['ring', 5],
  ['talk', 8],
  ['number', 25],
  ['pulses', 11],
  ['kind', 1],
];

export interface Printed {
  text: string;
  fields: FieldSpan[];
}

/** The line the exchange prints for one segment of a call. */
export function print(call: CallRow, extension: string, ring: number | null, talk: number | null): Printed {
  const two = (value: number) => String(value).padStart(2, '0');
  const stamp = call.end ?? call.start;
  const number = (call.direction === 'outbound' ? call.called.number : call.caller.number) ?? '';
  const kind = call.direction === 'outbound' ? '2' : talk === null ? '0' : '1';
  const values: Record<string, string> = {
    date: `${stamp.slice(8, 10)}.${stamp.slice(5, 7)}.${stamp.slice(2, 4)}`,
    time: stamp.slice(11, 19),
    trunk: (call.trunk ?? '').padStart(3),
    extension: extension.padStart(6),
    ring: ring === null ? '' : `${two(Math.floor(ring / 60))}:${two(ring % 60)}`,
    talk:
      talk === null
        ? ''
        : `${two(Math.floor(talk / 3600))}:${two(Math.floor(talk / 60) % 60)}:${two(talk % 60)}`,
    number,
    kind,
  };
  let text = '';
  const fields: FieldSpan[] = [];
  for (const [name, width] of COLUMNS) {
    const value = values[name] ?? '';
    const from = text.length + value.length - value.trimStart().length;
    if (value.trim()) fields.push({ name, from, to: from + value.trim().length });
    text += value.padEnd(width);
  }
  return { text, fields };
}

export function hex(text: string): string {
  return [...text].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()).join(' ');
}

/** The line monitor of a healthy line: what it printed for these calls, oldest first, with a header and a repeat. */
export function monitorLines(calls: CallRow[], firstLine: number): MonitorLine[] {
  const lines: MonitorLine[] = [];
  const add = (
    verdict: LineVerdict,
    text: string,
    received_at: string,
    fields: FieldSpan[] = [],
    reason: string | null = null,
  ) =>
    lines.push({
      line: firstLine + lines.length,
      received_at,
      verdict,
      reason,
      text,
      hex: hex(text),
      fields,
    });
  for (const [index, call] of [...calls].reverse().entries()) {
    const stamp = call.end ?? call.start;
    if (index === 3) add('ignored', '-------- JOINERY  PAGE 12 --------', stamp, [], 'A page header.');
    const extension = call.answered_by ?? call.caller.extension ?? '11';
    const { text, fields } = print(call, extension, call.wait_seconds, call.talk_seconds);
    add('inserted', text, stamp, fields);
    if (index === 8) add('known', text, stamp, fields, 'The same line came at 11:02:17.');
    if (index === 12) add('rejected', '20.11.2610:5␀:00 ▒▒  14', stamp, [], 'The time cannot be read.');
  }
  return lines;
}

/** Lines nobody could read. */
export function rejectedLines(count: number): RejectedLine[] {
  const kinds = [
    ['The time cannot be read.', '20.11.2610:5␀:00 ▒▒  14'],
    ['The line is shorter than this format allows (12 of 75 characters).', '20.11.2610:5'],
    [
      'Two lines run into one another at character 41.',
      '20.11.2609:12:44  2    11 00:0400:0120.11.2609:13:02  1    12',
    ],
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const [reason, text] = kinds[index % kinds.length] ?? kinds[0];
    return {
      source: 'Front office PBX',
      line: 48_211 - index * 37,
      received_at: at(TODAY, 39_000 - index * 211),
      reason,
      text,
    };
  });
}
