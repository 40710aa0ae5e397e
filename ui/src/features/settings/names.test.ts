import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { ExtensionEntry } from '../../backend/backend';
import { axeProblems, openApp } from '../../testing/app';
import { daysProblem, formatExtensionDays, holds, overlapping } from './extension-days';

const entry = (changes: Partial<ExtensionEntry>): ExtensionEntry => ({
  id: 1,
  extension: '12',
  person: 'Anna Keane',
  department: '',
  from: null,
  to: null,
  ...changes,
});

describe('contacts', () => {
  it('are found by name or number, and only those in sight exist', async () => {
    const { user, fake } = openApp({ contacts: 5_000 }, '#/settings?section=contacts');
    const rows = await screen.findAllByTestId('contact');
    expect(rows.length).toBeLessThan(60);
    expect(screen.getByTestId('contacts-count').textContent).toContain('5,004 contacts');
    expect(await axeProblems()).toEqual([]);
    await user.type(screen.getByTestId('search-contacts'), 'dunne');
    await waitFor(() => expect(screen.getAllByTestId('contact')).toHaveLength(1));
    expect(screen.getByTestId('contact').textContent).toContain('Dunne Timber');
    await user.clear(screen.getByTestId('search-contacts'));
    await user.type(screen.getByTestId('search-contacts'), 'nobody at all');
    expect((await screen.findByTestId('empty')).textContent).toContain('Nobody is called “nobody at all”');
    expect(fake.asked.filter(({ question }) => question === 'listContacts').length).toBeLessThan(8);
  });

  it('are added, with what is missing said beside the field', async () => {
    const { user, fake } = openApp({}, '#/settings?section=contacts');
    await user.click(await screen.findByTestId('add-contact'));
    await user.click(screen.getByTestId('save-contact'));
    expect(screen.getByText('Give a name or an organisation.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByTestId('contact-name'));
    expect(await axeProblems()).toEqual([]);
    await user.type(screen.getByTestId('contact-name'), 'Zita Quill');
    await user.type(screen.getByTestId('contact-numbers'), '01632 960 901\n\n 07700 900 902 ');
    await user.click(screen.getByTestId('save-contact'));
    await waitFor(() => expect(screen.queryByTestId('contact-dialog')).toBeNull());
    expect(fake.contacts.contacts.at(-1)).toMatchObject({
      name: 'Zita Quill',
      numbers: ['01632 960 901', '07700 900 902'],
    });
  });

  it('are deleted with the keyboard, and brought back', async () => {
    const { user, fake } = openApp({}, '#/settings?section=contacts');
    const first = (await screen.findAllByTestId('contact'))[0]?.textContent;
    screen.getByTestId('contacts').focus();
    await user.keyboard('{Delete}');
    await waitFor(() => expect(screen.getAllByTestId('contact')[0]?.textContent).not.toBe(first));
    expect(fake.contacts.contacts).toHaveLength(243);
    await user.click(screen.getByTestId('notice-action'));
    await waitFor(() => expect(screen.getAllByTestId('contact')[0]?.textContent).toBe(first));
  });

  it('are opened with the keyboard, and what the program refuses is said', async () => {
    const { user } = openApp({}, '#/settings?section=contacts');
    await screen.findAllByTestId('contact');
    screen.getByTestId('contacts').focus();
    await user.keyboard('{ArrowDown}{Enter}');
    const numbers = await screen.findByTestId('contact-numbers');
    await user.clear(numbers);
    await user.type(numbers, 'none');
    await user.click(screen.getByTestId('save-contact'));
    expect((await screen.findByTestId('error')).textContent).toContain('at least one figure');
  });

  it('are imported, with a summary that names what was rejected and takes it back', async () => {
    const { user, fake } = openApp({}, '#/settings?section=contacts');
    await user.click(await screen.findByTestId('import-contacts'));
    const summary = await screen.findByTestId('name-import');
    expect(summary.textContent).toContain('customers.vcf was imported');
    expect(within(summary).getByTestId('rejected-names').textContent).toContain('Line 14');
    expect(fake.contacts.contacts).toHaveLength(247);
    await user.click(within(summary).getByTestId('undo-import'));
    await waitFor(() => expect(screen.queryByTestId('name-import')).toBeNull());
    expect(fake.contacts.contacts).toHaveLength(244);
  });

  it('are none at first, and the page says how to get some', async () => {
    openApp({ contacts: 0 }, '#/settings?section=contacts');
    expect((await screen.findByTestId('empty')).textContent).toContain('No contact yet');
  });
});

describe('the directory', () => {
  it('says beside the field who has the extension in these days', async () => {
    const { user, fake } = openApp({}, '#/settings?section=directory');
    await user.click(await screen.findByTestId('add-entry'));
    await user.type(screen.getByTestId('entry-extension'), '12');
    expect(screen.getByTestId('entry-days').textContent).toContain('belongs to');
    await user.type(screen.getByTestId('entry-person'), 'Una Corry');
    await user.type(screen.getByTestId('entry-from'), '2026-11-3');
    expect(screen.getByTestId('entry-days').textContent).toContain('Write days as');
    await user.type(screen.getByTestId('entry-from'), '0');
    expect(screen.getByTestId('entry-days').textContent).toContain('Anna Keane');
    expect(screen.getByTestId('entry-from').getAttribute('aria-invalid')).toBe('true');
    await user.click(screen.getByTestId('save-entry'));
    expect(fake.asked.some(({ question }) => question === 'saveExtension')).toBe(false);
    expect(await axeProblems()).toEqual([]);
    await user.clear(screen.getByTestId('entry-extension'));
    await user.type(screen.getByTestId('entry-extension'), '19');
    expect(screen.getByTestId('entry-days').textContent).toBe('');
    await user.click(screen.getByTestId('save-entry'));
    await waitFor(() => expect(screen.queryByTestId('extension-dialog')).toBeNull());
    await waitFor(() =>
      expect(screen.getAllByTestId('entry').some((row) => row.textContent?.includes('Una Corry'))).toBe(true),
    );
  });

  it('says beside the days what the program refuses, when somebody else was quicker', async () => {
    const { user, fake } = openApp({}, '#/settings?section=directory');
    await user.click(await screen.findByTestId('add-entry'));
    await user.type(screen.getByTestId('entry-extension'), '19');
    await user.type(screen.getByTestId('entry-person'), 'Una Corry');
    fake.contacts.saveExtension(entry({ id: 0, extension: '19', person: 'Hugh Devane' }));
    await user.click(screen.getByTestId('save-entry'));
    await waitFor(() => expect(screen.getByTestId('entry-days').textContent).toContain('Hugh Devane'));
    expect(screen.queryByTestId('error')).toBeNull();
  });

  it('deletes and brings back, imports and takes back', async () => {
    const { user } = openApp({}, '#/settings?section=directory');
    const rows = (await screen.findAllByTestId('entry')).length;
    await user.click(screen.getAllByTestId('delete-entry')[0] as HTMLElement);
    await waitFor(() => expect(screen.getAllByTestId('entry')).toHaveLength(rows - 1));
    await user.click(screen.getByTestId('notice-action'));
    await waitFor(() => expect(screen.getAllByTestId('entry')).toHaveLength(rows));
    await user.click(screen.getByTestId('import-directory'));
    await waitFor(() => expect(screen.getAllByTestId('entry')).toHaveLength(rows + 1));
    await user.click(await screen.findByTestId('undo-import'));
    await waitFor(() => expect(screen.getAllByTestId('entry')).toHaveLength(rows));
  });

  it('knows days with open ends', () => {
    const anna = entry({ from: '2026-03-01' });
    const peter = entry({ id: 2, person: 'Peter', to: '2026-02-28' });
    expect(overlapping([anna], peter)).toBeUndefined();
    expect(overlapping([anna], { ...peter, to: '2026-03-01' })).toBe(anna);
    expect(overlapping([anna], { ...peter, to: null })).toBe(anna);
    expect(overlapping([anna], anna)).toBeUndefined();
    expect(holds(anna, '2026-02-28')).toBe(false);
    expect(holds(anna, '2026-03-01')).toBe(true);
    expect(daysProblem('2026-02-30', '')).toBe('period.not-a-day');
    expect(daysProblem('2026-03-02', '2026-03-01')).toBe('period.backwards');
    expect(daysProblem('', '')).toBeNull();
    expect(formatExtensionDays(entry({}))).toBe('always');
    expect(formatExtensionDays(anna)).toMatch(/^from .*2026/);
  });
});
