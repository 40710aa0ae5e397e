// What a piece of work is doing, in a line.

import type { JobView } from '../backend/backend';
import { formatSpan } from './format';
import { t, type MessageKey } from './messages';

/** Work on all numbers, which has no file. */
const RENUMBER: Partial<Record<JobView['phase'], MessageKey>> = {
  done: 'job.renumbered',
  cancelled: 'job.renumber-cancelled',
  failed: 'job.renumber-failed',
};

/** A file being written: of calls, or an archive of recordings. */
const EXPORT: Partial<Record<JobView['phase'], MessageKey>> = {
  done: 'job.exported',
  cancelled: 'job.export-cancelled',
  failed: 'job.export-failed',
};

/** Looking through the folders of recordings; `file` is the folder. */
const SCAN: Partial<Record<JobView['phase'], MessageKey>> = {
  waiting: 'job.scan-waiting',
  indexing: 'job.scan-matching',
  done: 'job.scanned',
  cancelled: 'job.scan-cancelled',
  failed: 'job.scan-failed',
};

/** Encrypting the recordings of a folder. */
const ENCRYPT: Partial<Record<JobView['phase'], MessageKey>> = {
  waiting: 'job.encrypt-waiting',
  done: 'job.encrypted',
  cancelled: 'job.encrypt-cancelled',
  failed: 'job.encrypt-failed',
};

/** Deleting what the rules of the folders do not keep any longer. */
const RETENTION: Partial<Record<JobView['phase'], MessageKey>> = {
  waiting: 'job.retention-waiting',
  done: 'job.retention-done',
  cancelled: 'job.retention-cancelled',
  failed: 'job.retention-failed',
};

export function jobSentence({ kind, phase, file }: JobView): string {
  if (kind === 'renumber') return t(RENUMBER[phase] ?? 'job.renumber');
  if (kind === 'scan') return t(SCAN[phase] ?? 'job.scan', { folder: file ?? t('job.the-folders') });
  if (kind === 'encrypt') return t(ENCRYPT[phase] ?? 'job.encrypt', { folder: file ?? t('job.the-folders') });
  if (kind === 'retention') return t(RETENTION[phase] ?? 'job.retention');
  const parameters = { file: file ?? t('job.a-file') };
  if (kind === 'export' || kind === 'archive') return t(EXPORT[phase] ?? 'job.export', parameters);
  switch (phase) {
    case 'waiting':
      return t('job.waiting', parameters);
    case 'reading':
      return t('job.reading', parameters);
    case 'indexing':
      return t('job.indexing', parameters);
    case 'undoing':
      return t('job.undoing', parameters);
    case 'done':
      return t(kind === 'undo' ? 'job.undone' : 'job.done', parameters);
    case 'cancelled':
      return t('job.cancelled', parameters);
    case 'failed':
      return t(kind === 'undo' ? 'job.undo-failed' : 'job.failed', parameters);
  }
}

/** `12,408 rows · 3,102 rows a second · 4 s left`; what is not known is left out. */
export function jobPace({ kind, rows, rows_per_second, seconds_left }: JobView): string {
  const ofFiles = ['scan', 'encrypt', 'retention', 'archive'].includes(kind);
  return [
    rows > 0 ? t(ofFiles ? 'count.files' : 'count.rows', { count: rows }) : null,
    rows_per_second > 0 && !ofFiles ? t('job.pace', { count: rows_per_second }) : null,
    seconds_left === null ? null : t('job.left', { span: formatSpan(seconds_left) }),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
