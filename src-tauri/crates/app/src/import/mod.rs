//! Importing files of calls: what a file is, taking it in, taking it back.
//!
//! A table goes through the [`pipeline`] into blocks of rows and calls told from them; lines of an exchange go the
//! way of lines that come over a wire ([`lines`]). Either way an import is a batch that can be taken back.

mod closed;
mod commit;
mod decide;
mod folders;
mod gather;
mod group;
mod history;
mod job;
mod known;
mod lines;
mod mappings;
mod packing;
mod pipeline;
mod preview;
mod read_table;
mod reading;
mod rejects;
mod rows;
mod same_call;
mod signs;
mod undo;
mod undo_lines;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use calls::ChainRules;
use chrono::Utc;
use ledger::{Batch, BatchCounts, BatchId, BatchState, SourceDraft};

pub(crate) use self::{
    closed::tell_rows_again, folders::Folders, job::Jobs, reading::TABLE, rows::KeptRows,
    same_call::SameCalls, undo::rederive_batches,
};
use self::{
    decide::{Decided, Seen, Way, decide},
    job::Task,
    pipeline::Begun,
    reading::RowsReader,
};
pub use self::{
    job::Progress,
    read_table::{TableDetection, TableReading, detect_table, open_table, stitch_rows},
};
use crate::{
    App, AppError, Change, month_sums, numbers,
    recordings::Secret,
    sources,
    views::{ArchiveWish, EncryptionWish, ExportWish, ImportFile, ImportOptions, ImportSummary, JobView},
};

/// Rows of tables say by ids what belongs together; nothing is concluded from how close they are.
pub(crate) const ROW_RULES: ChainRules =
    ChainRules { ring_gap_seconds: 0, ring_lead_seconds: 0, contiguous_seconds: 0, continued_seconds: 0 };

impl App {
    /// Imports a file and waits for it. What was begun before an error, or before `progress` was cancelled, is
    /// taken back.
    pub fn import(
        &self,
        path: &Path,
        options: &ImportOptions,
        progress: &Progress,
    ) -> Result<ImportSummary, AppError> {
        self.import_seen(path, options, progress, None)
    }

    fn import_seen(
        &self,
        path: &Path,
        options: &ImportOptions,
        progress: &Progress,
        seen: Option<Seen>,
    ) -> Result<ImportSummary, AppError> {
        let _lock = self.lock_unless_collecting()?;
        let _one_at_a_time = self.importing();
        self.tidy_batches()?;
        let decided = self.read(|ledger| decide(ledger, path, options, seen))?;
        let (begun, rows) = self.begin(path, &decided)?;
        let result = match rows {
            Some(rows) => pipeline::take_in(self, path, &decided.wishes, &begun, rows, progress),
            None => lines::take_in(self, path, &decided.wishes, &begun, progress),
        };
        self.end(begun.batch, &decided, result)
    }

    /// The same where nobody has looked at the file before, so that a mere guess is refused.
    pub fn import_unseen(
        &self,
        path: &Path,
        options: &ImportOptions,
        progress: &Progress,
    ) -> Result<ImportSummary, AppError> {
        let seen = decide::refuse_guess(path, options)?;
        self.import_seen(path, options, progress, seen)
    }

    /// What came of a batch that was taken in; on an error nothing is left of it.
    fn end(
        &self,
        batch: BatchId,
        decided: &Decided,
        result: Result<BatchCounts, AppError>,
    ) -> Result<ImportSummary, AppError> {
        match result {
            Ok(counts) => {
                self.imported();
                Ok(history::summary(batch, &decided.file_name, &decided.format, &counts))
            }
            Err(error) => {
                self.take_back_and_forget(batch)?;
                Err(error)
            }
        }
    }

    /// Hands files to the background; see [`App::jobs`].
    pub fn start_import(self: &Arc<Self>, files: Vec<ImportFile>) {
        for file in files {
            let name = PathBuf::from(&file.path).file_name().map(|name| name.to_string_lossy().into_owned());
            self.start(Task::Import(Box::new(file)), name);
        }
    }

    /// Takes an import back, in the background.
    pub fn start_undo(self: &Arc<Self>, batch: i64) -> Result<(), AppError> {
        let known = self.standing_batch(batch)?;
        let source = self.read(|ledger| Ok(ledger.source(known.source)?))?;
        self.start(Task::Undo(batch), source.map(|source| source.draft.name));
        Ok(())
    }

