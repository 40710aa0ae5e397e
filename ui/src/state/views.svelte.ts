import type { Backend, CallSort, SavedView } from '../backend/backend';
import type { Place } from '../lib/address';
import { USUAL } from '../lib/call-columns';
import { fromFilter, sameFilters, toFilter, type Filters } from '../lib/filters';
import { readPeriod, writePeriod, type Period } from '../lib/period';
import { Live } from './live.svelte';

/** What a view keeps of the list of calls. */
export interface Shown {
  filters: Filters;
  period: Period;
  sort: CallSort;
  columns: readonly string[];
}

/** Views of the call list that the person has kept under a name. */
export class Views {
  readonly live = new Live<SavedView[]>();
  readonly #backend: Backend;
  /** Name of the view that was opened last. */
  #opened = $state<string | null>(null);

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get all(): SavedView[] {
    return this.live.value ?? [];
  }

  /** The view that was opened, or else one that shows just this. */
  activeIn(shown: Shown): SavedView | null {
    return this.named(this.#opened ?? '') ?? this.all.find((view) => !isChanged(view, shown)) ?? null;
  }

  load(): Promise<void> {
    return this.live.ask(() => this.#backend.savedViews());
  }

  named(name: string): SavedView | null {
    return this.all.find((view) => view.name === name) ?? null;
  }

  /** Where to go to see a view, and with which columns; a view without a period leaves the present one. */
  open(view: SavedView): { place: Partial<Place>; columns: string[] } {
    this.#opened = view.name;
    return {
      place: {
        screen: 'calls',
        filters: fromFilter(view.filter),
        sort: view.sort,
        call: null,
        ...(view.period === null ? {} : { period: readPeriod(view.period) }),
      },
      columns: view.columns,
    };
  }

  /** What is shown is no view any more, only what it has become. */
  leave(): void {
    this.#opened = null;
  }

  async keep(name: string, shown: Shown, withPeriod: boolean): Promise<void> {
    await this.#backend.saveView(viewOf(name, shown, withPeriod));
    await this.load();
    this.#opened = name;
  }

  /** The view under another name; the old one goes once the new one is kept. */
  async rename(view: SavedView, name: string): Promise<void> {
    await this.#backend.saveView({ ...view, name });
    await this.#backend.deleteView(view.name);
    if (this.#opened === view.name) this.#opened = name;
    await this.load();
  }

  async delete(view: SavedView): Promise<void> {
    await this.#backend.deleteView(view.name);
    await this.load();
  }

  /** Takes `delete` back. */
  async restore(view: SavedView): Promise<void> {
    await this.#backend.saveView(view);
    await this.load();
  }

  stop(): void {
    this.live.stop();
  }
}

function viewOf(name: string, { filters, period, sort, columns }: Shown, withPeriod: boolean): SavedView {
  return {
    name,
    filter: toFilter(filters, null),
    period: withPeriod ? writePeriod(period) : null,
    sort,
    columns: [...columns],
  };
}

/** Does the list show something else than the view keeps? */
export function isChanged(view: SavedView, { filters, period, sort, columns }: Shown): boolean {
  const kept = view.columns.length > 0 ? view.columns : USUAL;
  return !(
    sameFilters(fromFilter(view.filter), { ...filters, idsOf: null, alsoOf: null }) &&
    (view.period === null || view.period === writePeriod(period)) &&
    view.sort.column === sort.column &&
    view.sort.descending === sort.descending &&
    kept.join() === columns.join()
  );
}
