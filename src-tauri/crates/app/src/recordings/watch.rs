//! Folders of recordings are looked through by themselves: once at the start, then as the system tells of changes, or from
//! time to time where it tells of none; and recordings without a call are asked again when calls have come.
//!
//! Nothing waits for this: lines of an exchange go to the writing thread between two of its slices, and a file that is as it
//! was is not opened.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use ledger::{RecordingFolder, RecordingState};
use recordings::index::{Known, Noticed, Settings, Stamp, Visited, Watch, tells_of_changes, visit};

use super::scan::{Step, step};
use crate::{App, AppError};

/// How often it is looked whether folders were added or removed, and whether something is due.
const EVERY: Duration = Duration::from_secs(5);

/// A file is looked at once nobody has written to it for so long: a second more than it counts as too new.
const QUIET: Duration = Duration::from_secs(11);

/// Calls that come one after the other are waited for, so that recordings are asked once for many.
const CALLS_QUIET: Duration = Duration::from_secs(2);

/// But no longer than so, while calls come without end.
const CALLS_AT_LATEST: Duration = Duration::from_secs(30);

/// How often folders are walked through of which the system tells nothing, and how much of the time at most: one part of so
/// many.
const POLLED_EVERY: Duration = Duration::from_mins(1);
const PART_OF_TIME: u32 = 20;

/// How far the clock of calls, which is that on the wall, and that of files may be apart: a zone, a clock that was set wrong,
/// and the length of a call. In milliseconds.
const CLOCKS_APART: i64 = 2 * 24 * 60 * 60 * 1000;

/// Where so many files have changed a walk is quicker than looking at each.
const MANY: usize = 2_000;

/// The watching thread; ends when this is dropped.
#[derive(Debug)]
pub(crate) struct RecordingWatch {
    notes: mpsc::Sender<Note>,
    stopped: Arc<AtomicBool>,
}

/// What the watching thread hears.
#[derive(Debug)]
enum Note {
    Files(i64, Noticed),
    /// Calls are new or different, none of which began before this moment (milliseconds since 1970); `None`: nobody knows.
    Calls(Option<i64>),
    Stop,
}

/// What is known of a folder that is watched.
#[derive(Debug)]
struct Watched {
    folder: RecordingFolder,
    /// `None`: the system tells nothing, so it is looked at from time to time.
    watch: Option<Watch>,
    /// Files that changed, and when they last did.
    changed: HashMap<PathBuf, Instant>,
    /// When all of it is to be walked through.
    walk_at: Option<Instant>,
}

impl App {
    /// Begins to watch the folders of recordings, if it has not begun. Ends with [`App::stop`].
    pub fn watch_recordings(self: &Arc<Self>) {
        let mut watch = self.recording_watch.lock().unwrap_or_else(PoisonError::into_inner);
        if watch.is_some() {
            return;
        }
        let (notes, heard) = mpsc::channel();
        let stopped = Arc::new(AtomicBool::new(false));
        self.tell_of_calls(notes.clone());
        let mut watcher = Watcher {
            app: Arc::downgrade(self),
            notes: notes.clone(),
            stopped: Arc::clone(&stopped),
            folders: Vec::new(),
            calls: None,
        };
        let thread = thread::Builder::new().name("recordings".to_owned()).spawn(move || watcher.run(&heard));
        match thread {
            Ok(_) => *watch = Some(RecordingWatch { notes, stopped }),
            Err(error) => tracing::error!(%error, "recordings cannot be watched"),
        }
    }

