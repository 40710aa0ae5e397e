//! Deleting recordings: what a person saw and chose, or what a rule says. A recording on hold stays. What is going to go
//! stands in the log before it goes, and what came of it afterwards.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use calls::CallId;
use chrono::Utc;
use ledger::{Ledger, ListeningKind, RecordingDeletion, RecordingEntry, RecordingState, RecordingVerdict};

use super::{AT_ONCE, RecordingError, filters, hold, list, listening::Heard, narrow, words};
use crate::{
    App, AppError, author,
    intake::time,
    rfc3339, told,
    views::{ConfirmedRecording, DeletedRecordings, DeletionView, ErrorView, KeptRecording},
};

/// How far the times of one state of a file may be apart: the least that systems of files keep.
const SAME_TIME: Duration = Duration::from_millis(2);

/// A recording on its way out.
struct Going {
    entry: RecordingEntry,
    place: PathBuf,
    shown: String,
    calls: Vec<CallId>,
}

impl App {
    /// Deletes recordings for good. Each is named as it was shown to whoever said so; where that is another file by now, or
    /// one on hold, it stays and is told.
    pub fn delete_recordings(&self, chosen: &[ConfirmedRecording]) -> Result<DeletedRecordings, AppError> {
        let mut deleted = DeletedRecordings::default();
        for recording in chosen {
            self.delete(recording, None, &mut deleted)?;
        }
        self.recordings_changed();
        Ok(deleted)
    }

    /// Deletes one and counts it. Only what concerns the ledger itself is an error.
    pub(super) fn delete(
        &self,
        chosen: &ConfirmedRecording,
        rule: Option<&str>,
        deleted: &mut DeletedRecordings,
    ) -> Result<(), AppError> {
        match self.delete_one(chosen, rule) {
            Ok(bytes) => {
                deleted.files += 1;
                deleted.bytes += bytes;
            }
            Err(error @ AppError::Ledger(_)) => return Err(error),
            Err(error) => {
                let why = ErrorView::from(&error);
                deleted.kept.push(KeptRecording { file: chosen.file.clone(), why });
            }
        }
        Ok(())
    }

    /// The bytes that the file had.
    fn delete_one(&self, chosen: &ConfirmedRecording, rule: Option<&str>) -> Result<u64, AppError> {
        let confirmed = chosen.file.clone();
        let (id, rule) = (chosen.id, rule.map(str::to_owned));
        let (shown, place) = self.place_of(id)?;
        let (going, entry) = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let going = going(ledger, id, &confirmed, shown, place)?;
                let entry = RecordingDeletion {
                    id: 0,
                    folder: going.entry.folder,
                    path: going.entry.path.clone(),
                    file: going.shown.clone(),
                    bytes: going.entry.seen.size,
                    author: author::name(),
                    at: Utc::now().timestamp_millis(),
                    rule,
                    result: "begun".to_owned(),
                };
                ledger.log_deletion(&entry, &going.calls)?;
                Ok::<_, AppError>((going, entry))
            })
        })?;
        let removed = remove(&going);
        let result = match &removed {
            Ok(()) => "done".to_owned(),
            Err(error) => filters::result_of(error),
        };
        self.log(Heard {
            call: going.calls.first().copied(),
            result: result.clone(),
            bytes: Some(entry.bytes),
            ..Heard::new(ListeningKind::Deleted, going.shown)
        })?;
        let (is_gone, calls) = (removed.is_ok(), going.calls.clone());
        let bytes = entry.bytes;
        self.write(move |ledger| {
            Ok(ledger.transaction(|ledger| {
                let at = Utc::now().timestamp_millis();
                ledger.log_deletion(&RecordingDeletion { at, result, ..entry }, &calls)?;
                if is_gone { ledger.recording_is_gone(id.into()) } else { Ok(()) }
            })?)
        })?;
        self.calls_changed(going.calls);
        removed.map(|()| bytes)
    }

    /// The log of deletions, newest first; `before` is the number of the last entry of the page before.
    pub fn deletion_log(&self, before: Option<u32>, limit: u32) -> Result<Vec<DeletionView>, AppError> {
        let limit = limit.clamp(1, AT_ONCE);
        self.read(|ledger| {
            let entries = ledger.deletions(before.map(i64::from), limit)?;
            entries.into_iter().map(|entry| view(ledger, entry)).collect()
        })
    }

    /// What is known of recordings of a call that were deleted.
    pub fn deleted_recordings_of_call(&self, call: &str) -> Result<Vec<DeletionView>, AppError> {
        let id: CallId = call.parse().map_err(|_| AppError::NoSuchCall(call.to_owned()))?;
        self.read(|ledger| {
            let id = told::one(ledger, id)?.call.id;
            let mut entries = ledger.deletions_of_call(id)?;
            // Of a program that was killed, nobody knows whether the file went until it is looked for.
            entries.retain(|entry| {
                entry.result == "done"
                    || !ledger.recording_at(entry.folder, &entry.path).is_ok_and(|found| {
                        found.is_some_and(|found| found.seen.state != RecordingState::Gone)
                    })
            });
            entries.into_iter().map(|entry| view(ledger, entry)).collect()
        })
    }
}

