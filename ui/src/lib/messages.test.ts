import { describe, expect, it } from 'vitest';

import en from '../messages/en.json';
import { t, tCode } from './messages';

const sources = import.meta.glob(['../**/*.svelte', '../**/*.ts', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;
const code = Object.values(sources).join('\n');

describe('messages', () => {
  it('fills in parameters, and writes numbers as the locale does', () => {
    expect(t('light.gone-retry', { since: '09:12', retry: '19 s' })).toBe(
      'gone since 09:12, trying again in 19 s',
    );
    expect(t('count.calls', { count: 12_345 })).toBe(`${new Intl.NumberFormat().format(12_345)} calls`);
  });

  it('chooses the plural', () => {
    expect(t('count.calls', { count: 1 })).toBe('1 call');
    expect(t('count.calls', { count: 0 })).toBe('0 calls');
    expect(t('count.calls', { count: 2 })).toBe('2 calls');
  });

  it('does not keep silent about a missing parameter', () => {
    expect(() => t('light.gone', {})).toThrow('needs {since}');
  });

  it('shows a code it has no word for as it is', () => {
    expect(tCode('outcome.', 'answered')).toBe('Answered');
    expect(tCode('outcome.', 'sent-to_mars')).toBe('sent to mars');
  });

  it('has every key the window asks for', () => {
    const asked = [...code.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key);
    expect(asked.length).toBeGreaterThan(150);
    expect(asked.filter((key) => key !== undefined && !(key in en))).toEqual([]);
  });

  it('keeps no message that nothing uses', () => {
    const families = [
      'outcome.',
      'direction.',
      'flag.',
      'field.',
      'segment.',
      'transfer.',
      'number-class.',
      'evidence.',
      'recording-reason.',
      'listening.what.',
      'listening.result.',
      'deletions.result.',
    ];
    const templates = [...code.matchAll(/\bt\(`([\w.-]*)\$\{/g)].map(([, start]) => start ?? '');
    const unused = Object.keys(en).filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !families.some((family) => key.startsWith(family)) &&
        !templates.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });
});