    /// Ends the watching, if it has begun.
    pub(crate) fn unwatch_recordings(&self) {
        self.recording_watch.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn tell_of_calls(&self, notes: mpsc::Sender<Note>) {
        use tokio::sync::broadcast::error::RecvError;
        let mut news = self.changes();
        self.runtime.spawn(async move {
            loop {
                let came = match news.recv().await {
                    // What changed with recordings is our own doing.
                    Ok(change) if change.recordings || !change.any_calls => continue,
                    Ok(change) => {
                        change.calls.first().map(|call| call.moment().saturating_mul(1000) - CLOCKS_APART)
                    }
                    Err(RecvError::Lagged(_)) => None,
                    Err(RecvError::Closed) => return,
                };
                if notes.send(Note::Calls(came)).is_err() {
                    return;
                }
            }
        });
    }

    /// Looks at these files of a folder alone; whether one of them was none, so that all must be walked through.
    fn look_at_recordings(&self, folder: &RecordingFolder, files: &[PathBuf]) -> Result<bool, AppError> {
        let _one_at_a_time = self.scanning();
        let endings = self.read(super::filters::endings)?;
        let settings = Settings { endings, law: super::folders::law(folder.law), ..Settings::default() };
        let root = Path::new(&folder.path);
        let mut steps: Vec<Step> = Vec::new();
        let mut must_walk = false;
        for file in files {
            let known = self.read(|ledger| {
                let mut known = Known::new();
                let path = file.strip_prefix(root).unwrap_or(file).as_os_str().as_encoded_bytes();
                let entry = ledger.recording_at(folder.id, path)?;
                if let Some(entry) = entry.filter(|entry| entry.seen.state != RecordingState::Gone) {
                    let stamp = Stamp { size: entry.seen.size, modified: entry.seen.modified };
                    known.add(entry.id, path, stamp, entry.seen.state != RecordingState::TooNew);
                }
                Ok(known)
            });
            let visited = visit(root, file, &mut known?, &settings, SystemTime::now(), &mut |change| {
                steps.extend(step(change));
                ControlFlow::Continue(())
            });
            must_walk |= visited == Visited::Folder;
        }
        self.keep_steps(folder.id, steps)?;
        Ok(must_walk)
    }
}

impl Drop for RecordingWatch {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // The thread may have ended by itself.
        let _ = self.notes.send(Note::Stop);
    }
}

/// Calls that no recording was asked of yet.
#[derive(Debug, Clone, Copy)]
struct Came {
    first: Instant,
    last: Instant,
    /// As [`Note::Calls`].
    since: Option<i64>,
}

impl Came {
    fn due_at(self) -> Instant {
        (self.last + CALLS_QUIET).min(self.first + CALLS_AT_LATEST)
    }
}

struct Watcher {
    app: Weak<App>,
    notes: mpsc::Sender<Note>,
    stopped: Arc<AtomicBool>,
    folders: Vec<Watched>,
    calls: Option<Came>,
}

impl Watcher {
    fn run(&mut self, heard: &mpsc::Receiver<Note>) {
        loop {
            {
                let Some(app) = self.app.upgrade() else { return };
                if let Err(error) = self.look(&app) {
                    tracing::warn!(code = error.code(), "recordings could not be looked through");
                }
            }
            let mut waiting = self.due_in();
            loop {
                match heard.recv_timeout(waiting) {
                    Ok(Note::Stop) | Err(mpsc::RecvTimeoutError::Disconnected) => return,
                    Ok(note) => self.hear(note),
                    Err(mpsc::RecvTimeoutError::Timeout) => break,
                }
                // What came meanwhile is heard before anything is done.
                waiting = self.due_in().min(waiting);
                if waiting.is_zero() {
                    break;
                }
            }
        }
    }

    fn hear(&mut self, note: Note) {
        let now = Instant::now();
        match note {
            Note::Files(id, noticed) => {
                let Some(watched) = self.folders.iter_mut().find(|watched| watched.folder.id == id) else {
                    return;
                };
                match noticed {
                    Noticed::At(paths) => watched.changed.extend(paths.into_iter().map(|path| (path, now))),
                    Noticed::Missed => watched.walk_at = Some(now + QUIET),
                }
            }
            Note::Calls(since) => {
                self.calls = Some(match self.calls {
                    None => Came { first: now, last: now, since },
                    Some(came) => {
                        let since = came.since.zip(since).map(|(one, other)| one.min(other));
                        Came { last: now, since, ..came }
                    }
                });
            }
            Note::Stop => {}
        }
    }

    /// How long nothing is to be done.
    fn due_in(&self) -> Duration {
        let now = Instant::now();
        let files = self.folders.iter().flat_map(|watched| {
            let first = watched.changed.values().min().map(|changed| *changed + QUIET);
            first.into_iter().chain(watched.walk_at)
        });
        let calls = self.calls.map(Came::due_at);
        let due = files.chain(calls).map(|at| at.saturating_duration_since(now));
        due.min().unwrap_or(EVERY).min(EVERY)
    }

