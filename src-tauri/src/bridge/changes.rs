//! The one event: something changed, ask again for what you show.

use std::{sync::Arc, thread, time::Duration};

use app::{App, Change, views::Changed};
use tauri::{AppHandle, Emitter};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// Changes within this time are told together: at most twenty events a second, whatever the line delivers.
const TOGETHER: Duration = Duration::from_millis(50);

const EVENT: &str = "changed";

const EVERYTHING: Changed = Changed { calls: true, sources: true, jobs: true, recordings: true };

/// Passes an open ledger's changes on to the page, until the ledger is closed.
pub fn tell_changes(handle: AppHandle, app: &Arc<App>) {
    let mut news = app.changes();
    let told = thread::Builder::new().name("changes".to_owned()).spawn(move || {
        loop {
            let mut changed = match news.blocking_recv() {
                Ok(change) => view(&change),
                Err(RecvError::Lagged(_)) => EVERYTHING,
                Err(RecvError::Closed) => return,
            };
            thread::sleep(TOGETHER);
            loop {
                match news.try_recv() {
                    Ok(change) => {
                        changed.calls |= change.any_calls;
                        changed.sources |= change.sources;
                        changed.jobs |= change.jobs;
                        changed.recordings |= change.recordings;
                    }
                    Err(TryRecvError::Lagged(_)) => changed = EVERYTHING,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
            emit(&handle, changed);
        }
    });
    if let Err(error) = told {
        tracing::error!(%error, "the page will not be told of changes");
    }
}

/// Another ledger is looked at: nothing on the page holds any more.
pub fn tell_all_changed(handle: &AppHandle) {
    emit(handle, EVERYTHING);
}

fn emit(handle: &AppHandle, changed: Changed) {
    if let Err(error) = handle.emit(EVENT, changed) {
        tracing::warn!(%error, "the page could not be told of a change");
    }
}

fn view(change: &Change) -> Changed {
    Changed {
        calls: change.any_calls,
        sources: change.sources,
        jobs: change.jobs,
        recordings: change.recordings,
    }
}
