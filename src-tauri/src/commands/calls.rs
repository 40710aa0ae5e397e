//! Today, the call list, one call.

use app::App;
use app::views::{CallDetail, CallPage, CallQuery, Overview, TodayView};
use tauri::State;

use crate::{bridge::Answer, desk::Desk};

#[tauri::command]
pub async fn overview(desk: State<'_, Desk>) -> Answer<Overview> {
    desk.ask(App::overview).await
}

#[tauri::command]
pub async fn today(desk: State<'_, Desk>, day: Option<String>) -> Answer<TodayView> {
    desk.ask(move |app| app.today(day.as_deref())).await
}

#[tauri::command]
pub async fn list_calls(desk: State<'_, Desk>, query: CallQuery) -> Answer<CallPage> {
    desk.ask(move |app| app.list_calls(&query)).await
}

/// Where a day begins in the list, which is in the order of time.
#[tauri::command]
pub async fn call_place(desk: State<'_, Desk>, query: CallQuery, day: String) -> Answer<u32> {
    desk.ask(move |app| app.offset_of_day(&query.filter, query.sort.descending, &day)).await
}

#[tauri::command]
pub async fn call_detail(desk: State<'_, Desk>, id: String) -> Answer<CallDetail> {
    desk.ask(move |app| app.call_detail(&id)).await
}
