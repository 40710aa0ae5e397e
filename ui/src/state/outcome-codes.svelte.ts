import type { Backend, ErrorView, OutcomeCodeEntry } from '../backend/backend';
import { asError } from '../lib/errors';

export type CodeProblem = 'no-code' | 'no-name' | 'twice';

/** An entry while it is being changed: `key` tells it apart while its code is still being typed. */
export interface CodeRow extends OutcomeCodeEntry {
  key: number;
}

/** What must be mended before the list can be kept, by row. Codes are compared as people read them: without case. */
export function codeProblems(rows: readonly CodeRow[]): Map<number, CodeProblem> {
  const problems = new Map<number, CodeProblem>();
  const spelling = ({ code }: CodeRow) => code.trim().toLocaleUpperCase();
  const seen = new Set<string>();
  for (const row of rows) {
    const code = spelling(row);
    if (code === '') problems.set(row.key, 'no-code');
    else if (seen.has(code)) problems.set(row.key, 'twice');
    else if (row.name.trim() === '') problems.set(row.key, 'no-name');
    seen.add(code);
  }
  return problems;
}

/** The list of outcome codes as it is kept, and as somebody is changing it. It outlives its screen. */
export class OutcomeCodeDesk {
  rows = $state.raw<CodeRow[] | null>(null);
  error = $state.raw<ErrorView | null>(null);
  saving = $state(false);

  /** The list as it is kept, to tell whether anything was changed. */
  #kept = $state('');

  problems = $derived(codeProblems(this.rows ?? []));
  dirty = $derived(this.rows !== null && JSON.stringify(plain(this.rows)) !== this.#kept);

  #next = 1;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    if (this.dirty) return;
    try {
      this.#take(await this.#backend.outcomeCodes());
    } catch (reason) {
      this.error = asError(reason);
    }
  }

  change(key: number, change: Partial<OutcomeCodeEntry>): void {
    this.rows = (this.rows ?? []).map((row) => (row.key === key ? { ...row, ...change } : row));
    this.error = null;
  }

  add(): void {
    const blank = { code: '', name: '', contact: true, success: false, retired: false, calls: 0 };
    this.rows = [...(this.rows ?? []), { ...blank, key: this.#next++ }];
  }

  remove(key: number): void {
    this.rows = (this.rows ?? []).filter((row) => row.key !== key);
  }

  /** Puts a row one place up or down; `false` at the end of the list. */
  move(at: number, by: -1 | 1): boolean {
    const rows = this.rows ?? [];
    const row = rows[at];
    const to = at + by;
    if (!row || to < 0 || to >= rows.length) return false;
    const others = rows.filter((_, index) => index !== at);
    this.rows = [...others.slice(0, to), row, ...others.slice(to)];
    return true;
  }

  revert(): void {
    this.#take(JSON.parse(this.#kept) as OutcomeCodeEntry[]);
  }

  /** `false` if the list was refused; then `error` says why and what was typed stays. */
  async save(): Promise<boolean> {
    if (this.rows === null || this.problems.size > 0) return false;
    this.saving = true;
    try {
      const codes = plain(this.rows).map((row) => ({ ...row, code: row.code.trim(), name: row.name.trim() }));
      this.#take(await this.#backend.saveOutcomeCodes(codes));
      return true;
    } catch (reason) {
      this.error = asError(reason);
      return false;
    } finally {
      this.saving = false;
    }
  }

  #take(codes: OutcomeCodeEntry[]): void {
    this.rows = codes.map((code) => ({ ...code, key: this.#next++ }));
    this.#kept = JSON.stringify(plain(this.rows));
    this.error = null;
  }
}

function plain(rows: readonly CodeRow[]): OutcomeCodeEntry[] {
  return rows.map(({ code, name, contact, success, retired, calls }) => ({
    code,
    name,
    contact,
    success,
    retired,
    calls,
  }));
}
