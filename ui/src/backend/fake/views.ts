// The views of the call list that the pretend office has kept.

import type { SavedView } from '../backend';
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

export class PretendViews {
  list: SavedView[];

  constructor(list: SavedView[]) {
    this.list = list;
  }

  save(view: SavedView): void {
    this.list = [...this.list.filter(({ name }) => name !== view.name), view].sort((a, b) =>
      a.name.localeCompare(b.name),
    );
  }

  delete(name: string): void {
    this.list = this.list.filter((view) => view.name !== name);
  }
}
