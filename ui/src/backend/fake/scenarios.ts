// Named states of the pretend office, for the address (`?scenario=gone`) and for the screenshots.

import { FakeBackend, type Script } from '../fake';
import { rejectedLines } from './lines';
import { at, callsOf, callsUpTo, NOW_SECONDS, ringing, TODAY } from './office';
import { STORIES, STORY } from './stories';
import { NO_COUNTS, sourceIn, type StateName } from './sources';

const FAILURE = {
  code: 'ledger-unreadable',
  message: 'The ledger cannot be read: the disk reported an error.',
  hint: 'Check the disk, then try again. Your backup is not touched.',
};

const LOCKED = {
  code: 'ledger-locked',
  message: 'The ledger could not be written: another program holds it.',
  hint: 'Close the other program, then try again.',
};

/** What was put to the calls with a tale. */
const REMARKS: Script['remarks'] = {
  [STORY.queue.call.id]: {
    notes: ['Wants 40 m of larch by Thursday; Bridget sends the quote.'],
    tags: ['larch', 'urgent'],
    code: '20',
    byExchange: false,
  },
  [STORY.message.call.id]: { notes: [], tags: ['urgent'], code: null, byExchange: false },
};

const inState = (name: StateName): Partial<Script> => ({ sources: [sourceIn(name)] });

