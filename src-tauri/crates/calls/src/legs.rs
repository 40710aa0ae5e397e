//! The legs of a call: each party's own presence, as stretches that never overlap.

use crate::{
    CallTime, Direction, Leg, LegKind, Outcome, Segment, SegmentKind,
    story::{Ring, RingEnd, Stay, Story, Talk},
    times::covered,
};

impl Story<'_> {
    /// One leg for each party but the other end; in order of first appearance.
    pub fn legs(&self) -> Vec<Leg> {
        let rung = self.rings.iter().map(|ring| (ring.from, ring.device, LegKind::Extension));
        let talked = self.talks.iter().map(|talk| (talk.from, talk.party, kind(talk)));
        let asking =
            self.talks.iter().filter_map(|talk| Some((talk.from, talk.asked_by?, LegKind::Extension)));
        let mut parties: Vec<(CallTime, &str, LegKind)> = rung.chain(talked).chain(asking).collect();
        if matches!(self.direction, Direction::Outbound | Direction::Internal)
            && let Some(extension) = self.calling_extension()
        {
            parties.insert(0, (self.start, extension, LegKind::Extension));
        }
        parties.sort_by_key(|(at, ..)| *at);
        let mut legs: Vec<Leg> = Vec::new();
        for (_, party, kind) in parties {
            if !legs.iter().any(|leg| leg.party == party && leg.kind == kind) {
                legs.push(self.leg(party, kind));
            }
        }
        legs
    }

    /// The way of the other end through the call: ringing, waiting, talking, in order and without overlap.
    pub fn journey(&self) -> Vec<Segment> {
        if self.live {
            let start = self.start;
            return vec![Segment { kind: SegmentKind::Ring, start, end: None }];
        }
        let mut stretches: Vec<Stretch> = self.with_other_end().map(Stretch::of_talk).collect();
        stretches.extend(self.stays.iter().filter(|stay| stay.party.is_none()).map(Stretch::of_stay));
        if self.direction == Direction::Outbound {
            if let Some(until) = self.answered_at().or(Some(self.end)).filter(|until| *until > self.start) {
                stretches.push(Stretch { kind: SegmentKind::Ring, from: self.start, to: until });
            }
        } else {
            stretches.extend(self.rings.iter().filter_map(|ring| {
                Some(Stretch { kind: SegmentKind::Ring, from: ring.from, to: ring.until? })
            }));
            stretches.extend(self.with_other_end().filter_map(Stretch::of_line_rung));
        }
        apart(stretches)
    }

    fn leg(&self, party: &str, kind: LegKind) -> Leg {
        let extension = kind == LegKind::Extension;
        let calling = extension
            && matches!(self.direction, Direction::Outbound | Direction::Internal)
            && self.calling_extension() == Some(party);
        let rings = || self.rings.iter().filter(move |ring| extension && ring.device == party);
        let talks = || self.talks_of(party, kind);
        let mut stretches: Vec<Stretch> = talks().map(Stretch::of_talk).collect();
        stretches.extend(talks().filter_map(Stretch::of_line_rung));
        stretches.extend(
            self.stays.iter().filter(|stay| extension && stay.party == Some(party)).map(Stretch::of_stay),
        );
        let mut segments = if self.live {
            rings().map(|ring| Segment { kind: SegmentKind::Attempt, start: ring.from, end: None }).collect()
        } else {
            stretches.extend(rings().filter_map(Stretch::of_ring));
            Vec::new()
        };
        if calling && self.direction == Direction::Outbound {
            let until = self.answered_at().unwrap_or(self.end);
            stretches.push(Stretch { kind: SegmentKind::Ring, from: self.start, to: until });
        }
        segments.extend(apart(stretches));
        let talked = talks().next().is_some();
        let known = !self.live && self.told.answer && self.told.closing;
        Leg {
            party: party.to_owned(),
            kind,
            ring_seconds: if extension { ring_seconds(rings()) } else { line_rung_seconds(talks()) },
            talk_seconds: known.then(|| self.seconds_talked(party, kind)),
            outcome: self.leg_outcome(talked, calling, rings().next_back()),
            segments,
        }
    }

    /// Talks that the party took part in: its own, those with somebody it asked, and, of who called a colleague, all
    /// with the other end, which it is.
    fn talks_of(&self, party: &str, kind: LegKind) -> impl Iterator<Item = &Talk<'_>> {
        let extension = kind == LegKind::Extension;
        let other_end =
            extension && self.direction == Direction::Internal && self.calling_extension() == Some(party);
        self.talks.iter().filter(move |talk| {
            talk.party == party && self::kind(talk) == kind
                || extension && talk.asked_by == Some(party)
                || other_end && talk.asked_by.is_none()
        })
    }

    /// Seconds in which the party talked with anybody; each moment counts once.
    pub fn seconds_talked(&self, party: &str, kind: LegKind) -> u32 {
        let mut until: Option<CallTime> = None;
        let mut talks = self.talks_of(party, kind);
        if talks.all(|talk| until.replace(talk.to).is_none_or(|until| until <= talk.from)) {
            self.talks_of(party, kind).map(Talk::seconds).fold(0, u32::saturating_add)
        } else {
            covered(self.talks_of(party, kind).map(|talk| (talk.from, talk.to)))
        }
    }

    fn leg_outcome(&self, talked: bool, calling: bool, last_ring: Option<&Ring<'_>>) -> Outcome {
        if self.live {
            return Outcome::Unknown;
        }
        if talked {
            return Outcome::Answered;
        }
        if calling {
            return match self.outcome() {
                _ if self.direction == Direction::Outbound => Outcome::Cancelled,
                Outcome::Answered => Outcome::OverflowedAway,
                outcome => outcome,
            };
        }
        match last_ring.map(|ring| ring.end) {
            Some(RingEnd::Elsewhere | RingEnd::Answered) => Outcome::OverflowedAway,
            Some(RingEnd::NoAnswer) => Outcome::LostRinging,
            Some(RingEnd::Busy) => Outcome::Busy,
            Some(RingEnd::Failed) => Outcome::Failed,
            Some(RingEnd::Unknown) | None => Outcome::Unknown,
        }
    }
}

