//! Which call a recording belongs to, as a person says.

use calls::CallId;
use chrono::Utc;
use ledger::{RecordingChoice, RecordingVerdict};

use super::{RecordingError, ask::by_hand, list};
use crate::{App, AppError, author, views::RecordingRow};

impl App {
    /// Puts a recording to a call, or to none: that holds, whatever its name says, until it is taken back.
    pub fn choose_recording(&self, id: u32, call: Option<&str>) -> Result<RecordingRow, AppError> {
        let call = call
            .map(|name| name.parse::<CallId>().map_err(|_| AppError::NoSuchCall(name.to_owned())))
            .transpose()?;
        let calls = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let entry = list::entry(ledger, id)?;
                let call = match call {
                    Some(call) => {
                        let kept =
                            ledger.call(call)?.ok_or_else(|| AppError::NoSuchCall(call.to_string()))?;
                        // A table's call that came over a line is the line's.
                        Some(kept.same_as.unwrap_or(call))
                    }
                    None => None,
                };
                let before: Vec<CallId> =
                    ledger.recording_matches(entry.id)?.iter().map(|found| found.call).collect();
                let choice = RecordingChoice {
                    call,
                    author: author::name(),
                    chosen_at: Utc::now().timestamp_millis(),
                };
                ledger.choose_recording(entry.folder, &entry.path, &choice)?;
                let (recording, verdict, matches) = by_hand(entry.id, call);
                ledger.set_recording_verdict(recording, verdict, &matches)?;
                Ok::<_, AppError>(before.into_iter().chain(call).collect::<Vec<_>>())
            })
        })?;
        self.calls_changed(calls);
        self.recordings_changed();
        self.recording(id)
    }

    /// Takes the last of what people said of a recording back: what was said before holds again, or what its name says.
    pub fn undo_recording_choice(&self, id: u32) -> Result<RecordingRow, AppError> {
        let calls = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let entry = list::entry(ledger, id)?;
                let before: Vec<CallId> =
                    ledger.recording_matches(entry.id)?.iter().map(|found| found.call).collect();
                let now = Utc::now().timestamp_millis();
                if !ledger.undo_recording_choice(entry.folder, &entry.path, now)? {
                    return Err(RecordingError::NotChosen.into());
                }
                ledger.set_recording_verdict(entry.id, RecordingVerdict::NotAsked, &[])?;
                Ok(before)
            })
        })?;
        let _one_at_a_time = self.scanning();
        // Only this one is to be asked, unless calls have come as well.
        let _ = self.ask_recordings(None, &mut || std::ops::ControlFlow::Continue(()))?;
        let row = self.recording(id)?;
        let after = row.calls.iter().filter_map(|found| found.call.parse().ok());
        self.calls_changed(calls.into_iter().chain(after));
        self.recordings_changed();
        Ok(row)
    }
}
