//! Who sent a call on to the outside, and so pays for that part.

use crate::{
    Direction, Record,
    story::{Ring, RingEnd, Talk},
};

use super::Rows;

/// An outside leg that answers later than this (seconds of ringing) and is over soon after may be somebody's own
/// voicemail.
const LONG_RINGING: u32 = 15;
const SHORT_TALK: u32 = 40;

/// Names the device that was rung before on talks with an outside party to whom nobody of ours had talked first.
pub(super) fn name<'a>(talks: &mut [Talk<'a>], rings: &[Ring<'a>]) {
    for place in 0..talks.len() {
        let talk = talks[place];
        let nobody_before = talks[..place].iter().all(|before| before.outside);
        if talk.outside && talk.asked_by.is_none() && talk.sent_on_by.is_none() && nobody_before {
            talks[place].sent_on_by = before(talk, rings);
        }
    }
}

/// The extension to which outside parts are charged: who dialled, or who sent the call on.
pub(super) fn charged_to<'a>(rows: &Rows<'a, '_>, talks: &[Talk<'a>], rings: &[Ring<'a>]) -> Option<&'a str> {
    if rows.first.direction == Direction::Outbound {
        return rows.calling();
    }
    let outside = talks.iter().position(|talk| talk.outside && !talk.conference)?;
    let talk = talks[outside];
    talk.asked_by
        .or(talk.sent_on_by)
        .or_else(|| talks[..outside].iter().rev().find(|before| !before.outside).map(|before| before.party))
        .or_else(|| before(talk, rings))
}

/// The device that rang in vain before; one that rang beside has sent nothing on.
fn before<'a>(talk: Talk<'_>, rings: &[Ring<'a>]) -> Option<&'a str> {
    let in_vain = |ring: &&Ring<'_>| ring.end != RingEnd::Elsewhere && ring.from < talk.from;
    rings.iter().rev().find(in_vain).map(|ring| ring.device)
}

/// From a record alone a person cannot be told from the voicemail of a mobile.
pub(super) fn maybe_machine(records: &[&Record]) -> bool {
    records.iter().any(|record| {
        record.direction == Direction::Transit
            && record.answered == Some(true)
            && record.ring_seconds.is_some_and(|ring| ring > LONG_RINGING)
            && record.talk_seconds.is_some_and(|talk| talk < SHORT_TALK)
    })
}
