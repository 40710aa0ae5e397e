//! The ledger as a whole: another one in its place, a file read into it, a copy of it.

use tauri::{AppHandle, State};

use crate::{bridge::Answer, desk::Desk, shell::dialogs};

#[tauri::command]
pub async fn open_sample(desk: State<'_, Desk>) -> Answer<()> {
    desk.open_sample().await
}

#[tauri::command]
pub async fn close_sample(desk: State<'_, Desk>) -> Answer<()> {
    desk.close_sample().await
}

/// Asks for a name and writes a verified copy; `None` when the person changes their mind.
#[tauri::command]
pub async fn back_up(handle: AppHandle, desk: State<'_, Desk>) -> Answer<Option<String>> {
    match dialogs::save(&handle, "calls.ringledger").await {
        Some(path) => {
            let written = path.display().to_string();
            desk.ask(move |app| app.back_up(&path)).await.map(|()| Some(written))
        }
        None => Ok(None),
    }
}
