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
