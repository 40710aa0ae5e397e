//! How long recordings are kept. Without a rule everything is; a rule deletes nothing by itself: what it would delete is
//! shown first, and goes when a person says so.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    ops::ControlFlow,
    sync::Arc,
};

use calls::CallId;
use chrono::Utc;
use ledger::{Ledger, RecordingState, RetentionRule as KeptRule};
use recordings::endings;

use super::{AT_ONCE, RecordingError, narrow, words};
use crate::{
    App, AppError, Progress, author,
    intake::time,
    rfc3339,
    views::{
        ConfirmedRecording, DeletedRecordings, RecordingFolderView, RetentionPreview, RetentionRow,
        RetentionRule,
    },
};

const DAY: i64 = 24 * 60 * 60 * 1000;
const MEGABYTE: u64 = 1 << 20;

/// A file that a rule would delete.
#[derive(Debug, Clone)]
struct Expired {
    id: i64,
    folder: String,
    path: Vec<u8>,
    bytes: u64,
    modified: i64,
    rule: String,
}

/// What the rules would delete, and what they would if something did not keep it.
#[derive(Debug, Default)]
struct Expiry {
    files: Vec<Expired>,
    held: u32,
    only_copies: u32,
}

impl App {
    /// Says how long recordings of a folder are kept; `None`: for ever. Nothing is deleted by this.
    pub fn save_retention_rule(
        &self,
        folder: u32,
        rule: Option<&RetentionRule>,
    ) -> Result<RecordingFolderView, AppError> {
        if let Some(rule) = rule {
            if rule.days.is_none() && rule.most_megabytes.is_none() {
                return Err(RecordingError::RetentionSettings(
                    "A rule says how many days or how many megabytes are kept.",
                )
                .into());
            }
            if rule.days == Some(0) || rule.most_megabytes == Some(0) {
                return Err(
                    RecordingError::RetentionSettings("A rule keeps a day or a megabyte at least.").into()
                );
            }
        }
        self.folder_view(folder)?;
        let kept = rule.map(|rule| KeptRule {
            folder: folder.into(),
            days: rule.days,
            most_bytes: rule.most_megabytes.map(|most| u64::from(most) * MEGABYTE),
            only_copies: rule.only_copies,
            author: author::name(),
            changed_at: Utc::now().timestamp_millis(),
        });
        self.write(move |ledger| {
            Ok(ledger.transaction(|ledger| match &kept {
                Some(rule) => ledger.set_retention_rule(rule),
                None => ledger.remove_retention_rule(folder.into()),
            })?)
        })?;
        self.folder_view(folder)
    }

    /// What the rules would delete now.
    pub fn retention_preview(&self) -> Result<RetentionPreview, AppError> {
        self.read(|ledger| {
            let expiry = expiry(ledger, Utc::now().timestamp_millis())?;
            let row = |file: &Expired| {
                let calls = calls_of(ledger, file.id)?;
                Ok(RetentionRow {
                    id: narrow(file.id),
                    folder: file.folder.clone(),
                    file: words::shown(&file.path),
                    bytes: file.bytes,
                    modified: rfc3339(time(file.modified)),
                    call: calls.first().map(ToString::to_string),
                    rule: file.rule.clone(),
                })
            };
            Ok(RetentionPreview {
                token: expiry.token(),
                files: narrow(expiry.files.len()),
                bytes: expiry.files.iter().map(|file| file.bytes).sum(),
                held: expiry.held,
                only_copies: expiry.only_copies,
                rows: expiry.files.iter().take(AT_ONCE as usize).map(row).collect::<Result<_, AppError>>()?,
            })
        })
    }

    /// Deletes what a preview showed, in the background; see [`App::jobs`]. If the rules would delete other files by now, that is
    /// told at once.
    pub fn start_retention(self: &Arc<Self>, token: &str) -> Result<(), AppError> {
        self.expired(token)?;
        self.start_deleting(token.to_owned());
        Ok(())
    }

