// How the gallery is put in order. A report that is not named here stands at the end, so that none is lost.

import type { ReportEntry, ReportSpan } from '../../backend/backend';
import { daysBetween, type Day } from '../../lib/day';
import type { Period, Span } from '../../lib/period';

/** What the small picture shows. */
export type Picture = 'bars' | 'lines' | 'heat' | 'ranks' | 'table';

const GROUPS = {
  time: ['day', 'compare-days', 'week-hours', 'month', 'months', 'years', 'after-hours'],
  callers: ['service-level', 'queues', 'not-called-back', 'call-backs', 'waits', 'longest-waits'],
  people: ['extensions', 'departments', 'who-answers', 'transfers', 'transfer-ways'],
  lines: [
    'trunks',
    'line-need',
    'concurrent',
    'concurrent-minutes',
    'concurrent-trunks',
    'causes-by-trunk',
    'dids',
    'kpis',
  ],
  numbers: ['top-callers', 'top-called', 'repeated-callers', 'countries', 'classes'],
  calls: [
    'summary',
    'endings',
    'hang-up-causes',
    'causes-over-time',
    'lengths',
    'longest-calls',
    'outcome-codes',
    'tags',
    'account-codes',
  ],
  ledger: ['unmatched-extensions', 'data-quality'],
} as const;

export type Group = keyof typeof GROUPS | 'more';

const PICTURES: Partial<Record<string, Picture>> = {
  'compare-days': 'lines',
  concurrent: 'lines',
  'concurrent-minutes': 'lines',
  'concurrent-trunks': 'ranks',
  'causes-over-time': 'lines',
  'causes-by-trunk': 'heat',
  'line-need': 'lines',
  'week-hours': 'heat',
  'data-quality': 'table',
  'unmatched-extensions': 'table',
  'longest-waits': 'table',
  'longest-calls': 'table',
  kpis: 'table',
};

/** Reports whose rows are names stand in them from most to least. */
const RANKED: readonly Group[] = ['people', 'numbers', 'calls', 'more'];

export function pictureOf(id: string, group: Group): Picture {
  return PICTURES[id] ?? (RANKED.includes(group) ? 'ranks' : 'bars');
}

export function grouped(reports: readonly ReportEntry[]): { group: Group; reports: ReportEntry[] }[] {
  const known = Object.entries(GROUPS) as [keyof typeof GROUPS, readonly string[]][];
  const groups: { group: Group; reports: ReportEntry[] }[] = known.map(([group, ids]) => ({
    group,
    reports: ids.flatMap((id) => reports.find((report) => report.id === id) ?? []),
  }));
  const named = new Set(known.flatMap(([, ids]) => ids));
  groups.push({ group: 'more', reports: reports.filter(({ id }) => !named.has(id)) });
  return groups.filter((group) => group.reports.length > 0);
}

/** Days that a report needs at least to have something to say. */
const NEEDED: Record<Exclude<ReportSpan, 'everything'>, number> = { day: 1, week: 7, month: 28, year: 365 };

/** The period that a report is opened with: the window's, unless it is too short for the question. */
export function periodFor(
  span: ReportSpan,
  now: Period,
  days: Span,
  today: Day,
): { period: Period; allDays: boolean } {
  if (span === 'everything') return { period: now, allDays: true };
  if (daysBetween(days.from, days.to) + 1 >= NEEDED[span]) return { period: now, allDays: false };
  const own: Record<keyof typeof NEEDED, Period> = {
    day: now,
    week: { name: 'week' },
    month: { name: 'month' },
    year: { from: `${today.slice(0, 4)}-01-01`, to: today },
  };
  return { period: own[span], allDays: false };
}
