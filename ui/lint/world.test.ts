// The committed map is what its script draws from the package that it names.

import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

interface Make {
  world: () => unknown;
  written: (world: unknown) => string;
}

it('the map of the world is as its script draws it', async () => {
  const folder = new URL('../../src-tauri/crates/reports/world/', import.meta.url);
  const { world, written } = (await import(new URL('make.mjs', folder).pathname)) as Make;
  expect(readFileSync(new URL('countries.json', folder), 'utf8')).toBe(written(world()));
});
