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

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every country there is a name for, by its code. */
export function countryNames(): Record<string, string> {
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  const named = codes.map((code) => [code, countryName(code)] as const);
  return Object.fromEntries(named.filter(([code, name]) => name !== code));
}
