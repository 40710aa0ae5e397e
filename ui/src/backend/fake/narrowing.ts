// What a number of a pretend report counts, as the pretend ledger understands it: the parts that its reports use.

import type { CallRow, Narrowing } from '../backend';
import { weekday } from '../../lib/day';
import { rolesOf } from './roles';

export function fits(call: CallRow, narrowing: Narrowing): boolean {
  const day = call.start.slice(0, 10);
  const minute = Number(call.start.slice(11, 13)) * 60 + Number(call.start.slice(14, 16));
  const among = <T>(wanted: readonly T[] | undefined, value: T) =>
    wanted === undefined || wanted.includes(value);
  return (
    (narrowing.from === undefined || day >= narrowing.from) &&
    (narrowing.to === undefined || day <= narrowing.to) &&
    among(narrowing.days, day) &&
    (narrowing.minutes === undefined ||
      narrowing.minutes.some(([from, to]) => minute >= from && minute < to)) &&
    among(narrowing.weekdays, weekday(day) - 1) &&
    (narrowing.outcomes === undefined ||
      (call.state === 'over' && narrowing.outcomes.includes(call.outcome))) &&
    among(narrowing.directions, call.direction) &&
    (narrowing.number === undefined || outsideOf(call) === narrowing.number) &&
    (narrowing.extensions === undefined ||
      narrowing.extensions.some((extension) =>
        rolesOf(call)
          .get(extension)
          ?.has(narrowing.role ?? 'rung'),
      )) &&
    (!narrowing.over || call.state === 'over') &&
    (narrowing.durations ?? []).every(({ of, at_least, at_most }) => {
      const seconds = of === 'billed' ? null : call[`${of}_seconds`];
      return seconds !== null && seconds >= (at_least ?? 0) && seconds <= (at_most ?? Infinity);
    }) &&
    among(narrowing.ids, call.id)
  );
}

export function outsideOf(call: CallRow): string | null {
  return call.direction === 'outbound' ? call.called.number : call.caller.number;
}
