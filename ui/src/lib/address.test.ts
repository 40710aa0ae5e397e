import { describe, expect, it } from 'vitest';

import { readAddress, START, writeAddress, type Place } from './address';
import { hasFilters, NO_FILTERS, toFilter, fromMetric } from './filters';

const CROWDED: Place = {
  screen: 'calls',
  period: { from: '2026-11-02', to: '2026-11-13' },
  filters: {
    outcomes: ['answered', 'lost-ringing'],
    directions: ['inbound'],
    extension: '12',
    trunk: 'T 1&2',
    text: 'Dunne & sons = 50 %, #1',
    minTalkSeconds: 60,
    live: true,
    ids: ['00a1', '00a2'],
    idsOf: 'not-called-back',
  },
  sort: { column: 'talk', descending: true },
  call: '00a1',
  source: null,
  pane: 'monitor',
  adding: false,
  batch: null,
};

describe('the address', () => {
  it('says nothing that is as at the start', () => {
    expect(writeAddress(START)).toBe('#/today');
    expect(writeAddress({ ...START, screen: 'calls' })).toBe('#/calls');
  });

  it('is read back as it was written', () => {
    const places: Place[] = [
      START,
      CROWDED,
      { ...START, screen: 'calls', sort: { column: 'caller', descending: false }, period: { name: 'week' } },
      { ...START, screen: 'sources', source: 3, pane: 'rejected' },
      { ...START, screen: 'sources', adding: true },
      { ...START, screen: 'import' },
      { ...START, screen: 'import', batch: 12 },
      { ...START, screen: 'settings' },
    ];
    for (const place of places) expect(readAddress(writeAddress(place))).toEqual(place);
  });

  it('that is nonsense leads to the start', () => {
    for (const hash of [
      '',
      '#',
      '#/',
      '#/nowhere?x=1',
      '#/today?period=soon&sort=-colour&of=money&talk=long',
    ]) {
      expect(readAddress(hash)).toEqual(START);
    }
    expect(readAddress('#/sources?source=-1&pane=kitchen').source).toBeNull();
  });

  it('leaves the open call behind on other screens', () => {
    expect(writeAddress({ ...CROWDED, screen: 'today' })).not.toContain('call=');
  });
});

describe('filters', () => {
  const days = { from: '2026-11-16', to: '2026-11-22' };

  it('are asked with the days of the period', () => {
    expect(toFilter({ ...NO_FILTERS, extension: '12', minTalkSeconds: 60 }, days)).toEqual({
      from: days.from,
      to: days.to,
      outcomes: [],
      directions: [],
      extension: '12',
      trunk: null,
      text: null,
      min_talk_seconds: 60,
      live: false,
      ids: [],
    });
  });

  it('a list of calls is not narrowed by the period', () => {
    const filter = toFilter({ ...NO_FILTERS, ids: ['00a1'] }, days);
    expect([filter.from, filter.to, filter.ids]).toEqual([null, null, ['00a1']]);
  });

  it('travel with a number', () => {
    const filter = toFilter({ ...NO_FILTERS, outcomes: ['lost-ringing'], directions: ['inbound'] }, days);
    expect(fromMetric(filter, [], 'missed')).toEqual({
      ...NO_FILTERS,
      outcomes: ['lost-ringing'],
      directions: ['inbound'],
    });
    expect(fromMetric(filter, ['a', 'b'], 'not-called-back')).toEqual({
      ...NO_FILTERS,
      ids: ['a', 'b'],
      idsOf: 'not-called-back',
    });
  });

  it('know whether there are any', () => {
    expect(hasFilters(NO_FILTERS)).toBe(false);
    expect(hasFilters({ ...NO_FILTERS, text: 'x' })).toBe(true);
    expect(hasFilters({ ...NO_FILTERS, ids: ['a'] })).toBe(true);
  });
});