const SCENARIOS = {
  office: () => ({}),
  ringing: () => ({}),
  'first-start': () => ({ calls: [], sources: [], rejected: [] }),
  'no-calls': () => ({ calls: [], sources: [sourceIn('waiting')], rejected: [] }),
  'no-sources': () => ({ sources: [], rejected: [] }),
  huge: () => ({ calls: callsUpTo(TODAY, 400, 6).slice(0, 200_000) }),
  failing: () => ({
    failing: {
      today: FAILURE,
      listCalls: FAILURE,
      lineMonitor: FAILURE,
      rejectedLines: FAILURE,
      callDetail: FAILURE,
      importHistory: FAILURE,
      rejectedRows: FAILURE,
      dialRules: FAILURE,
      ringBack: FAILURE,
      people: FAILURE,
      report: FAILURE,
      listContacts: FAILURE,
      directory: FAILURE,
      outcomeCodes: FAILURE,
      recordingCounts: FAILURE,
      recordingFolders: FAILURE,
      recordingFilters: FAILURE,
      nameTemplates: FAILURE,
      listeningLog: FAILURE,
      deletionLog: FAILURE,
      recordingsOfNumber: FAILURE,
    },
  }),
  stories: () => ({ stories: STORIES, remarks: REMARKS }),
  'remarks-failing': () => ({
    stories: STORIES,
    remarks: REMARKS,
    failing: { addNote: LOCKED, setTags: LOCKED, setOutcomeCode: LOCKED, closeCall: LOCKED },
  }),
  years: () => ({ calls: callsUpTo(TODAY, 500, 0.04) }),
  'no-gallery': () => ({ failing: { reportGallery: FAILURE } }),
  'slow-pages': () => ({ calls: callsUpTo(TODAY, 60, 6), delay: 120 }),
  'no-views': () => ({ views: [], reports: [] }),
  'failing-all': () => ({ failing: { overview: FAILURE } }),
  slow: () => ({
    silent: [
      'today',
      'listCalls',
      'lineMonitor',
      'rejectedLines',
      'callDetail',
      'previewImport',
      'importHistory',
      'dialRules',
      'ringBack',
      'people',
      'report',
      'listContacts',
      'directory',
      'outcomeCodes',
      'recordingCounts',
      'recordingFolders',
      'recordingFilters',
      'nameTemplates',
      'listeningLog',
      'deletionLog',
      'recordingsOfNumber',
    ],
  }),
  'slow-preview': () => ({ silent: ['previewImport'] }),
  'player-stereo': () => ({ player: 'stereo' }),
  'player-sides': () => ({ player: 'sides' }),
  'player-several': () => ({ player: 'several' }),
  'player-secret': () => ({ player: 'secret' }),
  'player-no-store': () => ({ player: 'secret', recordings: 'troubled' }),
  'player-broken': () => ({ player: 'broken' }),
  'player-slow': () => ({ player: 'several', silent: ['openSound'] }),
  'player-failing': () => ({
    failing: {
      openSound: {
        code: 'filter-missing',
        message: 'The program gpg is not there.',
        hint: 'Install the program, or choose another filter.',
        detail: 'sh: 1: gpg: not found\nlooked in /usr/local/bin:/usr/bin:/bin',
      },
    },
  }),
  'slow-all': () => ({ silent: ['overview'] }),
  sample: () => ({ sample: true, sources: [], rejected: [] }),
  elsewhere: () => ({
    collectedElsewhere: 'The service (process 812) has been collecting since 08:02.',
    sources: [sourceIn('listening')],
  }),
  'no-ports': () => ({ ports: [] }),
  'port-busy': () => ({
    failing: {
      addSerialSource: {
        code: 'port-busy',
        message: 'Another program has /dev/ttyUSB0 open.',
        hint: 'Close the other program (a terminal or an older logger), then add the port again.',
      },
    },
  }),
  rejected: () => ({ rejected: rejectedLines(260) }),
  several: () => ({
    sources: [
      sourceIn('listening'),
      sourceIn('gone', { id: 2, name: 'Workshop PBX', place: '/dev/ttyUSB1' }),
      sourceIn('off', {
        id: 3,
        kind: 'file',
        name: 'calls-october.txt',
        place: '/home/anna/calls-october.txt',
        serial: null,
        counters: { ...NO_COUNTS, lines: 4182, inserted: 4013, known: 61, ignored: 96, rejected: 12 },
      }),
    ],
  }),
  imports: () => ({ imports: 'some' }),
  'imports-troubled': () => ({ imports: 'troubled' }),
  'import-first': () => ({
    calls: [],
    sources: [],
    rejected: [],
    chosen: ['Master.csv', 'Master-november.csv'],
  }),
  'import-german': () => ({ imports: 'some', chosen: ['Gespraeche.csv'] }),
  'import-rejects': () => ({ imports: 'some', chosen: ['smdr-october.txt'] }),
  'import-again': () => ({ imports: 'some', chosen: ['Master-september.csv.gz'] }),
  'import-several': () => ({
    imports: 'some',
    chosen: ['Master.csv', 'Master-november.csv', 'Gespraeche.csv', 'calls-2025.zip'],
  }),
  'import-locked': () => ({ chosen: ['calls-2025.zip'] }),
  'no-recordings': () => ({ recordings: 'none' }),
  'recordings-empty': () => ({ recordings: 'empty' }),
  'recordings-troubled': () => ({ recordings: 'troubled' }),
  'recordings-many': () => ({ recordings: 'many' }),
  branches: () => ({ branch: true }),
  'no-names': () => ({ contacts: 0 }),
  'many-names': () => ({ contacts: 40_000 }),
  'few-calls': () => ({ calls: callsOf(TODAY).slice(0, 3).reverse() }),
  'all-reached': () => ({ calls: callsUpTo(TODAY, 2).filter(({ missed }) => !missed) }),
  'many-callers': () => ({
    calls: callsUpTo(TODAY, 20, 3).filter(({ start }) => start <= at(TODAY, NOW_SECONDS)),
  }),
  waiting: () => inState('waiting'),
  quiet: () => inState('quiet'),
  gone: () => inState('gone'),
  busy: () => inState('busy'),
  denied: () => inState('denied'),
  garbled: () => inState('garbled'),
  off: () => inState('off'),
  'disk-full': () => inState('disk-full'),
} satisfies Record<string, () => Partial<Script>>;

export type ScenarioName = keyof typeof SCENARIOS;

export function isScenario(name: string): name is ScenarioName {
  return name in SCENARIOS;
}

export function scenario(name: ScenarioName): FakeBackend {
  const fake = new FakeBackend(SCENARIOS[name]() as Partial<Script>);
  if (name === 'ringing') fake.calls = [ringing('ringing-now', NOW_SECONDS - 6), ...fake.calls];
  // Nobody is forgotten in a month, so the list is long.
  if (name === 'many-callers') fake.toRing.settings = { window_hours: 720, short_ring_seconds: 0 };
  return fake;
}
