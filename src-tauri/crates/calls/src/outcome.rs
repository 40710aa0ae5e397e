//! How a call ended: exactly one outcome for each.
//!
//! A machine, a menu or a voicemail that answers is nobody. Somebody who was answered and then passed on to nobody is
//! lost after a transfer, which is neither answered nor missed at the door.

use crate::{DialResult, Direction, Machine, Outcome, SHORT_LOST_SECONDS, story::Story};

impl Story<'_> {
    pub fn outcome(&self) -> Outcome {
        if self.live {
            Outcome::Unknown
        } else if self.lost_to().is_some() {
            Outcome::LostAfterTransfer
        } else if !self.talks.is_empty() {
            Outcome::Answered
        } else if let Some(outcome) = self.machine_outcome() {
            outcome
        } else if let Some(outcome) = self.result_outcome() {
            outcome
        } else if !self.told.answer {
            Outcome::Unknown
        } else if self.direction == Direction::Outbound {
            Outcome::Cancelled
        } else if self.lost_soon() {
            Outcome::ShortLost
        } else {
            Outcome::LostRinging
        }
    }

    /// Nobody answered, but a machine did. The last one decides: a menu leads to voicemail, not the other way.
    fn machine_outcome(&self) -> Option<Outcome> {
        match self.machine? {
            // A record of calls does not say whether the caller spoke after the tone.
            Machine::Voicemail => Some(Outcome::VoicemailLeft),
            // A queue that lets a caller go in the same second has not taken him: it is full, closed or empty.
            Machine::Queue if self.rings.is_empty() && self.total_seconds() == Some(0) => {
                Some(Outcome::Blocked)
            }
            Machine::Queue if self.lost_soon() => Some(Outcome::ShortLost),
            Machine::Queue => Some(Outcome::LostInQueue),
            Machine::Menu | Machine::Conference if self.rings.is_empty() => Some(Outcome::IvrOnly),
            Machine::Menu | Machine::Conference | Machine::Park | Machine::Feature => None,
        }
    }

    /// What the source has a word for, if all devices came to the same.
    fn result_outcome(&self) -> Option<Outcome> {
        match self.result? {
            DialResult::Busy => Some(Outcome::Busy),
            DialResult::Failed => Some(Outcome::Failed),
            DialResult::Blocked => Some(Outcome::Blocked),
            DialResult::Answered | DialResult::NoAnswer | DialResult::Cancelled => None,
        }
    }

    fn lost_soon(&self) -> bool {
        self.wait_seconds().is_some_and(|wait| wait < SHORT_LOST_SECONDS)
    }
}
