//! Reports: which there are, each computed, and each as a file.

use app::{
    App, ReportFile,
    views::{ExportKind, ReportGallery, ReportQuery, ReportView},
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
    kind: ExportKind,
) -> Answer<Option<String>> {
    let (kind, ending) = match kind {
        ExportKind::Csv => (ReportFile::Csv, "csv"),
        ExportKind::Xlsx => (ReportFile::Xlsx, "xlsx"),
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
