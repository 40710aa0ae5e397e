//! What people put to calls: notes, tags, outcome codes, closing by hand.

use app::App;
use app::views::{NoteView, OutcomeCodeEntry, TagView};
use tauri::State;

use crate::{bridge::Answer, desk::Desk};

#[tauri::command]
pub async fn add_note(desk: State<'_, Desk>, call: String, text: String) -> Answer<NoteView> {
    desk.ask(move |app| app.add_note(&call, &text)).await
}

#[tauri::command]
pub async fn change_note(desk: State<'_, Desk>, id: u32, text: String) -> Answer<NoteView> {
    desk.ask(move |app| app.change_note(id, &text)).await
}

#[tauri::command]
pub async fn delete_note(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| app.delete_note(id)).await
}

#[tauri::command]
pub async fn restore_note(desk: State<'_, Desk>, id: u32) -> Answer<NoteView> {
    desk.ask(move |app| app.restore_note(id)).await
}

#[tauri::command]
pub async fn list_tags(desk: State<'_, Desk>) -> Answer<Vec<TagView>> {
    desk.ask(App::tags).await
}

#[tauri::command]
pub async fn set_tags(desk: State<'_, Desk>, call: String, tags: Vec<String>) -> Answer<()> {
    desk.ask(move |app| app.set_tags(&call, &tags)).await
}

#[tauri::command]
pub async fn outcome_codes(desk: State<'_, Desk>) -> Answer<Vec<OutcomeCodeEntry>> {
    desk.ask(App::outcome_codes).await
}

#[tauri::command]
pub async fn save_outcome_codes(
    desk: State<'_, Desk>,
    codes: Vec<OutcomeCodeEntry>,
) -> Answer<Vec<OutcomeCodeEntry>> {
    desk.ask(move |app| app.save_outcome_codes(&codes)).await
}

#[tauri::command]
pub async fn set_outcome_code(desk: State<'_, Desk>, call: String, code: Option<String>) -> Answer<()> {
    desk.ask(move |app| app.set_outcome_code(&call, code.as_deref())).await
}

#[tauri::command]
pub async fn close_call(desk: State<'_, Desk>, call: String, reason: String) -> Answer<()> {
    desk.ask(move |app| app.close_call(&call, &reason)).await
}

#[tauri::command]
pub async fn reopen_call(desk: State<'_, Desk>, call: String) -> Answer<()> {
    desk.ask(move |app| app.reopen_call(&call)).await
}
