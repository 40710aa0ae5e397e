// What is counted of each extension: in which order it stands, and which calls stand behind it.

import type { ExtensionRow, PartyRole } from '../../backend/backend';
import type { Filters } from '../../lib/filters';

export const FIGURES = ['rung', 'answered', 'first', 'transferred', 'missed-alone', 'made', 'talk'] as const;
export type Figure = (typeof FIGURES)[number];

/** Figures that count a call once at most, so that their sum counts calls. */
export const ADD_UP: readonly Figure[] = ['first', 'missed-alone', 'made'];

export const valueOf: Record<Figure, (row: ExtensionRow) => number> = {
  rung: (row) => row.rung,
  answered: (row) => row.answered,
  first: (row) => row.first_answerer,
  transferred: (row) => row.transferred,
  'missed-alone': (row) => row.missed_alone,
  made: (row) => row.made,
  talk: (row) => row.talk_seconds,
};

const ROLES: Record<Figure, PartyRole> = {
  rung: 'rung',
  answered: 'answered',
  first: 'answered-first',
  transferred: 'transferred',
  'missed-alone': 'missed-alone',
  made: 'made',
  talk: 'talked',
};

/** Exactly the calls behind a figure: what the frame has chosen, and what the extension did in them. */
export function behind(filters: Filters, { extension }: ExtensionRow, figure: Figure): Filters {
  return { ...filters, extension, role: ROLES[figure] };
}

export type PeopleColumn = 'who' | 'department' | Figure;

export interface PeopleSort {
  column: PeopleColumn;
  descending: boolean;
}

/** As it comes: who takes most calls. */
export const USUAL_SORT: PeopleSort = { column: 'answered', descending: true };

export function isPeopleSort(value: unknown): value is PeopleSort {
  if (typeof value !== 'object' || value === null) return false;
  const { column, descending } = value as Partial<PeopleSort>;
  const columns: readonly unknown[] = ['who', 'department', ...FIGURES];
  return columns.includes(column) && typeof descending === 'boolean';
}

const text = new Intl.Collator(undefined, { numeric: true });

const words = (row: ExtensionRow, column: 'who' | 'department') =>
  column === 'who' ? (row.person ?? row.extension) : (row.department ?? '');

export function inOrder(rows: readonly ExtensionRow[], { column, descending }: PeopleSort): ExtensionRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const difference =
      column === 'who' || column === 'department'
        ? text.compare(words(a, column), words(b, column))
        : valueOf[column](a) - valueOf[column](b);
    return sign * difference || text.compare(a.extension, b.extension);
  });
}
