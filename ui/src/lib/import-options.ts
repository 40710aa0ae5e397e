// How a file is to be read, and what of it no longer holds when one part of it changes.

import type { ImportOptions } from '../backend/backend';

/** Everything is found out. */
export const NO_OPTIONS: ImportOptions = {
  format: null,
  mapping: null,
  columns: [],
  header: null,
  encoding: null,
  separator: null,
  sheet: null,
  answers: [],
  zone: null,
  exchange: null,
  account_code: null,
};

/** Options after a change. Meanings and answers belong to the columns that were there before it. */
export function changed(options: ImportOptions, change: Partial<ImportOptions>): ImportOptions {
  const others = ['format', 'mapping', 'separator', 'sheet'] as const;
  const otherColumns = others.some((name) => change[name] !== undefined && change[name] !== options[name]);
  return {
    ...options,
    ...(otherColumns ? { columns: [], answers: [] } : {}),
    // A kept mapping fixes the format itself, and a format chosen by hand is no longer the kept mapping.
    ...(change.mapping ? { format: null } : {}),
    ...(change.format ? { mapping: null } : {}),
    ...change,
  };
}

export function withMeaning(options: ImportOptions, column: number, meaning: string): ImportOptions {
  const others = options.columns.filter((choice) => choice.column !== column);
  return { ...options, columns: [...others, { column, meaning }].sort((a, b) => a.column - b.column) };
}

export function withAnswer(options: ImportOptions, question: string, value: string): ImportOptions {
  const others = options.answers.filter((answer) => answer.question !== question);
  return { ...options, answers: [...others, { question, value }] };
}
