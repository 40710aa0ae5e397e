//! What truly happened, in the numbers of this exchange.

use chrono::NaiveDateTime;

use crate::office::Scenario;

/// The true story of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// In every row of the call, and in no other.
    pub linkedid: String,
    /// Which story was played. A call to a colleague is played as [`Scenario::Outgoing`].
    pub scenario: Scenario,
    pub direction: Direction,
    /// By a person or a fax machine; a voicemail is nobody.
    pub answered: bool,
    /// The caller spoke, or was silent, for so long to the voicemail.
    pub voicemail_seconds: Option<u32>,
    /// The outside number, or the calling extension; `None` if withheld.
    pub caller: Option<String>,
    /// The direct-dial number that was called, the outside number without the code for a line, or the extension.
    pub called: String,
    /// The first party that answered: an extension or an outside number.
    pub answered_by: Option<String>,
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    /// From the start to the answer, or to the voicemail or the end where nobody answered.
    pub ring_seconds: u32,
    /// From the answer to the end, whoever was talking; not while the caller is on hold and nobody talks.
    pub talk_seconds: u32,
    /// The caller on hold, while somebody else was called and nobody talked.
    pub hold_seconds: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Inbound,
    Outbound,
    Internal,
    /// From outside to outside, and nobody of ours was rung.
    Transit,
}

impl Direction {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Internal => "internal",
            Self::Transit => "transit",
        }
    }
}
