//! The call went on to somebody else, who answered or did not.

use crate::{
    CallTime, SegmentKind, TransferKind,
    story::{Handing, Ring, RingEnd, Stay, Talk},
    transfers,
};

use super::Rows;

pub(super) fn handings<'a>(
    rows: &Rows<'a, '_>,
    talks: &[Talk<'a>],
    rings: &[Ring<'a>],
    stays: &[Stay<'a>],
) -> Vec<Handing<'a>> {
    if rows.records.len() < 2 || talks.is_empty() {
        return Vec::new();
    }
    let mut handings = transfers::between(talks, TransferKind::Blind);
    handings.extend(rings.iter().filter_map(|ring| rung_in_vain(ring, talks)));
    handings.extend(sent_out_in_vain(rows, talks));
    if !handings.iter().any(|handing| !handing.answered && handing.at >= last_end(talks)) {
        handings.extend(left_waiting(rows, talks, stays));
    }
    handings.sort_by_key(|handing| handing.at);
    // Tried again is not handed on twice.
    handings.dedup_by(|later, earlier| {
        let again = !earlier.answered && later.from == earlier.from && later.to == earlier.to;
        if again {
            *earlier = *later;
        }
        again
    });
    handings
}

/// Somebody talked, and then the other end rang a device that nobody answered.
fn rung_in_vain<'a>(ring: &Ring<'a>, talks: &[Talk<'a>]) -> Option<Handing<'a>> {
    if matches!(ring.end, RingEnd::Answered | RingEnd::Elsewhere) {
        return None;
    }
    let from = handed_on_by(ring.from, talks)?;
    // Who is rung and answers a moment later has not been missed.
    let reached = talks
        .iter()
        .any(|talk| talk.party == ring.device && talk.asked_by.is_none() && talk.from >= ring.from);
    let kind = TransferKind::Blind;
    (!reached).then_some(Handing {
        kind,
        from: from.party,
        to: ring.device,
        at: ring.from.max(from.to),
        answered: false,
    })
}

/// The same with a number outside.
fn sent_out_in_vain<'a>(rows: &Rows<'a, '_>, talks: &[Talk<'a>]) -> Option<Handing<'a>> {
    rows.telling().find_map(|record| {
        let outside = record.direction == crate::Direction::Transit && record.answered == Some(false);
        let start = record.start.filter(|_| outside && rows.is_of_other_end(record))?;
        let from = handed_on_by(start, talks)?;
        let to = record.number.as_deref()?;
        Some(Handing {
            kind: TransferKind::Blind,
            from: from.party,
            to,
            at: start.max(from.to),
            answered: false,
        })
    })
}

/// Parked, or put into a queue, and never fetched.
fn left_waiting<'a>(rows: &Rows<'a, '_>, talks: &[Talk<'a>], stays: &[Stay<'a>]) -> Option<Handing<'a>> {
    let last = stays.last().filter(|stay| stay.party.is_none() && stay.to > last_end(talks))?;
    let to = match last.kind {
        SegmentKind::Park => "park",
        SegmentKind::Wait => rows.queue()?,
        _ => return None,
    };
    let from = handed_on_by(last.from, talks)?;
    Some(Handing {
        kind: TransferKind::Blind,
        from: from.party,
        to,
        at: last.from.max(from.to),
        answered: false,
    })
}

/// Who had the other end until this moment, if he has it no more.
fn handed_on_by<'t, 'a>(at: CallTime, talks: &'t [Talk<'a>]) -> Option<&'t Talk<'a>> {
    let with_other_end = talks.iter().filter(|talk| talk.asked_by.is_none());
    let before = with_other_end.clone().rfind(|talk| talk.to.unix() <= at.unix() + 1)?;
    let goes_on = with_other_end.clone().any(|talk| talk.from <= at && talk.to.unix() > at.unix() + 1);
    (!goes_on).then_some(before)
}

fn last_end(talks: &[Talk<'_>]) -> CallTime {
    talks.iter().map(|talk| talk.to).max().unwrap_or_else(|| talks[0].to)
}
