// The whole of a call, drawn from its row: who rang, who talked, and the lines that told of it.

import type { CallDetail, CallRow, LegView, SegmentView, TransferView } from '../backend';
import { wallClock } from '../../lib/format';
import { print } from './lines';

export function detailOf(call: CallRow): CallDetail {
  const legs = legsOf(call);
  const transfers = transfersOf(call);
  const extensions = legs.filter((leg) => leg.kind === 'extension');
  return {
    call,
    notes: [],
    closed: null,
    closable: false,
    codes_given: [],
    talked: extensions.filter((leg) => leg.talk_seconds !== null).map((leg) => leg.party),
    rung: extensions.filter((leg) => leg.ring_seconds !== null).map((leg) => leg.party),
    cause: call.outcome === 'answered' ? '16 Somebody hung up' : call.outcome === 'busy' ? '17 Busy' : null,
    pulses: call.direction === 'outbound' && call.talk_seconds ? Math.ceil(call.talk_seconds / 60) : null,
    charge:
      call.direction === 'outbound' && call.talk_seconds ? (call.talk_seconds * 0.0008).toFixed(2) : null,
    legs,
    transfers,
    evidence: extensions.map((leg, index) => ({
      source: 'Front office PBX',
      line: 48_100 + (Number(call.id.replaceAll(/\D/g, '').slice(-6)) % 900) * 2 + index,
      received_at: call.end ?? call.start,
      ...print(call, leg.party, leg.ring_seconds, leg.talk_seconds),
    })),
  };
}

function legsOf(call: CallRow): LegView[] {
  const wait = call.wait_seconds ?? 0;
  const talk = call.talk_seconds;
  const end = call.state === 'ringing' ? null : (call.total_seconds ?? wait);
  const outside = call.direction === 'outbound' ? call.called : call.caller;
  const outsideName = outside.name ?? outside.number ?? outside.extension ?? 'unknown';
  const first = call.answered_by ?? call.caller.extension ?? '11';
  if (call.state === 'ringing') {
    return [
      leg(outsideName, 'outside', null, null, 'unknown', [segment('wait', 0, null)]),
      leg('11', 'extension', wait, null, 'unknown', [segment('ring', 0, null)]),
    ];
  }
  if (call.transfers > 0 && talk !== null) {
    const second = call.outcome === 'lost-after-transfer' ? '14' : first === '11' ? '12' : '11';
    const before = Math.min(talk, 21);
    const rings = 9;
    const lost = call.outcome === 'lost-after-transfer';
    const whole = end ?? 0;
    return [
      leg(outsideName, 'outside', null, talk, call.outcome, [
        segment('wait', 0, wait),
        segment('talk', wait, wait + before),
        segment(lost ? 'wait' : 'hold', wait + before, wait + before + rings),
        ...(lost ? [] : [segment('talk', wait + before + rings, Math.max(whole, wait + before + rings + 1))]),
      ]),
      leg('12', 'extension', wait, null, 'unknown', [segment('attempt', 0, wait)]),
      leg(first, 'extension', wait, before, 'answered', [
        segment('ring', 0, wait),
        segment('talk', wait, wait + before),
      ]),
      leg(
        second === '12' ? '14' : second,
        'extension',
        rings,
        lost ? null : Math.max(1, talk - before),
        lost ? 'lost-ringing' : 'answered',
        [
          segment(lost ? 'attempt' : 'ring', wait + before, wait + before + rings),
          ...(lost
            ? []
            : [segment('talk', wait + before + rings, Math.max(whole, wait + before + rings + 1))]),
        ],
      ),
    ];
  }
  const legs = [
    leg(outsideName, 'outside', null, talk, call.outcome, [
      segment(call.direction === 'outbound' ? 'ring' : 'wait', 0, wait),
      ...(talk === null ? [] : [segment('talk', wait, wait + talk)]),
    ]),
    leg(first, 'extension', wait, talk, call.outcome, [
      segment(talk === null ? 'attempt' : 'ring', 0, wait),
      ...(talk === null ? [] : [segment('talk', wait, wait + talk)]),
    ]),
  ];
  if (call.direction === 'inbound' && talk === null) {
    legs.push(
      leg('12', 'extension', Math.max(1, wait - 4), null, call.outcome, [
        segment('attempt', Math.min(4, wait - 1), wait),
      ]),
    );
  }
  return legs;
}

function transfersOf(call: CallRow): TransferView[] {
  if (call.transfers === 0 || call.talk_seconds === null) return [];
  const legs = legsOf(call).filter((known) => known.kind === 'extension' && known.party !== '12');
  const [from, to] = [legs[0]?.party ?? '11', legs[1]?.party ?? '14'];
  const seconds = (call.wait_seconds ?? 0) + Math.min(call.talk_seconds, 21);
  const moment = new Date((wallClock(call.start) ?? 0) + seconds * 1000).toISOString().slice(0, 19);
  return [{ kind: 'blind', from, to, at: `${moment}+00:00`, answered: call.outcome === 'answered' }];
}

function leg(
  party: string,
  kind: string,
  ring_seconds: number | null,
  talk_seconds: number | null,
  outcome: string,
  segments: SegmentView[],
): LegView {
  return { party, kind, ring_seconds, talk_seconds, outcome, segments };
}

function segment(kind: string, from_seconds: number, to_seconds: number | null): SegmentView {
  return { kind, from_seconds, to_seconds };
}