    /// Takes an import back and waits for it.
    pub fn undo_import(&self, batch: i64, progress: &Progress) -> Result<(), AppError> {
        let _lock = self.lock_unless_collecting()?;
        let _one_at_a_time = self.importing();
        self.tidy_batches()?;
        let batch = self.standing_batch(batch)?;
        progress.expects(batch.counts.calls.max(1));
        // Corrected rows go with the file that they correct.
        let batches = self.read(|ledger| Ok(ledger.batches()?))?;
        let corrections = batches.iter().filter(|other| other.corrects == Some(batch.id));
        for part in corrections.filter(|part| part.state == BatchState::Imported).chain([&batch]) {
            self.take_batch_back(part, progress)?;
        }
        self.imported();
        Ok(())
    }

    /// Long work that goes on, waits or has ended.
    pub fn jobs(&self) -> Vec<JobView> {
        self.jobs.views()
    }

    /// Long work goes on: the program should not end yet.
    pub fn is_busy(&self) -> bool {
        self.jobs.is_busy()
    }

    pub fn cancel_job(&self, id: u32) {
        self.jobs.cancel(id);
        self.tell_jobs();
    }

    pub fn dismiss_job(&self, id: u32) {
        self.jobs.dismiss(id);
        self.tell_jobs();
    }

    pub(crate) fn start_renumbering(self: &Arc<Self>, exchange: u32) {
        self.start(Task::Renumber(exchange), None);
    }

