import type {
  Backend,
  ErrorView,
  RecordingCountsView,
  RecordingFilterShow,
  RecordingRow,
} from '../backend/backend';
import { asError } from '../lib/errors';
import { Pages } from '../lib/pages';
import { Throttle } from './throttle';

/** Recordings in one page asked of the backend. */
export const RECORDINGS_PAGE = 100;
const PAGES_KEPT = 12;

const COUNT_OF: Record<RecordingFilterShow, keyof RecordingCountsView> = {
  all: 'all',
  matched: 'matched',
  ambiguous: 'ambiguous',
  unmatched: 'unmatched',
  'too-new': 'too_new',
  empty: 'empty',
  unreadable: 'unreadable',
  gone: 'gone',
};

/** How many recordings a filter of the list shows. */
export function countOf(counts: RecordingCountsView, show: RecordingFilterShow): number {
  return counts[COUNT_OF[show]];
}

/** The recordings under a filter, of which only the pages in sight are at hand. */
export class RecordingList {
  counts = $state.raw<RecordingCountsView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  show = $state<RecordingFilterShow>('all');

  total = $derived(this.counts === null ? 0 : countOf(this.counts, this.show));

  readonly #backend: Backend;
  #pages = $state.raw(new Pages<RecordingRow>(RECORDINGS_PAGE, PAGES_KEPT));
  #asked = 0;
  readonly #underway = new Set<number>();
  #sight = { first: 0, last: 0 };
  readonly #throttle = new Throttle(() => this.#replace());

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  ask(show: RecordingFilterShow): void {
    this.show = show;
    this.#sight = { first: 0, last: 0 };
    this.#pages = new Pages(RECORDINGS_PAGE, PAGES_KEPT);
    void this.#replace();
  }

  row(index: number): RecordingRow | undefined {
    return this.#pages.row(index);
  }

  /** The rows `first..=last` are in sight; fetches what is missing of them. */
  look(first: number, last: number): void {
    this.#sight = { first, last };
    if (this.counts === null || this.error !== null || last < first) return;
    for (const page of this.#pages.covering(first, last)) {
      if (this.#pages.has(page)) this.#pages.touch(page);
      else void this.#fill(page);
    }
  }

  /** Something changed. */
  refresh(): void {
    this.#throttle.ask();
  }

  stop(): void {
    this.#asked += 1;
    this.#throttle.stop();
  }

  /** Fetches what is in sight and puts it in the place of all pages: what was found may stand elsewhere now. */
  async #replace(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#underway.clear();
    const wanted = this.#pages.covering(this.#sight.first, Math.max(this.#sight.first, this.#sight.last));
    try {
      const [counts, ...answers] = await Promise.all([
        this.#backend.recordingCounts(),
        ...wanted.map((page) => this.#fetch(page)),
      ]);
      if (asked !== this.#asked) return;
      const pages = new Pages<RecordingRow>(RECORDINGS_PAGE, PAGES_KEPT);
      answers.forEach((rows, index) => pages.set(wanted[index] ?? 0, rows));
      this.#pages = pages;
      this.counts = counts;
      this.error = null;
    } catch (reason) {
      if (asked === this.#asked) this.error = asError(reason);
    }
  }

  async #fill(page: number): Promise<void> {
    if (this.#underway.has(page)) return;
    const asked = this.#asked;
    this.#underway.add(page);
    try {
      const rows = await this.#fetch(page);
      if (asked === this.#asked) this.#pages = this.#pages.with(page, rows);
    } catch (reason) {
      if (asked === this.#asked) this.error = asError(reason);
    } finally {
      if (asked === this.#asked) this.#underway.delete(page);
    }
  }

  #fetch(page: number): Promise<RecordingRow[]> {
    return this.#backend.listRecordings(this.show, page * RECORDINGS_PAGE, RECORDINGS_PAGE);
  }
}
