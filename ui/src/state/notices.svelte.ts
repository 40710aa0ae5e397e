import { asError } from '../lib/errors';

export interface Notice {
  id: number;
  kind: 'done' | 'error';
  text: string;
  hint: string | null;
  /** What a program said that failed. */
  detail?: string;
  action: { label: string; run: () => void } | null;
}

/** Short words at the foot of the window. They stay until they are closed: nobody has to read against a clock. */
export class Notices {
  list = $state.raw<Notice[]>([]);
  #next = 1;

  done(text: string, action: Notice['action'] = null): void {
    this.#add({ kind: 'done', text, hint: null, action });
  }

  failed(reason: unknown): void {
    const { message, hint, detail } = asError(reason);
    this.#add({ kind: 'error', text: message, hint, detail, action: null });
  }

  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  #add(notice: Omit<Notice, 'id'>): void {
    // The same words twice help nobody; more than three hide the page.
    const others = this.list.filter((known) => known.text !== notice.text);
    this.list = [...others, { ...notice, id: this.#next++ }].slice(-3);
  }
}
