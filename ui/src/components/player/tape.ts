// A sound as if it were whole: two outputs take turns with its pieces, the next one being ready before it is needed.

import type { Output } from './output';
import { pieceAt, type Stretch } from './pieces';

export type Fetch = (piece: Stretch) => Promise<ArrayBuffer>;

interface Deck {
  output: Output;
  /** The index of the piece in it. */
  holds: number | null;
  /** Ends when that piece can sound. */
  ready: Promise<void>;
  /** Counts what was put in, or sent for. */
  loads: number;
}

export class Tape {
  onended: () => void = () => undefined;
  /** A piece could not be fetched or played. */
  onfailed: (reason: unknown) => void = () => undefined;

  #pieces: readonly Stretch[];
  readonly #fetch: Fetch;
  readonly #decks: [Deck, Deck];
  #front = 0;
  /** Where it is going; `null` when it is there. */
  #going: number | null = 0;
  #playing = false;
  /** Counts where it was sent: what was under way to another place is thrown away. */
  #sent = 0;

  constructor(pieces: readonly Stretch[], fetch: Fetch, outputs: [Output, Output]) {
    this.#pieces = pieces;
    this.#fetch = fetch;
    const deck = (output: Output): Deck => ({ output, holds: null, ready: Promise.resolve(), loads: 0 });
    this.#decks = [deck(outputs[0]), deck(outputs[1])];
    this.#decks.forEach((own, index) => {
      own.output.onended = () => {
        if (index === this.#front && this.#playing && this.#going === null) void this.#turn();
      };
    });
  }

  /** Milliseconds of the whole sound. */
  get at(): number {
    if (this.#going !== null) return this.#going;
    const { output, holds } = this.#deck;
    return (this.#pieces[holds ?? 0]?.from ?? 0) + output.at;
  }

  /** It is on its way to a place. */
  get goes(): boolean {
    return this.#going !== null;
  }

  get length(): number {
    return this.#pieces.at(-1)?.to ?? 0;
  }

  async play(): Promise<void> {
    this.#playing = true;
    if (this.#going !== null) await this.seek(this.#going);
    else await this.#try(() => this.#deck.output.play());
  }

  pause(): void {
    this.#playing = false;
    this.#decks.forEach(({ output }) => output.pause());
  }

  /** Goes to a moment, and ends when it is there. */
  async seek(at: number): Promise<void> {
    const to = Math.max(0, Math.min(at, this.length));
    const index = pieceAt(this.#pieces, to);
    const sent = (this.#sent += 1);
    this.#going = to;
    const there = this.#decks.findIndex((deck) => deck.holds === index);
    const front = there >= 0 ? there : 1 - this.#front;
    await this.#try(async () => {
      if (front !== this.#front) this.#deck.output.pause();
      this.#front = front;
      const deck = this.#deck;
      const from = this.#pieces[index]?.from ?? 0;
      if (there < 0) this.#load(deck, index, to - from);
      await deck.ready;
      if (sent !== this.#sent) return;
      if (there >= 0) deck.output.at = to - from;
      this.#going = null;
      if (this.#playing) await deck.output.play();
      if (sent === this.#sent) this.#prepare(index + 1);
    });
  }

  /** More is known of the sound, and it is cut otherwise. A piece that has stayed as it was goes on. */
  async recut(pieces: readonly Stretch[]): Promise<void> {
    const { at } = this;
    const before = this.#pieces;
    this.#pieces = pieces;
    for (const deck of this.#decks) {
      const [was, is] = [before[deck.holds ?? -1], pieces[deck.holds ?? -1]];
      if (was?.from !== is?.from || was?.to !== is?.to) deck.holds = null;
    }
    const front = this.#deck.holds;
    if (front === null || this.#going !== null) await this.seek(at);
    else this.#prepare(front + 1);
  }

  /** What the pieces hold is another now: they are fetched again. */
  async refetch(): Promise<void> {
    const { at } = this;
    for (const deck of this.#decks) deck.holds = null;
    await this.seek(at);
  }

  set speed(speed: number) {
    for (const { output } of this.#decks) output.speed = speed;
  }

  set volume(volume: number) {
    for (const { output } of this.#decks) output.volume = volume;
  }

  close(): void {
    this.pause();
    this.#sent += 1;
    for (const deck of this.#decks) {
      deck.holds = null;
      deck.loads += 1;
      deck.output.onended = () => undefined;
      deck.output.clear();
    }
  }

  get #deck(): Deck {
    return this.#decks[this.#front as 0 | 1];
  }

  /** The piece in front has ended. */
  async #turn(): Promise<void> {
    const next = this.#pieces[(this.#deck.holds ?? 0) + 1];
    if (next) {
      await this.seek(next.from);
    } else {
      this.#playing = false;
      this.onended();
    }
  }

  #prepare(index: number): void {
    const behind = this.#decks[(1 - this.#front) as 0 | 1];
    if (index < this.#pieces.length && behind.holds !== index) this.#load(behind, index, 0);
  }

  #load(deck: Deck, index: number, at: number): void {
    const piece = this.#pieces[index];
    if (!piece) return;
    deck.holds = index;
    const load = (deck.loads += 1);
    deck.ready = (async () => {
      const wav = await this.#fetch(piece);
      // Meanwhile another piece may have been sent for.
      if (deck.loads === load) await deck.output.load(wav, at);
    })();
    deck.ready.catch(() => {
      // Whoever needs it hears of it; the next attempt fetches it again.
      if (deck.loads === load) deck.holds = null;
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.#playing = false;
      this.onfailed(reason);
    }
  }
}
