//! Use cases: everything the window's commands and the command line call. Decides; shows nothing.

mod author;
mod call_list;
mod call_selection;
mod closing;
mod collector;
mod contacts;
mod countries;
mod days;
mod dial_rules;
mod directory;
mod doctor;
mod error;
mod export;
mod import;
mod intake;
mod line_monitor;
mod month_sums;
mod names;
mod numbers;
mod overview;
mod paths;
mod people;
mod reading;
mod recordings;
mod remarks;
mod reports;
mod ring_back;
mod rows;
mod sample;
mod saved_reports;
mod saved_views;
mod sources;
mod today;
mod told;
mod totals;
pub mod views;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use calls::CallId;
use chrono::{DateTime, Utc};
use ledger::{CollectingLock, Ledger, LedgerError, SourceId, Writer};
use secrets::{SecretStore, SystemStore};
use tokio::{runtime::Runtime, sync::broadcast};

pub use self::reports::{cell_filter, report_png, report_svg};
pub use call_list::{CallKeys, ListedCall};
pub use call_selection::selection;
pub use doctor::Diagnosis;
pub use error::AppError;
pub use export::harmless;
pub use import::{Progress, TableDetection, TableReading, detect_table, open_table, stitch_rows};
pub use intake::{Intake, RULES, Rederived, Step, rederive};
pub use paths::default_ledger;
pub use reading::{ReadLine, head, read_lines, stitch_lines};
pub use recordings::{Opened, RecordingError, ScanProgress, Scanned, ScannedFolder, Side, Wanted, Written};
pub use sample::discard_sample;
pub use sources::{Plan, local_zone, zone};
pub use told::StoredCall;

use collector::Collector;
use import::{Folders, Jobs};

/// An open ledger with everything that can be done to it.
#[derive(Debug)]
pub struct App {
    path: PathBuf,
    sample: bool,
    writer: Writer,
    readers: Mutex<Vec<Ledger>>,
    intake: Arc<Mutex<Intake>>,
    collector: Mutex<Option<Arc<Collector>>>,
    jobs: Jobs,
    folders: Mutex<Option<Folders>>,
    recording_watch: Mutex<Option<recordings::RecordingWatch>>,
    /// Held by whoever imports or takes back: blocks of one import lie together.
    imports: Mutex<()>,
    /// Held by whoever looks for recordings or their calls.
    scans: Mutex<()>,
    /// Recordings that are open.
    sounds: Mutex<recordings::Sounds>,
    /// Pass phrases of filters.
    secrets: Arc<dyn SecretStore>,
    program: &'static str,
    changes: broadcast::Sender<Change>,
    runtime: Runtime,
}

/// What to collect from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Collect {
    /// Every source of the ledger that is not paused.
    #[default]
    All,
    Only(BTreeSet<SourceId>),
}

/// Something in the ledger is different now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is something that may have changed, and any of them may together"
)]
pub struct Change {
    /// Calls that are new, different or gone; empty when another program changed them and nobody knows which.
    pub calls: BTreeSet<CallId>,
    pub any_calls: bool,
    pub sources: bool,
    pub jobs: bool,
    /// Files of recordings are new, different or gone, or something is known of them that was not.
    pub recordings: bool,
}

impl App {
    /// Opens a ledger (made when missing) and brings what is derived up to date. Collects nothing yet.
    ///
    /// `program` is what another program is told about this one: "the Ringledger window".
    pub fn open(path: &Path, program: &'static str) -> Result<Self, AppError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("ringledger")
            .enable_all()
            .build()
            .map_err(|error| AppError::Capture(error.to_string()))?;
        let writer = Writer::start(Ledger::open(path)?)?;
        let (changes, _) = broadcast::channel(256);
        Ok(Self {
            path: path.to_owned(),
            sample: false,
            writer,
            readers: Mutex::default(),
            intake: Arc::default(),
            collector: Mutex::default(),
            jobs: Jobs::default(),
            folders: Mutex::default(),
            recording_watch: Mutex::default(),
            imports: Mutex::default(),
            scans: Mutex::default(),
            sounds: Mutex::default(),
            secrets: Arc::new(SystemStore),
            program,
            changes,
            runtime,
        })
    }

    /// Keeps pass phrases in another place than the operating system's own: for tests.
    #[must_use]
    pub fn with_secrets(mut self, secrets: Arc<dyn SecretStore>) -> Self {
        self.secrets = secrets;
        self
    }

