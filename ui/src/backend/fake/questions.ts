// The answers a ledger would give: calls under a filter, in an order, and the numbers of a day.

import type {
  CallRow,
  CallSort,
  CallFilter,
  CallTotals,
  DurationFilter,
  HalfHour,
  Metric,
  MetricKind,
  PartyFilter,
  PersonRow,
  TodayView,
} from '../backend';
import { addDays, type Day } from '../../lib/day';
import { fits } from './narrowing';
import { rolesOf } from './roles';

export const EMPTY_FILTER: CallFilter = {
  from: null,
  to: null,
  outcomes: [],
  directions: [],
  extension: null,
  role: null,
  trunk: null,
  text: null,
  party: null,
  did: null,
  account_code: null,
  queue: null,
  classes: [],
  countries: [],
  durations: [],
  outcome_codes: [],
  tags: [],
  noted: false,
  recorded: null,
  live: false,
  ids: [],
};

export function select(calls: readonly CallRow[], filter: CallFilter): CallRow[] {
  const text = filter.text?.toLowerCase() ?? null;
  return calls.filter((call) => {
    const day = call.start.slice(0, 10);
    const words = [call.caller, call.called].flatMap(({ number, name, extension }) => [
      number,
      name,
      extension,
    ]);
    return (
      (filter.ids.length === 0 || filter.ids.includes(call.id)) &&
      (filter.from === null || day >= filter.from) &&
      (filter.to === null || day <= filter.to) &&
      (filter.outcomes.length === 0 || (call.state === 'over' && filter.outcomes.includes(call.outcome))) &&
      (filter.directions.length === 0 || filter.directions.includes(call.direction)) &&
      (filter.extension === null ||
        (filter.role === null
          ? [call.caller.extension, call.called.extension, call.answered_by].includes(filter.extension)
          : rolesOf(call).get(filter.extension)?.has(filter.role))) &&
      (filter.trunk === null || call.trunk === filter.trunk) &&
      (filter.party === null || hasParty(call, filter.party)) &&
      (filter.did === null || call.did === filter.did) &&
      (filter.account_code === null || call.account_code === filter.account_code) &&
      (filter.queue === null || call.queue === filter.queue) &&
      isAnyOf(filter.classes, call.class) &&
      isAnyOf(filter.countries, call.country) &&
      isAnyOf(filter.outcome_codes, call.outcome_code?.code ?? null) &&
      filter.tags.every((tag) => call.tags.includes(tag)) &&
      filter.durations.every((wanted) => lasts(call, wanted)) &&
      (!filter.noted || call.notes > 0) &&
      // As the pretend PBX does: what was talked about for a while is recorded.
      (filter.recorded === null || filter.recorded === (call.talk_seconds ?? 0) > 5) &&
      (!filter.live || call.state === 'ringing') &&
      (filter.also ?? []).every((narrowing) => fits(call, narrowing)) &&
      (text === null ||
        [...words, call.answered_by, call.account_code, ...call.tags].some((word) =>
          word?.toLowerCase().includes(text),
        ))
    );
  });
}

/** Nothing chosen means any. */
const isAnyOf = (wanted: string[], value: string | null) =>
  wanted.length === 0 || (value !== null && wanted.includes(value));

function hasParty({ caller, called, answered_by }: CallRow, { how, text }: PartyFilter): boolean {
  const names = [caller, called]
    .flatMap(({ number, name, extension }) => [number, name, extension])
    .concat(answered_by)
    .filter((name) => name !== null)
    .map((name) => name.toLowerCase());
  const wanted = text.toLowerCase().trim();
  const listed = wanted.split(/[,;\n]/).map((entry) => entry.trim());
  const fits: Record<PartyFilter['how'], (name: string) => boolean> = {
    exactly: (name) => name === wanted,
    begins: (name) => name.startsWith(wanted),
    contains: (name) => name.includes(wanted),
    ends: (name) => name.endsWith(wanted),
    list: (name) => listed.includes(name),
  };
  return names.some(fits[how]);
}

function lasts(call: CallRow, { of, comparison, seconds }: DurationFilter): boolean {
  const value = call[`${of}_seconds`];
  if (value === null) return false;
  if (comparison === 'at-least') return value >= seconds;
  return comparison === 'at-most' ? value <= seconds : value === seconds;
}

const keys: Record<CallSort['column'], (call: CallRow) => string | number> = {
  start: (call) => call.start,
  caller: (call) => call.caller.name ?? call.caller.extension ?? call.caller.number ?? '',
  called: (call) => call.called.name ?? call.called.extension ?? call.called.number ?? '',
  extension: (call) => call.answered_by ?? '',
  outcome: (call) => call.outcome,
  wait: (call) => call.wait_seconds ?? -1,
  talk: (call) => call.talk_seconds ?? -1,
  trunk: (call) => call.trunk ?? '',
  ring: (call) => call.ring_seconds ?? -1,
  total: (call) => call.total_seconds ?? -1,
  did: (call) => call.did ?? '',
  queue: (call) => call.queue ?? '',
  'account-code': (call) => call.account_code ?? '',
};

