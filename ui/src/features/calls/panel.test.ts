import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import { FakeBackend } from '../../backend/fake';
import { STORIES, STORY } from '../../backend/fake/stories';
import { axeProblems, openApp } from '../../testing/app';

const LOCKED = { code: 'ledger-locked', message: 'The ledger is locked.', hint: 'Try again.' };

async function openStory(story = STORY.queue, script: ConstructorParameters<typeof FakeBackend>[0] = {}) {
  const fake = new FakeBackend({ calls: [], stories: STORIES, ...script });
  const app = openApp(fake, `#/calls?call=${story.call.id}`);
  await screen.findByTestId('sentence');
  return app;
}

const list = (testid: string) =>
  within(screen.getByTestId(testid))
    .queryAllByRole('listitem')
    .map((item) => item.textContent?.trim().replaceAll(/\s+/g, ' '));

describe('how a call went', () => {
  it('is told step by step, with the numbers of the picture', async () => {
    await openStory();
    expect(list('steps').map((step) => step?.replace(/11:\d\d:\d\d AM: /, ''))).toEqual([
      '1 Dunne Timber is in the menu for 0:10.',
      '2 12 rings for 0:12; nobody answers there.',
      '3 14 rings for 0:12; nobody answers there.',
      '4 12 rings for 0:06; nobody answers there.',
      '5 15 rings and answers after 0:08.',
      '6 15 asks 21 while the other end waits.',
      '7 15 passed the call on to 21 (transfer after asking).',
    ]);
    const picture = screen.getByTestId('lanes');
    const numbers = [...picture.querySelectorAll('.number')].map((text) => text.textContent);
    expect(numbers.toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(picture.querySelectorAll('.edge.unanswered').length).toBe(3);
    expect(picture.querySelectorAll('.edge.thin').length).toBe(1);
    expect(picture.textContent).toContain('by 15');
    expect(picture.textContent).toContain('Sales');
    expect(await axeProblems()).toEqual([]);
  });

  it('tells every kind of stretch by another look, and names it', async () => {
    await openStory(STORY.park);
    const picture = screen.getByTestId('lanes');
    for (const look of ['wait', 'talk', 'park', 'conference', 'ring']) {
      expect(picture.querySelectorAll(`.bar.${look}`).length, look).toBeGreaterThan(1);
    }
    expect(picture.textContent).toContain('parked');
  });

  it('is copied as a picture that stands for itself', async () => {
    const { user } = await openStory();
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    vi.stubGlobal('ClipboardItem', undefined);
    await user.click(screen.getByTestId('copy-picture'));
    const markup = write.mock.calls[0]?.[0] ?? '';
    const picture = new DOMParser().parseFromString(markup, 'image/svg+xml');
    expect(picture.documentElement.namespaceURI).toBe('http://www.w3.org/2000/svg');
    expect(picture.querySelector('title')?.textContent).toBe(STORY.queue.call.because);
    expect(picture.querySelector('[class]')).toBeNull();
    expect((await screen.findByTestId('notice')).textContent).toContain('copied as SVG');
    write.mockRejectedValueOnce(new Error('no clipboard'));
    await user.click(screen.getByTestId('copy-picture'));
    await waitFor(() =>
      expect(screen.getAllByTestId('notice').at(-1)?.textContent).toContain('could not be copied'),
    );
    vi.unstubAllGlobals();
  });

  it('is printed without the rest of the window', async () => {
    const { user } = await openStory();
    let marked = false;
    window.print = () => {
      marked = document.documentElement.dataset.printing === '';
    };
    await user.click(screen.getByTestId('print'));
    expect(marked).toBe(true);
    window.dispatchEvent(new Event('afterprint'));
    expect(document.documentElement.dataset.printing).toBeUndefined();
  });

  it('leads to calls like it', async () => {
    const { user } = await openStory();
    await user.click(screen.getByTestId('like'));
    await user.click(screen.getByRole('button', { name: 'Only queue Sales' }));
    await waitFor(() => expect(window.location.hash).toContain('queue=Sales'));
  });
});

describe('notes', () => {
  it('are added, changed and deleted, and a deleted one comes back', async () => {
    const { user } = await openStory();
    await user.type(screen.getByTestId('note-new'), 'Wants larch.{Control>}{Enter}{/Control}');
    await waitFor(() => expect(list('notes')[0]).toMatch(/^Wants larch\. anna, /));
    await user.click(screen.getByTestId('note-edit'));
    const field = await screen.findByTestId('note-text');
    expect(document.activeElement).toBe(field);
    await user.type(field, ' By Thursday.');
    await user.click(screen.getByTestId('note-save'));
    await waitFor(() => expect(list('notes')[0]).toMatch(/^Wants larch\. By Thursday\. .*changed/));
    await user.click(screen.getByTestId('note-delete'));
    await waitFor(() => expect(list('notes')).toEqual([]));
    await user.click(await screen.findByTestId('notice-action'));
    await waitFor(() => expect(list('notes').length).toBe(1));
  });

  it('that could not be kept go back into the box, with the reason', async () => {
    const { user } = await openStory(STORY.queue, { failing: { addNote: LOCKED } });
    await user.type(screen.getByTestId('note-new'), 'Wants larch.');
    await user.click(screen.getByTestId('note-add'));
    expect((await screen.findByTestId('error')).textContent).toContain('The ledger is locked.');
    await waitFor(() => expect(list('notes')).toEqual([]));
    expect(screen.getByTestId<HTMLTextAreaElement>('note-new').value).toBe('Wants larch.');
  });
});

describe('tags', () => {
  it('are typed or taken from those used before, and removed', async () => {
    const remarks = {
      [STORY.message.call.id]: { notes: [], tags: ['urgent'], code: null, byExchange: false },
    };
    const { user, fake } = await openStory(STORY.queue, { remarks });
    await user.type(screen.getByTestId('tag-new'), 'larch,');
    await user.click(await screen.findByRole('button', { name: 'Add the tag urgent' }));
    await waitFor(() => expect(list('tag-list')).toEqual(['larch', 'urgent']));
    await user.click(screen.getByRole('button', { name: 'Remove the tag larch' }));
    await waitFor(() => expect(list('tag-list')).toEqual(['urgent']));
    const told = () => fake.calls.find(({ id }) => id === STORY.queue.call.id)?.tags;
    await waitFor(() => expect(told()).toEqual(['urgent']));
  });

  it('that were refused vanish again', async () => {
    const { user } = await openStory(STORY.queue, { failing: { setTags: LOCKED } });
    await user.type(screen.getByTestId('tag-new'), 'larch{Enter}');
    await screen.findByTestId('error');
    await waitFor(() => expect(screen.queryByTestId('tag-list')).toBeNull());
  });
});

describe('the outcome code', () => {
  it('is chosen from those still offered; taken away, what the exchange said holds again', async () => {
    const remarks = {
      [STORY.queue.call.id]: { notes: [], tags: [], code: '10', byExchange: true },
    };
    const { user, fake } = await openStory(STORY.queue, { remarks });
    const select = await screen.findByTestId<HTMLSelectElement>('code-select');
    await waitFor(() => expect(select.options.length).toBe(5));
    expect(select.value).toBe('10');
    const given = () => screen.getByTestId('code-given').textContent;
    expect(given()).toContain('From the exchange, ');
    await user.selectOptions(select, '30');
    await waitFor(() => expect(given()).toContain('anna, '));
    const code = () => fake.calls.find(({ id }) => id === STORY.queue.call.id)?.outcome_code?.code;
    await waitFor(() => expect(code()).toBe('30'));
    await user.selectOptions(select, '');
    await waitFor(() => expect(select.value).toBe('10'));
    await waitFor(() => expect(given()).toContain('From the exchange'));
    const before = [...screen.getByTestId('codes-before').querySelectorAll('li')];
    const said = before.map((item) => item.textContent?.trim());
    expect(said).toEqual([
      expect.stringMatching(/^Taken away anna, /),
      expect.stringMatching(/^\S.* anna, /),
    ]);
  });

  it('that was refused falls back to the one before', async () => {
    const { user } = await openStory(STORY.queue, { failing: { setOutcomeCode: LOCKED } });
    const select = await screen.findByTestId<HTMLSelectElement>('code-select');
    await user.selectOptions(select, '30');
    await screen.findByTestId('error');
    await waitFor(() => expect(select.value).toBe(''));
  });
});

describe('a call whose end never came', () => {
  it('is closed with a reason, and opened again', async () => {
    const { user, fake } = await openStory(STORY.open);
    await user.click(screen.getByTestId('close-call'));
    expect(screen.getByTestId<HTMLButtonElement>('close-now').disabled).toBe(true);
    await user.type(screen.getByTestId('close-reason'), 'The PBX was off.');
    await user.click(screen.getByTestId('close-now'));
    expect((await screen.findByTestId('closed')).textContent).toContain('by anna');
    expect(fake.asked.find(({ question }) => question === 'closeCall')?.with).toEqual([
      STORY.open.call.id,
      'The PBX was off.',
    ]);
    await user.click(await screen.findByTestId('notice-action'));
    await screen.findByTestId('close-call');
  });

  it('is the only one that can be closed', async () => {
    await openStory(STORY.message);
    expect(screen.queryByTestId('close-call')).toBeNull();
  });
});
