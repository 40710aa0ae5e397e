// What a chart draws: labels, and of each series a mark for every label. The numbers, their words and where they lead come
// from whoever has the table.

export interface Mark {
  /** `null`: not known, so nothing is drawn. */
  value: number | null;
  /** The value in words. */
  text: string;
  /** The whole mark in words: what, of what, how much. */
  label: string;
  /** Address of the calls behind it. */
  href: string | null;
}

export interface Series {
  key: string;
  title: string;
  /** It tells of another time than the others. */
  compared: boolean;
  marks: Mark[];
}

export interface Drawn {
  /** For the axis: short. */
  labels: string[];
  /** The same in full. */
  names: string[];
  series: Series[];
  /** The table has more rows than these. */
  rows: number;
  /** The last series is the one that is meant; the others are what it is seen beside. */
  beside: boolean;
  /** Of a map: from which value on each shade is, lightest first. */
  shades: readonly number[];
  /** What the values count, so that the lines of the axis are round in it. */
  unit: 'number' | 'whole' | 'seconds' | 'percent';
  /** Writes a value of the axis. */
  write: (value: number) => string;
}

/** Labels up to which marks can be told apart. */
const MOST_LABELS = 400;

/** Minutes of the longest day, which has 25 hours: of these it is the shape that is looked at. */
const MOST_MINUTES = 1500;

const CLOCK = /^\d{1,2}:\d{2}/;
const areMinutes = (labels: readonly string[]) =>
  labels.length > MOST_LABELS && labels.length <= MOST_MINUTES && labels.every((label) => CLOCK.test(label));

/** How many labels may be drawn of such as these. */
export const mostLabels = (labels: readonly string[]) => (areMinutes(labels) ? MOST_MINUTES : MOST_LABELS);

const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 86_400];

/** Top of the axis and its lines: round numbers, at most five lines. */
export function scaleOf(most: number, unit: Drawn['unit']): { top: number; lines: number[] } {
  if (unit === 'percent' && most > 50) return { top: 100, lines: [0, 25, 50, 75, 100] };
  const every = stepOf(most, unit);
  const count = Math.max(1, Math.ceil(most / every - 1e-9));
  // A sum of tenths falls beside the tenth.
  const lines = Array.from({ length: count + 1 }, (_, index) => Number((index * every).toPrecision(12)));
  return { top: lines.at(-1) ?? every, lines };
}

function stepOf(most: number, unit: Drawn['unit']): number {
  const known = unit === 'seconds' ? SECONDS.find((step) => most / step <= 4) : undefined;
  if (known !== undefined) return known;
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => most / each <= 4) ?? most;
  return unit === 'whole' ? Math.max(1, Math.ceil(step)) : step;
}

export function mostOf({ series }: Drawn): number {
  return series.reduce(
    (most, { marks }) => marks.reduce((top, { value }) => Math.max(top, value ?? 0), most),
    0,
  );
}

/** How many labels apart two must be so that they do not run into each other, where each has `room` pixels. */
export function labelEvery(labels: readonly string[], room: number): number {
  const every = Math.max(1, Math.ceil((longest(labels) * LETTER + 12) / Math.max(room, 0.1)));
  // Minutes of a day: the hours that a clock has.
  return areMinutes(labels) ? (ROUND.find((round) => round >= every) ?? every) : every;
}

const ROUND = [5, 10, 15, 30, 60, 120, 180, 240, 360];

/** Pixels of a letter of an axis, rather too many. */
export const LETTER = 6.4;

export function longest(labels: readonly string[]): number {
  return labels.reduce((most, { length }) => Math.max(most, length), 0);
}

/** `Dunne Tim…` */
export function shortened(label: string, letters: number): string {
  return label.length <= letters ? label : `${label.slice(0, letters - 1)}…`;
}

/** What the link of a mark is, and where ChartFrame finds it. Only one mark of a chart is a stop of the tab key. */
export function linkOf(
  mark: Mark,
  row: number,
  series: number,
  entry: { row: number; series: number } | null,
) {
  const place = { 'data-row': row, 'data-series': series };
  if (mark.href === null) return place;
  return {
    ...place,
    href: mark.href,
    'aria-label': mark.label,
    tabindex: entry?.row === row && entry.series === series ? 0 : -1,
    'data-testid': 'mark',
  };
}

/** The nearest mark that leads somewhere, in steps of rows and series; `null` at the edge. */
export function nextMark(
  { series }: Drawn,
  from: { row: number; series: number },
  [rows, across]: readonly [number, number],
): { row: number; series: number } | null {
  let { row, series: place } = from;
  for (;;) {
    row += rows;
    place += across;
    const mark = series[place]?.marks[row];
    if (!mark) return null;
    if (mark.href !== null) return { row, series: place };
  }
}
