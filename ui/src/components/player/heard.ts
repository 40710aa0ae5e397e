// What was heard of a recording, told to the listening log as it is: a stretch begins where somebody begins to listen or
// goes to, and ends where they stop or leave. Silence that is skipped and a passage that is heard again belong to it.

/** Told of the stretch so far, and with `over` when it has ended. */
export type Tell = (from: number, to: number, over: boolean) => void;

/** How often the stretch so far is told, in milliseconds of the sound: so much is lost if the window is ended. */
const EVERY = 5_000;

export class Heard {
  #stretch: { from: number; to: number } | null = null;
  #told = 0;
  readonly #tell: Tell;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  begin(at: number): void {
    this.end();
    this.#stretch = { from: at, to: at };
    this.#told = at;
  }

  /** The sound has come to `at`; does nothing while nobody listens. */
  reach(at: number): void {
    if (!this.#stretch) return;
    this.#stretch = { from: Math.min(this.#stretch.from, at), to: Math.max(this.#stretch.to, at) };
    if (Math.abs(at - this.#told) < EVERY) return;
    this.#told = at;
    this.#tell(Math.round(this.#stretch.from), Math.round(this.#stretch.to), false);
  }

  end(): void {
    const stretch = this.#stretch;
    this.#stretch = null;
    if (stretch && stretch.to > stretch.from)
      this.#tell(Math.round(stretch.from), Math.round(stretch.to), true);
  }
}
