import type { FieldSpan } from '../backend/backend';

export interface Piece {
  text: string;
  /** Name of the field; `null` for what lies between fields. */
  name: string | null;
}

/** A line cut into its fields and what lies between. Spans that overlap or reach beyond the line are cut back. */
export function piecesOf(text: string, fields: readonly FieldSpan[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { name, from, to } of [...fields].sort((a, b) => a.from - b.from)) {
    const start = Math.max(at, from);
    const end = Math.min(text.length, to);
    if (end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), name: null });
    pieces.push({ text: text.slice(start, end), name });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), name: null });
  return pieces;
}
