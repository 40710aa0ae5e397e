//! Collecting: one task for each source, the bytes into the spool, then the spool to calls.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use capture::{Handle, LineState, LineStateCode, Report};
use chrono::{DateTime, Utc};
use ledger::{CollectingLock, Ledger, LedgerError, Source, SourceDraft, SourceId, Writer};
use tokio::{runtime, sync::Notify, task::JoinHandle, time};

use crate::{
    App, AppError, Change, Collect, Intake,
    month_sums::{Days, sum_up},
    paths, sources,
};

/// How often sources are compared with what runs, and silence is noticed.
const TICK: Duration = Duration::from_secs(1);

/// How often a program that does not collect looks for new calls: half of what a person notices.
const FOLLOW: Duration = Duration::from_millis(150);

#[derive(Debug)]
pub(crate) struct Collector {
    ledger: PathBuf,
    writer: Writer,
    what: Collect,
    intake: Arc<Mutex<Intake>>,
    running: Mutex<BTreeMap<SourceId, Running>>,
    changes: tokio::sync::broadcast::Sender<Change>,
    digest_asked: AtomicBool,
    look: Notify,
    stopping: AtomicBool,
    runtime: runtime::Handle,
    /// Let go of when it has stopped: whoever still looks at it then holds nobody up.
    lock: Mutex<Option<CollectingLock>>,
}

/// A source being collected from.
#[derive(Debug)]
struct Running {
    /// As it was when it was started: another draft means another start.
    draft: SourceDraft,
    handle: Handle,
    task: JoinHandle<()>,
    state: Arc<Mutex<LineState>>,
}

impl Collector {
    pub(crate) fn start(app: &App, lock: CollectingLock, what: Collect) -> Result<Arc<Self>, AppError> {
        let landings = paths::landings(&app.path);
        std::fs::create_dir_all(&landings).map_err(|error| AppError::File(landings, error))?;
        let collector = Arc::new(Self {
            ledger: app.path.clone(),
            writer: app.writer.clone(),
            what,
            intake: Arc::clone(&app.intake),
            running: Mutex::default(),
            changes: app.changes.clone(),
            digest_asked: AtomicBool::new(false),
            look: Notify::new(),
            stopping: AtomicBool::new(false),
            runtime: app.runtime.handle().clone(),
            lock: Mutex::new(Some(lock)),
        });
        app.runtime.spawn(Self::keep_up(Arc::downgrade(&collector)));
        Ok(collector)
    }

    /// Compares the sources with what runs, now rather than at the next tick.
    pub(crate) fn look_again(&self) {
        self.look.notify_one();
    }

    pub(crate) fn state(&self, source: SourceId) -> Option<LineState> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &running.get(&source)?.state;
        Some(state.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    pub(crate) fn pending(&self, source: SourceId) -> Option<(Vec<u8>, DateTime<Utc>)> {
        self.intake.lock().unwrap_or_else(PoisonError::into_inner).pending(source)
    }

    /// Stops every source, then takes in what they had read.
    pub(crate) async fn stop(self: Arc<Self>) {
        self.stopping.store(true, Ordering::Relaxed);
        self.look.notify_one();
        let running = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        for source in running.values() {
            source.handle.stop();
        }
        for source in running.into_values() {
            // A task that panicked has nothing left to stop.
            let _ = source.task.await;
        }
        let collector = Arc::clone(&self);
        let taken_in = tokio::task::spawn_blocking(move || {
            let intake = Arc::clone(&collector.intake);
            collector.writer.run(move |ledger| {
                let mut intake = intake.lock().unwrap_or_else(PoisonError::into_inner);
                while intake.step(ledger, Utc::now())?.more {}
                Ok::<_, AppError>(())
            })
        });
        match taken_in.await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::warn!(%error, "the last lines will be taken in at the next start"),
            Ok(Err(error)) => tracing::warn!(%error, "the last lines will be taken in at the next start"),
            Err(error) => tracing::error!(%error, "taking in the last lines failed"),
        }
        self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Each second: sources that came, went or changed; chunks that could not be taken in; silence; another day.
    async fn keep_up(weak: Weak<Self>) {
        let mut days = Days::default();
        loop {
            let Some(collector) = weak.upgrade().filter(|this| !this.stopping.load(Ordering::Relaxed)) else {
                return;
            };
            let looking = Arc::clone(&collector);
            let sources = tokio::task::spawn_blocking(move || looking.read_sources()).await;
            match sources {
                Ok(Ok(sources)) => collector.run_only(sources).await,
                Ok(Err(error)) => tracing::warn!(%error, "the list of sources cannot be read"),
                Err(error) => tracing::error!(%error, "reading the list of sources failed"),
            }
            collector.settle();
            if days.begins(Utc::now()) {
                let writer = collector.writer.clone();
                tokio::task::spawn_blocking(move || sum_up(&writer));
            }
            let _ = collector.changes.send(Change { sources: true, ..Change::default() });
            let _ = time::timeout(TICK, collector.look.notified()).await;
        }
    }

    fn read_sources(&self) -> Result<Vec<Source>, AppError> {
        let sources = Ledger::open_reader(&self.ledger)?.sources()?;
        Ok(sources.into_iter().filter(|source| !source.paused && self.wants(source.id)).collect())
    }

    fn wants(&self, source: SourceId) -> bool {
        match &self.what {
            Collect::All => true,
            Collect::Only(sources) => sources.contains(&source),
        }
    }

    /// Stops what is not wanted (any more, or like this), starts what is.
    async fn run_only(self: &Arc<Self>, sources: Vec<Source>) {
        let wanted: BTreeMap<SourceId, Source> =
            sources.into_iter().map(|source| (source.id, source)).collect();
        let ended: Vec<Running> = {
            let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            let stale = |id: &SourceId, present: &mut Running| {
                present.task.is_finished()
                    || wanted.get(id).is_none_or(|source| source.draft != present.draft)
            };
            running.extract_if(.., stale).map(|(_, ended)| ended).collect()
        };
        let any_ended = !ended.is_empty();
        for ended in ended {
            ended.handle.stop();
            // The port must be free before it is opened again.
            let _ = ended.task.await;
        }
        if any_ended {
            self.follow_rules();
        }
        if self.stopping.load(Ordering::Relaxed) {
            return;
        }
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, source) in wanted {
            if let std::collections::btree_map::Entry::Vacant(place) = running.entry(id) {
                match self.start_source(source) {
                    Ok(Some(started)) => drop(place.insert(started)),
                    Ok(None) => {}
                    Err(error) => tracing::error!(source = id.0, %error, "a source cannot be started"),
                }
            }
        }
    }

