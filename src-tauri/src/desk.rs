//! Which ledger is open, and how commands reach it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{App, AppError, views::ErrorView};
use tauri::{AppHandle, async_runtime};

use crate::bridge::{Answer, tell_all_changed, tell_changes};

/// What another program on the same ledger is told about this one.
const PROGRAM: &str = "the Ringledger window";

/// The open ledgers. One that could not be opened is tried again each time something is asked of it, so that
/// mending the cause is enough.
#[derive(Debug, Clone)]
pub struct Desk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    handle: AppHandle,
    /// The user's ledger; an error when this computer has no place for one.
    path: Result<PathBuf, ErrorView>,
    ledgers: Mutex<Ledgers>,
}

/// The user's ledger collects whether or not it is the one that is looked at.
#[derive(Debug, Default)]
struct Ledgers {
    own: Option<Arc<App>>,
    sample: Option<Arc<App>>,
}

impl Desk {
    pub fn new(handle: AppHandle) -> Self {
        let path = app::default_ledger().map_err(|error| ErrorView::from(&error));
        Self(Arc::new(Inner { handle, path, ledgers: Mutex::default() }))
    }

    /// Asks the ledger that is looked at something that may take a while.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&App) -> Result<T, AppError> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        blocking(move || {
            let app = desk.looked_at()?;
            question(&app).map_err(|error| ErrorView::from(&error))
        })
        .await
    }

    /// The same for what goes on after the answer.
    pub async fn ask_shared<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Arc<App>) -> Result<T, AppError> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        blocking(move || {
            let app = desk.looked_at()?;
            question(&app).map_err(|error| ErrorView::from(&error))
        })
        .await
    }

    /// Long work goes on: closing the window must not end the program yet.
    pub fn is_busy(&self) -> bool {
        self.ledgers().own.as_ref().is_some_and(|own| own.is_busy())
    }

    /// Looks at a ledger of made-up calls, made anew.
    pub async fn open_sample(&self) -> Answer<()> {
        let desk = self.clone();
        blocking(move || {
            let path = desk.0.path.clone()?;
            desk.ledgers().sample = None;
            let sample = App::open_sample(&path, PROGRAM).map_err(|error| ErrorView::from(&error))?;
            desk.look_at(Some(Arc::new(sample)));
            Ok(())
        })
        .await
    }

    /// Looks at the user's ledger again.
    pub async fn close_sample(&self) -> Answer<()> {
        let desk = self.clone();
        blocking(move || {
            desk.look_at(None);
            let path = desk.0.path.clone()?;
            app::discard_sample(&path).map_err(|error| ErrorView::from(&error))
        })
        .await
    }

    /// Before the program ends: what was read is taken in, the ledgers are closed.
    pub fn close(&self) {
        let ledgers = std::mem::take(&mut *self.ledgers());
        if let Some(own) = &ledgers.own {
            own.stop();
            own.close_sounds();
        }
        if let (Some(sample), Ok(path)) = (ledgers.sample, &self.0.path) {
            drop(sample);
            if let Err(error) = app::discard_sample(path) {
                tracing::warn!(%error, "the sample ledger stays on the disk");
            }
        }
    }

    fn ledgers(&self) -> MutexGuard<'_, Ledgers> {
        self.0.ledgers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn looked_at(&self) -> Answer<Arc<App>> {
        let mut ledgers = self.ledgers();
        if let Some(app) = ledgers.sample.as_ref().or(ledgers.own.as_ref()) {
            return Ok(Arc::clone(app));
        }
        let path = self.0.path.clone()?;
        let app = App::open(&path, PROGRAM).map(Arc::new).map_err(|error| ErrorView::from(&error))?;
        app.collect_or_follow().map_err(|error| ErrorView::from(&error))?;
        app.watch_folders();
        app.watch_recordings();
        tell_changes(self.0.handle.clone(), &app);
        ledgers.own = Some(Arc::clone(&app));
        Ok(app)
    }

    fn look_at(&self, sample: Option<Arc<App>>) {
        if let Some(sample) = &sample {
            tell_changes(self.0.handle.clone(), sample);
        }
        self.ledgers().sample = sample;
        tell_all_changed(&self.0.handle);
    }
}

/// Runs `work` where it may wait: SQLite and serial ports must not hold up the window.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    async_runtime::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(ErrorView {
            code: "internal".to_owned(),
            message: format!("The program failed to do this: {error}."),
            hint: Some("Your lines are safe in the ledger. Start Ringledger again; if it happens again, send us its log.".to_owned()),
            detail: None,
        })
    })
}
