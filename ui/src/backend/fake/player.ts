// What is heard in the pretend office: two voices that take turns, made up of a few tones, and a line that hums.

import type {
  CallRecordingView,
  CallRow,
  ErrorView,
  LockView,
  MarkerView,
  OpenSoundView,
  RecordingRow,
  WholeSoundView,
} from '../backend';
import { at, NOW_SECONDS, TODAY } from './office';

/** How calls were recorded: as the list of recordings says, or all of them in one way. */
export type Players = 'usual' | 'stereo' | 'sides' | 'several' | 'secret' | 'wrong-key' | 'broken';

const RATE = 8_000;
const STEP = 50;
/** Milliseconds that are decoded before a sound is open. */
const BEGINNING = 130_000;
const AUTHOR = 'anna';
const NOW = at(TODAY, NOW_SECONDS);

/** What opens locked recordings here. */
export const SECRET = 'correct horse';

const CLOSED: LockView = {
  code: 'closed',
  filter: 'gpg',
  contents: 'Its first bytes are those of OpenPGP.',
  ending: 'Its ending .gpg says that it is encrypted.',
};
const BROKEN: LockView = {
  code: 'broken',
  filter: null,
  contents: 'Its first bytes are not those of sound.',
  ending: 'Its ending .p7m says that it is encrypted.',
};

interface Open {
  milliseconds: number;
  channels: number;
  heard: [number, number] | null;
}

interface Office {
  calls(): readonly CallRow[];
  rows(): RecordingRow[];
  keeps(filter: string): boolean;
}

export class PretendPlayer {
  /** From, to: what stands in the log, in order. */
  readonly log: [number, number][] = [];
  #next = 1;
  readonly #what: Players;
  readonly #office: Office;
  readonly #open = new Map<number, Open>();
  #markers: (MarkerView & { recording: number; deleted: boolean })[] = [];

  constructor(what: Players, office: Office) {
    this.#what = what;
    this.#office = office;
  }

  of(call: string): CallRecordingView[] {
    const found = this.#office
      .rows()
      .filter(({ calls, verdict }) => verdict === 'matched' && calls.some((of) => of.call === call));
    const labelled = found.map((recording): CallRecordingView => ({
      recording,
      label: recording.channels === 2 ? 'stereo' : 'whole',
      part: null,
      shared: false,
    }));
    const [first] = labelled;
    if (!first || this.#what === 'usual') return labelled;
    return this.#recorded(first);
  }

  recorded(calls: string[]): string[] {
    const known = new Set(this.#office.rows().flatMap(({ calls: of }) => of.map(({ call }) => call)));
    return calls.filter((call) => known.has(call));
  }

  open(recording: number, secret: string | null): OpenSoundView {
    const row = this.#office.rows().find(({ id }) => id === Math.floor(recording) % 100_000);
    if (!row) throw fault('recording-unknown', `There is no recording ${recording}.`);
    const locked = this.#what === 'secret' || this.#what === 'wrong-key' || row.lock.code === 'closed';
    if (locked && secret === null && (this.#what !== 'usual' || !this.#office.keeps('gpg'))) {
      throw fault(
        'secret-needed',
        'The filter GnuPG with a pass phrase needs its pass phrase.',
        'Give the pass phrase; it can be kept in the credential store.',
      );
    }
    if (locked && secret !== null && (secret !== SECRET || this.#what === 'wrong-key')) {
      throw fault(
        'secret-wrong',
        'The pass phrase or the key does not fit this recording.',
        'Try another pass phrase; one that is kept may be out of date.',
      );
    }
    const sides = this.#what === 'sides';
    const channels = sides || this.#what === 'stereo' || row.channels === 2 ? 2 : 1;
    const call = this.#office.calls().find(({ id }) => id === row.calls[0]?.call);
    const milliseconds = row.sound_milliseconds ?? (call?.talk_seconds ?? 60) * 1000;
    const handle = this.#next++;
    this.#open.set(handle, { milliseconds, channels, heard: null });
    return {
      handle,
      milliseconds,
      rate: RATE,
      channels,
      peak_milliseconds: STEP,
      peaks: peaksOf(Math.min(milliseconds, BEGINNING), channels),
      whole: milliseconds <= BEGINNING,
      recordings: sides ? [recording, recording + 200_000] : [recording],
      markers: this.#of(recording),
    };
  }

  piece(handle: number, from: number, to: number, side: string): ArrayBuffer {
    const { channels } = this.#known(handle);
    const chosen = channels === 1 || side === 'both' ? null : side === 'left' ? 0 : 1;
    return wav(from, to, channels, chosen);
  }

  whole(handle: number): WholeSoundView {
    const { milliseconds, channels } = this.#known(handle);
    return { milliseconds, peaks: peaksOf(milliseconds, channels) };
  }

  heard(handle: number, from: number, to: number, over: boolean): void {
    const known = this.#known(handle);
    known.heard = [from, to];
    if (over) this.#logHeard(known);
  }

  close(handle: number): void {
    const known = this.#open.get(handle);
    if (known) this.#logHeard(known);
    this.#open.delete(handle);
  }

  get openSounds(): number {
    return this.#open.size;
  }

  addMarker(recording: number, at_milliseconds: number, text: string): MarkerView {
    const id = this.#next++;
    const marker = { id, at_milliseconds, text, author: AUTHOR, written_at: NOW, changed_at: null };
    this.#markers = [...this.#markers, { ...marker, recording, deleted: false }];
    return marker;
  }

  changeMarker(id: number, change: Partial<MarkerView & { deleted: boolean }>): MarkerView {
    if (!this.#markers.some((marker) => marker.id === id)) {
      throw fault('marker-unknown', `There is no marker ${id}.`);
    }
    this.#markers = this.#markers.map((marker) => (marker.id === id ? { ...marker, ...change } : marker));
    return this.#markers.find((marker) => marker.id === id) as MarkerView;
  }

  /** The recordings of one call, as this office recorded it. */
  #recorded(first: CallRecordingView): CallRecordingView[] {
    const like = (change: Partial<CallRecordingView>, row: Partial<RecordingRow> = {}, copy = 0) => ({
      ...first,
      ...change,
      recording: { ...first.recording, ...row, id: first.recording.id + copy * 100_000 },
    });
    const file = first.recording.file.replace(/\.gpg$/, '');
    const named = (ending: string) => ({ file: file.replace(/\.wav$/, ending) });
    switch (this.#what) {
      case 'stereo':
        return [like({ label: 'stereo' }, { channels: 2 })];
      case 'sides':
        return [
          like({ label: 'caller-side' }, named('-in.wav')),
          like({ label: 'called-side' }, named('-out.wav'), 2),
        ];
      case 'several':
        return [
          like({ label: 'part', part: 1 }, named('-1.wav')),
          like({ label: 'part', part: 2, shared: true }, { ...named('-2.wav.gpg'), lock: CLOSED }, 1),
          like(
            { label: 'part', part: 3 },
            {
              ...named('-3.wav'),
              state: 'header-only',
              size_bytes: 44,
              sound_milliseconds: 0,
              because: 'There is no sound in it: 44 bytes of header alone.',
            },
            2,
          ),
        ];
      case 'secret':
      case 'wrong-key':
        return [like({}, { ...named('.wav.gpg'), lock: CLOSED, sound_milliseconds: null })];
      case 'broken':
        return [like({}, { ...named('.wav.p7m'), lock: BROKEN, sound_milliseconds: null })];
      default:
        return [first];
    }
  }

  #known(handle: number): Open {
    const known = this.#open.get(handle);
    if (!known) throw fault('recording-not-open', 'This recording is not open any more.');
    return known;
  }

  #logHeard(known: Open): void {
    if (known.heard) this.log.push(known.heard);
    known.heard = null;
  }

  #of(recording: number): MarkerView[] {
    return this.#markers
      .filter((marker) => marker.recording === recording && !marker.deleted)
      .sort((a, b) => a.at_milliseconds - b.at_milliseconds);
  }
}