    pub(crate) fn start_writing(self: &Arc<Self>, wish: ExportWish, path: &Path) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        self.start(Task::Export(Box::new(wish), path.to_owned()), name);
    }

    /// Looks through the folders of recordings, in the background; see [`App::jobs`].
    pub fn start_scan(self: &Arc<Self>) {
        self.start(Task::Scan, None);
    }

    pub(crate) fn start_sealing(self: &Arc<Self>, wish: EncryptionWish, secret: Secret, folder: String) {
        self.start(Task::Encrypt(Box::new(wish), secret), Some(folder));
    }

    pub(crate) fn start_deleting(self: &Arc<Self>, token: String) {
        self.start(Task::Retention(token), None);
    }

    pub(crate) fn start_packing(self: &Arc<Self>, wish: ArchiveWish, secret: Secret, path: &Path) -> u32 {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        self.start(Task::Archive(Box::new(wish), secret, path.to_owned()), name)
    }

    /// The number of the job.
    fn start(self: &Arc<Self>, task: Task, file: Option<String>) -> u32 {
        let (id, idle) = self.jobs.add(task, file);
        if idle {
            let app = Arc::clone(self);
            let worker = thread::Builder::new().name("jobs".to_owned()).spawn(move || app.work());
            if let Err(error) = worker {
                tracing::error!(%error, "long work cannot begin");
            }
        }
        self.tell_jobs();
        id
    }

    fn work(&self) {
        while let Some(taken) = self.jobs.take() {
            self.tell_jobs();
            let result = match taken.task {
                Task::Import(file) => {
                    self.import(Path::new(&file.path), &file.options, &taken.progress).map(Some)
                }
                Task::Undo(batch) => {
                    self.undo_import(batch, &taken.progress).and_then(|()| self.summary_of(batch))
                }
                Task::Renumber(exchange) => self.renumber(exchange, &taken.progress).map(|()| None),
                Task::Export(wish, path) => self.export_calls(&wish, &path, &taken.progress).map(|_| None),
                Task::Encrypt(wish, secret) => {
                    self.encrypt_in_background(taken.id, &wish, &secret, &taken.progress).map(|()| None)
                }
                Task::Retention(token) => {
                    self.delete_in_background(taken.id, &token, &taken.progress).map(|()| None)
                }
                Task::Archive(wish, secret, path) => {
                    self.pack_in_background(taken.id, &wish, &secret, &path, &taken.progress).map(|()| None)
                }
                Task::Scan => self.scan_in_background(taken.id, &taken.progress).map(|()| None),
            };
            if let Err(error) = &result {
                tracing::warn!(code = error.code(), "long work failed");
            }
            self.jobs.finish(taken.id, result);
            self.tell_jobs();
        }
    }

    fn summary_of(&self, batch: i64) -> Result<Option<ImportSummary>, AppError> {
        let history = self.import_history()?;
        Ok(history.into_iter().find(|known| known.id == batch).map(|known| known.summary))
    }

    fn begin(&self, path: &Path, decided: &Decided) -> Result<(Begun, Option<RowsReader>), AppError> {
        let (kind, settings) = match &decided.way {
            Way::Table(reading) => (TABLE, reading.settings()?),
            Way::Lines => (sources::FILE, "null".to_owned()),
        };
        let draft = SourceDraft {
            kind: kind.to_owned(),
            name: decided.file_name.clone(),
            place: path.display().to_string(),
            settings,
            format: decided.format.clone(),
            zone: decided.zone.name().to_owned(),
        };
        let (exchange, digest) = (decided.exchange, decided.digest);
        let (mapping, corrects) = (decided.mapping.clone(), decided.corrects);
        let begun = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let source = ledger.add_source(&draft)?;
                ledger.set_exchange(source, exchange)?;
                let now = Utc::now().timestamp_millis();
                let batch = ledger.add_batch(source, now, digest, mapping.as_deref(), corrects)?;
                Ok::<_, AppError>(Begun { batch, source, exchange, first_block: ledger.next_block_id()? })
            })
        })?;
        // The streams that are known do not have this one.
        if matches!(decided.way, Way::Lines) {
            self.intake.lock().unwrap_or_else(std::sync::PoisonError::into_inner).forget();
        }
        let rows = match &decided.way {
            Way::Table(reading) => {
                let plan = self.read(|ledger| numbers::plan(ledger, exchange))?;
                Some(RowsReader::new(reading, plan, decided.zone, exchange)?)
            }
            Way::Lines => None,
        };
        Ok((begun, rows))
    }

    /// Ends what a program that was killed had begun: imports are taken back, taking back goes on.
    pub(crate) fn tidy_batches(&self) -> Result<(), AppError> {
        for batch in self.read(|ledger| Ok(ledger.batches()?))? {
            match batch.state {
                BatchState::Importing => self.take_back_and_forget(batch.id)?,
                BatchState::Undoing => self.take_batch_back(&batch, &Progress::default())?,
                BatchState::Imported | BatchState::Undone => {}
            }
        }
        Ok(())
    }

    fn take_back_and_forget(&self, id: BatchId) -> Result<(), AppError> {
        if let Some(batch) = self.read(|ledger| Ok(ledger.batch(id)?))? {
            self.take_batch_back(&batch, &Progress::default())?;
            self.write(move |ledger| Ok(ledger.transaction(|ledger| ledger.forget_batch(id))?))?;
            self.imported();
        }
        Ok(())
    }

    fn take_batch_back(&self, batch: &Batch, progress: &Progress) -> Result<(), AppError> {
        // An import that never ended stays one until it is forgotten: nobody shall find it in the history.
        let (id, ended) = (batch.id, batch.state != BatchState::Importing);
        if ended {
            self.write(move |ledger| Ok(ledger.set_batch_state(id, BatchState::Undoing)?))?;
        }
        let source = self.read(|ledger| Ok(ledger.source(batch.source)?))?;
        if source.is_some_and(|source| source.draft.kind == TABLE) {
            self.take_back(batch, |calls| {
                progress.advances(calls, Some(progress.rows() + calls));
                self.tell_jobs();
            })?;
        } else {
            self.take_lines_back(batch)?;
        }
        if ended {
            let now = Utc::now().timestamp_millis();
            self.write(move |ledger| Ok(ledger.mark_undone(id, now)?))?;
        }
        Ok(())
    }

    fn standing_batch(&self, id: i64) -> Result<Batch, AppError> {
        let batch = self.read(|ledger| Ok(ledger.batch(BatchId(id))?))?;
        match batch {
            Some(batch) if batch.state == BatchState::Undone => Err(AppError::AlreadyUndone(id)),
            Some(batch) => Ok(batch),
            None => Err(AppError::NoSuchBatch(id)),
        }
    }

    fn imported(&self) {
        month_sums::sum_up(&self.writer);
        let change = Change { any_calls: true, sources: true, jobs: true, ..Change::default() };
        let _ = self.changes.send(change);
    }

    /// The window asks for jobs when it is told; it is told of others' changes together with these.
    pub(crate) fn tell_jobs(&self) {
        let _ = self.changes.send(Change { jobs: true, ..Change::default() });
    }
}
