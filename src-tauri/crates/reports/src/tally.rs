//! Counts and sums over calls, from which every metric is made.

use calls::{Direction, Outcome};

use crate::sums::Sums;

/// Over calls of one row. Durations are seconds, each with how many calls they are known of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub calls: u64,
    pub inbound: u64,
    pub outbound: u64,
    pub internal: u64,
    pub answered: u64,
    pub missed: u64,
    pub lost_in_queue: u64,
    pub short_lost: u64,
    pub overflowed: u64,
    pub voicemail: u64,
    pub busy: u64,
    pub failed: u64,
    /// Inbound calls that are over and whose outcome is known.
    pub offered: u64,
    pub offered_answered: u64,
    /// Calls from and to outside that are over and whose outcome is known.
    pub seizures: u64,
    pub seizures_answered: u64,
    pub seizures_failed: u64,
    /// Calls that came to somebody else who answered, and how often.
    pub handed_on: u64,
    pub transfers: u64,
    /// Of answered inbound calls.
    pub wait: u64,
    pub waited: u64,
    pub wait_most: u64,
    /// Of missed calls.
    pub lost_wait: u64,
    pub lost_waited: u64,
    pub talk: u64,
    pub talked: u64,
    pub talk_most: u64,
    /// Of answered calls.
    pub answered_talk: u64,
    pub answered_talked: u64,
    pub billed: u64,
    pub billed_known: u64,
    pub total: u64,
    pub total_known: u64,
    /// Incoming calls of callers who wanted a person, whose wait is known; and how many of them waited no longer than
    /// the limit.
    pub served: u64,
    pub served_soon: u64,
    pub lost: u64,
    pub lost_soon: u64,
}

/// Tells outcomes and directions by the numbers that calls keep of them.
#[derive(Debug)]
pub struct Sorter {
    outcomes: Vec<Outcome>,
    directions: Vec<Direction>,
}

/// Outcomes of callers who wanted a person and did not get one.
pub(crate) const LOST: [Outcome; 7] = [
    Outcome::LostRinging,
    Outcome::LostInQueue,
    Outcome::ShortLost,
    Outcome::LostAfterTransfer,
    Outcome::VoicemailLeft,
    Outcome::VoicemailNoMessage,
    Outcome::OverflowedAway,
];

impl Sorter {
    pub fn new() -> Self {
        let mut outcomes: Vec<Outcome> = Outcome::all().collect();
        outcomes.sort_by_key(|outcome| outcome.number());
        let mut directions = vec![
            Direction::Inbound,
            Direction::Outbound,
            Direction::Internal,
            Direction::Transit,
            Direction::Unknown,
        ];
        directions.sort_by_key(|direction| direction.number());
        Self { outcomes, directions }
    }

    pub fn outcome(&self, number: u32) -> Outcome {
        self.outcomes.get(number as usize).copied().unwrap_or_default()
    }

    pub fn direction(&self, number: u32) -> Direction {
        self.directions.get(number as usize).copied().unwrap_or_default()
    }
}

impl Tally {
    /// Adds calls of one kind: direction, outcome, and whether they go on.
    pub(crate) fn add(&mut self, sorter: &Sorter, [direction, outcome, live]: [u32; 3], sums: &Sums) {
        let outcome = sorter.outcome(outcome);
        let direction = sorter.direction(direction);
        let (inbound, outbound) = (direction == Direction::Inbound, direction == Direction::Outbound);
        let answered = outcome == Outcome::Answered;
        let missed = outcome.is_missed();
        let over = live == 0 && outcome != Outcome::Unknown;
        let seizure = (inbound || outbound) && over;
        let calls = sums.calls;
        for (count, is) in [
            (&mut self.calls, true),
            (&mut self.inbound, inbound),
            (&mut self.outbound, outbound),
            (&mut self.internal, direction == Direction::Internal),
            (&mut self.answered, answered),
            (&mut self.missed, missed),
            (&mut self.lost_in_queue, outcome == Outcome::LostInQueue),
            (&mut self.short_lost, outcome == Outcome::ShortLost),
            (&mut self.overflowed, outcome == Outcome::OverflowedAway),
            (&mut self.voicemail, matches!(outcome, Outcome::VoicemailLeft | Outcome::VoicemailNoMessage)),
            (&mut self.busy, outcome == Outcome::Busy),
            (&mut self.failed, outcome == Outcome::Failed),
            (&mut self.offered, inbound && over),
            (&mut self.offered_answered, inbound && over && answered),
            (&mut self.seizures, seizure),
            (&mut self.seizures_answered, seizure && answered),
            (&mut self.seizures_failed, seizure && outcome == Outcome::Failed),
        ] {
            *count += if is { calls } else { 0 };
        }
        self.handed_on += sums.handed_on;
        self.transfers += sums.transfers;
        if inbound && over && answered {
            self.served += sums.waited;
            self.served_soon += sums.soon;
        } else if inbound && over && LOST.contains(&outcome) {
            self.lost += sums.waited;
            self.lost_soon += sums.soon;
        }
        if inbound && answered {
            self.wait += sums.wait;
            self.waited += sums.waited;
            self.wait_most = self.wait_most.max(sums.wait_most);
        } else if missed {
            self.lost_wait += sums.wait;
            self.lost_waited += sums.waited;
        }
        self.talk += sums.talk;
        self.talked += sums.talked;
        self.talk_most = self.talk_most.max(sums.talk_most);
        if answered {
            self.answered_talk += sums.talk;
            self.answered_talked += sums.talk_known;
        }
        self.billed += sums.billed;
        self.billed_known += sums.billed_known;
        self.total += sums.total;
        self.total_known += sums.total_known;
    }
}

/// A count as a number with decimals.
#[expect(clippy::cast_precision_loss, reason = "counts and seconds are far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}
