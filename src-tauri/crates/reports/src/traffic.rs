//! The border to whoever has calls.

use std::collections::BTreeMap;

use calls::{CallId, TransferKind};
use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::{Narrowing, PartySums, Period, Result, SumKey, Summed};

/// Calls under one filter, whatever their time.
pub trait Traffic {
    /// Hands out the calls of a period that pass all of these, in the order of the clock on the exchange's wall; on
    /// whichever thread.
    fn each_block(
        &self,
        period: &Period,
        narrowed: &[Narrowing],
        fields: &[Field],
        visit: &mut (dyn FnMut(&Block<'_>) + Send),
    ) -> Result<()>;

    /// Hands out sums of the same calls where they are kept by this, and tells of which days there are none: those are to
    /// be counted call by call.
    fn each_sum(
        &self,
        period: &Period,
        _narrowed: &[Narrowing],
        _by: SumKey,
        _visit: &mut dyn FnMut(&Summed),
    ) -> Result<Vec<Period>> {
        Ok(vec![period.clone()])
    }

    /// The same of extensions, by the values that stand for them.
    fn each_party_sum(
        &self,
        period: &Period,
        _visit: &mut dyn FnMut(u32, &PartySums),
    ) -> Result<Vec<Period>> {
        Ok(vec![period.clone()])
    }

    /// What a value of a field reads; empty for none.
    fn text(&self, field: Field, value: u32) -> Result<String>;

    /// For each value of [`Field::Outside`] the group that it belongs to, 0 for none.
    fn number_groups(&self, by: NumberKey) -> Result<Vec<u32>>;

    /// What a group of numbers is called.
    fn number_text(&self, by: NumberKey, group: u32) -> Result<String>;

    /// Whose numbers these are (by their groups of [`NumberKey::Party`]), where anybody says.
    fn number_names(&self, groups: &[u32]) -> Result<BTreeMap<u32, String>>;

    /// Who has each extension on a day, where anybody says.
    fn holders(&self, day: NaiveDate) -> Result<BTreeMap<String, Holder>>;

    /// Missed calls of a period after which somebody was to be rung back, in the order of time.
    fn follow_ups(&self, period: &Period) -> Result<Vec<FollowUp>>;

    /// The name that the exchange printed of a caller.
    fn caller_name(&self, value: u32) -> Result<String>;

    /// Codes for what came of a call, with their names; and those that calls have and nobody named.
    fn outcome_codes(&self) -> Result<Vec<(String, String)>>;

    fn tags(&self) -> Result<Vec<String>>;

    /// How well the sources were read, and when nobody listened to them in a period; whatever the filter.
    fn quality(&self, period: &Period) -> Result<Vec<QualityFact>>;

    /// What a value of [`Field::Handed`] says.
    fn handings(&self, value: u32) -> Result<Vec<Handing>>;

    /// The English name of a country (ISO 3166 alpha-2).
    fn country_name(&self, country: &str) -> Option<&'static str>;

    fn facts(&self) -> &Facts;
}

/// What is known of a call. Durations are kept as one more than they are, 0 for unknown; words by numbers, 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Field {
    /// Seconds since the beginning of the block.
    Start,
    /// The rest of the call's id.
    Hash,
    /// Seconds east of UTC, and a day.
    Offset,
    Direction,
    Outcome,
    /// 1 while the call goes on.
    Live,
    Ring,
    Wait,
    Talk,
    Billed,
    Total,
    /// A word, or [`ANSWERED_OUTSIDE`].
    AnsweredBy,
    /// The outside party's number.
    Outside,
    Trunk,
    Did,
    Queue,
    AccountCode,
    /// How often the call came to somebody else who answered.
    Transfers,
    /// Why the exchange says that it was taken down.
    Cause,
    /// From whom to whom it went on; [`Traffic::handings`] reads it.
    Handed,
    /// How many extensions took part; the fields after this one have so many values for each call.
    Parties,
    PartyExtension,
    PartyDid,
    /// Seconds, as they are.
    PartyTalk,
}

impl Field {
    pub const COUNT: usize = Self::PartyTalk as usize + 1;

