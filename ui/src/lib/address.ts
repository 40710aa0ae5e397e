// Where the window is, written into the address after the #, so that back, forward and saved views work.
// A router in a page: a place, its address, and the way back.

import type { CallSort, SortColumn } from '../backend/backend';
import { NO_FILTERS, type Filters } from './filters';
import { readPeriod, writePeriod, type Period } from './period';

export const SCREENS = ['today', 'calls', 'import', 'sources', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];
/** Screens that tell of the calls of a period; the others have no use for it. */
export const OF_CALLS: readonly Screen[] = ['today', 'calls'];
export const SOURCE_PANES = ['monitor', 'rejected'] as const;
export type SourcePane = (typeof SOURCE_PANES)[number];

export interface Place {
  screen: Screen;
  period: Period;
  filters: Filters;
  sort: CallSort;
  /** The call whose panel is open. */
  call: string | null;
  source: number | null;
  pane: SourcePane;
  /** The form that adds a source is open. */
  adding: boolean;
  /** The import whose rejected rows are open. */
  batch: number | null;
}

export const START: Place = {
  screen: 'today',
  period: { name: 'today' },
  filters: NO_FILTERS,
  sort: { column: 'start', descending: true },
  call: null,
  source: null,
  pane: 'monitor',
  adding: false,
  batch: null,
};

const SORT_COLUMNS: readonly SortColumn[] = [
  'start',
  'caller',
  'called',
  'extension',
  'outcome',
  'wait',
  'talk',
  'trunk',
];
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
  put('trunk', filters.trunk);
  put('text', filters.text);
  put('talk', filters.minTalkSeconds === null ? null : String(filters.minTalkSeconds));
  put('live', filters.live ? '1' : null);
  put('ids', filters.ids.join(','));
  put('of', filters.ids.length > 0 ? filters.idsOf : null);
  if (sort.column !== 'start' || !sort.descending) put('sort', (sort.descending ? '-' : '') + sort.column);
  if (place.screen === 'calls') put('call', place.call);
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
  const sort = query.get('sort') ?? '-start';
  const column = SORT_COLUMNS.find((known) => known === sort.replace(/^-/, ''));
  return {
    screen: SCREENS.find((known) => known === path) ?? 'today',
    period: readPeriod(query.get('period')),
    filters: {
      outcomes: list('outcome'),
      directions: list('direction'),
      extension: query.get('extension'),
      trunk: query.get('trunk'),
      text: query.get('text'),
      minTalkSeconds: whole('talk'),
      live: query.get('live') === '1',
      ids: list('ids'),
      idsOf: METRICS.find((known) => known === query.get('of')) ?? null,
    },
    sort: column ? { column, descending: sort.startsWith('-') } : START.sort,
    call: query.get('call'),
    source: whole('source'),
    pane: SOURCE_PANES.find((known) => known === query.get('pane')) ?? 'monitor',
    adding: query.get('add') === '1',
    batch: whole('rejected'),
  };
}
