import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { FakeBackend } from '../backend/fake';
import { EXPORTS } from '../backend/fake/import';
import { changed, NO_OPTIONS } from '../lib/import-options';
import { timesAsked } from '../testing/app';
import { DialRulesDraft, DialRulesDesk, RULES_PAUSE_MS } from './dial-rules.svelte';
import { ImportDesk, PREVIEW_PAUSE_MS } from './import.svelte';
import { Jobs } from './jobs.svelte';
import { RejectedList } from './rejected.svelte';

const settle = () => vi.advanceTimersByTimeAsync(0);
const pause = () => vi.advanceTimersByTimeAsync(PREVIEW_PAUSE_MS);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function deskWith(...names: string[]) {
  const fake = new FakeBackend({ imports: 'some' });
  const desk = new ImportDesk(fake);
  desk.add(names.map((name) => EXPORTS + name));
  await settle();
  const draft = desk.current;
  if (!draft) throw new Error('no file on the desk');
  return { fake, desk, draft };
}

describe('options', () => {
  it('meanings and answers go with the columns they were given for', () => {
    const given = {
      ...NO_OPTIONS,
      columns: [{ column: 1, meaning: 'caller' }],
      answers: [{ question: 'date-order', value: 'dmy' }],
    };
    expect(changed(given, { separator: ';' })).toEqual({ ...NO_OPTIONS, separator: ';' });
    expect(changed(given, { mapping: 'Branch' })).toEqual({ ...NO_OPTIONS, mapping: 'Branch' });
    expect(changed(given, { zone: 'Europe/Berlin' })).toEqual({ ...given, zone: 'Europe/Berlin' });
    expect(changed(given, { separator: null })).toEqual(given);
  });

  it('a kept reading and a chosen format put each other aside', () => {
    expect(changed({ ...NO_OPTIONS, format: 'asterisk' }, { mapping: 'Branch' }).format).toBeNull();
    expect(changed({ ...NO_OPTIONS, mapping: 'Branch' }, { format: 'asterisk' }).mapping).toBeNull();
  });
});

describe('the desk', () => {
  it('does not start a file of which no row can be read', async () => {
    const fake = new FakeBackend({ imports: 'some' });
    const read = fake.previewImport.bind(fake);
    fake.previewImport = async (file) => {
      const preview = await read(file);
      const rows = preview.rows.map((row) => ({ ...row, verdict: 'rejected' as const, reason: 'no date' }));
      return { ...preview, rows, calls: [], questions: [] };
    };
    const desk = new ImportDesk(fake);
    desk.add([EXPORTS + 'Gespraeche.csv']);
    await settle();
    expect(desk.current?.unreadable).toBe(true);
    expect(desk.unready).toHaveLength(1);
    await desk.start();
    expect(timesAsked(fake, 'startImport')).toBe(0);
  });

  it('reads a file once for many changes in a row, and keeps what it showed until then', async () => {
    const { fake, draft } = await deskWith('Gespraeche.csv');
    expect(timesAsked(fake, 'previewImport')).toBe(1);
    const before = draft.preview;
    draft.setMeaning(5, 'duration');
    draft.setMeaning(7, 'caller-name');
    draft.change({ account_code: 'B' });
    expect(draft.waiting).toBe(true);
    expect(draft.ready).toBe(false);
    expect(draft.preview).toBe(before);
    await pause();
    expect(timesAsked(fake, 'previewImport')).toBe(2);
    expect(draft.waiting).toBe(false);
    expect(draft.preview?.columns[5]).toMatchObject({ meaning: 'duration', sure: true });
  });

  it('waits for answers that only a person can give', async () => {
    const { fake, desk, draft } = await deskWith('Gespraeche.csv');
    expect(draft.open.map((question) => question.id)).toEqual(['date-order', 'duration-unit']);
    await desk.start();
    expect(timesAsked(fake, 'startImport')).toBe(0);
    draft.answer('date-order', 'mdy');
    draft.answer('date-order', 'dmy');
    draft.answer('duration-unit', 'seconds');
    await pause();
    expect(draft.ready).toBe(true);
    await desk.start();
    expect(fake.asked.at(-1)?.with).toEqual([
      [
        {
          path: `${EXPORTS}Gespraeche.csv`,
          options: {
            ...NO_OPTIONS,
            answers: [
              { question: 'date-order', value: 'dmy' },
              { question: 'duration-unit', value: 'seconds' },
            ],
          },
        },
      ],
    ]);
    expect(desk.drafts).toEqual([]);
    expect(desk.current).toBeNull();
  });

  it('keeps a file that is dropped while others are being started', async () => {
    const { desk } = await deskWith('Master.csv');
    const starting = desk.start();
    desk.add([`${EXPORTS}Gespraeche.csv`]);
    await starting;
    expect(desk.drafts.map(({ name }) => name)).toEqual(['Gespraeche.csv']);
    expect(desk.current?.name).toBe('Gespraeche.csv');
  });

  it('takes a file once, and goes to the next when one is left out', async () => {
    const { desk, draft } = await deskWith('Master.csv', 'Gespraeche.csv', 'Master.csv');
    expect(desk.drafts.map(({ name }) => name)).toEqual(['Master.csv', 'Gespraeche.csv']);
    desk.add([`${EXPORTS}Gespraeche.csv`]);
    expect(desk.drafts.length).toBe(2);
    expect(desk.current?.name).toBe('Gespraeche.csv');
    desk.remove(desk.current ?? draft);
    expect(desk.current).toBe(draft);
    desk.remove(draft);
    expect(desk.current).toBeNull();
  });

  it('reads like files alike', async () => {
    const { desk, draft } = await deskWith('Master.csv', 'Master-november.csv', 'Gespraeche.csv');
    expect(desk.like(draft).map(({ name }) => name)).toEqual(['Master-november.csv']);
    draft.change({ zone: 'Europe/Paris', exchange: 2 });
    await pause();
    desk.useForAll(draft);
    await pause();
    expect(desk.drafts.map(({ preview }) => preview?.zone)).toEqual([
      'Europe/Paris',
      'Europe/Paris',
      'Europe/Dublin',
    ]);
  });

  it('keeps the files when the import could not be started', async () => {
    const { fake, desk } = await deskWith('Master.csv');
    fake.script.failing.startImport = { code: 'disk-full', message: 'The disk is full.', hint: null };
    await expect(desk.start()).rejects.toMatchObject({ code: 'disk-full' });
    expect(desk.drafts.length).toBe(1);
    expect(desk.starting).toBe(false);
  });
});

