// What each extension did, counted from the same calls that the list shows.

import type { CallFilter, CallRow, ExtensionEntry, ExtensionRow, PeopleView } from '../backend';
import { detailOf } from './detail';
import { select } from './questions';
import { rolesOf } from './roles';

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

/** Which count each role adds to. */
const COUNTS = {
  rung: 'rung',
  answered: 'answered',
  'answered-first': 'first_answerer',
  transferred: 'transferred',
  'missed-alone': 'missed_alone',
  made: 'made',
} as const;

function count(call: CallRow, row: (extension: string) => ExtensionRow): void {
  const { legs } = detailOf(call);
  for (const [extension, roles] of rolesOf(call)) {
    const one = row(extension);
    for (const role of roles) if (role !== 'talked') one[COUNTS[role]] += 1;
    const own = legs.filter((leg) => leg.kind === 'extension' && leg.party === extension);
    const talk = roles.has('made')
      ? call.talk_seconds
      : own.reduce((sum, leg) => sum + (leg.talk_seconds ?? 0), 0);
    one.talk_seconds += talk ?? 0;
  }
}