    fn start_source(self: &Arc<Self>, source: Source) -> Result<Option<Running>, AppError> {
        let Some(place) = sources::place(&source)? else { return Ok(None) };
        let id = source.id;
        let told = |error: capture::LandingError| AppError::Capture(error.to_string());
        let landing = capture::Landing::open(&paths::landings(&self.ledger), capture_id(id)).map_err(told)?;
        let (handle, control) = capture::control();
        let state = Arc::new(Mutex::new(LineState::new(LineStateCode::Opening)));
        let reports = {
            let (weak, state) = (Arc::downgrade(self), Arc::clone(&state));
            Arc::new(move |report| {
                if let Some(collector) = weak.upgrade() {
                    collector.hear(id, &state, report);
                }
            })
        };
        let resume = Ledger::open_reader(&self.ledger)?
            .file_position(id)?
            .map(|(file, offset)| capture::Position { file: file.cast_unsigned(), offset });
        let spool = Arc::new(LedgerSpool(Arc::downgrade(self)));
        let work = capture::collect(place, resume, landing, spool, control, reports);
        let task = self.runtime.spawn(work);
        Ok(Some(Running { draft: source.draft, handle, task, state }))
    }

    fn hear(&self, source: SourceId, state: &Mutex<LineState>, report: Report) {
        let troubles = match report {
            Report::State(new) => {
                tracing::info!(source = source.0, state = ?new.code, "line");
                *state.lock().unwrap_or_else(PoisonError::into_inner) = new;
                None
            }
            Report::OpenFailed => Some((1, 0)),
            Report::ReadFailed => Some((0, 1)),
        };
        if let Some((opens, reads)) = troubles {
            let count = move |ledger: &mut Ledger| {
                if let Err(error) = ledger.count_troubles(source, opens, reads) {
                    tracing::warn!(%error, "a trouble of the line could not be counted");
                }
            };
            // Without a writer the program is ending.
            let _ = self.writer.post(count);
        }
        let _ = self.changes.send(Change { sources: true, ..Change::default() });
    }

    /// A source's format or zone may be another one now.
    fn follow_rules(self: &Arc<Self>) {
        let collector = Arc::clone(self);
        let _ = self.writer.post(move |ledger| {
            let mut intake = collector.intake.lock().unwrap_or_else(PoisonError::into_inner);
            let followed = crate::intake::follow_rules(ledger, Utc::now());
            intake.forget();
            drop(intake);
            match followed {
                Ok(false) => {}
                Ok(true) => {
                    let _ = collector.changes.send(Change {
                        any_calls: true,
                        sources: true,
                        ..Change::default()
                    });
                }
                Err(error) => tracing::error!(%error, "the calls could not be derived anew"),
            }
        });
    }

    /// Has the writing thread take in what is new. Asked many times, done once.
    fn digest(self: &Arc<Self>) {
        if self.digest_asked.swap(true, Ordering::AcqRel) {
            return;
        }
        let collector = Arc::clone(self);
        let _ = self.writer.post(move |ledger| {
            collector.digest_asked.store(false, Ordering::Release);
            let step =
                collector.intake.lock().unwrap_or_else(PoisonError::into_inner).step(ledger, Utc::now());
            if collector.tell(step) {
                // Behind the bytes that arrived meanwhile: those are committed first.
                collector.digest();
            }
        });
    }

