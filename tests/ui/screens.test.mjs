// Every screen and state: no console complaint (the content security policy speaks there), nothing wider than the
// window, axe without a finding in light and dark. With SCREENS=folder it leaves a picture of each.
//
//   node tests/ui/screens.test.mjs [part of a name]

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { AXE, buildFake, launch, openPage } from './browser.mjs';
import { SCREENS } from './screens.mjs';
import { serve } from './serve.mjs';

const wanted = process.argv[2] ?? '';
const pictures = process.env.SCREENS;
if (pictures) mkdirSync(pictures, { recursive: true });

/** Pages open at once; most of their time is waiting. */
const WORKERS = 4;

const LOOKS = [
  { name: '1280-light', size: { width: 1280, height: 800 }, dark: false, axe: true },
  { name: '1280-dark', size: { width: 1280, height: 800 }, dark: true, axe: true, onlyColours: true },
  { name: '1024-light', size: { width: 1024, height: 700 }, dark: false },
  { name: '1024-dark', size: { width: 1024, height: 700 }, dark: true },
  { name: 'zoom-200', size: { width: 1280, height: 800 }, dark: false, zoom: 2, axe: true },
  {
    name: 'contrast',
    size: { width: 1280, height: 800 },
    dark: false,
    contrast: true,
    axe: true,
    onlyColours: true,
  },
];

/** WCAG 2.2 AA, and what axe calls best practice. */
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** What can differ where nothing but the colours does: asking for all takes several times as long. */
const COLOUR_RULES = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

async function problemsOf(page, complaints, look) {
  const problems = [...complaints];
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) problems.push(`${wide} px wider than the window`);
  if (look.axe) {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(
      (rules) => window.axe.run(document, rules),
      look.onlyColours ? COLOUR_RULES : RULES,
    );
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

function complain(screen, look, problem) {
  bad += 1;
  console.error(`not ok ${screen.name} ${look.name}: ${problem}`);
}

async function see(screen, look) {
  const { page, complaints, close } = await openPage(browser, server.address, { ...screen, ...look });
  try {
    await screen.act?.(page);
    await page.waitForTimeout(300);
    if (pictures) await page.screenshot({ path: join(pictures, `${screen.name}.${look.name}.png`) });
    const judged = { ...look, axe: look.axe && screen.axe !== false };
    for (const problem of await problemsOf(page, complaints, judged)) complain(screen, look, problem);
    seen += 1;
  } catch (error) {
    complain(screen, look, error.message.split('\n')[0]);
  } finally {
    await close();
  }
}

// Without a folder for pictures only the looks that axe judges are opened.
const looks = LOOKS.filter(({ axe }) => axe || pictures);
const queue = SCREENS.filter(({ name }) => name.includes(wanted)).flatMap((screen) =>
  looks.map((look) => [screen, look]),
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
