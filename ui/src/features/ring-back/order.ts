// In which order the callers stand. What nobody knows stands last, whichever way the others go.

import type { RingBackRow } from '../../backend/backend';
import { formatParty } from '../../lib/format';

export const RING_BACK_COLUMNS = ['last-try', 'attempts', 'waited', 'who'] as const;
export type RingBackColumn = (typeof RING_BACK_COLUMNS)[number];

export interface RingBackSort {
  column: RingBackColumn;
  descending: boolean;
}

/** Who rang last stands first. */
export const NEWEST_FIRST: RingBackSort = { column: 'last-try', descending: true };

const keys: Record<RingBackColumn, (row: RingBackRow) => string | number | null> = {
  'last-try': (row) => Date.parse(row.last_try),
  attempts: (row) => row.attempts,
  waited: (row) => row.waited_seconds,
  who: (row) => formatParty(row.caller).toLocaleLowerCase(),
};

export function inOrder(rows: readonly RingBackRow[], { column, descending }: RingBackSort): RingBackRow[] {
  const key = keys[column];
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else if (left !== right) {
      return left < right ? -sign : sign;
    }
    return a.number < b.number ? -1 : 1;
  });
}

/** The order after a click on a column: the same one turned round, or another one with the most at its top. */
export function clicked(sort: RingBackSort, column: RingBackColumn): RingBackSort {
  if (sort.column === column) return { column, descending: !sort.descending };
  return { column, descending: column !== 'who' };
}

export function isRingBackSort(value: unknown): value is RingBackSort {
  return (
    typeof value === 'object' &&
    value !== null &&
    'column' in value &&
    'descending' in value &&
    typeof value.descending === 'boolean' &&
    RING_BACK_COLUMNS.some((known) => known === value.column)
  );
}
