// What is built for people: no pretend office in it, nothing fetched from elsewhere, no style the policy refuses.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { ui } from './browser.mjs';

test('the production bundle', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ringledger-ui-'));
  t.after(() => rmSync(folder, { recursive: true }));
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn', '--outDir', folder], {
    cwd: ui,
    stdio: 'inherit',
  });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');

  assert.ok(text.includes('list_calls'), 'it talks to the shell');
  for (const pretend of ['Dunne Timber', 'Front office PBX', 'scenario']) {
    assert.ok(!text.includes(pretend), `${pretend} belongs to the pretend office`);
  }
  const addresses = [...text.matchAll(/https?:\/\/[\w.-]+/g)].map(([address]) => address);
  // Names of the SVG and XHTML vocabularies, and Svelte's pages about its own errors; none of them is fetched.
  assert.deepEqual(
    [...new Set(addresses)].filter((address) => !/^https?:\/\/(www\.w3\.org|svelte\.dev)$/.test(address)),
    [],
  );
  assert.ok(!/\sstyle="/.test(text), 'no style attribute');
  assert.ok(
    !/<script(?![^>]*\ssrc=)/.test(readFileSync(join(folder, 'index.html'), 'utf8')),
    'no script inside the page',
  );
  const bytes = (of) => of.reduce((sum, file) => sum + readFileSync(file).length, 0);
  const scripts = files.filter((file) => file.endsWith('.js'));
  // The map of the world is fetched when somebody looks at it.
  const map = scripts.filter((file) => file.includes('WorldMap-'));
  assert.equal(map.length, 1, 'the map is a piece of its own');
  assert.ok(bytes(map) < 100_000, `${bytes(map)} bytes of map`);
  const others = scripts.filter((file) => !map.includes(file));
  assert.ok(bytes(others) < 700_000, `${bytes(others)} bytes of script`);
});
