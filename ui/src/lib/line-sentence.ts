// How a line is, in one sentence, from the seconds the program sent: the window keeps no time of its own.

import type { Light, SourceView } from '../backend/backend';
import { formatSpan, formatTime } from './format';
import { t, type MessageKey } from './messages';

/** `COM3 · last line 14 s ago`, `COM3 is gone since 09:12, trying again in 19 s`. */
export function lineSentence(source: SourceView): string {
  const sentence = stateSentence(source);
  const key = source.state.code === 'gone' ? 'light.named-is' : 'light.named';
  return t(key, { name: source.name, sentence });
}

/** The same without the name, for where the name stands beside it. */
export function stateSentence({ kind, paused, state }: SourceView): string {
  const since = formatTime(state.since);
  const ago = state.last_line_seconds === null ? null : formatSpan(state.last_line_seconds);
  const retry = (key: MessageKey, retrying: MessageKey) =>
    state.retry_in_seconds === null
      ? t(key, { since })
      : t(retrying, { since, retry: formatSpan(state.retry_in_seconds) });
  switch (state.code) {
    case 'listening':
      return ago === null ? t('light.waiting') : t('light.listening', { ago });
    case 'waiting':
      return t('light.waiting');
    case 'quiet':
      return t('light.quiet', { ago: ago ?? formatSpan(state.since_seconds) });
    case 'gone':
      return retry('light.gone', 'light.gone-retry');
    case 'busy':
      return retry('light.busy', 'light.busy-retry');
    case 'denied':
      return retry('light.denied', 'light.denied-retry');
    case 'not-found':
      return retry('light.not-found', 'light.not-found-retry');
    case 'failed':
      return retry('light.failed', 'light.failed-retry');
    case 'off':
      return t(kind === 'file' ? 'light.file' : paused ? 'light.paused' : 'light.off');
    case 'opening':
    case 'garbled':
    case 'disk-full':
    case 'collected-elsewhere':
      return t(`light.${state.code}`);
  }
}

const URGENCY: readonly Light[] = ['red', 'amber', 'green', 'grey'];

/** What needs somebody first. */
export function byUrgency(sources: readonly SourceView[]): SourceView[] {
  return [...sources].sort((a, b) => URGENCY.indexOf(a.state.light) - URGENCY.indexOf(b.state.light));
}
