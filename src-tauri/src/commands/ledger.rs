//! The ledger as a whole: another one in its place, a file read into it, a copy of it.

use app::views::ReadFileSummary;
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

/// Asks for a file and reads it; `None` when the person changes their mind.
#[tauri::command]
pub async fn read_file(handle: AppHandle, desk: State<'_, Desk>) -> Answer<Option<ReadFileSummary>> {
    match dialogs::open(&handle).await {
        Some(path) => desk.ask(move |app| app.read_file(&path)).await.map(Some),
        None => Ok(None),
    }
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
