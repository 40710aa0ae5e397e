/** At least this long from one refresh to the next, in milliseconds: at most five a second. */
export const REST_MS = 200;

/**
 * Runs a job when asked, never twice at once and never more often than every `REST_MS`; asking while it runs or
 * rests means once more afterwards. So the last thing that changed is always seen, and answers stay in order.
 */
export class Throttle {
  readonly #job: () => Promise<void>;
  #running = false;
  #rest: ReturnType<typeof setTimeout> | null = null;
  #again = false;
  #stopped = false;

  constructor(job: () => Promise<void>) {
    this.#job = job;
  }

  ask(): void {
    if (this.#stopped) return;
    if (this.#running || this.#rest !== null) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#running = true;
    this.#rest = setTimeout(() => {
      this.#rest = null;
      this.#next();
    }, REST_MS);
    void this.#job().finally(() => {
      this.#running = false;
      this.#next();
    });
  }

  stop(): void {
    this.#stopped = true;
    if (this.#rest !== null) clearTimeout(this.#rest);
  }

  #next(): void {
    if (this.#again && !this.#running && this.#rest === null) this.ask();
  }
}
