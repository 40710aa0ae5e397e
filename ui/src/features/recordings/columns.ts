// Columns of the list of recordings.

export const COLUMNS = [
  { id: 'lock', width: 52 },
  { id: 'file', width: 264 },
  { id: 'modified', width: 116 },
  { id: 'length', width: 70, end: true },
  { id: 'talk', width: 70, end: true },
  { id: 'call', width: 290 },
  { id: 'evidence', width: 190 },
] as const;

export type FileColumn = (typeof COLUMNS)[number]['id'];
export type Widths = Partial<Record<FileColumn, number>>;

/** Pixels; so that a column never goes out of reach. */
export const NARROWEST = 48;

export function isWidths(value: unknown): value is Widths {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([id, width]) => COLUMNS.some((column) => column.id === id) && typeof width === 'number',
    )
  );
}
