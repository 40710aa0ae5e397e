use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CallFilter, CallRow};

/// The first screen: how is today going?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TodayView {
    /// The day shown, `2026-11-20`, in the exchange's time.
    pub day: String,
    /// The day compared with.
    pub previous_day: String,
    /// Exactly six, in the order of the screen.
    pub numbers: Vec<Metric>,
    /// 48 half-hours from midnight.
    pub half_hours: Vec<HalfHour>,
    /// The last calls, newest first, at most 12; ringing ones included.
    pub latest: Vec<CallRow>,
    /// Who answered, most answered first.
    pub people: Vec<PersonRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MetricKind {
    /// Count of calls.
    Calls,
    /// Of the inbound calls that are over, the share answered by a person; whole per cent.
    AnsweredPercent,
    /// Count of inbound calls that nobody answered.
    Missed,
    /// Callers who got nobody or left a message, have not been spoken with since, either way, and whom nobody dismissed
    /// from the ring-back list; a count of their calls.
    NotCalledBack,
    /// Mean wait of the answered inbound calls, seconds.
    AverageWait,
    /// Talk of all calls together, seconds.
    TalkTime,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Metric {
    pub kind: MetricKind,
    /// `None` when nothing counts (no answered call, so no average).
    pub value: Option<u32>,
    /// The same of the previous day.
    pub previous: Option<u32>,
    /// Of how many calls the value speaks.
    pub of_calls: u32,
    /// Opens the calls behind the number; `None` where a filter cannot say it, then `call_ids` does.
    pub filter: CallFilter,
    /// The calls behind the number where the filter alone cannot say it (`not-called-back`).
    pub call_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HalfHour {
    /// Minutes after midnight.
    pub minute: u32,
    pub calls: u32,
    pub missed: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonRow {
    pub extension: String,
    pub answered: u32,
    pub rung: u32,
    pub talk_seconds: u32,
}
