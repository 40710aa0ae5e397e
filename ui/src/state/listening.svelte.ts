import type { Backend, ErrorView, ListeningView } from '../backend/backend';
import { asError } from '../lib/errors';

/** Entries of the log asked for at a time. */
export const LISTENING_PAGE = 100;

/** The listening log from its end on: older entries come when they are asked for. */
export class ListeningEntries {
  rows = $state.raw<ListeningView[] | null>(null);
  /** There are older ones. */
  more = $state(false);
  loading = $state(false);
  error = $state.raw<ErrorView | null>(null);

  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
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
      const page = await this.#backend.listeningLog(before, LISTENING_PAGE);
      this.rows = before === null ? page : [...(this.rows ?? []), ...page];
      this.more = page.length === LISTENING_PAGE;
      this.error = null;
    } catch (reason) {
      this.error = asError(reason);
    } finally {
      this.loading = false;
    }
  }
}
