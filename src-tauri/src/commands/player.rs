//! Recordings that are listened to: opened, heard in pieces, marked, written out.

use app::{
    Side, Wanted,
    views::{CallRecordingView, MarkerView, OpenSoundView, WholeSoundView},
};
use tauri::{AppHandle, State, ipc::Response};
use zeroize::Zeroizing;

use crate::{bridge::Answer, desk::Desk, shell::dialogs};

#[tauri::command]
pub async fn recordings_of_call(desk: State<'_, Desk>, call: String) -> Answer<Vec<CallRecordingView>> {
    desk.ask(move |app| app.recordings_of_call(&call)).await
}

/// Answers once it is decrypted and its beginning decoded. The pass phrase goes to the filter, and nowhere else.
#[tauri::command]
pub async fn open_sound(
    desk: State<'_, Desk>,
    ticket: u32,
    recording: u32,
    call: Option<String>,
    secret: Option<String>,
) -> Answer<OpenSoundView> {
    let secret = secret.map(Zeroizing::new);
    desk.ask(move |app| {
        let secret = secret.as_ref().map(|secret| secret.as_str());
        app.open_sound(ticket, recording, Wanted { call: call.as_deref(), secret, ..Wanted::default() })
    })
    .await
}

#[tauri::command]
pub async fn cancel_opening(desk: State<'_, Desk>, ticket: u32) -> Answer<()> {
    desk.ask(move |app| {
        app.cancel_opening(ticket);
        Ok(())
    })
    .await
}

/// A piece as a WAV file, as bytes: a web view plays it as a Blob.
#[tauri::command]
pub async fn sound_piece(
    desk: State<'_, Desk>,
    handle: u32,
    from: u32,
    to: u32,
    side: String,
) -> Answer<Response> {
    let side = match side.as_str() {
        "left" => Side::Left,
        "right" => Side::Right,
        _ => Side::Both,
    };
    // The web view gets a copy that is its own to let go.
    desk.ask(move |app| app.sound_piece(handle, from, to, side)).await.map(|wav| Response::new(wav.to_vec()))
}

/// Answers once all of it is decoded.
#[tauri::command]
pub async fn whole_sound(desk: State<'_, Desk>, handle: u32) -> Answer<WholeSoundView> {
    desk.ask(move |app| app.whole_sound(handle)).await
}

#[tauri::command]
pub async fn heard(desk: State<'_, Desk>, handle: u32, from: u32, to: u32, over: bool) -> Answer<()> {
    desk.ask(move |app| app.heard(handle, from, to, over)).await
}

#[tauri::command]
pub async fn close_sound(desk: State<'_, Desk>, handle: u32) -> Answer<()> {
    desk.ask(move |app| app.close_sound(handle)).await
}

/// Asks for a name and writes the sound there; `None` when the person changes their mind.
#[tauri::command]
pub async fn export_sound(window: AppHandle, desk: State<'_, Desk>, handle: u32) -> Answer<Option<String>> {
    let Some(path) = dialogs::save(&window, "recording.wav").await else { return Ok(None) };
    desk.ask(move |app| {
        app.export_sound(handle, &path)?;
        Ok(Some(path.display().to_string()))
    })
    .await
}

#[tauri::command]
pub async fn add_marker(desk: State<'_, Desk>, recording: u32, at: u32, text: String) -> Answer<MarkerView> {
    desk.ask(move |app| app.add_marker(recording, at, &text)).await
}

#[tauri::command]
pub async fn change_marker(desk: State<'_, Desk>, id: u32, at: u32, text: String) -> Answer<MarkerView> {
    desk.ask(move |app| app.change_marker(id, at, &text)).await
}

#[tauri::command]
pub async fn delete_marker(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| app.delete_marker(id)).await
}

#[tauri::command]
pub async fn restore_marker(desk: State<'_, Desk>, id: u32) -> Answer<MarkerView> {
    desk.ask(move |app| app.restore_marker(id)).await
}
