//! The listening log: who opened, played or copied which recording, and what came of it. Written whatever came of it.

use calls::CallId;
use chrono::Utc;
use ledger::{Listening, ListeningKind};

use super::{AT_ONCE, list, narrow};
use crate::{App, AppError, author, intake::time, rfc3339, views::ListeningView};

/// An entry on its way into the log.
pub(super) struct Heard {
    pub kind: ListeningKind,
    pub file: String,
    pub call: Option<CallId>,
    pub filter: Option<String>,
    pub result: String,
    pub bytes: Option<u64>,
    pub began: std::time::Instant,
}

impl Heard {
    pub fn new(kind: ListeningKind, file: String) -> Self {
        Self {
            kind,
            file,
            call: None,
            filter: None,
            result: "done".to_owned(),
            bytes: None,
            began: std::time::Instant::now(),
        }
    }
}

impl App {
    /// The log, newest first; `before` is the number of the last entry of the page before.
    pub fn listening_log(&self, before: Option<u32>, limit: u32) -> Result<Vec<ListeningView>, AppError> {
        let limit = limit.clamp(1, AT_ONCE);
        let entries = self.read(|ledger| Ok(ledger.listenings(before.map(i64::from), limit)?))?;
        Ok(entries.into_iter().map(view).collect())
    }

    /// Somebody has heard the part between the two (milliseconds of the sound) of a recording of a call.
    pub fn log_played(&self, id: u32, call: Option<&str>, from: u32, to: u32) -> Result<(), AppError> {
        let (file, _) = self.place_of(id)?;
        let call = self.call_heard(id, call)?;
        let heard = Heard { call, ..Heard::new(ListeningKind::Played, file) };
        self.log_part(heard, Some((from.into(), to.into())))
    }

    /// The call that a recording is heard for: the one that is named, else the one that it belongs to.
    pub(super) fn call_heard(&self, id: u32, named: Option<&str>) -> Result<Option<CallId>, AppError> {
        match named.and_then(|call| call.parse().ok()) {
            Some(call) => Ok(Some(call)),
            None => self.read(|ledger| list::call_of(ledger, &list::entry(ledger, id)?)),
        }
    }

    pub(super) fn log(&self, heard: Heard) -> Result<(), AppError> {
        self.log_part(heard, None)
    }

    pub(super) fn log_part(&self, heard: Heard, played: Option<(i64, i64)>) -> Result<(), AppError> {
        let took = played.is_none().then(|| heard.began.elapsed().as_millis());
        let entry = Listening {
            id: 0,
            author: author::name(),
            at: Utc::now().timestamp_millis(),
            kind: heard.kind,
            file: heard.file,
            call: heard.call,
            played,
            filter: heard.filter,
            result: heard.result,
            bytes: heard.bytes.and_then(|bytes| i64::try_from(bytes).ok()),
            took_milliseconds: took.and_then(|took| i64::try_from(took).ok()),
        };
        self.write(move |ledger| Ok(ledger.log_listening(&entry)?))
    }
}

fn view(entry: Listening) -> ListeningView {
    let what = match entry.kind {
        ListeningKind::Opened => "opened",
        ListeningKind::Played => "played",
        ListeningKind::Exported => "exported",
        ListeningKind::Copied => "copied",
        ListeningKind::Tried => "tried",
        ListeningKind::Encrypted => "encrypted",
        ListeningKind::Deleted => "deleted",
    };
    ListeningView {
        id: narrow(entry.id),
        at: rfc3339(time(entry.at)),
        who: entry.author,
        what: what.to_owned(),
        file: entry.file,
        call: entry.call.map(|call| call.to_string()),
        from_milliseconds: entry.played.map(|played| narrow(played.0)),
        to_milliseconds: entry.played.map(|played| narrow(played.1)),
        filter: entry.filter,
        result: entry.result,
        bytes: entry.bytes.and_then(|bytes| u64::try_from(bytes).ok()),
        took_milliseconds: entry.took_milliseconds.map(narrow),
    }
}
