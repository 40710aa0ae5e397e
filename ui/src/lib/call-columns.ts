// The columns that the list of calls can have.

import type { SortColumn } from '../backend/backend';
import type { MessageKey } from './messages';

/** Keys of the columns; saved views and exports name them so too. */
export type ColumnId =
  | SortColumn
  | 'called-number'
  | 'class'
  | 'country'
  | 'billed'
  | 'transfers'
  | 'tags'
  | 'outcome-code'
  | 'notes';

export interface Column {
  id: ColumnId;
  label: MessageKey;
  /** Pixels at first sight. */
  width: number;
  end?: boolean;
  /** The list cannot be put in its order. */
  unsorted?: boolean;
}

/** All columns of the call list, in the order in which they are offered. */
export const COLUMNS: readonly Column[] = [
  { id: 'start', label: 'calls.column.start', width: 168 },
  { id: 'caller', label: 'calls.column.caller', width: 164 },
  { id: 'called', label: 'calls.column.called', width: 132 },
  { id: 'extension', label: 'calls.column.extension', width: 118 },
  { id: 'outcome', label: 'calls.column.outcome', width: 196 },
  { id: 'wait', label: 'calls.column.wait', width: 66, end: true },
  { id: 'talk', label: 'calls.column.talk', width: 78, end: true },
  { id: 'trunk', label: 'calls.column.trunk', width: 76 },
  { id: 'called-number', label: 'calls.column.called-number', width: 120, unsorted: true },
  { id: 'did', label: 'calls.column.did', width: 116 },
  { id: 'queue', label: 'calls.column.queue', width: 96 },
  { id: 'account-code', label: 'calls.column.account-code', width: 112 },
  { id: 'class', label: 'calls.column.class', width: 108, unsorted: true },
  { id: 'country', label: 'calls.column.country', width: 128, unsorted: true },
  { id: 'ring', label: 'calls.column.ring', width: 66, end: true },
  { id: 'billed', label: 'calls.column.billed', width: 78, end: true, unsorted: true },
  { id: 'total', label: 'calls.column.total', width: 92, end: true },
  { id: 'transfers', label: 'calls.column.transfers', width: 96, end: true, unsorted: true },
  { id: 'outcome-code', label: 'calls.column.outcome-code', width: 128, unsorted: true },
  { id: 'tags', label: 'calls.column.tags', width: 136, unsorted: true },
  { id: 'notes', label: 'calls.column.notes', width: 66, unsorted: true },
];

/** Columns seen until the person chooses others. */
export const USUAL: readonly ColumnId[] = [
  'start',
  'caller',
  'called',
  'extension',
  'outcome',
  'wait',
  'talk',
  'trunk',
];
