//! The call list as a file.

use app::views::{ExportKind, ExportWish};
use tauri::{AppHandle, State};

use crate::{bridge::Answer, desk::Desk, shell::dialogs};

/// Asks for a name and begins to write; does not wait. `false` when the person changes their mind.
#[tauri::command]
pub async fn export_calls(handle: AppHandle, desk: State<'_, Desk>, wish: ExportWish) -> Answer<bool> {
    let suggested = match wish.kind {
        ExportKind::Csv => "calls.csv",
        ExportKind::Xlsx => "calls.xlsx",
        ExportKind::Pdf => "calls.pdf",
    };
    let Some(path) = dialogs::save(&handle, suggested).await else { return Ok(false) };
    desk.ask_shared(move |app| app.start_export(wish, &path)).await.map(|()| true)
}
