//! Names: contacts outside, people inside.

use app::App;
use app::views::{Contact, ContactImport, ContactPage, ExtensionEntry};
use tauri::{AppHandle, State};

use crate::{bridge::Answer, desk::Desk, shell::dialogs};

#[tauri::command]
pub async fn list_contacts(
    desk: State<'_, Desk>,
    text: String,
    offset: u32,
    limit: u32,
) -> Answer<ContactPage> {
    desk.ask(move |app| app.list_contacts(&text, offset, limit)).await
}

#[tauri::command]
pub async fn save_contact(desk: State<'_, Desk>, contact: Contact) -> Answer<Contact> {
    desk.ask(move |app| app.save_contact(&contact)).await
}

#[tauri::command]
pub async fn delete_contact(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| app.delete_contact(id)).await
}

/// Asks for a file; `None` when the person changes their mind.
#[tauri::command]
pub async fn import_contacts(handle: AppHandle, desk: State<'_, Desk>) -> Answer<Option<ContactImport>> {
    match dialogs::open_one(&handle).await {
        Some(path) => desk.ask(move |app| app.import_contacts(&path)).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub async fn undo_contact_import(desk: State<'_, Desk>, undo: u32) -> Answer<()> {
    desk.ask(move |app| app.undo_contact_import(undo)).await
}

#[tauri::command]
pub async fn directory(desk: State<'_, Desk>) -> Answer<Vec<ExtensionEntry>> {
    desk.ask(App::directory).await
}

#[tauri::command]
pub async fn save_extension(desk: State<'_, Desk>, entry: ExtensionEntry) -> Answer<ExtensionEntry> {
    desk.ask(move |app| app.save_extension(&entry)).await
}

#[tauri::command]
pub async fn delete_extension(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| app.delete_extension(id)).await
}

/// Asks for a file; `None` when the person changes their mind.
#[tauri::command]
pub async fn import_directory(handle: AppHandle, desk: State<'_, Desk>) -> Answer<Option<ContactImport>> {
    match dialogs::open_one(&handle).await {
        Some(path) => desk.ask(move |app| app.import_directory(&path)).await.map(Some),
        None => Ok(None),
    }
}
