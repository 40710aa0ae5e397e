import type { ErrorView } from '../backend/backend';
import { asError } from '../lib/errors';
import { Throttle } from './throttle';

/**
 * The latest answer to a question that is asked again whenever something changed.
 *
 * A new question overtakes the old one: an answer that comes late is thrown away. While an answer is on its way
 * the one before stays, so that nothing flickers.
 */
export class Live<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** A new question was asked and is not answered yet. */
  loading = $state(false);

  #question: (() => Promise<T>) | null = null;
  #asked = 0;
  readonly #throttle = new Throttle(() => this.#answer());

  ask(question: () => Promise<T>): Promise<void> {
    this.#question = question;
    this.#asked += 1;
    this.loading = true;
    return this.#answer();
  }

  /** Something changed: asks the same question again. */
  refresh(): void {
    if (this.#question) this.#throttle.ask();
  }

  /** Forgets question and answer. */
  clear(): void {
    this.#question = null;
    this.#asked += 1;
    this.value = null;
    this.error = null;
    this.loading = false;
  }

  stop(): void {
    this.#asked += 1;
    this.#throttle.stop();
  }

  async #answer(): Promise<void> {
    const question = this.#question;
    const asked = this.#asked;
    if (!question) return;
    try {
      const value = await question();
      if (asked !== this.#asked) return;
      this.value = value;
      this.error = null;
    } catch (reason) {
      if (asked !== this.#asked) return;
      this.error = asError(reason);
    }
    this.loading = false;
  }
}
