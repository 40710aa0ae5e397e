import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { axeProblems, openApp, timesAsked } from '../../testing/app';

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-call-id]')];
const panel = () => screen.findByTestId('because').then(() => screen.getByTestId('recording-panel'));

describe('the list of recordings', () => {
  it('tells of each file its lock, its call and why', async () => {
    openApp({}, '#/recordings');
    await screen.findByText('recording of the meeting.wav');
    const choose = rows().find((row) => row.textContent?.includes('recording of the meeting.wav'));
    expect(choose?.textContent).toContain('2 calls');
    expect(choose?.textContent).toContain('Choose one of them');
    const broken = rows().find((row) => row.textContent?.includes('.p7m'));
    expect(
      within(broken as HTMLElement).getByRole('img', { name: 'Encrypted, and no filter fits' }),
    ).toBeTruthy();
    expect(rows().some((row) => row.textContent?.includes('Id in its name'))).toBe(true);
    expect(await axeProblems()).toEqual([]);
  });

  it('counts each kind and shows it alone', async () => {
    const { user, fake } = openApp({}, '#/recordings');
    const tab = await screen.findByTestId('show-unmatched');
    expect(tab.textContent).toContain(String(fake.recordings.counts().unmatched));
    await user.click(tab);
    await waitFor(() => expect(rows()).toHaveLength(fake.recordings.counts().unmatched));
    expect(window.location.hash).toBe('#/recordings?show=unmatched');
    expect(rows().every((row) => row.textContent?.includes('Without') === false)).toBe(true);
    await user.click(screen.getByTestId('show-gone'));
    await waitFor(() => expect(rows()).toHaveLength(1));
  });

  it('asks for the page in sight and no more, however many there are', async () => {
    const { user, fake } = openApp({ recordings: 'many' }, '#/recordings');
    await waitFor(() => expect(rows().length).toBeGreaterThan(5));
    screen.getByTestId('grid').focus();
    await user.keyboard('{End}');
    const last = fake.recordings.counts().all - 1;
    await waitFor(() =>
      expect(
        fake.asked.some((asked) => asked.question === 'listRecordings' && Number(asked.with[1]) > last - 200),
      ).toBe(true),
    );
    expect(timesAsked(fake, 'listRecordings')).toBeLessThan(8);
  });

  it('explains both conditions of a lock beside the list, and closes with Escape', async () => {
    const { user } = openApp({}, '#/recordings?show=unmatched&recording=904');
    const shown = await panel();
    expect(shown.textContent).toContain('Its first bytes are not those of sound.');
    expect(shown.textContent).toContain('Its ending .p7m says that it is encrypted.');
    expect(within(shown).getByText('Set one up').getAttribute('href')).toBe('#/settings?section=recordings');
    expect(await axeProblems()).toEqual([]);
    within(shown).getByTestId('close-panel').focus();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('recording-panel')).toBeNull());
    expect(window.location.hash).toBe('#/recordings?show=unmatched');
  });

  it('leads to the call on its day', async () => {
    const { fake } = openApp({}, '#/recordings?recording=3');
    await panel();
    const row = fake.recordings.recording(3);
    const call = row.calls[0];
    expect(screen.getByTestId('open-call').getAttribute('href')).toBe(
      `#/calls?period=${call?.start?.slice(0, 10)}&call=${call?.call}`,
    );
  });

  it('a call that fits is chosen with one click and taken back with another', async () => {
    const { user, fake } = openApp({}, '#/recordings?recording=901');
    await panel();
    await user.click(screen.getAllByTestId('this-call')[1] as HTMLElement);
    await screen.findByTestId('undo-choice');
    const chosen = fake.asked.find(({ question }) => question === 'chooseRecording');
    expect(chosen?.with).toEqual([901, fake.recordings.recording(901).calls[0]?.call]);
    expect(screen.getByTestId('because').textContent).toContain('anna said');
    await user.click(screen.getByTestId('undo-choice'));
    await waitFor(() => expect(screen.getAllByTestId('this-call')).toHaveLength(2));
  });

  it('a call is looked for by its day and a number, or said not to be there', async () => {
    const { user, fake } = openApp({}, '#/recordings?recording=904');
    await panel();
    await user.click(screen.getByTestId('choose-call'));
    const dialog = await screen.findByTestId('choose-dialog');
    await within(dialog).findAllByTestId('choice');
    await user.type(within(dialog).getByTestId('choose-text'), 'nobody at all');
    await within(dialog).findByText('No call of this day fits. Try another day.');
    expect(await axeProblems()).toEqual([]);
    await user.click(within(dialog).getByTestId('choose-none'));
    await waitFor(() => expect(screen.queryByTestId('choose-dialog')).toBeNull());
    expect(fake.asked.find(({ question }) => question === 'chooseRecording')?.with).toEqual([904, null]);
    await screen.findByText('Somebody said that it belongs to no call.');
  });

  it('says why it is empty and what to do', async () => {
    const { user, fake } = openApp({ recordings: 'none' }, '#/recordings');
    await user.click(await screen.findByTestId('add-folder'));
    await waitFor(() => expect(timesAsked(fake, 'startScan')).toBe(1));
    expect(fake.recordings.folders.map(({ path }) => path)).toEqual(['/srv/pbx/voicemail']);
  });

  it('says what went wrong', async () => {
    const failing = { recordingCounts: { code: 'x', message: 'The ledger is locked.', hint: null } };
    const { user, fake } = openApp({ failing }, '#/recordings');
    const error = await screen.findByTestId('error');
    expect(error.textContent).toContain('The ledger is locked.');
    fake.script.failing = {};
    await user.click(within(error).getByText('Try again'));
    await waitFor(() => expect(rows().length).toBeGreaterThan(5));
  });
});

