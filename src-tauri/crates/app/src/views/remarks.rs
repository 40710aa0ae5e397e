//! What people put to a call.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A code of the site's own list for what came of a call: "21 Sold".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutcomeCode {
    pub code: String,
    /// The code itself where the list has no name for it.
    pub name: String,
}

/// What somebody said came of a call, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CodeGiven {
    /// `None`: what was said before was taken away.
    pub code: Option<OutcomeCode>,
    /// It is what counts now.
    pub holds: bool,
    /// The person logged in to the computer; `None` where it came with the lines of the exchange.
    pub author: Option<String>,
    /// RFC 3339.
    pub given_at: Option<String>,
}

/// A code on the site's list, with what it counts as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutcomeCodeEntry {
    pub code: String,
    pub name: String,
    /// The person who was called for was spoken with.
    pub contact: bool,
    /// The aim of the call was reached.
    pub success: bool,
    /// No longer offered; calls that have it keep it.
    pub retired: bool,
    /// Calls that have it. Ignored when the list is saved.
    pub calls: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NoteView {
    pub id: u32,
    pub text: String,
    /// The person logged in to this computer.
    pub author: String,
    /// RFC 3339.
    pub written_at: String,
    pub changed_at: Option<String>,
}

/// A tag that calls have, most used first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TagView {
    pub tag: String,
    pub calls: u32,
}

/// An open call that somebody closed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClosedView {
    pub reason: String,
    pub author: String,
    /// RFC 3339.
    pub closed_at: String,
    /// A sentence where the closing has no effect any more: the exchange has told how the call ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub overtaken: Option<String>,
}
