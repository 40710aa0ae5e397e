import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { CallPage, CallRow, CallQuery } from '../backend/backend';
import { FakeBackend } from '../backend/fake';
import { callsUpTo, TODAY } from '../backend/fake/office';
import { NO_FILTERS, toFilter } from '../lib/filters';
import { CallList, PAGE_SIZE } from './call-list.svelte';
import { COLUMNS, USUAL } from '../lib/call-columns';
import { Columns, MAX_WIDTH, MIN_WIDTH } from './columns.svelte';
import { Live } from './live.svelte';
import { Notices } from './notices.svelte';
import { Settings } from './settings.svelte';
import { REST_MS, Throttle } from './throttle';
import { View } from './view.svelte';

/** An answer that is given when the test says so. */
function pending<T>() {
  let give: (value: T) => void = () => undefined;
  let refuse: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    give = resolve;
    refuse = reject;
  });
  return { promise, give, refuse };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Throttle', () => {
  it('runs at once, then at most five times a second, and never misses the last call', async () => {
    let runs = 0;
    const throttle = new Throttle(async () => void (runs += 1));
    for (let call = 0; call < 99; call += 1) {
      throttle.ask();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(runs).toBe(5);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(runs).toBe(6);
    await vi.advanceTimersByTimeAsync(10 * REST_MS);
    expect(runs).toBe(6);
  });

  it('does not run twice at once, however long the job takes', async () => {
    const first = pending<void>();
    const jobs = [first.promise, Promise.resolve()];
    let runs = 0;
    const throttle = new Throttle(() => jobs[runs++] ?? Promise.resolve());
    throttle.ask();
    await vi.advanceTimersByTimeAsync(5 * REST_MS);
    throttle.ask();
    expect(runs).toBe(1);
    first.give();
    await settle();
    expect(runs).toBe(2);
  });

  it('stops', async () => {
    let runs = 0;
    const throttle = new Throttle(async () => void (runs += 1));
    throttle.ask();
    throttle.ask();
    throttle.stop();
    await vi.advanceTimersByTimeAsync(10 * REST_MS);
    expect(runs).toBe(1);
  });
});

describe('Live', () => {
  it('throws away an answer that comes after a newer question', async () => {
    const live = new Live<string>();
    const [slow, quick] = [pending<string>(), pending<string>()];
    void live.ask(() => slow.promise);
    void live.ask(() => quick.promise);
    quick.give('new');
    await settle();
    slow.give('old');
    await settle();
    expect([live.value, live.loading]).toEqual(['new', false]);
  });

  it('keeps the last answer while the next is on its way, and when it fails', async () => {
    const live = new Live<string>();
    await live.ask(async () => 'first');
    const second = pending<string>();
    void live.ask(() => second.promise);
    expect([live.value, live.loading]).toEqual(['first', true]);
    second.refuse({ code: 'x', message: 'No.', hint: null });
    await settle();
    expect([live.value, live.error?.message, live.loading]).toEqual(['first', 'No.', false]);
    await live.ask(async () => 'third');
    expect([live.value, live.error]).toEqual(['third', null]);
  });

  it('asks again when told, but not more than five times a second', async () => {
    let asked = 0;
    const live = new Live<number>();
    await live.ask(async () => (asked += 1));
    for (let change = 0; change < 50; change += 1) live.refresh();
    await settle();
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect([asked, live.value]).toEqual([3, 3]);
  });
});