/** The loudest of each stretch of a sound, channel by channel. */
function peaksOf(milliseconds: number, channels: number): number[][] {
  return Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: Math.ceil(milliseconds / STEP) }, (__, index) =>
      Math.round(loudness(index * STEP, channel, channels) * 255),
    ),
  );
}

/** How loud it is at a moment, 0 to 1: the two take turns of some seconds, with pauses between words. */
function loudness(milliseconds: number, channel: number, channels: number): number {
  const turn = Math.floor(milliseconds / 4_300);
  const within = milliseconds % 4_300;
  const silent = turn % 5 === 3 || within > 3_700;
  const speaks = channels === 1 || turn % 2 === channel;
  if (silent || !speaks) return 0.006;
  const syllable = Math.abs(Math.sin(milliseconds / 170) * Math.sin(milliseconds / 610 + turn));
  return 0.08 + 0.62 * syllable * (channels === 1 && turn % 2 === 1 ? 0.7 : 1);
}

function wav(from: number, to: number, channels: number, chosen: number | null): ArrayBuffer {
  const heard = chosen === null ? Array.from({ length: channels }, (_, channel) => channel) : [chosen];
  const frames = Math.max(0, Math.round(((to - from) * RATE) / 1000));
  const bytes = frames * heard.length * 2;
  const buffer = new ArrayBuffer(44 + bytes);
  const view = new DataView(buffer);
  const word = (place: number, text: string) =>
    [...text].forEach((letter, index) => view.setUint8(place + index, letter.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, 36 + bytes, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, heard.length, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * heard.length * 2, true);
  view.setUint16(32, heard.length * 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, bytes, true);
  for (let frame = 0; frame < frames; frame += 1) {
    const milliseconds = from + (frame * 1000) / RATE;
    heard.forEach((channel, index) => {
      const tone = Math.sin(((channel === 0 ? 210 : 320) * 2 * Math.PI * milliseconds) / 1000);
      const sample = Math.round(tone * loudness(milliseconds, channel, channels) * 0x7fff);
      view.setInt16(44 + (frame * heard.length + index) * 2, sample, true);
    });
  }
  return buffer;
}

function fault(code: string, message: string, hint: string | null = null): ErrorView {
  return { code, message, hint };
}
