import { describe, expect, it } from 'vitest';

import { labelEvery, nextMark, scaleOf, type Drawn } from './drawn';

describe('the axis', () => {
  it.each([
    [0, 'whole', [0, 1]],
    [1, 'whole', [0, 1]],
    [7, 'whole', [0, 2, 4, 6, 8]],
    [3, 'whole', [0, 1, 2, 3]],
    [1_234_567, 'whole', [0, 500_000, 1_000_000, 1_500_000]],
    [0.3, 'number', [0, 0.1, 0.2, 0.3]],
    [95, 'seconds', [0, 30, 60, 90, 120]],
    [20_000, 'seconds', [0, 7200, 14_400, 21_600]],
    [800_000, 'seconds', [0, 200_000, 400_000, 600_000, 800_000]],
    [81.2, 'percent', [0, 25, 50, 75, 100]],
    [4, 'percent', [0, 1, 2, 3, 4]],
  ] as const)('of %d %s has round lines', (most, unit, lines) => {
    const scale = scaleOf(most, unit);
    expect(scale.lines).toEqual(lines);
    expect(scale.top).toBeGreaterThanOrEqual(most);
  });

  it('leaves out labels that would run into each other', () => {
    expect(labelEvery(['09:00', '09:30'], 60)).toBe(1);
    expect(labelEvery(['09:00', '09:30'], 12)).toBe(4);
    expect(labelEvery([], 0)).toBeGreaterThan(0);
  });
});

describe('the arrow keys', () => {
  const mark = (href: string | null) => ({ value: 1, text: '1', label: '1', href });
  const drawn: Drawn = {
    labels: ['a', 'b', 'c'],
    rows: 3,
    beside: false,
    shades: [],
    names: ['a', 'b', 'c'],
    unit: 'whole',
    write: String,
    series: [
      { key: 'x', title: 'X', compared: false, marks: [mark('#1'), mark(null), mark('#3')] },
      { key: 'y', title: 'Y', compared: true, marks: [mark('#4'), mark('#5'), mark('#6')] },
    ],
  };

  it('go from mark to mark, over those that lead nowhere, and stop at the edge', () => {
    expect(nextMark(drawn, { row: 0, series: 0 }, [1, 0])).toEqual({ row: 2, series: 0 });
    expect(nextMark(drawn, { row: 2, series: 0 }, [1, 0])).toBeNull();
    expect(nextMark(drawn, { row: 0, series: 0 }, [0, 1])).toEqual({ row: 0, series: 1 });
    expect(nextMark(drawn, { row: 1, series: 1 }, [0, -1])).toBeNull();
  });
});
