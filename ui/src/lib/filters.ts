// What narrows the list of calls, apart from the period. Shared by the whole window, kept in the address.

import type {
  CallFilter,
  Comparison,
  DurationFilter,
  DurationOf,
  MetricKind,
  Narrowing,
  PartyFilter,
  PartyRole,
} from '../backend/backend';
import type { Span } from './period';

export interface Filters {
  outcomes: string[];
  directions: string[];
  extension: string | null;
  /** What that extension did. */
  role: PartyRole | null;
  trunk: string | null;
  text: string | null;
  party: PartyFilter | null;
  did: string | null;
  accountCode: string | null;
  queue: string | null;
  classes: string[];
  countries: string[];
  durations: DurationFilter[];
  outcomeCodes: string[];
  tags: string[];
  noted: boolean;
  /** Calls with a recording (`true`), without one (`false`), or either. */
  recorded: boolean | null;
  live: boolean;
  /** Exactly these calls, whatever the period; empty means no such list. */
  ids: string[];
  /** The number on Today whose calls `ids` are. */
  idsOf: MetricKind | null;
  /** What a number of a report counts. */
  also: Narrowing[];
  /** That number in words. */
  alsoOf: string | null;
}

export const NO_FILTERS: Filters = {
  outcomes: [],
  directions: [],
  extension: null,
  role: null,
  trunk: null,
  text: null,
  party: null,
  did: null,
  accountCode: null,
  queue: null,
  classes: [],
  countries: [],
  durations: [],
  outcomeCodes: [],
  tags: [],
  noted: false,
  recorded: null,
  live: false,
  ids: [],
  idsOf: null,
  also: [],
  alsoOf: null,
};

/** Outcomes in the order in which the filter lists them. */
export const OUTCOMES = [
  'answered',
  'lost-ringing',
  'lost-in-queue',
  'short-lost',
  'lost-after-transfer',
  'voicemail-left',
  'voicemail-no-message',
  'ivr-only',
  'overflowed-away',
  'busy',
  'blocked',
  'failed',
  'cancelled',
  'unknown',
] as const;

/** Outcomes of calls in which somebody rang us and got nobody. */
export const MISSED = ['lost-ringing', 'lost-in-queue', 'short-lost', 'lost-after-transfer'];

export const DIRECTIONS = ['inbound', 'outbound', 'internal', 'transit', 'unknown'] as const;

export const PARTY_MATCHES = ['contains', 'exactly', 'begins', 'ends', 'list'] as const;
export const DURATIONS = ['ring', 'wait', 'talk', 'total'] as const satisfies readonly DurationOf[];
export const COMPARISONS = ['at-least', 'at-most', 'exactly'] as const satisfies readonly Comparison[];

export const CLASSES = [
  'internal',
  'local',
  'national',
  'mobile',
  'international',
  'emergency',
  'freephone',
  'premium',
  'special',
  'hidden',
  'unknown',
] as const;

export function hasFilters(filters: Filters): boolean {
  return !sameFilters({ ...filters, idsOf: null, alsoOf: null }, NO_FILTERS);
}

/** Do both show the same calls? The order of a list does not matter. */
export function sameFilters(a: Filters, b: Filters): boolean {
  const settled = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)).sort() : value);
  return (Object.keys(NO_FILTERS) as (keyof Filters)[]).every((key) => settled(a[key]) === settled(b[key]));
}

/** What to ask the backend. A list of calls stands alone: no period narrows it. */
export function toFilter(filters: Filters, days: Span | null): CallFilter {
  const within = filters.ids.length > 0 ? null : days;
  return {
    from: within?.from ?? null,
    to: within?.to ?? null,
    outcomes: filters.outcomes,
    directions: filters.directions,
    extension: filters.extension,
    role: filters.extension === null ? null : filters.role,
    trunk: filters.trunk,
    text: filters.text,
    party: filters.party,
    did: filters.did,
    account_code: filters.accountCode,
    queue: filters.queue,
    classes: filters.classes,
    countries: filters.countries,
    durations: filters.durations,
    outcome_codes: filters.outcomeCodes,
    tags: filters.tags,
    noted: filters.noted,
    recorded: filters.recorded,
    live: filters.live,
    ids: filters.ids,
    ...(filters.also.length > 0 ? { also: filters.also } : null),
  };
}

/** The filters that `toFilter` made a question of; its days are the period's. */
export function fromFilter(filter: Partial<CallFilter>): Filters {
  return {
    outcomes: filter.outcomes ?? [],
    directions: filter.directions ?? [],
    extension: filter.extension ?? null,
    role: filter.role ?? null,
    trunk: filter.trunk ?? null,
    text: filter.text ?? null,
    party: filter.party ?? null,
    did: filter.did ?? null,
    accountCode: filter.account_code ?? null,
    queue: filter.queue ?? null,
    classes: filter.classes ?? [],
    countries: filter.countries ?? [],
    durations: filter.durations ?? [],
    outcomeCodes: filter.outcome_codes ?? [],
    tags: filter.tags ?? [],
    noted: filter.noted ?? false,
    recorded: filter.recorded ?? null,
    live: filter.live ?? false,
    ids: filter.ids ?? [],
    idsOf: null,
    also: filter.also ?? [],
    alsoOf: null,
  };
}

/** The filters behind a number on Today; its days become the period. */
export function fromMetric(filter: Partial<CallFilter>, ids: string[], kind: MetricKind): Filters {
  return ids.length > 0 ? { ...NO_FILTERS, ids, idsOf: kind } : { ...fromFilter(filter), ids: [] };
}

/** Seconds of `90`, `1:30` or `1:01:30`; `null` if it is no length of time. */
export function readSeconds(text: string): number | null {
  const found = /^(?:(\d{1,3}):)?(?:(\d{1,3}):)?(\d{1,6})$/.exec(text.trim());
  if (!found) return null;
  const [, first, second, last = ''] = found;
  // Minutes and seconds behind a colon have two figures: "1:5" is a slip, not five seconds.
  if (first !== undefined && !/^[0-5]\d$/.test(last)) return null;
  if (second !== undefined && !/^[0-5]\d$/.test(second)) return null;
  const [hours, minutes] = second === undefined ? [0, first] : [first, second];
  return Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(last);
}
