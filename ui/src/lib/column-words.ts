// The words that the list of calls shows for what the ledger keeps as codes: a written table says the same.

import type { ColumnId } from './call-columns';
import { countryNames } from './countries';
import { tAll } from './messages';

/** What each code of a column is called; nothing for columns that are shown as they are kept. */
export function wordsOf(column: ColumnId): Record<string, string> | undefined {
  switch (column) {
    case 'outcome':
      return tAll('outcome.');
    case 'class':
      return tAll('number-class.');
    case 'country':
      return countryNames();
    default:
      return undefined;
  }
}
