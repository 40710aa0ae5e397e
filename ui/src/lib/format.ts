// Numbers, times and durations as the person's locale writes them. Times are the exchange's wall clock: the
// clock people see on their telephones, whatever this computer's zone is.

import type { PartyView } from '../backend/backend';
import { toUtc, type Day } from './day';
import { locale } from './locale';
import { t } from './messages';

const numbers = new Intl.NumberFormat(locale);
const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
const timeWithSeconds = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: 'UTC' });
const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const longDate = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
const mediumDate = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const weekdayAndTime = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
});
const rangeDate = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** `1,284 B`, `3.4 MB`: thousands as disk makers count them, one decimal below ten. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power],
    // In short even a thousand of them are "byte".
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  }).format(value);
}

/** The wall clock of an RFC 3339 time, as a moment for formatting in UTC; `null` if it is not a time. */
export function wallClock(rfc3339: string): number | null {
  const moment = Date.parse(`${rfc3339.slice(0, 19)}Z`);
  return Number.isNaN(moment) ? null : moment;
}

/**
 * An RFC 3339 time as this computer's clock showed it, in the same form: times of files are told as file managers tell
 * them.
 */
export function onThisComputer(rfc3339: string): string {
  const moment = new Date(rfc3339);
  if (Number.isNaN(moment.getTime())) return rfc3339;
  return `${new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)}+00:00`;
}

function clock(formatter: Intl.DateTimeFormat, rfc3339: string | null): string {
  const moment = rfc3339 === null ? null : wallClock(rfc3339);
  return moment === null ? t('none') : formatter.format(moment);
}

/** `09:12` */
export const formatTime = (rfc3339: string | null) => clock(time, rfc3339);
/** `09:12:41` */
export const formatTimeWithSeconds = (rfc3339: string | null) => clock(timeWithSeconds, rfc3339);
/** `09:12:41`, so many seconds after a time. */
export function formatTimeAfter(rfc3339: string, seconds: number): string {
  const moment = wallClock(rfc3339);
  return moment === null ? t('none') : timeWithSeconds.format(moment + seconds * 1000);
}
/** `20 Nov` */
export const formatDayAndMonth = (rfc3339: string | null) => clock(dayAndMonth, rfc3339);

/** `Friday 20 November 2026` */
export const formatLongDay = (day: Day) => longDate.format(toUtc(day));
/** `Fri 20 Nov 2026` */
export const formatShortDay = (day: Day) => mediumDate.format(toUtc(day));
/** `16 – 22 November 2026` */
export const formatDays = (from: Day, to: Day) => rangeDate.formatRange(toUtc(from), toUtc(to));

/** `09:30` for minutes after midnight. */
export const formatMinute = (minute: number) => time.format(minute * 60_000);

/** `Monday 09:00` for a moment in UTC. */
export const formatWeekdayAndTime = (moment: number) => weekdayAndTime.format(moment);

/** `0:12`, `3:45`, `1:02:03`: for columns. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return t('none');
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `14 s`, `52 min`, `3 h 5 min`, `2 days`: for sentences. Coarser the longer it is. */
export function formatSpan(seconds: number): string {
  if (seconds < 100) return t('span.seconds', { seconds });
  if (seconds < 100 * 60) return t('span.minutes', { minutes: Math.floor(seconds / 60) });
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) return t('span.days', { count: Math.floor(hours / 24) });
  const minutes = Math.floor(seconds / 60) % 60;
  return minutes === 0 ? t('span.hours', { hours }) : t('span.hours-minutes', { hours, minutes });
}

/** `Reception (11)`, `0861110010`, or that the number was withheld. */
export function formatParty(party: PartyView): string {
  const number = party.extension ?? party.number;
  if (party.name !== null)
    return number === null ? party.name : t('party.named', { name: party.name, number });
  return number ?? t('party.unknown');
}
