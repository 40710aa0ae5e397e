/** The pages of a long list that were looked at last; older ones are forgotten and asked for again. */
export class Pages<Row> {
  readonly size: number;
  readonly #capacity: number;
  readonly #pages = new Map<number, Row[]>();

  constructor(size: number, capacity: number) {
    this.size = size;
    this.#capacity = capacity;
  }

  set(page: number, rows: Row[]): void {
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#capacity) break;
      this.#pages.delete(oldest);
    }
  }

  /** A copy with one more page, for readers that watch the whole. */
  with(page: number, rows: Row[]): Pages<Row> {
    const copy = new Pages<Row>(this.size, this.#capacity);
    for (const [known, kept] of this.#pages) copy.set(known, kept);
    copy.set(page, rows);
    return copy;
  }

  has(page: number): boolean {
    return this.#pages.has(page);
  }

  /** Marks a page as just used. */
  touch(page: number): void {
    const rows = this.#pages.get(page);
    if (rows) this.set(page, rows);
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / this.size))?.[index % this.size];
  }

  /** Index of the first row that fits, among the pages at hand; -1 if none does. */
  find(fits: (row: Row) => boolean): number {
    for (const [page, rows] of this.#pages) {
      const within = rows.findIndex(fits);
      if (within >= 0) return page * this.size + within;
    }
    return -1;
  }

  /** Numbers of the pages that hold the rows `first..=last`. */
  covering(first: number, last: number): number[] {
    const from = Math.floor(Math.max(0, first) / this.size);
    const to = Math.floor(Math.max(0, last) / this.size);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }
}