/// A recording that may go.
fn going(
    ledger: &Ledger,
    id: u32,
    confirmed: &str,
    shown: String,
    place: PathBuf,
) -> Result<Going, AppError> {
    let entry = list::entry(ledger, id)?;
    if words::shown(&entry.path) != confirmed {
        return Err(RecordingError::NotConfirmed(confirmed.to_owned()).into());
    }
    if let Some(held) = ledger.recording_hold(entry.folder, &entry.path)? {
        return Err(hold::refusal(&held).into());
    }
    let calls = match entry.verdict {
        RecordingVerdict::Matched => {
            ledger.recording_matches(entry.id)?.into_iter().map(|found| found.call).collect()
        }
        _ => Vec::new(),
    };
    Ok(Going { entry, place, shown, calls })
}

fn remove(going: &Going) -> Result<(), AppError> {
    is_as_seen(&going.entry, &going.place)?;
    let told = |error| AppError::File(going.place.clone(), error);
    fs::remove_file(&going.place).map_err(told)?;
    sync_folder(&going.place);
    Ok(())
}

/// Whether a file is the very one that was looked at: nobody chose another one that has its name now.
pub(super) fn is_as_seen(entry: &RecordingEntry, place: &Path) -> Result<(), AppError> {
    let told = |error| AppError::File(place.to_owned(), error);
    let about = fs::symlink_metadata(place).map_err(told)?;
    let shown = || words::shown(place.as_os_str().as_encoded_bytes());
    if about.is_symlink() {
        return Err(RecordingError::Link(shown()).into());
    }
    let seen = u64::try_from(entry.seen.modified).unwrap_or_default();
    let seen = SystemTime::UNIX_EPOCH + Duration::from_millis(seen);
    let modified = about.modified().map_err(told)?;
    let apart = modified.duration_since(seen).or_else(|_| seen.duration_since(modified)).unwrap_or_default();
    if about.len() != entry.seen.size || apart > SAME_TIME {
        return Err(RecordingError::Changed(shown()).into());
    }
    Ok(())
}

/// That a file is gone outlasts a power cut. Not every system of files can do that, and none is worse off without.
fn sync_folder(file: &Path) {
    if let Some(folder) = file.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// `Deleted on 2026-11-20 by anna.`, where a file that is not there was deleted here.
pub(super) fn of(ledger: &Ledger, entry: &RecordingEntry) -> Result<Option<String>, AppError> {
    if entry.seen.state != RecordingState::Gone {
        return Ok(None);
    }
    let deletion = ledger.deletion_of(entry.folder, &entry.path)?;
    let went = deletion.filter(|deletion| ["begun", "done"].contains(&deletion.result.as_str()));
    Ok(went.map(|deletion| sentence(&deletion)))
}

fn sentence(deletion: &RecordingDeletion) -> String {
    let who = if deletion.author.is_empty() { "somebody" } else { &deletion.author };
    let day = time(deletion.at).date_naive();
    let way = match (deletion.result.as_str(), &deletion.rule) {
        ("done", None) => format!("Deleted on {day} by {who}"),
        ("done", Some(rule)) => format!("Deleted on {day} by {who}, because of the rule “{rule}”"),
        ("begun", _) => format!("On {day} {who} began to delete it"),
        _ => format!("On {day} {who} tried to delete it"),
    };
    format!("{way}.")
}

fn view(ledger: &Ledger, entry: RecordingDeletion) -> Result<DeletionView, AppError> {
    let calls = ledger.calls_of_deletion(entry.id)?;
    Ok(DeletionView {
        id: narrow(entry.id),
        at: rfc3339(time(entry.at)),
        who: entry.author.clone(),
        sentence: sentence(&entry),
        file: entry.file,
        bytes: entry.bytes,
        rule: entry.rule,
        result: entry.result,
        calls: calls.iter().map(ToString::to_string).collect(),
    })
}
