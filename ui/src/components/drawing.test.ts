import { describe, expect, it } from 'vitest';

import type { CallDetail } from '../backend/backend';
import { detailOf } from '../backend/fake/detail';
import { callsUpTo, ringing, TODAY } from '../backend/fake/office';
import { axis, busiest, shownHalfHours } from './charts/half-hours';
import { layLanes, ticksOf } from './lanes';

const calls = callsUpTo(TODAY, 30);

function found(fits: (call: (typeof calls)[number]) => boolean): CallDetail {
  const call = calls.find(fits);
  if (!call) throw new Error('the office has no such call');
  return detailOf(call);
}

describe('lanes', () => {
  it('stay inside the picture, whatever the call', () => {
    for (const call of calls) {
      const { lanes, steps, ticks } = layLanes(detailOf(call), 300);
      for (const bar of lanes.flatMap((lane) => lane.bars)) {
        expect(bar.x).toBeGreaterThanOrEqual(0);
        expect(bar.width).toBeGreaterThanOrEqual(3);
        expect(bar.x + bar.width).toBeLessThanOrEqual(300.001);
      }
      for (const mark of [...steps, ...ticks]) expect(mark.x >= 0 && mark.x <= 300).toBe(true);
    }
  });

  it('number the transfers between the right lanes', () => {
    const detail = found((call) => call.transfers > 0 && call.outcome === 'answered');
    const { steps, lanes } = layLanes(detail, 300);
    expect(steps.map((step) => step.number)).toEqual([1]);
    const [step] = steps;
    const [transfer] = detail.transfers;
    expect(lanes[step?.from ?? -1]?.leg.party).toBe(transfer?.from);
    expect(lanes[step?.to ?? -1]?.leg.party).toBe(transfer?.to);
  });

  it('draw an attempt otherwise than an answered ring', () => {
    const { kinds } = layLanes(
      found((call) => call.outcome === 'lost-ringing'),
      300,
    );
    expect(kinds.map(({ look }) => look)).toEqual(['wait', 'attempt']);
  });

  it('leave open what goes on', () => {
    const { lanes } = layLanes(detailOf(ringing('now', 40_000)), 300);
    expect(lanes.flatMap((lane) => lane.bars).every((bar) => bar.open)).toBe(true);
  });

  it('have round times on the axis, few enough to read', () => {
    expect(ticksOf(7)).toEqual([0, 2, 4, 6]);
    expect(ticksOf(148)).toEqual([0, 30, 60, 90, 120]);
    for (const seconds of [1, 13, 59, 61, 3599, 7201, 100_000])
      expect(ticksOf(seconds).length).toBeLessThanOrEqual(7);
  });
});

describe('half-hours', () => {
  const day = (calls: Record<number, number>) =>
    Array.from({ length: 48 }, (_, index) => ({
      minute: index * 30,
      calls: calls[index * 30] ?? 0,
      missed: 0,
    }));

  it('show the office day, and more when there are calls outside it', () => {
    expect(shownHalfHours(day({})).map(({ minute }) => minute)[0]).toBe(480);
    expect(shownHalfHours(day({})).length).toBe(20);
    const early = shownHalfHours(day({ 390: 1, 1410: 2 }));
    expect([early[0]?.minute, early.at(-1)?.minute]).toEqual([360, 1410]);
  });

  it('have a round axis', () => {
    expect(axis(0)).toEqual({ top: 1, lines: [0, 1] });
    expect(axis(9)).toEqual({ top: 10, lines: [0, 5, 10] });
    expect(axis(37)).toEqual({ top: 40, lines: [0, 10, 20, 30, 40] });
    expect(axis(60_000).top).toBeGreaterThanOrEqual(60_000);
  });

  it('know the busiest', () => {
    expect(busiest(day({ 600: 3, 630: 7, 660: 7 }))?.minute).toBe(630);
    expect(busiest(day({}))).toBeNull();
  });
});
