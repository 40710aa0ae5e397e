import type { DurationFilter } from '../backend/backend';
import { countryName } from './countries';
import { MISSED, type Filters } from './filters';
import { formatDuration } from './format';
import { t, tCode } from './messages';

export interface Chip {
  key: string;
  text: string;
  /** What to change to be rid of it. */
  without: Partial<Filters>;
}

/** The filters in force, one chip each. `codeName` knows what the site calls an outcome code. */
export function chipsOf(filters: Filters, codeName: (code: string) => string): Chip[] {
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
  if (filters.also.length > 0) {
    chips.push({
      key: 'also',
      text: filters.alsoOf ?? t('chip.also'),
      without: { also: [], alsoOf: null },
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
      text: filters.role
        ? t(`chip.role.${filters.role}`, { extension: filters.extension })
        : t('chip.extension', { extension: filters.extension }),
      without: { extension: null, role: null },
    });
  }
  if (filters.trunk !== null) {
    chips.push({ key: 'trunk', text: t('chip.trunk', { trunk: filters.trunk }), without: { trunk: null } });
  }
  if (filters.party !== null) {
    const { how, text } = filters.party;
    chips.push({ key: 'party', text: t(`chip.party.${how}`, { text }), without: { party: null } });
  }
  if (filters.did !== null) {
    chips.push({ key: 'did', text: t('chip.did', { did: filters.did }), without: { did: null } });
  }
  if (filters.queue !== null) {
    chips.push({ key: 'queue', text: t('chip.queue', { queue: filters.queue }), without: { queue: null } });
  }
  if (filters.accountCode !== null) {
    chips.push({
      key: 'account',
      text: t('chip.account', { account: filters.accountCode }),
      without: { accountCode: null },
    });
  }
  for (const kind of filters.classes) {
    chips.push({
      key: `class-${kind}`,
      text: t('chip.class', { kind: tCode('number-class.', kind) }),
      without: { classes: filters.classes.filter((other) => other !== kind) },
    });
  }
  for (const country of filters.countries) {
    chips.push({
      key: `country-${country}`,
      text: countryName(country),
      without: { countries: filters.countries.filter((other) => other !== country) },
    });
  }
  filters.durations.forEach((duration, index) => {
    chips.push({
      key: `duration-${index}`,
      text: durationText(duration),
      without: { durations: filters.durations.filter((other) => other !== duration) },
    });
  });
  for (const code of filters.outcomeCodes) {
    chips.push({
      key: `code-${code}`,
      text: t('chip.code', { name: codeName(code) }),
      without: { outcomeCodes: filters.outcomeCodes.filter((other) => other !== code) },
    });
  }
  for (const tag of filters.tags) {
    chips.push({
      key: `tag-${tag}`,
      text: t('chip.tag', { tag }),
      without: { tags: filters.tags.filter((other) => other !== tag) },
    });
  }
  if (filters.noted) chips.push({ key: 'noted', text: t('filter.noted'), without: { noted: false } });
  if (filters.recorded !== null) {
    const text = t(filters.recorded ? 'filter.recorded' : 'filter.not-recorded');
    chips.push({ key: 'recorded', text, without: { recorded: null } });
  }
  if (filters.text !== null) {
    chips.push({ key: 'text', text: t('chip.text', { text: filters.text }), without: { text: null } });
  }
  return chips;
}

function durationText({ of, comparison, seconds }: DurationFilter): string {
  return t(`chip.duration.${comparison}`, { of: t(`duration.${of}`), length: formatDuration(seconds) });
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry) => b.includes(entry));
}
