// Every screen in every state that somebody may see: the scenario of the pretend office, the place, and what is
// done before the picture is taken.

const sel = (id) => `[data-testid="${id}"]`;

const openFirstCall = async (page) => {
  await page.locator('[role="row"][data-call-id]').first().click();
  await page.waitForSelector(sel('legs'), { state: 'attached' });
};

const chooseFiles = async (page) => {
  await page.click(sel('choose-files'));
  await page.waitForSelector(sel('recognised-as'));
};

const chooseLocked = async (page) => {
  await page.click(sel('choose-files'));
  await page.waitForSelector(sel('error'));
};

/** Imports what the dialog brings, and lets some seconds go by. */
const runImport = async (page, seconds) => {
  await chooseFiles(page);
  await page.click(`${sel('import-now')}:enabled`);
  await page.waitForSelector(sel('job'));
  await page.evaluate((count) => {
    for (let second = 0; second < count; second += 1) window.office.tick();
  }, seconds);
  await page.waitForTimeout(300);
};

export const SCREENS = [
  { name: 'first-start', scenario: 'first-start', place: '#/today' },
  {
    name: 'first-start-file',
    scenario: 'first-start',
    place: '#/today',
    act: async (page) => {
      await page.click(sel('door-import'));
      await page.waitForSelector(sel('preview'));
    },
  },
  { name: 'today', scenario: 'ringing', place: '#/today' },
  { name: 'today-yesterday', scenario: 'office', place: '#/today?period=yesterday' },
  { name: 'today-of-a-week', scenario: 'office', place: '#/today?period=week' },
  { name: 'today-empty', scenario: 'no-calls', place: '#/today' },
  { name: 'today-error', scenario: 'failing', place: '#/today' },
  { name: 'today-loading', scenario: 'slow', place: '#/today' },
  { name: 'today-sample', scenario: 'sample', place: '#/today' },
  { name: 'today-elsewhere', scenario: 'elsewhere', place: '#/today' },
  { name: 'overview-error', scenario: 'failing-all', place: '#/today' },
  { name: 'calls', scenario: 'ringing', place: '#/calls' },
  { name: 'calls-month', scenario: 'office', place: '#/calls?period=month&sort=-talk' },
  { name: 'calls-panel', scenario: 'office', place: '#/calls', act: openFirstCall },
  { name: 'calls-panel-ringing', scenario: 'ringing', place: '#/calls', act: openFirstCall },
  {
    name: 'calls-panel-transfer',
    scenario: 'office',
    place: '#/calls?period=month',
    act: async (page) => {
      const id = await page.evaluate(
        () =>
          window.office.calls.find(
            (call) => call.transfers > 0 && call.outcome === 'answered' && call.talk_seconds > 90,
          ).id,
      );
      await page.evaluate((call) => (window.location.hash = `#/calls?period=month&call=${call}`), id);
      await page.waitForSelector(sel('legs'), { state: 'attached' });
      await page.locator('[data-testid="raw-lines"] code').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
    },
  },
  {
    name: 'calls-panel-lost',
    scenario: 'office',
    place: '#/calls?outcome=lost-after-transfer&period=month',
    act: openFirstCall,
  },
  {
    name: 'calls-filter',
    scenario: 'office',
    place:
      '#/calls?outcome=lost-ringing,lost-in-queue,short-lost,lost-after-transfer&direction=inbound&extension=12&talk=60&text=Dunne',
    act: (page) => page.click(sel('filter')),
  },
  {
    name: 'calls-missed',
    scenario: 'office',
    place: '#/calls?outcome=lost-ringing,lost-in-queue,short-lost,lost-after-transfer&direction=inbound',
  },
  { name: 'calls-columns', scenario: 'office', place: '#/calls', act: (page) => page.click(sel('columns')) },
  {
    name: 'calls-own-period',
    scenario: 'office',
    place: '#/calls?period=2026-11-02..2026-11-13',
    act: (page) => page.click(sel('period-own')),
  },
  { name: 'calls-no-match', scenario: 'office', place: '#/calls?text=nobody' },
  { name: 'calls-empty-period', scenario: 'office', place: '#/calls?period=2026-01-04' },
  { name: 'calls-none-ever', scenario: 'no-calls', place: '#/calls' },
  { name: 'calls-error', scenario: 'failing', place: '#/calls' },
  { name: 'calls-loading', scenario: 'slow', place: '#/calls' },
  {
    name: 'calls-huge-end',
    scenario: 'huge',
    place: '#/calls?period=2020-01-01..2026-12-31',
    act: async (page) => {
      await page.focus(sel('grid'));
      await page.keyboard.press('End');
      await page.waitForFunction(() => document.querySelectorAll('[data-call-id]').length > 10);
      await page.waitForTimeout(400);
    },
  },
  { name: 'sources', scenario: 'office', place: '#/sources' },
  {
    name: 'sources-hex',
    scenario: 'office',
    place: '#/sources',
    act: (page) => page.click(sel('monitor-hex')),
  },
  {
    name: 'sources-partial',
    scenario: 'office',
    place: '#/sources',
    act: async (page) => {
      await page.evaluate(() => window.office.print('20.11.2611:42:0', false));
      await page.waitForSelector('[data-verdict="partial"]');
    },
  },
  {
    name: 'sources-scrolled-up',
    scenario: 'office',
    place: '#/sources',
    act: async (page) => {
      await page.locator(sel('monitor')).evaluate((element) => (element.scrollTop = 100));
      await page.waitForSelector(sel('follow'));
      await page.evaluate(() =>
        window.office.print('20.11.2611:42:31  1    11 00:0400:00:3101632960147                         1'),
      );
      await page.waitForTimeout(300);
    },
  },
  { name: 'sources-rejected', scenario: 'office', place: '#/sources?pane=rejected&source=1' },
  { name: 'sources-all-rejected', scenario: 'rejected', place: '#/sources?pane=rejected' },
  { name: 'sources-several', scenario: 'several', place: '#/sources?source=2' },
  ...['waiting', 'quiet', 'gone', 'busy', 'denied', 'garbled', 'off', 'disk-full'].map((scenario) => ({
    name: `sources-${scenario}`,
    scenario,
    place: '#/sources',
  })),
  { name: 'sources-none', scenario: 'first-start', place: '#/sources' },
  { name: 'sources-error', scenario: 'failing', place: '#/sources' },
  { name: 'sources-add', scenario: 'first-start', place: '#/sources?add=1' },
  {
    name: 'sources-add-filled',
    scenario: 'first-start',
    place: '#/sources?add=1',
    act: async (page) => {
      await page.selectOption(sel('format'), 'siemens-hipath');
      await page.locator(`${sel('line-settings')} summary`).click();
      await page.locator(sel('add')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'sources-add-error',
    scenario: 'port-busy',
    place: '#/sources?add=1',
    act: async (page) => {
      await page.selectOption(sel('format'), 'siemens-hipath');
      await page.click(sel('add'));
      await page.waitForSelector(sel('error'));
      await page.locator(sel('add')).scrollIntoViewIfNeeded();
    },
  },
  { name: 'sources-add-no-ports', scenario: 'no-ports', place: '#/sources?add=1' },
  {
    name: 'sources-removed',
    scenario: 'office',
    place: '#/sources',
    act: async (page) => {
      await page.click(sel('remove'));
      await page.waitForSelector(sel('notice'));
    },
  },
  {
    name: 'sources-backed-up',
    scenario: 'office',
    place: '#/sources',
    act: async (page) => {
      await page.click(sel('back-up'));
      await page.waitForSelector(sel('notice'));
    },
  },
  { name: 'import-empty', scenario: 'first-start', place: '#/import' },
  { name: 'import-history', scenario: 'imports', place: '#/import' },
  {
    name: 'import-drag',
    scenario: 'imports',
    place: '#/import',
    act: async (page) => {
      await page.evaluate(() => window.office.drag(true));
      await page.waitForSelector(sel('drop-curtain'));
    },
  },
  { name: 'import-error', scenario: 'failing', place: '#/import' },
  { name: 'import-preview-calls', scenario: 'import-first', place: '#/import', act: chooseFiles },
  {
    name: 'import-preview-columns',
    scenario: 'import-first',
    place: '#/import',
    act: async (page) => {
      await chooseFiles(page);
      await page.click(sel('view-columns'));
      await page.waitForSelector(sel('preview-rows'));
    },
  },
  { name: 'import-questions', scenario: 'import-german', place: '#/import', act: chooseFiles },
  {
    name: 'import-answered',
    scenario: 'import-german',
    place: '#/import',
    act: async (page) => {
      await chooseFiles(page);
      await page.click(sel('answer-date-order-dmy'));
      await page.click(sel('answer-duration-unit-seconds'));
      await page.click(sel('view-calls'));
      await page.waitForSelector(`${sel('import-now')}:enabled`);
    },
  },
  {
    name: 'import-preview-rejects',
    scenario: 'import-rejects',
    place: '#/import',
    act: async (page) => {
      await chooseFiles(page);
      await page.click(sel('view-columns'));
    },
  },
  { name: 'import-again', scenario: 'import-again', place: '#/import', act: chooseFiles },
  { name: 'import-several', scenario: 'import-several', place: '#/import', act: chooseFiles },
  { name: 'import-locked', scenario: 'import-locked', place: '#/import', act: chooseLocked },
  {
    name: 'import-slow',
    scenario: 'slow',
    place: '#/import',
    act: (page) => page.click(sel('choose-files')),
  },
  { name: 'import-job', scenario: 'import-first', place: '#/import', act: (page) => runImport(page, 3) },
  {
    name: 'import-job-elsewhere',
    scenario: 'import-rejects',
    place: '#/import',
    act: async (page) => {
      await runImport(page, 3);
      await page.click(sel('rail-today'));
      await page.waitForSelector(sel('metric-calls'));
    },
  },
  {
    name: 'import-summary',
    scenario: 'import-rejects',
    place: '#/import',
    act: (page) => runImport(page, 8),
  },
  {
    name: 'import-undo',
    scenario: 'import-rejects',
    place: '#/import',
    act: async (page) => {
      await runImport(page, 8);
      await page.click(`${sel('job')} ${sel('undo')}`);
      await page.waitForSelector(sel('undo-dialog'));
    },
  },
  {
    name: 'import-cancelled',
    scenario: 'import-first',
    place: '#/import',
    act: async (page) => {
      await runImport(page, 3);
      await page.locator(sel('cancel-job')).first().click();
      await page.waitForSelector('[data-phase="cancelled"]');
    },
  },
  {
    name: 'import-failed',
    scenario: 'import-rejects',
    place: '#/import',
    act: async (page) => {
      await runImport(page, 3);
      await page.evaluate(() =>
        window.office.imports.fail({
          code: 'file-changed',
          message: 'smdr-october.txt was changed while it was being read.',
          hint: 'Wait until the other program has finished it, then import it again.',
        }),
      );
      await page.waitForSelector('[data-phase="failed"]');
    },
  },
  { name: 'import-rejected', scenario: 'imports', place: '#/import?rejected=4' },
  {
    name: 'import-rejected-edited',
    scenario: 'imports',
    place: '#/import?rejected=4',
    act: async (page) => {
      const row = page.locator(`${sel('rejected-row')} textarea`);
      await row.nth(0).fill('02.10.26 10:51:00  1    11 00:04 00:02:11 01632960147');
      await page.click(sel('read-corrected'));
      await page.waitForSelector(sel('corrected'));
      await row.nth(2).fill('02.10.26 11:20:41  2    11 00:12 00:00:00 07700900318');
    },
  },
  {
    name: 'import-folders',
    scenario: 'imports-troubled',
    place: '#/import',
    act: (page) => page.locator(sel('folders')).scrollIntoViewIfNeeded(),
  },
  {
    name: 'import-watch',
    scenario: 'imports',
    place: '#/import',
    act: async (page) => {
      await page.click(sel('choose-folder'));
      await page.waitForSelector(sel('watch-dialog'));
    },
  },
  { name: 'settings', scenario: 'office', place: '#/settings' },
  {
    name: 'settings-number',
    scenario: 'branches',
    place: '#/settings',
    act: async (page) => {
      await page.fill(sel('try-number'), '9 00 49 30 901820');
      await page.waitForSelector(sel('step'));
    },
  },
  {
    name: 'settings-changed',
    scenario: 'office',
    place: '#/settings',
    act: async (page) => {
      await page.selectOption(sel('country'), 'IE');
      await page.waitForSelector(sel('change'));
    },
  },
  { name: 'settings-error', scenario: 'failing', place: '#/settings' },
  { name: 'settings-loading', scenario: 'slow', place: '#/settings' },
  {
    name: 'keys',
    scenario: 'office',
    place: '#/today',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.waitForSelector(sel('key-sheet'));
    },
  },
];
