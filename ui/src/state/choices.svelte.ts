import type { Backend, Choice, OutcomeCodeEntry, TagView } from '../backend/backend';
import { Live } from './live.svelte';

/** What can be chosen from for a filter or a remark: the ledger's tags, the site's outcome codes, all countries. */
export class Choices {
  readonly #tags = new Live<TagView[]>();
  readonly #codes = new Live<OutcomeCodeEntry[]>();
  readonly #countries = new Live<Choice[]>();
  readonly #backend: Backend;
  #asked = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Most used first. */
  get tags(): TagView[] {
    return this.#tags.value ?? [];
  }

  get codes(): OutcomeCodeEntry[] {
    return this.#codes.value ?? [];
  }

  get countries(): Choice[] {
    return this.#countries.value ?? [];
  }

  /** What the site calls a code; the code itself while that is not known. */
  codeName(code: string): string {
    return this.codes.find((known) => known.code === code)?.name ?? code;
  }

  /** Asked for when somebody first needs them. */
  load(): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#tags.ask(() => this.#backend.listTags());
    void this.#codes.ask(() => this.#backend.outcomeCodes());
    void this.#countries.ask(() => this.#backend.countries());
  }

  refresh(): void {
    if (!this.#asked) return;
    this.#tags.refresh();
    this.#codes.refresh();
  }

  stop(): void {
    for (const live of [this.#tags, this.#codes, this.#countries]) live.stop();
  }
}
