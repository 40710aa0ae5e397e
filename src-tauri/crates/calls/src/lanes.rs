//! The story that the lines of an exchange without ids tell: segments of a call on one lane, and devices that
//! began to ring. See [`crate::group`] for what a lane is.

use crate::{
    CallTime, Certainty, ChainRules, DialResult, Direction, Evidence, Kind, Lane, Machine, Record, Role,
    group::same_talk,
    story::{Handing, Ring, RingEnd, Story, Talk, Told, Who},
    times, transfers,
};
use crate::{RING_TIMEOUT_SECONDS, TransferKind, UNNAMED};

/// A stamp further than this from the arrival of its line (seconds) is of an older call that the exchange had
/// kept back: it does not ring now. Wide enough for a clock that is an hour or two wrong.
const KEPT_BACK_SECONDS: i64 = 3 * 60 * 60;

pub(crate) fn read<'a>(
    records: &[&'a Record],
    group: &[&Evidence],
    rules: &ChainRules,
    now: i64,
) -> Story<'a> {
    let inbound = records.iter().any(|record| record.direction == Direction::Inbound);
    let main = records
        .iter()
        .filter(|record| !inbound || record.direction == Direction::Inbound)
        .min_by_key(|record| (record.start, record.end))
        .or(records.first());
    let lane =
        main.map_or_else(|| Lane { trunk: String::new(), number: String::new() }, |record| Lane::of(record));
    let on_lane = Named { records, lane: &lane };
    let talks = talks(records, &lane, inbound);
    let nobody_of_ours = talks.iter().all(|talk| talk.outside);
    let direction = match (inbound, talks.is_empty(), nobody_of_ours) {
        (true, false, true) => Direction::Transit,
        (true, ..) => Direction::Inbound,
        _ => main.map_or(Direction::Unknown, |record| record.direction),
    };
    let told = Told {
        ringing: records.iter().any(|record| record.kind == Kind::Ringing || record.ring_seconds.is_some()),
        answer: records.iter().any(|record| {
            record.kind != Kind::Call || record.ring_seconds.is_some() || record.talk_seconds.is_some()
        }),
        closing: records.iter().any(|record| record.kind != Kind::Ringing),
    };
    let start = start(records, rules);
    let end = records.iter().filter_map(|record| record.end).max().unwrap_or(start);
    let lost_to = lost_to(records, &lane);
    let mut handings = transfers::between(&talks, TransferKind::Unknown);
    if let (Some(device), Some(last)) = (lost_to, talks.last()) {
        let (kind, from, at) = (TransferKind::Blind, last.party, last.to);
        if handings.last().is_none_or(|before| before.from != from || before.to != device) {
            handings.push(Handing { kind, from, to: device, at, answered: false });
        }
    }
    let rings = rings(records, start, end, &talks, lost_to, told);
    let ends = ends(direction, &on_lane, &rings);
    let answered = talks.iter().map(|talk| talk.from).min();
    let released = records.iter().filter(|record| lane.has(record)).filter_map(|record| record.end).max();
    Story {
        direction,
        start,
        end,
        live: rings_now(group, now),
        caller: ends.caller,
        called: ends.called,
        did: records.iter().find_map(|record| record.did.as_deref()),
        queue: on_lane.first(|record| record.queue.as_deref()),
        trunk: on_lane.first(|record| record.trunk.as_deref()),
        rings,
        rang_outside: records.iter().find_map(|record| record.ring_seconds),
        stays: Vec::new(),
        machine: records.iter().rev().find_map(|record| record.machine),
        result: result(records),
        line: answered.zip(released),
        charged_to: charged_to(direction, ends.caller, &talks),
        outcome_code: None,
        handings,
        talks,
        told,
        notes: Vec::new(),
    }
}

/// The records of a call; what those on its lane say comes first.
struct Named<'a, 'l> {
    records: &'l [&'a Record],
    lane: &'l Lane,
}

