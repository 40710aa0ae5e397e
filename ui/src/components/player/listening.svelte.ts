import type { Backend, CallRecordingView, ErrorView, MarkerView, OpenSoundView } from '../../backend/backend';
import { asError } from '../../lib/errors';
import { recall, remember } from '../../state/memory';
import { balanced, EVEN, MOST_GAIN, type Gains } from './balance';
import { Heard } from './heard';
import { AudioOutput, type Output } from './output';
import { piecesOf, type Stretch } from './pieces';
import { afterSilence, silencesOf } from './silence';
import { Tape } from './tape';

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;
export const SIDES = ['both', 'left', 'right'] as const;
export type Side = (typeof SIDES)[number];

/** Milliseconds that the buttons and arrow keys go. */
export const JUMP = 10_000;
/** A marker so near before is the one being heard: the way back goes to the one before it. */
const JUST_PASSED = 1_500;
/** How often it is looked where the sound is, in milliseconds. */
const LOOK = 50;
/** Milliseconds without a sound that somebody wonders about. */
const WONDER = 400;

const isSpeed = (value: unknown): value is number => SPEEDS.some((known) => known === value);
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

export type Phase = 'closed' | 'opening' | 'open' | 'failed';

let lastTicket = 0;

/** One recording being listened to. Opened when somebody wants to hear it, never before. */
export class Listening {
  phase = $state<Phase>('closed');
  sound = $state.raw<OpenSoundView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** A pass phrase is needed; the error says why. */
  asks = $state(false);

  /** Milliseconds of the sound. */
  at = $state(0);
  playing = $state(false);
  /** It plays, and nothing is heard yet: the place is still being decoded, or fetched. */
  waiting = $state(false);
  markers = $state.raw<MarkerView[]>([]);
  /** The passage that is heard again and again; without an end only its beginning was chosen. */
  loop = $state.raw<{ from: number; to: number | null } | null>(null);

  #speed = $state(recall('player-speed', isSpeed) ?? 1);
  #volume = $state(recall('player-volume', isShare) ?? 1);
  #skips = $state(recall('player-skips', isBoolean) ?? false);
  #side = $state<Side>('both');
  #gains = $state.raw<Gains>(EVEN);

  readonly recording: CallRecordingView;
  readonly #backend: Backend;
  readonly #call: string | null;
  readonly #makeOutput: () => Output;
  #tape: Tape | null = null;
  #ticket: number | null = null;
  #looking: ReturnType<typeof setInterval> | null = null;
  /** How often it was looked in vain. */
  #vain = 0;
  #silences: Stretch[] = [];
  #closed = false;
  /** One after the other: the log is in the order of listening. */
  #told: Promise<unknown> = Promise.resolve();
  readonly #heard = new Heard((from, to, over) => this.#log(from, to, over));

  constructor(
    backend: Backend,
    call: string | null,
    recording: CallRecordingView,
    makeOutput: () => Output = () => new AudioOutput(),
  ) {
    this.#backend = backend;
    this.#call = call;
    this.recording = recording;
    this.#makeOutput = makeOutput;
  }

  get length(): number {
    return this.sound?.milliseconds ?? this.recording.recording.sound_milliseconds ?? 0;
  }