fn kind(talk: &Talk<'_>) -> LegKind {
    if talk.outside { LegKind::Outside } else { LegKind::Extension }
}

/// All attempts at one device; `None` if one of them is not known.
fn ring_seconds<'r>(rings: impl Iterator<Item = &'r Ring<'r>>) -> Option<u32> {
    let mut sum = None;
    for ring in rings {
        sum = Some(u32::saturating_add(sum.unwrap_or(0), ring.printed_seconds?));
    }
    sum
}

/// How long an outside party was rung; `None` where that is not known of each of its talks.
fn line_rung_seconds<'t>(talks: impl Iterator<Item = &'t Talk<'t>>) -> Option<u32> {
    let mut sum = None;
    for talk in talks {
        sum = Some(u32::saturating_add(sum.unwrap_or(0), crate::times::seconds(talk.rung_from?, talk.from)));
    }
    sum
}

#[derive(Debug, Clone, Copy)]
struct Stretch {
    kind: SegmentKind,
    from: CallTime,
    to: CallTime,
}

impl Stretch {
    fn of_talk(talk: &Talk<'_>) -> Self {
        let kind = match (talk.asked_by, talk.conference) {
            (Some(_), _) => SegmentKind::Consult,
            (None, true) => SegmentKind::Conference,
            (None, false) => SegmentKind::Talk,
        };
        Self { kind, from: talk.from, to: talk.to }
    }

    fn of_stay(stay: &Stay<'_>) -> Self {
        Self { kind: stay.kind, from: stay.from, to: stay.to }
    }

    fn of_line_rung(talk: &Talk<'_>) -> Option<Self> {
        Some(Self { kind: SegmentKind::Ring, from: talk.rung_from?, to: talk.from })
    }

    fn of_ring(ring: &Ring<'_>) -> Option<Self> {
        let kind = if ring.end == RingEnd::Answered { SegmentKind::Ring } else { SegmentKind::Attempt };
        Some(Self { kind, from: ring.from, to: ring.until? })
    }

    /// Where evidence overlaps, the surest stands: people talking, then what a machine did, then ringing.
    fn rank(&self) -> u8 {
        match self.kind {
            SegmentKind::Conference => 0,
            SegmentKind::Talk | SegmentKind::Consult => 1,
            SegmentKind::Voicemail | SegmentKind::Ivr | SegmentKind::Park | SegmentKind::Hold => 2,
            SegmentKind::Ring | SegmentKind::Attempt | SegmentKind::Pre => 3,
            SegmentKind::Wait => 4,
        }
    }
}

/// Cuts stretches so that none overlap, and joins neighbours of one kind.
fn apart(mut stretches: Vec<Stretch>) -> Vec<Segment> {
    stretches.retain(|stretch| stretch.to > stretch.from);
    let mut cuts: Vec<CallTime> = stretches.iter().flat_map(|stretch| [stretch.from, stretch.to]).collect();
    cuts.sort_unstable_by_key(|cut| cut.unix());
    cuts.dedup_by_key(|cut| cut.unix());
    let mut segments: Vec<Segment> = Vec::new();
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let covering = stretches
            .iter()
            .filter(|stretch| stretch.from.unix() <= from.unix() && stretch.to.unix() >= to.unix());
        let Some(surest) = covering.min_by_key(|stretch| stretch.rank()) else { continue };
        match segments.last_mut() {
            Some(last)
                if last.kind == surest.kind
                    && last.end.map(CallTime::unix) == Some(from.unix())
                    && !stretches
                        .iter()
                        .any(|stretch| stretch.kind == surest.kind && stretch.from.unix() == from.unix()) =>
            {
                last.end = Some(to);
            }
            _ => segments.push(Segment { kind: surest.kind, start: from, end: Some(to) }),
        }
    }
    segments
}
