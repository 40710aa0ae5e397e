//! Sources: ports, lines, what they deliver.

use app::App;
use app::views::{
    FormatView, MonitorPage, NewSerialSource, PortView, RejectedPage, SerialSettings, SourceView,
};
use tauri::State;

use crate::{bridge::Answer, desk::Desk};

#[tauri::command]
pub async fn list_ports(desk: State<'_, Desk>) -> Answer<Vec<PortView>> {
    desk.ask(App::list_ports).await
}

#[tauri::command]
pub async fn list_formats(desk: State<'_, Desk>) -> Answer<Vec<FormatView>> {
    desk.ask(App::list_formats).await
}

#[tauri::command]
pub async fn add_serial_source(desk: State<'_, Desk>, source: NewSerialSource) -> Answer<SourceView> {
    desk.ask(move |app| app.add_serial_source(&source)).await
}

#[tauri::command]
pub async fn change_serial_source(
    desk: State<'_, Desk>,
    id: u32,
    settings: SerialSettings,
) -> Answer<SourceView> {
    desk.ask(move |app| app.change_serial_source(id, settings)).await
}

#[tauri::command]
pub async fn set_source_paused(desk: State<'_, Desk>, id: u32, paused: bool) -> Answer<SourceView> {
    desk.ask(move |app| app.set_source_paused(id, paused)).await
}

#[tauri::command]
pub async fn remove_source(desk: State<'_, Desk>, id: u32) -> Answer<()> {
    desk.ask(move |app| app.remove_source(id)).await
}

#[tauri::command]
pub async fn restore_source(desk: State<'_, Desk>, id: u32) -> Answer<SourceView> {
    desk.ask(move |app| app.restore_source(id)).await
}

#[tauri::command]
pub async fn line_monitor(desk: State<'_, Desk>, id: u32, limit: u32) -> Answer<MonitorPage> {
    desk.ask(move |app| app.line_monitor(id, limit)).await
}

#[tauri::command]
pub async fn rejected_lines(
    desk: State<'_, Desk>,
    id: Option<u32>,
    offset: u32,
    limit: u32,
) -> Answer<RejectedPage> {
    desk.ask(move |app| app.rejected_lines(id, offset, limit)).await
}
