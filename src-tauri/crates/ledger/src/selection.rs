//! Which calls are meant.

use calls::CallId;

use crate::Exactly;

/// A selection of calls. Every field narrows; the default means all calls. Of several words in one field any will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallSelection {
    /// Wall-clock seconds at the source, inclusive.
    pub from_local: Option<i64>,
    /// Exclusive.
    pub to_local: Option<i64>,
    /// Parts of the day, in minutes after midnight: first inclusive, second exclusive.
    pub minutes_of_day: Vec<(u32, u32)>,
    /// 0 is Monday.
    pub weekdays: Vec<u8>,
    pub outcomes: Vec<String>,
    pub directions: Vec<String>,
    /// Extensions that rang or talked.
    pub extensions: Vec<String>,
    /// What one of the extensions did.
    pub role: Option<PartyRole>,
    /// Who answered first.
    pub answered_by: Vec<String>,
    /// Who took part: the outside number as printed or in its normal spelling, an extension, a name.
    pub parties: Vec<PartyMatch>,
    pub trunks: Vec<String>,
    pub dids: Vec<String>,
    pub queues: Vec<String>,
    pub account_codes: Vec<String>,
    /// What came of it, as a person says; where none says anything, as the exchange does.
    pub outcome_codes: Vec<String>,
    /// Classes of the outside number.
    pub classes: Vec<String>,
    /// Countries of the outside number, ISO 3166 alpha-2.
    pub countries: Vec<String>,
    /// Seconds; calls of which they are not known are left out as soon as there is a bound.
    pub ring: Between,
    pub wait: Between,
    pub talk: Between,
    pub billed: Between,
    pub total: Between,
    /// How often a call came to somebody else who answered.
    pub transfers: Between,
    /// A piece of a number, name, extension, queue or code.
    pub text: Option<String>,
    /// Only calls in which a device is still ringing.
    pub live: bool,
    /// Only calls with a recording, or only those without one.
    pub recorded: Option<bool>,
    /// Only these calls; empty for any.
    pub ids: Vec<CallId>,
    /// Only calls of this set, which others have made: none if it is empty.
    pub within: Option<Vec<CallId>>,
    /// What rows of reports have in common.
    pub exactly: Exactly,
}

/// Bounds of a number, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Between {
    pub at_least: Option<u32>,
    pub at_most: Option<u32>,
}

impl Between {
    pub fn at_least(bound: u32) -> Self {
        Self { at_least: Some(bound), at_most: None }
    }

    pub fn at_most(bound: u32) -> Self {
        Self { at_least: None, at_most: Some(bound) }
    }

    pub fn is_bounded(self) -> bool {
        self.at_least.is_some() || self.at_most.is_some()
    }
}

/// Names a party by a piece of what is printed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyMatch {
    pub by: MatchBy,
    pub text: String,
}

/// Where the piece stands. Small and capital letters are the same but for [`Whole`](Self::Whole).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchBy {
    Whole,
    Beginning,
    Piece,
    End,
}

/// What an extension did in a call: what people are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyRole {
    /// Was tried, whether or not the exchange printed that it rang.
    Rung,
    /// Talked in a call that it did not make.
    Answered,
    /// The first person of ours who answered.
    AnsweredFirst,
    /// Handed the call on.
    Transferred,
    /// Was the only one rung, and nobody answered.
    MissedAlone,
    Made,
    Talked,
}

impl CallSelection {
    /// Calls that start in these wall-clock seconds, the second exclusive.
    pub fn of_time(from_local: i64, to_local: i64) -> Self {
        Self { from_local: Some(from_local), to_local: Some(to_local), ..Self::default() }
    }
}
