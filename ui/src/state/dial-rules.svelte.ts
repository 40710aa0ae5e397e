import type { Backend, Choice, DialRules, ErrorView, RulesPreview } from '../backend/backend';
import { asError } from '../lib/errors';
import { Live } from './live.svelte';

/** Milliseconds after the last change before the ledger is asked what would change. */
export const RULES_PAUSE_MS = 400;

/** The dial rules of one exchange as they are kept, and as somebody is changing them. */
export class DialRulesDraft {
  kept = $state.raw<DialRules>({} as DialRules);
  draft = $state.raw<DialRules>({} as DialRules);
  saving = $state(false);
  error = $state.raw<ErrorView | null>(null);
  /** What the draft would change. */
  readonly preview = new Live<RulesPreview>();

  dirty = $derived(JSON.stringify(this.kept) !== JSON.stringify(this.draft));

  readonly #backend: Backend;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, rules: DialRules) {
    this.#backend = backend;
    this.kept = rules;
    this.draft = rules;
  }

  change(change: Partial<DialRules>): void {
    this.draft = { ...this.draft, ...change };
    this.error = null;
    clearTimeout(this.#timer);
    if (this.dirty) {
      this.preview.loading = true;
      this.#timer = setTimeout(() => this.ask(), RULES_PAUSE_MS);
    } else {
      this.preview.clear();
    }
  }

  /** Back to the rules that are kept. */
  revert(): void {
    this.change(this.kept);
  }

  ask(): void {
    const rules = this.draft;
    void this.preview.ask(() => this.#backend.previewRules(rules));
  }

  /** `false` if the rules were refused; then `error` says why and the draft stays. */
  async save(): Promise<boolean> {
    const rules = this.draft;
    this.saving = true;
    this.error = null;
    try {
      await this.#backend.saveRules(rules);
      this.kept = rules;
      this.stop();
      this.preview.clear();
      return true;
    } catch (reason) {
      this.error = asError(reason);
      return false;
    } finally {
      this.saving = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** The rules of all exchanges. A draft outlives its screen, so that nothing typed is lost by a look elsewhere. */
export class DialRulesDesk {
  drafts = $state.raw<DialRulesDraft[] | null>(null);
  countries = $state.raw<Choice[]>([]);
  error = $state.raw<ErrorView | null>(null);

  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    try {
      const [rules, countries] = await Promise.all([this.#backend.dialRules(), this.#backend.countries()]);
      this.countries = countries;
      this.drafts = rules.map((kept) => {
        const changed = this.drafts?.find((draft) => draft.kept.exchange === kept.exchange && draft.dirty);
        return changed ?? new DialRulesDraft(this.#backend, kept);
      });
      this.error = null;
    } catch (reason) {
      this.error = asError(reason);
    }
  }

  stop(): void {
    this.drafts?.forEach((draft) => draft.stop());
  }
}
