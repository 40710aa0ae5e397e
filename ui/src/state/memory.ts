// What the window remembers on this computer. Storage may be full, switched off or from an older version: then it
// forgets, and nothing breaks.

const PREFIX = 'ringledger.';

export function recall<T>(name: string, fits: (value: unknown) => value is T): T | null {
  try {
    const text = window.localStorage.getItem(PREFIX + name);
    const value: unknown = text === null ? null : JSON.parse(text);
    return fits(value) ? value : null;
  } catch {
    return null;
  }
}

export function remember(name: string, value: unknown): void {
  try {
    window.localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Not remembered; the next start shows the window as it comes.
  }
}
