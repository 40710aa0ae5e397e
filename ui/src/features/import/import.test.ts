import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeBackend } from '../../backend/fake';
import { axeProblems, openApp } from '../../testing/app';

const NOTHING = { calls: [], sources: [], rejected: [] };

function pass(fake: FakeBackend, seconds: number) {
  for (let second = 0; second < seconds; second += 1) fake.tick();
}

const count = (id: string, within_: HTMLElement) =>
  Number((within(within_).getByTestId(`count-${id}`).textContent ?? '').replace(/\D/g, ''));

describe('importing', () => {
  it('begins with a place to drop files, and says what is recognised', async () => {
    openApp(NOTHING, '#/import');
    expect(await screen.findByTestId('drop-zone')).toBeTruthy();
    expect((await screen.findByTestId('recognised')).textContent).toContain('Panasonic');
    expect(screen.queryByTestId('history')).toBeNull();
    expect(await axeProblems()).toEqual([]);
  });

  it('shows nothing to press before it is known how high it will be', async () => {
    openApp({ silent: ['importHistory'] }, '#/import');
    expect(await screen.findByTestId('loading')).toBeTruthy();
    expect(screen.queryByTestId('choose-files')).toBeNull();
  });

  it('goes from the file over columns and questions to its calls, and back again', async () => {
    const { user, fake } = openApp({ chosen: ['Gespraeche.csv'] }, '#/import');
    const before = fake.calls.length;
    await user.click(await screen.findByTestId('choose-files'));
    expect((await screen.findByTestId('recognised-as')).textContent).toContain('not known yet');
    expect(screen.getByTestId('blocked').textContent).toContain('2 questions');
    expect(screen.getByTestId('import-now')).toHaveProperty('disabled', true);
    const rejected = screen.getAllByTestId('preview-row').filter((row) => row.dataset.verdict === 'rejected');
    expect(rejected.length).toBe(1);
    expect(rejected[0]?.nextElementSibling?.textContent).toContain('is not a day');
    expect(await axeProblems()).toEqual([]);

    // A column that was a guess is told.
    expect(screen.getAllByText('guessed, please look').length).toBe(2);
    await user.selectOptions(screen.getByTestId('meaning-7'), 'caller-name');
    await waitFor(() => expect(screen.getAllByText('guessed, please look').length).toBe(1));

    // Nothing is chosen until somebody chooses it.
    const guess = screen.getByTestId('answer-date-order-dmy');
    expect(guess).toHaveProperty('checked', false);
    expect(screen.getByText('Day, month, year (our guess)')).toBeTruthy();
    await user.click(screen.getByTestId('answer-date-order-mdy'));
    await user.click(screen.getByTestId('answer-duration-unit-seconds'));
    await waitFor(() => expect(screen.getByTestId('import-now')).toHaveProperty('disabled', false));
    await user.click(screen.getByTestId('view-calls'));
    const start = () => screen.getByTestId('preview-calls').querySelector('tbody td')?.textContent;
    const american = start();
    await user.click(guess);
    await waitFor(() => expect(start()).not.toBe(american));
    expect(await axeProblems()).toEqual([]);

    await waitFor(() => expect(screen.getByTestId('import-now')).toHaveProperty('disabled', false));
    await user.click(screen.getByTestId('import-now'));
    const job = await screen.findByTestId('job');
    expect(job.dataset.phase).toBe('reading');
    expect(screen.getByTestId('work-line').textContent).toContain('Reading Gespraeche.csv');
    pass(fake, 3);
    await waitFor(() => expect(screen.getByTestId('job').textContent).toContain('5 s left'));
    expect(within(screen.getByTestId('job')).getByRole('progressbar').getAttribute('aria-valuenow')).toBe(
      '38',
    );
    expect(await axeProblems()).toEqual([]);
    pass(fake, 5);

    const summary = await screen.findByTestId('summary');
    const parts = ['inserted', 'known', 'ignored', 'rejected'].map((id) => count(id, summary));
    expect(parts).toEqual([1202, 0, 1, 2]);
    expect(parts.reduce((sum, part) => sum + part)).toBe(count('lines', summary));
    expect(await axeProblems()).toEqual([]);
    expect(fake.calls.length).toBeGreaterThan(before);

    await user.click(within(summary).getByTestId('undo'));
    const dialog = await screen.findByTestId('undo-dialog');
    expect(dialog.textContent).toContain('1,202 rows and 1,190 calls');
    await user.click(within(dialog).getByTestId('undo-now'));
    await waitFor(() => expect(screen.getByTestId('batch').dataset.state).toBe('undoing'));
    pass(fake, 8);
    await waitFor(() => expect(screen.getByTestId('batch').dataset.state).toBe('undone'));
    expect(fake.calls.length).toBe(before);
    // Seven looks by axe at the largest screen.
  }, 60_000);

  it('leads from the summary to exactly the days of the file', async () => {
    const { user, fake } = openApp(NOTHING, '#/import');
    await user.click(await screen.findByTestId('choose-files'));
    await screen.findByTestId('preview-calls');
    await user.click(screen.getByTestId('import-now'));
    await screen.findByTestId('job');
    pass(fake, 8);
    await user.click(await screen.findByTestId('see-calls'));
    expect(window.location.hash).toBe('#/calls?period=2026-10-01..2026-10-31');
    await waitFor(() => expect(document.querySelectorAll('[data-call-id]').length).toBeGreaterThan(10));
    // What came of it is said on other screens, until it was looked at.
    expect(screen.getByTestId('work-line').dataset.phase).toBe('done');
    await user.click(screen.getByTestId('work-line'));
    await user.click(await screen.findByTestId('dismiss'));
    await waitFor(() => expect(screen.queryByTestId('job')).toBeNull());
  });

  it('can be cancelled, and then nothing was kept', async () => {
    const { user, fake } = openApp({}, '#/import');
    await user.click(await screen.findByTestId('choose-files'));
    await screen.findByTestId('preview-calls');
    await user.click(screen.getByTestId('import-now'));
    await user.click(await screen.findByTestId('cancel-job'));
    await waitFor(() => expect(screen.getByTestId('job').textContent).toContain('Nothing of it was kept.'));
    expect(fake.imports.batches).toEqual([]);
  });

  it('says why it failed', async () => {
    const { user, fake } = openApp({}, '#/import');
    await user.click(await screen.findByTestId('choose-files'));
    await screen.findByTestId('preview-calls');
    await user.click(screen.getByTestId('import-now'));
    await screen.findByTestId('job');
    fake.imports.fail({ code: 'x', message: 'The disk is full.', hint: 'Make room.' });
    expect((await screen.findByTestId('error')).textContent).toContain('The disk is full.');
    expect(screen.getByTestId('job').textContent).toContain('was not imported');
  });

  it('takes files that are dropped over any screen', async () => {
    const { fake } = openApp({}, '#/today');
    await screen.findByTestId('metric-calls');
    fake.drag(true);
    expect(await screen.findByTestId('drop-curtain')).toBeTruthy();
    fake.drag(false);
    await waitFor(() => expect(screen.queryByTestId('drop-curtain')).toBeNull());
    fake.drop('Master.csv', 'calls-2025.zip');
    await waitFor(() => expect(screen.getAllByTestId('draft-tab').length).toBe(2));
    expect(window.location.hash).toBe('#/import');
    expect(await axeProblems()).toEqual([]);
  });

  it('leaves out a file that cannot be read, and imports the others', async () => {
    const { user, fake } = openApp({ chosen: ['Master.csv', 'calls-2025.zip'] }, '#/import');
    await user.click(await screen.findByTestId('choose-files'));
    await waitFor(() => expect(screen.getByTestId('blocked').textContent).toContain('calls-2025.zip'));
    const [first, second] = screen.getAllByTestId('draft-tab');
    first?.focus();
    await user.keyboard('{ArrowRight}');
    expect(second?.getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(second);
    expect((await screen.findByTestId('error')).textContent).toContain('locked with a password');
    await user.click(screen.getByTestId('leave-out'));
    await waitFor(() => expect(screen.getByTestId('import-now')).toHaveProperty('disabled', false));
    await user.click(screen.getByTestId('import-now'));
    await screen.findByTestId('job');
    expect(fake.imports.jobs.map(({ file }) => file)).toEqual(['Master.csv']);
  });

  it('is calm about a file that was imported before', async () => {
    const { user } = openApp({ imports: 'some', chosen: ['Master-september.csv.gz'] }, '#/import');
    await user.click(await screen.findByTestId('choose-files'));
    expect((await screen.findByTestId('imported-before')).textContent).toContain('(batch 3)');
    expect(screen.getByTestId('import-now')).toHaveProperty('disabled', false);
  });

  it('can be told how a file is read, and keeps that under a name', async () => {
    const { user, fake } = openApp({ chosen: ['Gespraeche.csv'] }, '#/import');
    await user.click(await screen.findByTestId('choose-files'));
    await screen.findByTestId('preview-rows');
    await user.selectOptions(screen.getByTestId('separator'), ',');
    await waitFor(() => expect(screen.queryByTestId('meaning-1')).toBeNull());
    await user.selectOptions(screen.getByTestId('separator'), ';');
    await screen.findByTestId('meaning-1');
    await user.selectOptions(screen.getByTestId('mapping'), 'Branch office');
    await waitFor(() => expect(screen.getByTestId('import-now')).toHaveProperty('disabled', false));
    await user.type(screen.getByTestId('keep-name'), 'Head office');
    await user.click(screen.getByTestId('keep'));
    expect((await screen.findByTestId('notice')).textContent).toContain('kept as Head office');
    expect(fake.imports.mappings.map(({ name }) => name)).toEqual(['Head office']);
    await user.click(screen.getByTestId('cancel-import'));
    await user.click(await screen.findByTestId('forget'));
    await user.click(await screen.findByTestId('forget-now'));
    await waitFor(() => expect(screen.queryByTestId('kept')).toBeNull());
  });
});

describe('the history', () => {
  it('names what became of each file, and undoes one after asking', async () => {
    const { user, fake } = openApp({ imports: 'some' }, '#/import');
    await screen.findByTestId('history');
    expect(screen.getAllByTestId('batch').map((row) => row.dataset.state)).toEqual([
      'imported',
      'imported',
      'undone',
      'imported',
    ]);
    expect(screen.getAllByTestId('batch')[2]?.textContent).toContain('taken back');
    const [first] = screen.getAllByTestId('undo-batch');
    if (first) await user.click(first);
    await user.click(within(await screen.findByTestId('undo-dialog')).getByText('Keep it'));
    await waitFor(() => expect(screen.queryByTestId('undo-dialog')).toBeNull());
    expect(fake.imports.jobs).toEqual([]);
    expect(await axeProblems()).toEqual([]);
  });

  it('says so when it cannot be read', async () => {
    const failure = { code: 'x', message: 'The ledger cannot be read.', hint: null };
    openApp({ failing: { importHistory: failure } }, '#/import');
    expect((await screen.findByTestId('error')).textContent).toContain('The ledger cannot be read.');
  });
});

describe('rejected rows', () => {
  it('are corrected in place and read again', async () => {
    const { user } = openApp({ imports: 'some' }, '#/import');
    await user.click(await screen.findByTestId('rejected-of'));
    expect(window.location.hash).toBe('#/import?rejected=4');
    await waitFor(() => expect(screen.getAllByRole('textbox').length).toBeGreaterThan(5));
    expect(screen.getAllByTestId('rejected-row').length).toBeLessThan(40);
    expect(screen.getByText('240 rows could not be read')).toBeTruthy();
    expect(await axeProblems()).toEqual([]);
    const row = screen.getByRole('textbox', { name: /^Line 5:/ });
    await user.clear(row);
    await user.type(row, '02.10.26 10:51:00  1    11');
    expect(screen.getByText('1 row changed')).toBeTruthy();
    await user.click(screen.getByTestId('read-corrected'));
    const came = await screen.findByTestId('corrected');
    expect(count('inserted', came)).toBe(1);
    await screen.findByText('corrected and read');
    expect(screen.getByTestId('read-corrected')).toHaveProperty('disabled', true);
    await user.click(screen.getByTestId('back-to-import'));
    expect((await screen.findAllByTestId('batch'))[0]?.textContent).toContain('corrected rows of');
  });

  it('can be saved as a file', async () => {
    const { user } = openApp({ imports: 'some' }, '#/import?rejected=4');
    await user.click(await screen.findByTestId('save-rejected'));
    expect((await screen.findByTestId('notice')).textContent).toContain('rejected-4.txt');
  });
});

describe('watched folders', () => {
  it('are added, paused, removed, and brought back', async () => {
    const { user, fake } = openApp({}, '#/import');
    await user.click(await screen.findByTestId('choose-folder'));
    await user.click(within(await screen.findByTestId('watch-dialog')).getByTestId('watch-now'));
    expect((await screen.findByTestId('folder')).textContent).toContain('/home/anna/Exports/nightly');
    await waitFor(() => expect(screen.queryByTestId('watch-dialog')).toBeNull());
    await user.click(screen.getByTestId('pause-folder'));
    await waitFor(() => expect(screen.getByTestId('folder').textContent).toContain('Paused'));
    await user.click(screen.getByTestId('remove-folder'));
    await waitFor(() => expect(screen.queryByTestId('folder')).toBeNull());
    const notices = await screen.findAllByTestId('notice');
    expect(notices.at(-1)?.textContent).toContain('What was imported stays.');
    await user.click(screen.getByTestId('notice-action'));
    expect(await screen.findByTestId('folder')).toBeTruthy();
    expect(fake.imports.folders.length).toBe(1);
  });

  it('say in words what is wrong with one', async () => {
    openApp({ imports: 'troubled' }, '#/import');
    expect((await screen.findByTestId('error')).textContent).toContain('cannot be opened');
    expect(await axeProblems()).toEqual([]);
  });
});
