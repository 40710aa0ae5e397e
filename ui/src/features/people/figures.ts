// What is counted of each extension: in which order it stands, and which calls stand behind it.

import type { ExtensionRow } from '../../backend/backend';
import { MISSED, type Filters } from '../../lib/filters';

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

const NARROWED: Record<Figure, Partial<Filters>> = {
  rung: { directions: ['inbound', 'internal', 'transit'] },
  answered: { directions: ['inbound', 'internal', 'transit'], outcomes: ['answered'] },
  first: { directions: ['inbound', 'internal', 'transit'], outcomes: ['answered'] },
  transferred: {},
  'missed-alone': { outcomes: MISSED },
  made: { directions: ['outbound', 'internal'] },
  talk: {},
};

/**
 * The calls behind a figure, as near as a filter can say it: a filter knows the extensions of a call, not what
 * each of them did. What the frame has chosen already stays chosen.
 */
export function behind(filters: Filters, { extension }: ExtensionRow, figure: Figure): Filters {
  const narrowed = NARROWED[figure];
  const both = (chosen: string[], wanted: string[] | undefined) => {
    if (wanted === undefined || chosen.length === 0) return wanted ?? chosen;
    const common = wanted.filter((entry) => chosen.includes(entry));
    return common.length > 0 ? common : chosen;
  };
  return {
    ...filters,
    extension,
    directions: both(filters.directions, narrowed.directions),
    outcomes: both(filters.outcomes, narrowed.outcomes),
  };
}

export type PeopleColumn = 'who' | 'department' | Figure;

export interface PeopleSort {
  column: PeopleColumn;
  descending: boolean;
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
