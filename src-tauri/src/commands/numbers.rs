//! Dial rules: how numbers are written at an exchange.

use app::App;
use app::views::{Choice, DialRules, NumberTrace, RulesPreview};
use tauri::State;

use crate::{bridge::Answer, desk::Desk};

#[tauri::command]
pub async fn dial_rules(desk: State<'_, Desk>) -> Answer<Vec<DialRules>> {
    desk.ask(App::dial_rules).await
}

#[tauri::command]
pub async fn try_number(
    desk: State<'_, Desk>,
    rules: DialRules,
    number: String,
    side: String,
) -> Answer<NumberTrace> {
    desk.ask(move |app| app.try_number(&rules, &number, &side)).await
}

#[tauri::command]
pub async fn preview_rules(desk: State<'_, Desk>, rules: DialRules) -> Answer<RulesPreview> {
    desk.ask(move |app| app.preview_rules(&rules)).await
}

/// Keeps the rules; what follows from them is derived in the background.
#[tauri::command]
pub async fn save_rules(desk: State<'_, Desk>, rules: DialRules) -> Answer<()> {
    desk.ask_shared(move |app| app.save_rules(&rules)).await
}

#[tauri::command]
pub async fn countries(desk: State<'_, Desk>) -> Answer<Vec<Choice>> {
    desk.ask(|app| Ok(app.countries())).await
}
