// The numbers of a day in words.

import type { Metric } from '../../backend/backend';
import { formatDuration, formatNumber, formatSpan } from '../../lib/format';
import { t } from '../../lib/messages';

export function writtenMetric(kind: Metric['kind'], value: number | null): string {
  if (value === null) return t('none');
  switch (kind) {
    case 'answered-percent':
      return t('percent', { value });
    case 'average-wait':
      return formatSpan(value);
    case 'talk-time':
      return formatDuration(value);
    default:
      return formatNumber(value);
  }
}

/** Somebody still waits for a call. */
export function isWorrying({ kind, value }: Metric): boolean {
  return kind === 'not-called-back' && value !== null && value > 0;
}
