// What the pretend office puts to its calls: notes, tags, outcome codes, and calls closed by hand.

import type {
  CallDetail,
  CallRow,
  CodeGiven,
  ErrorView,
  NoteView,
  OutcomeCode,
  OutcomeCodeEntry,
  TagView,
} from '../backend';
import { at, NOW_SECONDS, TODAY } from './office';

const AUTHOR = 'anna';
const NOW = at(TODAY, NOW_SECONDS);

export const OUTCOME_CODES: OutcomeCodeEntry[] = [
  { code: '10', name: 'Order placed', contact: true, success: true, retired: false, calls: 0 },
  { code: '20', name: 'Quote asked for', contact: true, success: false, retired: false, calls: 0 },
  { code: '30', name: 'Complaint', contact: true, success: false, retired: false, calls: 0 },
  { code: '90', name: 'Wrong number', contact: false, success: false, retired: false, calls: 0 },
  { code: '95', name: 'Fair of 2025', contact: true, success: false, retired: true, calls: 0 },
];

/** What stands at a call from the beginning. */
export interface Remarks {
  notes: string[];
  tags: string[];
  code: string | null;
  /** The code came with the lines of the exchange. */
  byExchange: boolean;
}

/** How the office keeps its calls. */
interface Office {
  change(call: string, changes: Partial<CallRow>): CallRow;
  calls(): readonly CallRow[];
}

export class PretendRemarks {
  codes = OUTCOME_CODES;

  #next = 1;
  readonly #notes = new Map<string, NoteView[]>();
  readonly #deleted = new Map<number, { call: string; note: NoteView }>();
  readonly #ofExchange = new Map<string, OutcomeCode>();
  /** Newest first. */
  readonly #codesGiven = new Map<string, CodeGiven[]>();
  readonly #closed = new Map<string, { reason: string; before: CallRow }>();
  readonly #office: Office;

  constructor(office: Office) {
    this.#office = office;
  }

  /** Puts remarks to a call before anybody looks. */
  begin(call: string, { notes, tags, code, byExchange }: Remarks): void {
    for (const text of notes) this.addNote(call, text);
    this.setTags(call, tags);
    const known = code === null ? null : this.#named(code);
    if (byExchange && known) this.#ofExchange.set(call, known);
    if (known) this.#say(call, known, byExchange ? null : AUTHOR);
    this.#office.change(call, { outcome_code: known });
  }

  /** The detail of a call with what was put to it. */
  told(detail: CallDetail): CallDetail {
    const { id } = detail.call;
    const closed = this.#closed.get(id);
    return {
      ...detail,
      notes: this.#notes.get(id) ?? [],
      codes_given: this.#codesGiven.get(id) ?? [],
      closed: closed ? { reason: closed.reason, author: AUTHOR, closed_at: NOW } : null,
      closable: detail.call.flags.includes('no-closing-record') && !closed,
    };
  }

  addNote(call: string, text: string): NoteView {
    const note = { id: this.#next++, text, author: AUTHOR, written_at: NOW, changed_at: null };
    this.#put(call, [...(this.#notes.get(call) ?? []), note]);
    return note;
  }

  changeNote(id: number, text: string): NoteView {
    const { call, notes } = this.#holding(id);
    const changed = notes.map((note) => (note.id === id ? { ...note, text, changed_at: NOW } : note));
    this.#put(call, changed);
    return changed.find((note) => note.id === id) as NoteView;
  }

  deleteNote(id: number): void {
    const { call, notes } = this.#holding(id);
    this.#deleted.set(id, { call, note: notes.find((note) => note.id === id) as NoteView });
    this.#put(
      call,
      notes.filter((note) => note.id !== id),
    );
  }

  restoreNote(id: number): NoteView {
    const back = this.#deleted.get(id);
    if (!back) throw gone('note-not-found', 'This note cannot be brought back.');
    this.#deleted.delete(id);
    const notes = [...(this.#notes.get(back.call) ?? []), back.note].sort((a, b) => a.id - b.id);
    this.#put(back.call, notes);
    return back.note;
  }

  tags(): TagView[] {
    const counts = new Map<string, number>();
    for (const tag of this.#office.calls().flatMap((call) => call.tags)) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    return [...counts].map(([tag, calls]) => ({ tag, calls })).sort((a, b) => b.calls - a.calls);
  }

  setTags(call: string, tags: string[]): void {
    this.#office.change(call, { tags });
  }

  setCode(call: string, code: string | null): void {
    const named = code === null ? null : this.#named(code);
    this.#say(call, named, AUTHOR);
    this.#office.change(call, { outcome_code: named ?? this.#ofExchange.get(call) ?? null });
  }

  #say(call: string, code: OutcomeCode | null, author: string | null): void {
    const before = this.#codesGiven.get(call) ?? [];
    const holds = (given: CodeGiven) => code === null && given.author === null;
    const said = { code, holds: code !== null, author, given_at: NOW };
    this.#codesGiven.set(call, [said, ...before.map((given) => ({ ...given, holds: holds(given) }))]);
  }

  close(call: string, reason: string): void {
    const before = this.#office.change(call, {});
    this.#closed.set(call, { reason, before });
    this.#office.change(call, { state: 'over', because: `Closed by hand: ${reason}` });
  }

  reopen(call: string): void {
    const closed = this.#closed.get(call);
    if (!closed) throw gone('call-not-closed', 'This call was not closed by hand.');
    this.#closed.delete(call);
    this.#office.change(call, closed.before);
  }

  #named(code: string): OutcomeCode {
    return { code, name: this.codes.find((known) => known.code === code)?.name ?? code };
  }

  #put(call: string, notes: NoteView[]): void {
    this.#notes.set(call, notes);
    this.#office.change(call, { notes: notes.length });
  }

  #holding(id: number): { call: string; notes: NoteView[] } {
    for (const [call, notes] of this.#notes) {
      if (notes.some((note) => note.id === id)) return { call, notes };
    }
    throw gone('note-not-found', 'This note is not there any more.');
  }
}

function gone(code: string, message: string): ErrorView {
  return { code, message, hint: null };
}
