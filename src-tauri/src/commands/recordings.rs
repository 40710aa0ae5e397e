//! Recordings: where they are, which calls they belong to, how they are decrypted, who listened.

use std::path::{Path, PathBuf};

use app::App;
use app::views::{
    ArchiveWish, ConfirmedRecording, DeletedRecordings, DeletionView, EncryptionPreview, EncryptionWish,
    ExportColumn, FilterTrialView, ListeningView, NamePartView, NameTrialView, NumberRecordings,
    PassPhraseView, RecordingCountsView, RecordingFilterShow, RecordingFilterView, RecordingFolderView,
    RecordingRow, RetentionPreview, RetentionRule,
};
use tauri::{AppHandle, State};

use crate::{bridge::Answer, desk::Desk, shell::dialogs};

#[tauri::command]
pub async fn recording_counts(desk: State<'_, Desk>) -> Answer<RecordingCountsView> {
    desk.ask(App::recording_counts).await
}

/// Newest first: by the start of their call, else by when the file was last written to.
#[tauri::command]
pub async fn list_recordings(
    desk: State<'_, Desk>,
    show: RecordingFilterShow,
    offset: u32,
    limit: u32,
) -> Answer<Vec<RecordingRow>> {
    desk.ask(move |app| app.recordings_from(show, offset, limit)).await
}

#[tauri::command]
pub async fn recording(desk: State<'_, Desk>, id: u32) -> Answer<RecordingRow> {
    desk.ask(move |app| app.recording(id)).await
}

/// Begins to look through all folders, and does not wait.
#[tauri::command]
pub async fn start_scan(desk: State<'_, Desk>) -> Answer<()> {
    desk.ask_shared(|app| {
        app.start_scan();
        Ok(())
    })
    .await
}

/// `None`: it belongs to no call.
#[tauri::command]
pub async fn choose_recording(desk: State<'_, Desk>, id: u32, call: Option<String>) -> Answer<RecordingRow> {
    desk.ask(move |app| app.choose_recording(id, call.as_deref())).await
}

#[tauri::command]
pub async fn undo_recording_choice(desk: State<'_, Desk>, id: u32) -> Answer<RecordingRow> {
    desk.ask(move |app| app.undo_recording_choice(id)).await
}

/// Asks where to, and copies the file as it is; `None` when the person changes their mind.
#[tauri::command]
pub async fn copy_recording(
    handle: AppHandle,
    desk: State<'_, Desk>,
    id: u32,
    call: Option<String>,
) -> Answer<Option<String>> {
    let file = desk.ask(move |app| app.recording(id)).await?.file;
    let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
    let Some(path) = dialogs::save(&handle, name).await else { return Ok(None) };
    let written = path.display().to_string();
    desk.ask(move |app| app.copy_recording(id, call.as_deref(), &path)).await.map(|_| Some(written))
}

#[tauri::command]
pub async fn recording_folders(desk: State<'_, Desk>) -> Answer<Vec<RecordingFolderView>> {
    desk.ask(App::recording_folders).await
}

/// Asks for a folder; `None` when the person changes their mind.
#[tauri::command]
pub async fn choose_recording_folder(handle: AppHandle) -> Answer<Option<String>> {
    Ok(dialogs::open_folder(&handle).await.map(|path| path.display().to_string()))
}

#[tauri::command]
pub async fn add_recording_folder(desk: State<'_, Desk>, path: String) -> Answer<u32> {
    desk.ask(move |app| app.add_recording_folder(Path::new(&path))).await
}

/// Nothing on the disk is touched.
#[tauri::command]
pub async fn remove_recording_folder(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| app.remove_recording_folder(id)).await
}

#[tauri::command]
pub async fn recording_filters(desk: State<'_, Desk>) -> Answer<Vec<RecordingFilterView>> {
    desk.ask(App::recording_filters).await
}

#[tauri::command]
pub async fn save_recording_filters(
    desk: State<'_, Desk>,
    filters: Vec<RecordingFilterView>,
) -> Answer<Vec<RecordingFilterView>> {
    desk.ask(move |app| app.save_recording_filters(&filters)).await
}

/// Asks for files; empty when the person changes their mind.
#[tauri::command]
pub async fn choose_recording_files(handle: AppHandle) -> Answer<Vec<String>> {
    Ok(dialogs::open_several(&handle).await.iter().map(|path| path.display().to_string()).collect())
}

/// `secret`: the pass phrase; without it the one that is kept.
#[tauri::command]
pub async fn try_recording_filter(
    desk: State<'_, Desk>,
    filter: String,
    file: String,
    secret: Option<String>,
) -> Answer<FilterTrialView> {
    let secret = secret.map(zeroize::Zeroizing::new);
    let file = PathBuf::from(file);
    desk.ask(move |app| {
        app.try_recording_filter(&filter, &file, secret.as_ref().map(|secret| secret.as_str()))
    })
    .await
}

#[tauri::command]
pub async fn pass_phrases(desk: State<'_, Desk>) -> Answer<Vec<PassPhraseView>> {
    desk.ask(App::pass_phrases).await
}

#[tauri::command]
pub async fn keep_pass_phrase(desk: State<'_, Desk>, filter: String, secret: String) -> Answer<()> {
    let secret = zeroize::Zeroizing::new(secret);
    desk.ask(move |app| app.keep_pass_phrase(&filter, &secret)).await
}

#[tauri::command]
pub async fn forget_pass_phrase(desk: State<'_, Desk>, filter: String) -> Answer<()> {
    desk.ask(move |app| app.forget_pass_phrase(&filter)).await
}

