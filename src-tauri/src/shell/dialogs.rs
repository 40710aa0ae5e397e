//! Native dialogs that ask for a file.

use std::path::PathBuf;

use rfd::{AsyncFileDialog, FileHandle};
use tauri::AppHandle;
use tokio::sync::oneshot;

/// Asks for existing files; none when the person changes their mind.
pub async fn open_several(handle: &AppHandle) -> Vec<PathBuf> {
    if let Some(answer) = answer_of_a_test() {
        return std::env::split_paths(&answer).filter(|path| !path.as_os_str().is_empty()).collect();
    }
    let chosen = shown(handle, AsyncFileDialog::pick_files).await.flatten();
    chosen.unwrap_or_default().iter().map(|file| file.path().to_owned()).collect()
}

/// Asks for one existing file.
pub async fn open_one(handle: &AppHandle) -> Option<PathBuf> {
    ask(handle, AsyncFileDialog::pick_file).await
}

/// Asks for an existing folder.
pub async fn open_folder(handle: &AppHandle) -> Option<PathBuf> {
    ask(handle, AsyncFileDialog::pick_folder).await
}

/// Asks for the name of a new file.
pub async fn save(handle: &AppHandle, suggested: impl Into<String>) -> Option<PathBuf> {
    let suggested = suggested.into();
    ask(handle, move |dialog| dialog.set_file_name(suggested).save_file()).await
}

async fn ask<F>(
    handle: &AppHandle,
    show: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
) -> Option<PathBuf>
where
    F: Future<Output = Option<FileHandle>> + Send + 'static,
{
    if let Some(answer) = answer_of_a_test() {
        return (!answer.as_os_str().is_empty()).then_some(answer);
    }
    shown(handle, show).await.flatten().map(|file| file.path().to_owned())
}

/// What a person answered to a dialog; `None` when it could not be shown.
async fn shown<F>(
    handle: &AppHandle,
    show: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
) -> Option<F::Output>
where
    F: Future + Send + 'static,
{
    let (shown, dialog) = oneshot::channel();
    // GTK's dialogs are made on the thread that GTK was started on, and must not be waited for there.
    handle
        .run_on_main_thread(move || {
            // Nobody waits any more when the window was closed meanwhile.
            let _ = shown.send(show(AsyncFileDialog::new()));
        })
        .ok()?;
    Some(dialog.await.ok()?.await)
}

/// WebDriver cannot see native dialogs, so a debug build takes the answer from the environment: a path, or an
/// empty one for "cancel".
fn answer_of_a_test() -> Option<PathBuf> {
    if cfg!(debug_assertions) {
        std::env::var_os("RINGLEDGER_DIALOG_ANSWER").map(PathBuf::from)
    } else {
        None
    }
}
