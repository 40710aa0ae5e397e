// What only a real browser can show: scrolling 200,000 calls, rows that stay where they are, focus, history, and
// the keyboard alone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { buildFake, launch, openPage } from './browser.mjs';
import { serve } from './serve.mjs';

const SIZE = { width: 1280, height: 800 };
const sel = (id) => `[data-testid="${id}"]`;
const ROW = '[role="row"][data-call-id]';

let server;
let browser;

before(async () => {
  server = await serve(buildFake());
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function open(t, scenario, place, more = {}) {
  const opened = await openPage(browser, server.address, {
    scenario,
    place,
    size: SIZE,
    dark: false,
    ...more,
  });
  t.after(async () => {
    assert.deepEqual(opened.complaints, [], 'the console is silent');
    await opened.close();
  });
  return opened.page;
}

async function tabOn(page, id) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.dataset.testid === wanted, id)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`no way to ${id} by the tab key`);
}

test('200,000 calls scroll from end to end, every row in its place', async (t) => {
  const page = await open(t, 'huge', '#/calls?period=2020-01-01..2026-12-31');
  await page.waitForSelector(ROW);
  const total = await page.evaluate(() => window.office.calls.length);
  assert.ok(total > 180_000, `the office has ${total} calls`);
  for (const share of [0.25, 0.5, 0.75, 1, 0]) {
    await page.locator(sel('grid')).evaluate((grid, at) => {
      grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * at;
    }, share);
    await page.waitForFunction((row) => document.querySelectorAll(row).length >= 15, ROW);
    const wrong = await page.evaluate(
      (row) =>
        [...document.querySelectorAll(row)].filter(
          (line) =>
            window.office.calls[Number(line.getAttribute('aria-rowindex')) - 2]?.id !== line.dataset.callId,
        ).length,
      ROW,
    );
    assert.equal(wrong, 0, `rows at ${share}`);
  }
});

