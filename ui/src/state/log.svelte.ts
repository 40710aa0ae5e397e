import type { ErrorView } from '../backend/backend';
import { asError } from '../lib/errors';

/** Entries of a log asked for at a time. */
export const LOG_PAGE = 100;

/** A page of a log, newest first; `before` is the number of the last entry of the page before. */
type Fetch<Entry> = (before: number | null, limit: number) => Promise<Entry[]>;

/** A log from its end on: older entries come when they are asked for. */
export class LogEntries<Entry extends { id: number }> {
  rows = $state.raw<Entry[] | null>(null);
  /** There are older ones. */
  more = $state(false);
  loading = $state(false);
  error = $state.raw<ErrorView | null>(null);

  readonly #fetch: Fetch<Entry>;

  constructor(fetch: Fetch<Entry>) {
    this.#fetch = fetch;
  }

  /** From the last entry on. */
  load(): Promise<void> {
    return this.#ask(null);
  }

  older(): Promise<void> {
    return this.#ask(this.rows?.at(-1)?.id ?? null);
  }

  async #ask(before: number | null): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      const page = await this.#fetch(before, LOG_PAGE);
      this.rows = before === null ? page : [...(this.rows ?? []), ...page];
      this.more = page.length === LOG_PAGE;
      this.error = null;
    } catch (reason) {
      this.error = asError(reason);
    } finally {
      this.loading = false;
    }
  }
}
