// From when to when somebody has an extension. Both ends may be open.

import type { ExtensionEntry } from '../../backend/backend';
import { isDay } from '../../lib/day';
import { formatShortDay } from '../../lib/format';
import { t } from '../../lib/messages';

type Days = Pick<ExtensionEntry, 'from' | 'to'>;

// As text, days are in order.
const FIRST = '0000-00-00';
const LAST = '9999-99-99';

export function formatExtensionDays({ from, to }: Days): string {
  if (from === null && to === null) return t('directory.always');
  if (to === null) return t('directory.from-on', { from: formatShortDay(from ?? '') });
  if (from === null) return t('directory.until', { to: formatShortDay(to) });
  return t('directory.from-to', { from: formatShortDay(from), to: formatShortDay(to) });
}

export function holds({ from, to }: Days, day: string): boolean {
  return (from ?? FIRST) <= day && day <= (to ?? LAST);
}

/** Another row that has the same extension on one of the same days. */
export function overlapping(
  entries: readonly ExtensionEntry[],
  entry: ExtensionEntry,
): ExtensionEntry | undefined {
  return entries.find(
    (other) =>
      other.id !== entry.id &&
      other.extension === entry.extension.trim() &&
      (other.from ?? FIRST) <= (entry.to ?? LAST) &&
      (entry.from ?? FIRST) <= (other.to ?? LAST),
  );
}

/** What is wrong with two days as they were typed; an empty one is an open end. */
export function daysProblem(from: string, to: string): 'period.not-a-day' | 'period.backwards' | null {
  if ([from, to].some((day) => day !== '' && !isDay(day))) return 'period.not-a-day';
  return from !== '' && to !== '' && to < from ? 'period.backwards' : null;
}
