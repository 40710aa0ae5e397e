// Files that somebody might import, as rows of cells, and what the pretend program knows of each.

import type { Choice, ErrorView, QuestionView } from '../backend';
import { Chance } from './chance';

export interface PretendFile {
  name: string;
  size: number;
  /** Rows of the whole file; `rows` are the first of them. */
  lines: number;
  rejected: number;
  ignored: number;
  known: number;
  calls: number;
  packed: string | null;
  encoding: string;
  separator: string | null;
  header: boolean;
  titles: string[];
  /** Id of a meaning for each column; `?` after it where it is a guess. */
  meanings: string[];
  rows: string[][];
  /** Reasons for rows that cannot be read, by their place in `rows`. */
  reasons: Record<number, string>;
  format: string;
  questions: QuestionView[];
  mappings: string[];
  notes: string[];
  importedAs: number | null;
  failure: ErrorView | null;
}

export const MEANINGS: Choice[] = [
  { id: 'ignore', name: 'Not needed' },
  { id: 'start', name: 'Start, date and time' },
  { id: 'date', name: 'Date' },
  { id: 'time', name: 'Time' },
  { id: 'end', name: 'End, date and time' },
  { id: 'caller', name: 'Caller' },
  { id: 'caller-name', name: 'Caller’s name' },
  { id: 'called', name: 'Number called' },
  { id: 'number', name: 'Other party’s number' },
  { id: 'extension', name: 'Extension' },
  { id: 'direction', name: 'Direction' },
  { id: 'duration', name: 'Whole duration' },
  { id: 'talk', name: 'Talk time' },
  { id: 'outcome', name: 'What came of it' },
  { id: 'trunk', name: 'Trunk' },
  { id: 'account', name: 'Account code' },
  { id: 'charge', name: 'Charge' },
];

export const FILE_FORMATS: Choice[] = [
  { id: 'asterisk', name: 'Asterisk' },
  { id: 'siemens-hipath', name: 'Siemens HiPath 3000, Hicom 150 E, OpenScape Business' },
  { id: 'panasonic-td', name: 'Panasonic KX-TD, KX-TDA' },
  { id: 'table', name: 'Another table' },
];

export const ENCODINGS: Choice[] = [
  { id: 'utf-8', name: 'Unicode (UTF-8)' },
  { id: 'utf-16le', name: 'Unicode (UTF-16)' },
  { id: 'latin-1', name: 'Western European' },
  { id: 'cp437', name: 'DOS' },
];

const FIRST_NAMES = ['Reception', 'Anna Keane', 'Tom Walsh', 'Bridget Nolan', 'Accounts'];
const two = (value: number) => String(value).padStart(2, '0');

/** Rows of October 2026, a few minutes apart. */
function moments(count: number, seed: number) {
  const chance = new Chance(seed);
  let second = 8 * 3600 + chance.whole(0, 900);
  return Array.from({ length: count }, () => {
    second += chance.whole(40, 900);
    const from = second;
    const outside = chance.next() < 0.6;
    return {
      clock: (offset = 0) => {
        const at = from + offset;
        return `${two(Math.floor(at / 3600))}:${two(Math.floor(at / 60) % 60)}:${two(at % 60)}`;
      },
      person: chance.whole(0, FIRST_NAMES.length - 1),
      number: chance.next() < 0.5 ? `07700900${chance.whole(100, 999)}` : `01632960${chance.whole(100, 999)}`,
      wait: chance.whole(3, 30),
      talk: chance.next() < 0.2 ? 0 : chance.duration(140),
      inbound: outside,
    };
  });
}

function asterisk(): Pick<PretendFile, 'titles' | 'meanings' | 'rows'> {
  const columns: [string, string][] = [
    ['accountcode', 'account'],
    ['src', 'caller'],
    ['dst', 'called'],
    ['dcontext', 'ignore'],
    ['clid', 'caller-name'],
    ['channel', 'trunk?'],
    ['dstchannel', 'extension'],
    ['start', 'start'],
    ['end', 'end'],
    ['duration', 'duration'],
    ['billsec', 'talk'],
    ['disposition', 'outcome'],
    ['uniqueid', 'ignore'],
  ];
  const rows = moments(50, 21).map((call, index) => {
    const extension = String(11 + call.person);
    const [src, dst] = call.inbound ? [call.number, extension] : [extension, call.number];
    return [
      '',
      src,
      dst,
      call.inbound ? 'from-street' : 'from-office',
      call.inbound ? `<${src}>` : `"${FIRST_NAMES[call.person]}" <${src}>`,
      call.inbound ? 'SIP/street-0000' + two(index) : `SIP/${extension}-0000${two(index)}`,
      call.inbound ? `SIP/${extension}-0000${two(index)}` : 'SIP/street-0000' + two(index),
      `2026-10-01 ${call.clock()}`,
      `2026-10-01 ${call.clock(call.wait + call.talk)}`,
      String(call.wait + call.talk),
      String(call.talk),
      call.talk > 0 ? 'ANSWERED' : 'NO ANSWER',
      `1790000${100 + index}.${index}`,
    ];
  });
  return { titles: columns.map(([title]) => title), meanings: columns.map(([, meaning]) => meaning), rows };
}

