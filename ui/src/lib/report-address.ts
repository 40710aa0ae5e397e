// What is asked of a report, and what a number of it counts, as parts of an address. An address may be written by anybody:
// what is not of the right kind is left out.

import type { Narrowing, ReportCompare, ReportSettings } from '../backend/backend';

export const COMPARES: readonly ReportCompare[] = ['previous', 'same-weekday', 'last-year'];

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isWhole = (value: unknown) => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const listOf = (kind: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(kind);

const KINDS: Record<keyof ReportSettings, (value: unknown) => boolean> = {
  compare: (value) => COMPARES.some((known) => known === value),
  metric: isText,
  by: isText,
  within_seconds: isWhole,
  limit: isWhole,
  days: isWhole,
  same_weekday: (value) => typeof value === 'boolean',
  opens: isText,
  closes: isText,
  workdays: listOf(isWhole),
  holidays: listOf(isText),
  lines: isWhole,
  line_price: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  telephones: isWhole,
};

/** `null` where everything is as a report has it by itself. */
export function writeSettings(settings: ReportSettings): string | null {
  const text = JSON.stringify(settings);
  return text === '{}' ? null : text;
}

export function readSettings(text: string | null): ReportSettings {
  const read = parsed(text);
  if (!isRecord(read)) return {};
  return Object.fromEntries(
    Object.entries(KINDS)
      .map(([key, fits]) => [key, read[key], fits] as const)
      .filter(([, value, fits]) => value !== undefined && fits(value))
      .map(([key, value]) => [key, value]),
  );
}

export function readNarrowings(text: string | null): Narrowing[] {
  const read = parsed(text);
  return Array.isArray(read) && read.every(isRecord) ? read : [];
}

function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
