use reports::Narrowing;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ClosedView, CodeGiven, NoteView, OutcomeCode};

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
    /// What that extension did.
    pub role: Option<PartyRole>,
    pub trunk: Option<String>,
    /// A piece of a number, name, extension, account code, note or tag.
    pub text: Option<String>,
    /// Who called or was called: any number, name or extension of the call.
    pub party: Option<PartyFilter>,
    /// The number of ours that was called.
    pub did: Option<String>,
    pub account_code: Option<String>,
    pub queue: Option<String>,
    /// Any of these classes of the outside number (`mobile`, `international` …).
    pub classes: Vec<String>,
    /// Any of these countries of the outside number, ISO codes.
    pub countries: Vec<String>,
    /// All of these must hold.
    pub durations: Vec<DurationFilter>,
    /// Any of these outcome codes: as people set them or, where none did, as the exchange says.
    pub outcome_codes: Vec<String>,
    /// All of these tags.
    pub tags: Vec<String>,
    /// Only calls with a note.
    pub noted: bool,
    /// Only calls with a recording, or only those without one.
    pub recorded: Option<bool>,
    /// Only calls that are going on now.
    pub live: bool,
    /// Only these calls; empty means any.
    pub ids: Vec<String>,
    /// What a cell of a report counts: calls must be in all of these, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub also: Option<Vec<Narrowing>>,
}

/// What an extension did in a call: what people are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PartyRole {
    /// Was tried.
    Rung,
    /// Talked in a call that it did not make.
    Answered,
    /// Answered before anybody else of ours.
    AnsweredFirst,
    /// Handed the call on.
    Transferred,
    /// Was the only one rung, and nobody answered.
    MissedAlone,
    Made,
    Talked,
}

/// Numbers are compared as printed and in their one spelling, without regard to case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartyFilter {
    pub how: PartyMatch,
    /// For a list: any number of them, apart by commas, semicolons or line ends.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PartyMatch {
    Exactly,
    Begins,
    Contains,
    Ends,
    /// Exactly one of several.
    List,
}

/// A call whose time is not known passes no such filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DurationFilter {
    pub of: DurationOf,
    pub comparison: Comparison,
    pub seconds: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DurationOf {
    Ring,
    Wait,
    Talk,
    Total,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    AtLeast,
    AtMost,
    Exactly,
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
    Ring,
    Total,
    Did,
    Queue,
    AccountCode,
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
    /// Of all calls under the filter: calls = legs − transfers.
    pub legs: u32,
    pub handed_on: u32,
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
    /// `true`: the name is not the exchange's but of the contacts or the directory.
    pub looked_up: bool,
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
    /// Who had that extension on the day of the call, where the directory says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answered_by_name: Option<String>,
    pub did: Option<String>,
    pub trunk: Option<String>,
    pub account_code: Option<String>,
    pub queue: Option<String>,
    /// Class of the outside number (`mobile`), and its country as an ISO code.
    pub class: Option<String>,
    pub country: Option<String>,
    pub ring_seconds: Option<u32>,
    pub wait_seconds: Option<u32>,
    pub talk_seconds: Option<u32>,
    pub billed_seconds: Option<u32>,
    pub total_seconds: Option<u32>,
    pub transfers: u32,
    pub flags: Vec<String>,
    pub tags: Vec<String>,
    /// What a person or the exchange said came of it.
    pub outcome_code: Option<OutcomeCode>,
    /// How many notes it has.
    pub notes: u32,
    /// Has a recording to listen to.
    pub recorded: bool,
}

/// One call, whole: for the side panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CallDetail {
    pub call: CallRow,
    pub notes: Vec<NoteView>,
    /// Everything that was said of what came of it, newest first.
    pub codes_given: Vec<CodeGiven>,
    /// Closed by hand: by whom, when and why.
    pub closed: Option<ClosedView>,
    /// It is open and could be closed by hand.
    pub closable: bool,
    pub talked: Vec<String>,
    pub rung: Vec<String>,
    /// Why the exchange says that it was taken down, with its plain words: `17 Busy`.
    pub cause: Option<String>,
    pub pulses: Option<u32>,
    pub charge: Option<String>,
    pub legs: Vec<LegView>,
    pub transfers: Vec<TransferView>,
    pub evidence: Vec<EvidenceLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LegView {
    pub party: String,
    /// Whose it is, where the contacts or the directory say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
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
