import type { Backend, Changed, ImportSummary, Metric, Overview } from '../backend/backend';
import { fromMetric, NO_FILTERS, toFilter, type Filters } from '../lib/filters';
import { locale } from '../lib/locale';
import { t } from '../lib/messages';
import { firstWeekday, named, span, step, type Period } from '../lib/period';
import { Choices } from './choices.svelte';
import { Columns } from './columns.svelte';
import { DialRulesDesk } from './dial-rules.svelte';
import { ImportDesk } from './import.svelte';
import { Jobs } from './jobs.svelte';
import { Live } from './live.svelte';
import { Notices } from './notices.svelte';
import { OutcomeCodeDesk } from './outcome-codes.svelte';
import { RecordingFilterDesk } from './recording-filters.svelte';
import { SavedReports } from './saved-reports.svelte';
import { Settings } from './settings.svelte';
import { View } from './view.svelte';
import { Views } from './views.svelte';

type Topic = keyof Changed;

/** What every screen shares: the backend, the place, the frame's answers. Made once, by App.svelte. */
export class AppState {
  readonly backend: Backend;
  readonly view = new View();
  readonly settings = new Settings();
  readonly columns = new Columns();
  readonly notices = new Notices();
  readonly overview = new Live<Overview>();
  readonly weekStart = firstWeekday(locale);

  readonly jobs: Jobs;
  /** Files being looked at before they are imported; they wait while the person is on another screen. */
  readonly desk: ImportDesk;
  readonly dialRules: DialRulesDesk;
  readonly outcomeCodes: OutcomeCodeDesk;
  readonly recordingFilters: RecordingFilterDesk;
  readonly choices: Choices;
  readonly views: Views;
  readonly savedReports: SavedReports;

  /** Something long is under way that must not be started twice. */
  busy = $state<'sample' | 'back-up' | null>(null);

  /** Today in the exchange's time; empty until the backend has said it. */
  today = $derived(this.overview.value?.today ?? '');
  days = $derived(span(this.view.place.period, this.today, this.weekStart));
  filter = $derived(toFilter(this.view.place.filters, this.days));

  readonly #listeners: Record<Topic, Set<() => void>> = {
    calls: new Set(),
    sources: new Set(),
    jobs: new Set(),
    recordings: new Set(),
  };
  readonly #stopListening: () => void;

  constructor(backend: Backend) {
    this.backend = backend;
    this.jobs = new Jobs(backend);
    this.desk = new ImportDesk(backend);
    this.dialRules = new DialRulesDesk(backend);
    this.outcomeCodes = new OutcomeCodeDesk(backend);
    this.recordingFilters = new RecordingFilterDesk(backend);
    this.choices = new Choices(backend);
    this.views = new Views(backend);
    this.savedReports = new SavedReports(backend);
    this.on('jobs', () => this.jobs.live.refresh());
    this.on('calls', () => this.choices.refresh());
    this.#stopListening = backend.onChanged((changed) => {
      this.overview.refresh();
      for (const topic of ['calls', 'sources', 'jobs', 'recordings'] as const) {
        if (changed[topic]) this.#listeners[topic].forEach((listener) => listener());
      }
    });
    void this.overview.ask(() => backend.overview());
    void this.jobs.live.ask(() => backend.listJobs());
  }

  /** Calls `listener` when something of a topic changed; returns how to stop. */
  on(topic: Topic, listener: () => void): () => void {
    this.#listeners[topic].add(listener);
    return () => this.#listeners[topic].delete(listener);
  }

  stop(): void {
    this.#stopListening();
    this.view.stop();
    this.overview.stop();
    this.jobs.live.stop();
    this.desk.stop();
    this.dialRules.stop();
    this.choices.stop();
    this.views.stop();
    this.savedReports.stop();
  }

  /** The place that shows exactly the calls behind a number. */
  behind(metric: Metric) {
    const { from, to } = metric.filter;
    return {
      screen: 'calls' as const,
      period: from && to ? named({ from, to }, this.today, this.weekStart) : this.view.place.period,
      filters: fromMetric(metric.filter, metric.call_ids, metric.kind),
      call: null,
    };
  }

  showPeriod(period: Period): void {
    const filters = this.view.place.filters;
    // A list of single calls belongs to the days it came from.
    this.view.go({
      period,
      allDays: false,
      filters: filters.ids.length > 0 ? { ...filters, ids: [], idsOf: null } : filters,
    });
  }

  /** Adds filters to those in force: a step that the way back undoes. */
  narrow(filters: Partial<Filters>): void {
    const before = this.view.place.filters;
    this.view.go({ screen: 'calls', filters: { ...before, ...filters, ids: [], idsOf: null } });
  }

  /** Puts a few words on the clipboard. */
  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.notices.done(t('calls.copied', { text }));
    } catch {
      this.notices.failed({
        code: 'clipboard',
        message: t('calls.copy-failed'),
        hint: t('calls.copy-failed-hint'),
      });
    }
  }

  /** The period before or after; never one that lies wholly in the future. */
  stepPeriod(by: -1 | 1): void {
    if (by > 0 && this.days.to >= this.today) return;
    this.showPeriod(step(this.view.place.period, by, this.today, this.weekStart));
  }

  async openSample(): Promise<void> {
    const { place } = this.view;
    await this.#long('sample', async () => {
      await this.backend.openSample();
      await this.overview.ask(() => this.backend.overview());
      // The sample is seen before all this has ended; who has gone elsewhere in it stays there.
      if (this.view.place === place)
        this.view.go({ screen: 'today', period: { name: 'today' }, filters: NO_FILTERS, call: null });
    });
  }

  async closeSample(): Promise<void> {
    await this.#long('sample', async () => {
      await this.backend.closeSample();
      await this.overview.ask(() => this.backend.overview());
      this.view.go({
        screen: 'today',
        period: { name: 'today' },
        filters: NO_FILTERS,
        call: null,
        source: null,
      });
    });
  }

  /** The place that shows the calls of an import: the days of its rows. */
  callsOf({ first, last }: ImportSummary) {
    return {
      screen: 'calls' as const,
      period:
        first && last ? named({ from: first, to: last }, this.today, this.weekStart) : this.view.place.period,
      filters: NO_FILTERS,
      call: null,
    };
  }

  /** Lets the person choose files and shows how they will be read. */
  async chooseFiles(): Promise<void> {
    this.view.go({ screen: 'import', batch: null });
    await this.try(() => this.desk.choose());
  }

  /** Runs something that may fail, and says so if it does. */
  async try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (reason) {
      this.notices.failed(reason);
      return false;
    }
  }

  async backUp(saved: (path: string) => string): Promise<void> {
    await this.#long('back-up', async () => {
      const path = await this.backend.backUp();
      if (path !== null) this.notices.done(saved(path));
    });
  }

  async #long(what: NonNullable<AppState['busy']>, work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    await this.try(work);
    this.busy = null;
  }
}
