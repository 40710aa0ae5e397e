// Importing as the pretend program does it: it reads the files of tables.ts as the options say, works through jobs
// when its clock is moved on, and remembers what it took in.

import type {
  BatchView,
  CallRow,
  CorrectedRow,
  DeletedRecordings,
  EncryptedRecordings,
  ErrorView,
  ImportFile,
  ImportOptions,
  ImportPreview,
  ImportSummary,
  JobView,
  MappingView,
  RejectedRow,
  RejectedRows,
  ScannedView,
  WatchedFolder,
  WrittenRecordings,
} from '../backend';
import { NO_OPTIONS } from '../../lib/import-options';
import { callsUpTo } from './office';
import { ENCODINGS, FILE_FORMATS, MEANINGS, PRETEND_FILES, type PretendFile } from './tables';

/** Where the pretend person keeps exports. */
export const EXPORTS = '/home/anna/Exports/';

/** Seconds that a pretend job takes. */
const JOB_SECONDS = 8;

/** What importing does to the office. */
interface Office {
  /** Something changed; `calls` if calls did. */
  tell(calls: boolean): void;
  take(batch: number, calls: CallRow[]): void;
  drop(batch: number): void;
}

/** What a job does, and for how long it has. */
interface Work {
  file?: ImportFile;
  batch?: number;
  rows?: number;
  scanned?: ScannedView;
  encrypted?: EncryptedRecordings;
  deleted?: DeletedRecordings;
  written?: WrittenRecordings;
  seconds: number;
}

export class PretendImports {
  jobs: JobView[] = [];
  batches: BatchView[];
  mappings: MappingView[];
  folders: WatchedFolder[];
  readonly rejected = new Map<number, RejectedRow[]>();

  readonly #office: Office;
  readonly #work = new Map<number, Work>();

  constructor(past: boolean, failingFolder: boolean, office: Office) {
    this.#office = office;
    this.batches = past ? pastBatches() : [];
    this.mappings = past ? pastMappings() : [];
    this.folders = past ? pastFolders(failingFolder) : [];
    for (const batch of this.batches) {
      if (batch.summary.rejected > 0) this.rejected.set(batch.id, rejectedOf(batch.summary.rejected));
    }
  }

  preview({ path, options }: ImportFile): ImportPreview {
    const file = fileAt(path);
    if (file.failure) throw file.failure;
    return previewOf(file, path, options);
  }

  start(files: ImportFile[]): void {
    for (const file of files) {
      const waiting = this.jobs.some((job) => job.phase === 'reading' || job.phase === 'waiting');
      const id = this.#add('import', fileAt(file.path).name, waiting ? 'waiting' : 'reading');
      this.#work.set(id, { file, seconds: 0 });
    }
    this.#office.tell(false);
  }

  undo(batch: number): void {
    const found = this.#batch(batch);
    this.#change(batch, { state: 'undoing' });
    this.#work.set(this.#add('undo', found.file, 'undoing'), { batch, seconds: JOB_SECONDS / 2 });
    this.#office.tell(false);
  }

  renumber(): void {
    this.#work.set(this.#add('renumber', null, 'indexing'), { seconds: 0 });
    this.#office.tell(false);
  }

  /** Writes calls to a file. */
  exportTo(file: string, rows: number): void {
    this.#work.set(this.#add('export', file, 'reading'), { rows, seconds: 0 });
    this.#office.tell(false);
  }

  /** Looks through folders of recordings. */
  scan(folder: string, rows: number, scanned: ScannedView): void {
    this.#work.set(this.#add('scan', folder, 'reading'), { rows, scanned, seconds: 0 });
    this.#office.tell(false);
  }

  /** Encrypts recordings. */
  encrypt(folder: string, rows: number): void {
    const encrypted = { files: rows, bytes: rows * 512_000, failed: [] };
    this.#work.set(this.#add('encrypt', folder, 'reading'), { rows, encrypted, seconds: 0 });
    this.#office.tell(false);
  }

