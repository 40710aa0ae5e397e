import { locale } from './locale';

const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });

/** The country in the person's language; the code itself if it is none that is known. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    // Not of the form of a country code.
    return code;
  }
}
