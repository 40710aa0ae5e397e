//! Ways of looking at the call list, kept under names.

use app::App;
use app::views::SavedView;
use tauri::State;

use crate::{bridge::Answer, desk::Desk};

#[tauri::command]
pub async fn saved_views(desk: State<'_, Desk>) -> Answer<Vec<SavedView>> {
    desk.ask(App::saved_views).await
}

#[tauri::command]
pub async fn save_view(desk: State<'_, Desk>, view: SavedView) -> Answer<()> {
    desk.ask(move |app| app.save_view(&view)).await
}

#[tauri::command]
pub async fn delete_view(desk: State<'_, Desk>, name: String) -> Answer<()> {
    desk.ask(move |app| app.delete_view(&name)).await
}
