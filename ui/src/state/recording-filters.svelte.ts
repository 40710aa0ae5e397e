import type { Backend, ErrorView, PassPhraseView, RecordingFilterView } from '../backend/backend';
import { asError } from '../lib/errors';

export type FilterProblem = 'no-label' | 'no-program' | 'no-endings' | 'no-file' | 'file-twice' | 'limits';

/** A filter while it is being changed; its lists as they are typed. */
export interface FilterRow extends Omit<
  RecordingFilterView,
  'arguments' | 'endings' | 'seconds' | 'seconds_per_megabyte' | 'most_megabytes'
> {
  key: number;
  /** One argument a line: nothing is cut at spaces, because no shell reads it. */
  arguments: string;
  endings: string;
  seconds: string;
  seconds_per_megabyte: string;
  most_megabytes: string;
}

/** The argument that stands for the path of the recording. */
export const FILE_ARGUMENT = '{file}';

/** What a program is given on its standard input. */
export const GIVEN = ['nothing', 'file', 'pass-phrase'] as const;
export type Given = (typeof GIVEN)[number];

export const givenOf = (given: string): Given => GIVEN.find((known) => known === given) ?? 'nothing';

/** What must be mended before the filters can be kept. The program checks the same, and more. */
export function filterProblem(row: FilterRow): FilterProblem | null {
  if (row.label.trim() === '') return 'no-label';
  if (endingsOf(row.endings).length === 0) return 'no-endings';
  if (row.program !== null) {
    if (row.program.trim() === '') return 'no-program';
    const names = linesOf(row.arguments).includes(FILE_ARGUMENT);
    if (!names && row.given !== 'file') return 'no-file';
    if (names && row.given === 'file') return 'file-twice';
  }
  const limits =
    whole(row.seconds, 1, 86_400) !== null &&
    whole(row.seconds_per_megabyte, 0, 3600) !== null &&
    whole(row.most_megabytes, 1, 4096) !== null;
  return limits ? null : 'limits';
}

/** The filters as they are kept, and as somebody is changing them. They outlive their screen. */
export class RecordingFilterDesk {
  rows = $state.raw<FilterRow[] | null>(null);
  passPhrases = $state.raw<PassPhraseView[]>([]);
  error = $state.raw<ErrorView | null>(null);
  saving = $state(false);

  #kept = $state.raw<RecordingFilterView[]>([]);

  problems = $derived(
    new Map(
      (this.rows ?? []).flatMap((row) => {
        const problem = filterProblem(row);
        return problem === null ? [] : [[row.key, problem] as const];
      }),
    ),
  );
  dirty = $derived(this.rows !== null && JSON.stringify(this.rows.map(plain)) !== JSON.stringify(this.#kept));

  #next = 1;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    try {
      // What is being changed is not overwritten; whether pass phrases are kept may be other.
      const filters = this.dirty ? null : await this.#backend.recordingFilters();
      this.passPhrases = await this.#backend.passPhrases();
      if (filters !== null) this.#take(filters);
      this.error = null;
    } catch (reason) {
      this.error = asError(reason);
    }
  }

  passPhraseOf(filter: string): PassPhraseView | null {
    return this.passPhrases.find((known) => known.filter === filter) ?? null;
  }

  change(key: number, change: Partial<FilterRow>): void {
    this.rows = (this.rows ?? []).map((row) => (row.key === key ? { ...row, ...change } : row));
    this.error = null;
  }

  /** A filter of the site's own, asked before the others. */
  add(label: string): number {
    const rows = this.rows ?? [];
    let number = 1;
    while (rows.some(({ id }) => id === `own-${number}`)) number += 1;
    const key = this.#next++;
    const own: FilterRow = {
      key,
      id: `own-${number}`,
      label,
      program: '',
      arguments: FILE_ARGUMENT,
      given: 'nothing',
      endings: '',
      notices_tampering: false,
      seconds: '30',
      seconds_per_megabyte: '2',
      most_megabytes: '1024',
      ready_made: false,
    };
    this.rows = [own, ...rows];
    return key;
  }

  remove(key: number): void {
    this.rows = (this.rows ?? []).filter((row) => row.key !== key);
  }

  /** Puts a filter one place up or down; `false` at the end of the list. */
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
    this.#take(this.#kept);
  }

  /** `false` if the filters were refused; then `error` says why and what was typed stays. */
  async save(): Promise<boolean> {
    if (this.rows === null || this.problems.size > 0) return false;
    this.saving = true;
    try {
      this.#take(await this.#backend.saveRecordingFilters(this.rows.map(plain)));
      this.passPhrases = await this.#backend.passPhrases();
      return true;
    } catch (reason) {
      this.error = asError(reason);
      return false;
    } finally {
      this.saving = false;
    }
  }

  #take(filters: RecordingFilterView[]): void {
    this.#kept = filters;
    this.rows = filters.map((filter) => ({
      ...filter,
      key: this.#next++,
      arguments: filter.arguments.join('\n'),
      endings: filter.endings.join(', '),
      seconds: String(filter.seconds),
      seconds_per_megabyte: String(filter.seconds_per_megabyte),
      most_megabytes: String(filter.most_megabytes),
    }));
    this.error = null;
  }
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

const endingsOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((ending) => ending.replace(/^\./, '').toLowerCase())
    .filter((ending) => ending !== '');

function whole(text: string, least: number, most: number): number | null {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : null;
  return value !== null && value >= least && value <= most ? value : null;
}

function plain(row: FilterRow): RecordingFilterView {
  const { id, program, given, notices_tampering, ready_made } = row;
  return {
    id,
    label: row.label.trim(),
    program: program === null ? null : program.trim(),
    arguments: linesOf(row.arguments),
    given,
    endings: endingsOf(row.endings),
    notices_tampering,
    seconds: whole(row.seconds, 0, 99_999) ?? 0,
    seconds_per_megabyte: whole(row.seconds_per_megabyte, 0, 99_999) ?? 0,
    most_megabytes: whole(row.most_megabytes, 0, 99_999) ?? 0,
    ready_made,
  };
}
