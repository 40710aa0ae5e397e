// The arithmetic of a long table of equal rows of which only the visible ones exist.
//
// Browsers cap the height of an element at some 33 million device pixels (Blink and WebKit keep lengths as 26.6
// fixed-point numbers), half of that on a display of double density. Above MAX_HEIGHT the scroll bar is
// therefore squeezed: it stands for a share of the list instead of a count of pixels.

/** Pixels; safe up to a density of 4. */
export const MAX_HEIGHT = 8_000_000;

export interface Extent {
  rows: number;
  rowHeight: number;
  /** Height of the visible part of the body, in pixels. */
  viewport: number;
}

export interface Range {
  /** First row to draw. */
  first: number;
  /** Last row to draw; less than `first` when there is none. */
  last: number;
  /** Pixels by which the first row begins above the visible part. */
  offset: number;
}

/** Height of all rows, in pixels, as if there were no cap. */
export function fullHeight({ rows, rowHeight }: Extent): number {
  return rows * rowHeight;
}

/** Height to give the scrolled element. */
export function scrollHeight(extent: Extent): number {
  return Math.min(fullHeight(extent), MAX_HEIGHT);
}

/** Is the scroll bar squeezed? Then wheel and keys must move by rows themselves. */
export function squeezed(extent: Extent): boolean {
  return fullHeight(extent) > MAX_HEIGHT;
}

/** Largest possible top, in pixels of the full height. */
export function maxTop(extent: Extent): number {
  return Math.max(0, fullHeight(extent) - extent.viewport);
}

export function clampTop(top: number, extent: Extent): number {
  return Math.min(Math.max(0, top), maxTop(extent));
}

/** Where the list stands when the scroll bar stands at `scrollTop`. */
export function topOfScroll(scrollTop: number, extent: Extent): number {
  if (!squeezed(extent)) return clampTop(scrollTop, extent);
  const track = MAX_HEIGHT - extent.viewport;
  return clampTop((scrollTop / track) * maxTop(extent), extent);
}

/** Where the scroll bar stands when the list stands at `top`. */
export function scrollOfTop(top: number, extent: Extent): number {
  if (!squeezed(extent)) return clampTop(top, extent);
  const max = maxTop(extent);
  return max === 0 ? 0 : (clampTop(top, extent) / max) * (MAX_HEIGHT - extent.viewport);
}

/** Rows drawn on either side of those in sight: what a quick hand scrolls while the page is busy for a tenth of a second. */
export const SPARE = 16;

/** Rows to draw, with some to spare on either side so that a quick scroll shows no gap. */
export function visibleRange(top: number, extent: Extent, spare = SPARE): Range {
  const at = clampTop(top, extent);
  const first = Math.max(0, Math.floor(at / extent.rowHeight) - spare);
  const last = Math.min(extent.rows - 1, Math.ceil((at + extent.viewport) / extent.rowHeight) + spare);
  return { first, last, offset: at - first * extent.rowHeight };
}

/** The top that shows `row` whole, moving as little as possible. */
export function topToShow(row: number, top: number, extent: Extent): number {
  const start = row * extent.rowHeight;
  const end = start + extent.rowHeight;
  if (start < top) return clampTop(start, extent);
  if (end > top + extent.viewport) return clampTop(end - extent.viewport, extent);
  return top;
}
