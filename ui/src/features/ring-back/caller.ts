import type { RingBackRow } from '../../backend/backend';

/** The caller in a word: the name, else the number. */
export function callerOf({ caller, number }: RingBackRow): string {
  return caller.name ?? caller.extension ?? caller.number ?? number;
}
