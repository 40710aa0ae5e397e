import { COLUMNS, USUAL, type Column, type ColumnId } from '../lib/call-columns';
import { recall, remember } from './memory';

export const MIN_WIDTH = 56;
export const MAX_WIDTH = 480;

interface Kept {
  shown: ColumnId[];
  widths: Record<string, number>;
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { shown, widths } = value as Partial<Kept>;
  return (
    Array.isArray(shown) &&
    known(shown).length > 0 &&
    typeof widths === 'object' &&
    widths !== null &&
    Object.values(widths).every((width) => Number.isFinite(width))
  );
}

/** Those of the keys that name a column, each once. */
function known(keys: readonly string[]): ColumnId[] {
  const found = keys.filter((key): key is ColumnId => COLUMNS.some(({ id }) => id === key));
  return [...new Set(found)];
}

/** Which columns of the call list are seen, in which order, and how wide; remembered. */
export class Columns {
  #kept = $state.raw<Kept>(recall('columns', isKept) ?? { shown: [...USUAL], widths: {} });

  keys = $derived(known(this.#kept.shown));
  shown = $derived(this.keys.flatMap((key) => COLUMNS.filter(({ id }) => id === key)));
  hidden = $derived(COLUMNS.filter(({ id }) => !this.keys.includes(id)));

  isShown(id: ColumnId): boolean {
    return this.keys.includes(id);
  }

  /** The last column cannot be hidden: an empty table helps nobody. */
  toggle(id: ColumnId): void {
    const others = this.keys.filter((other) => other !== id);
    if (others.length > 0) this.show(this.isShown(id) ? others : [...others, id]);
  }

  /** Exactly these columns, in this order; the usual ones if none of them is known. */
  show(keys: readonly string[]): void {
    const wanted = known(keys);
    this.#keep({ ...this.#kept, shown: wanted.length > 0 ? wanted : [...USUAL] });
  }

  /** Puts a column one place nearer to the beginning (`-1`) or the end (`1`). */
  move(id: ColumnId, by: -1 | 1): void {
    const at = this.keys.indexOf(id);
    const to = at + by;
    if (at < 0 || to < 0 || to >= this.keys.length) return;
    const others = this.keys.filter((other) => other !== id);
    this.show([...others.slice(0, to), id, ...others.slice(to)]);
  }

  width(column: Column): number {
    return this.#kept.widths[column.id] ?? column.width;
  }

  resize(column: Column, width: number): void {
    const bounded = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
    this.#keep({ ...this.#kept, widths: { ...this.#kept.widths, [column.id]: bounded } });
  }

  reset(): void {
    this.#keep({ shown: [...USUAL], widths: {} });
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    remember('columns', kept);
  }
}
