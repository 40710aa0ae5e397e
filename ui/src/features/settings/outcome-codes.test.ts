import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { codeProblems } from '../../state/outcome-codes.svelte';
import { axeProblems, openApp } from '../../testing/app';

const codes = () => screen.getAllByTestId('code').map((field) => (field as HTMLInputElement).value);

describe('outcome codes', () => {
  it('are checked while they are typed, and kept when they are right', async () => {
    const { user, fake } = openApp({}, '#/settings?section=outcome-codes');
    const before = (await screen.findAllByTestId('code-row')).length;
    const [taken = ''] = codes();
    await user.click(screen.getByTestId('add-code'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getAllByTestId('code').at(-1)));
    await user.keyboard(taken.toLowerCase());
    expect(screen.getByTestId('code-problem').textContent).toContain('twice');
    expect(screen.getByTestId('dirty').textContent).toContain('must be mended');
    await user.click(screen.getByTestId('save-codes'));
    expect(fake.asked.some(({ question }) => question === 'saveOutcomeCodes')).toBe(false);
    expect(await axeProblems()).toEqual([]);
    await user.keyboard('-2');
    expect(screen.getByTestId('code-problem').textContent).toContain('what it means');
    await user.type(screen.getAllByTestId('code-name').at(-1) as HTMLElement, 'Rings again');
    expect(screen.queryByTestId('code-problem')).toBeNull();
    await user.click(screen.getByTestId('save-codes'));
    await waitFor(() => expect(screen.getByTestId('dirty').textContent).toContain('Everything is saved.'));
    expect(fake.remarks.codes).toHaveLength(before + 1);
    expect(fake.remarks.codes.at(-1)).toMatchObject({
      code: `${taken.toLowerCase()}-2`,
      name: 'Rings again',
    });
  });

  it('change their order with the keyboard, and go back', async () => {
    const { user } = openApp({}, '#/settings?section=outcome-codes');
    await screen.findAllByTestId('code-row');
    const [first, second, ...rest] = codes();
    await user.click(screen.getByRole('button', { name: 'Move row 2 up' }));
    expect(codes()).toEqual([second, first, ...rest]);
    // At the top there is no further up; the focus stays with the row.
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move row 1 down'));
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(codes()).toEqual([first, second, ...rest]);
    await user.click(screen.getByRole('checkbox', { name: 'Retired, row 1' }));
    expect(screen.getByTestId('dirty').textContent).toContain('not saved');
    await user.click(screen.getByTestId('revert'));
    expect(screen.getByTestId('dirty').textContent).toContain('Everything is saved.');
  });

  it('keep what was typed while somebody looks elsewhere', async () => {
    const { user } = openApp({}, '#/settings?section=outcome-codes');
    await screen.findAllByTestId('code-row');
    await user.type(screen.getAllByTestId('code-name')[0] as HTMLElement, ' (new)');
    await user.click(screen.getByTestId('section-contacts'));
    await screen.findAllByTestId('contact');
    await user.click(screen.getByTestId('section-outcome-codes'));
    expect((await screen.findAllByTestId('code-name'))[0]).toHaveProperty(
      'value',
      expect.stringContaining('(new)'),
    );
  });

  it('are compared without case and blanks', () => {
    const row = (key: number, code: string, name = 'n') => ({
      key,
      code,
      name,
      contact: false,
      success: false,
      retired: false,
      calls: 0,
    });
    const problems = codeProblems([row(1, 'A'), row(2, ' a '), row(3, ''), row(4, 'B', ' '), row(5, '')]);
    expect([...problems]).toEqual([
      [2, 'twice'],
      [3, 'no-code'],
      [4, 'no-name'],
      [5, 'no-code'],
    ]);
  });
});

describe('ring-back settings', () => {
  it('say what they mean, refuse what makes no sense, and can be undone', async () => {
    const { user, fake } = openApp({}, '#/settings?section=ring-back');
    const hours = await screen.findByTestId('window-hours');
    expect(screen.getByTestId('window-means').textContent).toMatch(/72 hours.*Thursday/);
    expect(screen.getByTestId('save-ring-back')).toHaveProperty('disabled', true);
    await user.clear(hours);
    await user.type(hours, '721');
    expect(screen.getByTestId('window-means').textContent).toContain('from 1 to 720');
    expect(screen.getByTestId('save-ring-back')).toHaveProperty('disabled', true);
    expect(await axeProblems()).toEqual([]);
    await user.clear(hours);
    await user.type(hours, '4');
    await user.clear(screen.getByTestId('short-ring'));
    await user.type(screen.getByTestId('short-ring'), '0');
    expect(screen.getByTestId('short-means').textContent).toContain('everybody');
    const before = screen.getByTestId('open-now').textContent;
    await user.click(screen.getByTestId('save-ring-back'));
    await waitFor(() => expect(screen.getByTestId('open-now').textContent).not.toBe(before));
    expect(fake.toRing.settings).toEqual({ window_hours: 4, short_ring_seconds: 0 });
    await user.click(screen.getByTestId('notice-action'));
    await waitFor(() => expect(fake.toRing.settings.window_hours).toBe(72));
    await waitFor(() => expect(screen.getByTestId('window-hours')).toHaveProperty('value', '72'));
  });
});
