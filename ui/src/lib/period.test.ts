import { describe, expect, it } from 'vitest';

import { addDays, endOfMonth, isDay, startOfWeek, weekday } from './day';
import { firstWeekday, named, readPeriod, span, step, writePeriod, type Period } from './period';

const TODAY = '2026-11-20'; // a Friday

describe('days', () => {
  it('are added across months, years and the change of clocks', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(addDays('2026-03-30', -2)).toBe('2026-03-28');
  });

  it('know their week and month', () => {
    expect(weekday(TODAY)).toBe(5);
    expect(weekday('2026-11-22')).toBe(7);
    expect(startOfWeek(TODAY, 1)).toBe('2026-11-16');
    expect(startOfWeek(TODAY, 7)).toBe('2026-11-15');
    expect(startOfWeek('2026-11-16', 1)).toBe('2026-11-16');
    expect(endOfMonth('2028-02-01')).toBe('2028-02-29');
    expect(endOfMonth('2026-12-05')).toBe('2026-12-31');
  });

  it('are told from other texts', () => {
    expect(isDay('2026-11-20')).toBe(true);
    for (const text of ['', '2026-02-30', '20.11.2026', '2026-11-2', 'today', '2026-13-01']) {
      expect(isDay(text)).toBe(false);
    }
  });
});

describe('periods', () => {
  it('span their days', () => {
    expect(span({ name: 'today' }, TODAY)).toEqual({ from: TODAY, to: TODAY });
    expect(span({ name: 'yesterday' }, TODAY)).toEqual({ from: '2026-11-19', to: '2026-11-19' });
    expect(span({ name: 'week' }, TODAY)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(span({ name: 'week' }, TODAY, 7)).toEqual({ from: '2026-11-15', to: '2026-11-21' });
    expect(span({ name: 'month' }, TODAY)).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  });

  it('step by their own length, months by months', () => {
    expect(step({ name: 'today' }, -1, TODAY)).toEqual({ name: 'yesterday' });
    expect(step({ name: 'yesterday' }, -1, TODAY)).toEqual({ from: '2026-11-18', to: '2026-11-18' });
    expect(step({ name: 'week' }, -1, TODAY)).toEqual({ from: '2026-11-09', to: '2026-11-15' });
    expect(step({ name: 'month' }, -1, TODAY)).toEqual({ from: '2026-10-01', to: '2026-10-31' });
    expect(step({ from: '2026-01-01', to: '2026-01-31' }, 1, TODAY)).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    });
    expect(step({ from: '2026-11-02', to: '2026-11-04' }, 1, TODAY)).toEqual({
      from: '2026-11-05',
      to: '2026-11-07',
    });
  });

  it('stepping there and back ends where it began', () => {
    const periods: Period[] = [
      { name: 'today' },
      { name: 'yesterday' },
      { name: 'week' },
      { name: 'month' },
      { from: '2026-03-27', to: '2026-03-31' },
    ];
    for (const period of periods) expect(step(step(period, -1, TODAY), 1, TODAY)).toEqual(period);
  });

  it('have a name where there is one', () => {
    expect(named({ from: TODAY, to: TODAY }, TODAY)).toEqual({ name: 'today' });
    expect(named({ from: '2026-11-01', to: '2026-11-30' }, TODAY)).toEqual({ name: 'month' });
    expect(named({ from: '2026-11-01', to: '2026-11-29' }, TODAY)).toEqual({
      from: '2026-11-01',
      to: '2026-11-29',
    });
  });

  it('are written into the address and read back', () => {
    const periods: Period[] = [
      { name: 'week' },
      { from: TODAY, to: TODAY },
      { from: '2026-01-01', to: '2026-02-03' },
    ];
    for (const period of periods) expect(readPeriod(writePeriod(period))).toEqual(period);
    for (const nonsense of [null, '', 'soon', '2026-11-20..2026-11-01', '..', '2026-99-99']) {
      expect(readPeriod(nonsense)).toEqual({ name: 'today' });
    }
  });

  it('begin weeks as the locale does', () => {
    expect(firstWeekday('en-GB')).toBe(1);
    expect(firstWeekday('en-US')).toBe(7);
  });
});