describe('jobs', () => {
  it('tell of the one that moves first, then of what came of the last', async () => {
    const fake = new FakeBackend();
    const jobs = new Jobs(fake);
    fake.imports.start([
      { path: `${EXPORTS}Master.csv`, options: NO_OPTIONS },
      { path: `${EXPORTS}smdr-october.txt`, options: NO_OPTIONS },
    ]);
    const look = () => jobs.live.ask(() => fake.listJobs());
    await look();
    expect(jobs.running.map(({ phase }) => phase)).toEqual(['reading', 'waiting']);
    await jobs.cancel(1);
    await look();
    expect(jobs.current?.file).toBe('smdr-october.txt');
    for (let second = 0; second < 8; second += 1) fake.tick();
    await look();
    expect(jobs.current).toBeNull();
    expect(jobs.last?.summary?.inserted).toBe(4182 - 61 - 96 - 240);
    await jobs.dismiss(2);
    await jobs.dismiss(1);
    await look();
    expect(jobs.last).toBeNull();
  });
});

describe('rejected rows', () => {
  it('keep what was typed while pages come and go, and send only what was changed', async () => {
    const fake = new FakeBackend({ imports: 'some' });
    const list = new RejectedList(fake, 4);
    await settle();
    expect(list.total).toBe(240);
    const first = list.row(0);
    if (!first) throw new Error('no first row');
    list.edit(first, 'something else');
    list.edit(first, first.raw);
    expect(list.changed).toEqual([]);
    list.edit(first, '02.10.26 10:51:00  1    11');
    list.show(180, 200);
    await settle();
    const later = list.row(200);
    if (!later) throw new Error('no later row');
    list.edit(later, 'still nothing');
    await list.send();
    expect(list.summary).toMatchObject({ lines: 2, inserted: 1, rejected: 1 });
    expect(list.edits.size).toBe(0);
    list.show(0, 10);
    await settle();
    expect(list.row(0)?.corrected).toBe(true);
    expect(list.row(1)?.corrected).toBe(false);
  });

  it('keep what was typed when sending fails', async () => {
    const failure = { code: 'busy', message: 'Another import is at work.', hint: null };
    const fake = new FakeBackend({ imports: 'some', failing: { correctRows: failure } });
    const list = new RejectedList(fake, 4);
    await settle();
    const first = list.row(0);
    if (!first) throw new Error('no first row');
    list.edit(first, 'better');
    await list.send();
    expect(list.error).toEqual(failure);
    expect(list.textOf(first)).toBe('better');
  });
});

describe('dial rules', () => {
  it('say what would change, once for many changes in a row, and go back', async () => {
    const fake = new FakeBackend();
    const [rules] = await fake.dialRules();
    if (!rules) throw new Error('no rules');
    const draft = new DialRulesDraft(fake, rules);
    expect(draft.dirty).toBe(false);
    draft.change({ area_code: '16' });
    draft.change({ country: 'IE' });
    await vi.advanceTimersByTimeAsync(RULES_PAUSE_MS);
    expect(timesAsked(fake, 'previewRules')).toBe(1);
    expect(draft.preview.value?.changed).toBeGreaterThan(0);
    draft.revert();
    expect(draft.dirty).toBe(false);
    expect(draft.preview.value).toBeNull();
    await vi.advanceTimersByTimeAsync(RULES_PAUSE_MS);
    expect(timesAsked(fake, 'previewRules')).toBe(1);
  });

  it('keep a draft over a look elsewhere, and its reason when it is refused', async () => {
    const failure = { code: 'rewrite-pattern', message: 'This is not a pattern.', hint: null };
    const fake = new FakeBackend({ branch: true, failing: { saveRules: failure } });
    const desk = new DialRulesDesk(fake);
    await desk.load();
    const draft = desk.drafts?.[1];
    draft?.change({ area_code: '40' });
    await desk.load();
    expect(desk.drafts?.[1]).toBe(draft);
    expect(await draft?.save()).toBe(false);
    expect(draft?.error).toEqual(failure);
    expect(draft?.dirty).toBe(true);
    delete fake.script.failing.saveRules;
    expect(await draft?.save()).toBe(true);
    expect(draft?.dirty).toBe(false);
    expect(fake.imports.jobs[0]?.kind).toBe('renumber');
  });
});