impl<'a> Named<'a, '_> {
    fn first<T>(&self, field: impl Fn(&'a Record) -> Option<T>) -> Option<T> {
        let on_lane = self.records.iter().filter(|record| self.lane.has(record));
        on_lane.chain(self.records.iter()).find_map(|record| field(record))
    }

    /// The number at the other end, of the first record: it stays hidden where it is.
    fn number(&self) -> Option<&'a str> {
        let on_lane = self.records.iter().find(|record| self.lane.has(record));
        on_lane.and_then(|record| record.number.as_deref()).filter(|number| !number.is_empty())
    }
}

struct Ends<'a> {
    caller: Who<'a>,
    called: Who<'a>,
}

fn ends<'a>(direction: Direction, records: &Named<'a, '_>, rings: &[Ring<'a>]) -> Ends<'a> {
    let extension = || records.first(|record| record.extension.as_deref());
    let name = records.first(|record| record.caller_name.as_deref());
    let did = records.records.iter().find_map(|record| record.did.as_deref());
    Ends {
        caller: match direction {
            Direction::Outbound => Who { extension: extension(), ..Who::default() },
            Direction::Internal => {
                let calling = records.first(|record| record.from_extension.as_deref()).or_else(extension);
                Who { extension: calling, name, number: None }
            }
            _ => Who { number: records.number(), name, extension: None },
        },
        called: match direction {
            Direction::Outbound => Who { number: records.number(), ..Who::default() },
            _ if did.is_some() => Who { number: did, ..Who::default() },
            _ => {
                Who { extension: rings.first().map(|ring| ring.device).or_else(extension), ..Who::default() }
            }
        },
    }
}

/// The call began when the first segment says, unless a device had been ringing for longer than the small
/// lead by which ringing lines run ahead of it.
fn start(records: &[&Record], rules: &ChainRules) -> CallTime {
    let segment = records
        .iter()
        .filter(|record| record.kind == Kind::Call)
        .filter_map(|record| times::began(record))
        .min();
    let ringing =
        records.iter().filter(|record| record.kind == Kind::Ringing).filter_map(|record| record.start).min();
    match (segment, ringing) {
        (Some(segment), Some(ringing))
            if ringing.unix() + i64::from(rules.ring_lead_seconds) < segment.unix() =>
        {
            ringing
        }
        (Some(segment), _) => segment,
        (None, ringing) => ringing.unwrap_or(CallTime::from_parts(0, 0, Certainty::Inferred)),
    }
}

/// Devices that rang, in order: ringing lines, then extensions that closing records name.
fn rings<'a>(
    records: &[&'a Record],
    start: CallTime,
    end: CallTime,
    talks: &[Talk<'_>],
    lost_to: Option<&str>,
    told: Told,
) -> Vec<Ring<'a>> {
    let mut rings: Vec<Ring<'a>> = Vec::new();
    let rings_ours = |record: &&&Record| matches!(record.direction, Direction::Inbound | Direction::Internal);
    for record in records.iter().filter(rings_ours) {
        let (Some(device), Some(at)) = (record.extension.as_deref(), record.start) else { continue };
        if record.kind == Kind::Call && record.ring_seconds.is_none() {
            continue;
        }
        match rings.iter_mut().find(|ring| ring.device == device) {
            Some(ring) => ring.printed_seconds = ring.printed_seconds.or(record.ring_seconds),
            None => rings.push(Ring {
                device,
                from: at.max(start),
                until: None,
                printed_seconds: record.ring_seconds,
                end: RingEnd::Unknown,
            }),
        }
    }
    rings.sort_by(|one, other| (one.from, one.device).cmp(&(other.from, other.device)));
    let answered_at = talks.iter().map(|talk| talk.from).min();
    for ring in &mut rings {
        let own = talks.iter().filter(|talk| !talk.outside && talk.party == ring.device);
        let own_answer = own.clone().map(|talk| talk.from).find(|from| *from >= ring.from);
        ring.until = Some(own_answer.or(answered_at.filter(|at| *at >= ring.from)).unwrap_or(end));
        ring.printed_seconds =
            ring.printed_seconds.or_else(|| own_answer.map(|answer| times::seconds(ring.from, answer)));
        ring.end = if own_answer.is_some() {
            RingEnd::Answered
        } else if !talks.is_empty() && lost_to != Some(ring.device) {
            // A device that rang beside the one that answered has missed nothing.
            RingEnd::Elsewhere
        } else if told.answer {
            RingEnd::NoAnswer
        } else {
            RingEnd::Unknown
        };
    }
    rings
}

