import type { ErrorView } from '../backend/backend';
import { t } from './messages';

/** What a rejected call carried, as an error to show. Backends reject with an ErrorView; anything else is a fault of ours. */
export function asError(reason: unknown): ErrorView {
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'message' in reason) {
    const { code, message } = reason;
    const hint = 'hint' in reason && typeof reason.hint === 'string' ? reason.hint : null;
    const error = { code: String(code), message: String(message), hint };
    return 'detail' in reason && typeof reason.detail === 'string'
      ? { ...error, detail: reason.detail }
      : error;
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return { code: 'unexpected', message: t('error.unexpected', { message }), hint: null };
}