function german(): Pick<PretendFile, 'titles' | 'meanings' | 'rows'> {
  const rows = moments(50, 33).map((call) => [
    `0${call.person + 1}/10/2026`,
    call.clock().slice(0, 5),
    String(11 + call.person),
    call.inbound ? 'kommend' : 'gehend',
    call.number,
    String(call.talk),
    call.inbound ? '' : `0,${two(call.person * 7)}`,
    FIRST_NAMES[call.person] ?? '',
  ]);
  return {
    titles: ['Datum', 'Zeit', 'Nst', 'Richtung', 'Rufnummer', 'Dauer', 'Kosten', 'Teilnehmer'],
    meanings: ['date', 'time', 'extension', 'direction', 'number', 'talk?', 'charge', 'ignore?'],
    rows,
  };
}

function printed(): Pick<PretendFile, 'titles' | 'meanings' | 'rows'> {
  const rows = moments(50, 8).map((call) => [
    '02.10.26',
    call.clock(),
    String(1 + (call.person % 4)),
    String(11 + call.person),
    `00:${two(call.wait)}`,
    call.talk === 0 ? '' : `00:${two(Math.floor(call.talk / 60) % 60)}:${two(call.talk % 60)}`,
    call.number,
    call.inbound ? '1' : '2',
  ]);
  return {
    titles: ['Date', 'Time', 'Trunk', 'Extension', 'Ring', 'Talk', 'Number', 'Kind'],
    meanings: ['date', 'time', 'trunk', 'extension', 'ignore', 'talk', 'number', 'direction'],
    rows,
  };
}

const PLAIN: Omit<PretendFile, 'name' | 'titles' | 'meanings' | 'rows'> = {
  size: 2_841_204,
  lines: 24_816,
  rejected: 0,
  ignored: 1,
  known: 0,
  calls: 21_640,
  packed: null,
  encoding: 'utf-8',
  separator: ',',
  header: true,
  reasons: {},
  format: 'asterisk',
  questions: [],
  mappings: [],
  notes: [],
  importedAs: null,
  failure: null,
};

/** What is asked about the German table. */
const QUESTIONS: QuestionView[] = [
  {
    id: 'date-order',
    text: 'Which part of the date is the day?',
    choices: [
      {
        value: 'dmy',
        text: 'Day, month, year',
        examples: ['01/10/2026 is Thursday 1 October 2026', '05/10/2026 is Monday 5 October 2026'],
      },
      {
        value: 'mdy',
        text: 'Month, day, year',
        examples: ['01/10/2026 is Saturday 10 January 2026', '05/10/2026 is Sunday 10 May 2026'],
      },
    ],
    value: 'dmy',
    answered: false,
  },
  {
    id: 'duration-unit',
    text: 'What do the numbers under “Dauer” count?',
    choices: [
      { value: 'seconds', text: 'Seconds', examples: ['149 is 2 min 29 s', '37 is 37 s'] },
      { value: 'minutes', text: 'Minutes', examples: ['149 is 2 h 29 min', '37 is 37 min'] },
    ],
    value: null,
    answered: false,
  },
];

export const PRETEND_FILES: PretendFile[] = [
  { ...PLAIN, ...asterisk(), name: 'Master.csv' },
  { ...PLAIN, ...asterisk(), name: 'Master-november.csv', size: 1_204_733, lines: 10_402, calls: 9_011 },
  {
    ...PLAIN,
    ...german(),
    name: 'Gespraeche.csv',
    size: 61_230,
    lines: 1_205,
    rejected: 2,
    calls: 1_190,
    encoding: 'latin-1',
    separator: ';',
    format: 'table',
    questions: QUESTIONS,
    reasons: { 6: 'The date “00/10/2026” is not a day.' },
    mappings: ['Branch office'],
    notes: ['The first three lines are a title and were left out.'],
  },
  {
    ...PLAIN,
    ...printed(),
    name: 'smdr-october.txt',
    size: 318_440,
    lines: 4_182,
    rejected: 240,
    ignored: 96,
    known: 61,
    calls: 1_987,
    encoding: 'cp437',
    separator: null,
    header: false,
    format: 'siemens-hipath',
    reasons: {
      4: 'The time cannot be read.',
      11: 'The line is shorter than this format allows (12 of 75 characters).',
      12: 'The time cannot be read.',
    },
  },
  {
    ...PLAIN,
    ...asterisk(),
    name: 'Master-september.csv.gz',
    size: 402_118,
    packed: 'gzip',
    known: 24_815,
    calls: 0,
    importedAs: 3,
  },
  {
    ...PLAIN,
    ...asterisk(),
    name: 'calls-2025.zip',
    failure: {
      code: 'zip-locked',
      message: 'calls-2025.zip is locked with a password.',
      hint: 'Unpack it yourself, then choose the files inside.',
    },
  },
];
