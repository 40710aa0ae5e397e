// What happened in a call, one thing after the other: each attempt and connection, and who handed the call on. The
// numbers in the diagram are those of this list.

import type { CallDetail, LegView, SegmentView, TransferView } from '../backend/backend';
import { wallClock } from '../lib/format';

export interface Step {
  /** From 1. */
  number: number;
  kind: 'ring' | 'talk' | 'transfer' | 'consult' | 'conference' | 'ivr' | 'voicemail' | 'park';
  /** Seconds after the start of the call, and when it was over; `null` while it goes on. */
  at: number;
  until: number | null;
  /** Lanes; the same where only one party is in it, `null` where the party has none. */
  from: number | null;
  to: number | null;
  fromParty: string;
  toParty: string;
  /** For a ring and a transfer: somebody answered. */
  answered: boolean;
  /** For a transfer: its kind (`blind`). */
  handedOn: string | null;
}

/** A ring so soon after a transfer to the same party is the transfer's own, in seconds. */
const SAME_RING = 5;

type Unnumbered = Omit<Step, 'number'>;

export function stepsOf(detail: CallDetail): Step[] {
  const origin = originOf(detail);
  const handings = detail.transfers.map((transfer) => handing(detail, transfer));
  const others = detail.legs.flatMap((leg, lane) => ofLeg(detail.legs, leg, lane, origin));
  const isOfTransfer = (step: Unnumbered) =>
    (step.kind === 'ring' || step.kind === 'talk') &&
    handings.some(({ to, at }) => to === step.to && step.at >= at - 1 && step.at <= at + SAME_RING);
  return [...handings, ...conferencesOf(detail.legs), ...others.filter((step) => !isOfTransfer(step))]
    .sort((a, b) => a.at - b.at || (a.to ?? 0) - (b.to ?? 0))
    .map((step, index) => ({ ...step, number: index + 1 }));
}

/** The lane of who called. */
function originOf({ call, legs }: CallDetail): number {
  const { extension, number, name } = call.caller;
  const own = legs.findIndex((leg) => [extension, number, name].includes(leg.party));
  if (own >= 0) return own;
  const outside = legs.findIndex((leg) => leg.kind === 'outside');
  return call.direction === 'inbound' && outside >= 0 ? outside : 0;
}

function handing({ call, legs }: CallDetail, transfer: TransferView): Unnumbered {
  const start = wallClock(call.start);
  const moment = wallClock(transfer.at);
  const from = legs.findIndex((leg) => leg.party === transfer.from);
  const to = legs.findIndex((leg) => leg.party === transfer.to);
  const placed = start !== null && moment !== null;
  return {
    kind: 'transfer',
    at: placed ? (moment - start) / 1000 : 0,
    until: null,
    from: placed && from >= 0 ? from : null,
    to: placed && to >= 0 ? to : null,
    fromParty: transfer.from,
    toParty: transfer.to,
    answered: transfer.answered,
    handedOn: transfer.kind,
  };
}

/** Where a party is alone with a machine, or with nobody. */
const ALONE = ['ivr', 'voicemail', 'park'] as const;
const isAlone = (kind: string): kind is (typeof ALONE)[number] => ALONE.some((known) => known === kind);

function ofLeg(legs: LegView[], leg: LegView, lane: number, origin: number): Unnumbered[] {
  const steps: Unnumbered[] = [];
  leg.segments.forEach((segment, index) => {
    const { kind, from_seconds: at, to_seconds: until } = segment;
    const before = leg.segments[index - 1]?.kind;
    const next = leg.segments[index + 1];
    const step = (more: Pick<Unnumbered, 'kind'> & Partial<Unnumbered>) =>
      steps.push({
        at,
        until,
        from: origin,
        to: lane,
        fromParty: legs[origin]?.party ?? '',
        toParty: leg.party,
        answered: true,
        handedOn: null,
        ...more,
      });
    const consult = (stretch: SegmentView) => {
      const asker = askerOf(legs, lane, stretch);
      if (asker !== null) step({ kind: 'consult', from: asker, fromParty: legs[asker]?.party ?? '' });
      return asker !== null;
    };
    if (isAlone(kind)) {
      step({ kind, from: lane });
    } else if (kind === 'consult') {
      if (before !== 'ring') consult(segment);
    } else if (lane === origin) {
      // Its own ringing and talking are told by those it reached.
    } else if (kind === 'ring' && next?.kind === 'consult' && consult(next)) {
      // The ring is the beginning of the consultation, not an attempt to reach somebody for the caller.
    } else if (kind === 'ring' || kind === 'attempt') {
      step({ kind: 'ring', answered: kind === 'ring' && (until === null || speaks(next?.kind)) });
    } else if (kind === 'talk' && before === undefined) {
      step({ kind: 'talk' });
    }
  });
  return steps;
}

/** A conference is one step, whoever is in it and in which order they joined. */
function conferencesOf(legs: LegView[]): Unnumbered[] {
  const joined = legs.flatMap(({ party, segments }, lane) =>
    segments
      .filter(({ kind }) => kind === 'conference')
      .map((segment) => ({ lane, party, at: segment.from_seconds, until: segment.to_seconds })),
  );
  const [first] = joined.toSorted((a, b) => a.at - b.at);
  if (!first) return [];
  const parties = [...new Set(joined.map(({ party }) => party))];
  return [
    {
      kind: 'conference',
      at: first.at,
      until: joined.some(({ until }) => until === null)
        ? null
        : Math.max(...joined.map(({ until }) => until ?? 0)),
      from: first.lane,
      to: first.lane,
      fromParty: first.party,
      toParty: parties.join(', '),
      answered: true,
      handedOn: null,
    },
  ];
}

const speaks = (kind: string | undefined) => kind === 'talk' || kind === 'conference' || kind === 'consult';

/** Who asks in a consultation: the one of the two who was in the call before. Only the other one's stretch is told. */
function askerOf(legs: LegView[], lane: number, { from_seconds, to_seconds }: SegmentView): number | null {
  const began = (of: number) => legs[of]?.segments[0]?.from_seconds ?? 0;
  const asker = legs.findIndex(
    (leg, other) =>
      other !== lane &&
      leg.segments.some(
        (segment) =>
          segment.kind === 'consult' &&
          segment.from_seconds < (to_seconds ?? Infinity) &&
          (segment.to_seconds ?? Infinity) > from_seconds,
      ),
  );
  return asker >= 0 && began(asker) < began(lane) ? asker : null;
}
