import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { axeProblems, openApp } from '../../testing/app';

describe('the rules for numbers', () => {
  it('show a number step by step, by the rules as they stand', async () => {
    const { user } = openApp({}, '#/settings');
    await user.type(await screen.findByTestId('try-number'), '*31*9 0207 946 0112');
    await waitFor(() => expect(screen.getByTestId('trace-normal').textContent).toBe('+442079460112'));
    expect(screen.getAllByTestId('step').map((step) => step.textContent)).toHaveLength(4);
    expect(screen.getAllByTestId('step')[1]?.textContent).toContain('Code that hides our number');
    expect(screen.getByTestId('trace-class').textContent).toBe('National');
    await user.selectOptions(screen.getByTestId('country'), 'IE');
    await waitFor(() => expect(screen.getByTestId('trace-normal').textContent).toBe('+3532079460112'));
    await user.clear(screen.getByTestId('try-number'));
    await waitFor(() => expect(screen.queryByTestId('step')).toBeNull());
    expect(await axeProblems()).toEqual([]);
  });

  it('say what would change, go back, and are saved', async () => {
    const { user, fake } = openApp({}, '#/settings');
    expect((await screen.findByTestId('dirty')).textContent).toContain('Everything is saved.');
    await user.selectOptions(screen.getByTestId('country'), 'IE');
    expect((await screen.findByTestId('changes-count')).textContent).toMatch(/numbers would change, in/);
    expect(screen.getAllByTestId('change').length).toBeGreaterThan(10);
    expect(await axeProblems()).toEqual([]);
    await user.click(screen.getByTestId('revert'));
    await waitFor(() => expect(screen.getByTestId('country')).toHaveProperty('value', 'GB'));
    expect(screen.getByTestId('save-rules')).toHaveProperty('disabled', true);

    await user.clear(screen.getByTestId('outside-line'));
    await user.type(screen.getByTestId('outside-line'), '0, 9');
    await user.click(screen.getByTestId('save-rules'));
    await waitFor(() => expect(screen.getByTestId('dirty').textContent).toContain('Everything is saved.'));
    expect(fake.rules[0]?.outside_line).toEqual(['0', '9']);
    await waitFor(() => expect(screen.getByTestId('work-line').textContent).toContain('Reading all numbers'));
  });

  it('keep what was changed while somebody looks at another screen', async () => {
    const { user } = openApp({}, '#/settings');
    await user.type(await screen.findByTestId('area-code'), '9');
    await user.click(screen.getByTestId('rail-today'));
    await screen.findByTestId('metric-calls');
    await user.click(screen.getByTestId('rail-settings'));
    expect(await screen.findByTestId('area-code')).toHaveProperty('value', '16329');
    expect(screen.getByTestId('dirty').textContent).toContain('not saved');
  });

  it('are rewritten in an order that the keyboard can change', async () => {
    const { user } = openApp({}, '#/settings');
    await screen.findAllByTestId('rewrite-row');
    const patterns = () =>
      screen
        .getAllByTestId('rewrite-row')
        .map((row) => (row.querySelector('[data-pattern]') as HTMLInputElement).value);
    expect(patterns()).toEqual(['*31*', '+44']);
    await user.click(screen.getByTestId('add-rewrite'));
    await waitFor(() => expect(document.activeElement).toHaveProperty('placeholder', 'this'));
    await user.keyboard('00353');
    expect(patterns()).toEqual(['*31*', '+44', '00353']);
    await user.click(screen.getByRole('button', { name: 'Move rule 3 up' }));
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move rule 2 up'));
    await user.keyboard('{Enter}');
    expect(patterns()).toEqual(['00353', '*31*', '+44']);
    // At the top there is no further up; the focus stays with the rule.
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move rule 1 down'));
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(patterns()).toEqual(['*31*', '00353', '+44']);
    await user.click(screen.getByRole('button', { name: 'Remove rule 2' }));
    expect(patterns()).toEqual(['*31*', '+44']);
  });

  it('say which pattern cannot be read', async () => {
    const { user } = openApp({}, '#/settings');
    const [row] = await screen.findAllByTestId('rewrite-row');
    if (!row) throw new Error('no rule');
    await user.selectOptions(within(row).getByRole('combobox', { name: 'Rule 1: which part' }), 'pattern');
    const pattern = within(row).getByRole('textbox', { name: 'Rule 1: what is replaced' });
    await user.clear(pattern);
    await user.type(pattern, '((');
    await user.type(screen.getByTestId('try-number'), '0207');
    const errors = await screen.findAllByTestId('error');
    expect(errors[0]?.textContent).toContain('not a pattern');
  });

  it('tell extensions by range or by length', async () => {
    const { user, fake } = openApp({}, '#/settings');
    await user.click(await screen.findByTestId('add-extension'));
    const to = screen.getByRole('textbox', { name: 'Last extension, row 2' });
    await user.clear(to);
    await user.type(to, '1099');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind of extensions, row 1' }), 'any');
    await user.click(screen.getByTestId('save-rules'));
    await waitFor(() =>
      expect(fake.rules[0]?.extensions).toEqual([
        { from: null, to: null, min_digits: 2, max_digits: 2 },
        { from: '100', to: '1099', min_digits: 3, max_digits: 4 },
      ]),
    );
  });

  it('stand for each exchange by itself', async () => {
    const { user } = openApp({ branch: true }, '#/settings');
    await user.click(await screen.findByTestId('view-2'));
    expect(screen.getByTestId('country')).toHaveProperty('value', 'DE');
    await user.selectOptions(screen.getByTestId('country'), 'AT');
    await waitFor(() => expect(screen.getByTestId('view-2').textContent).toContain('(changed)'));
    await user.click(screen.getByTestId('view-1'));
    expect(screen.getByTestId('country')).toHaveProperty('value', 'GB');
  });
});