describe('looking through the folders', () => {
  it('tells how far it is, can be cancelled, and says what came of it', async () => {
    const { user, fake } = openApp({ recordings: 'troubled' }, '#/recordings');
    const button = await screen.findByTestId('start-scan');
    await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false));
    await user.click(button);
    await screen.findByTestId('cancel-scan');
    fake.tick();
    await screen.findByText('Looking for recordings in /srv/pbx/monitor');
    await user.click(screen.getByTestId('cancel-scan'));
    await waitFor(() => expect(screen.getByTestId('scan').dataset.phase).toBe('cancelled'));
    await user.click(screen.getByTestId('start-scan'));
    await screen.findByTestId('cancel-scan');
    for (let second = 0; second < 10; second += 1) fake.tick();
    await waitFor(() =>
      expect(screen.getByTestId('scanned').textContent).toContain('3 new or changed, 1 gone'),
    );
    expect(screen.getByText('1 folder could not be reached')).toBeTruthy();
    await user.click(screen.getByTestId('dismiss-scan'));
    await waitFor(() => expect(screen.queryByTestId('scanned')).toBeNull());
  });
});

describe('folders of recordings', () => {
  it('say how their clock differs and why one cannot be reached', async () => {
    openApp({ recordings: 'troubled' }, '#/recordings?pane=folders');
    expect(await screen.findByText(/Its names are 8 h ahead of the calls/)).toBeTruthy();
    expect((await screen.findByTestId('unreachable')).textContent).toContain('cannot be reached now');
    expect(await axeProblems()).toEqual([]);
  });

  it('are removed after saying what goes and what stays', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=folders');
    await user.click((await screen.findAllByTestId('remove-folder'))[0] as HTMLElement);
    const dialog = await screen.findByTestId('remove-dialog');
    expect(dialog.textContent).toContain('Nothing on the disk is touched');
    await user.click(within(dialog).getByTestId('remove-now'));
    await waitFor(() => expect(screen.getAllByTestId('recording-folder')).toHaveLength(1));
    expect(fake.asked.find(({ question }) => question === 'removeRecordingFolder')?.with).toEqual([1]);
  });
});

describe('the listening log', () => {
  it('is read page by page, and nothing on it changes or empties it', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=log');
    expect(await screen.findAllByTestId('entry')).toHaveLength(100);
    await user.click(screen.getByTestId('older'));
    await waitFor(() => expect(screen.getAllByTestId('entry')).toHaveLength(200));
    await user.click(screen.getByTestId('older'));
    await waitFor(() => expect(screen.getAllByTestId('entry')).toHaveLength(260));
    expect(screen.queryByTestId('older')).toBeNull();
    expect(screen.getByText('That is all: 260 entries.')).toBeTruthy();
    expect(
      fake.asked.filter(({ question }) => question === 'listeningLog').map((asked) => asked.with[0]),
    ).toEqual([null, 161, 61]);
    const buttons = within(screen.getByTestId('listening-log')).getAllByRole('button');
    expect(buttons.map((button) => button.dataset.testid)).toEqual(['export-log', 'refresh-log']);
  });

  it('is written to a file with the words of the window', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=log');
    await screen.findAllByTestId('entry');
    await user.click(screen.getByTestId('export-log'));
    await screen.findByText('The listening log was written to /home/anna/Documents/listening log.csv.');
    const columns = fake.asked.find(({ question }) => question === 'exportListeningLog')?.with[0];
    expect(columns).toContainEqual({ key: 'at', title: 'When (UTC)' });
    expect(columns).toContainEqual(
      expect.objectContaining({ key: 'what', words: expect.objectContaining({ copied: 'copied' }) }),
    );
  });

  it('says so when nobody has listened', async () => {
    openApp({ recordings: 'none' }, '#/recordings?pane=log');
    expect(await screen.findByText('Nobody has listened yet')).toBeTruthy();
    expect(screen.getByTestId('export-log').hasAttribute('disabled')).toBe(true);
  });
});

