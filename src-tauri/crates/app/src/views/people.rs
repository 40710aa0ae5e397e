//! What each extension did, from the same calls that the list shows.

use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeopleView {
    pub rows: Vec<ExtensionRow>,
    pub totals: CallTotals,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExtensionRow {
    pub extension: String,
    /// From the directory.
    pub person: Option<String>,
    pub department: Option<String>,
    /// Calls in which it rang.
    pub rung: u32,
    /// Calls in which it talked, but for those that it made.
    pub answered: u32,
    /// Calls that it answered before anybody else.
    pub first_answerer: u32,
    /// Calls that it handed on.
    pub transferred: u32,
    /// Missed calls for which it alone rang.
    pub missed_alone: u32,
    /// Calls that it made.
    pub made: u32,
    pub talk_seconds: u32,
}

/// Sums over the calls under a filter: calls = legs − transfers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct CallTotals {
    pub calls: u32,
    pub legs: u32,
    pub transfers: u32,
    pub answered: u32,
    pub missed: u32,
    pub talk_seconds: u32,
}
