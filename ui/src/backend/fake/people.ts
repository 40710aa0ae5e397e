// What each extension did, counted from the same calls that the list shows.

import type { CallFilter, CallRow, ExtensionEntry, ExtensionRow, PeopleView } from '../backend';
import { detailOf } from './detail';
import { select } from './questions';

export function peopleOf(
  calls: readonly CallRow[],
  filter: CallFilter,
  directory: readonly ExtensionEntry[],
): PeopleView {
  const rows = new Map<string, ExtensionRow>();
  const row = (extension: string): ExtensionRow => {
    const known = rows.get(extension);
    if (known) return known;
    const entry = directory.find((candidate) => candidate.extension === extension && candidate.to === null);
    const fresh = {
      extension,
      person: entry?.person || null,
      department: entry?.department || null,
      rung: 0,
      answered: 0,
      first_answerer: 0,
      transferred: 0,
      missed_alone: 0,
      made: 0,
      talk_seconds: 0,
    };
    rows.set(extension, fresh);
    return fresh;
  };

  const chosen = select(calls, filter).filter((call) => call.state === 'over');
  for (const call of chosen) count(call, row);

  const sum = (of: (call: CallRow) => number) => chosen.reduce((total, call) => total + of(call), 0);
  const transfers = sum((call) => call.transfers);
  return {
    rows: [...rows.values()].sort((a, b) => (a.extension < b.extension ? -1 : 1)),
    totals: {
      calls: chosen.length,
      legs: chosen.length + transfers,
      transfers,
      answered: sum((call) => (call.outcome === 'answered' ? 1 : 0)),
      missed: sum((call) => (call.missed ? 1 : 0)),
      talk_seconds: sum((call) => call.talk_seconds ?? 0),
    },
  };
}

function count(call: CallRow, row: (extension: string) => ExtensionRow): void {
  if (call.direction !== 'inbound' && call.caller.extension !== null) {
    const maker = row(call.caller.extension);
    maker.made += 1;
    maker.talk_seconds += call.talk_seconds ?? 0;
    if (call.direction === 'outbound') return;
  }
  const { legs, transfers } = detailOf(call);
  const ours = legs.filter((leg) => leg.kind === 'extension');
  for (const leg of ours) {
    const one = row(leg.party);
    one.rung += 1;
    if (leg.talk_seconds === null) continue;
    one.answered += 1;
    one.talk_seconds += leg.talk_seconds;
  }
  const first = ours.find((leg) => leg.talk_seconds !== null);
  if (first) row(first.party).first_answerer += 1;
  for (const { from } of transfers) row(from).transferred += 1;
  if (call.missed && ours.length === 1 && ours[0]) row(ours[0].party).missed_alone += 1;
}