describe('keeping and deleting', () => {
  it('a recording that is held cannot be deleted until it is released', async () => {
    const { user, fake } = openApp({}, '#/recordings?recording=3');
    await panel();
    await user.click(screen.getByTestId('hold-recording'));
    await user.type(await screen.findByTestId('hold-why'), 'The order is disputed.');
    await user.click(screen.getByTestId('hold-now'));
    expect((await screen.findByTestId('hold')).textContent).toContain('The order is disputed.');
    expect(screen.getByTestId('delete-recording').hasAttribute('disabled')).toBe(true);
    await user.click(screen.getByTestId('release'));
    await waitFor(() => expect(screen.getByTestId('delete-recording').hasAttribute('disabled')).toBe(false));
    expect(fake.asked.find(({ question }) => question === 'holdRecording')?.with).toEqual([
      3,
      'The order is disputed.',
    ]);
  });

  it('a recording is deleted after its file was named, and exactly that file', async () => {
    const { user, fake } = openApp({}, '#/recordings?recording=3');
    await panel();
    const { file } = fake.recordings.recording(3);
    await user.click(screen.getByTestId('delete-recording'));
    const dialog = await screen.findByTestId('delete-dialog');
    expect(dialog.textContent).toContain(file);
    await user.click(within(dialog).getByTestId('delete-now'));
    expect((await screen.findByTestId('deleted')).textContent).toBe('Deleted on 2026-11-20 by anna.');
    expect(fake.asked.find(({ question }) => question === 'deleteRecordings')?.with).toEqual([
      [{ id: 3, file }],
    ]);
  });

  it('a rule deletes only what was shown before', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=folders');
    await user.click((await screen.findAllByTestId('change-retention'))[0] as HTMLElement);
    await user.type(await screen.findByTestId('retention-days'), '0');
    expect(screen.getByTestId('save-retention').hasAttribute('disabled')).toBe(true);
    await user.clear(screen.getByTestId('retention-days'));
    await user.type(screen.getByTestId('retention-days'), '90');
    await user.click(screen.getByTestId('save-retention'));
    await screen.findByText(/Kept for 90 days/);
    await user.click(screen.getByTestId('preview-retention'));
    expect(await screen.findAllByTestId('retention-row')).toHaveLength(12);
    expect(timesAsked(fake, 'startRetention')).toBe(0);
    await user.click(screen.getByTestId('apply-retention'));
    await waitFor(() => expect(screen.queryByTestId('retention-preview')).toBeNull());
    expect(fake.asked.find(({ question }) => question === 'startRetention')?.with).toEqual(['due-12']);
    expect(fake.imports.jobs.at(-1)).toMatchObject({ kind: 'retention', phase: 'reading' });
  });

  it('a folder is encrypted with a pass phrase that was typed twice', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=folders');
    await user.click((await screen.findAllByTestId('encrypt-folder'))[0] as HTMLElement);
    await user.type(await screen.findByTestId('encrypt-secret'), 'correct horse');
    await user.type(screen.getByTestId('encrypt-again'), 'correct house');
    expect(screen.getByTestId('encrypt-now').hasAttribute('disabled')).toBe(true);
    await user.clear(screen.getByTestId('encrypt-again'));
    await user.type(screen.getByTestId('encrypt-again'), 'correct horse');
    await user.click(screen.getByTestId('encrypt-now'));
    await screen.findByText('Encrypting recordings in /srv/pbx/monitor');
    for (let second = 0; second < 10; second += 1) fake.tick();
    await waitFor(() => expect(screen.getByTestId('scanned').textContent).toContain('encrypted'));
    expect(fake.asked.find(({ question }) => question === 'startEncrypting')?.with).toEqual([
      { folder: 1, with: 'age', recipients: [] },
      '…',
    ]);
  });
});

