// Calendar days as the backend writes them, `2026-11-20`. The window has no clock: arithmetic on given days only.

const DAY_MS = 86_400_000;

export type Day = string;

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && fromUtc(toUtc(text)) === text;
}

export function addDays(day: Day, days: number): Day {
  return fromUtc(toUtc(day) + days * DAY_MS);
}

/** Whole days from `a` to `b`; negative if `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((toUtc(b) - toUtc(a)) / DAY_MS);
}

/** 1 is Monday, 7 is Sunday, as in ISO 8601 and `Intl.Locale`. */
export function weekday(day: Day): number {
  return new Date(toUtc(day)).getUTCDay() || 7;
}

/** First day of the week that holds `day`. */
export function startOfWeek(day: Day, firstWeekday: number): Day {
  return addDays(day, -((weekday(day) - firstWeekday + 7) % 7));
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function endOfMonth(day: Day): Day {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return fromUtc(Date.UTC(year, month, 0));
}

/** The day as a moment for formatting in UTC. */
export function toUtc(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function fromUtc(moment: number): Day {
  return Number.isNaN(moment) ? '' : new Date(moment).toISOString().slice(0, 10);
}
