import type { Backend, CorrectedRow, ErrorView, ImportSummary, RejectedRow } from '../backend/backend';
import { asError } from '../lib/errors';
import { Pages } from '../lib/pages';

/** Rows in one page asked of the backend. */
export const REJECTED_PAGE = 100;
const PAGES_KEPT = 12;

/** The rows of an import that could not be read, and what a person made of them. */
export class RejectedList {
  total = $state<number | null>(null);
  /** Lines of an exchange stay as they came. */
  canCorrect = $state(false);
  error = $state.raw<ErrorView | null>(null);
  /** The rows that were changed, by line. They stay when their page is forgotten. */
  edits = $state.raw<ReadonlyMap<number, string>>(new Map());
  sending = $state(false);
  /** What came of the rows sent last. */
  summary = $state.raw<ImportSummary | null>(null);

  changed = $derived<CorrectedRow[]>([...this.edits].map(([line, text]) => ({ line, text })));

  readonly batch: number;
  readonly #backend: Backend;
  #pages = $state.raw(new Pages<RejectedRow>(REJECTED_PAGE, PAGES_KEPT));
  readonly #underway = new Set<number>();
  #sight = { first: 0, last: 0 };

  constructor(backend: Backend, batch: number) {
    this.#backend = backend;
    this.batch = batch;
    void this.#fill(0);
  }

  row(index: number): RejectedRow | undefined {
    return this.#pages.row(index);
  }

  textOf(row: RejectedRow): string {
    return this.edits.get(row.line) ?? row.raw;
  }

  /** The rows `first..=last` are in sight; fetches what is missing of them. */
  show(first: number, last: number): void {
    this.#sight = { first, last };
    if (last < first || this.total === null) return;
    for (const page of this.#pages.covering(first, last)) if (!this.#pages.has(page)) void this.#fill(page);
  }

  /** Typing what was there before is no change. */
  edit(row: RejectedRow, text: string): void {
    const edits = new Map(this.edits);
    if (text === row.raw) edits.delete(row.line);
    else edits.set(row.line, text);
    this.edits = edits;
  }

  async send(): Promise<void> {
    if (this.sending || this.changed.length === 0) return;
    this.sending = true;
    try {
      this.summary = await this.#backend.correctRows(this.batch, this.changed);
      this.edits = new Map();
      this.error = null;
      await this.reload();
    } catch (reason) {
      this.error = asError(reason);
    } finally {
      this.sending = false;
    }
  }

  async reload(): Promise<void> {
    this.#pages = new Pages(REJECTED_PAGE, PAGES_KEPT);
    const { first, last } = this.#sight;
    await Promise.all(this.#pages.covering(first, last).map((page) => this.#fill(page)));
  }

  async #fill(page: number): Promise<void> {
    if (this.#underway.has(page)) return;
    this.#underway.add(page);
    try {
      const answer = await this.#backend.rejectedRows(this.batch, page * REJECTED_PAGE, REJECTED_PAGE);
      this.#pages = this.#pages.with(page, answer.rows);
      this.total = answer.total;
      this.canCorrect = answer.can_correct;
    } catch (reason) {
      this.error = asError(reason);
    } finally {
      this.#underway.delete(page);
    }
  }
}
