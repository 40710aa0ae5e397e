// Where a recording lies within its call. Names mostly tell when the exchange began to record; where they do not, sound
// that is as long as the talk began with it.

import type { CallDetail, CallRecordingView } from '../../backend/backend';
import { stepsOf } from '../steps';

export interface Alignment {
  /** Seconds from the start of the call to the start of the sound. */
  begins: number;
  /** By the name of the file, or by its length. */
  by: 'name' | 'length';
}

/** Sound and talk that differ by no more are of one length, in seconds: the exchange prints whole ones. */
const ALIKE = 2;

/** `null`: nobody knows. `length` is that of the sound in milliseconds. */
export function alignmentOf(
  detail: CallDetail,
  { recording }: CallRecordingView,
  length: number,
): Alignment | null {
  const after = recording.calls.find(({ call }) => call === detail.call.id)?.after_start ?? null;
  const { talk_seconds: talk, total_seconds: total } = detail.call;
  // A time outside of the call tells of something else, or of another clock.
  if (after !== null && after >= -ALIKE && (total === null || after <= total)) {
    return { begins: Math.max(0, after), by: 'name' };
  }
  const begun = talkBegins(detail);
  if (talk && begun !== null && Math.abs(talk - length / 1000) <= ALIKE)
    return { begins: begun, by: 'length' };
  return null;
}

function talkBegins({ legs }: CallDetail): number | null {
  const talks = legs.flatMap(({ segments }) => segments.filter(({ kind }) => kind === 'talk'));
  return talks.length === 0 ? null : Math.min(...talks.map(({ from_seconds }) => from_seconds));
}

/** When the call was handed on, in milliseconds of the sound. */
export function transfersIn(detail: CallDetail, { begins }: Alignment, length: number): number[] {
  return stepsOf(detail)
    .filter(({ kind }) => kind === 'transfer')
    .map(({ at }) => (at - begins) * 1000)
    .filter((at) => at >= 0 && at < length);
}
