//! Imports that take a while.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::PathBuf,
    time::{Duration, Instant},
};

use chrono::Local;
use test_support::asterisk;

use super::{answer_zone, choose};
use crate::{room::Room, window::Window};

const SEED: u64 = 43;
const ROWS: u64 = 200_000;
/// A build without optimisation, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_mins(4);

#[tokio::test]
async fn a_cancelled_import_leaves_nothing() {
    let mut room = Room::new();
    let file = write_rows(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    choose(&window).await;
    answer_zone(&window).await;
    window.click("@import-now:enabled").await;
    let begun = Instant::now();
    under_way(&window).await;
    // Its progress is seen from everywhere.
    window.click("@rail-today").await;
    window.until_text("@work-line", "Reading rows.csv").await;
    window.click("@work-line").await;
    window.click("@cancel-job").await;
    window
        .until_within(
            PATIENCE,
            "the end of it",
            "return document.querySelector('[data-phase=cancelled]') !== null",
        )
        .await;
    println!("cancelled after {:.1?}", begun.elapsed());
    window.until_text("@job", "Nothing of it was kept").await;
    window.until_count("@batch", 0).await;
    window.go("#/calls?period=year").await;
    window.find("@door-import").await;
    assert!(room.calls_of(&room.ledger(), &[]).is_empty());
}

#[tokio::test]
async fn a_window_closed_meanwhile_lets_it_go_on() {
    let mut room = Room::new();
    let file = write_rows(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    choose(&window).await;
    answer_zone(&window).await;
    window.click("@import-now:enabled").await;
    under_way(&window).await;
    window.close_during_work(PATIENCE);

    let window = Window::open(&room).await;
    window.click("@rail-import").await;
    window.until_text("@batch[data-state=imported]", "rows.csv").await;
    let rows: u64 = window
        .ask(
            "const cells = [...document.querySelectorAll('[data-testid=batch] td')].slice(0, 4);
             return cells.map((cell) => Number(cell.innerText.replaceAll(/[^\\d]/g, ''))).reduce((a, b) => a + b)",
        )
        .await;
    assert_eq!(rows, ROWS);
    // It is as visible as before: only what is seen can be closed.
    window.close();
}

/// Waits until some of it is done, and it is said how much.
pub async fn under_way(window: &Window) {
    window.find("@job[data-phase=reading] @cancel-job").await;
    window.until_text("@job .pace", "rows a second").await;
}

/// A file of very many rows of made-up calls.
pub fn write_rows(room: &Room) -> PathBuf {
    println!("seed {SEED}");
    let path = room.path("rows.csv");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    for row in asterisk::exactly_rows(SEED, ROWS, Local::now().date_naive()) {
        writeln!(file, "{row}").unwrap();
    }
    file.flush().unwrap();
    path
}
