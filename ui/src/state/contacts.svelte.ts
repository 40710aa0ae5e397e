import type { Backend, Contact, ErrorView } from '../backend/backend';
import { asError } from '../lib/errors';
import { Pages } from '../lib/pages';
import { Throttle } from './throttle';

export const CONTACTS_PAGE = 100;
const PAGES_KEPT = 8;
/** Milliseconds after the last key before the list is asked. */
export const CONTACTS_PAUSE_MS = 200;

/** The contacts that a piece of a name or number finds, of which only the pages in sight are at hand. */
export class ContactList {
  text = $state('');
  total = $state<number | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Another text was asked for and its first page is not here yet. */
  loading = $state(true);

  #pages = $state.raw(new Pages<Contact>(CONTACTS_PAGE, PAGES_KEPT));
  #asked = 0;
  #sight = { first: 0, last: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #underway = new Set<number>();
  readonly #backend: Backend;
  readonly #throttle = new Throttle(() => this.reload());

  constructor(backend: Backend) {
    this.#backend = backend;
    void this.reload();
  }

  row(index: number): Contact | undefined {
    return this.#pages.row(index);
  }

  search(text: string): void {
    this.text = text;
    this.loading = true;
    this.#sight = { first: 0, last: 0 };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.reload(), CONTACTS_PAUSE_MS);
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

  /** Something changed elsewhere. */
  refresh(): void {
    this.#throttle.ask();
  }

  /** Asks anew for what is in sight. */
  async reload(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#underway.clear();
    const wanted = this.#pages.covering(this.#sight.first, this.#sight.last);
    try {
      const answers = await Promise.all(wanted.map((page) => this.#fetch(page)));
      if (asked !== this.#asked) return;
      const pages = new Pages<Contact>(CONTACTS_PAGE, PAGES_KEPT);
      answers.forEach(({ rows }, index) => pages.set(wanted[index] ?? 0, rows));
      this.#pages = pages;
      this.total = answers[0]?.total ?? 0;
      this.error = null;
    } catch (reason) {
      if (asked !== this.#asked) return;
      this.error = asError(reason);
    }
    this.loading = false;
  }

  stop(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#throttle.stop();
  }

  #fetch(page: number) {
    return this.#backend.listContacts(this.text.trim(), page * CONTACTS_PAGE, CONTACTS_PAGE);
  }

  async #fill(page: number): Promise<void> {
    if (this.#underway.has(page)) return;
    const asked = this.#asked;
    this.#underway.add(page);
    try {
      const { rows, total } = await this.#fetch(page);
      if (asked !== this.#asked) return;
      this.#pages = this.#pages.with(page, rows);
      this.total = total;
      this.error = null;
    } catch (reason) {
      if (asked === this.#asked) this.error = asError(reason);
    } finally {
      if (asked === this.#asked) this.#underway.delete(page);
    }
  }
}
