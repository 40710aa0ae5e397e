import type { Backend, Changed, Metric, Overview, ReadFileSummary } from '../backend/backend';
import { fromMetric, NO_FILTERS, toFilter } from '../lib/filters';
import { locale } from '../lib/locale';
import { firstWeekday, named, span, step, type Period } from '../lib/period';
import { Columns } from './columns.svelte';
import { Live } from './live.svelte';
import { Notices } from './notices.svelte';
import { Settings } from './settings.svelte';
import { View } from './view.svelte';

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

  /** What came of the file read last, until the person has seen it. */
  readSummary = $state.raw<ReadFileSummary | null>(null);
  /** Something long is under way that must not be started twice. */
  busy = $state<'file' | 'sample' | 'back-up' | null>(null);

  /** Today in the exchange's time; empty until the backend has said it. */
  today = $derived(this.overview.value?.today ?? '');
  days = $derived(span(this.view.place.period, this.today, this.weekStart));
  filter = $derived(toFilter(this.view.place.filters, this.days));

  readonly #listeners: Record<Topic, Set<() => void>> = { calls: new Set(), sources: new Set() };
  readonly #stopListening: () => void;

  constructor(backend: Backend) {
    this.backend = backend;
    this.#stopListening = backend.onChanged((changed) => {
      this.overview.refresh();
      for (const topic of ['calls', 'sources'] as const) {
        if (changed[topic]) this.#listeners[topic].forEach((listener) => listener());
      }
    });
    void this.overview.ask(() => backend.overview());
  }

  /** Calls `listener` when calls or sources changed; returns how to stop. */
  on(topic: Topic, listener: () => void): () => void {
    this.#listeners[topic].add(listener);
    return () => this.#listeners[topic].delete(listener);
  }

  stop(): void {
    this.#stopListening();
    this.view.stop();
    this.overview.stop();
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
      filters: filters.ids.length > 0 ? { ...filters, ids: [], idsOf: null } : filters,
    });
  }

  /** The period before or after; never one that lies wholly in the future. */
  stepPeriod(by: -1 | 1): void {
    if (by > 0 && this.days.to >= this.today) return;
    this.showPeriod(step(this.view.place.period, by, this.today, this.weekStart));
  }

  async openSample(): Promise<void> {
    await this.#long('sample', async () => {
      await this.backend.openSample();
      await this.overview.ask(() => this.backend.overview());
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

  async readFile(): Promise<void> {
    await this.#long('file', async () => {
      this.readSummary = (await this.backend.readFile()) ?? null;
    });
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
    try {
      await work();
    } catch (reason) {
      this.notices.failed(reason);
    } finally {
      this.busy = null;
    }
  }
}
