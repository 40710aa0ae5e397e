// Where the window is, written into the address after the #, so that back, forward and saved views work.
// A router in a page: a place, its address, and the way back.

import type {
  CallSort,
  Comparison,
  DurationFilter,
  PartyFilter,
  PartyRole,
  RecordingFilterShow,
  ReportSettings,
  RingBackState,
  SortColumn,
} from '../backend/backend';
import { DURATIONS, NO_FILTERS, PARTY_MATCHES, type Filters } from './filters';
import { readPeriod, writePeriod, type Period } from './period';
import { readNarrowings, readSettings, writeSettings } from './report-address';

export const SCREENS = [
  'today',
  'calls',
  'ring-back',
  'recordings',
  'reports',
  'import',
  'sources',
  'settings',
] as const;
export type Screen = (typeof SCREENS)[number];
/** Screens that tell of the calls of a period; the others have no use for it. */
export const OF_CALLS: readonly Screen[] = ['today', 'calls', 'reports'];
export const SOURCE_PANES = ['monitor', 'rejected'] as const;
export type SourcePane = (typeof SOURCE_PANES)[number];
export const RING_BACK_STATES: readonly RingBackState[] = ['open', 'reached', 'dismissed', 'lapsed'];
export const RECORDING_PANES = ['files', 'number', 'folders', 'log', 'deletions'] as const;
export type RecordingPane = (typeof RECORDING_PANES)[number];
/** In the order in which the list offers them. */
export const RECORDING_SHOWS: readonly RecordingFilterShow[] = [
  'all',
  'matched',
  'ambiguous',
  'unmatched',
  'too-new',
  'empty',
  'unreadable',
  'gone',
];
export const SETTINGS_SECTIONS = [
  'numbers',
  'contacts',
  'directory',
  'outcome-codes',
  'ring-back',
  'recordings',
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

export interface Place {
  screen: Screen;
  period: Period;
  filters: Filters;
  sort: CallSort;
  /** Today over the whole screen. */
  wallboard: boolean;
  /** The calls of the period are counted by person instead of listed. */
  people: boolean;
  /** The call whose panel is open. */
  call: string | null;
  source: number | null;
  pane: SourcePane;
  /** The form that adds a source is open. */
  adding: boolean;
  /** The import whose rejected rows are open. */
  batch: number | null;
  /** Which callers the ring-back list shows. */
  ringBack: RingBackState;
  /** What the screen of recordings shows: the files, those of a number, their folders, who listened, what was deleted. */
  recordings: RecordingPane;
  /** Which files. */
  show: RecordingFilterShow;
  /** The file whose panel is open. */
  recording: number | null;
  /** Whose recordings are shown. */
  recordingsOf: string | null;
  /** The report that is open; the gallery where none is. */
  report: string | null;
  reportSettings: ReportSettings;
  /** The report is about all days that the ledger has. */
  allDays: boolean;
  section: SettingsSection;
}

export const START: Place = {
  screen: 'today',
  period: { name: 'today' },
  filters: NO_FILTERS,
  sort: { column: 'start', descending: true },
  wallboard: false,
  people: false,
  call: null,
  source: null,
  pane: 'monitor',
  adding: false,
  batch: null,
  ringBack: 'open',
  recordings: 'files',
  show: 'all',
  recording: null,
  recordingsOf: null,
  report: null,
  reportSettings: {},
  allDays: false,
  section: 'numbers',
};

export const SORT_COLUMNS: readonly SortColumn[] = [
  'start',
  'caller',
  'called',
  'extension',
  'outcome',
  'wait',
  'talk',
  'trunk',
  'ring',
  'total',
  'did',
  'queue',
  'account-code',
];
const ROLES: readonly PartyRole[] = [
  'rung',
  'answered',
  'answered-first',
  'transferred',
  'missed-alone',
  'made',
  'talked',
];
const RECORDED: Partial<Record<string, boolean>> = { '1': true, '0': false };
const METRICS = [
  'calls',
  'answered-percent',
  'missed',
  'not-called-back',
  'average-wait',
  'talk-time',
] as const;

/** `#/calls?period=week&outcome=answered`; leaves out what is as at the start. */
export function writeAddress(place: Place): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value) query.set(name, value);
  };
  const { filters, sort } = place;
  const period = writePeriod(place.period);
  put('period', period === 'today' ? null : period);
  put('outcome', filters.outcomes.join(','));
  put('direction', filters.directions.join(','));
  put('extension', filters.extension);
  put('role', filters.extension === null ? null : filters.role);
  put('trunk', filters.trunk);
  put('text', filters.text);
  put('party', filters.party && `${filters.party.how}:${filters.party.text}`);
  put('did', filters.did);
  put('account', filters.accountCode);
  put('queue', filters.queue);
  put('class', filters.classes.join(','));
  put('country', filters.countries.join(','));
  for (const of of DURATIONS) {
    put(
      of,
      filters.durations
        .filter((duration) => duration.of === of)
        .map(writeDuration)
        .join(','),
    );
  }
  // Codes and tags are the site's own words and may hold any sign.
  for (const code of filters.outcomeCodes) query.append('code', code);
  for (const tag of filters.tags) query.append('tag', tag);
  put('noted', filters.noted ? '1' : null);
  put('recorded', filters.recorded === null ? null : filters.recorded ? '1' : '0');
  put('live', filters.live ? '1' : null);
  put('ids', filters.ids.join(','));
  put('of', filters.ids.length > 0 ? filters.idsOf : null);
  // What a number of a report counts narrows the list that it opened, and nothing else.
  if (place.screen === 'calls' && filters.also.length > 0) {
    put('also', JSON.stringify(filters.also));
    put('also-of', filters.alsoOf);
  }
  if (sort.column !== 'start' || !sort.descending) put('sort', (sort.descending ? '-' : '') + sort.column);
  if (place.screen === 'today') put('board', place.wallboard ? '1' : null);
  if (place.screen === 'calls') put('by', place.people ? 'people' : null);
  if (place.screen === 'calls' || place.screen === 'ring-back') put('call', place.call);
  if (place.screen === 'ring-back') put('state', place.ringBack === 'open' ? null : place.ringBack);
  if (place.screen === 'recordings') {
    put('pane', place.recordings === 'files' ? null : place.recordings);
    put('show', place.show === 'all' ? null : place.show);
    put('recording', place.recording === null ? null : String(place.recording));
    put('of', place.recordings === 'number' ? place.recordingsOf : null);
  }
  if (place.screen === 'reports') {
    put('report', place.report);
    put('with', place.report === null ? null : writeSettings(place.reportSettings));
    put('days', place.report !== null && place.allDays ? 'all' : null);
  }
  if (place.screen === 'settings') put('section', place.section === 'numbers' ? null : place.section);
  if (place.screen === 'sources') {
    put('source', place.source === null ? null : String(place.source));
    put('pane', place.pane === 'monitor' ? null : place.pane);
    put('add', place.adding ? '1' : null);
  }
  if (place.screen === 'import') put('rejected', place.batch === null ? null : String(place.batch));
  const text = query.toString();
  return `#/${place.screen}${text ? `?${text}` : ''}`;
}

