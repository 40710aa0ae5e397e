// A long sound is played in pieces, so that an hour of it begins at once. Where one piece follows another there may be a
// moment without sound, so pieces end where it is quiet.

import type { OpenSoundView } from '../../backend/backend';

/** From and to, in milliseconds of the sound. */
export interface Stretch {
  from: number;
  to: number;
}

/** Bytes of a piece: so many come in a few milliseconds. */
const MOST_BYTES = 2_000_000;
const LONGEST = 60_000;
/** How far before the longest a piece may end. */
const SEARCHED = 10_000;
/** A pause that hides the change from one piece to the next. */
const PAUSE = 300;

export type Loudness = Pick<OpenSoundView, 'peak_milliseconds' | 'peaks'>;

/** The pieces of a sound, one after the other. */
export function piecesOf(
  sound: Loudness & Pick<OpenSoundView, 'milliseconds' | 'rate' | 'channels'>,
): Stretch[] {
  const inBytes = (MOST_BYTES / (sound.rate * sound.channels * 2)) * 1000;
  const longest = Math.round(Math.max(1.5 * SEARCHED, Math.min(LONGEST, inBytes)));
  const rows = loudest(sound);
  const pieces: Stretch[] = [];
  let from = 0;
  while (sound.milliseconds - from > longest) {
    const to = quietest(rows, sound.peak_milliseconds, from + longest - SEARCHED, from + longest);
    pieces.push({ from, to });
    from = to;
  }
  return [...pieces, { from, to: sound.milliseconds }];
}

/** The index of the piece that a moment is in. */
export function pieceAt(pieces: readonly Stretch[], at: number): number {
  const index = pieces.findIndex(({ to }) => at < to);
  return index < 0 ? pieces.length - 1 : index;
}

/** The louder of the channels, or one of them, stretch by stretch. */
export function loudest({ peaks }: Loudness, channel: number | null = null): readonly number[] {
  const [first, second] = channel === null ? peaks : [peaks[channel] ?? peaks[0]];
  if (!first || !second) return first ?? [];
  return first.map((loud, index) => Math.max(loud, second[index] ?? 0));
}

/** The middle of the quietest pause between two moments. */
function quietest(loudness: readonly number[], step: number, from: number, to: number): number {
  const wide = Math.max(1, Math.round(PAUSE / step));
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step) - wide;
  let best = last;
  let least = Infinity;
  for (let at = first; at <= last; at += 1) {
    let sum = 0;
    for (let index = at; index < at + wide; index += 1) sum += loudness[index] ?? 0;
    // Of pauses that are alike the last: longer pieces are fewer.
    if (sum <= least) [best, least] = [at, sum];
  }
  return Math.round((best + wide / 2) * step);
}
