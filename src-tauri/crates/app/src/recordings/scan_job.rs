//! A scan as long work beside the window: how far it is, and what came of it.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use super::{ScanProgress, Scanned, ScannedFolder, narrow};
use crate::{
    App, AppError, Change, Progress,
    views::{ScannedFolderView, ScannedView},
};

/// The window is told at most as often.
const TOLD_EVERY: Duration = Duration::from_millis(100);

impl App {
    /// What was found before it was cancelled is kept and told.
    pub(crate) fn scan_in_background(&self, job: u32, progress: &Progress) -> Result<(), AppError> {
        // As many files as last time: the only guess there is.
        progress.expects(self.read(|ledger| Ok(ledger.recording_counts()?.all))?);
        let (mut told, mut before) = (Instant::now(), 0);
        let mut phase: Option<Option<String>> = None;
        let scanned = self.scan_recordings(&[], &mut |now| {
            let folder = match now {
                ScanProgress::Looking { folder, recordings } => {
                    if phase.as_ref().is_some_and(|phase| phase.as_deref() != Some(*folder)) {
                        before = progress.rows();
                    }
                    let seen = before + recordings;
                    progress.advances(seen.saturating_sub(progress.rows()), Some(seen));
                    Some((*folder).to_owned())
                }
                ScanProgress::Matching => None,
            };
            if phase.as_ref() != Some(&folder) {
                self.jobs.scans(job, folder.as_deref());
                phase = Some(folder);
                self.tell_jobs();
            } else if told.elapsed() >= TOLD_EVERY {
                told = Instant::now();
                self.tell_jobs();
            }
            if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        self.jobs.scanned(job, view(&scanned));
        let _ =
            self.changes.send(Change { any_calls: true, jobs: true, recordings: true, ..Change::default() });
        if scanned.cancelled { Err(AppError::Cancelled) } else { Ok(()) }
    }
}

fn view(scanned: &Scanned) -> ScannedView {
    let folder = |folder: &ScannedFolder| ScannedFolderView {
        path: folder.path.clone(),
        unreachable: folder.unreachable.clone(),
        recordings: narrow(folder.recordings),
        new: narrow(folder.new),
        changed: narrow(folder.changed),
        gone: narrow(folder.gone),
        barred: narrow(folder.barred.len()),
        barred_first: folder.barred.first().map(|(path, why)| format!("{path}: {why}")),
    };
    ScannedView { folders: scanned.folders.iter().map(folder).collect(), asked: narrow(scanned.asked) }
}
