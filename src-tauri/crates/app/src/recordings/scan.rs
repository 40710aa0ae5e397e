//! Looks through the folders: which recordings are new, changed or gone, and which calls they belong to.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::SystemTime,
};

use ledger::{LedgerError, RecordingFolder, RecordingSeen, RecordingState};
use recordings::index::{Change, Known, Look, Settings, Stamp, State, Walked, walk};

use super::{AT_ONCE, RecordingError, words};
use crate::{App, AppError};

/// How far a scan is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanProgress<'a> {
    /// So many recordings were seen in this folder.
    Looking { folder: &'a str, recordings: u64 },
    /// Calls are being looked for.
    Matching,
}

/// What came of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scanned {
    pub folders: Vec<ScannedFolder>,
    /// Recordings that were asked for their calls.
    pub asked: u64,
    /// It was ended before it was through: what was found so far is kept.
    pub cancelled: bool,
}

/// What came of one folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScannedFolder {
    pub path: String,
    /// Why nothing is known of it: a sentence. Its recordings are as they were.
    pub unreachable: Option<String>,
    pub recordings: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub gone: u64,
    /// Written to a moment ago: to be looked at again.
    pub too_new: u64,
    /// What could not be looked into, and why.
    pub barred: Vec<(String, String)>,
}

/// A change on its way into the ledger.
pub(super) enum Step {
    New(Vec<u8>, RecordingSeen),
    Changed(i64, RecordingSeen),
    Gone(i64),
}

impl App {
    /// Looks through these folders, which are added where they are new, or through all that were added; then looks for
    /// the calls of what was found. Files that are as they were are not opened.
    ///
    /// `tell` hears how far it is, and may end it.
    pub fn scan_recordings(
        &self,
        folders: &[PathBuf],
        tell: &mut dyn FnMut(&ScanProgress<'_>) -> ControlFlow<()>,
    ) -> Result<Scanned, AppError> {
        let _one_at_a_time = self.scanning();
        let mut asked_for = Vec::new();
        for folder in folders {
            asked_for.push(i64::from(self.add_recording_folder(folder)?));
        }
        let mut kept = self.read(|ledger| Ok(ledger.recording_folders()?))?;
        kept.retain(|folder| asked_for.is_empty() || asked_for.contains(&folder.id));
        if kept.is_empty() {
            return Err(RecordingError::NoFolder.into());
        }
        let mut scanned = Scanned::default();
        for folder in &kept {
            let (found, cancelled) = self.scan_folder(folder, tell)?;
            scanned.folders.push(found);
            if cancelled {
                return Ok(Scanned { cancelled, ..scanned });
            }
        }
        match self.ask_recordings(None, &mut || tell(&ScanProgress::Matching))? {
            ControlFlow::Continue(asked) => Ok(Scanned { asked, ..scanned }),
            ControlFlow::Break(()) => Ok(Scanned { cancelled: true, ..scanned }),
        }
    }

    /// What was found, and whether it was ended.
    fn scan_folder(
        &self,
        folder: &RecordingFolder,
        tell: &mut dyn FnMut(&ScanProgress<'_>) -> ControlFlow<()>,
    ) -> Result<(ScannedFolder, bool), AppError> {
        let mut known = Known::new();
        let endings = self.read(|ledger| {
            ledger.each_known_recording(folder.id, |id, path, size, modified, state| {
                known.add(id, path, Stamp { size, modified }, state != RecordingState::TooNew);
            })?;
            super::filters::endings(ledger)
        })?;
        let law = super::folders::law(folder.law);
        let settings = Settings { endings, law, ..Settings::default() };
        let mut found = ScannedFolder { path: folder.path.clone(), ..ScannedFolder::default() };
        let mut steps = Vec::new();
        let mut failed = None;
        let looking = |recordings| ScanProgress::Looking { folder: &folder.path, recordings };
        let mut cancelled = tell(&looking(0)).is_break();
        if cancelled {
            return Ok((found, true));
        }
        let walked = walk(Path::new(&folder.path), &mut known, &settings, SystemTime::now(), &mut |change| {
            match &change {
                Change::New { .. } => found.new += 1,
                Change::Changed { .. } => found.changed += 1,
                Change::Gone { .. } => found.gone += 1,
                Change::Barred { path, why } => found.barred.push((words::shown(path), why.clone())),
                Change::Progress(seen) => {
                    cancelled = tell(&looking(seen.recordings)).is_break();
                    return if cancelled { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
                }
            }
            steps.extend(step(change));
            if steps.len() < AT_ONCE as usize {
                return ControlFlow::Continue(());
            }
            match self.keep_steps(folder.id, std::mem::take(&mut steps)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        self.keep_steps(folder.id, steps)?;
        found.too_new = self.read(|ledger| Ok(ledger.too_new_recordings(folder.id)?))?;
        match walked {
            Walked::Whole(seen) | Walked::Cancelled(seen) => {
                (found.recordings, found.unchanged) = (seen.recordings, seen.unchanged);
            }
            Walked::Unreachable { why } => {
                found.unreachable = Some(format!("The folder {} cannot be reached: {why}.", folder.path));
            }
            Walked::EmptyNow => {
                found.unreachable = Some(format!(
                    "The folder {} is empty now, though there were recordings in it: perhaps its disk or network folder is not connected.",
                    folder.path
                ));
            }
        }
        Ok((found, cancelled))
    }

    /// The same without looking for calls, while nobody else looks.
    pub(super) fn scan_alone(
        &self,
        folder: &RecordingFolder,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<(ScannedFolder, bool), AppError> {
        let _one_at_a_time = self.scanning();
        self.scan_folder(folder, &mut |_| go_on())
    }

    pub(super) fn keep_steps(&self, folder: i64, steps: Vec<Step>) -> Result<(), AppError> {
        if steps.is_empty() {
            return Ok(());
        }
        self.write(move |ledger| {
            Ok(ledger.transaction(|ledger| {
                for step in &steps {
                    match step {
                        Step::New(path, seen) => ledger.add_recording(folder, path, seen)?,
                        Step::Changed(id, seen) => ledger.change_recording(*id, seen)?,
                        Step::Gone(id) => ledger.recording_is_gone(*id)?,
                    }
                }
                Ok::<_, LedgerError>(())
            })?)
        })
    }
}

/// What is to be kept of a change, if it is one of a file.
pub(super) fn step(change: Change) -> Option<Step> {
    match change {
        Change::New { path, stamp, look } => Some(Step::New(path, seen(stamp, look))),
        Change::Changed { key, stamp, look } => Some(Step::Changed(key, seen(stamp, look))),
        Change::Gone { key } => Some(Step::Gone(key)),
        Change::Barred { .. } | Change::Progress(_) => None,
    }
}

fn seen(stamp: Stamp, look: Look) -> RecordingSeen {
    let (state, why) = match look.state {
        State::Found => (RecordingState::Found, None),
        State::TooNew => (RecordingState::TooNew, None),
        State::Empty => (RecordingState::Empty, None),
        State::HeaderOnly => (RecordingState::HeaderOnly, None),
        State::Unreadable(why) => (RecordingState::Unreadable, Some(why)),
    };
    RecordingSeen {
        size: stamp.size,
        modified: stamp.modified,
        state,
        why,
        cipher: look.plainness.and_then(words::cipher_number),
        sound_milliseconds: look.sound_milliseconds,
        channels: look.channels,
    }
}
