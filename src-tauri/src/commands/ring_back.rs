//! Callers to be rung back.

use app::views::{RingBackSettings, RingBackState, RingBackView};
use tauri::State;

use crate::{bridge::Answer, desk::Desk};

#[tauri::command]
pub async fn ring_back(desk: State<'_, Desk>, state: RingBackState) -> Answer<RingBackView> {
    desk.ask(move |app| app.ring_back(state)).await
}

#[tauri::command]
pub async fn save_ring_back_settings(desk: State<'_, Desk>, settings: RingBackSettings) -> Answer<()> {
    desk.ask(move |app| app.save_ring_back_settings(settings)).await
}

#[tauri::command]
pub async fn give_ring_back(desk: State<'_, Desk>, number: String, to: Option<String>) -> Answer<()> {
    desk.ask(move |app| app.give_ring_back(&number, to.as_deref())).await
}

#[tauri::command]
pub async fn note_ring_back(desk: State<'_, Desk>, number: String, note: String) -> Answer<()> {
    desk.ask(move |app| app.note_ring_back(&number, &note)).await
}

#[tauri::command]
pub async fn dismiss_ring_back(desk: State<'_, Desk>, number: String, reason: String) -> Answer<()> {
    desk.ask(move |app| app.dismiss_ring_back(&number, &reason)).await
}

#[tauri::command]
pub async fn reopen_ring_back(desk: State<'_, Desk>, number: String) -> Answer<()> {
    desk.ask(move |app| app.reopen_ring_back(&number)).await
}
