// A small office on a quiet street: a joinery with a show room. Numbers are from the ranges that the British
// regulator keeps free for stories, so nobody is rung by accident.

import type { CallRow, PartyView } from '../backend';
import { addDays, weekday, type Day } from '../../lib/day';
import { Chance } from './chance';

export const TODAY: Day = '2026-11-20';
/** Seconds after midnight at which the pretend day stands still. */
export const NOW_SECONDS = 11 * 3600 + 42 * 60 + 9;

export const PEOPLE = [
  { extension: '11', name: 'Reception', share: 40 },
  { extension: '12', name: 'Anna Keane', share: 18 },
  { extension: '14', name: 'Tom Walsh', share: 15 },
  { extension: '15', name: 'Bridget Nolan', share: 12 },
  { extension: '16', name: 'Workshop', share: 9 },
  { extension: '21', name: 'Accounts', share: 6 },
] as const;

const CONTACTS: readonly [string, string | null][] = [
  ['02079460112', 'Marlow & Finch'],
  ['01632960147', 'Dunne Timber'],
  ['07700900318', 'P. Okafor'],
  ['01632960822', 'Harbour Surveyors'],
  ['07700900771', null],
  ['02079460655', 'Glass & Glazing Direct'],
  ['01632960040', null],
];

const TRUNKS = ['1', '2', '3', '4'];
const MAIN_NUMBER = '01632960500';

/** Calls in each half-hour of a working day, from 08:00; the shape of a morning peak and a lunch dip. */
const SHAPE = [2, 4, 7, 9, 8, 9, 7, 6, 4, 3, 5, 6, 7, 6, 5, 5, 4, 2, 1, 1];

/** The calls of a day, oldest first. `busy` multiplies them. */
export function callsOf(day: Day, busy = 1): CallRow[] {
  const chance = new Chance(Number(day.replaceAll('-', '')) * 7 + busy);
  const quiet = weekday(day) > 5 ? 0.12 : 1;
  const starts: number[] = [];
  SHAPE.forEach((calls, index) => {
    const expected = calls * quiet * busy;
    const count = Math.floor(expected) + (chance.next() < expected % 1 ? 1 : 0);
    for (let n = 0; n < count; n += 1) starts.push(8 * 3600 + index * 1800 + chance.whole(0, 1799));
  });
  starts.sort((a, b) => a - b);
  return starts.map((start, index) => call(day, start, index, chance));
}

/** The calls of `days` days up to and including `last`, newest first. */
export function callsUpTo(last: Day, days: number, busy = 1): CallRow[] {
  const rows: CallRow[] = [];
  for (let back = 0; back < days; back += 1) rows.push(...callsOf(addDays(last, -back), busy).reverse());
  return rows;
}

function call(day: Day, start: number, index: number, chance: Chance): CallRow {
  const dice = chance.next();
  const person = someone(chance);
  const outside = party(chance);
  const id = `${day.replaceAll('-', '')}${String(index).padStart(8, '0')}`;
  if (dice < 0.63) return known(inbound(id, day, start, outside, person, chance));
  if (dice < 0.92) return known(outbound(id, day, start, outside, person, chance));
  return known(internal(id, day, start, person, someone(chance), chance));
}

/** What follows from the rest of a call: times the exchange counts too, and what the numbers are. */
function known(call: CallRow): CallRow {
  const { number } = call.direction === 'outbound' ? call.called : call.caller;
  return {
    ...call,
    ring_seconds: call.wait_seconds,
    billed_seconds: call.talk_seconds,
    ...(call.direction === 'internal' ? { class: 'internal' } : kindOf(number)),
  };
}

function kindOf(number: string | null): Pick<CallRow, 'class' | 'country'> {
  if (number === null) return { class: 'hidden', country: null };
  if (number.startsWith('07')) return { class: 'mobile', country: 'GB' };
  // Numbers of London ring a company that now answers in Cork.
  if (number.startsWith('020')) return { class: 'international', country: 'IE' };
  return { class: 'national', country: 'GB' };
}

