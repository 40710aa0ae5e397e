//! Which ledger is open, and how commands reach it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use app::{App, AppError, views::ErrorView};
use tauri::{AppHandle, async_runtime};

use crate::bridge::{Answer, tell_changes};

/// What another program on the same ledger is told about this one.
const PROGRAM: &str = "the Ringledger window";

/// The open ledger. One that could not be opened is tried again each time something is asked of it, so that
/// mending the cause is enough.
#[derive(Debug, Clone)]
pub struct Desk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    handle: AppHandle,
    /// The user's ledger; an error when this computer has no place for one.
    path: Result<PathBuf, ErrorView>,
    open: Mutex<Option<Arc<App>>>,
}

impl Desk {
    pub fn new(handle: AppHandle) -> Self {
        let path = app::default_ledger().map_err(|error| ErrorView::from(&error));
        Self(Arc::new(Inner { handle, path, open: Mutex::default() }))
    }

    /// Asks the open ledger something that may take a while.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&App) -> Result<T, AppError> + Send + 'static,
    ) -> Answer<T> {
        let desk = self.clone();
        blocking(move || {
            let app = desk.open()?;
            question(&app).map_err(|error| ErrorView::from(&error))
        })
        .await
    }

    /// Puts the ledger of made-up calls on the desk; the user's goes on collecting only while it is open.
    pub async fn open_sample(&self) -> Answer<()> {
        let desk = self.clone();
        blocking(move || {
            let path = desk.0.path.clone()?;
            let sample = App::open_sample(&path, PROGRAM).map_err(|error| ErrorView::from(&error))?;
            desk.put(Some(Arc::new(sample)));
            Ok(())
        })
        .await
    }

    pub async fn close_sample(&self) -> Answer<()> {
        let desk = self.clone();
        blocking(move || {
            desk.put(None);
            desk.open().map(drop)
        })
        .await
    }

    /// Before the program ends: what was read is taken in, the ledger is closed.
    pub fn close(&self) {
        let open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(app) = open {
            app.stop();
        }
    }

    fn open(&self) -> Answer<Arc<App>> {
        let mut open = self.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(app) = &*open {
            return Ok(Arc::clone(app));
        }
        let path = self.0.path.clone()?;
        let app = App::open(&path, PROGRAM).map(Arc::new).map_err(|error| ErrorView::from(&error))?;
        app.collect_or_follow().map_err(|error| ErrorView::from(&error))?;
        tell_changes(self.0.handle.clone(), &app);
        *open = Some(Arc::clone(&app));
        Ok(app)
    }

    fn put(&self, app: Option<Arc<App>>) {
        if let Some(app) = &app {
            tell_changes(self.0.handle.clone(), app);
        }
        let before = std::mem::replace(&mut *self.0.open.lock().unwrap_or_else(PoisonError::into_inner), app);
        if let Some(before) = before {
            before.stop();
        }
    }
}

/// Runs `work` where it may wait: SQLite and serial ports must not hold up the window.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    async_runtime::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(ErrorView {
            code: "internal".to_owned(),
            message: format!("The program failed to do this: {error}."),
            hint: Some("Your lines are safe in the ledger. Start Ringledger again; if it happens again, send us its log.".to_owned()),
        })
    })
}
