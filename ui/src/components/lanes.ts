// Where things stand in a lane diagram: one lane for each party, time to the right. Pure arithmetic; drawn by
// LaneDiagram.svelte.

import type { CallDetail, LegView, SegmentView } from '../backend/backend';
import { stepsOf, type Step } from './steps';

/** How a stretch is drawn. */
export type Look =
  | 'pre'
  | 'ring'
  | 'attempt'
  | 'wait'
  | 'talk'
  | 'hold'
  | 'park'
  | 'conference'
  | 'consult'
  | 'menu'
  | 'voicemail';

export interface Bar {
  kind: string;
  look: Look;
  segment: SegmentView;
  x: number;
  width: number;
  /** It goes on: no end is known. */
  open: boolean;
}

export interface Lane {
  leg: LegView;
  bars: Bar[];
}

/** A step that has a place in the picture. */
export interface DrawnStep {
  step: Step;
  x: number;
  /** Indices of lanes; the same where the step has one party only. */
  from: number;
  to: number;
}

/** The attempts that a queue made. */
export interface Box {
  name: string;
  x: number;
  width: number;
  /** Indices of lanes, both included. */
  first: number;
  last: number;
}

export interface Lanes {
  lanes: Lane[];
  /** All steps, drawn or not. */
  steps: Step[];
  drawn: DrawnStep[];
  boxes: Box[];
  ticks: { x: number; seconds: number }[];
  /** Kinds of stretches that occur, in the order in which they first do. */
  kinds: { kind: string; look: Look }[];
}

const LOOKS: Record<string, Look> = {
  pre: 'pre',
  ring: 'ring',
  attempt: 'attempt',
  wait: 'wait',
  talk: 'talk',
  conference: 'conference',
  hold: 'hold',
  park: 'park',
  consult: 'consult',
  voicemail: 'voicemail',
};

/** How a kind of stretch is drawn; what is not known is a machine that speaks. */
export const lookOf = (kind: string): Look => LOOKS[kind] ?? 'menu';

const PATTERNS: Partial<Record<Look, string>> = {
  wait: 'upright',
  hold: 'hatch',
  park: 'crossed',
  conference: 'level',
  menu: 'dots',
  voicemail: 'dots',
};

/** The pattern of LanePatterns.svelte that a stretch is filled with, if any. */
export const patternOf = (look: Look): string | undefined => PATTERNS[look];

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
      const look = lookOf(segment.kind);
      kinds.set(segment.kind, look);
      return bar(segment, look, seconds, x, width);
    }),
  }));
  const steps = stepsOf(detail);
  return {
    lanes,
    steps,
    drawn: steps.flatMap((step) => {
      const { from, to } = step;
      return from === null || to === null ? [] : [{ step, x: x(step.at), from, to }];
    }),
    boxes: boxesOf(detail, steps, x, seconds),
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
    segment,
    x: Math.min(from, width - wide),
    width: wide,
    open: segment.to_seconds === null,
  };
}

/** Room for what goes on at the end of the picture, as a share of what is known. */
const ROOM_FOR_OPEN = 0.3;

/** Length of the time axis in seconds; never zero. */
function lengthOf({ call, legs }: CallDetail): number {
  const segments = legs.flatMap((leg) => leg.segments);
  const ends = segments.map((segment) => segment.to_seconds ?? segment.from_seconds);
  const known = Math.max(1, call.total_seconds ?? 0, call.wait_seconds ?? 0, ...ends);
  const open = segments.some(
    ({ from_seconds, to_seconds }) => to_seconds === null && from_seconds > known * (1 - ROOM_FOR_OPEN),
  );
  return open ? known * (1 + ROOM_FOR_OPEN) : known;
}

/** A queue answers nobody itself: it is a box around the attempts it made, those before the call was handed on. */
function boxesOf(
  { call, legs }: CallDetail,
  steps: Step[],
  x: (at: number) => number,
  seconds: number,
): Box[] {
  if (call.queue === null) return [];
  const handedOn = steps.find(({ kind }) => kind === 'transfer')?.at ?? Infinity;
  const attempts = steps.flatMap((step) =>
    step.kind === 'ring' && step.to !== null && step.at < handedOn
      ? [{ lane: step.to, from: step.at, until: step.until ?? seconds }]
      : [],
  );
  if (attempts.length === 0) return [];
  const rung = new Set(attempts.map(({ lane }) => lane));
  const first = Math.min(...rung);
  const last = Math.max(...rung);
  // A party between them that the queue did not ring would seem to belong to it.
  if (legs.slice(first, last + 1).some((_, index) => !rung.has(first + index))) return [];
  const left = x(Math.min(...attempts.map(({ from }) => from)));
  const right = x(Math.max(...attempts.map(({ until }) => until)));
  return [{ name: call.queue, x: left, width: right - left, first, last }];
}

/** Round seconds for the axis, from 0, few enough to read. */
export function ticksOf(seconds: number): number[] {
  const every =
    STEPS.find((step) => seconds / step <= MOST_TICKS) ?? Math.ceil(seconds / MOST_TICKS / 3600) * 3600;
  return Array.from({ length: Math.floor(seconds / every) + 1 }, (_, index) => index * every);
}
