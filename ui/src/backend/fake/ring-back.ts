// Callers who got nobody, worked out of the pretend office's calls: open until somebody spoke with them.

import type {
  CallRow,
  RingBackDecided,
  RingBackDecisionView,
  RingBackRow,
  RingBackSettings,
  RingBackState,
  RingBackView,
} from '../backend';
import { wallClock } from '../../lib/format';
import { at, NOW_SECONDS, TODAY } from './office';

const HOUR_MS = 3_600_000;
/** Talks with a caller before a best time is named. */
const ENOUGH_TALKS = 4;
/** Windows after which nobody looks at a lapsed caller any more. */
const LAPSED_WINDOWS = 2;

interface Dismissed {
  reason: string;
  /** A later missed call opens the row again. */
  lastCall: string;
}

export class PretendRingBack {
  settings: RingBackSettings = { window_hours: 72, short_ring_seconds: 5 };

  readonly #given = new Map<string, string>();
  readonly #notes = new Map<string, string>();
  readonly #dismissed = new Map<string, Dismissed>();
  readonly #decisions = new Map<string, RingBackDecisionView[]>();

  view(calls: readonly CallRow[], state: RingBackState): RingBackView {
    const rows = this.#rows(calls);
    const of = (wanted: RingBackState) => rows.filter((row) => row.state === wanted);
    return {
      rows: of(state).sort((a, b) => (a.last_try < b.last_try ? 1 : -1)),
      open: of('open').length,
      reached: of('reached').length,
      dismissed: of('dismissed').length,
      lapsed: of('lapsed').length,
      hidden: calls
        .filter((call) => call.missed && call.caller.number === null && this.#within(call))
        .map((call) => call.id),
      settings: this.settings,
    };
  }

  give(number: string, to: string | null): void {
    if (to === null) this.#given.delete(number);
    else this.#given.set(number, to);
    this.#decide(number, 'given', to);
  }

  note(number: string, note: string): void {
    if (note === '') this.#notes.delete(number);
    else this.#notes.set(number, note);
    this.#decide(number, 'noted', note === '' ? null : note);
  }

  dismiss(calls: readonly CallRow[], number: string, reason: string): void {
    const row = this.#rows(calls).find((known) => known.number === number);
    if (row) this.#dismissed.set(number, { reason, lastCall: row.last_call });
    this.#decide(number, 'dismissed', reason);
  }

  reopen(number: string): void {
    this.#dismissed.delete(number);
    this.#decide(number, 'reopened', null);
  }

  #decide(number: string, what: RingBackDecided, text: string | null): void {
    const decision = { what, text, author: 'anna', decided_at: at(TODAY, NOW_SECONDS) };
    this.#decisions.set(number, [...(this.#decisions.get(number) ?? []), decision]);
  }

  #within(call: CallRow): boolean {
    const now = wallClock(at(TODAY, NOW_SECONDS)) ?? 0;
    return now - (wallClock(call.start) ?? 0) <= this.settings.window_hours * HOUR_MS;
  }

  #rows(calls: readonly CallRow[]): RingBackRow[] {
    const byNumber = new Map<string, CallRow[]>();
    for (const call of calls) {
      const number = outsideOf(call);
      if (number === null) continue;
      const known = byNumber.get(number);
      if (known) known.push(call);
      else byNumber.set(number, [call]);
    }
    return [...byNumber].flatMap(([number, history]) => this.#row(number, history) ?? []);
  }

  #row(number: string, history: CallRow[]): RingBackRow | null {
    const now = wallClock(at(TODAY, NOW_SECONDS)) ?? 0;
    const newestFirst = [...history].sort((a, b) => (a.start < b.start ? 1 : -1));
    const missed = newestFirst.filter(
      (call) => call.missed && (call.wait_seconds ?? 0) >= this.settings.short_ring_seconds,
    );
    const last = missed[0];
    if (!last) return null;
    const age = (now - (wallClock(last.start) ?? 0)) / HOUR_MS;
    if (age > this.settings.window_hours * (1 + LAPSED_WINDOWS)) return null;

    const talks = newestFirst.filter((call) => call.outcome === 'answered');
    const closing = talks.filter((call) => call.start > last.start).at(-1);
    const before = talks.find((call) => call.start < last.start);
    const tries = missed.filter((call) => before === undefined || call.start > before.start);
    const dismissed = this.#dismissed.get(number);
    const state: RingBackState =
      dismissed?.lastCall === last.id
        ? 'dismissed'
        : closing !== undefined
          ? 'reached'
          : age > this.settings.window_hours
            ? 'lapsed'
            : 'open';
    if (state === 'reached' && age > this.settings.window_hours) return null;
    const waits = tries.map((call) => call.wait_seconds);
    return {
      number,
      caller: last.caller,
      state,
      attempts: tries.length,
      first_try: tries.at(-1)?.start ?? last.start,
      last_try: last.start,
      waited_seconds: waits.includes(null) ? null : waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0),
      called_back: newestFirst.filter(
        (call) => call.direction === 'outbound' && call.outcome !== 'answered' && call.start > last.start,
      ).length,
      best_half_hour: talks.length < ENOUGH_TALKS ? null : busiestHalfHour(talks),
      because: state === 'dismissed' ? (dismissed?.reason ?? null) : closing ? spoke(closing) : null,
      closed_by: state === 'reached' ? (closing?.id ?? null) : null,
      given_to: this.#given.get(number) ?? null,
      note: this.#notes.get(number) ?? null,
      decisions: this.#decisions.get(number) ?? [],
      calls: tries.map((call) => call.id),
      last_call: last.id,
    };
  }
}

function outsideOf(call: CallRow): string | null {
  if (call.direction === 'inbound') return call.caller.number;
  return call.direction === 'outbound' ? call.called.number : null;
}

function spoke(call: CallRow): string {
  const who = call.direction === 'inbound' ? call.answered_by : call.caller.extension;
  return `${who ?? 'Somebody'} spoke with the caller at ${call.start.slice(11, 16)}.`;
}

function busiestHalfHour(talks: readonly CallRow[]): number {
  const counts = new Map<number, number>();
  for (const { start } of talks) {
    const half = Number(start.slice(11, 13)) * 2 + (Number(start.slice(14, 16)) < 30 ? 0 : 1);
    counts.set(half, (counts.get(half) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}
