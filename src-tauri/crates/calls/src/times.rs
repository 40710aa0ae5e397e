//! The times of a call, each defined once. All are whole seconds, from the source's own resolution.
//!
//! | measure | definition |
//! |---|---|
//! | ring | from the first device ringing to the answer or the end; parallel rings are not added |
//! | wait | the other end is connected, or rings, and has no person: ringing, queues, parks, hold; menus and voicemail are not counted |
//! | talk | at least two people are connected, a consultation too; each moment counts once |
//! | hold | the other end listens to music while somebody else is asked |
//! | billed | the outside line from its first answer, by whatever, to its release |
//! | total | last end minus first start |

use crate::{
    CallTime, Direction, Record, SegmentKind,
    story::{Story, Talk},
};

impl Story<'_> {
    pub fn total_seconds(&self) -> Option<u32> {
        (!self.live).then(|| seconds(self.start, self.end))
    }

    pub fn ring_seconds(&self) -> Option<u32> {
        if self.live {
            return None;
        }
        if self.direction == Direction::Outbound {
            return self.rang_outside;
        }
        if !self.told.answer || !self.told.ringing {
            return None;
        }
        if self.rings.is_empty() && self.machine.is_some() {
            return None;
        }
        let first = self.rings.iter().map(|ring| ring.from).min().unwrap_or(self.start);
        match self.answered_at() {
            Some(answered) => (!self.answer_is_untold()).then(|| seconds(first, answered)),
            // Ringing lines alone say when ringing began, not when it ended.
            None if !self.told.closing => None,
            None => {
                let last = self.rings.iter().map(|ring| ring.until).max().unwrap_or(Some(self.end))?;
                Some(seconds(first, last))
            }
        }
    }

    /// The first talk is known to have begun only with the ringing before it.
    fn answer_is_untold(&self) -> bool {
        self.talks.first().is_some_and(|talk| {
            self.rings
                .iter()
                .any(|ring| ring.device == talk.party && ring.until.is_none() && ring.from == talk.from)
        })
    }

    pub fn wait_seconds(&self) -> Option<u32> {
        let known = !self.live && self.told.closing && self.told.answer && self.told.ringing;
        if self.direction == Direction::Outbound || !known {
            return None;
        }
        let talks = self.with_other_end().map(|talk| (talk.from, talk.to));
        let busy = |kind| matches!(kind, SegmentKind::Ivr | SegmentKind::Voicemail);
        let machines = self
            .stays
            .iter()
            .filter(|stay| stay.party.is_none() && busy(stay.kind))
            .map(|stay| (stay.from, stay.to));
        // Others may stay in a conference when the other end has left.
        let left = self.line.map_or(self.end, |(_, released)| released);
        Some(seconds(self.start, left).saturating_sub(covered(talks.chain(machines))))
    }

    pub fn talk_seconds(&self) -> Option<u32> {
        if self.live || !self.told.answer || !self.told.closing {
            return None;
        }
        // Printed seconds are cut off for each part: they are summed only where nothing had to be worked out.
        let printed = self.talks.iter().all(|talk| talk.printed_seconds.is_some());
        let apart = self.talks.windows(2).all(|pair| pair[0].to <= pair[1].from);
        Some(if printed && apart {
            self.talks.iter().map(Talk::seconds).fold(0, u32::saturating_add)
        } else {
            covered(self.talks.iter().map(|talk| (talk.from, talk.to)))
        })
    }

    /// `None` where the evidence shows none: many exchanges do not report hold.
    pub fn hold_seconds(&self) -> Option<u32> {
        let mut holds = self
            .stays
            .iter()
            .filter(|stay| stay.party.is_none() && stay.kind == SegmentKind::Hold)
            .map(|stay| (stay.from, stay.to))
            .peekable();
        holds.peek()?;
        Some(covered(holds))
    }

    pub fn billed_seconds(&self) -> Option<u32> {
        match self.line {
            _ if self.direction == Direction::Internal => None,
            Some((answered, released)) => Some(seconds(answered, released)),
            None => self.talk_seconds(),
        }
    }
}

/// When a segment began. Where the start is not printed but worked out from the duration, the ringing of an outgoing
/// call lies before it.
pub(crate) fn began(record: &Record) -> Option<CallTime> {
    let start = record.start?;
    let ring = match (record.direction, record.ring_seconds) {
        (Direction::Outbound, Some(ring)) => i64::from(ring),
        _ => return Some(start),
    };
    let spans = record.end.map_or(0, |end| end.unix() - start.unix());
    Some(if spans < ring { start.shifted(-ring) } else { start })
}

pub(crate) fn seconds(from: CallTime, to: CallTime) -> u32 {
    u32::try_from((to.unix() - from.unix()).max(0)).unwrap_or(u32::MAX)
}

/// Seconds covered by any of the stretches; overlapping ones count once.
pub(crate) fn covered(stretches: impl Iterator<Item = (CallTime, CallTime)>) -> u32 {
    let mut stretches: Vec<(i64, i64)> = stretches.map(|(from, to)| (from.unix(), to.unix())).collect();
    if stretches.len() > 1 {
        stretches.sort_unstable();
    }
    let mut covered = 0;
    let mut until = i64::MIN;
    for (from, to) in stretches {
        covered += (to - from.max(until)).max(0);
        until = until.max(to);
    }
    u32::try_from(covered).unwrap_or(u32::MAX)
}