  /** Deletes recordings by the rules of their folders. */
  retire(deleted: DeletedRecordings): void {
    this.#work.set(this.#add('retention', null, 'reading'), { rows: deleted.files, deleted, seconds: 0 });
    this.#office.tell(false);
  }

  /** Writes recordings into an archive. */
  pack(file: string, written: WrittenRecordings): number {
    const id = this.#add('archive', file, 'reading');
    this.#work.set(id, { rows: written.files + written.failed.length, written, seconds: 0 });
    this.#office.tell(false);
    return id;
  }

  cancel(id: number): void {
    this.#work.delete(id);
    this.#changeJob(id, { phase: 'cancelled', can_cancel: false, seconds_left: null });
    this.#next();
    this.#office.tell(false);
  }

  dismiss(id: number): void {
    this.jobs = this.jobs.filter((job) => job.id !== id);
    this.#office.tell(false);
  }

  /** A job that goes wrong. */
  fail(error: ErrorView): void {
    const job = this.jobs.find((known) => known.phase === 'reading');
    if (!job) return;
    this.#work.delete(job.id);
    this.#changeJob(job.id, { phase: 'failed', error, can_cancel: false });
    this.#office.tell(false);
  }

  /** A second goes by. */
  tick(): void {
    const job = this.jobs.find((known) => ['reading', 'indexing', 'undoing'].includes(known.phase));
    const work = job && this.#work.get(job.id);
    if (!job || !work) return;
    work.seconds += 1;
    const share = Math.min(1, work.seconds / JOB_SECONDS);
    const lines = work.rows ?? (work.file ? fileAt(work.file.path).lines : 24_816);
    if (share === 1) {
      this.#finish(job, work);
    } else {
      this.#changeJob(job.id, {
        phase: job.phase === 'reading' && share > 0.8 ? 'indexing' : job.phase,
        share,
        rows: Math.round(lines * share),
        rows_per_second: Math.round(lines / JOB_SECONDS),
        seconds_left: JOB_SECONDS - work.seconds,
      });
    }
    this.#office.tell(share === 1);
  }

  rows(batch: number, offset: number, limit: number): RejectedRows {
    const rows = this.rejected.get(batch) ?? [];
    return { rows: rows.slice(offset, offset + limit), total: rows.length, offset, can_correct: true };
  }

  correct(batch: number, corrected: CorrectedRow[]): ImportSummary {
    const { file, summary } = this.#batch(batch);
    // What still has no time in it stays as it was.
    const read = corrected.filter(({ text }) => /\d\d:\d\d:\d\d/.test(text));
    const lines = new Set(read.map(({ line }) => line));
    const rows = this.rejected.get(batch) ?? [];
    this.rejected.set(
      batch,
      rows.map((row) => (lines.has(row.line) ? { ...row, corrected: true } : row)),
    );
    const made = {
      ...summary,
      batch: this.#nextBatch(),
      lines: corrected.length,
      inserted: read.length,
      known: 0,
      ignored: 0,
      rejected: corrected.length - read.length,
      updated: 0,
      known_from_lines: 0,
      calls: read.length,
    };
    this.#keep({ ...batchOf(made, file), corrects: batch });
    this.#office.tell(true);
    return made;
  }

  keep(name: string, { path, options }: ImportFile): MappingView {
    const file = fileAt(path);
    const kept = { name, format_name: formatName(options.format ?? file.format), options };
    this.mappings = [...this.mappings.filter((known) => known.name !== name), kept];
    this.#office.tell(false);
    return kept;
  }

  forget(name: string): void {
    this.mappings = this.mappings.filter((known) => known.name !== name);
    this.#office.tell(false);
  }

  watch(path: string, options: ImportOptions): WatchedFolder {
    const id = Math.max(0, ...this.folders.map((folder) => folder.id)) + 1;
    const folder = { id, path, options, paused: false, last_file: null, last_at: null, error: null };
    this.folders = [...this.folders, folder];
    this.#office.tell(false);
    return folder;
  }

  pause(id: number, paused: boolean): WatchedFolder {
    this.folders = this.folders.map((folder) => (folder.id === id ? { ...folder, paused } : folder));
    this.#office.tell(false);
    const folder = this.folders.find((known) => known.id === id);
    if (!folder) throw gone('folder-not-found', 'This folder is not watched any more.');
    return folder;
  }

  unwatch(id: number): void {
    this.folders = this.folders.filter((folder) => folder.id !== id);
    this.#office.tell(false);
  }

  #add(kind: string, file: string | null, phase: JobView['phase']): number {
    const id = Math.max(0, ...this.jobs.map((job) => job.id)) + 1;
    this.jobs = [
      ...this.jobs,
      {
        id,
        kind,
        file,
        phase,
        rows: 0,
        rows_per_second: 0,
        share: 0,
        seconds_left: null,
        can_cancel: ['import', 'export', 'scan', 'encrypt', 'retention', 'archive'].includes(kind),
        summary: null,
        scanned: null,
        error: null,
      },
    ];
    return id;
  }

  #finish(job: JobView, work: Work): void {
    this.#work.delete(job.id);
    let summary: ImportSummary | null = null;
    if (work.file) {
      const file = fileAt(work.file.path);
      summary = summaryOf(file, this.#nextBatch());
      this.#keep(batchOf(summary, file.name));
      if (file.rejected > 0) this.rejected.set(summary.batch, rejectedOf(file.rejected));
      if (file.calls > 0) this.#office.take(summary.batch, callsUpTo('2026-10-31', 31));
    }
    if (work.batch !== undefined) {
      summary = this.#batch(work.batch).summary;
      this.#office.drop(work.batch);
      this.#change(work.batch, { state: 'undone', undone_at: '2026-11-20T11:43:10+00:00' });
    }
    const scanned = work.scanned ?? null;
    this.#changeJob(job.id, {
      phase: 'done',
      share: 1,
      seconds_left: null,
      can_cancel: false,
      summary,
      scanned,
      ...(work.encrypted ? { encrypted: work.encrypted } : null),
      ...(work.deleted ? { deleted: work.deleted } : null),
      ...(work.written ? { written: work.written } : null),
    });
    this.#next();
  }

  #next(): void {
    const waiting = this.jobs.find((job) => job.phase === 'waiting');
    if (waiting) this.#changeJob(waiting.id, { phase: 'reading' });
  }

  #changeJob(id: number, change: Partial<JobView>): void {
    this.jobs = this.jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
  }

  #change(id: number, change: Partial<BatchView>): void {
    this.batches = this.batches.map((batch) => (batch.id === id ? { ...batch, ...change } : batch));
  }

  #keep(batch: BatchView): void {
    this.batches = [batch, ...this.batches];
  }

  #nextBatch(): number {
    return Math.max(0, ...this.batches.map((batch) => batch.id)) + 1;
  }

  #batch(id: number): BatchView {
    const found = this.batches.find((batch) => batch.id === id);
    if (!found) throw gone('batch-not-found', 'This import is not in the history any more.');
    return found;
  }
}

