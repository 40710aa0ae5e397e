//! Callers who got nobody and have not been reached since.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PartyView;

/// Which callers to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RingBackState {
    /// To be called back.
    Open,
    /// Reached since, in either direction: closed by itself.
    Reached,
    /// A person said that no call is needed.
    Dismissed,
    /// Not called back within the window after the last missed call; nobody is expected to any more.
    Lapsed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RingBackView {
    pub rows: Vec<RingBackRow>,
    /// Callers in each state within the window.
    pub open: u32,
    pub reached: u32,
    pub dismissed: u32,
    pub lapsed: u32,
    /// Missed calls within the window that show no number to call: their ids.
    pub hidden: Vec<String>,
    pub settings: RingBackSettings,
}

/// One caller, by normalised number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RingBackRow {
    /// The number in its one spelling: names the row.
    pub number: String,
    pub caller: PartyView,
    pub state: RingBackState,
    /// Missed calls since this caller was last spoken with.
    pub attempts: u32,
    /// RFC 3339.
    pub first_try: String,
    pub last_try: String,
    /// Of all attempts together; `None` where the exchange does not say it of every one.
    pub waited_seconds: Option<u32>,
    /// Our own calls to this number since the first of them that did not get through, as far as is known.
    pub called_back: u32,
    /// Half-hour after midnight in which this caller, by history, is spoken with most;
    /// `None` without enough calls.
    pub best_half_hour: Option<u32>,
    /// Why it is not open any more: `101 spoke with the caller at …`, or what the person who dismissed it said.
    pub because: Option<String>,
    /// The call that closed it.
    pub closed_by: Option<String>,
    pub given_to: Option<String>,
    pub note: Option<String>,
    /// All that people decided about this row, oldest first.
    pub decisions: Vec<RingBackDecisionView>,
    /// The missed calls, newest first.
    pub calls: Vec<String>,
    /// The call at which the caller was last missed: for the side panel.
    pub last_call: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RingBackDecided {
    Given,
    Noted,
    Dismissed,
    Reopened,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RingBackDecisionView {
    pub what: RingBackDecided,
    /// To whom, the note, the reason; `None`: taken away.
    pub text: Option<String>,
    /// The person logged in to this computer.
    pub author: String,
    /// RFC 3339.
    pub decided_at: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RingBackSettings {
    /// Hours in which a caller is expected to be called back, 1 to 720.
    pub window_hours: u32,
    /// A caller who gave up sooner, in seconds, is not on the list; 0: everybody is.
    pub short_ring_seconds: u32,
}
