use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which calls are meant. Every field narrows; an empty filter means all calls.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CallFilter {
    /// First day, `2026-11-20`, in the sources' own time.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// Any of these outcomes (`answered`, `lost-ringing` …).
    pub outcomes: Vec<String>,
    /// Any of these directions (`inbound` …).
    pub directions: Vec<String>,
    /// Calls in which this extension rang or talked.
    pub extension: Option<String>,
    pub trunk: Option<String>,
    /// A piece of a number, name, extension, account code.
    pub text: Option<String>,
    /// Only calls with at least this much talk, in seconds.
    pub min_talk_seconds: Option<u32>,
    /// Only calls that are going on now.
    pub live: bool,
    /// Only these calls; empty means any.
    pub ids: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SortColumn {
    Start,
    Caller,
    Called,
    Extension,
    Outcome,
    Wait,
    Talk,
    Trunk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallSort {
    pub column: SortColumn,
    pub descending: bool,
}

/// Asks for the rows `offset .. offset + limit` of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallQuery {
    pub filter: CallFilter,
    pub sort: CallSort,
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CallPage {
    pub rows: Vec<CallRow>,
    /// Calls under the filter, all pages together.
    pub total: u32,
    pub offset: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CallState {
    /// A device is ringing now.
    Ringing,
    Over,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PartyView {
    pub number: Option<String>,
    pub name: Option<String>,
    pub extension: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CallRow {
    pub id: String,
    pub state: CallState,
    /// RFC 3339 with the exchange's offset; show the wall-clock part.
    pub start: String,
    pub end: Option<String>,
    pub direction: String,
    pub outcome: String,
    pub missed: bool,
    pub because: String,
    pub caller: PartyView,
    pub called: PartyView,
    pub answered_by: Option<String>,
    pub did: Option<String>,
    pub trunk: Option<String>,
    pub account_code: Option<String>,
    pub wait_seconds: Option<u32>,
    pub talk_seconds: Option<u32>,
    pub total_seconds: Option<u32>,
    pub transfers: u32,
    pub flags: Vec<String>,
}

/// One call, whole: for the side panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CallDetail {
    pub call: CallRow,
    pub ring_seconds: Option<u32>,
    pub billed_seconds: Option<u32>,
    pub talked: Vec<String>,
    pub rung: Vec<String>,
    pub pulses: Option<u32>,
    pub charge: Option<String>,
    pub legs: Vec<LegView>,
    pub transfers: Vec<TransferView>,
    pub evidence: Vec<EvidenceLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LegView {
    pub party: String,
    /// `extension` or `outside`.
    pub kind: String,
    pub ring_seconds: Option<u32>,
    pub talk_seconds: Option<u32>,
    pub outcome: String,
    pub segments: Vec<SegmentView>,
}

/// A stretch of a leg, placed for drawing: seconds after the start of the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SegmentView {
    /// `ring`, `attempt`, `wait`, `talk`, `hold`, `park`, `conference` …
    pub kind: String,
    pub from_seconds: u32,
    /// `None` while it goes on.
    pub to_seconds: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TransferView {
    pub kind: String,
    pub from: String,
    pub to: String,
    pub at: String,
    pub answered: bool,
}

/// A raw line behind a call, with the places of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EvidenceLine {
    pub source: String,
    /// Number of the line within its source, from 1.
    pub line: u32,
    /// When it arrived, RFC 3339.
    pub received_at: String,
    /// The line as text; bytes above 127 as Latin-1, control bytes left out.
    pub text: String,
    pub fields: Vec<FieldSpan>,
}

/// Characters `from .. to` of an evidence line are this field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldSpan {
    pub name: String,
    pub from: u32,
    pub to: u32,
}