function gone(code: string, message: string): ErrorView {
  return { code, message, hint: null };
}

function fileAt(path: string): PretendFile {
  const name = path.split('/').at(-1) ?? path;
  const known = PRETEND_FILES.find((file) => file.name === name);
  if (!known) throw gone('file-not-found', `${name} is not there any more.`);
  return known;
}

const formatName = (id: string) => FILE_FORMATS.find((format) => format.id === id)?.name ?? id;

function previewOf(file: PretendFile, path: string, options: ImportOptions): ImportPreview {
  const mapping = options.mapping;
  const answers = mapping
    ? [
        { question: 'date-order', value: 'dmy' },
        { question: 'duration-unit', value: 'seconds' },
      ]
    : options.answers;
  const header = options.header ?? file.header;
  const separator = options.separator ?? file.separator;
  const split = separator === file.separator;
  const body = !header && file.header ? [file.titles, ...file.rows] : file.rows;
  const rows = split ? body : body.map((cells) => [cells.join(file.separator ?? ' ')]);
  const meanings = (split ? file.meanings : ['ignore?']).map((guess, column) => {
    const chosen = options.columns.find((choice) => choice.column === column)?.meaning;
    return {
      meaning: chosen ?? guess.replace('?', ''),
      sure: Boolean(chosen ?? mapping) || !guess.endsWith('?'),
    };
  });
  const format = options.format ?? file.format;
  const recognised = format === file.format && format !== 'table' && split;
  const questions =
    split && format === 'table'
      ? file.questions.map((question) => {
          const answer = answers.find((known) => known.question === question.id);
          return { ...question, value: answer?.value ?? question.value, answered: answer !== undefined };
        })
      : [];
  const reasonOf = (index: number) =>
    !split
      ? 'There is no date in this row.'
      : !header && file.header
        ? index === 0
          ? 'There is no date in this row.'
          : (file.reasons[index - 1] ?? null)
        : (file.reasons[index] ?? null);
  const shown = rows.slice(0, 50).map((cells, index) => {
    const reason = reasonOf(index);
    return {
      line: index + (header ? 2 : 1),
      cells: reason?.startsWith('The date') ? ['00/10/2026', ...cells.slice(1)] : cells,
      verdict: reason ? ('rejected' as const) : ('read' as const),
      reason,
    };
  });
  const read = shown.filter((row) => row.verdict === 'read');
  const asDay = answers.find((answer) => answer.question === 'date-order')?.value ?? 'dmy';
  return {
    path,
    file: file.name,
    size_bytes: file.size,
    packed: file.packed,
    sheets: [],
    sheet: null,
    encoding: options.encoding ?? file.encoding,
    encodings: ENCODINGS,
    separator,
    header,
    format,
    format_name: formatName(format),
    recognised,
    formats: FILE_FORMATS,
    mappings: file.mappings,
    mapping,
    columns: meanings.map(({ meaning, sure }, column) => ({
      column,
      title: split && (header || !file.header) ? (file.titles[column] ?? null) : null,
      samples: rows.slice(0, 3).map((cells) => cells[column] ?? ''),
      meaning,
      sure,
    })),
    meanings: MEANINGS,
    rows: shown,
    calls: split
      ? read.map(({ cells }, index) =>
          callOf(
            cells,
            meanings.map(({ meaning }) => meaning),
            index,
            asDay,
          ),
        )
      : [],
    questions,
    zone: options.zone ?? 'Europe/Dublin',
    exchange: options.exchange ?? 1,
    notes: file.notes,
    imported_as: file.importedAs,
  };
}

