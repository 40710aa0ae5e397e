import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { Report, ReportRow } from '../../backend/backend';
import { FakeBackend } from '../../backend/fake';
import { callsUpTo, TODAY } from '../../backend/fake/office';
import { asText, formatValue, inOrder, opened } from '../../lib/report';
import { axeProblems, openApp } from '../../testing/app';
import { grouped, periodFor } from './groups';

const FAILURE = { code: 'ledger-unreadable', message: 'The ledger cannot be read.', hint: null };

const figure = (text: string | null | undefined) => Number((text ?? '').replaceAll(/[^\d]/g, ''));
const asked = (fake: FakeBackend) => fake.asked.findLast(({ question }) => question === 'report')?.with ?? [];
const firstCells = () =>
  screen.getAllByTestId('report-row').map((row) => row.querySelector('th')?.textContent?.trim() ?? '');

describe('the gallery', () => {
  it('has every report once, those without a group too, and is reached from the rail and by key', async () => {
    const { user, fake } = openApp({}, '#/today');
    await screen.findByTestId('rail-reports');
    await user.keyboard('{Control>}5{/Control}');
    await screen.findByTestId('gallery');
    const ids = screen.getAllByTestId('report-card').map((card) => card.dataset.report);
    const known = (await fake.reportGallery()).reports.map(({ id }) => id);
    expect([...ids].sort()).toEqual([...known].sort());
    expect(screen.getByRole('list', { name: 'More' }).textContent).toContain('Of the yard');
    expect(await axeProblems()).toEqual([]);
  });

  it('opens a report over the window’s period, or over its own where that is too short', async () => {
    const { user, fake } = openApp({}, '#/reports');
    const cards = await screen.findAllByTestId('report-card');
    const month = cards.find(({ dataset }) => dataset.report === 'month');
    await user.click(month as HTMLElement);
    await screen.findByTestId('report-table');
    expect(asked(fake)).toMatchObject(['month', { filter: { from: '2026-11-01', to: '2026-11-30' } }]);
    const now = { name: 'today' } as const;
    const today = { from: TODAY, to: TODAY };
    expect(periodFor('day', now, today, TODAY).period).toEqual(now);
    expect(periodFor('week', now, today, TODAY).period).toEqual({ name: 'week' });
    expect(periodFor('year', now, today, TODAY).period).toEqual({ from: '2026-01-01', to: TODAY });
    const long = { from: '2026-10-01', to: '2026-10-31' };
    expect(periodFor('month', long, long, TODAY)).toEqual({ period: long, allDays: false });
    expect(grouped([])).toEqual([]);
  });

  it('asks for all days where the question is about all, and then names them', async () => {
    const { fake } = openApp({}, '#/reports?report=years&days=all');
    await screen.findByTestId('report-table');
    expect(fake.asked.find(({ question }) => question === 'report')?.with).toMatchObject([
      'years',
      { filter: { from: null, to: null } },
    ]);
    await waitFor(() => expect(window.location.hash).toMatch(/period=2026-\d\d-\d\d\.\.2026-11-20/));
    expect(window.location.hash).not.toContain('days=all');
  });

  it('says what went wrong', async () => {
    const { fake, user } = openApp({ failing: { reportGallery: FAILURE } }, '#/reports');
    expect((await screen.findByTestId('error')).textContent).toContain(FAILURE.message);
    fake.script.failing = {};
    await user.click(screen.getByText('Try again'));
    expect(await screen.findByTestId('gallery')).toBeTruthy();
  });
});