test('pages that come slowly leave no gap longer than a frame, and move no row', async (t) => {
  const page = await open(t, 'slow-pages', '#/calls?period=2026-09-01..2026-11-30');
  await page.waitForSelector(ROW);
  await page.evaluate(() => {
    const { office } = window;
    const size = 200;
    /** When each page came, by its number. */
    const came = new Map([[0, 0]]);
    const ask = office.listCalls;
    office.listCalls = async (query) => {
      const answer = await ask(query);
      came.set(query.offset / size, performance.now());
      return answer;
    };
    const grid = document.querySelector('[data-testid="grid"]');
    const seen = { frames: 0, late: [], moved: [], short: 0, wrong: 0, skeletons: 0 };
    window.seen = seen;
    let before = performance.now();
    const look = (now) => {
      const box = grid.getBoundingClientRect();
      const lines = [...grid.querySelectorAll('[role="row"][id]')].map((line) => ({
        index: Number(line.getAttribute('aria-rowindex')) - 2,
        id: line.dataset.callId,
        box: line.getBoundingClientRect(),
      }));
      const inSight = lines.filter((line) => line.box.bottom > box.top + 32 && line.box.top < box.bottom);
      if (inSight.length < Math.floor((box.height - 32) / 32)) seen.short += 1;
      const base = inSight[0] && inSight[0].box.top - inSight[0].index * 32;
      for (const line of inSight) {
        if (Math.abs(line.box.top - line.index * 32 - base) > 1 || Math.round(line.box.height) !== 32) {
          seen.moved.push(line.index);
        }
        const there = came.get(Math.floor(line.index / size));
        if (line.id === undefined) {
          seen.skeletons += 1;
          // It was there when the frame before this one was drawn.
          if (there !== undefined && there < before) seen.late.push(line.index);
        } else if (line.id !== office.calls[line.index]?.id) seen.wrong += 1;
      }
      before = now;
      seen.frames += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.mouse.move(640, 400);
  // At a reading pace the next page is always there before it is seen.
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(16);
  }
  const calm = await page.evaluate(() => ({ ...window.seen }));
  assert.equal(calm.skeletons, 0, 'no row is waited for at a reading pace');
  // A leap has to wait for its page, but not longer than that.
  for (const share of [0.5, 0.9, 0.2, 1]) {
    await page.locator(sel('grid')).evaluate((grid, at) => {
      grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * at;
    }, share);
    await page.waitForTimeout(40);
  }
  await page.waitForFunction(
    (row) => document.querySelectorAll(row).length === document.querySelectorAll('[role="row"][id]').length,
    ROW,
  );
  const seen = await page.evaluate(() => window.seen);
  assert.ok(seen.frames > 20, `${seen.frames} frames`);
  assert.ok(seen.skeletons > 0, 'the leap was seen');
  assert.deepEqual(
    { late: seen.late, moved: seen.moved, short: seen.short, wrong: seen.wrong },
    {
      late: [],
      moved: [],
      short: 0,
      wrong: 0,
    },
  );
});

test('a call on paper is its sentence, picture, facts and lines, and nothing of the window', async (t) => {
  const page = await open(t, 'stories', '#/calls?call=story-4');
  await page.waitForSelector(sel('steps'));
  await page.evaluate(() => (window.print = () => undefined));
  await page.click(sel('print'));
  await page.emulateMedia({ media: 'print' });
  for (const id of ['sentence', 'lanes', 'steps', 'raw-lines']) {
    assert.ok(await page.isVisible(sel(id)), `${id} is printed`);
  }
  for (const id of ['grid', 'rail-calls', 'filter', 'notes', 'tags', 'print', 'copy-lines']) {
    assert.ok(!(await page.isVisible(sel(id))), `${id} is not printed`);
  }
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.ok(await page.isVisible(sel('grid')));
});

test('the row being read stays on its pixel when calls come in above', async (t) => {
  const page = await open(t, 'office', '#/calls?period=month');
  await page.waitForSelector(ROW);
  await page.locator(sel('grid')).evaluate((grid) => (grid.scrollTop = 9_999));
  await page.waitForFunction(
    () => window.getSelection && document.querySelectorAll('[data-call-id]').length > 15,
  );
  await page.waitForTimeout(300);
  const places = () =>
    page.evaluate((row) => {
      const box = document.querySelector('[data-testid="grid"]').getBoundingClientRect();
      return [...document.querySelectorAll(row)]
        .map((line) => ({
          id: line.dataset.callId,
          top: Math.round(line.getBoundingClientRect().top - box.top),
        }))
        .filter(({ top }) => top >= 32 && top < box.height);
    }, ROW);
  const before = await places();
  assert.ok(before.length > 10);
  await page.evaluate(() => ['a', 'b', 'c'].forEach((name) => window.office.ring(`new-${name}`)));
  await page.waitForSelector(sel('arrived'));
  assert.deepEqual(await places(), before);
  await page.click(sel('arrived'));
  await page.waitForSelector('[data-call-id="new-c"]');
});

test('a cable is connected with the keyboard alone', async (t) => {
  const page = await open(t, 'first-start', '#/today');
  await page.waitForSelector(sel('door-connect'));
  const tabTo = (id) => tabOn(page, id);
  await tabTo('door-connect');
  await page.keyboard.press('Enter');
  await page.waitForSelector(sel('ports'));
  await tabTo('format');
  await page.keyboard.press('ArrowDown');
  await tabTo('add');
  await page.keyboard.press('Enter');
  await page.waitForSelector(sel('line-state'));
  await page.evaluate(() => window.office.print('20.11.2611:42:31  1    11 00:0400:00:3101632960147'));
  await page.waitForSelector(sel('monitor-line'));
});

test('back and forward go where one has been, and the address brings the same view again', async (t) => {
  const page = await open(t, 'office', '#/today');
  await page.click(sel('metric-missed'));
  await page.waitForSelector(ROW);
  const missed = await page.textContent(sel('total'));
  await page.locator(ROW).first().click();
  await page.waitForSelector(sel('sentence'));
  const sentence = await page.textContent(sel('sentence'));
  await page.reload();
  await page.waitForSelector(sel('sentence'));
  assert.equal(await page.textContent(sel('sentence')), sentence);
  assert.equal(await page.textContent(sel('total')), missed);
  await page.goBack();
  await page.waitForSelector(sel('panel'), { state: 'detached' });
  await page.goBack();
  await page.waitForSelector(sel('metric-missed'));
  await page.goForward();
  await page.waitForSelector(ROW);
});

test('in a narrow window the panel lies over the list and has the focus', async (t) => {
  const page = await open(t, 'office', '#/calls', { zoom: 2 });
  await page.waitForSelector(ROW);
  await page.focus(sel('grid'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(sel('sentence'));
  const inside = () => page.evaluate(() => document.activeElement?.closest('[data-testid="panel"]') !== null);
  assert.ok(await inside());
  await page.keyboard.press('Escape');
  await page.waitForSelector(sel('panel'), { state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), 'grid');
});

test('a column keeps the width it was dragged to', async (t) => {
  const page = await open(t, 'office', '#/calls');
  await page.waitForSelector(ROW);
  const width = () =>
    page
      .locator('[role="columnheader"]')
      .nth(1)
      .evaluate((cell) => cell.getBoundingClientRect().width);
  const before = await width();
  const grip = await page.locator('.grip').nth(1).boundingBox();
  await page.mouse.move(grip.x + 4, grip.y + 4);
  await page.mouse.down();
  await page.mouse.move(grip.x + 64, grip.y + 4, { steps: 4 });
  await page.mouse.up();
  assert.equal(Math.round((await width()) - before), 60);
  await page.reload();
  await page.waitForSelector(ROW);
  assert.equal(Math.round((await width()) - before), 60);
});

test('the line monitor follows its end, and stands still while somebody reads further up', async (t) => {
  const page = await open(t, 'office', '#/sources');
  await page.waitForSelector(sel('monitor-line'));
  const atEnd = () =>
    page.locator(sel('monitor')).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 3);
  await page.waitForTimeout(200);
  assert.ok(await atEnd());
  await page.evaluate(() => window.office.print('one more line'));
  await page.getByText('one more line').waitFor();
  await page.waitForTimeout(200);
  assert.ok(await atEnd());
  await page.locator(sel('monitor')).evaluate((box) => (box.scrollTop = 200));
  await page.waitForSelector(sel('follow'));
  await page.evaluate(() => window.office.print('another line'));
  await page.getByText('1 new').waitFor();
  assert.equal(await page.locator(sel('monitor')).evaluate((box) => box.scrollTop), 200);
  await page.click(sel('follow'));
  await page.getByText('another line').waitFor();
});

test('a file is imported and taken back with the keyboard alone', async (t) => {
  const page = await open(t, 'import-german', '#/import');
  await page.waitForSelector(sel('history'));
  const tabTo = (id) => tabOn(page, id);
  await tabTo('choose-files');
  await page.keyboard.press('Enter');
  await page.waitForSelector(sel('preview-rows'));
  // Tab comes to the first answer of each question, the arrows to the others.
  await tabTo('answer-date-order-dmy');
  await page.keyboard.press('Space');
  await tabTo('answer-duration-unit-seconds');
  await page.keyboard.press('Space');
  await page.waitForSelector(`${sel('import-now')}:enabled`);
  assert.ok(await page.isChecked(sel('answer-duration-unit-seconds')));
  await tabTo('import-now');
  await page.keyboard.press('Enter');
  await page.waitForSelector(sel('job'));
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await page.evaluate(() => {
    for (let second = 0; second < 8; second += 1) window.office.tick();
  });
  await page.waitForSelector(sel('summary'));
  await tabTo('undo');
  await page.keyboard.press('Enter');
  await page.waitForSelector(sel('undo-dialog'));
  await tabTo('undo-now');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-state="undoing"]');
});

test('the preview does not jump while a change is on its way', async (t) => {
  const page = await open(t, 'import-german', '#/import');
  await page.click(sel('choose-files'));
  await page.waitForSelector(sel('preview-rows'));
  const rows = page.locator(sel('preview-rows')).locator('..');
  await rows.evaluate((box) => box.scrollTo(300, 200));
  const before = await rows.evaluate((box) => [
    box.scrollLeft,
    box.scrollTop,
    box.getBoundingClientRect().top,
  ]);
  assert.deepEqual(before.slice(0, 2), [300, 200]);
  await page.selectOption(sel('meaning-5'), 'duration');
  await page.waitForSelector('[data-testid="preview"][aria-busy="true"]');
  await page.waitForSelector('[data-testid="preview"][aria-busy="false"]');
  assert.equal(await page.inputValue(sel('meaning-5')), 'duration');
  assert.deepEqual(
    await rows.evaluate((box) => [box.scrollLeft, box.scrollTop, box.getBoundingClientRect().top]),
    before,
  );
});

test('rejected rows: only those in sight exist, and the tab key goes through them all', async (t) => {
  const page = await open(t, 'imports', '#/import?rejected=4');
  const row = `${sel('rejected-row')} textarea`;
  await page.waitForSelector(row);
  assert.ok((await page.locator(row).count()) < 30);
  await page.locator(row).first().fill('02.10.26 10:51:00  1    11');
  for (let step = 1; step < 40; step += 1) await page.keyboard.press('Tab');
  const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const line = Number(/^Line (\d+):/.exec(label)?.[1]);
  assert.ok(line > 5 + 30 * 17, `${label} after 39 steps`);
  const scroller = page.locator(row).first().locator('xpath=ancestor::*[@role="region"]');
  await scroller.evaluate((box) => (box.scrollTop = box.scrollHeight));
  await page.getByRole('textbox', { name: `Line ${5 + 239 * 17}:` }).waitFor();
  await scroller.evaluate((box) => (box.scrollTop = 0));
  await page.waitForFunction(
    (first) => document.querySelector(first)?.value === '02.10.26 10:51:00  1    11',
    row,
  );
});

test('the caller being read stays on its pixel when another one comes in above', async (t) => {
  const page = await open(t, 'many-callers', '#/ring-back');
  await page.waitForSelector(sel('caller'));
  const scroller = page.locator(sel('callers'));
  await scroller.evaluate((box) => (box.scrollTop = 1_000));
  const places = () =>
    page.evaluate(() => {
      const box = document.querySelector('[data-testid="callers"]').getBoundingClientRect();
      return [...document.querySelectorAll('[data-testid="caller"]')]
        .map((row) => ({ number: row.dataset.number, top: Math.round(row.getBoundingClientRect().top) }))
        .filter(({ top }) => top >= box.top + 32 && top < box.bottom);
    });
  const miss = (number) =>
    page.evaluate((wanted) => {
      const { office } = window;
      const like = office.calls.find((call) => call.outcome === 'lost-ringing');
      const caller = { ...like.caller, number: wanted, name: null };
      office.calls = [
        { ...like, id: `missed-${wanted}`, start: '2026-11-20T11:42:00+00:00', caller },
        ...office.calls,
      ];
      office.changed({ calls: true });
    }, number);
  const before = await places();
  assert.ok(before.length > 8);
  await miss('01632960998');
  await page.waitForSelector(sel('arrived'));
  assert.deepEqual(await places(), before);
  // At the top of the list the row that has the keys stays as well.
  await page.click(sel('arrived'));
  await page.waitForSelector('[data-number="01632960998"]');
  const top = () => page.evaluate(() => Math.round(document.activeElement.getBoundingClientRect().top));
  const read = await top();
  await miss('01632960997');
  await page.waitForSelector('[data-number="01632960997"]');
  await page.waitForTimeout(100);
  assert.equal(await top(), read);
});

test('a caller is given away and dismissed with the keyboard alone', async (t) => {
  const page = await open(t, 'office', '#/today');
  await page.waitForSelector(sel('metric-calls'));
  await page.keyboard.press('Control+3');
  await page.waitForSelector(sel('caller'));
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate(() => document.activeElement?.dataset.who !== undefined)) break;
    await page.keyboard.press('Tab');
  }
  const number = () => page.evaluate(() => document.activeElement.closest('tr')?.dataset.number);
  const first = await number();
  await page.keyboard.press('g');
  await page.waitForSelector(sel('give-choice'));
  await page.keyboard.type('Anna');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector(sel('give-dialog'), { state: 'detached' });
  await page.waitForFunction(
    (wanted) => document.activeElement?.closest('tr')?.dataset.number === wanted,
    first,
  );
  await page.keyboard.press('j');
  await page.waitForFunction(
    (wanted) => document.activeElement?.closest('tr')?.dataset.number !== wanted,
    first,
  );
  const second = await number();
  await page.keyboard.press('d');
  await page.keyboard.type('Wrong number');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`[data-number="${second}"]`, { state: 'detached' });
  const third = await number();
  assert.ok(third && third !== first && third !== second);
});

