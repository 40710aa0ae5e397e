// Where things stand in a lane diagram: one lane for each party, time to the right. Pure arithmetic; drawn by
// LaneDiagram.svelte.

import type { CallDetail, LegView, SegmentView } from '../backend/backend';
import { wallClock } from '../lib/format';

/** How a stretch is drawn; several kinds share a look. */
export type Look = 'ring' | 'attempt' | 'wait' | 'talk' | 'hold' | 'menu' | 'voicemail';

export interface Bar {
  kind: string;
  look: Look;
  x: number;
  width: number;
  /** It goes on: no end is known. */
  open: boolean;
}

export interface Lane {
  leg: LegView;
  bars: Bar[];
}

export interface Step {
  number: number;
  x: number;
  /** Indices of lanes. */
  from: number;
  to: number;
}

export interface Lanes {
  lanes: Lane[];
  steps: Step[];
  ticks: { x: number; seconds: number }[];
  /** Kinds of stretches that occur, in the order in which they first do. */
  kinds: { kind: string; look: Look }[];
}

const LOOKS: Record<string, Look> = {
  ring: 'ring',
  attempt: 'attempt',
  wait: 'wait',
  talk: 'talk',
  conference: 'talk',
  hold: 'hold',
  park: 'hold',
  consult: 'hold',
  voicemail: 'voicemail',
};

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
const MOST_TICKS = 6;
/** Pixels below which a stretch could not be seen. */
const LEAST_WIDTH = 3;

/** Lays a call out on `width` pixels. */
export function layLanes(detail: CallDetail, width: number): Lanes {
  const seconds = lengthOf(detail);
  const x = (at: number) => (Math.min(Math.max(0, at), seconds) / seconds) * width;
  const kinds = new Map<string, Look>();
  const lanes = detail.legs.map((leg) => ({
    leg,
    bars: leg.segments.map((segment) => {
      const look = LOOKS[segment.kind] ?? 'menu';
      kinds.set(segment.kind, look);
      return bar(segment, look, seconds, x, width);
    }),
  }));
  return {
    lanes,
    steps: stepsOf(detail, x),
    ticks: ticksOf(seconds).map((at) => ({ x: x(at), seconds: at })),
    kinds: [...kinds].map(([kind, look]) => ({ kind, look })),
  };
}

function bar(
  segment: SegmentView,
  look: Look,
  seconds: number,
  x: (at: number) => number,
  width: number,
): Bar {
  const from = x(segment.from_seconds);
  const to = x(segment.to_seconds ?? seconds);
  const wide = Math.max(LEAST_WIDTH, to - from);
  return {
    kind: segment.kind,
    look,
    x: Math.min(from, width - wide),
    width: wide,
    open: segment.to_seconds === null,
  };
}

/** Length of the time axis in seconds; never zero. */
function lengthOf(detail: CallDetail): number {
  const ends = detail.legs.flatMap((leg) =>
    leg.segments.map((segment) => segment.to_seconds ?? segment.from_seconds),
  );
  return Math.max(1, detail.call.total_seconds ?? 0, detail.call.wait_seconds ?? 0, ...ends);
}

function stepsOf(detail: CallDetail, x: (at: number) => number): Step[] {
  const start = wallClock(detail.call.start);
  return detail.transfers.flatMap((transfer, index) => {
    const at = wallClock(transfer.at);
    const from = detail.legs.findIndex((leg) => leg.party === transfer.from);
    const to = detail.legs.findIndex((leg) => leg.party === transfer.to);
    if (start === null || at === null || from < 0 || to < 0) return [];
    return [{ number: index + 1, x: x((at - start) / 1000), from, to }];
  });
}

/** Round seconds for the axis, from 0, few enough to read. */
export function ticksOf(seconds: number): number[] {
  const every =
    STEPS.find((step) => seconds / step <= MOST_TICKS) ?? Math.ceil(seconds / MOST_TICKS / 3600) * 3600;
  return Array.from({ length: Math.floor(seconds / every) + 1 }, (_, index) => index * every);
}
