// What the pretend office has kept under names: views of its call list, and reports.

import type { SavedReport, SavedView } from '../backend';
import { EMPTY_FILTER } from './questions';

export const KEPT_VIEWS: SavedView[] = [
  {
    name: 'Long calls of the month',
    filter: { ...EMPTY_FILTER, durations: [{ of: 'talk', comparison: 'at-least', seconds: 300 }] },
    period: 'month',
    sort: { column: 'talk', descending: true },
    columns: ['start', 'caller', 'extension', 'talk', 'total'],
  },
  {
    name: 'Missed, incoming',
    filter: {
      ...EMPTY_FILTER,
      directions: ['inbound'],
      outcomes: ['lost-ringing', 'lost-in-queue', 'short-lost', 'lost-after-transfer'],
    },
    period: null,
    sort: { column: 'start', descending: true },
    columns: [],
  },
];

export const KEPT_REPORTS: SavedReport[] = [
  {
    name: 'Incoming calls of the month, beside the one before',
    report: 'month',
    period: 'month',
    query: { filter: { ...EMPTY_FILTER, directions: ['inbound'] }, settings: { compare: 'previous' } },
  },
  {
    name: 'Who rings us most',
    report: 'top-callers',
    period: null,
    query: { filter: EMPTY_FILTER, settings: { limit: 10 } },
  },
];

export class PretendKept<Kept extends { name: string }> {
  list: Kept[];

  constructor(list: Kept[]) {
    this.list = list;
  }

  save(kept: Kept): void {
    this.list = [...this.list.filter(({ name }) => name !== kept.name), kept].sort((a, b) =>
      a.name.localeCompare(b.name),
    );
  }

  delete(name: string): void {
    this.list = this.list.filter((kept) => kept.name !== name);
  }
}