/** The call a row tells of. */
function callOf(cells: string[], meanings: string[], index: number, order: string): CallRow {
  const cell = (meaning: string) => cells[meanings.indexOf(meaning)] || null;
  const parts = (cell('date') ?? '').split(/[./]/);
  const [day, month] = order === 'mdy' ? [parts[1], parts[0]] : [parts[0], parts[1]];
  const date = parts.length === 3 ? `${parts[2]?.padStart(4, '20')}-${month}-${day}` : '2026-10-01';
  const time = (cell('time') ?? '08:00').padEnd(8, ':00');
  const start = `${cell('start')?.replace(' ', 'T') ?? `${date}T${time}`}+01:00`;
  const talk = Number(cell('talk')?.replaceAll(':', '') ?? 0);
  const inside = cell('extension')?.match(/\d+/)?.[0] ?? null;
  const inbound = ['kommend', '1'].includes(cell('direction') ?? '') || (cell('caller')?.length ?? 0) > 4;
  const other = cell('number') ?? (inbound ? cell('caller') : cell('called'));
  const outside = { number: other, name: null, extension: null, looked_up: false };
  const person = {
    number: null,
    name: null,
    extension: inbound ? inside : (cell('caller') ?? inside),
    looked_up: false,
  };
  return {
    id: `preview-${index}`,
    state: 'over',
    start,
    end: start,
    direction: inbound ? 'inbound' : 'outbound',
    outcome: talk > 0 ? 'answered' : inbound ? 'lost-ringing' : 'cancelled',
    missed: inbound && talk === 0,
    because: '',
    caller: inbound ? outside : person,
    called: inbound ? person : outside,
    answered_by: inbound && talk > 0 ? inside : null,
    did: null,
    trunk: cell('trunk')?.slice(0, 6) ?? null,
    account_code: null,
    queue: null,
    class: null,
    country: null,
    ring_seconds: null,
    billed_seconds: null,
    tags: [],
    outcome_code: null,
    notes: 0,
    recorded: false,
    wait_seconds: null,
    talk_seconds: talk > 0 ? talk : null,
    total_seconds: talk,
    transfers: 0,
    flags: [],
  };
}