  get stereo(): boolean {
    return (this.sound?.channels ?? 1) > 1;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
    remember('player-speed', speed);
    if (this.#tape) this.#tape.speed = speed;
  }

  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = volume;
    remember('player-volume', volume);
    if (this.#tape) this.#tape.volume = volume;
  }

  get skips(): boolean {
    return this.#skips;
  }

  set skips(skips: boolean) {
    this.#skips = skips;
    remember('player-skips', skips);
  }

  get side(): Side {
    return this.#side;
  }

  set side(side: Side) {
    if (side === this.#side) return;
    this.#side = side;
    this.#listenForSilence();
    void this.#tape?.refetch();
  }

  /** How loud each side is, where there are two. */
  get gains(): Gains {
    return this.#gains;
  }

  set gains({ left, right }: Gains) {
    const within = (gain: number) => Math.max(0, Math.min(gain, MOST_GAIN));
    this.#gains = { left: within(left), right: within(right) };
    void this.#tape?.refetch();
  }

  /** Opens the recording and plays it. The pass phrase is handed on and forgotten. */
  async open(secret: string | null = null): Promise<boolean> {
    if (this.phase === 'opening' || this.#closed) return false;
    const ticket = (lastTicket += 1);
    this.#ticket = ticket;
    this.phase = 'opening';
    this.error = null;
    try {
      const sound = await this.#backend.openSound(ticket, this.recording.recording.id, this.#call, secret);
      if (this.#ticket !== ticket) {
        void this.#backend.closeSound(sound.handle).catch(() => undefined);
        return false;
      }
      this.#begin(sound);
    } catch (reason) {
      if (this.#ticket !== ticket) return false;
      const error = asError(reason);
      this.error = error;
      this.asks = error.code === 'secret-needed' || error.code === 'secret-wrong';
      this.phase = 'failed';
      return false;
    }
    await this.play();
    return true;
  }

  /** Stops waiting: a filter at work is ended. */
  cancel(): void {
    if (this.#ticket !== null && this.phase === 'opening') {
      void this.#backend.cancelOpening(this.#ticket).catch(() => undefined);
    }
    this.#ticket = null;
    this.asks = false;
    this.error = null;
    if (this.phase !== 'open') this.phase = 'closed';
  }

  async toggle(): Promise<void> {
    if (this.phase === 'closed' || this.phase === 'failed') await this.open();
    else if (this.playing) this.pause();
    else await this.play();
  }

  async play(): Promise<void> {
    const tape = this.#tape;
    if (!tape || this.playing) return;
    if (tape.at >= tape.length - LOOK) await tape.seek(0);
    this.at = tape.at;
    this.playing = true;
    this.#heard.begin(tape.at);
    this.#looking = setInterval(() => this.#look(), LOOK);
    await tape.play();
  }

  pause(): void {
    if (!this.playing || !this.#tape) return;
    this.#reach();
    this.#stop();
    this.#tape.pause();
  }

  async seek(to: number): Promise<void> {
    const tape = this.#tape;
    if (!tape) return;
    const at = Math.max(0, Math.min(to, tape.length));
    this.#reach();
    this.#heard.end();
    this.at = at;
    await tape.seek(at);
    if (this.playing) this.#heard.begin(at);
  }

  jump(by: number): Promise<void> {
    return this.seek(this.at + by);
  }

  /** One step slower or faster. */
  stepSpeed(by: -1 | 1): void {
    const index = SPEEDS.findIndex((known) => known === this.#speed) + by;
    this.speed = SPEEDS[Math.max(0, Math.min(index, SPEEDS.length - 1))] ?? 1;
  }

  /** Beginning of a passage, its end, and none any more. */
  stepLoop(): void {
    const { loop, at } = this;
    if (loop === null) this.loop = { from: at, to: null };
    else if (loop.to === null && at > loop.from) this.loop = { from: loop.from, to: at };
    else this.loop = null;
  }

  /** Goes to the moment after or before this one. */
  async toMoment(moments: readonly number[], by: -1 | 1): Promise<boolean> {
    const sorted = [...moments].sort((a, b) => a - b);
    const next =
      by > 0
        ? sorted.find((moment) => moment > this.at + LOOK)
        : sorted.findLast((moment) => moment < this.at - JUST_PASSED);
    if (next === undefined) return false;
    await this.seek(next);
    return true;
  }

  /** Marks the moment that is heard; `null` where the ledger refused. */
  async mark(): Promise<MarkerView | null> {
    const { sound } = this;
    const file = sound?.recordings[0];
    if (file === undefined) return null;
    return this.#change(async () => {
      const added = await this.#backend.addMarker(file, Math.round(this.at), '');
      this.#put([...this.markers, added]);
      return added;
    });
  }

  changeMarker({ id, at_milliseconds }: MarkerView, text: string): Promise<MarkerView | null> {
    return this.#change(async () => {
      const changed = await this.#backend.changeMarker(id, at_milliseconds, text);
      this.#put(this.markers.map((marker) => (marker.id === id ? changed : marker)));
      return changed;
    });
  }

  async deleteMarker({ id }: MarkerView): Promise<boolean> {
    const done = await this.#change(async () => {
      await this.#backend.deleteMarker(id);
      this.#put(this.markers.filter((marker) => marker.id !== id));
      return true;
    });
    return done ?? false;
  }