/// Who was connected with the other end, in order.
fn talks<'a>(records: &[&'a Record], lane: &Lane, inbound: bool) -> Vec<Talk<'a>> {
    let mut talks: Vec<Talk<'a>> = Vec::new();
    for record in records {
        let (Some(from), Some(to)) = (record.answer, record.end) else { continue };
        // Being connected with a machine is no conversation.
        if record.machine.is_some_and(|machine| machine != Machine::Conference) {
            continue;
        }
        let other_line = inbound && record.direction == Direction::Outbound;
        let joined = other_line && matches!(record.role, Role::ForwardedOutside | Role::Conference)
            || !inbound && record.role == Role::Conference && !lane.has(record);
        if other_line && !joined {
            continue; // asking back on a second line while the caller waits: not part of this conversation
        }
        let (party, sent_on_by) = if joined {
            (record.number.as_deref().unwrap_or("outside"), record.extension.as_deref())
        } else if inbound && sent_away(record, records) {
            continue;
        } else {
            (record.extension.as_deref().unwrap_or(UNNAMED), None)
        };
        let conference = record.role == Role::Conference;
        talks.push(Talk {
            party,
            outside: joined,
            conference,
            asked_by: None,
            sent_on_by,
            rung_from: None,
            from,
            to,
            printed_seconds: None,
        });
    }
    talks.sort_by(|one, other| (one.from, one.to, one.party).cmp(&(other.from, other.to, other.party)));
    talks
}

/// The extension on this incoming record did not talk: the call was sent on to an outside number meanwhile.
fn sent_away(incoming: &Record, records: &[&Record]) -> bool {
    records.iter().any(|outgoing| {
        outgoing.role == Role::ForwardedOutside
            && outgoing.direction == Direction::Outbound
            && same_talk(outgoing, incoming)
            && outgoing
                .end
                .zip(incoming.end)
                .is_some_and(|(one, other)| (one.unix() - other.unix()).abs() <= 1)
    })
}

/// The device a talked-with caller was last passed on to without reaching it.
fn lost_to<'a>(records: &[&'a Record], lane: &Lane) -> Option<&'a str> {
    let mut segments = records.iter().filter(|record| record.kind == Kind::Call && lane.has(record)).rev();
    let last = segments.next()?;
    let unanswered = last.role == Role::PassedOn && last.talk_seconds == Some(0);
    let talked_before = segments.any(|record| record.talk_seconds.is_some_and(|talk| talk > 0));
    (unanswered && talked_before).then_some(last.extension.as_deref()).flatten()
}

/// What the source has a word for, if all records have the same.
fn result(records: &[&Record]) -> Option<DialResult> {
    let first = records.first()?.result?;
    records.iter().all(|record| record.result == Some(first)).then_some(first)
}

fn charged_to<'a>(direction: Direction, caller: Who<'a>, talks: &[Talk<'a>]) -> Option<&'a str> {
    match direction {
        Direction::Outbound => caller.extension,
        _ => talks.iter().find_map(|talk| talk.sent_on_by),
    }
}

/// Only devices that began to ring, the last of them a short while ago by the arrival of its line.
fn rings_now(group: &[&Evidence], now: i64) -> bool {
    let only_ringing = group.iter().all(|item| item.record.kind == Kind::Ringing);
    only_ringing
        && group.iter().any(|item| {
            let stamp = item.record.end.map(CallTime::unix);
            item.arrived.zip(stamp).is_some_and(|(arrived, stamp)| {
                now - arrived < RING_TIMEOUT_SECONDS && (arrived - stamp).abs() < KEPT_BACK_SECONDS
            })
        })
}
