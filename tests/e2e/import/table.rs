//! Rows of a known make.

use std::{fs, path::PathBuf};

use chrono::Local;
use test_support::asterisk;

use super::{answer_zone, choose, import_now, undo};
use crate::{room::Room, window::Window};

const SEED: u64 = 42;
const CALLS: u32 = 200;

#[tokio::test]
async fn rows_of_an_asterisk_become_calls_and_go_again() {
    let mut room = Room::new();
    let file = write_master(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;

    choose(&window).await;
    window.until_text("@recognised-as", "Asterisk").await;
    window.find("@preview-calls tbody tr").await;
    window.click("@view-columns").await;
    window.find("@preview-rows @preview-row[data-verdict=read]").await;
    answer_zone(&window).await;
    let summary = import_now(&window, 1).await;
    assert_eq!((summary.calls, summary.known, summary.rejected), (CALLS, 0, 0));

    window.click("@job @see-calls").await;
    window.until_text("@total", &format!("{CALLS} calls")).await;
    window.click("@grid [data-call-id]:nth-child(3)").await;
    let raw = window.text("@panel @raw-lines code").await;
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.lines().any(|line| line == raw), "no row of the file: {raw}");

    undo(&window, 1).await;
    window.go("#/calls?period=year").await;
    window.find("@door-import").await;
    assert!(room.calls_of(&room.ledger(), &[]).is_empty());
}

/// A file of rows of made-up calls.
pub fn write_master(room: &Room) -> PathBuf {
    println!("seed {SEED}");
    let file = room.path("Master.csv");
    let rows: Vec<String> = asterisk::rows(SEED, CALLS, Local::now().date_naive()).collect();
    fs::write(&file, rows.join("\n") + "\n").unwrap();
    file
}
