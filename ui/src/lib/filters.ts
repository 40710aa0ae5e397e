// What narrows the list of calls, apart from the period. Shared by the whole window, kept in the address.

import type { CallFilter, MetricKind } from '../backend/backend';
import type { Span } from './period';

export interface Filters {
  outcomes: string[];
  directions: string[];
  extension: string | null;
  trunk: string | null;
  text: string | null;
  minTalkSeconds: number | null;
  live: boolean;
  /** Exactly these calls, whatever the period; empty means no such list. */
  ids: string[];
  /** The number on Today whose calls `ids` are. */
  idsOf: MetricKind | null;
}

export const NO_FILTERS: Filters = {
  outcomes: [],
  directions: [],
  extension: null,
  trunk: null,
  text: null,
  minTalkSeconds: null,
  live: false,
  ids: [],
  idsOf: null,
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

export function hasFilters(filters: Filters): boolean {
  return JSON.stringify({ ...filters, idsOf: null }) !== JSON.stringify(NO_FILTERS);
}

/** What to ask the backend. A list of calls stands alone: no period narrows it. */
export function toFilter(filters: Filters, days: Span): CallFilter {
  const named = filters.ids.length > 0;
  return {
    from: named ? null : days.from,
    to: named ? null : days.to,
    outcomes: filters.outcomes,
    directions: filters.directions,
    extension: filters.extension,
    trunk: filters.trunk,
    text: filters.text,
    min_talk_seconds: filters.minTalkSeconds,
    live: filters.live,
    ids: filters.ids,
  };
}

/** The filters behind a number on Today; its days become the period. */
export function fromMetric(filter: Partial<CallFilter>, ids: string[], kind: MetricKind): Filters {
  if (ids.length > 0) return { ...NO_FILTERS, ids, idsOf: kind };
  return {
    ...NO_FILTERS,
    outcomes: filter.outcomes ?? [],
    directions: filter.directions ?? [],
    extension: filter.extension ?? null,
    trunk: filter.trunk ?? null,
    text: filter.text ?? null,
    minTalkSeconds: filter.min_talk_seconds ?? null,
    live: filter.live ?? false,
  };
}
