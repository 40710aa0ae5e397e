// The keys of the window: one table for the handler and for the sheet that lists them.

import type { Screen } from './address';
import type { MessageKey } from './messages';

export type Action = 'search' | 'keys' | 'earlier' | 'later' | 'wallboard' | `go-${Screen}`;

export interface Shortcut {
  action: Action;
  /** As `KeyboardEvent.key`. */
  key: string;
  ctrl: boolean;
  label: MessageKey;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'search', key: '/', ctrl: false, label: 'keys.search' },
  { action: 'search', key: 'k', ctrl: true, label: 'keys.search' },
  { action: 'keys', key: '?', ctrl: false, label: 'keys.sheet' },
  { action: 'keys', key: '/', ctrl: true, label: 'keys.sheet' },
  { action: 'earlier', key: 'ArrowLeft', ctrl: false, label: 'keys.earlier' },
  { action: 'later', key: 'ArrowRight', ctrl: false, label: 'keys.later' },
  { action: 'wallboard', key: 'F11', ctrl: false, label: 'keys.wallboard' },
  { action: 'go-today', key: '1', ctrl: true, label: 'keys.today' },
  { action: 'go-calls', key: '2', ctrl: true, label: 'keys.calls' },
  { action: 'go-ring-back', key: '3', ctrl: true, label: 'keys.ring-back' },
  { action: 'go-recordings', key: '4', ctrl: true, label: 'keys.recordings' },
  { action: 'go-reports', key: '5', ctrl: true, label: 'keys.reports' },
  { action: 'go-import', key: '6', ctrl: true, label: 'keys.import' },
  { action: 'go-sources', key: '7', ctrl: true, label: 'keys.sources' },
  { action: 'go-settings', key: '8', ctrl: true, label: 'keys.settings' },
];

/** Keys of the line monitor. */
export const MONITOR_KEYS: readonly { keys: string[]; label: MessageKey }[] = [
  { keys: ['Enter'], label: 'keys.into-lines' },
  { keys: ['↑', '↓'], label: 'keys.line' },
  { keys: ['←', '→'], label: 'keys.field' },
];

/** Keys of the callers to ring back. */
export const RING_BACK_KEYS: readonly { keys: string[]; label: MessageKey }[] = [
  { keys: ['↑', '↓', 'J', 'K'], label: 'keys.caller' },
  { keys: ['Enter'], label: 'keys.open-last' },
  { keys: ['G'], label: 'keys.give' },
  { keys: ['N'], label: 'keys.note' },
  { keys: ['D'], label: 'keys.dismiss' },
];

export type PlayerAction =
  | 'toggle'
  | 'back'
  | 'on'
  | 'slower'
  | 'faster'
  | 'mark'
  | 'loop'
  | 'skip'
  | 'transfer-back'
  | 'transfer-on'
  | 'marker-back'
  | 'marker-on'
  | 'previous'
  | 'next';

interface PlayerKey {
  action: PlayerAction;
  key: string;
  /** Works in the whole window while a recording is beside it, where nothing else owns the key. */
  everywhere?: boolean;
}

const PLAYER: readonly PlayerKey[] = [
  { action: 'toggle', key: ' ', everywhere: true },
  { action: 'back', key: 'ArrowLeft' },
  { action: 'on', key: 'ArrowRight' },
  { action: 'slower', key: '[', everywhere: true },
  { action: 'faster', key: ']', everywhere: true },
  { action: 'mark', key: 'm', everywhere: true },
  { action: 'loop', key: 'l', everywhere: true },
  { action: 'skip', key: 's' },
  { action: 'transfer-back', key: 'T' },
  { action: 'transfer-on', key: 't' },
  { action: 'marker-back', key: ',' },
  { action: 'marker-on', key: '.' },
  { action: 'previous', key: 'p' },
  { action: 'next', key: 'n' },
];

