// What the runs share: the tools of the ui package, the built window, a browser without a way outwards.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const ui = join(here, '../../ui');
const tools = createRequire(join(ui, 'package.json'));

const { chromium } = tools('playwright-core');

export const AXE = readFileSync(tools.resolve('axe-core/axe.min.js'), 'utf8');

/** Builds the window with the pretend office and names its folder. */
export function buildFake() {
  execFileSync('npm', ['run', '--silent', 'build:fake', '--', '--logLevel', 'warn'], {
    cwd: ui,
    stdio: 'inherit',
  });
  return join(ui, '../target/ui-fake');
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-sync',
      '--disable-component-update',
    ],
  });
}

/** The colours a person has asked of the system for. */
export function media({ dark = false, contrast = false }) {
  return {
    colorScheme: dark ? 'dark' : 'light',
    contrast: contrast ? 'more' : 'no-preference',
  };
}

/** A page in a state of the pretend office, and what its console complained of. */
export async function openPage(browser, address, { scenario, place, size, zoom = 1, ...colours }) {
  const context = await browser.newContext({
    viewport: {
      width: Math.round(size.width / zoom),
      height: Math.round(size.height / zoom),
    },
    deviceScaleFactor: zoom,
    ...media(colours),
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Dublin',
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${address}/?scenario=${scenario}${place}`);
  await page.waitForSelector('main');
  await page.waitForTimeout(150);
  return { page, complaints, close: () => context.close() };
}
