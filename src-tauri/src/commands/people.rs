//! What extensions did, and sums of calls.

use app::views::{CallFilter, CallTotals, PeopleView};
use tauri::State;

use crate::{bridge::Answer, desk::Desk};

#[tauri::command]
pub async fn people(desk: State<'_, Desk>, filter: CallFilter) -> Answer<PeopleView> {
    desk.ask(move |app| app.people(&filter)).await
}

#[tauri::command]
pub async fn call_totals(desk: State<'_, Desk>, filter: CallFilter) -> Answer<CallTotals> {
    desk.ask(move |app| app.call_totals(&filter)).await
}
