import type { Backend, CallDetail, CodeGiven, ErrorView, NoteView, OutcomeCode } from '../backend/backend';
import { asError } from '../lib/errors';

/** What is shown before the ledger has said it. */
interface Hoped {
  notes?: NoteView[];
  tags?: string[];
  code?: OutcomeCode | null;
}

/**
 * What people put to one call. A change is seen at once; if the ledger refuses it, what was there before comes back
 * with the reason.
 */
export class CallRemarks {
  error = $state.raw<ErrorView | null>(null);

  readonly #backend: Backend;
  readonly #id: string;
  readonly #detail: () => CallDetail;
  /** Asks for the call anew and ends when the answer is in `detail`. */
  readonly #reload: () => Promise<void>;
  #hoped = $state.raw<Hoped>({});
  #changes = 0;
  /** One after the other, so that the last word is the last that is written. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(backend: Backend, id: string, detail: () => CallDetail, reload: () => Promise<void>) {
    this.#backend = backend;
    this.#id = id;
    this.#detail = detail;
    this.#reload = reload;
  }

  get notes(): NoteView[] {
    return this.#hoped.notes ?? this.#detail().notes;
  }

  get tags(): string[] {
    return this.#hoped.tags ?? this.#detail().call.tags;
  }

  get code(): OutcomeCode | null {
    return this.#hoped.code === undefined ? this.#detail().call.outcome_code : this.#hoped.code;
  }

  /** Everything that was said of the code, newest first; not known while another one is on its way to the ledger. */
  get codesGiven(): CodeGiven[] {
    return this.#hoped.code === undefined ? this.#detail().codes_given : [];
  }

  addNote(text: string): Promise<boolean> {
    const note = { id: 0, text, author: '', written_at: '', changed_at: null };
    return this.#change({ notes: [...this.notes, note] }, () => this.#backend.addNote(this.#id, text));
  }

  changeNote(id: number, text: string): Promise<boolean> {
    const notes = this.notes.map((note) => (note.id === id ? { ...note, text } : note));
    return this.#change({ notes }, () => this.#backend.changeNote(id, text));
  }

  deleteNote(id: number): Promise<boolean> {
    const notes = this.notes.filter((note) => note.id !== id);
    return this.#change({ notes }, () => this.#backend.deleteNote(id));
  }

  /** Takes `deleteNote` back. */
  restoreNote(id: number): Promise<boolean> {
    return this.#change({}, () => this.#backend.restoreNote(id));
  }

  addTag(text: string): Promise<boolean> {
    const tag = text.trim();
    if (tag === '' || this.tags.includes(tag)) return Promise.resolve(true);
    return this.#setTags([...this.tags, tag]);
  }

  removeTag(tag: string): Promise<boolean> {
    return this.#setTags(this.tags.filter((other) => other !== tag));
  }

  setCode(code: OutcomeCode | null): Promise<boolean> {
    // What the exchange said is not known here; until the ledger says it, none is shown.
    return this.#change({ code }, () => this.#backend.setOutcomeCode(this.#id, code?.code ?? null));
  }

  close(reason: string): Promise<boolean> {
    return this.#change({}, () => this.#backend.closeCall(this.#id, reason));
  }

  /** Takes `close` back. */
  reopen(): Promise<boolean> {
    return this.#change({}, () => this.#backend.reopenCall(this.#id));
  }

  #setTags(tags: string[]): Promise<boolean> {
    return this.#change({ tags }, () => this.#backend.setTags(this.#id, tags));
  }

  /** Says whether it was done. */
  async #change(hoped: Hoped, work: () => Promise<unknown>): Promise<boolean> {
    this.#changes += 1;
    const change = this.#changes;
    this.error = null;
    this.#hoped = { ...this.#hoped, ...hoped };
    const done = this.#queue.then(async () => {
      try {
        await work();
        return true;
      } catch (reason) {
        this.error = asError(reason);
        return false;
      }
    });
    this.#queue = done;
    const well = await done;
    await this.#reload();
    // A later change is still hoped for; its end clears all.
    if (change === this.#changes) this.#hoped = {};
    return well;
  }
}
