// Every screen in every state that somebody may see: the scenario of the pretend office, the place, and what is
// done before the picture is taken.

const sel = (id) => `[data-testid="${id}"]`;

const openFirstCall = async (page) => {
  await page.locator('[role="row"][data-call-id]').first().click();
  await page.waitForSelector(sel('legs'), { state: 'attached' });
};

/** Opens the newest call with a recording; one that was handed on, where that is wanted. */
const openRecorded = async (page, handedOn = false) => {
  const id = await page.evaluate((transfers) => {
    const { calls, player } = window.office;
    const recorded = new Set(player.recorded(calls.map((call) => call.id)));
    const fits = (call) =>
      recorded.has(call.id) && (!transfers || (call.transfers > 0 && call.talk_seconds > 60));
    return calls.find(fits).id;
  }, handedOn);
  await page.evaluate((call) => (window.location.hash = `#/calls?period=month&call=${call}`), id);
  await page.waitForSelector(sel('player'));
  await page.locator(sel('player')).scrollIntoViewIfNeeded();
};

/** Opens one, listens for a moment, and stops in the middle of it. */
const listen = async (page, handedOn) => {
  await openRecorded(page, handedOn);
  await page.click(sel('listen'));
  await page.waitForSelector(`${sel('play')}[data-playing="true"]`);
  await page.click(sel('play'));
  await page.click(sel('position'));
  await page.locator(sel('deck')).scrollIntoViewIfNeeded();
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

const openRecording = (at) => async (page) => {
  await page.locator('[role="row"][data-call-id]').nth(at).click();
  await page.waitForSelector(sel('because'));
};

/** Looks through the folders of recordings to the end. */
const scanned = async (page) => {
  await page.waitForSelector(`${sel('start-scan')}:enabled`);
  await page.click(sel('start-scan'));
  await page.waitForSelector(sel('cancel-scan'));
  await page.evaluate(() => Array.from({ length: 10 }).forEach(() => window.office.tick()));
  await page.waitForSelector(sel('scanned'));
};

const saveRule = async (page) => {
  await page.locator(sel('change-retention')).first().click();
  await page.fill(sel('retention-days'), '90');
  await page.click(sel('save-retention'));
  await page.waitForSelector(sel('preview-retention'));
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
  { name: 'wallboard', scenario: 'ringing', place: '#/today?board=1' },
  { name: 'wallboard-empty', scenario: 'no-calls', place: '#/today?board=1' },
  { name: 'wallboard-much', scenario: 'many-callers', place: '#/today?board=1' },
  { name: 'wallboard-error', scenario: 'failing', place: '#/today?board=1' },
  { name: 'wallboard-loading', scenario: 'slow', place: '#/today?board=1' },
  { name: 'overview-error', scenario: 'failing-all', place: '#/today' },
  { name: 'reports', scenario: 'office', place: '#/reports' },
  { name: 'reports-none-kept', scenario: 'no-views', place: '#/reports' },
  { name: 'reports-error', scenario: 'no-gallery', place: '#/reports' },
  { name: 'report-bars', scenario: 'office', place: '#/reports?report=day&period=yesterday' },
  {
    name: 'report-beside',
    scenario: 'office',
    place: '#/reports?report=month&period=month&with=%7B%22compare%22%3A%22previous%22%7D',
    act: async (page) => {
      await page.locator(sel('mark')).first().focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector(sel('tip'));
    },
  },
  ...[
    'countries',
    'hang-up-causes',
    'causes-over-time',
    'causes-by-trunk',
    'transfer-ways',
    'data-quality',
  ].map((report) => ({
    name: `report-${report}`,
    scenario: 'office',
    place: `#/reports?report=${report}&period=month`,
  })),
  {
    name: 'report-concurrent-minutes',
    scenario: 'office',
    place: '#/reports?report=concurrent-minutes&period=yesterday',
  },
  { name: 'report-ranks', scenario: 'office', place: '#/reports?report=top-callers&period=month' },
  { name: 'report-lines', scenario: 'office', place: '#/reports?report=compare-days' },
  {
    name: 'report-heat',
    scenario: 'office',
    place: '#/reports?report=week-hours&period=month',
    act: async (page) => {
      await page.locator(sel('mark')).nth(12).hover();
      await page.waitForSelector(sel('tip'));
    },
  },
  {
    name: 'report-settings',
    scenario: 'office',
    place: '#/reports?report=after-hours&period=month',
    act: (page) => page.click(sel('setting-office-hours')),
  },
  {
    name: 'report-keep',
    scenario: 'office',
    place: '#/reports?report=month&period=month&direction=inbound',
    act: async (page) => {
      await page.click(sel('keep-report'));
      await page.fill(sel('report-name'), 'Every Monday');
      await page.click(sel('report-with-period'));
    },
  },
  {
    name: 'report-export',
    scenario: 'office',
    place: '#/reports?report=month&period=month',
    act: (page) => page.click(sel('export-report')),
  },
  ...[
    ['report-on-paper', 'top-callers&period=month&direction=inbound'],
    ['report-wide-on-paper', 'week-hours&period=month'],
  ].map(([name, report]) => ({
    name,
    paper: true,
    scenario: 'office',
    place: `#/reports?report=${report}`,
    act: async (page) => {
      await page.waitForSelector(sel('report-table'));
      await page.evaluate(() => (window.print = () => window.dispatchEvent(new Event('beforeprint'))));
      await page.click(sel('print-report'));
      await page.emulateMedia({ media: 'print' });
    },
  })),
  { name: 'report-little', scenario: 'few-calls', place: '#/reports?report=month&period=month' },
  { name: 'report-little-heat', scenario: 'few-calls', place: '#/reports?report=week-hours&period=month' },
  { name: 'report-little-ranks', scenario: 'few-calls', place: '#/reports?report=top-callers&period=month' },
  { name: 'report-little-lines', scenario: 'few-calls', place: '#/reports?report=compare-days' },
  {
    name: 'report-much-ranks',
    scenario: 'many-callers',
    place: '#/reports?report=top-callers&period=month&with=%7B%22limit%22%3A350%7D',
  },
  {
    name: 'report-much-lines',
    scenario: 'years',
    place: '#/reports?report=compare-days&with=%7B%22days%22%3A31%7D',
  },
  { name: 'report-empty', scenario: 'no-calls', place: '#/reports?report=day' },
  { name: 'report-filtered', scenario: 'office', place: '#/reports?report=day&trunk=77' },
  { name: 'report-error', scenario: 'failing', place: '#/reports?report=day' },
  { name: 'report-loading', scenario: 'slow', place: '#/reports?report=week-hours' },
  { name: 'report-much', scenario: 'years', place: '#/reports?report=years&days=all' },
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
    name: 'player-closed',
    scenario: 'office',
    place: '#/calls?period=month',
    act: (page) => openRecorded(page),
  },
  {
    name: 'player-mono',
    scenario: 'office',
    place: '#/calls?period=month',
    act: async (page) => {
      await listen(page, true);
      await page.click(sel('mark'));
      await page.fill(sel('marker-text'), 'Asks for the price of 40 m of larch');
      await page.click(sel('marker-save'));
      await page.click(sel('loop'));
      await page.click(sel('on'));
      await page.click(sel('loop'));
      await page.click(sel('on'));
      await page.click(sel('mark'));
    },
  },
  {
    name: 'player-stereo',
    scenario: 'player-stereo',
    place: '#/calls?period=month',
    act: async (page) => {
      await listen(page);
      await page.click(sel('side-left'));
      await page.fill(sel('gain-right'), '1.6');
      await page.click(sel('skip'));
    },
  },
  {
    name: 'player-sides-lock',
    scenario: 'player-sides',
    place: '#/calls?period=month',
    act: async (page) => {
      await listen(page);
      await page.locator(sel('lock')).first().click();
    },
  },
  {
    name: 'player-copy',
    scenario: 'player-stereo',
    place: '#/calls?period=month',
    act: async (page) => {
      await listen(page);
      await page.click(sel('copy-menu'));
      await page.click(sel('copy-wav'));
      await page.waitForSelector(sel('copy-dialog'));
    },
  },
  {
    name: 'player-several',
    scenario: 'player-several',
    place: '#/calls?period=month',
    act: (page) => openRecorded(page),
  },
  {
    name: 'player-pass-phrase',
    scenario: 'player-secret',
    place: '#/calls?period=month',
    act: async (page) => {
      await openRecorded(page);
      await page.click(sel('listen'));
      await page.fill(sel('secret'), 'battery staple');
      await page.click(sel('secret-open'));
      await page.waitForSelector('text=does not fit');
    },
  },
  {
    name: 'player-pass-phrase-no-store',
    scenario: 'player-no-store',
    place: '#/calls?period=month',
    act: async (page) => {
      await openRecorded(page);
      await page.click(sel('listen'));
      await page.waitForSelector('text=no credential store');
    },
  },
  {
    name: 'player-broken-lock',
    scenario: 'player-broken',
    place: '#/calls?period=month',
    act: (page) => openRecorded(page),
  },
  {
    name: 'player-error',
    scenario: 'player-failing',
    place: '#/calls?period=month',
    act: async (page) => {
      await openRecorded(page);
      await page.click(sel('listen'));
      await page.waitForSelector(`${sel('player')} ${sel('error')}`);
      await page.locator(`${sel('player')} ${sel('said')} summary`).click();
    },
  },
  {
    name: 'player-opening',
    scenario: 'player-slow',
    place: '#/calls?period=month',
    act: async (page) => {
      await openRecorded(page);
      await page.click(sel('listen'));
      await page.waitForSelector(sel('opening'));
    },
  },
  {
    name: 'calls-filter',
    scenario: 'office',
    place:
      '#/calls?outcome=lost-ringing,lost-in-queue,short-lost,lost-after-transfer&direction=inbound&extension=12&talk=60..&text=Dunne&party=begins:0163&class=mobile,national&country=GB&noted=1&tag=larch&code=20',
    act: (page) => page.click(sel('filter')),
  },
  {
    name: 'calls-every-column',
    scenario: 'stories',
    place: '#/calls?period=month',
    act: async (page) => {
      await page.click(sel('columns'));
      const unchecked = page.locator('input[data-testid^="column-"]:not(:checked)');
      while ((await unchecked.count()) > 0) await unchecked.first().click();
      await page.keyboard.press('Escape');
      await page.locator(sel('grid')).evaluate((grid) => (grid.scrollLeft = grid.scrollWidth));
    },
  },
  {
    name: 'calls-equation',
    scenario: 'office',
    place: '#/calls?period=month',
    act: (page) => page.focus(sel('equation')),
  },
  {
    name: 'calls-views',
    scenario: 'office',
    place: '#/calls?period=month&direction=inbound',
    act: async (page) => {
      await page.click(sel('views'));
      await page
        .locator(`${sel('kept-view')} button`)
        .first()
        .click();
      await page.click(sel('sort-total'));
      await page.click(sel('views'));
    },
  },
  {
    name: 'calls-views-none',
    scenario: 'no-views',
    place: '#/calls',
    act: (page) => page.click(sel('views')),
  },
  {
    name: 'calls-jump',
    scenario: 'office',
    place: '#/calls?period=month',
    act: async (page) => {
      await page.focus(sel('grid'));
      await page.keyboard.press('g');
      await page.waitForSelector(sel('jump-day'));
    },
  },
  {
    name: 'calls-menu',
    scenario: 'stories',
    place: '#/calls',
    act: async (page) => {
      await page
        .locator('[role="row"][data-call-id] [data-column="caller"]')
        .nth(2)
        .click({ button: 'right' });
      await page.waitForSelector(sel('call-menu'));
    },
  },
  {
    name: 'calls-export',
    scenario: 'office',
    place: '#/calls?period=month',
    act: async (page) => {
      await page.click(sel('export'));
      await page.click(sel('export-xlsx'));
      await page.waitForSelector(sel('work-line'));
      await page.evaluate(() => window.office.tick());
      await page.click(sel('export'));
    },
  },
  ...['queue', 'park', 'message', 'open'].map((story, index) => ({
    name: `calls-panel-${story}`,
    scenario: 'stories',
    place: `#/calls?call=story-${[4, 9, 14, 51][index]}`,
    act: (page) => page.waitForSelector(sel('legs'), { state: 'attached' }),
  })),
  {
    name: 'calls-panel-remarks',
    scenario: 'stories',
    place: '#/calls?call=story-4',
    act: async (page) => {
      await page.waitForSelector(sel('note-edit'));
      await page.selectOption(sel('code-select'), { index: 1 });
      await page.click(`${sel('codes-before')} summary`);
      await page.focus(sel('tag-new'));
      await page.locator(sel('notes')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'calls-panel-refused',
    scenario: 'remarks-failing',
    place: '#/calls?call=story-4',
    act: async (page) => {
      await page.fill(sel('note-new'), 'Rang back at noon.');
      await page.click(sel('note-add'));
      await page.waitForSelector(sel('error'));
      await page.locator(sel('error')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'calls-close-dialog',
    scenario: 'stories',
    place: '#/calls?call=story-51',
    act: async (page) => {
      await page.click(sel('close-call'));
      await page.waitForSelector(sel('close-dialog'));
    },
  },
  {
    name: 'calls-closed',
    scenario: 'stories',
    place: '#/calls?call=story-51',
    act: async (page) => {
      await page.click(sel('close-call'));
      await page.fill(sel('close-reason'), 'The PBX was switched off.');
      await page.click(sel('close-now'));
      await page.waitForSelector(sel('closed'));
    },
  },
  {
    name: 'calls-panel-on-paper',
    paper: true,
    scenario: 'stories',
    place: '#/calls?call=story-4',
    act: async (page) => {
      await page.waitForSelector(sel('legs'), { state: 'attached' });
      await page.evaluate(() => (window.print = () => undefined));
      await page.click(sel('print'));
      await page.emulateMedia({ media: 'print' });
    },
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
  { name: 'ring-back', scenario: 'office', place: '#/ring-back' },
  { name: 'ring-back-reached', scenario: 'office', place: '#/ring-back?state=reached' },
  { name: 'ring-back-lapsed', scenario: 'office', place: '#/ring-back?state=lapsed' },
  {
    name: 'ring-back-panel',
    scenario: 'office',
    place: '#/ring-back',
    act: async (page) => {
      await page.locator('[data-who]').nth(1).click();
      await page.waitForSelector(sel('legs'), { state: 'attached' });
    },
  },
  {
    name: 'ring-back-given',
    scenario: 'office',
    place: '#/ring-back',
    act: async (page) => {
      await page.locator('[data-who]').first().focus();
      await page.keyboard.press('n');
      await page.fill(sel('note-text'), 'Is away until Monday; ask for the order of the oak doors');
      await page.click(sel('note-save'));
      await page.waitForSelector(sel('note-dialog'), { state: 'detached' });
      await page.keyboard.press('g');
      await page.locator(sel('give-choice')).first().click();
      await page.waitForSelector(sel('notice'));
    },
  },
  {
    name: 'ring-back-give',
    scenario: 'office',
    place: '#/ring-back',
    act: async (page) => {
      await page.locator('[data-who]').first().focus();
      await page.keyboard.press('g');
      await page.waitForSelector(sel('give-choice'));
    },
  },
  {
    name: 'ring-back-dismiss',
    scenario: 'office',
    place: '#/ring-back',
    act: async (page) => {
      await page.locator('[data-who]').first().focus();
      await page.keyboard.press('d');
      await page.click(sel('dismiss-now'));
    },
  },
  { name: 'ring-back-none', scenario: 'all-reached', place: '#/ring-back' },
  { name: 'ring-back-many', scenario: 'many-callers', place: '#/ring-back' },
  { name: 'ring-back-error', scenario: 'failing', place: '#/ring-back' },
  { name: 'ring-back-loading', scenario: 'slow', place: '#/ring-back' },
  { name: 'recordings', scenario: 'office', place: '#/recordings' },
  {
    name: 'recordings-panel',
    scenario: 'office',
    place: '#/recordings?show=matched',
    act: openRecording(5),
  },
  {
    name: 'recordings-panel-player',
    scenario: 'office',
    place: '#/recordings?recording=10',
    act: async (page) => {
      await page.click(sel('listen'));
      await page.waitForSelector(`${sel('play')}[data-playing="true"]`);
      await page.click(sel('play'));
      await page.click(sel('position'));
    },
  },
  { name: 'recordings-panel-choose', scenario: 'office', place: '#/recordings?show=ambiguous&recording=901' },
  {
    name: 'recordings-panel-broken',
    scenario: 'office',
    place: '#/recordings?show=unmatched&recording=904',
  },
  {
    name: 'recordings-choose',
    scenario: 'office',
    place: '#/recordings?show=unmatched&recording=904',
    act: async (page) => {
      await page.click(sel('choose-call'));
      await page.waitForSelector(sel('choice'));
    },
  },
  {
    name: 'recordings-chosen',
    scenario: 'office',
    place: '#/recordings?recording=901',
    act: async (page) => {
      await page.locator(sel('this-call')).first().click();
      await page.waitForSelector(sel('undo-choice'));
    },
  },
  {
    name: 'recordings-scan',
    scenario: 'office',
    place: '#/recordings',
    act: async (page) => {
      await page.click(sel('start-scan'));
      await page.waitForSelector(sel('cancel-scan'));
      await page.evaluate(() => [1, 2, 3].forEach(() => window.office.tick()));
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'recordings-scanned',
    scenario: 'recordings-troubled',
    place: '#/recordings',
    act: scanned,
  },
  { name: 'recordings-none-gone', scenario: 'recordings-many', place: '#/recordings?show=gone' },
  {
    name: 'recordings-many-end',
    scenario: 'recordings-many',
    place: '#/recordings',
    act: async (page) => {
      await page.focus(sel('grid'));
      await page.keyboard.press('End');
      await page.waitForFunction(() => document.querySelectorAll('[data-call-id]').length > 10);
      await page.waitForTimeout(400);
    },
  },
  { name: 'recordings-no-folder', scenario: 'no-recordings', place: '#/recordings' },
  { name: 'recordings-nothing-found', scenario: 'recordings-empty', place: '#/recordings' },
  { name: 'recordings-error', scenario: 'failing', place: '#/recordings' },
  { name: 'recordings-loading', scenario: 'slow', place: '#/recordings' },
  {
    name: 'recordings-folders',
    scenario: 'recordings-troubled',
    place: '#/recordings?pane=folders',
    act: scanned,
  },
  { name: 'recordings-folders-none', scenario: 'no-recordings', place: '#/recordings?pane=folders' },
  { name: 'recordings-folders-error', scenario: 'failing', place: '#/recordings?pane=folders' },
  {
    name: 'recordings-folder-remove',
    scenario: 'office',
    place: '#/recordings?pane=folders',
    act: async (page) => {
      await page.locator(sel('remove-folder')).first().click();
      await page.waitForSelector(sel('remove-dialog'));
    },
  },
  {
    name: 'recordings-hold',
    scenario: 'office',
    place: '#/recordings?recording=3',
    act: async (page) => {
      await page.click(sel('hold-recording'));
      await page.fill(sel('hold-why'), 'The customer disputes the order.');
    },
  },
  {
    name: 'recordings-held',
    scenario: 'office',
    place: '#/recordings?recording=3',
    act: async (page) => {
      await page.click(sel('hold-recording'));
      await page.fill(sel('hold-why'), 'The customer disputes the order.');
      await page.click(sel('hold-now'));
      await page.waitForSelector(sel('release'));
    },
  },
  {
    name: 'recordings-delete',
    scenario: 'office',
    place: '#/recordings?recording=3',
    act: (page) => page.click(sel('delete-recording')),
  },
  { name: 'recordings-retention', scenario: 'office', place: '#/recordings?pane=folders', act: saveRule },
  {
    name: 'recordings-retention-rule',
    scenario: 'office',
    place: '#/recordings?pane=folders',
    act: (page) => page.locator(sel('change-retention')).first().click(),
  },
  {
    name: 'recordings-retention-preview',
    scenario: 'office',
    place: '#/recordings?pane=folders',
    act: async (page) => {
      await saveRule(page);
      await page.click(sel('preview-retention'));
      await page.waitForSelector(sel('retention-row'));
    },
  },
  {
    name: 'recordings-encrypt',
    scenario: 'office',
    place: '#/recordings?pane=folders',
    act: async (page) => {
      await page.locator(sel('encrypt-folder')).first().click();
      await page.waitForSelector(sel('encrypt-now'));
    },
  },
  { name: 'recordings-of', scenario: 'office', place: '#/recordings?pane=number&of=01632960147' },
  {
    name: 'recordings-of-panel',
    scenario: 'office',
    place: '#/recordings?pane=number&of=01632960147',
    act: openRecording(1),
  },
  { name: 'recordings-of-ask', scenario: 'office', place: '#/recordings?pane=number' },
  { name: 'recordings-of-none', scenario: 'office', place: '#/recordings?pane=number&of=01632960' },
  { name: 'recordings-of-error', scenario: 'failing', place: '#/recordings?pane=number&of=11' },
  { name: 'recordings-of-loading', scenario: 'slow', place: '#/recordings?pane=number&of=11' },
  {
    name: 'recordings-of-export',
    scenario: 'office',
    place: '#/recordings?pane=number&of=11',
    act: async (page) => {
      await page.click(sel('export-all'));
      await page.click(sel('form-wav'));
    },
  },
  {
    name: 'recordings-of-writing',
    scenario: 'office',
    place: '#/recordings?pane=number&of=11',
    act: async (page) => {
      await page.click(sel('export-all'));
      await page.click(sel('export-all-now'));
      await page.waitForSelector(sel('cancel-archive'));
    },
  },
  {
    name: 'recordings-of-written',
    scenario: 'office',
    place: '#/recordings?pane=number&of=11',
    act: async (page) => {
      await page.click(sel('export-all'));
      await page.click(sel('form-wav'));
      await page.click(sel('export-all-now'));
      await page.waitForSelector(sel('cancel-archive'));
      await page.evaluate(() => {
        for (let second = 0; second < 60; second += 1) window.office.tick();
      });
      await page.waitForSelector(sel('written'));
    },
  },
  {
    name: 'recordings-law',
    scenario: 'office',
    place: '#/recordings?pane=folders',
    act: async (page) => {
      await page.locator(sel('change-law')).first().click();
      await page.click(sel('law-a-law'));
    },
  },
  { name: 'recordings-deletions', scenario: 'office', place: '#/recordings?pane=deletions' },
  { name: 'recordings-deletions-none', scenario: 'no-recordings', place: '#/recordings?pane=deletions' },
  { name: 'recordings-deletions-error', scenario: 'failing', place: '#/recordings?pane=deletions' },
  { name: 'recordings-deletions-loading', scenario: 'slow', place: '#/recordings?pane=deletions' },
  { name: 'recordings-log', scenario: 'office', place: '#/recordings?pane=log' },
  {
    name: 'recordings-log-end',
    scenario: 'office',
    place: '#/recordings?pane=log',
    act: async (page) => {
      await page.click(sel('older'));
      await page.waitForFunction(() => document.querySelectorAll('[data-testid="entry"]').length > 150);
      await page.click(sel('older'));
      await page.waitForSelector(sel('older'), { state: 'detached' });
      await page.locator(sel('entry')).last().scrollIntoViewIfNeeded();
    },
  },
  { name: 'recordings-log-none', scenario: 'no-recordings', place: '#/recordings?pane=log' },
  { name: 'recordings-log-error', scenario: 'failing', place: '#/recordings?pane=log' },
  { name: 'recordings-log-loading', scenario: 'slow', place: '#/recordings?pane=log' },
  { name: 'people', scenario: 'office', place: '#/calls?by=people&period=month' },
  {
    name: 'people-why',
    scenario: 'no-names',
    place: '#/calls?by=people&period=week',
    act: (page) => page.locator(`${sel('why-not')} summary`).click(),
  },
  { name: 'people-none', scenario: 'office', place: '#/calls?by=people&text=nobody' },
  { name: 'people-error', scenario: 'failing', place: '#/calls?by=people' },
  { name: 'people-loading', scenario: 'slow', place: '#/calls?by=people' },
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
  { name: 'import-slow', scenario: 'slow', place: '#/import' },
  {
    name: 'import-preview-slow',
    scenario: 'slow-preview',
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
  { name: 'settings-contacts', scenario: 'many-names', place: '#/settings?section=contacts' },
  {
    name: 'settings-contact',
    scenario: 'office',
    place: '#/settings?section=contacts',
    act: async (page) => {
      await page.locator(sel('contact')).nth(2).click();
      await page.fill(sel('contact-name'), '');
      await page.fill(sel('contact-organisation'), '');
      await page.click(sel('save-contact'));
    },
  },
  {
    name: 'settings-contacts-imported',
    scenario: 'office',
    place: '#/settings?section=contacts',
    act: async (page) => {
      await page.click(sel('import-contacts'));
      await page.locator(`${sel('rejected-names')} summary`).click();
    },
  },
  {
    name: 'settings-contacts-found-none',
    scenario: 'office',
    place: '#/settings?section=contacts',
    act: async (page) => {
      await page.fill(sel('search-contacts'), 'nobody at all');
      await page.waitForSelector(sel('empty'));
    },
  },
  { name: 'settings-contacts-none', scenario: 'no-names', place: '#/settings?section=contacts' },
  { name: 'settings-contacts-error', scenario: 'failing', place: '#/settings?section=contacts' },
  { name: 'settings-contacts-loading', scenario: 'slow', place: '#/settings?section=contacts' },
  { name: 'settings-directory', scenario: 'office', place: '#/settings?section=directory' },
  {
    name: 'settings-directory-overlap',
    scenario: 'office',
    place: '#/settings?section=directory',
    act: async (page) => {
      await page.click(sel('add-entry'));
      await page.fill(sel('entry-extension'), '12');
      await page.fill(sel('entry-person'), 'Una Corry');
      await page.fill(sel('entry-from'), '2026-11-01');
    },
  },
  { name: 'settings-directory-none', scenario: 'no-names', place: '#/settings?section=directory' },
  { name: 'settings-directory-error', scenario: 'failing', place: '#/settings?section=directory' },
  { name: 'settings-codes', scenario: 'office', place: '#/settings?section=outcome-codes' },
  {
    name: 'settings-codes-twice',
    scenario: 'office',
    place: '#/settings?section=outcome-codes',
    act: async (page) => {
      await page.click(sel('add-code'));
      await page.keyboard.type('10');
      await page.waitForSelector(sel('code-problem'));
    },
  },
  { name: 'settings-codes-error', scenario: 'failing', place: '#/settings?section=outcome-codes' },
  { name: 'settings-ring-back', scenario: 'office', place: '#/settings?section=ring-back' },
  {
    name: 'settings-ring-back-wrong',
    scenario: 'office',
    place: '#/settings?section=ring-back',
    act: (page) => page.fill(sel('window-hours'), '0'),
  },
  { name: 'settings-recordings', scenario: 'office', place: '#/settings?section=recordings' },
  {
    name: 'settings-recordings-filter',
    scenario: 'office',
    place: '#/settings?section=recordings',
    act: (page) => page.locator('[data-filter="gpg"] [data-testid="open-filter"]').click(),
  },
  {
    name: 'settings-recordings-own',
    scenario: 'office',
    place: '#/settings?section=recordings',
    act: async (page) => {
      await page.click(sel('add-filter'));
      await page.fill(sel('filter-program'), '/opt/vendor/open-recording');
      await page.click(sel('save-filters'));
      await page.waitForSelector(sel('filter-problem'));
    },
  },
  {
    name: 'settings-recordings-test',
    scenario: 'office',
    place: '#/settings?section=recordings',
    act: async (page) => {
      await page.locator('[data-filter="gpg"] [data-testid="try-filter"]').click();
      await page.click(sel('choose-trial-files'));
      await page.waitForFunction(() => document.querySelectorAll('[data-testid="trial"]').length === 2);
    },
  },
  {
    name: 'settings-recordings-pass-phrase',
    scenario: 'office',
    place: '#/settings?section=recordings',
    act: async (page) => {
      await page.locator('[data-filter="age"] [data-testid="keep-pass-phrase"]').click();
      await page.waitForSelector(sel('pass-phrase-dialog'));
    },
  },
  {
    name: 'settings-recordings-no-store',
    scenario: 'recordings-troubled',
    place: '#/settings?section=recordings',
  },
  {
    name: 'settings-recordings-names',
    scenario: 'office',
    place: '#/settings?section=recordings',
    act: async (page) => {
      await page.fill(sel('pattern'), '{date}-{time}_{from}-{text}');
      await page.waitForSelector(sel('tried'));
      await page.locator(sel('keep-template')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-recordings-names-wrong',
    scenario: 'office',
    place: '#/settings?section=recordings',
    act: async (page) => {
      await page.fill(sel('pattern'), '{date}-{time');
      await page.locator(`${sel('name-templates')} summary`).click();
      await page.waitForSelector(sel('pattern-problem'));
      await page.locator(sel('keep-template')).scrollIntoViewIfNeeded();
    },
  },
  { name: 'settings-recordings-error', scenario: 'failing', place: '#/settings?section=recordings' },
  { name: 'settings-recordings-loading', scenario: 'slow', place: '#/settings?section=recordings' },
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