/** `calls` come newest first and are only sorted when another order is wanted. */
export function order(calls: CallRow[], { column, descending }: CallSort): CallRow[] {
  if (column === 'start') return descending ? calls : [...calls].reverse();
  const key = keys[column];
  const sign = descending ? -1 : 1;
  return [...calls].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -sign : left > right ? sign : a.id < b.id ? 1 : -1;
  });
}

/** A call passed on has a leg more for each time. */
export function totalsOf(calls: readonly CallRow[]): CallTotals {
  const transfers = calls.reduce((sum, call) => sum + call.transfers, 0);
  return {
    calls: calls.length,
    legs: calls.length + transfers,
    transfers,
    answered: calls.filter((call) => call.outcome === 'answered').length,
    missed: calls.filter((call) => call.missed).length,
    talk_seconds: talk([...calls]),
  };
}

export function dayView(calls: readonly CallRow[], day: Day): TodayView {
  const before = addDays(day, -1);
  const ofDay = (wanted: Day) => select(calls, { ...EMPTY_FILTER, from: wanted, to: wanted });
  const [now, then] = [ofDay(day), ofDay(before)];
  return {
    day,
    previous_day: before,
    numbers: METRICS.map((metric) => metric(now, then, day)),
    half_hours: halfHours(now),
    latest: now.slice(0, 12),
    people: people(now),
  };
}

const inbound = (calls: CallRow[]) =>
  calls.filter((call) => call.direction === 'inbound' && call.state === 'over');
const missed = (calls: CallRow[]) => inbound(calls).filter((call) => call.missed);
const answered = (calls: CallRow[]) => inbound(calls).filter((call) => call.outcome === 'answered');
const talk = (calls: CallRow[]) => calls.reduce((sum, call) => sum + (call.talk_seconds ?? 0), 0);

/** Missed calls of callers with whom nobody has spoken since. `calls` are newest first. */
function notCalledBack(calls: CallRow[]): CallRow[] {
  return missed(calls).filter((lost) => {
    const number = lost.caller.number;
    if (number === null) return false;
    const since = calls.slice(0, calls.indexOf(lost));
    return !since.some(
      (call) => call.outcome === 'answered' && [call.caller.number, call.called.number].includes(number),
    );
  });
}

function metric(
  kind: MetricKind,
  value: (calls: CallRow[]) => number | null,
  of: (calls: CallRow[]) => CallRow[],
  filter: Partial<CallFilter>,
  ids: (calls: CallRow[]) => string[] = () => [],
) {
  return (now: CallRow[], then: CallRow[], day: Day): Metric => ({
    kind,
    value: value(now),
    previous: value(then),
    of_calls: of(now).length,
    filter: { ...EMPTY_FILTER, from: day, to: day, ...filter },
    call_ids: ids(now),
  });
}

const mean = (calls: CallRow[]) =>
  calls.length === 0
    ? null
    : Math.round(calls.reduce((sum, call) => sum + (call.wait_seconds ?? 0), 0) / calls.length);

const METRICS = [
  metric(
    'calls',
    (calls) => calls.length,
    (calls) => calls,
    {},
  ),
  metric(
    'answered-percent',
    (calls) =>
      inbound(calls).length === 0 ? null : Math.round((100 * answered(calls).length) / inbound(calls).length),
    inbound,
    { directions: ['inbound'] },
  ),
  metric('missed', (calls) => missed(calls).length, missed, {
    directions: ['inbound'],
    outcomes: ['lost-ringing', 'lost-in-queue', 'short-lost', 'lost-after-transfer'],
  }),
  metric(
    'not-called-back',
    (calls) => notCalledBack(calls).length,
    notCalledBack,
    {},
    (calls) => notCalledBack(calls).map((call) => call.id),
  ),
  metric('average-wait', (calls) => mean(answered(calls)), answered, {
    directions: ['inbound'],
    outcomes: ['answered'],
  }),
  metric('talk-time', talk, (calls) => calls.filter((call) => call.talk_seconds), {
    durations: [{ of: 'talk', comparison: 'at-least', seconds: 1 }],
  }),
];

function halfHours(calls: CallRow[]): HalfHour[] {
  const hours = Array.from({ length: 48 }, (_, index) => ({ minute: index * 30, calls: 0, missed: 0 }));
  for (const call of calls) {
    const [hour = 0, minute = 0] = call.start.slice(11, 16).split(':').map(Number);
    const half = hours[hour * 2 + (minute >= 30 ? 1 : 0)];
    if (!half) continue;
    half.calls += 1;
    if (call.missed) half.missed += 1;
  }
  return hours;
}

function people(calls: CallRow[]): PersonRow[] {
  const rows = new Map<string, PersonRow>();
  const row = (extension: string) => {
    const found = rows.get(extension) ?? { extension, answered: 0, rung: 0, talk_seconds: 0 };
    rows.set(extension, found);
    return found;
  };
  for (const call of inbound(calls)) {
    if (call.answered_by) {
      const person = row(call.answered_by);
      person.answered += 1;
      person.rung += 1;
      person.talk_seconds += call.talk_seconds ?? 0;
    } else {
      row('11').rung += 1;
      row('12').rung += 1;
    }
  }
  return [...rows.values()].sort((a, b) => b.answered - a.answered);
}
