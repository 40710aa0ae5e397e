import type { Backend, CallPage, CallRow, CallSort, ErrorView, CallFilter } from '../backend/backend';
import { asError } from '../lib/errors';
import { Pages } from '../lib/pages';
import { Throttle } from './throttle';

/** Calls in one page asked of the backend. */
export const PAGE_SIZE = 200;
/** Pages asked for at the same time; while somebody drags the scroll bar, only the last places matter. */
const MOST_UNDERWAY = 3;
/** Pages kept: the visible ones and some ground to either side. */
const PAGES_KEPT = 12;

/** Pages looked through for the next call with a recording. */
const PAGES_SEARCHED = 10;

const isRecorded = ({ recorded }: CallRow) => recorded;

export interface Anchor {
  id: string;
  index: number;
}

/** The calls under a filter, of which only the pages in sight are at hand. */
export class CallList {
  total = $state(0);
  /** Of all calls under the filter: calls = legs − handed on. */
  legs = $state(0);
  handedOn = $state(0);
  error = $state.raw<ErrorView | null>(null);
  /** Not a single page of this question has come yet. */
  loading = $state(true);

  /** The row being read. When calls arrive above it, `onShift` is told by how many rows it moved. */
  anchor: Anchor | null = null;
  onShift: (rows: number) => void = () => undefined;

  #pages = $state.raw(new Pages<CallRow>(PAGE_SIZE, PAGES_KEPT));
  #question: { filter: CallFilter; sort: CallSort } | null = null;
  #asked = 0;
  /** Counts what `#replace` put in place; a page asked for before that tells of rows that have moved since. */
  #edition = 0;
  #sight = { first: 0, last: 0 };
  /** The list was last moved towards its end. */
  #down = true;
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

  /** Where a call stands among the rows at hand; `null` if it is not among them. */
  placeOf(id: string): number | null {
    const index = this.#pages.find((row) => row.id === id);
    return index < 0 ? null : index;
  }

  /**
   * The call with a recording that comes before or after a place of the list. Looked for in as many rows as somebody
   * would scroll through.
   */
  async recordedFrom(place: number, by: -1 | 1): Promise<string | null> {
    if (!this.#question) return null;
    for (let page = 0; page < PAGES_SEARCHED; page += 1) {
      const edge = place + by * (1 + page * PAGE_SIZE);
      const offset = by > 0 ? edge : Math.max(0, edge - PAGE_SIZE + 1);
      const limit = by > 0 ? PAGE_SIZE : edge - offset + 1;
      if (offset >= this.total || limit <= 0) return null;
      const { rows } = await this.#backend.listCalls({ ...this.#question, offset, limit });
      const found = by > 0 ? rows.find(isRecorded) : rows.findLast(isRecorded);
      if (found) return found.id;
    }
    return null;
  }

  /** The rows `first..=last` are in sight; fetches what is missing of them, and what comes into sight next. */
  show(first: number, last: number): void {
    if (first !== this.#sight.first) this.#down = first > this.#sight.first;
    this.#sight = { first, last };
    this.#look();
  }

  #look(): void {
    const { first, last } = this.#sight;
    if (this.loading || last < first) return;
    for (const page of this.#pages.covering(first, last)) {
      if (this.#pages.has(page)) this.#pages.touch(page);
      else void this.#fill(page);
    }
    // Half a page ahead the next one is asked for, so that it is here when its first row comes into sight.
    const ahead = this.#down ? Math.min(last + PAGE_SIZE / 2, this.total - 1) : first - PAGE_SIZE / 2;
    if (ahead < 0) return;
    const next = Math.floor(ahead / PAGE_SIZE);
    if (!this.#pages.has(next)) void this.#fill(next);
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
    if (this.#underway.has(page) || this.#underway.size >= MOST_UNDERWAY) return;
    const asked = this.#asked;
    const edition = this.#edition;
    this.#underway.add(page);
    try {
      const answer = await this.#fetch(page);
      if (asked !== this.#asked || edition !== this.#edition) return;
      this.#underway.delete(page);
      this.#pages = this.#pages.with(page, answer.rows);
      this.#count(answer);
      this.error = null;
      this.#look();
    } catch (reason) {
      if (asked !== this.#asked || edition !== this.#edition) return;
      this.#underway.delete(page);
      this.error = asError(reason);
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
      const pushed = this.#shiftIn(fresh.pages) ?? fresh.first.total - this.total;
      const there = fresh.pages.covering(first + pushed, last + pushed);
      if (there.some((page) => !fresh.pages.has(page))) {
        fresh = await this.#fetchAll(there);
        if (asked !== this.#asked) return;
      }
      this.#underway.clear();
      this.#edition += 1;
      this.#pages = fresh.pages;
      this.#count(fresh.first);
      this.error = null;
      const shift = this.#shiftIn(fresh.pages) ?? 0;
      if (shift !== 0) this.onShift(shift);
    } catch (reason) {
      if (asked !== this.#asked) return;
      this.error = asError(reason);
      if (this.loading) {
        this.#pages = new Pages(PAGE_SIZE, PAGES_KEPT);
        this.#count({ total: 0, legs: 0, handed_on: 0 });
      }
    }
    this.loading = false;
    if (!this.error) this.#look();
  }

  #count({ total, legs, handed_on }: Pick<CallPage, 'total' | 'legs' | 'handed_on'>): void {
    this.total = total;
    this.legs = legs;
    this.handedOn = handed_on;
  }

  async #fetchAll(wanted: number[]): Promise<{ pages: Pages<CallRow>; first: CallPage }> {
    const answers = await Promise.all(wanted.map((page) => this.#fetch(page)));
    const pages = new Pages<CallRow>(PAGE_SIZE, PAGES_KEPT);
    answers.forEach((answer, index) => pages.set(wanted[index] ?? 0, answer.rows));
    const [first] = answers;
    if (!first) throw new Error('no page asked for');
    return { pages, first };
  }

  /** By how many rows the anchor moved; nothing if it is not on these pages. */
  #shiftIn(pages: Pages<CallRow>): number | null {
    const anchor = this.anchor;
    if (!anchor) return 0;
    const index = pages.find((row) => row.id === anchor.id);
    return index < 0 ? null : index - anchor.index;
  }
}
