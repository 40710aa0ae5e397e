//! Which of a report's calls a row or a column counts.

use calls::{Direction, Outcome};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::FollowUp;

/// Narrows calls further; every field that is there must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Narrowing {
    /// First day, `2026-11-20`, by the exchange's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Only these days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<Vec<String>>,
    /// All days but these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_days: Option<Vec<String>>,
    /// Parts of the day in minutes after midnight, the second exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Vec<(u32, u32)>>,
    /// 0 is Monday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekdays: Option<Vec<u8>>,
    /// Seconds that the exchange's clock is east of UTC at least: tells the two halves of an hour that comes twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset_at_least: Option<i32>,
    /// Below so many seconds east of UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset_below: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directions: Option<Vec<String>>,
    /// Any of these took part, in the role if one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Who of us answered first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    /// The other side of an outgoing call answered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>")]
    pub answered_outside: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trunk: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_code: Option<String>,
    /// The outside number in its one spelling; as printed if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// ISO 3166 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Why the exchange says that it was taken down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// It was handed on like this at least once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed: Option<HandedOn>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// What these calls do not have, or what nobody knows of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Vec<Lacking>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub durations: Option<Vec<DurationBound>>,
    /// How often the call came to somebody else who answered, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfers_at_least: Option<u32>,
    /// Only calls that are over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>")]
    pub over: bool,
    /// Missed calls after which somebody was to be rung back, of the days of this narrowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowedUp>,
    /// Exactly these calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<String>>,
}

/// From whom to whom a call went on; every field that is there must hold of the same handing-on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ReportHandedOn", optional_fields)]
pub struct HandedOn {
    /// What is said here holds of the one that the narrowing before this one means.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>")]
    pub same: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Any of `blind`, `attended`, `forward`, `conference`, `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<String>>,
    /// Whether `to` answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
}

/// What became of a missed call after which somebody was to be rung back; every field that is there must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ReportFollowedUp", optional_fields)]
pub struct FollowedUp {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<FollowUpEnd>,
    /// Somebody spoke with the caller after more than so many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_more_than: Option<u32>,
    /// Within so many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportFollowUpEnd")]
pub enum FollowUpEnd {
    /// Somebody spoke with the caller.
    SpokenWith,
    NotYet,
    /// Somebody decided that nobody is to be rung back.
    Dismissed,
}

impl FollowedUp {
    /// Whether this became of a call.
    pub fn is(&self, call: &FollowUp) -> bool {
        let (end, took) = (call.end(), call.took());
        self.how.is_none_or(|how| how == end)
            && self.after_more_than.is_none_or(|least| took.is_some_and(|took| took > least.into()))
            && self.within.is_none_or(|most| took.is_some_and(|took| took <= most.into()))
    }
}

/// Both bounds are inclusive, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportDurationBound")]
pub struct DurationBound {
    pub of: Measured,
    pub at_least: Option<u32>,
    pub at_most: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportDuration")]
pub enum Measured {
    Ring,
    Wait,
    Talk,
    Billed,
    Total,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportLacking")]
pub enum Lacking {
    Number,
    Country,
    Class,
    Trunk,
    Did,
    Queue,
    AccountCode,
    Cause,
    OutcomeCode,
    AnsweredBy,
    /// The duration is not known.
    Ring,
    Wait,
    Talk,
    Billed,
    Total,
}

/// What an extension did in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportRole")]
pub enum Role {
    Rung,
    Answered,
    AnsweredFirst,
    Transferred,
    MissedAlone,
    Made,
    Talked,
}

impl Narrowing {
    pub fn outcomes(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let words = outcomes.into_iter().map(|outcome| outcome.as_str().to_owned()).collect();
        Self { outcomes: Some(words), ..Self::default() }
    }

    pub fn missed() -> Self {
        Self::outcomes(Outcome::all().filter(|outcome| outcome.is_missed()))
    }

    pub fn directions(directions: &[Direction]) -> Self {
        let words = directions.iter().map(|direction| direction.as_str().to_owned()).collect();
        Self { directions: Some(words), ..Self::default() }
    }

    #[must_use]
    pub fn and_directions(self, directions: &[Direction]) -> Self {
        Self { directions: Self::directions(directions).directions, ..self }
    }

    pub fn lacking(what: Lacking) -> Self {
        Self { without: Some(vec![what]), ..Self::default() }
    }

    pub fn measured(of: Measured, at_least: Option<u32>, at_most: Option<u32>) -> Self {
        Self { durations: Some(vec![DurationBound { of, at_least, at_most }]), ..Self::default() }
    }

    #[must_use]
    pub fn and_measured(mut self, of: Measured, at_least: Option<u32>, at_most: Option<u32>) -> Self {
        self.durations.get_or_insert_default().push(DurationBound { of, at_least, at_most });
        self
    }

    #[must_use]
    pub fn and_over(self) -> Self {
        Self { over: true, ..self }
    }
}
