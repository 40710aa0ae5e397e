//! What a source tells about itself.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::settings::SerialSettings;

/// Takes reports. Called from the collecting task: must not block.
pub type Reports = Arc<dyn Fn(Report) + Send + Sync>;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The state is another one now.
    State(LineState),
    /// A try to open failed.
    OpenFailed,
    /// Reading failed, or the other side is gone.
    ReadFailed,
}

/// What a line is doing. `Quiet` and `CollectedElsewhere` are only known to the owner and never reported from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineStateCode {
    /// Stopped.
    Off,
    Opening,
    /// Open, nothing has come yet.
    Waiting,
    /// Open and bytes come.
    Listening,
    /// Open, but silent for longer than usual.
    Quiet,
    /// The port or the other side is gone.
    Gone,
    /// Another program has the port.
    Busy,
    /// No permission.
    Denied,
    /// No such port, address or file was ever there.
    NotFound,
    /// Bytes come, but they are not text.
    Garbled,
    /// No room to keep bytes; reading is paused.
    DiskFull,
    /// Another program collects into this ledger.
    CollectedElsewhere,
    /// Any other failure, told in `detail`.
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineState {
    pub code: LineStateCode,
    /// Since when it is so; a next try that fails for the same reason does not begin anew.
    pub since: DateTime<Utc>,
    /// What happened, in a sentence for the person.
    pub detail: Option<String>,
    /// The next step.
    pub hint: Option<String>,
    /// When it is tried again, if nothing happens before.
    pub retry_at: Option<DateTime<Utc>>,
    /// Settings under which the bytes look like text.
    pub speed_advice: Option<SerialSettings>,
}

impl LineState {
    pub fn new(code: LineStateCode) -> Self {
        Self { code, since: Utc::now(), detail: None, hint: None, retry_at: None, speed_advice: None }
    }
}

/// Passes on what is new.
pub(crate) struct Reporter {
    sink: Reports,
    last: Option<LineState>,
    /// The last trouble: `Opening` between two failures of the same kind does not reset its time.
    trouble: Option<(LineStateCode, DateTime<Utc>)>,
}

impl Reporter {
    pub(crate) fn new(sink: Reports) -> Self {
        Self { sink, last: None, trouble: None }
    }

    pub(crate) fn state(&mut self, code: LineStateCode) {
        self.tell(LineState::new(code));
    }

    pub(crate) fn tell(&mut self, mut state: LineState) {
        let known = match &self.last {
            Some(last) if last.code == state.code => Some((last.code, last.since)),
            _ => self.trouble,
        };
        if let Some((_, since)) = known.filter(|(code, _)| *code == state.code) {
            state.since = since;
        }
        match state.code {
            LineStateCode::Opening => {}
            LineStateCode::Waiting | LineStateCode::Listening | LineStateCode::Off => self.trouble = None,
            code => self.trouble = Some((code, state.since)),
        }
        if self.last.as_ref() != Some(&state) {
            tracing::debug!(code = ?state.code, detail = state.detail.as_deref(), "line state");
            self.last = Some(state.clone());
            (self.sink)(Report::State(state));
        }
    }

    pub(crate) fn count(&self, report: Report) {
        (self.sink)(report);
    }
}
