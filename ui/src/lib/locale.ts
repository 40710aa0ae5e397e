// The person's locale. A desktop without one set (LANG=C) names none that the browser's own Intl accepts, and
// a window must not stay empty for that.

const FALLBACK = 'en';

/** The first of the person's locales that Intl knows how to read. */
export function firstUsable(wanted: readonly string[]): string {
  return wanted.find(isUsable) ?? FALLBACK;
}

function isUsable(tag: string): boolean {
  try {
    return new Intl.Locale(tag).language !== '';
  } catch {
    return false;
  }
}

export const locale = firstUsable([...navigator.languages, navigator.language]);
