import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { axeProblems, openApp } from '../../testing/app';

const PLACE = '#/settings?section=recordings';
const filters = () => screen.getAllByTestId('filter').map((row) => row.dataset.filter);
const filter = (id: string) => document.querySelector<HTMLElement>(`[data-filter="${id}"]`) as HTMLElement;

describe('filters of encrypted recordings', () => {
  it('say for which files they are and whether they notice tampering', async () => {
    openApp({}, PLACE);
    await screen.findAllByTestId('filter');
    expect(filters()).toEqual(['age', 'gpg', 'gpg-agent', 'openssl', 'zip']);
    expect(filter('gpg').textContent).toContain('notices when a file was tampered with');
    expect(filter('openssl').textContent).toContain('does not notice when a file was tampered with');
    expect(await axeProblems()).toEqual([]);
  });

  it('are asked in another order once that is saved', async () => {
    const { user, fake } = openApp({}, PLACE);
    await screen.findAllByTestId('filter');
    await user.click(
      within(filter('gpg-agent')).getByLabelText('Ask GnuPG with the keys of its agent earlier'),
    );
    expect(filters().slice(0, 3)).toEqual(['age', 'gpg-agent', 'gpg']);
    await user.click(screen.getByTestId('save-filters'));
    await screen.findByText('The filters were saved.');
    expect(fake.recordings.filters.map(({ id }) => id).slice(0, 3)).toEqual(['age', 'gpg-agent', 'gpg']);
  });

  it('a program of one’s own is checked before it is kept, and its arguments go line by line', async () => {
    const { user, fake } = openApp({}, PLACE);
    await screen.findAllByTestId('filter');
    await user.click(screen.getByTestId('add-filter'));
    await user.click(screen.getByTestId('save-filters'));
    expect((await screen.findByTestId('filter-problem')).textContent).toContain('endings of its files');
    await user.type(screen.getByTestId('filter-endings'), '.VOX, enc2');
    await user.type(screen.getByTestId('filter-program'), '/opt/vendor/open');
    const words = screen.getByTestId('filter-arguments');
    await user.clear(words);
    await user.type(words, '--in a file');
    expect(screen.getByTestId('filter-problem').textContent).toContain('{file}');
    await user.type(words, '\n{{file}');
    expect(screen.queryByTestId('filter-problem')).toBeNull();
    expect(await axeProblems()).toEqual([]);
    await user.click(screen.getByTestId('save-filters'));
    await screen.findByText('The filters were saved.');
    expect(fake.recordings.filters[0]).toMatchObject({
      id: 'own-1',
      program: '/opt/vendor/open',
      arguments: ['--in a file', '{file}'],
      endings: ['vox', 'enc2'],
      given: 'nothing',
      seconds: 30,
    });
  });

  it('are tested on files of one’s choice', async () => {
    const { user, fake } = openApp({}, PLACE);
    await screen.findAllByTestId('filter');
    await user.click(within(filter('gpg')).getByTestId('try-filter'));
    await user.click(await screen.findByTestId('choose-trial-files'));
    const trials = await waitFor(() => {
      const found = screen.getAllByTestId('trial');
      expect(found).toHaveLength(2);
      return found;
    });
    expect(trials[0]?.textContent).toContain('It ended well, and what it gave is sound.');
    expect(trials[0]?.textContent).toContain('WAV');
    expect(trials[1]?.dataset.result).toBe('not-sound');
    expect(trials[1]?.textContent).toContain('gpg: no valid OpenPGP data found.');
    // The pass phrase that is kept is used.
    expect(fake.asked.find(({ question }) => question === 'tryRecordingFilter')?.with[2]).toBeNull();
  });

  it('without a credential store the pass phrase is asked for, and nothing offers to keep it', async () => {
    const { user, fake } = openApp({ recordings: 'troubled' }, PLACE);
    await screen.findAllByTestId('filter');
    expect(filter('gpg').textContent).toContain('no credential store that can be reached');
    expect(screen.queryByTestId('keep-pass-phrase')).toBeNull();
    await user.click(within(filter('gpg')).getByTestId('try-filter'));
    const button = await screen.findByTestId('choose-trial-files');
    expect(button.hasAttribute('disabled')).toBe(true);
    await user.type(screen.getByTestId('secret'), 'correct horse');
    await user.click(button);
    await waitFor(() => expect(screen.getAllByTestId('trial')).toHaveLength(2));
    expect(fake.asked.find(({ question }) => question === 'tryRecordingFilter')?.with[2]).toBe('…');
  });

  it('a pass phrase is kept and forgotten', async () => {
    const { user } = openApp({}, PLACE);
    await screen.findAllByTestId('filter');
    await user.click(within(filter('age')).getByTestId('keep-pass-phrase'));
    const dialog = await screen.findByTestId('pass-phrase-dialog');
    expect(within(dialog).getByTestId('secret').getAttribute('type')).toBe('password');
    await user.type(within(dialog).getByTestId('secret'), 'correct horse');
    await user.click(within(dialog).getByTestId('keep-now'));
    await waitFor(() => expect(within(filter('age')).getByTestId('pass-phrase').dataset.state).toBe('kept'));
    await user.click(within(filter('age')).getByTestId('forget-pass-phrase'));
    await waitFor(() => expect(within(filter('age')).getByTestId('pass-phrase').dataset.state).toBe('none'));
  });
});

describe('templates of names', () => {
  it('are tried on the names found last before they can be kept', async () => {
    const { user, fake } = openApp({}, PLACE);
    const field = await screen.findByTestId('pattern');
    expect(screen.getByTestId('keep-template').hasAttribute('disabled')).toBe(true);
    await user.type(field, '{{date}-{{time}_{{from}-{{text}');
    const sum = await screen.findByTestId('trial-sum');
    expect(sum.textContent).toMatch(
      /Of \d+ names it reads \d+, does not read \d+, and reads \d+ in several ways/,
    );
    expect(screen.getAllByTestId('tried')[0]?.dataset.kind).toBe('ambiguous');
    expect(await axeProblems()).toEqual([]);
    await user.click(screen.getByTestId('keep-template'));
    await waitFor(() => expect(screen.getAllByTestId('template')).toHaveLength(2));
    expect(fake.recordings.templates).toEqual(['{date}-{time}_{from}-{to}', '{date}-{time}_{from}-{text}']);
  });

  it('a wrong one says what is wrong and is not kept', async () => {
    const { user } = openApp({}, PLACE);
    await user.type(await screen.findByTestId('pattern'), '{{date}-{{time');
    expect((await screen.findByTestId('pattern-problem')).textContent).toContain('An opening { has no }');
    expect(screen.getByTestId('keep-template').hasAttribute('disabled')).toBe(true);
  });

  it('are removed', async () => {
    const { user, fake } = openApp({}, PLACE);
    await user.click(await screen.findByTestId('remove-template'));
    await waitFor(() => expect(fake.recordings.templates).toEqual([]));
  });
});
