import type { Backend, SavedReport } from '../backend/backend';
import type { Place } from '../lib/address';
import { fromFilter, toFilter } from '../lib/filters';
import { readPeriod } from '../lib/period';
import { Live } from './live.svelte';

/** The word for all days that the ledger has. */
export const ALL_DAYS = 'all';

/** Reports as they were asked, kept under a name. */
export class SavedReports {
  readonly live = new Live<SavedReport[]>();
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get all(): SavedReport[] {
    return this.live.value ?? [];
  }

  load(): Promise<void> {
    return this.live.ask(() => this.#backend.savedReports());
  }

  named(name: string): SavedReport | null {
    return this.all.find((kept) => kept.name === name) ?? null;
  }

  async keep(report: SavedReport): Promise<void> {
    await this.#backend.saveReport(report);
    await this.load();
  }

  async delete(name: string): Promise<void> {
    await this.#backend.deleteSavedReport(name);
    await this.load();
  }

  stop(): void {
    this.live.stop();
  }
}

/** The report of a place, to be kept; `period`: the word of its period, `null` where it moves with the window's. */
export function reportOf(name: string, place: Place, period: string | null): SavedReport {
  return {
    name,
    report: place.report ?? '',
    period,
    query: { filter: toFilter(place.filters, null), settings: place.reportSettings },
  };
}

/** Where a kept report is seen. `moving`: what its period is if it moves. */
export function placeOf(
  { report, period, query }: SavedReport,
  moving: Pick<Place, 'period' | 'allDays'>,
): Partial<Place> {
  return {
    screen: 'reports',
    report,
    reportSettings: query.settings,
    filters: fromFilter(query.filter),
    ...(period === null
      ? moving
      : period === ALL_DAYS
        ? { allDays: true }
        : { allDays: false, period: readPeriod(period) }),
  };
}
