//! Reports: which there are, each computed, each as a file, and those that are kept.

use app::{
    App,
    views::{ReportFile, ReportGallery, ReportQuery, ReportView, SavedReport},
};
use tauri::{AppHandle, State};

use crate::{bridge::Answer, desk::Desk, shell::dialogs};

#[tauri::command]
pub async fn report_gallery(desk: State<'_, Desk>) -> Answer<ReportGallery> {
    desk.ask(|_| Ok(App::report_gallery())).await
}

#[tauri::command]
pub async fn report(desk: State<'_, Desk>, id: String, query: ReportQuery) -> Answer<ReportView> {
    desk.ask(move |app| app.report(&id, &query)).await
}

/// Asks for a name and writes the report there, computed anew; its path, or `None` when the person changes their mind.
#[tauri::command]
pub async fn export_report(
    handle: AppHandle,
    desk: State<'_, Desk>,
    id: String,
    query: ReportQuery,
    kind: ReportFile,
) -> Answer<Option<String>> {
    let ending = match kind {
        ReportFile::Csv => "csv",
        ReportFile::Xlsx => "xlsx",
        ReportFile::Pdf => "pdf",
        ReportFile::Svg => "svg",
        ReportFile::Png => "png",
    };
    let Some(path) = dialogs::save(&handle, &format!("{id}.{ending}")).await else { return Ok(None) };
    let written = path.display().to_string();
    desk.ask(move |app| {
        let view = app.report(&id, &query)?;
        app.write_report(&view, kind, &path)
    })
    .await
    .map(|()| Some(written))
}

#[tauri::command]
pub async fn saved_reports(desk: State<'_, Desk>) -> Answer<Vec<SavedReport>> {
    desk.ask(App::saved_reports).await
}

#[tauri::command]
pub async fn save_report(desk: State<'_, Desk>, report: SavedReport) -> Answer<()> {
    desk.ask(move |app| app.save_report(&report)).await
}

#[tauri::command]
pub async fn delete_saved_report(desk: State<'_, Desk>, name: String) -> Answer<()> {
    desk.ask(move |app| app.delete_saved_report(&name)).await
}
