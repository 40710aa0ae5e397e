import { describe, expect, it } from 'vitest';

import type { CallDetail } from '../backend/backend';
import { detailOf } from '../backend/fake/detail';
import { callsUpTo, ringing, TODAY } from '../backend/fake/office';
import { STORY } from '../backend/fake/stories';
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
      const { lanes, drawn, ticks } = layLanes(detailOf(call), 300);
      for (const bar of lanes.flatMap((lane) => lane.bars)) {
        expect(bar.x).toBeGreaterThanOrEqual(0);
        expect(bar.width).toBeGreaterThanOrEqual(3);
        expect(bar.x + bar.width).toBeLessThanOrEqual(300.001);
      }
      for (const mark of [...drawn, ...ticks]) expect(mark.x >= 0 && mark.x <= 300).toBe(true);
    }
  });

  it('number each attempt, connection and transfer in the order of time', () => {
    const detail = found((call) => call.transfers > 0 && call.outcome === 'answered');
    const { steps, drawn } = layLanes(detail, 300);
    const [transfer] = detail.transfers;
    expect(steps.map(({ number, kind, toParty, answered }) => [number, kind, toParty, answered])).toEqual([
      [1, 'ring', '12', false],
      [2, 'ring', transfer?.from, true],
      [3, 'transfer', transfer?.to, true],
    ]);
    const handing = drawn.find(({ step }) => step.kind === 'transfer');
    expect(detail.legs[handing?.from ?? -1]?.party).toBe(transfer?.from);
    expect(detail.legs[handing?.to ?? -1]?.party).toBe(transfer?.to);
  });

  it('put a box around what a queue tried, and nothing else', () => {
    const { boxes, steps, drawn } = layLanes(STORY.queue, 300);
    expect(boxes.map(({ name, first, last }) => [name, first, last])).toEqual([['Sales', 1, 3]]);
    expect(
      steps.map(({ kind, fromParty, toParty, answered }) => [kind, fromParty, toParty, answered]),
    ).toEqual([
      ['ivr', 'Dunne Timber', 'Dunne Timber', true],
      ['ring', 'Dunne Timber', '12', false],
      ['ring', 'Dunne Timber', '14', false],
      ['ring', 'Dunne Timber', '12', false],
      ['ring', 'Dunne Timber', '15', true],
      ['consult', '15', '21', true],
      ['transfer', '15', '21', true],
    ]);
    expect(drawn.length).toBe(steps.length);
    expect(layLanes({ ...STORY.queue, call: { ...STORY.queue.call, queue: null } }, 300).boxes).toEqual([]);
  });

  it('know a parked call, a conference and a message', () => {
    const park = layLanes(STORY.park, 300);
    expect(park.steps.map(({ kind, toParty }) => `${kind} ${toParty}`)).toEqual([
      'ring 11',
      'park Dunne Timber',
      'talk 16',
      'ring 14',
      'conference Dunne Timber, 16, 14',
    ]);
    expect(park.kinds.map(({ look }) => look)).toContain('park');
    const message = layLanes(STORY.message, 300);
    expect(message.steps.map(({ kind, answered }) => [kind, answered])).toEqual([
      ['ring', false],
      ['voicemail', true],
    ]);
  });

  it('tell a transfer to somebody without a lane, though it cannot be drawn', () => {
    const detail = found((call) => call.transfers > 0 && call.outcome === 'answered');
    const away = { ...detail, transfers: detail.transfers.map((one) => ({ ...one, to: '99' })) };
    const { steps, drawn } = layLanes(away, 300);
    expect(steps.some(({ toParty }) => toParty === '99')).toBe(true);
    expect(drawn.some(({ step }) => step.toParty === '99')).toBe(false);
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

  it('leave room for a talk whose end nobody knows', () => {
    const { lanes } = layLanes(STORY.open, 300);
    const talk = lanes[1]?.bars.at(-1);
    expect([talk?.look, talk?.open]).toEqual(['talk', true]);
    expect(talk?.width).toBeGreaterThan(50);
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
