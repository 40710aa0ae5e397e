//! Which devices rang, and how their ringing ended.

use crate::{
    DialResult, Record,
    story::{Ring, RingEnd},
    times::seconds,
};

use super::{Rows, talks::Connection};

pub(super) fn rings<'a>(rows: &Rows<'a, '_>, connections: &[Connection<'a>]) -> Vec<Ring<'a>> {
    let mut rings: Vec<Ring<'a>> = Vec::with_capacity(rows.records.len());
    for record in rows.telling() {
        let (Some(device), Some(from)) = (record.extension.as_deref(), record.start) else { continue };
        let rung = record.ring_seconds.is_some() || record.talk_includes_ringing;
        let ours = matches!(record.direction, crate::Direction::Inbound | crate::Direction::Internal);
        if !rung || !ours || record.machine.is_some() {
            continue;
        }
        let answered = connections.iter().find(|connection| std::ptr::eq(connection.record, record));
        match answered {
            Some(own) if own.was_asked => {}
            Some(own) => rings.push(Ring {
                device,
                from,
                until: (!own.includes_ringing).then_some(own.from),
                printed_seconds: if record.talk_includes_ringing {
                    (!own.includes_ringing).then(|| seconds(from, own.from))
                } else {
                    record.ring_seconds
                },
                end: RingEnd::Answered,
            }),
            None => rings.push(unanswered(device, record, connections, from)),
        }
    }
    if rings.len() > 1 {
        rings.sort_by(|one, other| (one.from, one.device).cmp(&(other.from, other.device)));
    }
    rings
}

fn unanswered<'a>(
    device: &'a str,
    record: &'a Record,
    connections: &[Connection<'_>],
    from: crate::CallTime,
) -> Ring<'a> {
    let until = record.end.unwrap_or(from);
    let answered_elsewhere =
        connections.iter().find(|other| other.from > from && other.from.unix() <= until.unix() + 1);
    let (until, end) = match answered_elsewhere {
        // The row of a queue's member may last as long as the whole call: it does not say when this one stopped.
        Some(other) if until.unix() > other.from.unix() + 1 => (None, RingEnd::Elsewhere),
        Some(other) if until.unix().abs_diff(other.from.unix()) <= 1 => (Some(until), RingEnd::Elsewhere),
        _ => (Some(until), RingEnd::NoAnswer),
    };
    let end = match record.result {
        Some(DialResult::Busy) => RingEnd::Busy,
        Some(DialResult::Failed | DialResult::Blocked) => RingEnd::Failed,
        _ => end,
    };
    let printed_seconds = until.and(record.ring_seconds);
    Ring { device, from, until, printed_seconds, end }
}
