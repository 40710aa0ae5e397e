//! Importing files: what a file is, taking it in, taking it back.

use std::path::{Path, PathBuf};

use app::App;
use app::views::{
    BatchView, CorrectedRow, ImportFile, ImportOptions, ImportPreview, ImportSummary, JobView, MappingView,
    RejectedRows, WatchedFolder,
};
use tauri::{AppHandle, State};

use crate::{bridge::Answer, desk::Desk, shell::dialogs};

/// Asks for files; empty when the person changes their mind.
#[tauri::command]
pub async fn choose_import_files(handle: AppHandle) -> Answer<Vec<String>> {
    Ok(dialogs::open_several(&handle).await.iter().map(|path| path.display().to_string()).collect())
}

/// Asks for a folder; `None` when the person changes their mind.
#[tauri::command]
pub async fn choose_import_folder(handle: AppHandle) -> Answer<Option<String>> {
    Ok(dialogs::open_folder(&handle).await.map(|path| path.display().to_string()))
}

#[tauri::command]
pub async fn preview_import(desk: State<'_, Desk>, file: ImportFile) -> Answer<ImportPreview> {
    desk.ask(move |app| app.preview_import(Path::new(&file.path), &file.options)).await
}

/// Begins, and does not wait.
#[tauri::command]
pub async fn start_import(desk: State<'_, Desk>, files: Vec<ImportFile>) -> Answer<()> {
    desk.ask_shared(move |app| {
        app.start_import(files);
        Ok(())
    })
    .await
}

#[tauri::command]
pub async fn list_jobs(desk: State<'_, Desk>) -> Answer<Vec<JobView>> {
    desk.ask(|app| Ok(app.jobs())).await
}

#[tauri::command]
pub async fn cancel_job(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| {
        app.cancel_job(id);
        Ok(())
    })
    .await
}

#[tauri::command]
pub async fn dismiss_job(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| {
        app.dismiss_job(id);
        Ok(())
    })
    .await
}

#[tauri::command]
pub async fn import_history(desk: State<'_, Desk>) -> Answer<Vec<BatchView>> {
    desk.ask(App::import_history).await
}

/// Begins, and does not wait.
#[tauri::command]
pub async fn undo_import(desk: State<'_, Desk>, batch: i64) -> Answer<()> {
    desk.ask_shared(move |app| app.start_undo(batch)).await
}

#[tauri::command]
pub async fn rejected_rows(
    desk: State<'_, Desk>,
    batch: i64,
    offset: u64,
    limit: u32,
) -> Answer<RejectedRows> {
    desk.ask(move |app| app.rejected_rows(batch, offset, limit)).await
}

/// Asks for a name and writes the rejected rows; `None` when the person changes their mind.
#[tauri::command]
pub async fn save_rejected_rows(
    handle: AppHandle,
    desk: State<'_, Desk>,
    batch: i64,
) -> Answer<Option<String>> {
    match dialogs::save(&handle, "rejected rows.txt").await {
        Some(path) => {
            let written = path.display().to_string();
            desk.ask(move |app| app.export_rejected(batch, &path)).await.map(|_| Some(written))
        }
        None => Ok(None),
    }
}

#[tauri::command]
pub async fn correct_rows(
    desk: State<'_, Desk>,
    batch: i64,
    rows: Vec<CorrectedRow>,
) -> Answer<ImportSummary> {
    desk.ask(move |app| app.correct_rows(batch, &rows)).await
}

#[tauri::command]
pub async fn list_mappings(desk: State<'_, Desk>) -> Answer<Vec<MappingView>> {
    desk.ask(App::list_mappings).await
}

#[tauri::command]
pub async fn keep_mapping(desk: State<'_, Desk>, name: String, file: ImportFile) -> Answer<MappingView> {
    desk.ask(move |app| app.keep_mapping(&name, &file)).await
}

#[tauri::command]
pub async fn forget_mapping(desk: State<'_, Desk>, name: String) -> Answer<()> {
    desk.ask(move |app| app.forget_mapping(&name)).await
}

#[tauri::command]
pub async fn watched_folders(desk: State<'_, Desk>) -> Answer<Vec<WatchedFolder>> {
    desk.ask(App::watched_folders).await
}

#[tauri::command]
pub async fn watch_folder(
    desk: State<'_, Desk>,
    path: String,
    options: ImportOptions,
) -> Answer<WatchedFolder> {
    desk.ask_shared(move |app| app.watch_folder(&PathBuf::from(path), &options)).await
}

#[tauri::command]
pub async fn change_watched_folder(desk: State<'_, Desk>, id: i64, paused: bool) -> Answer<WatchedFolder> {
    desk.ask(move |app| app.change_watched_folder(id, paused)).await
}

#[tauri::command]
pub async fn unwatch_folder(desk: State<'_, Desk>, id: i64) -> Answer<()> {
    desk.ask(move |app| app.unwatch_folder(id)).await
}