/** Reads an address; whatever it does not say, or says wrongly, is as at the start. */
export function readAddress(hash: string): Place {
  const [path = '', text = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const query = new URLSearchParams(text);
  const list = (name: string) => (query.get(name) ?? '').split(',').filter(Boolean);
  const whole = (name: string) => {
    const value = query.get(name) ?? '';
    return /^\d{1,15}$/.test(value) ? Number(value) : null;
  };
  const also = path === 'calls' ? readNarrowings(query.get('also')) : [];
  const sort = query.get('sort') ?? '-start';
  const column = SORT_COLUMNS.find((known) => known === sort.replace(/^-/, ''));
  return {
    screen: SCREENS.find((known) => known === path) ?? 'today',
    period: readPeriod(query.get('period')),
    filters: {
      outcomes: list('outcome'),
      directions: list('direction'),
      extension: query.get('extension'),
      role: ROLES.find((known) => known === query.get('role')) ?? null,
      trunk: query.get('trunk'),
      text: query.get('text'),
      party: readParty(query.get('party')),
      did: query.get('did'),
      accountCode: query.get('account'),
      queue: query.get('queue'),
      classes: list('class'),
      countries: list('country'),
      durations: DURATIONS.flatMap((of) =>
        list(of).flatMap((text) => {
          const read = readDuration(text);
          return read ? [{ of, ...read }] : [];
        }),
      ),
      outcomeCodes: query.getAll('code'),
      tags: query.getAll('tag'),
      noted: query.get('noted') === '1',
      recorded: RECORDED[query.get('recorded') ?? ''] ?? null,
      live: query.get('live') === '1',
      ids: list('ids'),
      idsOf: METRICS.find((known) => known === query.get('of')) ?? null,
      also,
      alsoOf: also.length > 0 ? query.get('also-of') : null,
    },
    sort: column ? { column, descending: sort.startsWith('-') } : START.sort,
    wallboard: path === 'today' && query.get('board') === '1',
    people: query.get('by') === 'people',
    call: query.get('call'),
    source: whole('source'),
    pane: SOURCE_PANES.find((known) => known === query.get('pane')) ?? 'monitor',
    adding: query.get('add') === '1',
    batch: whole('rejected'),
    ringBack: RING_BACK_STATES.find((known) => known === query.get('state')) ?? 'open',
    recordings: RECORDING_PANES.find((known) => known === query.get('pane')) ?? 'files',
    show: RECORDING_SHOWS.find((known) => known === query.get('show')) ?? 'all',
    recording: whole('recording'),
    recordingsOf: path === 'recordings' ? query.get('of') : null,
    report: path === 'reports' ? query.get('report') : null,
    reportSettings: readSettings(query.get('with')),
    allDays: query.get('days') === 'all',
    section: SETTINGS_SECTIONS.find((known) => known === query.get('section')) ?? 'numbers',
  };
}

/** `60..` at least, `..60` at most, `60` exactly that many seconds. */
function writeDuration({ comparison, seconds }: DurationFilter): string {
  const forms: Record<Comparison, string> = {
    'at-least': `${seconds}..`,
    'at-most': `..${seconds}`,
    exactly: String(seconds),
  };
  return forms[comparison];
}

function readDuration(text: string): Omit<DurationFilter, 'of'> | null {
  const found = /^(\.\.)?(\d{1,9})(\.\.)?$/.exec(text);
  if (!found || (found[1] && found[3])) return null;
  return {
    comparison: found[1] ? 'at-most' : found[3] ? 'at-least' : 'exactly',
    seconds: Number(found[2]),
  };
}

function readParty(text: string | null): PartyFilter | null {
  const how = PARTY_MATCHES.find((known) => text?.startsWith(`${known}:`));
  const party = how && text?.slice(how.length + 1);
  return how && party ? { how, text: party } : null;
}