    pub(crate) fn delete_in_background(
        &self,
        job: u32,
        token: &str,
        progress: &Progress,
    ) -> Result<(), AppError> {
        let deleted = self.apply_retention(token, &mut |files, expected| {
            if files == 0 {
                progress.expects(expected);
            }
            progress.advances(files - progress.rows(), Some(files));
            self.tell_jobs();
            if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        self.jobs.deleted(job, deleted);
        if progress.is_cancelled() { Err(AppError::Cancelled) } else { Ok(()) }
    }

    /// Deletes what a preview showed, and nothing else: if the rules would delete other files by now, none is.
    ///
    /// `tell` hears how many files it was through with, of how many, and may end it between two files. What was deleted before is
    /// told.
    pub fn apply_retention(
        &self,
        token: &str,
        tell: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<DeletedRecordings, AppError> {
        let expired = self.expired(token)?;
        let expected = expired.len() as u64;
        let mut deleted = DeletedRecordings::default();
        let mut flow = tell(0, expected);
        for (files, file) in (1..).zip(&expired) {
            if flow.is_break() {
                break;
            }
            let chosen = ConfirmedRecording { id: narrow(file.id), file: words::shown(&file.path) };
            self.delete(&chosen, Some(&file.rule), &mut deleted)?;
            flow = tell(files, expected);
        }
        self.recordings_changed();
        Ok(deleted)
    }

    /// What the rules would delete now, if it is what a preview showed.
    fn expired(&self, token: &str) -> Result<Vec<Expired>, AppError> {
        let expiry = self.read(|ledger| expiry(ledger, Utc::now().timestamp_millis()))?;
        if expiry.token() != token {
            return Err(RecordingError::RetentionChanged.into());
        }
        Ok(expiry.files)
    }
}

impl Expiry {
    /// Another one for other files, or for one that was written to since.
    fn token(&self) -> String {
        let mut hasher = DefaultHasher::new();
        for file in &self.files {
            (file.id, &file.folder, &file.path, file.bytes, file.modified).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }
}

pub(super) fn view(rule: &KeptRule) -> RetentionRule {
    RetentionRule {
        days: rule.days,
        most_megabytes: rule.most_bytes.map(|most| narrow(most / MEGABYTE)),
        only_copies: rule.only_copies,
    }
}

/// A file as it is known.
#[derive(Debug, Clone)]
struct Known {
    id: i64,
    path: Vec<u8>,
    size: u64,
    modified: i64,
    state: RecordingState,
}

/// What the rules would delete at this moment (milliseconds since 1970, UTC), the oldest of each folder first.
fn expiry(ledger: &Ledger, now: i64) -> Result<Expiry, AppError> {
    let rules = ledger.retention_rules()?;
    let mut expiry = Expiry::default();
    if rules.is_empty() {
        return Ok(expiry);
    }
    let holds = ledger.recording_holds()?;
    let folders = ledger.recording_folders()?;
    let mut copies = if rules.iter().all(|rule| rule.only_copies) {
        Copies::default()
    } else {
        Copies::of(ledger, &folders)?
    };
    for rule in &rules {
        let Some(folder) = folders.iter().find(|folder| folder.id == rule.folder) else { continue };
        let mut files = known(ledger, folder.id)?;
        files.sort_by(|one, other| (one.modified, &one.path).cmp(&(other.modified, &other.path)));
        let mut bytes: u64 = files.iter().map(|file| file.size).sum();
        for file in files {
            // What is still being written is left alone, and so is what nobody knows enough of.
            if matches!(file.state, RecordingState::TooNew | RecordingState::Unreadable) {
                continue;
            }
            let age = now.saturating_sub(file.modified);
            let is_old = rule.days.filter(|days| age > i64::from(*days) * DAY);
            let is_much = rule.most_bytes.filter(|most| bytes > *most);
            let reason = match (is_old, is_much) {
                (Some(days), _) => format!("older than {days} days"),
                (None, Some(most)) => format!("no more than {} MB", most / MEGABYTE),
                (None, None) => continue,
            };
            if holds.contains_key(&(folder.id, file.path.clone())) {
                expiry.held += 1;
                continue;
            }
            if !rule.only_copies && !copies.take(ledger, &file)? {
                expiry.only_copies += 1;
                continue;
            }
            bytes -= file.size;
            expiry.files.push(Expired {
                id: file.id,
                folder: folder.path.clone(),
                path: file.path,
                bytes: file.size,
                modified: file.modified,
                rule: reason,
            });
        }
    }
    Ok(expiry)
}

fn known(ledger: &Ledger, folder: i64) -> Result<Vec<Known>, AppError> {
    let mut files = Vec::new();
    ledger.each_known_recording(folder, |id, path, size, modified, state| {
        files.push(Known { id, path: path.to_vec(), size, modified, state });
    })?;
    Ok(files)
}

fn calls_of(ledger: &Ledger, recording: i64) -> Result<Vec<CallId>, AppError> {
    let is_matched =
        ledger.recording(recording)?.is_some_and(|entry| entry.verdict == ledger::RecordingVerdict::Matched);
    if !is_matched {
        return Ok(Vec::new());
    }
    let mut calls: Vec<CallId> =
        ledger.recording_matches(recording)?.into_iter().map(|found| found.call).collect();
    calls.sort_unstable();
    Ok(calls)
}

/// Files that may be copies of each other: of one name but for the endings, and of the same calls. Whatever is not known to
/// have another copy is the only one.
#[derive(Debug, Default)]
struct Copies {
    of_name: HashMap<Vec<u8>, Vec<i64>>,
    taken: HashSet<i64>,
}

impl Copies {
    fn of(ledger: &Ledger, folders: &[ledger::RecordingFolder]) -> Result<Self, AppError> {
        let mut of_name: HashMap<Vec<u8>, Vec<i64>> = HashMap::new();
        for folder in folders {
            ledger.each_known_recording(folder.id, |id, path, _, _, state| {
                if state == RecordingState::Found {
                    of_name.entry(name(path)).or_default().push(id);
                }
            })?;
        }
        of_name.retain(|_, files| files.len() > 1);
        Ok(Self { of_name, taken: HashSet::new() })
    }

    /// Whether a file may go because another copy stays; it is counted as gone then.
    fn take(&mut self, ledger: &Ledger, file: &Known) -> Result<bool, AppError> {
        let Some(others) = self.of_name.get(&name(&file.path)) else { return Ok(false) };
        let calls = calls_of(ledger, file.id)?;
        if calls.is_empty() {
            return Ok(false);
        }
        for other in others.iter().filter(|other| **other != file.id && !self.taken.contains(other)) {
            if calls_of(ledger, *other)? == calls {
                self.taken.insert(file.id);
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The name of a file without folders and endings, in small letters.
fn name(path: &[u8]) -> Vec<u8> {
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    let found = endings(name);
    let count = usize::from(found.encryption.is_some()) + usize::from(found.sound.is_some());
    let mut parts: Vec<&[u8]> = name.split(|byte| *byte == b'.').collect();
    parts.truncate(parts.len().saturating_sub(count).max(1));
    parts.join(&b'.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_one_name_but_for_their_endings() {
        for (path, expected) in [
            ("2026/03/In-1773047663.10.WAV", "in-1773047663.10"),
            ("in-1773047663.10.wav.gpg", "in-1773047663.10"),
            ("in-1773047663.10.mp3", "in-1773047663.10"),
            ("backup/in.wav", "in"),
        ] {
            assert_eq!(name(path.as_bytes()), expected.as_bytes(), "{path}");
        }
    }
}
