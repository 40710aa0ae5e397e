import { describe, expect, it } from 'vitest';

import {
  formatBytes,
  formatDuration,
  formatLongDay,
  formatMinute,
  formatParty,
  formatSpan,
  formatTime,
  formatTimeWithSeconds,
  wallClock,
} from './format';

describe('durations', () => {
  it.each([
    [null, '–'],
    [0, '0:00'],
    [12, '0:12'],
    [225, '3:45'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [360_005, '100:00:05'],
  ])('%s seconds in a column are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [0, '0 s'],
    [14, '14 s'],
    [99, '99 s'],
    [100, '1 min'],
    [3120, '52 min'],
    [5999, '99 min'],
    [6000, '1 h 40 min'],
    [7200, '2 h'],
    [172_800, '2 days'],
  ])('%s seconds in a sentence are %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text));
});

describe('times', () => {
  const utc = (options: Intl.DateTimeFormatOptions, at: string) =>
    new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' }).format(new Date(`${at}Z`));

  it('are the wall clock of the exchange, whatever zone this computer is in', () => {
    const expected = utc({ timeStyle: 'short' }, '2026-07-01T09:12:41');
    expect(formatTime('2026-07-01T09:12:41+01:00')).toBe(expected);
    expect(formatTime('2026-07-01T09:12:41-08:00')).toBe(expected);
    expect(formatTimeWithSeconds('2026-07-01T09:12:41+01:00')).toBe(
      utc({ timeStyle: 'medium' }, '2026-07-01T09:12:41'),
    );
    expect(formatMinute(9 * 60 + 30)).toBe(utc({ timeStyle: 'short' }, '1970-01-01T09:30:00'));
  });

  it('that are none are shown as none', () => {
    expect(wallClock('not a time')).toBeNull();
    expect(formatTime('not a time')).toBe('–');
    expect(formatTime(null)).toBe('–');
  });

  it('name the day', () => {
    expect(formatLongDay('2026-11-20')).toBe(utc({ dateStyle: 'full' }, '2026-11-20T00:00:00'));
  });
});

describe('sizes and parties', () => {
  it('sizes go up by thousands', () => {
    expect(formatBytes(0)).toMatch(/^0\sbyte/);
    expect(formatBytes(999)).toMatch(/^999\sbyte/);
    expect(formatBytes(1000)).toMatch(/^1\skB$/);
    expect(formatBytes(3_712_840)).toMatch(/^3[.,]7\sMB$/);
    expect(formatBytes(45_000_000)).toMatch(/^45\sMB$/);
    expect(formatBytes(4_000_000_000)).toMatch(/^4\sGB$/);
  });

  it('a party is its name and number, or what there is of them', () => {
    expect(formatParty({ number: '07700900318', name: 'P. Okafor', extension: null, looked_up: false })).toBe(
      'P. Okafor, 07700900318',
    );
    expect(formatParty({ number: null, name: null, extension: '11', looked_up: false })).toBe('11');
    expect(formatParty({ number: null, name: 'Reception', extension: null, looked_up: false })).toBe(
      'Reception',
    );
    expect(formatParty({ number: null, name: null, extension: null, looked_up: false })).toBe(
      'Number withheld',
    );
  });
});
