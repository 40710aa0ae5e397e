import { render } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';

import App from '../App.svelte';
import { FakeBackend, type Script } from '../backend/fake';

/** Opens the window at an address in front of a pretend office. */
export function openApp(script: Partial<Script> | FakeBackend = {}, address = '#/today') {
  const fake = script instanceof FakeBackend ? script : new FakeBackend(script);
  window.history.replaceState(null, '', address);
  const view = render(App, { backend: fake });
  return { ...view, fake, user: userEvent.setup() };
}

/** What axe finds wrong with names, roles and structure. Colours need a real browser: tests/ui looks at them. */
export async function axeProblems(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** How often a question was asked of the office. */
export function timesAsked(fake: FakeBackend, question: (typeof fake.asked)[number]['question']): number {
  return fake.asked.filter((asked) => asked.question === question).length;
}