describe('a report', () => {
  it('is a sentence, a chart, a table with totals, and what was not seen', async () => {
    openApp({}, '#/reports?report=day&period=yesterday');
    expect((await screen.findByTestId('sentence')).textContent).toMatch(/\d+ calls/);
    expect(screen.getByTestId('chart')).toBeTruthy();
    expect(screen.getAllByTestId('report-row')).toHaveLength(48);
    expect(screen.getByTestId('report-totals').textContent).toContain('All');
    expect(screen.getByTestId('coverage').textContent).toContain('could not be read');
    expect(await axeProblems()).toEqual([]);
  });

  it.each([
    ['day', 'yesterday', 'missed'],
    ['day', 'yesterday', 'calls'],
    ['month', 'month', 'outbound'],
    ['top-callers', 'month', 'calls'],
    ['week-hours', 'month', 'calls-10'],
    ['compare-days', 'today', 'calls-3'],
    ['countries', 'month', 'outbound'],
    ['hang-up-causes', 'month', 'inbound'],
    ['causes-by-trunk', 'month', 'cause-2'],
    ['transfer-ways', 'month', 'blind'],
  ])('opens as many calls as a cell says: %s, %s, %s', async (report, period, column) => {
    const { user } = openApp({}, `#/reports?report=${report}&period=${period}`);
    const table = await screen.findByTestId('report-table');
    const cells = [...table.querySelectorAll<HTMLElement>(`tbody [data-column="${column}"] a`)];
    const cell = cells[Math.floor(cells.length / 2)] as HTMLElement;
    const said = figure(cell.textContent);
    expect(said).toBeGreaterThan(0);
    await user.click(cell);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    const total = await screen.findByTestId('total');
    await waitFor(() => expect(total.textContent?.trim()).toMatch(new RegExp(`^${said} calls?\\b`)));
  });

  it('marks lead where their cells lead, and are told by a chip that can be taken away', async () => {
    const { user } = openApp({}, '#/reports?report=day&period=yesterday');
    const marks = await screen.findAllByTestId('mark');
    const table = screen.getByTestId('report-table');
    const links = [...table.querySelectorAll('tbody [data-column="calls"] a')].map((a) =>
      a.getAttribute('href'),
    );
    expect(marks.map((mark) => mark.getAttribute('href'))).toEqual(links);
    window.location.hash = links[0] ?? '';
    await waitFor(() => expect(screen.getByTestId('chip').textContent).toContain('Day by half-hours:'));
    await user.click(within(screen.getByTestId('chip')).getByRole('button'));
    expect(window.location.hash).not.toContain('also');
  });

  it('goes back from the calls as it was, and leaves what a number counts behind', async () => {
    const { user } = openApp(
      {},
      '#/reports?report=day&period=yesterday&with=%7B%22compare%22%3A%22previous%22%7D',
    );
    const table = await screen.findByTestId('report-table');
    const link = table.querySelector('tbody [data-column="calls"] a')?.getAttribute('href') ?? '';
    window.location.hash = link;
    await screen.findByTestId('total');
    window.history.back();
    await screen.findByTestId('report');
    expect(window.location.hash).toContain('compare');
    window.location.hash = link;
    await screen.findByTestId('total');
    await user.click(screen.getByTestId('rail-today'));
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    expect(window.location.hash).not.toContain('also');
  });

  it('sets another period beside it, whose cells open the calls of that one', async () => {
    const { user, fake } = openApp({}, '#/reports?report=day&period=yesterday');
    await screen.findByTestId('report-table');
    await user.selectOptions(screen.getByTestId('setting-compare'), 'previous');
    await waitFor(() => expect(asked(fake)).toMatchObject(['day', { settings: { compare: 'previous' } }]));
    await waitFor(() => expect(screen.getByTestId('report-period').textContent).toContain('beside'));
    const cell = screen.getByTestId('report-table').querySelector('[data-column="calls-before"] a');
    const place = new URLSearchParams(cell?.getAttribute('href')?.split('?')[1]);
    expect(place.get('period')).toBe('2026-11-18');
    await user.click(screen.getByTestId('settings-usual'));
    await waitFor(() => expect(asked(fake)).toMatchObject(['day', { settings: {} }]));
  });

  it('takes figures as settings, and none that are no figures', async () => {
    const { user, fake } = openApp({}, '#/reports?report=line-need&period=month');
    const lines = await screen.findByTestId('setting-lines');
    await user.type(lines, 'many{Tab}');
    expect(lines.getAttribute('aria-invalid')).toBe('true');
    await user.clear(lines);
    await user.type(lines, '4{Tab}');
    await user.type(screen.getByTestId('setting-line-price'), '12.50{Tab}');
    await waitFor(() =>
      expect(asked(fake)).toMatchObject(['line-need', { settings: { lines: 4, line_price: 12.5 } }]),
    );
  });

  it('knows office hours and working days', async () => {
    const { user, fake } = openApp({}, '#/reports?report=after-hours&period=month');
    await user.click(await screen.findByTestId('setting-office-hours'));
    await user.type(screen.getByTestId('setting-opens'), '08:30{Tab}');
    await user.click(screen.getByRole('checkbox', { name: 'Sat' }));
    await waitFor(() =>
      expect(asked(fake)).toMatchObject([
        'after-hours',
        { settings: { opens: '08:30', workdays: [0, 1, 2, 3, 4, 5] } },
      ]),
    );
    expect(await axeProblems()).toEqual([]);
  });

  it('is sorted by any column, and a third press brings its own order back', async () => {
    const { user } = openApp({}, '#/reports?report=day&period=yesterday');
    await screen.findByTestId('report-table');
    const own = firstCells();
    const calls = () =>
      [...document.querySelectorAll('tbody [data-column="calls"]')].map(({ textContent }) =>
        figure(textContent),
      );
    await user.click(screen.getByTestId('sort-calls'));
    expect(calls()).toEqual([...calls()].sort((a, b) => b - a));
    await user.click(screen.getByTestId('sort-calls'));
    expect(calls()).toEqual([...calls()].sort((a, b) => a - b));
    await user.click(screen.getByTestId('sort-calls'));
    expect(firstCells()).toEqual(own);
  });

  it('tells an unknown value from none', async () => {
    openApp({}, '#/reports?report=day');
    const rows = await screen.findAllByTestId('report-row');
    expect(rows.at(-1)?.querySelector('[data-column="calls"]')?.textContent).toContain('Not known');
    expect(rows[2]?.querySelector('[data-column="calls"]')?.textContent?.trim()).toBe('0');
  });

  it('is walked through by keys, one stop of the tab key', async () => {
    const { user } = openApp({}, '#/reports?report=day&period=yesterday');
    const marks = await screen.findAllByTestId('mark');
    expect(marks.filter((mark) => mark.getAttribute('tabindex') === '0')).toHaveLength(1);
    (marks[0] as HTMLElement).focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(marks[1]);
    expect((await screen.findByTestId('tip')).textContent).toMatch(/Calls \d/);
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(marks[0]);
    expect(window.location.hash).toContain('period=yesterday');
  });

  it('is saved as a file and copied as a table', async () => {
    const { user, fake } = openApp({}, '#/reports?report=top-callers&period=month');
    await screen.findByTestId('report-table');
    await user.click(screen.getByTestId('export-report'));
    await user.click(screen.getByTestId('save-xlsx'));
    expect(await screen.findByText(/top-callers\.xlsx/)).toBeTruthy();
    expect(fake.asked.at(-1)?.with).toMatchObject([
      'top-callers',
      { filter: { from: '2026-11-01' } },
      'xlsx',
    ]);
    await user.click(screen.getByTestId('copy-table'));
    await screen.findByText(/was copied/);
    const lines = (await navigator.clipboard.readText()).split('\n');
    expect(lines[0]?.split('\t').slice(0, 2)).toEqual(['Caller', 'Calls']);
    expect(lines).toHaveLength(screen.getAllByTestId('report-row').length + 2);
  });

  it('draws the first of very many names as bars, and says so; times are drawn all', async () => {
    const names = openApp(
      { calls: callsUpTo(TODAY, 20, 0.4) },
      '#/reports?report=top-callers&period=month&with=%7B%22limit%22%3A60%7D',
    );
    expect((await screen.findByTestId('drawn-first')).textContent).toContain('the first 40 of');
    expect(screen.getAllByTestId('mark')).toHaveLength(40);
    names.unmount();

    openApp({}, '#/reports?report=day&period=yesterday');
    expect((await screen.findAllByTestId('mark')).length).toBeGreaterThan(10);
    expect(screen.queryByTestId('drawn-first')).toBeNull();
  });

  it('has countries on a map, one direction at a time, each opening its calls', async () => {
    const { user, fake } = openApp({}, '#/reports?report=countries&period=month');
    const ireland = async () =>
      waitFor(() => {
        const found = document.querySelector<SVGAElement>('[data-country="IE"]');
        expect(found?.namespaceURI).toBe('http://www.w3.org/2000/svg');
        return found as SVGAElement;
      });
    const cell = (key: string) =>
      screen
        .getAllByTestId('report-row')
        .find((row) => row.querySelector('th')?.textContent?.trim() === 'IE')
        ?.querySelector(`[data-column="${key}"] a`);
    const incoming = await ireland();
    expect(incoming.getAttribute('href')).toBe(cell('inbound')?.getAttribute('href'));
    expect(incoming.getAttribute('aria-label')).toBe(`Ireland, Incoming: ${cell('inbound')?.textContent}`);
    expect(screen.getByTestId('not-on-map').textContent).toContain('(no country)');
    await user.click(screen.getByTestId('view-outbound'));
    const href = (await ireland()).getAttribute('href');
    // Nobody calls Ireland here: a country without calls is land, and leads nowhere.
    const calls = fake.calls.filter(({ country, direction }) => country === 'IE' && direction === 'outbound');
    expect(href).toBe(calls.length > 0 ? cell('outbound')?.getAttribute('href') : null);
    expect(await axeProblems()).toEqual([]);
  });

  it('shows a country by its letters, which every font has', async () => {
    openApp({}, '#/reports?report=countries&period=month');
    const table = await screen.findByTestId('report-table');
    expect(table.querySelector('tbody .code')?.textContent).toMatch(/^[A-Z]{2}$/);
  });

  it('says that nothing is there, that it failed, and that it is too much to draw', async () => {
    const empty = openApp({ calls: [] }, '#/reports?report=day');
    expect((await screen.findByTestId('empty')).textContent).toContain('Nothing to show');
    expect(screen.queryByTestId('chart')).toBeNull();
    empty.unmount();

    const failed = openApp({ failing: { report: FAILURE } }, '#/reports?report=day');
    expect((await screen.findByTestId('error')).textContent).toContain(FAILURE.message);
    failed.unmount();

    const much = openApp({ calls: callsUpTo(TODAY, 420, 0.02) }, '#/reports?report=years&days=all');
    expect((await screen.findByTestId('too-many')).textContent).toContain('too many to draw');
    expect(screen.getAllByTestId('report-row')).toHaveLength(200);
    await much.user.click(screen.getByTestId('more-rows'));
    expect(screen.getAllByTestId('report-row')).toHaveLength(400);
    much.unmount();

    openApp({}, '#/reports?report=no-such');
    expect((await screen.findByTestId('error')).textContent).toContain('There is no report');
  });
});

