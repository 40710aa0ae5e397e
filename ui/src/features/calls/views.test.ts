import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { FakeBackend } from '../../backend/fake';
import { openApp } from '../../testing/app';

const loaded = () =>
  waitFor(() => expect(document.querySelectorAll('[role="row"][data-call-id]').length).toBeGreaterThan(0));
const button = () => screen.getByTestId('views');
const titles = () => screen.getAllByRole('columnheader').map((header) => header.textContent?.trim());

describe('kept views', () => {
  it('bring back filters, order, columns and period, and say when something has changed', async () => {
    const { user } = openApp({}, '#/calls');
    await loaded();
    expect(button().textContent?.trim()).toBe('Views');
    await user.click(button());
    await user.click(await screen.findByRole('button', { name: 'Long calls of the month' }));
    expect(window.location.hash).toBe('#/calls?period=month&talk=300..&sort=-talk');
    expect(titles()).toEqual(['Start', 'Caller', 'Answered by', 'Talk', 'Whole call']);
    expect(button().textContent?.trim()).toBe('Long calls of the month');
    await user.click(screen.getByTestId('sort-total'));
    await waitFor(() => expect(button().textContent?.trim()).toBe('Long calls of the month (changed)'));
    await user.click(button());
    await user.click(screen.getByTestId('view-save-changes'));
    await waitFor(() => expect(button().textContent?.trim()).toBe('Long calls of the month'));
    await user.click(screen.getByTestId('sort-talk'));
    await user.click(button());
    await user.click(await screen.findByTestId('view-leave'));
    expect(button().textContent?.trim()).toBe('Views');
  });

  it('are known by what they show, whichever way one came there', async () => {
    openApp(
      {},
      '#/calls?direction=inbound&outcome=short-lost,lost-ringing,lost-in-queue,lost-after-transfer',
    );
    await waitFor(() => expect(button().textContent?.trim()).toBe('Missed, incoming'));
  });

  it('keep what is shown under a name, without the period unless it is wished', async () => {
    const { user, fake } = openApp({ views: [] }, '#/calls?period=yesterday&direction=inbound');
    await loaded();
    await user.click(button());
    expect(screen.getByText(/No view is kept yet/)).toBeTruthy();
    await user.type(screen.getByTestId('view-name'), 'From outside{Enter}');
    await waitFor(() => expect(button().textContent?.trim()).toBe('From outside'));
    expect(fake.views.list).toMatchObject([
      { name: 'From outside', period: null, filter: { directions: ['inbound'], from: null, to: null } },
    ]);
    await user.type(screen.getByTestId('view-name'), 'From outside');
    expect(screen.getByText('A view of this name is there; it will be replaced.')).toBeTruthy();
    await user.click(screen.getByTestId('view-with-period'));
    await user.click(screen.getByTestId('view-keep'));
    await waitFor(() => expect(fake.views.list.map(({ period }) => period)).toEqual(['yesterday']));
  });

  it('are renamed, and deleted until that is taken back', async () => {
    const { user, fake } = openApp({}, '#/calls');
    await loaded();
    await user.click(button());
    await user.click(await screen.findByRole('button', { name: 'Rename Missed, incoming' }));
    const field = await screen.findByTestId('view-new-name');
    await user.clear(field);
    await user.type(field, 'Long calls of the month{Enter}');
    expect(screen.getByText('A view is already called so.')).toBeTruthy();
    await user.clear(field);
    await user.type(field, 'Lost{Enter}');
    await screen.findByRole('button', { name: 'Delete Lost' });
    expect(fake.views.list.map(({ name }) => name)).toEqual(['Long calls of the month', 'Lost']);
    await user.click(screen.getByRole('button', { name: 'Delete Lost' }));
    await waitFor(() => expect(fake.views.list.length).toBe(1));
    await user.click(within(await screen.findByTestId('notice')).getByTestId('notice-action'));
    await waitFor(() => expect(fake.views.list.map(({ name }) => name)).toContain('Lost'));
  });

  it('that cannot be kept stay out of the list, and the reason is said', async () => {
    const failing = { saveView: { code: 'x', message: 'The ledger is locked.', hint: null } };
    const { user } = openApp(new FakeBackend({ failing }), '#/calls');
    await loaded();
    await user.click(button());
    await user.type(screen.getByTestId('view-name'), 'Mine{Enter}');
    expect((await screen.findByTestId('notice')).textContent).toContain('The ledger is locked.');
    expect(screen.getAllByTestId('kept-view').length).toBe(2);
    expect(screen.getByTestId<HTMLInputElement>('view-name').value).toBe('Mine');
  });
});
