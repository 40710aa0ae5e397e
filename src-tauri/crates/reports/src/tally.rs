//! Counts and sums over calls, from which every metric is made.

use calls::{Direction, Outcome};

use crate::{Block, Field};

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
    within: u32,
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
    /// `within`: seconds within which a call is answered in time.
    pub fn new(within: u32) -> Self {
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
        Self { outcomes, directions, within }
    }

    pub fn outcome(&self, number: u32) -> Outcome {
        self.outcomes.get(number as usize).copied().unwrap_or_default()
    }

    pub fn direction(&self, number: u32) -> Direction {
        self.directions.get(number as usize).copied().unwrap_or_default()
    }
}

impl Tally {
    /// What [`add`](Self::add) looks at.
    pub const FIELDS: [Field; 8] = [
        Field::Direction,
        Field::Outcome,
        Field::Live,
        Field::Wait,
        Field::Talk,
        Field::Billed,
        Field::Total,
        Field::Transfers,
    ];

    /// Adds the call at a place.
    pub fn add(&mut self, sorter: &Sorter, block: &Block<'_>, place: usize) {
        let outcome = sorter.outcome(block.get(Field::Outcome, place));
        let direction = sorter.direction(block.get(Field::Direction, place));
        let (inbound, outbound) = (direction == Direction::Inbound, direction == Direction::Outbound);
        let answered = outcome == Outcome::Answered;
        let missed = outcome.is_missed();
        let over = block.get(Field::Live, place) == 0 && outcome != Outcome::Unknown;
        self.calls += 1;
        self.inbound += u64::from(inbound);
        self.outbound += u64::from(outbound);
        self.internal += u64::from(direction == Direction::Internal);
        self.answered += u64::from(answered);
        self.missed += u64::from(missed);
        self.lost_in_queue += u64::from(outcome == Outcome::LostInQueue);
        self.short_lost += u64::from(outcome == Outcome::ShortLost);
        self.overflowed += u64::from(outcome == Outcome::OverflowedAway);
        self.voicemail += u64::from(matches!(outcome, Outcome::VoicemailLeft | Outcome::VoicemailNoMessage));
        self.busy += u64::from(outcome == Outcome::Busy);
        self.failed += u64::from(outcome == Outcome::Failed);
        self.offered += u64::from(inbound && over);
        self.offered_answered += u64::from(inbound && over && answered);
        let seizure = (inbound || outbound) && over;
        self.seizures += u64::from(seizure);
        self.seizures_answered += u64::from(seizure && answered);
        self.seizures_failed += u64::from(seizure && outcome == Outcome::Failed);
        let transfers = u64::from(block.get(Field::Transfers, place));
        self.handed_on += u64::from(transfers > 0);
        self.transfers += transfers;
        if let Some(wait) = block.seconds(Field::Wait, place).map(u64::from) {
            if inbound && over {
                let soon = u64::from(wait <= u64::from(sorter.within));
                if answered {
                    self.served += 1;
                    self.served_soon += soon;
                } else if LOST.contains(&outcome) {
                    self.lost += 1;
                    self.lost_soon += soon;
                }
            }
            if inbound && answered {
                self.wait += wait;
                self.waited += 1;
                self.wait_most = self.wait_most.max(wait);
            } else if missed {
                self.lost_wait += wait;
                self.lost_waited += 1;
            }
        }
        if let Some(talk) = block.seconds(Field::Talk, place).map(u64::from) {
            self.talk += talk;
            self.talked += u64::from(talk > 0);
            self.talk_most = self.talk_most.max(talk);
            if answered {
                self.answered_talk += talk;
                self.answered_talked += 1;
            }
        }
        if let Some(billed) = block.seconds(Field::Billed, place).map(u64::from) {
            self.billed += billed;
            self.billed_known += 1;
        }
        if let Some(total) = block.seconds(Field::Total, place).map(u64::from) {
            self.total += total;
            self.total_known += 1;
        }
    }
}

/// A count as a number with decimals.
#[expect(clippy::cast_precision_loss, reason = "counts and seconds are far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}