  /** Takes `deleteMarker` back. */
  async restoreMarker(id: number): Promise<void> {
    await this.#change(async () => this.#put([...this.markers, await this.#backend.restoreMarker(id)]));
  }

  /** Stops listening: what was heard is logged, the sound is let go. */
  close(): void {
    this.#closed = true;
    this.cancel();
    this.#reach();
    this.#stop();
    this.#tape?.close();
    this.#tape = null;
    const { sound } = this;
    if (sound) void this.#told.then(() => this.#backend.closeSound(sound.handle)).catch(() => undefined);
  }

  #begin(sound: OpenSoundView): void {
    this.sound = sound;
    this.markers = sound.markers;
    this.asks = false;
    this.phase = 'open';
    this.#listenForSilence();
    const tape = new Tape(
      piecesOf(sound),
      async ({ from, to }) => {
        const wav = await this.#backend.soundPiece(sound.handle, from, to, this.#side);
        return balanced(wav, this.#gains, this.#side);
      },
      [this.#makeOutput(), this.#makeOutput()],
    );
    tape.speed = this.#speed;
    tape.volume = this.#volume;
    tape.onended = () => {
      this.at = tape.length;
      this.#heard.reach(tape.length);
      this.#stop();
    };
    tape.onfailed = (reason) => this.#fail(reason);
    this.#tape = tape;
    if (!sound.whole) void this.#complete(sound);
  }

  /** The rest is decoded while the beginning is heard. */
  async #complete(begun: OpenSoundView): Promise<void> {
    try {
      const { milliseconds, peaks } = await this.#backend.wholeSound(begun.handle);
      if (this.#closed || this.sound !== begun) return;
      const sound = { ...begun, milliseconds, peaks, whole: true };
      this.sound = sound;
      this.#listenForSilence();
      await this.#tape?.recut(piecesOf(sound));
    } catch (reason) {
      this.#fail(reason);
    }
  }

  /** Where the sound is; passages are heard again, silence is skipped. */
  #look(): void {
    const tape = this.#tape;
    if (!tape || !this.playing) return;
    this.#vain = tape.goes ? this.#vain + 1 : 0;
    this.waiting = this.#vain * LOOK >= WONDER;
    this.#reach();
    const { loop } = this;
    if (loop?.to && this.at >= loop.to) void tape.seek(loop.from);
    else if (this.#skips) {
      const on = afterSilence(this.#silences, this.at);
      if (on > this.at) void tape.seek(on);
    }
  }

  #reach(): void {
    if (!this.#tape || !this.playing) return;
    this.at = this.#tape.at;
    this.#heard.reach(this.at);
  }

  #stop(): void {
    this.playing = false;
    this.waiting = false;
    this.#vain = 0;
    this.#heard.end();
    if (this.#looking !== null) clearInterval(this.#looking);
    this.#looking = null;
  }

  #listenForSilence(): void {
    const channel = this.#side === 'both' ? null : this.#side === 'left' ? 0 : 1;
    this.#silences = this.sound ? silencesOf(this.sound, channel) : [];
  }

  #log(from: number, to: number, over: boolean): void {
    const { sound } = this;
    if (!sound) return;
    this.#told = this.#told
      .then(() => this.#backend.heard(sound.handle, from, to, over))
      // Nothing is heard that does not stand in the log.
      .catch((reason: unknown) => this.#fail(reason));
  }

  #fail(reason: unknown): void {
    if (this.#closed) return;
    if (this.playing) this.#stop();
    this.#tape?.close();
    this.#tape = null;
    // It is opened anew when somebody tries again.
    if (this.sound) void this.#backend.closeSound(this.sound.handle).catch(() => undefined);
    this.error = asError(reason);
    this.asks = false;
    this.phase = 'failed';
  }

  #put(markers: MarkerView[]): void {
    this.markers = [...markers].sort((a, b) => a.at_milliseconds - b.at_milliseconds || a.id - b.id);
  }

  async #change<T>(work: () => Promise<T>): Promise<T | null> {
    this.error = null;
    try {
      return await work();
    } catch (reason) {
      this.error = asError(reason);
      return null;
    }
  }
}
