// The period the whole window shares. Named periods follow the calendar ("today" is another day tomorrow);
// stepping away from one leaves days that stay what they are.

import { addDays, daysBetween, endOfMonth, isDay, startOfMonth, startOfWeek, type Day } from './day';

export type PeriodName = 'today' | 'yesterday' | 'week' | 'month';
export type Period = { name: PeriodName } | { from: Day; to: Day };
export type Span = { from: Day; to: Day };

export const PERIOD_NAMES: readonly PeriodName[] = ['today', 'yesterday', 'week', 'month'];

/** Monday unless the locale says otherwise (Saturday or Sunday in parts of the world). */
export function firstWeekday(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return known.getWeekInfo?.().firstDay ?? known.weekInfo?.firstDay ?? 1;
}

/** The days of a period, both ends included. */
export function span(period: Period, today: Day, weekStart = 1): Span {
  if (!('name' in period)) return period;
  switch (period.name) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week': {
      const from = startOfWeek(today, weekStart);
      return { from, to: addDays(from, 6) };
    }
    case 'month':
      return { from: startOfMonth(today), to: endOfMonth(today) };
  }
}

/** The period before (`-1`) or after (`1`): a month steps by months, everything else by its own length. */
export function step(period: Period, by: -1 | 1, today: Day, weekStart = 1): Period {
  const { from, to } = span(period, today, weekStart);
  if (from === startOfMonth(from) && to === endOfMonth(from)) {
    const into = by < 0 ? addDays(from, -1) : addDays(to, 1);
    return named({ from: startOfMonth(into), to: endOfMonth(into) }, today, weekStart);
  }
  const length = daysBetween(from, to) + 1;
  return named({ from: addDays(from, by * length), to: addDays(to, by * length) }, today, weekStart);
}

/** The same days under their name, if they have one. */
export function named(days: Span, today: Day, weekStart = 1): Period {
  const name = PERIOD_NAMES.find((candidate) => {
    const known = span({ name: candidate }, today, weekStart);
    return known.from === days.from && known.to === days.to;
  });
  return name ? { name } : days;
}

/** `today`, `2026-11-20` or `2026-11-01..2026-11-20`, for the address. */
export function writePeriod(period: Period): string {
  if ('name' in period) return period.name;
  return period.from === period.to ? period.from : `${period.from}..${period.to}`;
}

/** Reads what `writePeriod` wrote; today if it is anything else. */
export function readPeriod(text: string | null): Period {
  const name = PERIOD_NAMES.find((known) => known === text);
  if (name) return { name };
  const [from = '', to = from] = (text ?? '').split('..');
  return isDay(from) && isDay(to) && from <= to ? { from, to } : { name: 'today' };
}
