import { expect, test } from 'vitest';

import { firstUsable } from './locale';

test('the first locale that can be used is used', () => {
  expect(firstUsable(['de-AT', 'en'])).toBe('de-AT');
});

test('a desktop without a locale gets English instead of an empty window', () => {
  expect(firstUsable(['C', ''])).toBe('en');
  expect(firstUsable([])).toBe('en');
});
