import { MISSED, type Filters } from '../lib/filters';
import { formatSpan } from '../lib/format';
import { t, tCode } from '../lib/messages';

export interface Chip {
  key: string;
  text: string;
  /** What to change to be rid of it. */
  without: Partial<Filters>;
}

/** The filters in force, one chip each. */
export function chipsOf(filters: Filters): Chip[] {
  const chips: Chip[] = [];
  if (filters.ids.length > 0) {
    const of = filters.idsOf ? t(`metric.${filters.idsOf}`) : null;
    chips.push({
      key: 'ids',
      text:
        of === null
          ? t('chip.ids', { count: filters.ids.length })
          : t('chip.ids-of', { count: filters.ids.length, of }),
      without: { ids: [], idsOf: null },
    });
  }
  if (filters.live) chips.push({ key: 'live', text: t('chip.live'), without: { live: false } });
  const missed = sameSet(filters.outcomes, MISSED);
  if (missed) chips.push({ key: 'missed', text: t('filter.all-missed'), without: { outcomes: [] } });
  else {
    for (const outcome of filters.outcomes) {
      chips.push({
        key: `outcome-${outcome}`,
        text: tCode('outcome.', outcome),
        without: { outcomes: filters.outcomes.filter((other) => other !== outcome) },
      });
    }
  }
  for (const direction of filters.directions) {
    chips.push({
      key: `direction-${direction}`,
      text: tCode('direction.', direction),
      without: { directions: filters.directions.filter((other) => other !== direction) },
    });
  }
  if (filters.extension !== null) {
    chips.push({
      key: 'extension',
      text: t('chip.extension', { extension: filters.extension }),
      without: { extension: null },
    });
  }
  if (filters.trunk !== null) {
    chips.push({ key: 'trunk', text: t('chip.trunk', { trunk: filters.trunk }), without: { trunk: null } });
  }
  if (filters.minTalkSeconds !== null) {
    const span = formatSpan(filters.minTalkSeconds);
    chips.push({ key: 'talk', text: t('chip.talk', { span }), without: { minTalkSeconds: null } });
  }
  if (filters.text !== null) {
    chips.push({ key: 'text', text: t('chip.text', { text: filters.text }), without: { text: null } });
  }
  return chips;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry) => b.includes(entry));
}