/** Keys of the player, listed on the same sheet. */
export const PLAYER_KEYS: readonly { keys: string[]; label: MessageKey }[] = [
  { keys: ['Space'], label: 'player.keys.toggle' },
  { keys: ['←', '→'], label: 'player.keys.jump' },
  { keys: ['PgUp', 'PgDn'], label: 'player.keys.minute' },
  { keys: ['Home', 'End'], label: 'player.keys.ends' },
  { keys: ['[', ']'], label: 'player.keys.speed' },
  { keys: ['S'], label: 'player.keys.skip' },
  { keys: ['M'], label: 'player.keys.mark' },
  { keys: [',', '.'], label: 'player.keys.markers' },
  { keys: ['L'], label: 'player.keys.loop' },
  { keys: ['T', 'Shift+T'], label: 'player.keys.transfers' },
  { keys: ['P', 'N'], label: 'player.keys.recordings' },
];

/** Keys that work inside the call list only, listed on the same sheet. */
export const TABLE_KEYS: readonly { keys: string[]; label: MessageKey }[] = [
  { keys: ['↑', '↓'], label: 'keys.row' },
  { keys: ['PgUp', 'PgDn'], label: 'keys.page' },
  { keys: ['Home', 'End'], label: 'keys.ends' },
  { keys: ['Enter'], label: 'keys.open' },
  { keys: ['Esc'], label: 'keys.close' },
  { keys: ['Shift+F10'], label: 'keys.row-menu' },
  { keys: ['G'], label: 'keys.jump' },
  { keys: ['Shift+←', 'Shift+→'], label: 'keys.width' },
  { keys: ['Ctrl+Shift+←', 'Ctrl+Shift+→'], label: 'keys.order' },
];

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: EventTarget | null;
}

/**
 * What a key press asks for, if anything.
 *
 * While somebody types, plain keys belong to the field. `singleKeys` switches printable keys off (WCAG 2.1.4:
 * people who speak to their computer would set them off by accident).
 */
export function actionOf(pressed: Pressed, singleKeys: boolean): Action | null {
  if (pressed.altKey) return null;
  const ctrl = pressed.ctrlKey || pressed.metaKey;
  const found = SHORTCUTS.find((shortcut) => shortcut.key === pressed.key && shortcut.ctrl === ctrl);
  if (!found) return null;
  if (!ctrl && (ownsKeys(pressed.target) || (found.key.length === 1 && !singleKeys))) return null;
  return found.action;
}

/**
 * What a key press asks of the player `deck`, if anything. In it all its keys work but those of the field or button that
 * has the focus; elsewhere those that nothing else uses, unless single keys are switched off.
 */
export function playerActionOf(
  pressed: Pressed,
  deck: Element | null,
  singleKeys: boolean,
): PlayerAction | null {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey) return null;
  const found = PLAYER.find(({ key }) => key === pressed.key);
  if (!found || deck === null) return null;
  const target = pressed.target instanceof Element ? pressed.target : null;
  if (target?.closest('input, select, textarea, dialog')) return null;
  if (found.key === ' ' && target?.closest('button, a, summary')) return null;
  if (target && deck.contains(target)) {
    return target.closest('[role="dialog"]') ? null : found.action;
  }
  if (!found.everywhere || !singleKeys) return null;
  if (target?.closest('[data-owns-keys], [role="radiogroup"], [role="tablist"]')) return null;
  return found.key === ' ' && target?.closest('[role="grid"]') ? null : found.action;
}

function ownsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input, select, textarea, [role="grid"], [role="radiogroup"], [role="tablist"], [data-owns-keys], dialog',
    ) !== null
  );
}

/** How a key is written on the sheet. */
export function keyName({ key, ctrl }: Pick<Shortcut, 'key' | 'ctrl'>): string {
  const names: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→' };
  const name = names[key] ?? key.toUpperCase();
  return ctrl ? `Ctrl+${name}` : name;
}