    /// Does what is due.
    fn look(&mut self, app: &App) -> Result<(), AppError> {
        self.follow_folders(app)?;
        let stopped = Arc::clone(&self.stopped);
        let go_on = || {
            if stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut is_different = false;
        let notes = self.notes.clone();
        for watched in &mut self.folders {
            is_different |= watched.look(app, &notes, &go_on)?;
        }
        let now = Instant::now();
        let calls_due = self.calls.is_some_and(|came| now >= came.due_at());
        if is_different || calls_due {
            // Where no calls have come that anybody told of, all that may have come count.
            let since = self.calls.take().and_then(|came| came.since);
            let asked = {
                let _one_at_a_time = app.scanning();
                app.ask_recordings(since, &mut || go_on())?
            };
            is_different |= !matches!(asked, ControlFlow::Continue(0));
        }
        if is_different {
            app.recordings_changed();
        }
        Ok(())
    }

    /// Folders that were added are walked through now, and watched from then on.
    fn follow_folders(&mut self, app: &App) -> Result<(), AppError> {
        let kept = app.read(|ledger| Ok(ledger.recording_folders()?))?;
        let ids: HashSet<i64> = kept.iter().map(|folder| folder.id).collect();
        self.folders.retain(|watched| ids.contains(&watched.folder.id));
        for folder in kept {
            if let Some(watched) = self.folders.iter_mut().find(|watched| watched.folder.id == folder.id) {
                if watched.folder.law != folder.law {
                    watched.walk_at = Some(Instant::now());
                }
                watched.folder = folder;
                continue;
            }
            let walk_at = Some(Instant::now());
            self.folders.push(Watched { folder, watch: None, changed: HashMap::new(), walk_at });
        }
        Ok(())
    }
}

impl Watched {
    /// Whether anything is different now.
    fn look(
        &mut self,
        app: &App,
        notes: &mpsc::Sender<Note>,
        go_on: &dyn Fn() -> ControlFlow<()>,
    ) -> Result<bool, AppError> {
        let now = Instant::now();
        let mut is_different = false;
        let mut due: Vec<PathBuf> = self
            .changed
            .iter()
            .filter(|(_, changed)| now >= **changed + QUIET)
            .map(|(path, _)| path.clone())
            .collect();
        if due.len() > MANY {
            self.walk_at = Some(now);
        }
        if self.walk_at.is_some_and(|at| now >= at) {
            if self.watch.is_none() {
                // Heard from before it is walked through: what comes meanwhile is not missed.
                self.watch = watch(&self.folder, notes.clone());
            }
            // A walk sees all that has changed until it begins.
            self.changed.retain(|_, changed| now < *changed + QUIET);
            let (found, _) = app.scan_alone(&self.folder, &mut || go_on())?;
            is_different = found.new + found.changed + found.gone > 0;
            let pause = POLLED_EVERY.max(now.elapsed() * PART_OF_TIME);
            if found.unreachable.is_some() {
                // It may be another one that is there again.
                self.watch = None;
            }
            self.walk_at = match &self.watch {
                None => Some(Instant::now() + pause),
                // Written to before anybody listened.
                Some(_) if found.too_new > 0 => {
                    Some(Instant::now() + QUIET.max(now.elapsed() * PART_OF_TIME))
                }
                Some(_) => None,
            };
        } else if !due.is_empty() {
            due.sort();
            for path in &due {
                self.changed.remove(path);
            }
            if app.look_at_recordings(&self.folder, &due)? {
                self.walk_at = Some(Instant::now());
            }
            is_different = true;
        }
        Ok(is_different)
    }
}

/// `None`: the system does not tell of this folder.
fn watch(folder: &RecordingFolder, notes: mpsc::Sender<Note>) -> Option<Watch> {
    let path = Path::new(&folder.path);
    if !tells_of_changes(path) {
        return None;
    }
    let id = folder.id;
    let watch = Watch::start(path, move |noticed| {
        // Nobody listens any more when the ledger is closed.
        let _ = notes.send(Note::Files(id, noticed));
    });
    watch
        .inspect_err(|error| tracing::info!(%error, "a folder of recordings is looked at from time to time"))
        .ok()
}
