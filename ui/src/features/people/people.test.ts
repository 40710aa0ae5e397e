import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { NO_FILTERS } from '../../lib/filters';
import { axeProblems, openApp } from '../../testing/app';
import { behind, inOrder } from './figures';

const PERSON = {
  extension: '12',
  person: 'Anna Keane',
  department: 'Front office',
  rung: 9,
  answered: 5,
  first_answerer: 4,
  transferred: 1,
  missed_alone: 0,
  made: 7,
  talk_seconds: 600,
};

const people = () => screen.findAllByTestId('person');

describe('calls by person', () => {
  it('stand beside the list of calls, with the same period and filters', async () => {
    const { user, fake } = openApp({}, '#/calls?period=week&direction=inbound');
    await screen.findByTestId('total');
    await user.click(screen.getByTestId('view-people'));
    expect((await people()).length).toBeGreaterThan(3);
    const [asked] = fake.asked.findLast(({ question }) => question === 'people')?.with ?? [];
    expect(asked).toMatchObject({ directions: ['inbound'], from: '2026-11-15' });
    expect(window.location.hash).toContain('by=people');
    expect(await axeProblems()).toEqual([]);
    await user.click(screen.getByTestId('view-calls'));
    expect(await screen.findByTestId('grid')).toBeTruthy();
  });

  it('build the bridge from calls to legs, and say which columns add up', async () => {
    openApp({}, '#/calls?by=people&period=month');
    const bridge = (await screen.findByTestId('bridge')).textContent ?? '';
    const [calls = 0, legs = 0, transfers = 0] = [...bridge.replaceAll(',', '').matchAll(/\d+/g)].map(Number);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBe(legs - transfers);
    const sum = (rows: HTMLElement[], figure: string) =>
      rows.reduce((total, row) => {
        const cell = within(row).queryByTestId(figure)?.textContent ?? '0';
        return total + Number(cell.replaceAll(',', ''));
      }, 0);
    const rows = await people();
    expect(screen.getByTestId('sum-made').textContent?.trim().replaceAll(',', '')).toBe(
      String(sum(rows, 'made')),
    );
    expect(screen.getByTestId('sum-rung').textContent).toContain('Does not add up');
  });

  it('are sorted by any column', async () => {
    const { user } = openApp({}, '#/calls?by=people&period=month');
    await people();
    await user.click(screen.getByTestId('sort-who'));
    const names = screen.getAllByTestId('person').map((row) => row.querySelector('th')?.textContent?.trim());
    expect(names).toEqual([...names].sort());
    expect(
      inOrder([PERSON, { ...PERSON, extension: '9', person: null }], { column: 'who', descending: false })[0],
    ).toMatchObject({ extension: '9' });
  });

  it('are found again in the order that was chosen', async () => {
    const { user } = openApp({}, '#/calls?by=people&period=month');
    await people();
    await user.click(screen.getByTestId('sort-talk'));
    await user.click(screen.getByTestId('view-calls'));
    await user.click(await screen.findByTestId('view-people'));
    await people();
    expect(screen.getByTestId('sort-talk').closest('th')?.getAttribute('aria-sort')).toBe('descending');
  });

  it('every figure opens calls of its extension', async () => {
    const { user } = openApp({}, '#/calls?by=people&period=month');
    const [row] = await people();
    const extension = row?.dataset.extension ?? '';
    const made = within(row as HTMLElement).getByTestId('made').textContent;
    expect(Number(made)).toBeGreaterThan(0);
    await user.click(within(row as HTMLElement).getByTestId('made'));
    await waitFor(() => expect(screen.getByTestId('total').textContent).toContain(`${made} call`));
    expect(window.location.hash).toContain(`extension=${extension}`);
    expect(window.location.hash).not.toContain('by=people');
    expect(window.location.hash).toContain('role=made');
  });

  it('narrow what the frame has chosen, and never widen it', () => {
    const chosen = { ...NO_FILTERS, directions: ['inbound'], text: 'Dunne' };
    expect(behind(chosen, PERSON, 'rung')).toMatchObject({
      directions: ['inbound'],
      extension: '12',
      text: 'Dunne',
    });
    expect(behind(chosen, PERSON, 'missed-alone').role).toBe('missed-alone');
    expect(behind(NO_FILTERS, PERSON, 'talk')).toEqual({ ...NO_FILTERS, extension: '12', role: 'talked' });
  });

  it('say why there is nobody', async () => {
    openApp({}, '#/calls?by=people&text=nobody');
    expect((await screen.findByTestId('empty')).textContent).toContain('matches the filters');
  });
});

describe('coming to the calls from another screen', () => {
  it('shows calls, whatever was chosen there before', async () => {
    const { user } = openApp({}, '#/calls?by=people');
    await people();
    await user.keyboard('{Control>}1{/Control}');
    await user.click(await screen.findByTestId('metric-missed'));
    expect(await screen.findByTestId('grid')).toBeTruthy();
    expect(window.location.hash).not.toContain('by=people');
  });
});
