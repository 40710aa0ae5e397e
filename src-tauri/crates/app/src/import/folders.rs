//! Folders whose new files are imported by themselves.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Weak, mpsc},
    thread,
    time::{Duration, SystemTime},
};

use chrono::Utc;
use ledger::FolderEntry;

use super::Progress;
use crate::{
    App, AppError, intake, rfc3339,
    views::{ErrorView, ImportOptions, WatchedFolder},
};

/// How often folders are looked at. Network folders tell nobody of changes, so looking is the one way for all.
const EVERY: Duration = Duration::from_secs(5);

/// The watching thread; ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Folders {
    stop: mpsc::Sender<()>,
}

/// What a file was like when it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    size: u64,
    changed: Option<SystemTime>,
}

impl App {
    pub fn watched_folders(&self) -> Result<Vec<WatchedFolder>, AppError> {
        self.read(|ledger| Ok(ledger.watched_folders()?.into_iter().map(view).collect()))
    }

    /// Watches a folder from now on. Files that are in it already are imported, too: rows that are known add
    /// nothing.
    pub fn watch_folder(
        self: &Arc<Self>,
        path: &Path,
        options: &ImportOptions,
    ) -> Result<WatchedFolder, AppError> {
        let told = |error| AppError::File(path.to_owned(), error);
        let path = path.canonicalize().map_err(told)?;
        fs::read_dir(&path).map_err(|error| AppError::File(path.clone(), error))?;
        let options = serde_json::to_string(options).map_err(|error| AppError::Rules(error.to_string()))?;
        let path = path.display().to_string();
        let id = self.write(move |ledger| Ok(ledger.add_watched_folder(&path, &options)?))?;
        self.watch_folders();
        self.tell_jobs();
        self.one_folder(id)
    }

    pub fn change_watched_folder(&self, id: i64, paused: bool) -> Result<WatchedFolder, AppError> {
        self.write(move |ledger| Ok(ledger.pause_watched_folder(id, paused)?))?;
        self.tell_jobs();
        self.one_folder(id)
    }

    pub fn unwatch_folder(&self, id: i64) -> Result<(), AppError> {
        self.write(move |ledger| Ok(ledger.remove_watched_folder(id)?))?;
        self.tell_jobs();
        Ok(())
    }

    /// Begins to look at watched folders, if it has not begun.
    pub fn watch_folders(self: &Arc<Self>) {
        let mut folders = self.folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if folders.is_none() {
            let (stop, stopped) = mpsc::channel();
            let app = Arc::downgrade(self);
            let watcher =
                thread::Builder::new().name("folders".to_owned()).spawn(move || watch(&app, &stopped));
            match watcher {
                Ok(_) => *folders = Some(Folders { stop }),
                Err(error) => tracing::error!(%error, "folders cannot be watched"),
            }
        }
    }

    fn one_folder(&self, id: i64) -> Result<WatchedFolder, AppError> {
        let all = self.watched_folders()?;
        all.into_iter().find(|folder| folder.id == id).ok_or_else(|| AppError::Choice(format!("Folder {id}")))
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        // The thread may have ended by itself.
        let _ = self.stop.send(());
    }
}

fn watch(app: &Weak<App>, stopped: &mpsc::Receiver<()>) {
    let mut looked: HashMap<PathBuf, Looked> = HashMap::new();
    loop {
        let Some(app) = app.upgrade() else { return };
        if let Ok(folders) = app.read(|ledger| Ok(ledger.watched_folders()?)) {
            for folder in folders.iter().filter(|folder| !folder.paused) {
                look(&app, folder, &mut looked);
            }
        }
        drop(app);
        if stopped.recv_timeout(EVERY) != Err(mpsc::RecvTimeoutError::Timeout) {
            return;
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Looked {
    state: State,
    imported: bool,
}

/// Imports the files of a folder that are new or have changed, and do not change any more.
fn look(app: &App, folder: &FolderEntry, looked: &mut HashMap<PathBuf, Looked>) {
    let note = |file: &str, error: Option<&AppError>| {
        let (id, file, at) = (folder.id, file.to_owned(), Utc::now().timestamp_millis());
        let error = error.map(|error| serde_json::to_string(&ErrorView::from(error)).unwrap_or_default());
        let noted = app.write(move |ledger| Ok(ledger.note_watched_file(id, &file, at, error.as_deref())?));
        if let Err(error) = noted {
            tracing::warn!(code = error.code(), "what came of a watched file could not be kept");
        }
        app.tell_jobs();
    };
    let entries = match fs::read_dir(&folder.path) {
        Ok(entries) => entries,
        Err(error) => {
            if folder.error.is_none() {
                note("", Some(&AppError::File(PathBuf::from(&folder.path), error)));
            }
            return;
        }
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let options: ImportOptions = serde_json::from_str(&folder.options).unwrap_or_default();
    for path in files {
        let Some(state) = state(&path) else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let before = looked.insert(path.clone(), Looked { state, imported: false });
        match before {
            // Whoever writes it may not be done: it is taken when it is the same at the next look.
            Some(before) if before.state == state => {
                if !before.imported && !known(app, &path) {
                    let result = app.import_unseen(&path, &options, &Progress::default());
                    note(&name, result.as_ref().err());
                }
                looked.insert(path, Looked { state, imported: true });
            }
            _ => {}
        }
    }
}

/// This very file was imported.
fn known(app: &App, path: &Path) -> bool {
    let digest = super::decide::digest(path);
    digest.is_ok_and(|digest| {
        app.read(|ledger| Ok(ledger.batch_with_digest(digest)?)).is_ok_and(|batch| batch.is_some())
    })
}

fn state(path: &Path) -> Option<State> {
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some(State { size: about.len(), changed: about.modified().ok() })
}

fn view(folder: FolderEntry) -> WatchedFolder {
    WatchedFolder {
        id: folder.id,
        path: folder.path,
        options: serde_json::from_str(&folder.options).unwrap_or_default(),
        paused: folder.paused,
        last_file: folder.last_file.filter(|file| !file.is_empty()),
        last_at: folder.last_at.map(|at| rfc3339(intake::time(at))),
        error: folder.error.and_then(|error| serde_json::from_str(&error).ok()),
    }
}
