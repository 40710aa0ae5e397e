import { describe, expect, it } from 'vitest';

import {
  clampTop,
  maxTop,
  MAX_HEIGHT,
  scrollHeight,
  scrollOfTop,
  SPARE,
  squeezed,
  topOfScroll,
  topToShow,
  visibleRange,
  type Extent,
} from './virtual';

const office: Extent = { rows: 200_000, rowHeight: 32, viewport: 640 };
const city: Extent = { rows: 10_000_000, rowHeight: 32, viewport: 640 };

describe('a list that fits the browser', () => {
  it('scrolls pixel by pixel', () => {
    expect(squeezed(office)).toBe(false);
    expect(scrollHeight(office)).toBe(6_400_000);
    expect(topOfScroll(12_345, office)).toBe(12_345);
    expect(scrollOfTop(12_345, office)).toBe(12_345);
  });

  it('draws what is in sight and a little more', () => {
    expect(visibleRange(0, office)).toEqual({ first: 0, last: 20 + SPARE, offset: 0 });
    expect(visibleRange(100, office)).toEqual({ first: 0, last: 24 + SPARE, offset: 100 });
    expect(visibleRange(3200, office)).toMatchObject({ first: 100 - SPARE, offset: SPARE * 32 });
    const end = visibleRange(maxTop(office), office);
    expect(end.last).toBe(199_999);
    expect(end.last - end.first).toBeLessThanOrEqual(20 + SPARE);
  });

  it('never points beyond its ends', () => {
    expect(clampTop(-5, office)).toBe(0);
    expect(clampTop(1e12, office)).toBe(6_400_000 - 640);
    expect(visibleRange(1e12, office).last).toBe(199_999);
    expect(visibleRange(0, { ...office, rows: 0 })).toEqual({ first: 0, last: -1, offset: 0 });
    expect(maxTop({ ...office, rows: 3 })).toBe(0);
  });
});

describe('a list taller than a browser can be', () => {
  it('is squeezed onto the tallest safe element', () => {
    expect(squeezed(city)).toBe(true);
    expect(scrollHeight(city)).toBe(MAX_HEIGHT);
    // Blink's cap is about 33.5 million device pixels; at a density of 4 that is this much.
    expect(MAX_HEIGHT).toBeLessThan(33_500_000 / 4);
  });

  it('reaches both ends, and the middle in the middle', () => {
    const track = MAX_HEIGHT - city.viewport;
    expect(topOfScroll(0, city)).toBe(0);
    expect(topOfScroll(track, city)).toBe(maxTop(city));
    expect(topOfScroll(track / 2, city)).toBeCloseTo(maxTop(city) / 2, 3);
    expect(visibleRange(topOfScroll(track, city), city).last).toBe(9_999_999);
  });

  it('goes from bar to list and back without loss', () => {
    for (const top of [0, 1, 640, 1_234_567.5, maxTop(city)]) {
      expect(topOfScroll(scrollOfTop(top, city), city)).toBeCloseTo(top, 3);
    }
  });
});

describe('showing a row', () => {
  it('moves as little as possible', () => {
    expect(topToShow(5, 0, office)).toBe(0);
    expect(topToShow(20, 0, office)).toBe(32);
    expect(topToShow(2, 320, office)).toBe(64);
    expect(topToShow(199_999, 0, office)).toBe(maxTop(office));
  });
});
