// Every word on the screen, looked up by a key that the compiler knows.
//
// A message is a text with {parameters}, or one text for each plural form of its {count}.

import en from '../messages/en.json';
import { locale } from './locale';

type Catalogue = typeof en;
export type MessageKey = keyof Catalogue;
export type Parameters = Record<string, string | number>;

const catalogue = en as Record<string, string | Record<string, string>>;
const plurals = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat(locale);

/** The message in words. Numbers among the parameters are written as the person's locale writes them. */
export function t(key: MessageKey, parameters: Parameters = {}): string {
  return fill(key, parameters);
}

/** The message `prefix + code` for a code that comes from outside; the code itself if we have no word for it. */
export function tCode(
  prefix:
    | 'outcome.'
    | 'direction.'
    | 'flag.'
    | 'field.'
    | 'segment.'
    | 'transfer.'
    | 'number-class.'
    | 'evidence.'
    | 'recording-reason.'
    | 'listening.what.'
    | 'listening.result.'
    | 'deletions.result.',
  code: string,
): string {
  const key = prefix + code;
  return key in catalogue ? fill(key, {}) : code.replaceAll(/[-_]/g, ' ');
}

/** The words for every code that we have one for, by the code. */
export function tAll(prefix: 'outcome.' | 'number-class.'): Record<string, string> {
  const keys = Object.keys(catalogue).filter((key) => key.startsWith(prefix));
  return Object.fromEntries(keys.map((key) => [key.slice(prefix.length), fill(key, {})]));
}

function fill(key: string, parameters: Parameters): string {
  const entry = catalogue[key];
  const text =
    typeof entry === 'string' ? entry : (entry?.[plurals.select(Number(parameters.count))] ?? entry?.other);
  if (text === undefined) throw new Error(`no message ${key}`);
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`message ${key} needs {${name}}`);
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}