describe('CallList', () => {
  const everything = toFilter(NO_FILTERS, { from: '2020-01-01', to: '2026-12-31' });
  const newestFirst = { column: 'start', descending: true } as const;

  const offsetsOf = (fake: FakeBackend) =>
    fake.asked
      .filter(({ question }) => question === 'listCalls')
      .map(({ with: [query] }) => (query as CallQuery).offset);

  async function opened(calls: CallRow[] = callsUpTo(TODAY, 20)) {
    const fake = new FakeBackend({ calls });
    const list = new CallList(fake);
    list.ask(everything, newestFirst);
    await settle();
    return { fake, list };
  }

  it('fetches pages as they come into sight, each once', async () => {
    const { fake, list } = await opened();
    expect([list.total, list.loading]).toEqual([fake.calls.length, false]);
    list.show(190, 220);
    list.show(191, 221);
    expect(list.row(PAGE_SIZE)).toBeUndefined();
    await settle();
    expect(list.row(PAGE_SIZE)?.id).toBe(fake.calls[PAGE_SIZE]?.id);
    // The second is ahead of what is in sight: it is here before it is seen.
    expect(offsetsOf(fake)).toEqual([0, PAGE_SIZE]);
    list.show(330, 360);
    await settle();
    expect(offsetsOf(fake)).toEqual([0, PAGE_SIZE, 2 * PAGE_SIZE]);
  });

  it('fetches ahead in the direction of the scrolling only', async () => {
    const { fake, list } = await opened();
    list.show(700, 730);
    await settle();
    expect(offsetsOf(fake)).toEqual([0, 3 * PAGE_SIZE, 4 * PAGE_SIZE]);
    list.show(690, 720);
    await settle();
    expect(offsetsOf(fake)).toEqual([0, 3 * PAGE_SIZE, 4 * PAGE_SIZE, 2 * PAGE_SIZE]);
  });

  it('asks for few places while somebody drags through the list, and ends at the last', async () => {
    const calls = callsUpTo(TODAY, 60, 6);
    const fake = new FakeBackend({ calls, delay: 120 });
    const list = new CallList(fake);
    list.ask(everything, newestFirst);
    await vi.advanceTimersByTimeAsync(150);
    for (let at = 1; at <= 40; at += 1) {
      list.show(at * PAGE_SIZE, at * PAGE_SIZE + 20);
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(400);
    expect(list.row(40 * PAGE_SIZE)?.id).toBe(calls[40 * PAGE_SIZE]?.id);
    expect(offsetsOf(fake).length).toBeLessThan(20);
  });

  it('throws away a page that was asked for before the list moved', async () => {
    const { fake, list } = await opened();
    const late = pending<CallPage>();
    const { listCalls } = fake;
    fake.listCalls = (query) => (query.offset === PAGE_SIZE ? late.promise : listCalls(query));
    list.show(150, 180);
    fake.listCalls = listCalls;
    const before = await listCalls({
      filter: everything,
      sort: newestFirst,
      offset: PAGE_SIZE,
      limit: PAGE_SIZE,
    });
    fake.ring('new-1');
    list.refresh();
    await settle();
    late.give(before);
    await settle();
    expect(list.row(PAGE_SIZE)?.id ?? fake.calls[PAGE_SIZE]?.id).toBe(fake.calls[PAGE_SIZE]?.id);
  });

  it('counts calls, legs and transfers', async () => {
    const { fake, list } = await opened();
    const transfers = fake.calls.reduce((sum, call) => sum + call.transfers, 0);
    expect(transfers).toBeGreaterThan(0);
    expect([list.legs - list.handedOn, list.handedOn]).toEqual([list.total, transfers]);
  });

  it('tells by how many rows the one being read moved when calls arrive above it', async () => {
    const { fake, list } = await opened();
    list.show(300, 320);
    await settle();
    const anchor = { id: list.row(301)?.id ?? '', index: 301 };
    list.anchor = anchor;
    let shift = 0;
    list.onShift = (rows) => (shift += rows);
    fake.ring('new-1');
    fake.ring('new-2');
    fake.ring('new-3');
    list.refresh();
    await settle();
    expect(shift).toBe(3);
    expect(list.row(304)?.id).toBe(anchor.id);
    expect(list.total).toBe(fake.calls.length);
  });

  it('finds that row even when it was pushed onto the next page', async () => {
    const { fake, list } = await opened();
    list.show(150, 199);
    await settle();
    const anchor = { id: list.row(199)?.id ?? '', index: 199 };
    list.anchor = anchor;
    let shift = 0;
    list.onShift = (rows) => (shift += rows);
    fake.ring('new-1');
    list.refresh();
    await settle();
    expect(shift).toBe(1);
    expect(list.row(200)?.id).toBe(anchor.id);
  });

  it('an older question never overwrites a newer one', async () => {
    const answers: ReturnType<typeof pending<CallPage>>[] = [];
    const fake = new FakeBackend();
    fake.listCalls = () => {
      const answer = pending<CallPage>();
      answers.push(answer);
      return answer.promise;
    };
    const list = new CallList(fake);
    list.ask(everything, newestFirst);
    list.ask({ ...everything, text: 'x' }, newestFirst);
    answers[1]?.give({ rows: [], total: 7, offset: 0, legs: 0, handed_on: 0 });
    await settle();
    answers[0]?.give({ rows: [], total: 99, offset: 0, legs: 0, handed_on: 0 });
    await settle();
    expect(list.total).toBe(7);
  });

  it('keeps what is shown when a refresh fails, and shows nothing when the question failed', async () => {
    const { fake, list } = await opened();
    const total = list.total;
    fake.script.failing.listCalls = { code: 'x', message: 'No.', hint: null };
    list.refresh();
    await settle();
    expect([list.total, list.error?.message]).toEqual([total, 'No.']);
    list.retry();
    await settle();
    expect([list.total, list.loading]).toEqual([0, false]);
    delete fake.script.failing.listCalls;
    list.retry();
    await settle();
    expect([list.total, list.error]).toEqual([total, null]);
  });
});

describe('what is remembered', () => {
  it('columns: hidden ones and widths, within bounds', () => {
    const columns = new Columns();
    columns.toggle('trunk');
    columns.resize(COLUMNS[1]!, 5000);
    columns.resize(COLUMNS[2]!, 1);
    const again = new Columns();
    expect(again.shown.map(({ id }) => id)).not.toContain('trunk');
    expect([again.width(COLUMNS[1]!), again.width(COLUMNS[2]!)]).toEqual([MAX_WIDTH, MIN_WIDTH]);
    again.reset();
    expect(new Columns().keys).toEqual(USUAL);
  });

  it('columns: their order, and those of a view', () => {
    const columns = new Columns();
    columns.toggle('tags');
    columns.move('tags', -1);
    columns.move('start', -1);
    expect(columns.keys).toEqual([...USUAL.slice(0, -1), 'tags', 'trunk']);
    expect(new Columns().keys).toEqual(columns.keys);
    columns.show(['talk', 'talk', 'colour', 'start']);
    expect(columns.keys).toEqual(['talk', 'start']);
    columns.show([]);
    expect(columns.keys).toEqual(USUAL);
  });

  it('the last column cannot be hidden', () => {
    const columns = new Columns();
    for (const id of USUAL) columns.toggle(id);
    expect(columns.keys).toEqual(USUAL.slice(-1));
  });

  it('nonsense in the memory is forgotten', () => {
    const kept = [
      '{',
      '"x"',
      '{"shown":1}',
      '{"shown":["x"],"widths":{}}',
      '{"shown":["start"],"widths":{"start":"wide"}}',
    ];
    for (const nonsense of kept) {
      window.localStorage.setItem('ringledger.columns', nonsense);
      expect(new Columns().keys).toEqual(USUAL);
    }
    window.localStorage.setItem('ringledger.theme', '"pink"');
    expect(new Settings().theme).toBe('auto');
  });

  it('the theme is put on the page', () => {
    new Settings().theme = 'dark';
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(new Settings().theme).toBe('dark');
    new Settings().theme = 'auto';
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });
});

describe('View', () => {
  it('writes where it goes into the address and follows it back', () => {
    const view = new View();
    view.go({ screen: 'calls', call: 'abc' });
    expect(window.location.hash).toBe('#/calls?call=abc');
    window.history.replaceState(null, '', '#/sources?source=2');
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    expect([view.place.screen, view.place.source]).toEqual(['sources', 2]);
    view.stop();
    window.history.replaceState(null, '', '#/today');
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    expect(view.place.screen).toBe('sources');
  });
});

describe('Notices', () => {
  it('says the same words once, and no more than three things', () => {
    const notices = new Notices();
    notices.done('a');
    notices.done('a');
    expect(notices.list.length).toBe(1);
    for (const text of ['b', 'c', 'd']) notices.done(text);
    expect(notices.list.map(({ text }) => text)).toEqual(['b', 'c', 'd']);
    notices.failed({ code: 'x', message: 'No.', hint: 'Do this.' });
    expect(notices.list.at(-1)).toMatchObject({ kind: 'error', text: 'No.', hint: 'Do this.' });
    notices.close(notices.list[0]?.id ?? 0);
    expect(notices.list.length).toBe(2);
  });
});
