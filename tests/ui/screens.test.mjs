// Every screen and state: no console complaint (the content security policy speaks there), nothing wider than the
// window, axe without a finding in light and dark. With SCREENS=folder it leaves a picture of each.
//
//   node tests/ui/screens.test.mjs [part of a name]

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { AXE, buildFake, launch, media, openPage } from './browser.mjs';
import { SCREENS } from './screens.mjs';
import { serve } from './serve.mjs';

const wanted = process.argv[2] ?? '';
const pictures = process.env.SCREENS;
if (pictures) mkdirSync(pictures, { recursive: true });

/** Pages open at once; most of their time is waiting. */
const WORKERS = 4;

/** WCAG 2.2 AA, and what axe calls best practice. */
const ALL = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** What can differ where nothing but the colours does: asking for all takes several times as long. */
const COLOURS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** How a screen is opened: each opening is looked at in several colours, so that it is built up only once. */
const OPENINGS = [
  {
    size: { width: 1280, height: 800 },
    looks: [
      { name: '1280-light', rules: ALL },
      { name: '1280-dark', dark: true, rules: COLOURS },
      { name: 'contrast', contrast: true, rules: COLOURS },
    ],
  },
  { size: { width: 1280, height: 800 }, zoom: 2, looks: [{ name: 'zoom-200', rules: ALL }] },
  {
    size: { width: 1024, height: 700 },
    onlyPictures: true,
    looks: [{ name: '1024-light' }, { name: '1024-dark', dark: true }],
  },
];

/** A4 lying, without its margins. It has no landmarks and no way around that axe could judge. */
const PAPER = [{ size: { width: 1032, height: 703 }, looks: [{ name: 'paper' }] }];

async function problemsOf(page, rules) {
  const problems = [];
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) problems.push(`${wide} px wider than the window`);
  if (rules) {
    const violations = await page.evaluate(async (rules) => {
      const { violations } = await window.axe.run(document, rules);
      // What an open popover covers in part is nothing that somebody would aim at meanwhile.
      const over = document.querySelector('[role=dialog]');
      const covered = (id, node) =>
        id === 'target-size' && over !== null && !over.contains(document.querySelector(node.target[0]));
      return violations
        .map(({ id, nodes }) => ({ id, nodes: nodes.filter((node) => !covered(id, node)) }))
        .filter(({ nodes }) => nodes.length > 0);
    }, rules);
    for (const { id, nodes } of violations) {
      problems.push(
        `axe ${id}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.target} ${node.failureSummary ?? ''}`)
          .join(' | ')}`,
      );
    }
  }
  return problems;
}

const folder = buildFake();
const server = await serve(folder);
const browser = await launch();
let bad = 0;
let seen = 0;

function complain(screen, name, problem) {
  bad += 1;
  console.error(`not ok ${screen.name} ${name}: ${problem}`);
}

async function see(screen, { looks, ...opening }) {
  const { page, complaints, close } = await openPage(browser, server.address, {
    ...screen,
    ...opening,
    ...looks[0],
  });
  let name = looks[0].name;
  try {
    await screen.act?.(page);
    await page.evaluate(AXE);
    for (const look of looks) {
      name = look.name;
      if (look !== looks[0]) await page.emulateMedia(media(look));
      await page.waitForTimeout(300);
      if (pictures) await page.screenshot({ path: join(pictures, `${screen.name}.${name}.png`) });
      for (const problem of await problemsOf(page, look.rules)) complain(screen, name, problem);
      seen += 1;
    }
    for (const complaint of complaints) complain(screen, name, complaint);
  } catch (error) {
    complain(screen, name, error.message.split('\n')[0]);
  } finally {
    await close();
  }
}

const onScreen = OPENINGS.filter(({ onlyPictures }) => pictures || !onlyPictures);
const queue = SCREENS.filter(({ name }) => name.includes(wanted)).flatMap((screen) =>
  (screen.paper ? PAPER : onScreen).map((opening) => [screen, opening]),
);
if (queue.length === 0) throw new Error(`no screen is called ${wanted}`);

async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) await see(...next);
}

try {
  await Promise.all(Array.from({ length: WORKERS }, work));
} finally {
  await browser.close();
  server.close();
}
console.log(`${seen} screens seen, ${bad} problems`);
process.exitCode = bad === 0 ? 0 : 1;
