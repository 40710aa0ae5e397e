import { describe, expect, it } from 'vitest';

import { actionOf, keyName } from './shortcuts';

function press(key: string, target: EventTarget | null = document.body, more: Partial<KeyboardEvent> = {}) {
  return { key, target, ctrlKey: false, metaKey: false, altKey: false, ...more };
}

describe('keys', () => {
  it('do what the table says', () => {
    expect(actionOf(press('/'), true)).toBe('search');
    expect(actionOf(press('k', document.body, { ctrlKey: true }), true)).toBe('search');
    expect(actionOf(press('k', document.body, { metaKey: true }), true)).toBe('search');
    expect(actionOf(press('?'), true)).toBe('keys');
    expect(actionOf(press('ArrowLeft'), true)).toBe('earlier');
    expect(actionOf(press('2', document.body, { ctrlKey: true }), true)).toBe('go-calls');
    expect(actionOf(press('3', document.body, { ctrlKey: true }), true)).toBe('go-ring-back');
    expect(actionOf(press('8', document.body, { ctrlKey: true }), true)).toBe('go-settings');
    expect(actionOf(press('k'), true)).toBeNull();
    expect(actionOf(press('/', document.body, { altKey: true }), true)).toBeNull();
  });

  it('belong to the field somebody types in, except with Ctrl', () => {
    const input = document.createElement('input');
    expect(actionOf(press('/', input), true)).toBeNull();
    expect(actionOf(press('ArrowLeft', input), true)).toBeNull();
    expect(actionOf(press('k', input, { ctrlKey: true }), true)).toBe('search');
  });

  it('without Ctrl can be switched off', () => {
    expect(actionOf(press('/'), false)).toBeNull();
    expect(actionOf(press('?'), false)).toBeNull();
    expect(actionOf(press('ArrowLeft'), false)).toBe('earlier');
    expect(actionOf(press('/', document.body, { ctrlKey: true }), false)).toBe('keys');
  });

  it('are written as they stand on the keyboard', () => {
    expect(keyName({ key: 'k', ctrl: true })).toBe('Ctrl+K');
    expect(keyName({ key: 'ArrowLeft', ctrl: false })).toBe('←');
  });
});
