import { describe, expect, it } from 'vitest';

import { readAddress, START, writeAddress, type Place } from './address';
import {
  fromFilter,
  fromMetric,
  hasFilters,
  NO_FILTERS,
  readSeconds,
  sameFilters,
  toFilter,
} from './filters';

const LONG = { of: 'talk', comparison: 'at-least', seconds: 60 } as const;

const CROWDED: Place = {
  recordingsOf: null,
  wallboard: false,
  screen: 'calls',
  period: { from: '2026-11-02', to: '2026-11-13' },
  filters: {
    outcomes: ['answered', 'lost-ringing'],
    directions: ['inbound'],
    extension: '12',
    role: 'answered-first',
    trunk: 'T 1&2',
    text: 'Dunne & sons = 50 %, #1',
    party: { how: 'list', text: '07700900318, 01632960147;11' },
    did: '01632960500',
    accountCode: '118',
    queue: 'Sales & service',
    classes: ['mobile', 'international'],
    countries: ['GB', 'IE'],
    durations: [
      { of: 'ring', comparison: 'at-most', seconds: 10 },
      { of: 'talk', comparison: 'at-least', seconds: 60 },
      { of: 'talk', comparison: 'at-most', seconds: 600 },
      { of: 'total', comparison: 'exactly', seconds: 0 },
    ],
    outcomeCodes: ['10', 'a,b'],
    tags: ['larch, oak', 'urgent'],
    noted: true,
    recorded: false,
    live: true,
    ids: ['00a1', '00a2'],
    idsOf: 'not-called-back',
    also: [{ minutes: [[540, 570]] }, { outcomes: ['answered'], over: true }],
    alsoOf: 'Day by half-hours: 09:00, Answered & in time',
  },
  sort: { column: 'talk', descending: true },
  people: true,
  call: '00a1',
  source: null,
  pane: 'monitor',
  adding: false,
  batch: null,
  ringBack: 'open',
  recordings: 'files',
  show: 'all',
  recording: null,
  report: null,
  reportSettings: {},
  allDays: false,
  section: 'numbers',
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
      { ...START, screen: 'ring-back', ringBack: 'lapsed', call: '00a1' },
      { ...START, screen: 'settings', section: 'outcome-codes' },
      { ...START, screen: 'import' },
      { ...START, screen: 'import', batch: 12 },
      { ...START, screen: 'settings' },
      { ...START, screen: 'reports' },
      { ...START, screen: 'reports', report: 'years', allDays: true },
      {
        ...START,
        screen: 'reports',
        report: 'after-hours',
        reportSettings: { compare: 'last-year', opens: '08:30', workdays: [0, 5], line_price: 12.5 },
      },
    ];
    for (const place of places) expect(readAddress(writeAddress(place))).toEqual(place);
  });

  it('that is nonsense leads to the start', () => {
    for (const hash of [
      '',
      '#',
      '#/',
      '#/nowhere?x=1',
      '#/today?period=soon&sort=-colour&of=money&talk=long&ring=..5..&party=like:5&total=',
    ]) {
      expect(readAddress(hash)).toEqual(START);
    }
    expect(readAddress('#/sources?source=-1&pane=kitchen').source).toBeNull();
    const odd = encodeURIComponent('{"compare":"never","limit":-1,"opens":3,"metric":"talk","who":1}');
    expect(readAddress(`#/reports?report=day&with=${odd}`).reportSettings).toEqual({ metric: 'talk' });
    for (const also of ['', '{', '{}', '[1]', 'null']) {
      expect(readAddress(`#/calls?also=${encodeURIComponent(also)}&also-of=x`).filters).toEqual(NO_FILTERS);
    }
  });

  it('leaves the open call behind on other screens', () => {
    expect(writeAddress({ ...CROWDED, screen: 'today' })).not.toContain('call=');
  });
});

describe('filters', () => {
  const days = { from: '2026-11-16', to: '2026-11-22' };

  it('are asked with the days of the period', () => {
    expect(toFilter({ ...NO_FILTERS, extension: '12', durations: [LONG], tags: ['urgent'] }, days)).toEqual({
      from: days.from,
      to: days.to,
      outcomes: [],
      directions: [],
      extension: '12',
      role: null,
      trunk: null,
      text: null,
      party: null,
      did: null,
      account_code: null,
      queue: null,
      classes: [],
      countries: [],
      durations: [LONG],
      outcome_codes: [],
      tags: ['urgent'],
      noted: false,
      recorded: null,
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

  it('come back from a question as they went into it', () => {
    const filters = { ...CROWDED.filters, ids: [], idsOf: null, alsoOf: null };
    expect(fromFilter(toFilter(filters, null))).toEqual(filters);
    expect(toFilter(filters, null)).toMatchObject({ from: null, to: null });
  });

  it('are the same in whatever order they were chosen', () => {
    const a = { ...NO_FILTERS, outcomes: ['busy', 'answered'], tags: ['x', 'y'] };
    expect(sameFilters(a, { ...a, outcomes: ['answered', 'busy'], tags: ['y', 'x'] })).toBe(true);
    expect(sameFilters(a, { ...a, tags: ['x'] })).toBe(false);
    expect(sameFilters(a, { ...a, noted: true })).toBe(false);
  });

  it('read a length of time as people write it', () => {
    const lengths: [string, number | null][] = [
      ['90', 90],
      [' 1:30 ', 90],
      ['0:05', 5],
      ['75:00', 4500],
      ['1:02:03', 3723],
      ['0', 0],
      ['1:5', null],
      ['1:60', null],
      ['1:99:00', null],
      ['-3', null],
      ['1.5', null],
      ['', null],
      ['soon', null],
    ];
    for (const [text, seconds] of lengths) expect([text, readSeconds(text)]).toEqual([text, seconds]);
  });

  it('know whether there are any', () => {
    expect(hasFilters(NO_FILTERS)).toBe(false);
    expect(hasFilters({ ...NO_FILTERS, text: 'x' })).toBe(true);
    expect(hasFilters({ ...NO_FILTERS, ids: ['a'] })).toBe(true);
  });
});