function inbound(
  id: string,
  day: Day,
  start: number,
  caller: PartyView,
  person: PartyView,
  chance: Chance,
): CallRow {
  const dice = chance.next();
  const extension = person.extension ?? '';
  const base = {
    ...blank(id, day, start),
    direction: 'inbound',
    caller,
    called: { number: MAIN_NUMBER, name: null, extension: null, looked_up: false },
    did: MAIN_NUMBER,
    trunk: chance.pick(TRUNKS),
  };
  if (dice < 0.78) {
    const wait = Math.min(58, 3 + chance.duration(9));
    const talk = chance.duration(150);
    const transfers = chance.next() < 0.14 ? 1 : 0;
    return {
      ...base,
      outcome: 'answered',
      because: transfers
        ? `Reception answered after ${wait} s and passed the call on to ${extension === '11' ? '12' : extension}.`
        : `${extension} answered after ${wait} s.`,
      answered_by: transfers ? '11' : extension,
      wait_seconds: wait,
      talk_seconds: talk,
      total_seconds: wait + talk,
      end: at(day, start + wait + talk),
      transfers,
    };
  }
  const wait = dice > 0.96 ? chance.whole(1, 4) : chance.whole(12, 75);
  const outcome = dice > 0.96 ? 'short-lost' : dice > 0.93 ? 'lost-after-transfer' : 'lost-ringing';
  return {
    ...base,
    outcome,
    missed: true,
    because:
      outcome === 'short-lost'
        ? `The caller hung up after ${wait} s, before anybody could answer.`
        : outcome === 'lost-after-transfer'
          ? `Reception passed the call on to 14, where nobody answered.`
          : `Nobody answered at 11 and 12 for ${wait} s.`,
    answered_by: outcome === 'lost-after-transfer' ? '11' : null,
    wait_seconds: wait,
    talk_seconds: outcome === 'lost-after-transfer' ? 21 : null,
    transfers: outcome === 'lost-after-transfer' ? 1 : 0,
    total_seconds: wait,
    end: at(day, start + wait),
  };
}

function outbound(
  id: string,
  day: Day,
  start: number,
  called: PartyView,
  person: PartyView,
  chance: Chance,
): CallRow {
  const base = {
    ...blank(id, day, start),
    direction: 'outbound',
    caller: person,
    called,
    trunk: chance.pick(TRUNKS),
    account_code: chance.next() < 0.2 ? String(chance.whole(100, 140)) : null,
  };
  if (chance.next() < 0.2) {
    const wait = chance.whole(8, 40);
    return {
      ...base,
      outcome: 'cancelled',
      because: `${person.extension} hung up after ${wait} s; the other side had not answered.`,
      wait_seconds: wait,
      total_seconds: wait,
      end: at(day, start + wait),
    };
  }
  const wait = chance.whole(3, 22);
  const talk = chance.duration(120);
  return {
    ...base,
    outcome: 'answered',
    because: `${person.extension} reached ${called.name ?? called.number ?? 'the number'}.`,
    answered_by: null,
    wait_seconds: wait,
    talk_seconds: talk,
    total_seconds: wait + talk,
    end: at(day, start + wait + talk),
  };
}

function internal(
  id: string,
  day: Day,
  start: number,
  caller: PartyView,
  called: PartyView,
  chance: Chance,
): CallRow {
  const talk = chance.duration(45);
  return {
    ...blank(id, day, start),
    direction: 'internal',
    outcome: 'answered',
    because: `${called.extension} answered ${caller.extension} after 4 s.`,
    caller,
    called,
    answered_by: called.extension,
    wait_seconds: 4,
    talk_seconds: talk,
    total_seconds: talk + 4,
    end: at(day, start + talk + 4),
  };
}

/** A call that rings now. */
export function ringing(id: string, second: number, from = 'P. Okafor'): CallRow {
  return {
    ...blank(id, TODAY, second),
    state: 'ringing',
    end: null,
    direction: 'inbound',
    because: 'Ringing at 11.',
    caller: { number: '07700900318', name: from, extension: null, looked_up: true },
    called: { number: MAIN_NUMBER, name: null, extension: null, looked_up: false },
    did: MAIN_NUMBER,
    trunk: '2',
    wait_seconds: 6,
    outcome: 'unknown',
  };
}

export function blank(id: string, day: Day, start: number): CallRow {
  return {
    id,
    state: 'over',
    start: at(day, start),
    end: at(day, start),
    direction: 'inbound',
    outcome: 'unknown',
    missed: false,
    because: '',
    caller: { number: null, name: null, extension: null, looked_up: false },
    called: { number: null, name: null, extension: null, looked_up: false },
    answered_by: null,
    did: null,
    trunk: null,
    account_code: null,
    queue: null,
    class: null,
    country: null,
    ring_seconds: null,
    wait_seconds: null,
    talk_seconds: null,
    billed_seconds: null,
    total_seconds: null,
    transfers: 0,
    flags: [],
    tags: [],
    outcome_code: null,
    notes: 0,
    recorded: false,
  };
}

function someone(chance: Chance): PartyView {
  let dice = chance.whole(1, 100);
  const found = PEOPLE.find(({ share }) => (dice -= share) <= 0) ?? PEOPLE[0];
  return { number: null, name: found.name, extension: found.extension, looked_up: false };
}

function party(chance: Chance): PartyView {
  const dice = chance.next();
  if (dice < 0.05) return { number: null, name: null, extension: null, looked_up: false };
  if (dice < 0.45) {
    const [number, name] = chance.pick(CONTACTS);
    return { number, name, extension: null, looked_up: name !== null };
  }
  const number = dice < 0.75 ? `07700900${chance.whole(100, 999)}` : `01632960${chance.whole(100, 999)}`;
  return { number, name: null, extension: null, looked_up: false };
}

/** RFC 3339 of a wall-clock time; the office is in Dublin, where November has no offset. */
export function at(day: Day, second: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day}T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}+00:00`;
}
