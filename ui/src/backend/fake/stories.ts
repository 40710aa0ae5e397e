// Calls with a tale of their own: a queue, a menu, a consultation, a parked call, a conference, a message.

import type { CallDetail, CallRow, LegView, SegmentView, TransferView } from '../backend';
import { at, blank, NOW_SECONDS, TODAY } from './office';
import { print } from './lines';

type Stretch = [kind: string, from: number, to: number | null];

const leg = (party: string, kind: string, outcome: string, ...stretches: Stretch[]): LegView => {
  const lengthOf = (...kinds: string[]) => {
    const found = stretches.filter(([of]) => kinds.includes(of));
    return found.length === 0 ? null : found.reduce((sum, [, from, to]) => sum + ((to ?? from) - from), 0);
  };
  return {
    party,
    kind,
    ring_seconds: lengthOf('ring', 'attempt'),
    talk_seconds: lengthOf('talk', 'conference'),
    outcome,
    segments: stretches.map(([of, from, to]): SegmentView => ({
      kind: of,
      from_seconds: from,
      to_seconds: to,
    })),
  };
};

const CALLER = { number: '01632960147', name: 'Dunne Timber', extension: null, looked_up: true };
const MAIN = { number: '01632960500', name: null, extension: null, looked_up: false };

function story(
  minutesAgo: number,
  row: Partial<CallRow>,
  legs: LegView[],
  transfers: (Omit<TransferView, 'at'> & { after: number })[] = [],
): CallDetail {
  const start = NOW_SECONDS - minutesAgo * 60;
  const call: CallRow = {
    ...blank(`story-${minutesAgo}`, TODAY, start),
    caller: CALLER,
    called: MAIN,
    did: MAIN.number,
    trunk: '2',
    class: 'national',
    country: 'GB',
    end: at(TODAY, start + (row.total_seconds ?? 0)),
    ring_seconds: row.wait_seconds ?? null,
    billed_seconds: row.talk_seconds ?? null,
    transfers: transfers.length,
    ...row,
  };
  const extensions = legs.filter(({ kind }) => kind === 'extension');
  const lengths = (talked: boolean) =>
    extensions.filter((of) => (of.talk_seconds !== null) === talked).map(({ party }) => party);
  return {
    call,
    notes: [],
    closed: null,
    closable: false,
    codes_given: [],
    talked: lengths(true),
    rung: extensions.filter(({ ring_seconds }) => ring_seconds !== null).map(({ party }) => party),
    cause: null,
    pulses: null,
    charge: null,
    legs,
    transfers: transfers.map(({ after, ...transfer }) => ({ ...transfer, at: at(TODAY, start + after) })),
    evidence: extensions.map((of, index) => ({
      source: 'Front office PBX',
      line: 49_000 + minutesAgo * 10 + index,
      received_at: call.end ?? call.start,
      ...print(call, of.party, of.ring_seconds, of.talk_seconds),
    })),
  };
}

/** A menu, a queue that tries three, and a transfer after asking. */
const QUEUE = story(
  4,
  {
    outcome: 'answered',
    because:
      'Dunne Timber waited 34 s in the queue Sales; 15 answered, asked 21 and passed the call on to 21.',
    queue: 'Sales',
    answered_by: '15',
    wait_seconds: 34,
    talk_seconds: 121,
    total_seconds: 181,
    account_code: '118',
  },
  [
    leg(
      'Dunne Timber',
      'outside',
      'answered',
      ['ivr', 0, 10],
      ['wait', 10, 44],
      ['talk', 44, 96],
      ['hold', 96, 112],
      ['talk', 112, 181],
    ),
    leg('12', 'extension', 'lost-ringing', ['attempt', 12, 24], ['attempt', 30, 36]),
    leg('14', 'extension', 'lost-ringing', ['attempt', 24, 36]),
    leg('15', 'extension', 'answered', ['ring', 36, 44], ['talk', 44, 96], ['consult', 96, 112]),
    leg('21', 'extension', 'answered', ['ring', 97, 101], ['consult', 101, 112], ['talk', 112, 181]),
  ],
  [{ kind: 'attended', from: '15', to: '21', after: 112, answered: true }],
);

/** Parked, fetched by another, and a third joins. */
const PARK = story(
  9,
  {
    outcome: 'answered',
    because: 'Reception answered after 6 s and parked the call; 16 fetched it, and 14 joined.',
    answered_by: '11',
    wait_seconds: 6,
    talk_seconds: 150,
    total_seconds: 196,
  },
  [
    leg(
      'Dunne Timber',
      'outside',
      'answered',
      ['wait', 0, 6],
      ['talk', 6, 40],
      ['park', 40, 80],
      ['talk', 80, 120],
      ['conference', 120, 196],
    ),
    leg('11', 'extension', 'answered', ['ring', 0, 6], ['talk', 6, 40]),
    leg('16', 'extension', 'answered', ['talk', 80, 120], ['conference', 120, 196]),
    leg('14', 'extension', 'answered', ['ring', 112, 120], ['conference', 120, 196]),
  ],
);

/** Nobody answers, and the caller leaves a message. */
const MESSAGE = story(
  14,
  {
    outcome: 'voicemail-left',
    because: 'Nobody answered at 12 for 20 s; Dunne Timber left a message of 31 s.',
    wait_seconds: 20,
    total_seconds: 55,
  },
  [
    leg('Dunne Timber', 'outside', 'voicemail-left', ['wait', 0, 20], ['voicemail', 24, 55]),
    leg('12', 'extension', 'lost-ringing', ['attempt', 0, 20]),
  ],
);

/** The line that ends it never came. */
const OPEN = story(
  51,
  {
    outcome: 'answered',
    because: '14 answered after 5 s. The line that ends the call never came.',
    answered_by: '14',
    wait_seconds: 5,
    end: null,
    flags: ['no-closing-record'],
  },
  [
    leg('Dunne Timber', 'outside', 'answered', ['wait', 0, 5], ['talk', 5, null]),
    leg('14', 'extension', 'answered', ['ring', 0, 5], ['talk', 5, null]),
  ],
);

/** Newest first. */
export const STORIES = [QUEUE, PARK, MESSAGE, OPEN];
export const STORY = { queue: QUEUE, park: PARK, message: MESSAGE, open: OPEN };
