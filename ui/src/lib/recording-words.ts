// What is said of a recording in a cell of a list.

import type { LockView, RecordingRow } from '../backend/backend';
import { formatDayAndMonth, formatParty, formatTime } from './format';
import { t, tCode, type MessageKey } from './messages';

export type LockCode = 'open' | 'closed' | 'broken' | 'unknown';
const LOCKS: readonly LockCode[] = ['open', 'closed', 'broken', 'unknown'];

/** What is not known is shown as not known. */
export function lockCode(lock: LockView): LockCode {
  return LOCKS.find((known) => known === lock.code) ?? 'unknown';
}

/** The file's own name. */
export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** `18 Nov 09:12 · Mary Dunne (0863…) → Anna (11)`; nothing when it belongs to no call. */
export function callOf({ verdict, calls }: RecordingRow): string {
  const [call] = calls;
  if (verdict === 'ambiguous') return t('recordings.several-calls', { count: calls.length });
  if (!call) return t('none');
  if (call.start === null || call.caller === null || call.called === null) return t('recordings.call-gone');
  return t('recordings.call', {
    day: formatDayAndMonth(call.start),
    time: formatTime(call.start),
    caller: formatParty(call.caller),
    called: formatParty(call.called),
  });
}

const STATES: Record<string, MessageKey> = {
  'too-new': 'recordings.state.too-new',
  empty: 'recordings.state.empty',
  'header-only': 'recordings.state.empty',
  unreadable: 'recordings.state.unreadable',
  gone: 'recordings.state.gone',
};

/** Why it has the call it has, or why it has none: in a few words. */
export function evidenceOf({ state, verdict, reason, calls }: RecordingRow): string {
  const stated = STATES[state];
  if (stated !== undefined) return t(stated);
  const [call] = calls;
  switch (verdict) {
    case 'matched':
      return tCode('evidence.', call?.evidence ?? 'unknown');
    case 'ambiguous':
      return t('recordings.choose-one');
    case 'unmatched':
      return tCode('recording-reason.', reason ?? 'unknown');
    default:
      return t('recordings.not-asked');
  }
}

/** A person said which call it belongs to, or that it belongs to none. */
export function isByHand({ reason, calls }: RecordingRow): boolean {
  return reason === 'by-hand' || calls[0]?.evidence === 'by-hand';
}
