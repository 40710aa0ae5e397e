import type { Backend, CallRow, CallSort, ErrorView, CallFilter } from '../backend/backend';
import { asError } from '../lib/errors';
import { Pages } from '../lib/pages';
import { Throttle } from './throttle';

/** Calls in one page asked of the backend. */
export const PAGE_SIZE = 200;
/** Pages kept: the visible ones and some ground to either side. */
const PAGES_KEPT = 12;

export interface Anchor {
  id: string;
  index: number;
}

/** The calls under a filter, of which only the pages in sight are at hand. */
export class CallList {
  total = $state(0);
  error = $state.raw<ErrorView | null>(null);
  /** Not a single page of this question has come yet. */
  loading = $state(true);

  /** The row being read. When calls arrive above it, `onShift` is told by how many rows it moved. */
  anchor: Anchor | null = null;
  onShift: (rows: number) => void = () => undefined;

  #pages = $state.raw(new Pages<CallRow>(PAGE_SIZE, PAGES_KEPT));
  #question: { filter: CallFilter; sort: CallSort } | null = null;
  #asked = 0;
  #sight = { first: 0, last: 0 };
  readonly #underway = new Set<number>();
  readonly #backend: Backend;
  readonly #throttle = new Throttle(() => this.#reload());

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks for other calls or another order; what was shown stays until the first page of the new ones is here. */
  ask(filter: CallFilter, sort: CallSort): void {
    this.#question = { filter, sort };
    this.#asked += 1;
    this.#underway.clear();
    this.#sight = { first: 0, last: 0 };
    this.anchor = null;
    this.loading = true;
    void this.#replace([0]);
  }

  row(index: number): CallRow | undefined {
    return this.#pages.row(index);
  }

  /** The rows `first..=last` are in sight; fetches what is missing of them. */
  show(first: number, last: number): void {
    this.#sight = { first, last };
    if (this.loading || last < first) return;
    for (const page of this.#pages.covering(first, last)) {
      if (this.#pages.has(page)) this.#pages.touch(page);
      else void this.#fill(page);
    }
  }

  /** Something changed. */
  refresh(): void {
    if (this.#question) this.#throttle.ask();
  }

  /** After an error. */
  retry(): void {
    if (this.#question) this.ask(this.#question.filter, this.#question.sort);
  }

  stop(): void {
    this.#asked += 1;
    this.#throttle.stop();
  }

  #fetch(page: number) {
    if (!this.#question) throw new Error('no question asked');
    return this.#backend.listCalls({ ...this.#question, offset: page * PAGE_SIZE, limit: PAGE_SIZE });
  }

  async #fill(page: number): Promise<void> {
    if (this.#underway.has(page)) return;
    const asked = this.#asked;
    this.#underway.add(page);
    try {
      const answer = await this.#fetch(page);
      if (asked !== this.#asked) return;
      this.#pages = this.#pages.with(page, answer.rows);
      this.total = answer.total;
      this.error = null;
    } catch (reason) {
      if (asked === this.#asked) this.error = asError(reason);
    } finally {
      if (asked === this.#asked) this.#underway.delete(page);
    }
  }

  #reload(): Promise<void> {
    const { first, last } = this.#sight;
    return this.#replace(this.#pages.covering(first, last));
  }

  /** Fetches pages and puts them in the place of all others in one stroke, so that no row is seen twice. */
  async #replace(wanted: number[]): Promise<void> {
    const asked = this.#asked;
    const { first, last } = this.#sight;
    try {
      let fresh = await this.#fetchAll(wanted);
      if (asked !== this.#asked) return;
      // An anchor that left these pages was pushed down by what is new.
      const pushed = this.#shiftIn(fresh.pages) ?? fresh.total - this.total;
      const there = fresh.pages.covering(first + pushed, last + pushed);
      if (there.some((page) => !fresh.pages.has(page))) {
        fresh = await this.#fetchAll(there);
        if (asked !== this.#asked) return;
      }
      this.#underway.clear();
      this.#pages = fresh.pages;
      this.total = fresh.total;
      this.error = null;
      const shift = this.#shiftIn(fresh.pages) ?? 0;
      if (shift !== 0) this.onShift(shift);
    } catch (reason) {
      if (asked !== this.#asked) return;
      this.error = asError(reason);
      if (this.loading) {
        this.#pages = new Pages(PAGE_SIZE, PAGES_KEPT);
        this.total = 0;
      }
    }
    this.loading = false;
  }

  async #fetchAll(wanted: number[]): Promise<{ pages: Pages<CallRow>; total: number }> {
    const answers = await Promise.all(wanted.map((page) => this.#fetch(page)));
    const pages = new Pages<CallRow>(PAGE_SIZE, PAGES_KEPT);
    answers.forEach((answer, index) => pages.set(wanted[index] ?? 0, answer.rows));
    return { pages, total: answers[0]?.total ?? 0 };
  }

  /** By how many rows the anchor moved; nothing if it is not on these pages. */
  #shiftIn(pages: Pages<CallRow>): number | null {
    const anchor = this.anchor;
    if (!anchor) return 0;
    const index = pages.find((row) => row.id === anchor.id);
    return index < 0 ? null : index - anchor.index;
  }
}
