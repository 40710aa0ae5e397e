//! Long work that goes on while the window is used: one piece of it at a time, the others wait.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{
    AppError,
    recordings::Secret,
    views::{
        ArchiveWish, DeletedRecordings, EncryptedRecordings, EncryptionWish, ErrorView, ExportWish,
        ImportFile, ImportSummary, JobPhase, JobView, ScannedView, WrittenRecordings,
    },
};

/// How far a piece of work is; shared by whoever works and whoever looks.
#[derive(Debug)]
pub struct Progress {
    cancelled: AtomicBool,
    rows: AtomicU64,
    position: AtomicU64,
    expected: AtomicU64,
    began: Mutex<Instant>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            cancelled: AtomicBool::new(false),
            rows: AtomicU64::new(0),
            position: AtomicU64::new(0),
            expected: AtomicU64::new(0),
            began: Mutex::new(Instant::now()),
        }
    }
}

impl Progress {
    /// Asks the work to stop; nothing of it is kept then.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// The same for whoever looks at it without knowing of progress.
    pub(crate) fn cancelled(&self) -> &AtomicBool {
        &self.cancelled
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Rows taken in so far.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// From 0 to 1.
    pub fn share(&self) -> f64 {
        let (position, expected) =
            (self.position.load(Ordering::Relaxed), self.expected.load(Ordering::Relaxed).max(1));
        #[expect(clippy::cast_precision_loss, reason = "a share for a progress bar")]
        let share = position as f64 / expected as f64;
        share.min(1.0)
    }

    pub fn rows_per_second(&self) -> u32 {
        let elapsed = self.elapsed().as_secs_f64().max(0.001);
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let rate = self.rows() as f64 / elapsed;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "far below 2^32")]
        let rate = rate as u32;
        rate
    }

    pub fn seconds_left(&self) -> Option<u32> {
        let (share, elapsed) = (self.share(), self.elapsed());
        // What is said in the first half second is wrong.
        (share > 0.0 && elapsed > Duration::from_millis(500)).then(|| {
            let left = elapsed.as_secs_f64() * (1.0 - share) / share;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
            let left = left.ceil() as u32;
            left
        })
    }

    /// `expected` bytes (or calls) lie ahead.
    pub(crate) fn expects(&self, expected: u64) {
        *self.began.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.position.store(0, Ordering::Relaxed);
        self.rows.store(0, Ordering::Relaxed);
        self.expected.store(expected, Ordering::Relaxed);
    }

    pub(crate) fn advances(&self, rows: u64, position: Option<u64>) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
        if let Some(position) = position {
            self.position.store(position, Ordering::Relaxed);
        }
    }

    fn elapsed(&self) -> Duration {
        self.began.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// What is to be done.
#[derive(Debug, Clone)]
pub(super) enum Task {
    Import(Box<ImportFile>),
    Undo(i64),
    /// The dial rules of an exchange have changed.
    Renumber(u32),
    /// Writes the call list to a file.
    Export(Box<ExportWish>, PathBuf),
    /// Looks through the folders of recordings.
    Scan,
    /// Encrypts the plain recordings of a folder.
    Encrypt(Box<EncryptionWish>, Secret),
    /// Deletes what a preview of this token showed.
    Retention(String),
    /// Writes recordings into one archive.
    Archive(Box<ArchiveWish>, Secret, PathBuf),
}

#[derive(Debug)]
struct Job {
    id: u32,
    task: Task,
    file: Option<String>,
    phase: JobPhase,
    progress: std::sync::Arc<Progress>,
    summary: Option<ImportSummary>,
    scanned: Option<ScannedView>,
    encrypted: Option<EncryptedRecordings>,
    deleted: Option<DeletedRecordings>,
    written: Option<WrittenRecordings>,
    error: Option<ErrorView>,
}

/// All long work, done and to be done.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    list: Mutex<List>,
}

#[derive(Debug, Default)]
struct List {
    jobs: VecDeque<Job>,
    last_id: u32,
    /// Somebody works.
    working: bool,
}

/// What a worker takes up.
pub(super) struct Taken {
    pub id: u32,
    pub task: Task,
    pub progress: std::sync::Arc<Progress>,
}

/// Finished jobs that are kept for the window to see.
const FINISHED_KEPT: usize = 20;

impl Jobs {
    /// Puts work at the end: its number; and `true` when nobody works, so that a worker must be started.
    pub(super) fn add(&self, task: Task, file: Option<String>) -> (u32, bool) {
        let mut list = self.lock();
        list.last_id += 1;
        let id = list.last_id;
        let job = Job {
            id,
            task,
            file,
            phase: JobPhase::Waiting,
            progress: std::sync::Arc::default(),
            summary: None,
            scanned: None,
            encrypted: None,
            deleted: None,
            written: None,
            error: None,
        };
        list.jobs.push_back(job);
        while list.jobs.iter().filter(|job| is_finished(job.phase)).count() > FINISHED_KEPT {
            let Some(oldest) = list.jobs.iter().position(|job| is_finished(job.phase)) else { break };
            list.jobs.remove(oldest);
        }
        (id, !std::mem::replace(&mut list.working, true))
    }

