//! The exchange: its channels and counters, and which story is played how.

use chrono::NaiveDateTime;
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{AsteriskCall, people::Party, story::Story};
use crate::office::{Scenario, Truth};

/// All trunks are one provider's.
const PROVIDER: &str = "pstn";
/// From here on the office numbers its extensions when there are more than three hundred.
const MANY: u16 = 300;

#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) rng: StdRng,
    extensions: u16,
    channels: u64,
    rows: u64,
}

/// One end of a connection.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub(super) name: String,
    pub(super) uniqueid: String,
}

impl Exchange {
    pub(super) fn new(seed: u64, extensions: u16) -> Self {
        Self { rng: StdRng::seed_from_u64(seed), extensions, channels: 0, rows: 0 }
    }

    /// One call of the office as this exchange writes it.
    pub(super) fn play(&mut self, told: &Truth) -> AsteriskCall {
        match told.scenario {
            // Colleagues call each other as well; the office's own exchange does not print that.
            Scenario::Outgoing if self.rng.random_ratio(1, 6) => Story::internal(self, told),
            Scenario::Outgoing | Scenario::FaxOut | Scenario::Consultation => Story::outgoing(self, told),
            Scenario::OutgoingTransfer => Story::outgoing_transfer(self, told),
            Scenario::HuntGroup
            | Scenario::Direct
            | Scenario::RingThenForward
            | Scenario::FaxIn
            | Scenario::Disa => Story::incoming(self, told),
            Scenario::BlindTransfer => Story::blind_transfer(self, told),
            Scenario::AttendedTransfer | Scenario::TransferAfterConsultation => {
                Story::attended_transfer(self, told)
            }
            Scenario::Conference => Story::conference(self, told),
            Scenario::Diversion => Story::diversion(self, told),
            Scenario::DiversionAfterAnswer => Story::sent_outside(self, told),
        }
    }

    /// A channel of a phone of ours.
    pub(super) fn phone(&mut self, extension: &str, at: NaiveDateTime) -> Channel {
        self.channel(&format!("PJSIP/{extension}"), at)
    }

    /// A channel of a trunk.
    pub(super) fn trunk(&mut self, at: NaiveDateTime) -> Channel {
        self.channel(&format!("PJSIP/{PROVIDER}"), at)
    }

    fn channel(&mut self, device: &str, at: NaiveDateTime) -> Channel {
        let name = format!("{device}-{:08x}", self.channels);
        Channel { name, uniqueid: self.uniqueid(at) }
    }

    /// The two halves of a channel from the exchange to itself.
    pub(super) fn local(&mut self, extension: &str, at: NaiveDateTime) -> [Channel; 2] {
        let name = format!("Local/{extension}@internal-{:08x}", self.channels);
        [1, 2].map(|half| Channel { name: format!("{name};{half}"), uniqueid: self.uniqueid(at) })
    }

    /// When a channel was born, and its number.
    fn uniqueid(&mut self, at: NaiveDateTime) -> String {
        let number = self.channels;
        self.channels += 1;
        format!("pbx-{}.{number}", at.and_utc().timestamp())
    }

    /// The number of the next row.
    pub(super) fn sequence(&mut self) -> u64 {
        self.rows += 1;
        self.rows - 1
    }

    /// Any colleague but this one. The last extension is the fax machine.
    pub(super) fn colleague(&mut self, but: &str) -> String {
        let first = if self.extensions > MANY { 1000 } else { 100 };
        let people = self.extensions - 1;
        let person = self.rng.random_range(0..people);
        let extension = (first + person).to_string();
        if extension == but { (first + (person + 1) % people).to_string() } else { extension }
    }

    /// Somebody outside, or the fax machine that the office has told of.
    pub(super) fn party_outside(&mut self, told: &Truth, number: &str) -> Party {
        match told.scenario {
            Scenario::FaxIn | Scenario::FaxOut => Party::nameless(number),
            _ => Party::outside(&mut self.rng),
        }
    }
}

/// What is dialled on this exchange to reach a number outside.
pub(super) fn with_line_code(number: &str) -> String {
    format!("9{number}")
}

/// The argument that reaches a number outside.
pub(super) fn over_trunk(number: &str) -> String {
    format!("PJSIP/{number}@{PROVIDER}")
}
