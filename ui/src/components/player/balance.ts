// One side of a call is often much softer than the other. It is made louder in the sound itself, before it is played: the
// web view's own ways of doing it change how it plays.

/** How loud each side is, of what was recorded: 1 is as it is. */
export interface Gains {
  left: number;
  right: number;
}

export const EVEN: Gains = { left: 1, right: 1 };
/** Twice as loud is as loud as it can be without being cut off all the time. */
export const MOST_GAIN = 2;

const HEADER = 12;
const PCM = 1;

/** The piece with each side as loud as it is wanted; `side` is the only one that is in it. Changes `wav` itself. */
export function balanced(wav: ArrayBuffer, gains: Gains, side: 'both' | 'left' | 'right'): ArrayBuffer {
  if (gains.left === 1 && gains.right === 1) return wav;
  const found = samplesOf(new DataView(wav));
  if (!found) return wav;
  const { samples, channels } = found;
  const only = side === 'both' ? null : gains[side];
  const of = channels === 2 ? [gains.left, gains.right] : [only ?? 1];
  for (let at = 0; at < samples.byteLength - 1; at += 2) {
    const gain = of[(at / 2) % channels] ?? 1;
    const louder = Math.round(samples.getInt16(at, true) * gain);
    samples.setInt16(at, Math.max(-0x8000, Math.min(0x7fff, louder)), true);
  }
  return wav;
}

/** The samples of a WAV file of 16 bits; nothing where it is another one. */
function samplesOf(wav: DataView): { samples: DataView; channels: number } | null {
  let channels = 0;
  for (let at = HEADER; at + 8 <= wav.byteLength;) {
    const name = wav.getUint32(at);
    const size = wav.getUint32(at + 4, true);
    const body = at + 8;
    if (name === 0x666d7420 && body + 16 <= wav.byteLength) {
      if (wav.getUint16(body, true) !== PCM || wav.getUint16(body + 14, true) !== 16) return null;
      channels = wav.getUint16(body + 2, true);
    } else if (name === 0x64617461) {
      if (channels === 0) return null;
      const length = Math.min(size, wav.byteLength - body);
      return { samples: new DataView(wav.buffer, wav.byteOffset + body, length), channels };
    }
    at = body + size + (size % 2);
  }
  return null;
}