#[tauri::command]
pub async fn name_templates(desk: State<'_, Desk>) -> Answer<Vec<String>> {
    desk.ask(App::name_templates).await
}

#[tauri::command]
pub async fn save_name_templates(desk: State<'_, Desk>, patterns: Vec<String>) -> Answer<()> {
    desk.ask(move |app| app.save_name_templates(&patterns)).await
}

/// Tries a template on the names that were found last; keeps nothing.
#[tauri::command]
pub async fn try_name_template(desk: State<'_, Desk>, pattern: String) -> Answer<NameTrialView> {
    desk.ask(move |app| app.try_name_template_on_last(&pattern)).await
}

#[tauri::command]
pub async fn name_parts(desk: State<'_, Desk>) -> Answer<Vec<NamePartView>> {
    desk.ask(|app| Ok(app.name_parts())).await
}

/// Newest first; `before` is the number of the last entry of the page before.
#[tauri::command]
pub async fn listening_log(
    desk: State<'_, Desk>,
    before: Option<u32>,
    limit: u32,
) -> Answer<Vec<ListeningView>> {
    desk.ask(move |app| app.listening_log(before, limit)).await
}

/// Asks for a name and writes the whole log; `None` when the person changes their mind.
#[tauri::command]
pub async fn export_listening_log(
    handle: AppHandle,
    desk: State<'_, Desk>,
    columns: Vec<ExportColumn>,
) -> Answer<Option<String>> {
    let Some(path) = dialogs::save(&handle, "listening log.csv").await else { return Ok(None) };
    let written = path.display().to_string();
    desk.ask(move |app| app.export_listening_log(&columns, &path)).await.map(|_| Some(written))
}

/// Why a recording must not be deleted.
#[tauri::command]
pub async fn hold_recording(desk: State<'_, Desk>, id: u32, why: String) -> Answer<RecordingRow> {
    desk.ask(move |app| app.hold_recording(id, &why)).await
}

#[tauri::command]
pub async fn release_recording(desk: State<'_, Desk>, id: u32) -> Answer<RecordingRow> {
    desk.ask(move |app| app.release_recording(id)).await
}

/// Deletes files for good: each as the person saw it.
#[tauri::command]
pub async fn delete_recordings(
    desk: State<'_, Desk>,
    recordings: Vec<ConfirmedRecording>,
) -> Answer<DeletedRecordings> {
    desk.ask(move |app| app.delete_recordings(&recordings)).await
}

/// Newest first; `before` is the number of the last entry of the page before.
#[tauri::command]
pub async fn deletion_log(
    desk: State<'_, Desk>,
    before: Option<u32>,
    limit: u32,
) -> Answer<Vec<DeletionView>> {
    desk.ask(move |app| app.deletion_log(before, limit)).await
}

/// Of all calls of a number, name or extension.
#[tauri::command]
pub async fn recordings_of_number(desk: State<'_, Desk>, number: String) -> Answer<NumberRecordings> {
    desk.ask(move |app| app.recordings_of_number(&number)).await
}

/// Asks for a name and begins to write them into one archive, which can be ended; the number of the job, `None` when the
/// person changes their mind.
#[tauri::command]
pub async fn start_archive(
    handle: AppHandle,
    desk: State<'_, Desk>,
    wish: ArchiveWish,
    secret: Option<String>,
) -> Answer<Option<u32>> {
    let secret = secret.map(zeroize::Zeroizing::new);
    let Some(path) = dialogs::save(&handle, "recordings.zip").await else { return Ok(None) };
    desk.ask_shared(move |app| app.start_archive(wish, secret.as_ref().map(|secret| secret.as_str()), &path))
        .await
        .map(Some)
}

/// How sound without a header is read in a folder; `None`: as its ending says.
#[tauri::command]
pub async fn set_recording_law(
    desk: State<'_, Desk>,
    folder: u32,
    law: Option<String>,
) -> Answer<RecordingFolderView> {
    desk.ask(move |app| app.set_recording_law(folder, law.as_deref())).await
}

/// `None`: everything is kept.
#[tauri::command]
pub async fn save_retention_rule(
    desk: State<'_, Desk>,
    folder: u32,
    rule: Option<RetentionRule>,
) -> Answer<RecordingFolderView> {
    desk.ask(move |app| app.save_retention_rule(folder, rule.as_ref())).await
}

/// What the rules would delete now; deletes nothing.
#[tauri::command]
pub async fn retention_preview(desk: State<'_, Desk>) -> Answer<RetentionPreview> {
    desk.ask(App::retention_preview).await
}

/// Begins to delete what a preview named, which can be ended; does not wait.
#[tauri::command]
pub async fn start_retention(desk: State<'_, Desk>, token: String) -> Answer<()> {
    desk.ask_shared(move |app| app.start_retention(&token)).await
}

#[tauri::command]
pub async fn encryption_preview(desk: State<'_, Desk>, folder: u32) -> Answer<EncryptionPreview> {
    desk.ask(move |app| app.encryption_preview(folder)).await
}

/// Begins, and does not wait; what is wrong with the wish or the pass phrase is told at once.
#[tauri::command]
pub async fn start_encrypting(
    desk: State<'_, Desk>,
    wish: EncryptionWish,
    secret: Option<String>,
) -> Answer<()> {
    let secret = secret.map(zeroize::Zeroizing::new);
    desk.ask_shared(move |app| app.start_encrypting(wish, secret.as_ref().map(|secret| secret.as_str())))
        .await
}
