import type { Backend, ImportFile, ImportOptions, ImportPreview } from '../backend/backend';
import { changed, NO_OPTIONS, withAnswer, withMeaning } from '../lib/import-options';
import { Live } from './live.svelte';

/** Milliseconds after the last change before the file is read anew. */
export const PREVIEW_PAUSE_MS = 250;

/** A file that somebody looks at before it is imported. */
export class ImportDraft {
  readonly path: string;
  /** Its own name, as long as the backend has not said it. */
  readonly name: string;
  /** What is shown stays, dimmed, until the answer to the last change is here. */
  readonly live = new Live<ImportPreview>();
  options = $state.raw<ImportOptions>(NO_OPTIONS);

  preview = $derived(this.live.value);
  /** Questions that only a person can answer, and nobody has yet. */
  open = $derived(this.preview?.questions.filter((question) => !question.answered) ?? []);
  /** None of the rows looked at can be read: nothing would come of it. */
  unreadable = $derived.by(() => {
    const rows = this.preview?.rows ?? [];
    return rows.some((row) => row.verdict === 'rejected') && !rows.some((row) => row.verdict === 'read');
  });
  #pausing = $state(false);
  waiting = $derived(this.#pausing || this.live.loading);
  ready = $derived(
    this.preview !== null &&
      this.live.error === null &&
      !this.waiting &&
      !this.unreadable &&
      this.open.length === 0,
  );

  readonly #backend: Backend;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, path: string) {
    this.#backend = backend;
    this.path = path;
    this.name = path.split(/[/\\]/).at(-1) ?? path;
    this.ask();
  }

  get file(): ImportFile {
    return { path: this.path, options: this.options };
  }

  change(change: Partial<ImportOptions>): void {
    this.replace(changed(this.options, change));
  }

  setMeaning(column: number, meaning: string): void {
    this.replace(withMeaning(this.options, column, meaning));
  }

  answer(question: string, value: string): void {
    this.replace(withAnswer(this.options, question, value));
  }

  replace(options: ImportOptions): void {
    this.options = options;
    this.#pausing = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(), PREVIEW_PAUSE_MS);
  }

  /** Reads the beginning of the file anew. */
  ask(): void {
    clearTimeout(this.#timer);
    this.#pausing = false;
    const file = this.file;
    void this.live.ask(() => this.#backend.previewImport(file));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.live.stop();
  }
}

/** The files on the desk: chosen or dropped, looked at one by one, imported together. */
export class ImportDesk {
  drafts = $state.raw<ImportDraft[]>([]);
  /** The one looked at. */
  current = $state.raw<ImportDraft | null>(null);
  /** The folder about to be watched. */
  folder = $state.raw<string | null>(null);
  starting = $state(false);

  /** Files of which something must be said before all can be imported. */
  unready = $derived(this.drafts.filter((draft) => !draft.ready));

  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async choose(): Promise<void> {
    this.add(await this.#backend.chooseImportFiles());
  }

  async chooseFolder(): Promise<void> {
    this.folder = (await this.#backend.chooseImportFolder()) ?? this.folder;
  }

  add(paths: string[]): void {
    const fresh = paths.filter((path) => !this.drafts.some((draft) => draft.path === path));
    const added = [...new Set(fresh)].map((path) => new ImportDraft(this.#backend, path));
    this.drafts = [...this.drafts, ...added];
    this.current = added[0] ?? this.drafts.find((draft) => paths.includes(draft.path)) ?? this.current;
  }

  remove(draft: ImportDraft): void {
    const at = this.drafts.indexOf(draft);
    draft.stop();
    this.drafts = this.drafts.filter((other) => other !== draft);
    if (this.current === draft) this.current = this.drafts[at] ?? this.drafts.at(-1) ?? null;
  }

  clear(): void {
    this.stop();
    this.drafts = [];
    this.current = null;
  }

  /** Other files that look like this one: read the same way, with the same columns. */
  like(draft: ImportDraft): ImportDraft[] {
    const shape = shapeOf(draft.preview);
    return shape === null
      ? []
      : this.drafts.filter((other) => other !== draft && shapeOf(other.preview) === shape);
  }

  /** Reads all files like this one as this one is read. */
  useForAll(draft: ImportDraft): void {
    for (const other of this.like(draft)) other.replace({ ...draft.options, sheet: other.options.sheet });
  }

  async start(): Promise<void> {
    if (this.starting || this.drafts.length === 0 || this.unready.length > 0) return;
    this.starting = true;
    // Files may be dropped meanwhile: those stay on the desk.
    const started = this.drafts;
    try {
      await this.#backend.startImport(started.map((draft) => draft.file));
      started.forEach((draft) => this.remove(draft));
    } finally {
      this.starting = false;
    }
  }

  stop(): void {
    this.drafts.forEach((draft) => draft.stop());
  }
}

function shapeOf(preview: ImportPreview | null): string | null {
  return preview && JSON.stringify([preview.format, preview.columns.map((column) => column.title)]);
}
