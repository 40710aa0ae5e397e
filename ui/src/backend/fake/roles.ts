// What each extension did in a call.

import type { CallRow, PartyRole } from '../backend';
import { detailOf } from './detail';

export function rolesOf(call: CallRow): Map<string, Set<PartyRole>> {
  const roles = new Map<string, Set<PartyRole>>();
  const add = (extension: string, ...done: PartyRole[]) => {
    const known = roles.get(extension) ?? new Set();
    for (const role of done) known.add(role);
    roles.set(extension, known);
  };
  if (call.direction !== 'inbound' && call.caller.extension !== null) {
    add(call.caller.extension, 'made');
    if (call.talk_seconds !== null) add(call.caller.extension, 'talked');
    if (call.direction === 'outbound') return roles;
  }
  const { legs, transfers } = detailOf(call);
  const ours = legs.filter((leg) => leg.kind === 'extension');
  for (const leg of ours) {
    add(leg.party, 'rung');
    if (leg.talk_seconds !== null) add(leg.party, 'answered', 'talked');
  }
  const first = ours.find((leg) => leg.talk_seconds !== null);
  if (first) add(first.party, 'answered-first');
  for (const { from } of transfers) add(from, 'transferred');
  if (call.missed && ours.length === 1 && ours[0]) add(ours[0].party, 'missed-alone');
  return roles;
}
