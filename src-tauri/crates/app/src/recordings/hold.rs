//! Recordings on hold: nobody and no rule deletes them until they are released.

use chrono::Utc;
use ledger::RecordingHold;

use super::{RecordingError, list};
use crate::{
    App, AppError, author,
    intake::time,
    rfc3339,
    views::{HoldView, RecordingRow},
};

impl App {
    /// Puts a recording on hold. One that is on hold stays so for the reason that was given first.
    pub fn hold_recording(&self, id: u32, why: &str) -> Result<RecordingRow, AppError> {
        let hold = RecordingHold {
            why: why.trim().to_owned(),
            author: author::name(),
            held_at: Utc::now().timestamp_millis(),
        };
        self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let entry = list::entry(ledger, id)?;
                Ok::<_, AppError>(ledger.hold_recording(entry.folder, &entry.path, &hold)?)
            })
        })?;
        self.recordings_changed();
        self.recording(id)
    }

    pub fn release_recording(&self, id: u32) -> Result<RecordingRow, AppError> {
        self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let entry = list::entry(ledger, id)?;
                let now = Utc::now().timestamp_millis();
                if ledger.release_recording(entry.folder, &entry.path, &author::name(), now)? {
                    Ok(())
                } else {
                    Err(AppError::from(RecordingError::NotHeld))
                }
            })
        })?;
        self.recordings_changed();
        self.recording(id)
    }
}

pub(super) fn view(hold: RecordingHold) -> HoldView {
    HoldView { who: hold.author, at: rfc3339(time(hold.held_at)), why: hold.why }
}

/// Why a recording on hold is left alone.
pub(super) fn refusal(hold: &RecordingHold) -> RecordingError {
    let who = if hold.author.is_empty() { "somebody".to_owned() } else { hold.author.clone() };
    RecordingError::Held(who, hold.why.clone())
}
