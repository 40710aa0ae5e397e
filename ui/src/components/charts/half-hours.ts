// The bars of calls per half-hour: which to show, and how high.

import type { HalfHour } from '../../backend/backend';

/** Minutes after midnight between which an office is drawn even when nobody rings. */
const USUAL = { from: 8 * 60, to: 18 * 60 };

/** The half-hours to draw: the usual day, and every hour before or after that has calls. */
export function shownHalfHours(all: readonly HalfHour[]): HalfHour[] {
  const withCalls = all.filter((half) => half.calls > 0).map((half) => half.minute);
  const from = Math.min(USUAL.from, ...withCalls.map((minute) => Math.floor(minute / 60) * 60));
  const to = Math.max(USUAL.to, ...withCalls.map((minute) => Math.ceil((minute + 30) / 60) * 60));
  return all.filter(({ minute }) => minute >= from && minute < to);
}

/** Top of the axis and its lines: round numbers, at most four lines. */
export function axis(most: number): { top: number; lines: number[] } {
  const steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000];
  const every = steps.find((step) => most / step <= 4) ?? Math.ceil(most / 4);
  const top = Math.max(every, Math.ceil(most / every) * every);
  return { top, lines: Array.from({ length: top / every + 1 }, (_, index) => index * every) };
}

/** The half-hour with most calls; the first of equals. */
export function busiest(all: readonly HalfHour[]): HalfHour | null {
  return all.reduce<HalfHour | null>((best, half) => (half.calls > (best?.calls ?? 0) ? half : best), null);
}