test('a bar of a report opens its calls, by pointer and by key, and the way back leads to the report', async (t) => {
  const page = await open(t, 'office', '#/reports?period=yesterday');
  await page.click('[data-report="day"]');
  await page.waitForSelector(sel('mark'));
  const saidBy = async (mark) => Number(/: (\d+)$/.exec(await mark.getAttribute('aria-label'))[1]);
  const shown = () => page.locator(sel('total')).innerText();

  const pointed = page.locator(sel('mark')).nth(4);
  const said = await saidBy(pointed);
  await pointed.click();
  await page.waitForSelector(ROW);
  assert.match(await shown(), new RegExp(`^${said} calls?\\b`));
  assert.match(await page.locator(sel('chip')).innerText(), /Day by half-hours/);

  await page.goBack();
  await page.waitForSelector(sel('mark'));
  await page.locator(`${sel('mark')}[tabindex="0"]`).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const focused = page.locator(`${sel('mark')}:focus`);
  const spoken = await saidBy(focused);
  assert.match(await page.locator(sel('tip')).innerText(), new RegExp(`Calls ${spoken}\\b`));
  await page.keyboard.press('Enter');
  await page.waitForSelector(ROW);
  assert.match(await shown(), new RegExp(`^${spoken} calls?\\b`));

  await page.goBack();
  await page.waitForSelector(sel('report-table'));
  await page.click(`tfoot [data-column="missed"] a`);
  await page.waitForSelector(ROW);
  const missed = await page.evaluate(() => {
    const yesterday = window.office.calls.filter(({ start }) => start.startsWith('2026-11-19'));
    return yesterday.filter((call) => call.missed).length;
  });
  assert.match(await shown(), new RegExp(`^${missed} calls?\\b`));
});

