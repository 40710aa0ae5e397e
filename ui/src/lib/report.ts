// A report as the window has it: its values in words, its rows in an order, its table as text, and the calls behind a cell.

import type {
  Narrowing,
  Report,
  ReportChart,
  ReportColumn,
  ReportRow,
  ReportUnit,
  ReportValue,
} from '../backend/backend';
import type { Drawn, Mark } from '../components/charts/drawn';
import { addDays, isDay, toUtc } from './day';
import {
  formatDayAndMonth,
  formatDuration,
  formatMinute,
  formatNumber,
  formatShortDay,
  formatTime,
} from './format';
import { locale } from './locale';
import { t } from './messages';
import type { Span } from './period';

/** The calls behind a cell. */
export interface Opened {
  period: Span;
  also: Narrowing[];
}

/** `null` where a cell opens nothing. */
export function opened(report: Report, row: ReportRow, column: ReportColumn): Opened | null {
  const { from, to } = report.period;
  const own = row.of_cells?.[column.key];
  // What went on at a moment may have begun the day before.
  if (own) return { period: { from: addDays(from, -1), to }, also: own };
  if (column.opens === null) return null;
  const beside = column.compared
    ? ([report.compared, row.compared] as const)
    : ([report.period, row.opens] as const);
  const [period, ofRow] = beside;
  if (period === null || ofRow === null) return null;
  return { period, also: [...ofRow, ...column.opens].filter(narrows) };
}

const narrows = (narrowing: Narrowing) =>
  Object.values(narrowing).some((value) => value !== undefined && value !== null && value !== false);

const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
const money = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A value as the table shows it; a dash where it is not known. */
export function formatValue(value: ReportValue, unit: ReportUnit): string {
  if (value === null) return t('none');
  if (typeof value === 'string') return unit === 'moment' ? formatMoment(value) : formatLabel(value);
  return formatFigure(value, unit);
}

function formatFigure(value: number, unit: ReportUnit): string {
  switch (unit) {
    case 'seconds':
      return formatDuration(Math.round(value));
    case 'percent':
      return percent.format(value / 100);
    case 'money':
      return money.format(value);
    case 'number':
      return decimal.format(value);
    default:
      return formatNumber(value);
  }
}

const formatMoment = (text: string) => `${formatShortDay(text.slice(0, 10))}, ${formatTime(text)}`;

/** Days, months and times of the day as the person's locale writes them; anything else is a name and stays. */
function formatLabel(text: string, short = false): string {
  if (isDay(text)) return short ? formatDayAndMonth(`${text}T00:00:00`) : formatShortDay(text);
  if (/^\d{4}-\d{2}$/.test(text)) return month.format(toUtc(`${text}-01`));
  const clock = /^(\d{2}):(\d{2})$/.exec(text);
  return clock ? formatMinute(Number(clock[1]) * 60 + Number(clock[2])) : text;
}

/** The title of a column: a day as the person's locale writes it, anything else as it is. */
export const titleOf = ({ title }: ReportColumn) => formatLabel(title, true);

export interface RowSort {
  column: number;
  descending: boolean;
}

const words = new Intl.Collator(locale, { numeric: true });

/** What is not known stands last, whichever way. Without an order the report's own holds. */
export function inOrder(rows: readonly ReportRow[], sort: RowSort | null): ReportRow[] {
  if (sort === null) return [...rows];
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one.cells[sort.column] ?? null, other.cells[sort.column] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (
      sign * (typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b)))
    );
  });
}

/** The table for a spreadsheet: cells apart by tabs, numbers as they are, durations as a sheet reads them. */
export function asText(report: Report, rows: readonly ReportRow[]): string {
  const all = report.totals ? [...rows, report.totals] : rows;
  const lines = all.map(({ cells }) =>
    cells.map((value, place) => plain(value, report.columns[place]?.unit ?? 'text')),
  );
  return [report.columns.map(({ title }) => harmless(title)), ...lines]
    .map((line) => line.join('\t'))
    .join('\n');
}

function plain(value: ReportValue, unit: ReportUnit): string {
  if (value === null) return '';
  if (typeof value === 'string') return harmless(value);
  if (unit !== 'seconds') return String(value);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(value / 3600)}:${two(Math.floor(value / 60) % 60)}:${two(Math.round(value) % 60)}`;
}

/** No spreadsheet takes it for a formula (OWASP: CSV injection); a telephone number with its `+` is none. */
function harmless(text: string): string {
  const cell = text.replaceAll(/[\t\r\n]+/g, ' ');
  return /^[=+\-@＝＋＠]/.test(cell) && !/^\+[\d ]+$/.test(cell) ? `'${cell}` : cell;
}

/** The same numbers as the table, to be drawn. `href` is where a cell leads. */
export function drawnOf(
  report: Report,
  chart: ReportChart,
  href: (row: ReportRow, column: ReportColumn) => string | null,
): Drawn | null {
  const labels = report.columns.findIndex(({ key }) => key === chart.labels);
  const places = chart.values.map((key) => report.columns.findIndex((column) => column.key === key));
  const unit = report.columns[places[0] ?? -1]?.unit;
  if (labels < 0 || unit === undefined) return null;
  const rows = chart.first === null ? report.rows : report.rows.slice(0, chart.first);
  const label = (row: ReportRow, short: boolean) =>
    formatLabel(String(row.cells[labels] ?? t('none')), short);
  return {
    labels: rows.map((row) => label(row, true)),
    names: rows.map((row) => label(row, false)),
    rows: report.rows.length,
    beside: chart.beside,
    shades: chart.shades,
    unit:
      unit === 'seconds' || unit === 'percent'
        ? unit
        : unit === 'calls' || unit === 'count'
          ? 'whole'
          : 'number',
    write: (value) => formatFigure(value, unit),
    series: places.flatMap((place) => {
      const column = report.columns[place];
      if (!column) return [];
      const marks = rows.map((row): Mark => {
        const value = row.cells[place] ?? null;
        const text = formatValue(value, column.unit);
        return {
          value: typeof value === 'number' ? value : null,
          text: value === null ? t('reports.unknown') : text,
          label: t('chart.mark', { row: label(row, false), column: titleOf(column), value: text }),
          href: href(row, column),
        };
      });
      return [{ key: column.key, title: titleOf(column), compared: column.compared, marks }];
    }),
  };
}