describe('what was kept of somebody', () => {
  it('is listed by number and written to an archive, with what could not be', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=number');
    await user.type(await screen.findByTestId('of-number'), '11{Enter}');
    await waitFor(() => expect(screen.getByTestId('of-sum').textContent).toMatch(/recordings of \d+ calls/));
    const found = await fake.recordingsOfNumber('11');
    expect(screen.getByTestId('of-sum').textContent).toContain(`${found.locked} are encrypted`);
    expect(window.location.hash).toContain('of=11');
    await user.click(screen.getByTestId('export-all'));
    await user.click(await screen.findByTestId('form-wav'));
    await user.click(screen.getByTestId('export-all-now'));
    await screen.findByTestId('cancel-archive');
    expect(await axeProblems()).toEqual([]);
    for (let second = 0; second < 10; second += 1) fake.tick();
    expect((await screen.findByTestId('written')).textContent).toContain(
      `${found.rows.length - found.locked} recordings`,
    );
    expect(screen.getByText(new RegExp(`^${found.locked} could not be written; .*:$`))).toBeTruthy();
    expect(screen.getByTestId('archive-lacks').textContent).toContain(`${found.locked} could not be written`);
    expect(fake.asked.find(({ question }) => question === 'startArchive')?.with).toMatchObject([
      { recordings: found.rows.map(({ id, file }) => ({ id, file })), form: 'wav' },
      null,
    ]);
    expect(await axeProblems()).toEqual([]);
  });

  it('goes on being written when the dialog is closed, and can be cancelled', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=number&of=11');
    await user.click(await screen.findByTestId('export-all'));
    await user.click(await screen.findByTestId('export-all-now'));
    await screen.findByTestId('cancel-archive');
    await user.click(screen.getByText('Close'));
    await waitFor(() => expect(screen.queryByTestId('export-recordings')).toBeNull());
    fake.tick();
    await waitFor(() => expect(screen.getByTestId('scan').textContent).toContain('Writing recordings.zip'));
    await user.click(screen.getByTestId('cancel-scan'));
    await waitFor(() =>
      expect(screen.getByTestId('scanned').textContent).toContain('recordings.zip was not written'),
    );
    expect(fake.imports.jobs.at(-1)).toMatchObject({ kind: 'archive', phase: 'cancelled' });
  });

  it('stands in the log of deletions once it is deleted', async () => {
    const { fake } = openApp({}, '#/recordings?pane=deletions');
    expect(await screen.findAllByTestId('entry')).toHaveLength(100);
    expect(screen.getByTestId('deletion-log').textContent).toContain('Chosen by hand');
    expect(await axeProblems()).toEqual([]);
    const { file } = await fake.recording(5);
    await fake.deleteRecordings([{ id: 5, file }]);
    screen.getByTestId('refresh-log').click();
    const name = file.slice(file.lastIndexOf('/') + 1);
    await waitFor(() => expect(screen.getAllByTestId('entry')[0]?.textContent).toContain(name));
  });
});

describe('a recording in its panel', () => {
  it('is played without its call', async () => {
    const { user, fake } = openApp(
      { failing: { openSound: { code: 'x', message: 'No.', hint: null, detail: 'exit 2' } } },
      '#/recordings?recording=10',
    );
    await user.click(await screen.findByTestId('listen'));
    expect((await screen.findByTestId('said')).textContent).toContain('exit 2');
    expect(fake.asked.find(({ question }) => question === 'openSound')?.with.slice(1)).toEqual([
      10,
      null,
      null,
    ]);
  });
});

describe('sound without a header', () => {
  it('is read in a folder as somebody says', async () => {
    const { user, fake } = openApp({}, '#/recordings?pane=folders');
    await user.click((await screen.findAllByTestId('change-law'))[0] as HTMLElement);
    await user.click(await screen.findByTestId('law-a-law'));
    await user.click(screen.getByTestId('save-law'));
    await screen.findByText(/Sound without a header: “A-law/);
    expect(fake.asked.find(({ question }) => question === 'setRecordingLaw')?.with).toEqual([1, 'a-law']);
  });
});

describe('the list of calls', () => {
  it('says which calls have a recording', async () => {
    const { fake } = openApp({}, '#/calls?period=month');
    await screen.findAllByRole('img', { name: 'has a recording' });
    const signs = rows().filter((row) => within(row).queryByRole('img', { name: 'has a recording' }));
    const recorded = fake.player.recorded(rows().map((row) => row.dataset.callId ?? ''));
    expect(signs.map((row) => row.dataset.callId)).toEqual(recorded);
    expect(signs.length).toBeLessThan(rows().length);
  });
});
