import { readAddress, writeAddress, type Place } from '../lib/address';

/** Where the window is. The address says the same, so back and forward work and a view can be kept. */
export class View {
  place = $state.raw<Place>(readAddress(window.location.hash));

  constructor() {
    const follow = () => {
      this.place = readAddress(window.location.hash);
    };
    window.addEventListener('hashchange', follow);
    window.addEventListener('popstate', follow);
    this.stop = () => {
      window.removeEventListener('hashchange', follow);
      window.removeEventListener('popstate', follow);
    };
  }

  readonly stop: () => void;

  /** Goes somewhere; what is not named stays. `replace` leaves no step in the history. */
  go(change: Partial<Place>, replace = false): void {
    const place = this.#after(change);
    const address = writeAddress(place);
    if (address !== window.location.hash) {
      if (replace) window.history.replaceState(null, '', address);
      else window.history.pushState(null, '', address);
    }
    this.place = place;
  }

  /** The address of `go`, for links. */
  href(change: Partial<Place>): string {
    return writeAddress(this.#after(change));
  }

  /** Who comes from another screen finds nothing that was chosen for a moment there. */
  #after(change: Partial<Place>): Place {
    const moved = change.screen !== undefined && change.screen !== this.place.screen;
    const { filters } = this.place;
    // What a number of a report counts belongs to the list that it opened.
    const fresh = moved ? { people: false, filters: { ...filters, also: [], alsoOf: null } } : null;
    return { ...this.place, ...fresh, ...change };
  }
}