describe('the value of a report', () => {
  const row = (cells: ReportRow['cells'], more: Partial<ReportRow> = {}): ReportRow => ({
    cells,
    opens: [{ trunk: '1' }],
    compared: null,
    ...more,
  });
  const REPORT: Report = {
    id: 'x',
    title: 'X',
    sentence: '',
    period: { from: '2026-03-01', to: '2026-03-31' },
    compared: { from: '2026-02-01', to: '2026-02-28' },
    columns: [
      { key: 'who', title: '=Who', unit: 'text', opens: null, compared: false },
      { key: 'talk', title: 'Talk', unit: 'seconds', opens: [{ over: false }, {}], compared: false },
      { key: 'was', title: 'Was', unit: 'calls', opens: [], compared: true },
    ],
    rows: [],
    totals: null,
    charts: [],
    notes: [],
    coverage: {
      first_day: null,
      last_day: null,
      days_before: 0,
      days_to_come: 0,
      rejected_lines: 0,
      notes: [],
    },
  };
  const [who, talk, was] = REPORT.columns;

  it('opens what the row and the column open, in the period of the column', () => {
    const plain = row(['a', 60, 3]);
    expect(who && opened(REPORT, plain, who)).toBeNull();
    expect(talk && opened(REPORT, plain, talk)).toEqual({ period: REPORT.period, also: [{ trunk: '1' }] });
    expect(was && opened(REPORT, plain, was)).toBeNull();
    const beside = row(['a', 60, 3], { compared: [{ trunk: '2' }] });
    expect(was && opened(REPORT, beside, was)).toEqual({ period: REPORT.compared, also: [{ trunk: '2' }] });
    const moment = row(['a', 60, 3], { of_cells: { talk: [{ ids: ['1'] }] } });
    expect(talk && opened(REPORT, moment, talk)).toEqual({
      period: { from: '2026-02-28', to: '2026-03-31' },
      also: [{ ids: ['1'] }],
    });
  });

  it('is copied as a spreadsheet reads it, and no cell computes', () => {
    const rows = [row(['=1+1', 3725, null]), row(['+44 1632 960147', 5, 2]), row(['a\tb', 0, 0])];
    expect(asText(REPORT, rows)).toBe(
      "'=Who\tTalk\tWas\n'=1+1\t1:02:05\t\n+44 1632 960147\t0:00:05\t2\na b\t0:00:00\t0",
    );
  });

  it('keeps what is not known at the end, whichever way it is sorted', () => {
    const rows = [row(['a', null, 0]), row(['b', 5, 0]), row(['c', 9, 0])];
    const names = (descending: boolean) =>
      inOrder(rows, { column: 1, descending }).map(({ cells }) => cells[0]);
    expect(names(true)).toEqual(['c', 'b', 'a']);
    expect(names(false)).toEqual(['b', 'c', 'a']);
  });

  it('is written in its unit', () => {
    expect(formatValue(null, 'calls')).toBe('–');
    expect(formatValue(3725, 'seconds')).toBe('1:02:05');
    expect(formatValue(66.7, 'percent')).toMatch(/^66[.,]7\s?%$/);
    expect(formatValue(12.5, 'money')).toMatch(/^12[.,]50$/);
    expect(formatValue('2026-11-20', 'text')).not.toBe('2026-11-20');
    expect(formatValue('Dunne Timber', 'text')).toBe('Dunne Timber');
  });
});
