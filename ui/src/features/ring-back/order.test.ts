import { describe, expect, it } from 'vitest';

import type { RingBackRow } from '../../backend/backend';
import { clicked, inOrder, isRingBackSort, NEWEST_FIRST } from './order';

const row = (number: string, changes: Partial<RingBackRow> = {}): RingBackRow => ({
  number,
  caller: { number, name: null, extension: null, looked_up: false },
  state: 'open',
  attempts: 1,
  first_try: '2026-11-20T09:00:00+00:00',
  last_try: '2026-11-20T09:00:00+00:00',
  waited_seconds: null,
  called_back: 0,
  best_half_hour: null,
  because: null,
  closed_by: null,
  given_to: null,
  note: null,
  decisions: [],
  calls: [],
  last_call: number,
  ...changes,
});

const numbers = (rows: RingBackRow[]) => rows.map(({ number }) => number);

describe('callers to ring back', () => {
  it('stand newest first, whatever their offset, and by number where they are alike', () => {
    const rows = [
      row('3', { last_try: '2026-11-20T09:30:00+00:00' }),
      row('1'),
      row('4', { last_try: '2026-11-20T10:00:00+01:00' }),
      row('2', { last_try: '2026-11-20T09:45:00+00:00' }),
    ];
    expect(numbers(inOrder(rows, NEWEST_FIRST))).toEqual(['2', '3', '1', '4']);
    expect(numbers(inOrder(rows, { column: 'last-try', descending: false }))).toEqual(['1', '4', '3', '2']);
  });

  it('whose wait is not known stand last both ways', () => {
    const rows = [row('1'), row('2', { waited_seconds: 10 }), row('3', { waited_seconds: 40 })];
    expect(numbers(inOrder(rows, { column: 'waited', descending: true }))).toEqual(['3', '2', '1']);
    expect(numbers(inOrder(rows, { column: 'waited', descending: false }))).toEqual(['2', '3', '1']);
  });

  it('turn round at a second click, and begin with the most, or with A', () => {
    expect(clicked(NEWEST_FIRST, 'last-try')).toEqual({ column: 'last-try', descending: false });
    expect(clicked(NEWEST_FIRST, 'attempts')).toEqual({ column: 'attempts', descending: true });
    expect(clicked(NEWEST_FIRST, 'who')).toEqual({ column: 'who', descending: false });
  });

  it('keep no order that another version wrote', () => {
    expect(isRingBackSort({ column: 'waited', descending: true })).toBe(true);
    expect(isRingBackSort({ column: 'colour', descending: true })).toBe(false);
    expect(isRingBackSort({ column: 'waited' })).toBe(false);
    expect(isRingBackSort(null)).toBe(false);
  });
});
