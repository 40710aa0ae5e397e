// Where nobody speaks, by the picture of the sound.

import { loudest, type Loudness, type Stretch } from './pieces';

/** Silence shorter than that belongs to speech. */
const SHORTEST = 1_200;
/** Left of a silence at its end, so that no word is cut into. */
const LEAD = 250;
/** Of what is loud in a recording, the share that counts as silence: lines hum. */
const SHARE = 0.08;
/** Never louder than that, of 255. */
const MOST = 12;

/** The silences of a sound that may be skipped; `channel` is the only one that is heard. */
export function silencesOf(sound: Loudness, channel: number | null = null): Stretch[] {
  const row = loudest(sound, channel);
  const sorted = [...row].sort((a, b) => a - b);
  const loud = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const quiet = Math.min(MOST, Math.max(1, loud * SHARE));
  const silences: Stretch[] = [];
  let began: number | null = null;
  const end = (index: number) => {
    const from = (began ?? 0) * sound.peak_milliseconds;
    const to = index * sound.peak_milliseconds - LEAD;
    if (began !== null && to - from >= SHORTEST) silences.push({ from: from + LEAD, to });
    began = null;
  };
  row.forEach((loudness, index) => {
    if (loudness > quiet) end(index);
    else began ??= index;
  });
  end(row.length);
  return silences;
}

/** Where to go on from a moment: the end of the silence it is in, or itself. */
export function afterSilence(silences: readonly Stretch[], at: number): number {
  return silences.find(({ from, to }) => at >= from && at < to)?.to ?? at;
}
