import { describe, expect, it } from 'vitest';

import { sourceIn, type StateName } from '../backend/fake/sources';
import { asError } from './errors';
import { piecesOf } from './field-line';
import { formatTime } from './format';
import { byUrgency, lineSentence } from './line-sentence';
import { Pages } from './pages';
import { writeSettings } from './serial';

describe('a line cut into fields', () => {
  const text = '20.11.2611:42:09  3   14';

  it('keeps every character, named or not', () => {
    const pieces = piecesOf(text, [
      { name: 'trunk', from: 18, to: 19 },
      { name: 'date', from: 0, to: 8 },
      { name: 'time', from: 8, to: 16 },
    ]);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.map((piece) => piece.name)).toEqual(['date', 'time', null, 'trunk', null]);
  });

  it('survives spans that overlap, are empty or reach beyond it', () => {
    const pieces = piecesOf('abcdef', [
      { name: 'one', from: 0, to: 4 },
      { name: 'two', from: 2, to: 5 },
      { name: 'none', from: 3, to: 3 },
      { name: 'far', from: 5, to: 99 },
      { name: 'beyond', from: 50, to: 60 },
    ]);
    expect(pieces).toEqual([
      { text: 'abcd', name: 'one' },
      { text: 'e', name: 'two' },
      { text: 'f', name: 'far' },
    ]);
    expect(piecesOf('', [{ name: 'date', from: 0, to: 8 }])).toEqual([]);
  });
});

describe('how a line is, in a sentence', () => {
  const since = formatTime('2026-11-20T09:12:09+00:00');

  it.each<[StateName, string]>([
    ['listening', 'COM3 · last line 14 s ago'],
    ['waiting', 'COM3 · no line has come yet'],
    ['quiet', 'COM3 · quiet for 52 min'],
    ['gone', `COM3 is gone since ${since}, trying again in 19 s`],
    ['busy', 'COM3 · another program has the port, trying again in 8 s'],
    ['denied', 'COM3 · no permission to open the port, trying again in 26 s'],
    ['not-found', 'COM3 · port not found, trying again in 26 s'],
    ['garbled', 'COM3 · unreadable, the speed looks wrong'],
    ['disk-full', 'COM3 · the disk is full, reading is paused'],
    ['off', 'COM3 · paused'],
  ])('%s', (state, sentence) => expect(lineSentence(sourceIn(state, { name: 'COM3' }))).toBe(sentence));

  it('puts first what needs somebody', () => {
    const sources = (['off', 'listening', 'quiet', 'gone'] as const).map((name, id) =>
      sourceIn(name, { id }),
    );
    expect(byUrgency(sources).map((source) => source.state.light)).toEqual(['red', 'amber', 'green', 'grey']);
  });
});

describe('serial settings', () => {
  it('are written as engineers write them', () => {
    const { serial } = sourceIn('listening');
    if (!serial) throw new Error('the office has a serial source');
    expect(writeSettings(serial)).toBe('9600 8N1');
    expect(writeSettings({ ...serial, baud: 1200, data_bits: 7, parity: 'even', stop_bits: 2 })).toBe(
      '1200 7E2',
    );
  });
});

describe('pages', () => {
  it('forget the one not used for longest', () => {
    const pages = new Pages<string>(2, 2);
    pages.set(0, ['a', 'b']);
    pages.set(1, ['c', 'd']);
    pages.touch(0);
    pages.set(2, ['e']);
    expect([pages.has(0), pages.has(1), pages.has(2)]).toEqual([true, false, true]);
    expect([pages.row(1), pages.row(2), pages.row(4), pages.row(5)]).toEqual([
      'b',
      undefined,
      'e',
      undefined,
    ]);
  });

  it('know which pages rows lie on, and where a row is', () => {
    const pages = new Pages<string>(200, 12);
    expect(pages.covering(0, 24)).toEqual([0]);
    expect(pages.covering(190, 410)).toEqual([0, 1, 2]);
    expect(pages.covering(-3, -1)).toEqual([0]);
    const more = pages.with(3, ['x', 'y']);
    expect([more.find((row) => row === 'y'), more.find((row) => row === 'z'), pages.has(3)]).toEqual([
      601,
      -1,
      false,
    ]);
  });
});

describe('errors', () => {
  it('are shown as the program sent them', () => {
    const sent = { code: 'port-busy', message: 'Another program has COM3.', hint: 'Close it.' };
    expect(asError(sent)).toEqual(sent);
    expect(asError({ code: 'x', message: 'y', hint: null }).hint).toBeNull();
  });

  it('of our own are owned up to', () => {
    const { code, message } = asError(new Error('boom'));
    expect(code).toBe('unexpected');
    expect(message).toContain('boom');
    expect(asError('text').message).toContain('text');
  });
});
