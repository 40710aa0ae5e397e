import type { SortColumn } from '../backend/backend';
import type { MessageKey } from '../lib/messages';
import { recall, remember } from './memory';

export interface Column {
  id: SortColumn;
  label: MessageKey;
  /** Pixels at first sight. */
  width: number;
  end?: boolean;
}

/** Columns of the call list, in order. */
export const COLUMNS: readonly Column[] = [
  { id: 'start', label: 'calls.column.start', width: 152 },
  { id: 'caller', label: 'calls.column.caller', width: 164 },
  { id: 'called', label: 'calls.column.called', width: 132 },
  { id: 'extension', label: 'calls.column.extension', width: 118 },
  { id: 'outcome', label: 'calls.column.outcome', width: 196 },
  { id: 'wait', label: 'calls.column.wait', width: 66, end: true },
  { id: 'talk', label: 'calls.column.talk', width: 78, end: true },
  { id: 'trunk', label: 'calls.column.trunk', width: 76 },
];

export const MIN_WIDTH = 56;
export const MAX_WIDTH = 480;

interface Kept {
  hidden: string[];
  widths: Record<string, number>;
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { hidden, widths } = value as Partial<Kept>;
  return (
    Array.isArray(hidden) &&
    typeof widths === 'object' &&
    widths !== null &&
    Object.values(widths).every((width) => Number.isFinite(width))
  );
}

/** Which columns of the call list are seen, and how wide; remembered. */
export class Columns {
  #kept = $state.raw<Kept>(recall('columns', isKept) ?? { hidden: [], widths: {} });

  shown = $derived(COLUMNS.filter((column) => !this.#kept.hidden.includes(column.id)));

  isShown(id: SortColumn): boolean {
    return !this.#kept.hidden.includes(id);
  }

  /** The last column cannot be hidden: an empty table helps nobody. */
  toggle(id: SortColumn): void {
    const hidden = this.isShown(id)
      ? [...this.#kept.hidden, id]
      : this.#kept.hidden.filter((other) => other !== id);
    if (hidden.length < COLUMNS.length) this.#keep({ ...this.#kept, hidden });
  }

  width(column: Column): number {
    return this.#kept.widths[column.id] ?? column.width;
  }

  resize(column: Column, width: number): void {
    const bounded = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
    this.#keep({ ...this.#kept, widths: { ...this.#kept.widths, [column.id]: bounded } });
  }

  reset(): void {
    this.#keep({ hidden: [], widths: {} });
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    remember('columns', kept);
  }
}
