// What the reports of the pretend office are made of.

import type {
  CallRow,
  Narrowing,
  Report,
  ReportColumn,
  ReportPeriod,
  ReportQuery,
  ReportUnit,
} from '../backend';
import { addDays, daysBetween, type Day } from '../../lib/day';
import { fits } from './narrowing';

export type Kind = (
  asked: Asked,
) => Pick<Report, 'columns' | 'rows' | 'totals' | 'charts' | 'notes' | 'sentence'>;

export interface Asked {
  calls: CallRow[];
  /** Those of the other period. */
  before: CallRow[] | null;
  period: ReportPeriod;
  query: ReportQuery;
}

export const under = (opens: Narrowing[]) => (calls: CallRow[]) =>
  calls.filter((call) => opens.every((narrowing) => fits(call, narrowing)));
export const column = (
  key: string,
  title: string,
  unit: ReportUnit,
  opens: Narrowing[] | null,
): ReportColumn => ({
  key,
  title,
  unit,
  opens,
  compared: false,
});

export const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export const daysOf = ({ from, to }: ReportPeriod): Day[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, day) => addDays(from, day));