    /// The next piece of work; the worker ends when there is none.
    pub(super) fn take(&self) -> Option<Taken> {
        let mut list = self.lock();
        let Some(job) = list.jobs.iter_mut().find(|job| job.phase == JobPhase::Waiting) else {
            list.working = false;
            return None;
        };
        job.phase = match job.task {
            Task::Undo(_) => JobPhase::Undoing,
            Task::Import(_)
            | Task::Export(..)
            | Task::Scan
            | Task::Encrypt(..)
            | Task::Retention(_)
            | Task::Archive(..) => JobPhase::Reading,
            Task::Renumber(_) => JobPhase::Indexing,
        };
        Some(Taken { id: job.id, task: job.task.clone(), progress: std::sync::Arc::clone(&job.progress) })
    }

    /// A scan looks through another folder, or (`None`) for the calls of what it found.
    pub(crate) fn scans(&self, id: u32, folder: Option<&str>) {
        if let Some(job) = self.lock().jobs.iter_mut().find(|job| job.id == id) {
            job.phase = if folder.is_some() { JobPhase::Reading } else { JobPhase::Indexing };
            job.file = folder.map(str::to_owned);
        }
    }

    /// What was encrypted, whether or not it went to its end.
    pub(crate) fn encrypted(&self, id: u32, encrypted: EncryptedRecordings) {
        if let Some(job) = self.lock().jobs.iter_mut().find(|job| job.id == id) {
            job.encrypted = Some(encrypted);
        }
    }

    /// What was deleted, whether or not it went to its end.
    pub(crate) fn deleted(&self, id: u32, deleted: DeletedRecordings) {
        if let Some(job) = self.lock().jobs.iter_mut().find(|job| job.id == id) {
            job.deleted = Some(deleted);
        }
    }

    /// What is in an archive that is whole.
    pub(crate) fn written(&self, id: u32, written: WrittenRecordings) {
        if let Some(job) = self.lock().jobs.iter_mut().find(|job| job.id == id) {
            job.written = Some(written);
        }
    }

    /// What came of a scan, whether or not it went to its end.
    pub(crate) fn scanned(&self, id: u32, scanned: ScannedView) {
        if let Some(job) = self.lock().jobs.iter_mut().find(|job| job.id == id) {
            job.scanned = Some(scanned);
        }
    }

    pub(super) fn finish(&self, id: u32, result: Result<Option<ImportSummary>, AppError>) {
        let mut list = self.lock();
        let Some(job) = list.jobs.iter_mut().find(|job| job.id == id) else { return };
        match result {
            Ok(summary) => (job.phase, job.summary) = (JobPhase::Done, summary),
            Err(AppError::Cancelled) => job.phase = JobPhase::Cancelled,
            Err(error) => (job.phase, job.error) = (JobPhase::Failed, Some(ErrorView::from(&error))),
        }
    }

    /// Asks a job to stop; one that waits does not begin.
    pub(crate) fn cancel(&self, id: u32) {
        if let Some(job) = self.lock().jobs.iter_mut().find(|job| job.id == id) {
            job.progress.cancel();
            if job.phase == JobPhase::Waiting {
                job.phase = JobPhase::Cancelled;
            }
        }
    }

    /// Takes a finished job off the list.
    pub(crate) fn dismiss(&self, id: u32) {
        self.lock().jobs.retain(|job| job.id != id || !is_finished(job.phase));
    }

    pub(crate) fn views(&self) -> Vec<JobView> {
        self.lock().jobs.iter().map(view).collect()
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.lock().jobs.iter().any(|job| !is_finished(job.phase))
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_finished(phase: JobPhase) -> bool {
    matches!(phase, JobPhase::Done | JobPhase::Cancelled | JobPhase::Failed)
}

fn view(job: &Job) -> JobView {
    let progress = &job.progress;
    let running = matches!(job.phase, JobPhase::Reading | JobPhase::Indexing | JobPhase::Undoing);
    JobView {
        id: job.id,
        kind: match job.task {
            Task::Import(_) => "import",
            Task::Undo(_) => "undo",
            Task::Renumber(_) => "renumber",
            Task::Export(..) => "export",
            Task::Scan => "scan",
            Task::Encrypt(..) => "encrypt",
            Task::Retention(_) => "retention",
            Task::Archive(..) => "archive",
        }
        .to_owned(),
        file: job.file.clone(),
        phase: job.phase,
        rows: progress.rows(),
        rows_per_second: if running { progress.rows_per_second() } else { 0 },
        share: if job.phase == JobPhase::Done { 1.0 } else { progress.share() },
        seconds_left: if running { progress.seconds_left() } else { None },
        // Taking back is itself what makes whole again: it goes to its end.
        can_cancel: job.phase == JobPhase::Waiting
            || running && !matches!(job.task, Task::Undo(_) | Task::Renumber(_)) && !progress.is_cancelled(),
        summary: job.summary.clone(),
        scanned: job.scanned.clone(),
        encrypted: job.encrypted.clone(),
        deleted: job.deleted.clone(),
        written: job.written.clone(),
        error: job.error.clone(),
    }
}