    pub fn place(self) -> usize {
        self as usize
    }
}

/// The other side of an outgoing call answered.
pub const ANSWERED_OUTSIDE: u32 = 1;

/// Some calls, by columns.
#[derive(Debug)]
pub struct Block<'a> {
    /// Wall-clock seconds that [`Field::Start`] counts from.
    pub begin: i64,
    pub calls: usize,
    columns: [&'a [u32]; Field::COUNT],
}

/// What an extension did, as bits of [`Field::PartyDid`].
pub mod did {
    pub const RANG: u32 = 1;
    pub const TALKED: u32 = 2;
    /// The first person of ours who answered.
    pub const ANSWERED_FIRST: u32 = 4;
    pub const TRANSFERRED: u32 = 8;
    pub const MISSED_ALONE: u32 = 16;
    pub const MADE: u32 = 32;
}

/// What numbers are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKey {
    /// One party, however its number is printed.
    Party,
    Class,
    /// ISO 3166 alpha-2.
    Country,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holder {
    pub person: String,
    pub department: String,
}

/// A missed call whose caller was to be rung back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    pub call: CallId,
    /// The caller, by the group of [`NumberKey::Party`].
    pub caller: u32,
    /// What stands for the caller's name, 0 for none; see [`Traffic::caller_name`].
    pub name: u32,
    /// Seconds since 1970 of the start.
    pub missed_at: i64,
    /// Seconds since 1970 of the start of the call in which somebody spoke with the caller.
    pub reached_at: Option<i64>,
    /// Somebody decided that nobody is to be rung back.
    pub dismissed: bool,
    /// Tries of ours that reached nobody.
    pub tries: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityFact {
    pub source: String,
    pub what: String,
    pub count: Option<u64>,
    /// Wall-clock seconds at the exchange of a stretch of time.
    pub stretch: Option<(i64, i64)>,
    /// Seconds, if it is about any.
    pub seconds: Option<u64>,
}

/// A call went on from one party to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handing {
    pub kind: TransferKind,
    pub from: String,
    pub to: String,
    /// `to` answered.
    pub answered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Of the first source's exchange.
    pub zone: Tz,
    pub today: NaiveDate,
    /// Wall-clock seconds at the exchange.
    pub now_local: i64,
    /// Days of the oldest and the newest call in the ledger, whatever the filter.
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    pub rejected_lines: u64,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    #[error("There is no report {0}.")]
    NoSuchReport(String),
    #[error("{0} is not something that calls can be grouped by.")]
    NoSuchDimension(String),
    #[error("{0} is not something that this report can count.")]
    NoSuchMetric(String),
    #[error("{0} is not a day.")]
    Day(String),
    #[error("{0} is not a time of the day.")]
    Time(String),
    #[error("The last day, {1}, is before the first, {0}.")]
    DaysReversed(String, String),
    #[error("A report over more than {0} days cannot be shown day by day.")]
    TooLong(u32),
    #[error("The pages of the report could not be made: {0}.")]
    Paper(String),
    #[error(transparent)]
    Traffic(Box<dyn std::error::Error + Send + Sync>),
}

impl ReportError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchReport(_) => "report-unknown",
            Self::NoSuchDimension(_) => "dimension-unknown",
            Self::NoSuchMetric(_) => "metric-unknown",
            Self::Day(_) => "day-unknown",
            Self::Time(_) => "time-unknown",
            Self::DaysReversed(..) => "days-reversed",
            Self::TooLong(_) => "period-too-long",
            Self::Paper(_) => "pages-not-made",
            Self::Traffic(_) => "calls-unreadable",
        }
    }
}

impl<'a> Block<'a> {
    pub fn new(begin: i64, calls: usize) -> Self {
        Self { begin, calls, columns: [&[]; Field::COUNT] }
    }

    /// Gives the values of a field: one for each call, or for each party.
    #[must_use]
    pub fn with(mut self, field: Field, values: &'a [u32]) -> Self {
        self.columns[field.place()] = values;
        self
    }

    /// Empty if it was not asked for.
    pub fn values(&self, field: Field) -> &'a [u32] {
        self.columns[field.place()]
    }

    /// 0 if it was not asked for.
    pub fn get(&self, field: Field, place: usize) -> u32 {
        self.columns[field.place()].get(place).copied().unwrap_or(0)
    }

    /// Wall-clock seconds.
    pub fn start(&self, place: usize) -> i64 {
        self.begin + i64::from(self.get(Field::Start, place))
    }

    /// Seconds since 1970; [`Field::Offset`] is to be asked for.
    pub fn start_utc(&self, place: usize) -> i64 {
        self.start(place) - (i64::from(self.get(Field::Offset, place)) - 24 * 60 * 60)
    }

    pub fn id(&self, place: usize) -> CallId {
        CallId::new(self.start(place), self.get(Field::Hash, place).into())
    }

    /// A duration, if it is known.
    pub fn seconds(&self, field: Field, place: usize) -> Option<u32> {
        self.get(field, place).checked_sub(1)
    }
}
