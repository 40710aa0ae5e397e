// The table of a report as a word processor takes it from the clipboard.

import type { Report, ReportColumn, ReportRow, ReportValue } from '../backend/backend';
import { formatValue } from './report';

const figure = ({ unit }: ReportColumn) => unit !== 'text' && unit !== 'moment';

export function asHtml(report: Report, rows: readonly ReportRow[]): string {
  const { columns, totals } = report;
  const cell = (tag: string, column: ReportColumn, text: string) =>
    `<${tag}${figure(column) ? ' align="right"' : ''}>${escaped(text)}</${tag}>`;
  const line = (row: ReportRow, tag: string) => {
    const written = columns.map((column, place) => cell(tag, column, told(row.cells[place] ?? null, column)));
    return `<tr>${written.join('')}</tr>`;
  };
  const body = rows.map((row) => line(row, 'td')).join('');
  const head = columns.map((column) => cell('th', column, column.title)).join('');
  const foot = totals ? `<tfoot>${line(totals, 'th')}</tfoot>` : '';
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody>${foot}</table>`;
}

/** What is not known stays empty. */
function told(value: ReportValue, { unit }: ReportColumn): string {
  return value === null ? '' : formatValue(value, unit);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