test('a report is opened, drilled into, filtered, written to a file and kept', async (t) => {
  const page = await open(t, 'no-views', '#/reports?period=month');
  const asked = (question) =>
    page.evaluate(
      (wanted) => window.office.asked.findLast(({ question }) => question === wanted)?.with ?? null,
      question,
    );
  await page.waitForSelector(sel('gallery'));
  assert.equal(await page.locator(sel('saved-report')).count(), 0);
  await page.click('[data-report="month"]');
  await page.waitForSelector(sel('report-table'));

  const cell = page.locator('tbody [data-column="missed"] a').first();
  const missed = await cell.innerText();
  await cell.click();
  await page.waitForSelector(ROW);
  assert.match(await page.locator(sel('total')).innerText(), new RegExp(`^${missed} calls?\\b`));
  await page.goBack();
  await page.waitForSelector(sel('report-table'));

  await page.selectOption(sel('setting-compare'), 'previous');
  await page.evaluate(() => (window.location.hash += '&direction=inbound'));
  await page.waitForFunction(
    () => document.querySelector('tfoot [data-column="outbound"]')?.textContent.trim() === '0',
  );

  await page.click(sel('export-report'));
  await page.click(sel('save-pdf'));
  await page.getByText('/home/anna/month.pdf').waitFor();
  const [id, query, kind] = await asked('exportReport');
  assert.deepEqual(
    [id, kind, query.filter.directions, query.filter.from, query.settings],
    ['month', 'pdf', ['inbound'], '2026-11-01', { compare: 'previous' }],
  );

  await page.click(sel('keep-report'));
  await page.keyboard.type('Incoming, every Monday');
  await page.keyboard.press('Enter');
  await page.getByText('was kept').waitFor();
  const [kept] = await asked('saveReport');
  assert.deepEqual(
    [kept.name, kept.report, kept.period, kept.query.filter.directions, kept.query.settings],
    ['Incoming, every Monday', 'month', null, ['inbound'], { compare: 'previous' }],
  );

  await page.goto(page.url().replace(/#.*$/, '#/reports?period=month'));
  await page.locator(`${sel('saved-report')} a`).click();
  await page.waitForSelector(sel('report-table'));
  assert.equal(await page.inputValue(sel('setting-compare')), 'previous');
  assert.match(await page.locator(sel('chip')).innerText(), /Incoming/);
  await page.click(sel('all-reports'));
  await page.click(sel('delete-saved'));
  await page.waitForSelector(sel('saved-report'), { state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.waitForSelector(sel('saved-report'));
});

test('a chart goes to the clipboard as a picture, and a table as text and as a table', async (t) => {
  const page = await open(t, 'office', '#/reports?report=month&period=month');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.waitForSelector(sel('mark'));
  const copied = () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(
        item.types.map(async (type) => {
          const blob = await item.getType(type);
          return [type, type.startsWith('text/') ? await blob.text() : blob.size];
        }),
      );
    });
  await page.click(sel('copy-picture'));
  await page.getByText('copied as a picture').waitFor();
  const [[type, size]] = await copied();
  assert.equal(type, 'image/png');
  assert.ok(size > 5_000, `${size} bytes of picture`);
  await page.click(sel('copy-table'));
  await page.getByText('The table was copied').waitFor();
  const table = Object.fromEntries(await copied());
  assert.match(table['text/plain'], /^Day\tCalls\tIncoming/);
  assert.match(table['text/html'], /<th[^>]*>Calls<\/th>/);
});

test('a report on paper is its title, filters, chart and whole table, in light colours', async (t) => {
  const page = await open(t, 'years', '#/reports?report=years&days=all&direction=inbound', { dark: true });
  await page.waitForSelector(sel('more-rows'));
  await page.evaluate(() => (window.print = () => window.dispatchEvent(new Event('beforeprint'))));
  await page.click(sel('print-report'));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const id of ['report-filters', 'sentence', 'report-table']) {
    assert.ok(await page.isVisible(sel(id)), `${id} is printed`);
  }
  for (const id of ['print-report', 'rail-reports', 'report-settings', 'filter', 'more-rows']) {
    assert.ok(!(await page.isVisible(sel(id))), `${id} is not printed`);
  }
  assert.ok((await page.locator(sel('report-row')).count()) > 300, 'all rows');
  const ink = await page.locator('h1').evaluate((title) => getComputedStyle(title).color);
  assert.equal(ink, 'rgb(26, 30, 35)');
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.waitForSelector(sel('more-rows'));
});

test('the wallboard comes by key, keeps its places while calls ring, and Escape leaves it', async (t) => {
  const page = await open(t, 'office', '#/today');
  await page.waitForSelector(sel('metric-calls'));
  await page.keyboard.press('F11');
  await page.waitForSelector(sel('wallboard'));
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-testid^="wall-"]')].map((tile) => {
        const { left, top } = tile.getBoundingClientRect();
        return [tile.dataset.testid, Math.round(left), Math.round(top)];
      }),
    );
  await page.waitForFunction(() => document.querySelectorAll('[data-testid^="wall-"]').length === 7);
  await page.waitForTimeout(300);
  const before = await places();
  const calls = await page.locator(sel('wall-calls')).innerText();
  await page.evaluate(() => window.office.ring());
  await page.waitForFunction(
    (was) => document.querySelector('[data-testid="wall-calls"]').innerText !== was,
    calls,
  );
  assert.match(await page.locator(sel('wall-ringing')).innerText(), /1 call is ringing/);
  assert.deepEqual(await places(), before);
  await page.keyboard.press('Escape');
  await page.waitForSelector(sel('metric-calls'));
  assert.equal(await page.locator(sel('wallboard')).count(), 0);
});
