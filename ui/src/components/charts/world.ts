// The map of the world; `make.mjs` beside the drawing says where it comes from.

import drawing from '../../../../src-tauri/crates/reports/world/countries.json';

export const SIZE = { width: drawing.width, height: drawing.height };

interface Shape {
  /** ISO 3166 alpha-2; empty: land without a numbering plan of its own. */
  code: string;
  /** Its outlines as a path. */
  d: string;
}

/** Countries that lie in others come after them. */
export const SHAPES: readonly Shape[] = drawing.countries.map(({ code, rings }) => ({
  code,
  d: rings.map((ring) => `M${ring.join(' ')}Z`).join(''),
}));

/** Countries too small to have a shape. */
export const POINTS: readonly { code: string; at: readonly [number, number] }[] = drawing.points.map(
  ({ code, at: [x = 0, y = 0] }) => ({ code, at: [x, y] }),
);

const codes = new Set([...SHAPES, ...POINTS].map(({ code }) => code).filter((code) => code !== ''));

export const isOnMap = (code: string): boolean => codes.has(code);