function summaryOf(file: PretendFile, batch: number): ImportSummary {
  const inserted = file.lines - file.known - file.ignored - file.rejected;
  return {
    batch,
    file: file.name,
    format: file.format,
    format_name: formatName(file.format),
    lines: file.lines,
    inserted,
    known: file.known,
    ignored: file.ignored,
    rejected: file.rejected,
    updated: Math.min(inserted, 14),
    known_from_lines: Math.min(file.known, 61),
    calls: file.calls,
    first: '2026-10-01',
    last: '2026-10-31',
    seconds: 3.4,
  };
}

function batchOf(summary: ImportSummary, file: string): BatchView {
  return {
    id: summary.batch,
    file,
    place: EXPORTS + file,
    state: 'imported',
    imported_at: '2026-11-20T11:42:40+00:00',
    undone_at: null,
    zone: 'Europe/Dublin',
    mapping: null,
    corrects: null,
    summary,
  };
}

function pastBatches(): BatchView[] {
  const named = (name: string) => fileAt(EXPORTS + name);
  const batches: [string, string, Partial<BatchView>][] = [
    ['smdr-october.txt', '2026-11-19T17:20:04+00:00', {}],
    ['Master-september.csv.gz', '2026-11-02T08:31:40+00:00', {}],
    [
      'Gespraeche.csv',
      '2026-10-30T16:02:11+00:00',
      { mapping: 'Branch office', state: 'undone', undone_at: '2026-10-30T16:05:52+00:00' },
    ],
    ['Master-november.csv', '2026-10-12T09:14:00+01:00', {}],
  ];
  return batches.map(([name, imported_at, change], index) => {
    const file = {
      ...named(name),
      known: name.includes('september') ? 120 : named(name).known,
      calls: named(name).calls || 20_911,
    };
    return { ...batchOf(summaryOf(file, batches.length - index), name), imported_at, ...change };
  });
}

function pastMappings(): MappingView[] {
  return [
    {
      name: 'Branch office',
      format_name: 'Another table',
      options: { ...NO_OPTIONS, zone: 'Europe/Berlin', exchange: 2 },
    },
  ];
}

function pastFolders(failing: boolean): WatchedFolder[] {
  return [
    {
      id: 1,
      path: '/srv/exchange/cdr-csv',
      options: { ...NO_OPTIONS, format: 'asterisk' },
      paused: false,
      last_file: 'Master-2026-11-19.csv',
      last_at: '2026-11-20T02:00:07+00:00',
      error: null,
    },
    {
      id: 2,
      path: '/mnt/branch/Gespraeche',
      options: { ...NO_OPTIONS, mapping: 'Branch office', exchange: 2 },
      paused: !failing,
      last_file: null,
      last_at: null,
      error: failing
        ? {
            code: 'folder-unreachable',
            message: '/mnt/branch/Gespraeche cannot be opened: the other computer does not answer.',
            hint: 'Check that the share is connected. It is tried again every minute.',
          }
        : null,
    },
  ];
}

function rejectedOf(count: number): RejectedRow[] {
  const kinds = [
    ['The time cannot be read.', '02.10.26 10:5?:00  1    11 00:04 00:02:11 01632960147'],
    ['The line is shorter than this format allows (12 of 75 characters).', '02.10.26 10:'],
    ['The extension “1l” is not a number.', '02.10.26 11:20:41  2    1l 00:12 00:00:00 07700900318'],
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const [reason, raw] = kinds[index % kinds.length] ?? kinds[0];
    return { line: 5 + index * 17, reason, raw, corrected: false };
  });
}