    fn settle(self: &Arc<Self>) {
        let collector = Arc::clone(self);
        let _ = self.writer.post(move |ledger| {
            let mut intake = collector.intake.lock().unwrap_or_else(PoisonError::into_inner);
            let stepped = match intake.is_behind(ledger) {
                Ok(true) => intake.step(ledger, Utc::now()),
                Ok(false) => intake.settle(ledger, Utc::now()),
                Err(error) => Err(error),
            };
            drop(intake);
            if collector.tell(stepped) {
                collector.digest();
            }
        });
    }

    /// Tells what a step changed; whether there is more to take in.
    fn tell(&self, step: Result<crate::Step, AppError>) -> bool {
        match step {
            Ok(step) => {
                let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
                for source in step.good_lines.keys() {
                    if let Some(running) = running.get(source) {
                        running.handle.good_line();
                    }
                }
                drop(running);
                if !step.calls.is_empty() || step.lines > 0 {
                    let any_calls = !step.calls.is_empty();
                    let sources = step.lines > 0;
                    let change = Change { calls: step.calls, any_calls, sources, ..Change::default() };
                    let _ = self.changes.send(change);
                }
                step.more
            }
            Err(error) => {
                tracing::warn!(code = error.code(), %error, "lines are in the spool, but could not be taken in yet");
                false
            }
        }
    }
}

/// The ledger as capture sees it.
#[derive(Debug)]
struct LedgerSpool(Weak<Collector>);

impl capture::Spool for LedgerSpool {
    fn append(&self, arrival: capture::Arrival<'_>) -> Result<(), capture::SpoolError> {
        let collector = self.0.upgrade().ok_or_else(stopped)?;
        let bytes = arrival.bytes.to_vec();
        let (source, landing, at) =
            (ledger_id(arrival.source), arrival.landing, arrival.at.timestamp_millis());
        let file = arrival.position.map(|position| (position.file.cast_signed(), position.offset));
        let continuity = match arrival.continuity {
            capture::Continuity::Contiguous => ledger::Continuity::Contiguous,
            capture::Continuity::Restarted => ledger::Continuity::Restarted,
            capture::Continuity::Broken => ledger::Continuity::Broken,
        };
        let reading = Arc::clone(&collector);
        let append = move |ledger: &mut Ledger| {
            let appended = ledger.append(&ledger::Arrival {
                source,
                received_at: at,
                continuity,
                landing: Some(landing),
                file,
                bytes: &bytes,
            });
            if appended.is_ok() {
                // Asked from here, so that no slice of an import comes between: a line waits for one at most.
                reading.digest();
            }
            appended
        };
        collector.writer.run(append).and_then(|appended| appended).map_err(spool_error)
    }

    fn landed(&self, source: capture::SourceId, landing: u64) -> Result<bool, capture::SpoolError> {
        let collector = self.0.upgrade().ok_or_else(stopped)?;
        let asked = collector.writer.run(move |ledger| ledger.landed(ledger_id(source), landing));
        asked.and_then(|landed| landed).map_err(spool_error)
    }
}

fn spool_error(error: LedgerError) -> capture::SpoolError {
    match error {
        LedgerError::DiskFull => capture::SpoolError::Full(error.to_string()),
        error => capture::SpoolError::Other { code: error.code(), message: error.to_string() },
    }
}

fn stopped() -> capture::SpoolError {
    spool_error(LedgerError::Stopped)
}

fn capture_id(source: SourceId) -> capture::SourceId {
    capture::SourceId(i64::from(source.0))
}

fn ledger_id(source: capture::SourceId) -> SourceId {
    SourceId(u32::try_from(source.0).unwrap_or(u32::MAX))
}

/// Another program collects: look for what it commits, and collect when it has ended.
pub(crate) fn follow(app: &Arc<App>) {
    let weak = Arc::downgrade(app);
    app.runtime.spawn_blocking(move || {
        // The number of changes is counted for one connection, so always the same one asks.
        let mut reader: Option<(Ledger, i64)> = None;
        while let Some(app) = weak.upgrade() {
            if !look(&app, &mut reader) {
                return;
            }
            drop(app);
            std::thread::sleep(FOLLOW);
        }
    });
}

/// One look; `false` when this program collects now.
fn look(app: &Arc<App>, reader: &mut Option<(Ledger, i64)>) -> bool {
    let seen = reader.as_ref().map(|(_, version)| *version);
    let now = match reader {
        Some((ledger, _)) => ledger.data_version(),
        None => Ledger::open_reader(&app.path).and_then(|ledger| {
            let version = ledger.data_version()?;
            *reader = Some((ledger, version));
            Ok(version)
        }),
    };
    match (now, reader.as_mut()) {
        (Ok(now), Some((_, version))) if seen != Some(now) => {
            *version = now;
            let _ = app.changes.send(Change { any_calls: true, sources: true, ..Change::default() });
        }
        (Err(error), _) => {
            tracing::debug!(%error, "the ledger cannot be looked at");
            *reader = None;
        }
        _ => {}
    }
    let free = CollectingLock::holder(&app.path, Utc::now()).is_none();
    !(free && app.collect(Collect::All).is_ok())
}
