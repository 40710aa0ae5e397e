//! Files dragged into the window.

use super::{CALLS, import_now, write_file, write_master};
use crate::{room::Room, window::Window};

#[tokio::test]
async fn files_are_dropped_on_any_screen() {
    let room = Room::new();
    let (lines, _) = write_file(&room);
    let master = write_master(&room);
    let window = Window::open(&room).await;
    window.click("@rail-sources").await;

    let drag = window.drag(&[&lines]);
    window.until_text("@drop-curtain", "Let go").await;
    drag.leave();
    window.until_count("@drop-curtain", 0).await;
    window.until_count("@preview", 0).await;

    let drag = window.drag(&[&lines, &master]);
    window.find("@drop-curtain").await;
    drag.drop();
    window.until_count("main[data-screen=import] @draft-tab", 2).await;
    window.until_count("@drop-curtain", 0).await;
    window.click("@draft-tab:nth-child(2)").await;
    window.until_text("@recognised-as", "Asterisk").await;
    window.click("@leave-out").await;
    window.until_text("@recognised-as", "HiPath").await;
    let summary = import_now(&window, 1).await;
    assert_eq!(summary.calls, CALLS);
}