    pub fn is_sample(&self) -> bool {
        self.sample
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Hears of changes from now on.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Takes the collecting lock and begins; an error tells who collects already.
    pub fn collect(&self, what: Collect) -> Result<(), AppError> {
        let mut present = self.collector.lock().unwrap_or_else(PoisonError::into_inner);
        if present.is_none() {
            let lock = CollectingLock::take(&self.path, self.program, Utc::now())?;
            self.take_in(|ledger, intake| {
                intake.forget();
                intake::follow_rules(ledger, Utc::now())
            })?;
            *present = Some(Collector::start(self, lock, what)?);
            drop(present);
            self.tidy_batches()?;
        }
        Ok(())
    }

    /// Collects, or else follows the program that does and takes over when it ends.
    pub fn collect_or_follow(self: &Arc<Self>) -> Result<(), AppError> {
        match self.collect(Collect::All) {
            Err(AppError::Ledger(LedgerError::CollectedElsewhere(_))) => {
                collector::follow(self);
                Ok(())
            }
            result => result,
        }
    }

    /// Stops collecting; what was read is taken in first. Returns within a few seconds.
    pub fn stop(&self) {
        self.unwatch_recordings();
        let collector = self.collector.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(collector) = collector {
            self.runtime.block_on(collector.stop());
        }
    }

    /// Adds a source, or brings the one that reads the same place up to date.
    ///
    /// Another zone is refused while a file is imported or taken back, for everything is derived anew then: by its zone
    /// an exchange stands in a country, whose dial rules say what is an extension.
    pub fn ensure_source(&self, plan: Plan) -> Result<SourceId, AppError> {
        let present = self.read(|ledger| sources::present(ledger, &plan))?;
        let moved = present.filter(|present| present.draft.zone != plan.zone.name());
        let ensure = move |ledger: &mut Ledger| ledger.transaction(|ledger| sources::ensure(ledger, &plan));
        let id = if let Some(present) = moved {
            let id = {
                let in_use = |_| AppError::ClockInUse(present.draft.name.clone());
                let _nobody_imports = self.imports.try_lock().map_err(in_use)?;
                let _lock = self.lock_unless_collecting()?;
                self.write(ensure)?
            };
            self.renumber(present.exchange, &Progress::default())?;
            id
        } else {
            self.write(ensure)?
        };
        self.sources_changed();
        Ok(id)
    }

    /// Rebuilds everything derived, or only says whether the rebuild would be identical. The ledger must not
    /// be collected into by another program meanwhile.
    pub fn rederive(
        &self,
        check: bool,
        progress: impl FnMut(u64, u64) -> bool + Send + 'static,
    ) -> Result<Rederived, AppError> {
        let _lock = self.lock_unless_collecting()?;
        // Only imports that have ended can be derived anew.
        let _one_at_a_time = self.importing();
        self.tidy_batches()?;
        let rederived = self.take_in(move |ledger, intake| {
            let rederived = rederive(ledger, check, Utc::now(), progress);
            // Its place in the spool is not the rebuilt one's.
            intake.forget();
            rederived
        })?;
        month_sums::sum_up(&self.writer);
        let _ = self.changes.send(Change { any_calls: true, sources: true, ..Change::default() });
        Ok(rederived)
    }

    /// Copies the ledger, verified, while it is in use.
    pub fn back_up(&self, to: &Path) -> Result<(), AppError> {
        Ok(ledger::back_up(&self.path, to)?)
    }

    pub(crate) fn collector(&self) -> Option<Arc<Collector>> {
        self.collector.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs `work` on the writing thread.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        self.writer.run(work)?
    }

    /// Hands `work` that can wait to the writing thread: live lines come first.
    pub(crate) fn post_later(&self, work: impl FnOnce(&mut Ledger) + Send + 'static) -> Result<(), AppError> {
        Ok(self.writer.post_later(work)?)
    }

    /// One import at a time.
    pub(crate) fn importing(&self) -> std::sync::MutexGuard<'_, ()> {
        self.imports.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One scan for recordings at a time.
    pub(crate) fn scanning(&self) -> std::sync::MutexGuard<'_, ()> {
        self.scans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` on the writing thread with the intake, which begins anew if the work fails.
    pub(crate) fn take_in<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger, &mut Intake) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let intake = Arc::clone(&self.intake);
        self.write(move |ledger| {
            let mut intake = intake.lock().unwrap_or_else(PoisonError::into_inner);
            let result = work(ledger, &mut intake);
            if result.is_err() {
                intake.forget();
            }
            result
        })
    }

    /// Only one program may derive: the lock, unless this program collects and has it.
    pub(crate) fn lock_unless_collecting(&self) -> Result<Option<CollectingLock>, AppError> {
        if self.collector().is_some() {
            return Ok(None);
        }
        // Another program may have read the spool on since.
        self.intake.lock().unwrap_or_else(PoisonError::into_inner).forget();
        Ok(Some(CollectingLock::take(&self.path, self.program, Utc::now())?))
    }

    /// Runs `work` on a reading connection; several may run at once.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Ledger) -> Result<T, AppError>) -> Result<T, AppError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => Ledger::open_reader(&self.path)?,
        };
        let result = work(&reader);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        result
    }

    pub(crate) fn recordings_changed(&self) {
        // Lists of calls show and narrow by what recordings they have.
        let _ = self.changes.send(Change { any_calls: true, recordings: true, ..Change::default() });
    }

    pub(crate) fn sources_changed(&self) {
        if let Some(collector) = self.collector() {
            collector.look_again();
        }
        let _ = self.changes.send(Change { sources: true, ..Change::default() });
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.stop();
        self.close_sounds();
        // Whoever closes the file last brings its log home, and a connection that only reads cannot.
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Now, as the views print it.
pub(crate) fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
