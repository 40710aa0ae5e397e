//! The second door: files that were saved earlier.

mod dropped;
mod lines;
mod long;
mod questions;
mod rejected;
mod table;

use std::{fs, path::PathBuf};

use chrono::Local;
use serde::Deserialize;
use test_support::office;

pub use self::{
    long::{under_way, write_rows},
    questions::{answer, answer_zone, write_journals},
    rejected::{READABLE, write_spoiled},
    table::write_master,
};
use crate::{room::Room, window::Window};

const SEED: u64 = 41;
pub const CALLS: u32 = 300;

/// What the window says came of a file.
#[derive(Debug, Deserialize, PartialEq, Eq)]
pub struct Summary {
    pub calls: u32,
    pub lines: u32,
    pub inserted: u32,
    pub known: u32,
    pub ignored: u32,
    pub rejected: u32,
}

/// A file of lines of made-up calls with one that nobody can read, and how many lines it has.
pub fn write_file(room: &Room) -> (PathBuf, u32) {
    println!("seed {SEED}");
    let file = room.path("calls.txt");
    let mut text: Vec<String> = office::history(SEED, CALLS, Local::now().date_naive()).collect();
    text.insert(text.len() / 2, "20.11.26 this line was spoiled by somebody with an editor".to_owned());
    fs::write(&file, text.join("\r\n") + "\r\n").unwrap();
    (file, u32::try_from(text.len()).unwrap())
}

/// Chooses files on the Import screen and waits until it shows how they would be read.
pub async fn choose(window: &Window) {
    window.click("@rail-import").await;
    window.click("@choose-files").await;
    window.find("@preview @reading").await;
}

/// Imports what is looked at, the so-manieth import of this window, and tells what came of it.
pub async fn import_now(window: &Window, imports: usize) -> Summary {
    window.click("@import-now:enabled").await;
    window.until_count("@job[data-kind=import][data-phase=done]", imports).await;
    let summary = newest_summary(window).await;
    assert_eq!(
        summary.lines,
        summary.inserted + summary.known + summary.ignored + summary.rejected,
        "the parts do not add up: {summary:?}"
    );
    summary
}

pub async fn newest_summary(window: &Window) -> Summary {
    window.find("@job @summary").await;
    window
        .ask(
            "const box = document.querySelector('[data-testid=job] [data-testid=summary]');
             const number = (text) => Number(text.replaceAll(/[^\\d]/g, ''));
             const count = (name) => number(box.querySelector(`[data-testid=count-${name}]`).innerText);
             const calls = box.querySelector('.told').innerText.match(/([\\d.,]+) calls?/);
             return {
                 calls: calls ? number(calls[1]) : 0,
                 lines: count('lines'), inserted: count('inserted'), known: count('known'),
                 ignored: count('ignored'), rejected: count('rejected'),
             };",
        )
        .await
}

/// Takes the newest import back that stands, and waits until the history says so.
pub async fn undo(window: &Window, undone: usize) {
    window.click("@rail-import").await;
    window.click("@batch[data-state=imported] @undo-batch").await;
    window.click("@undo-now").await;
    window.until_count("@job[data-kind=undo][data-phase=done]", undone).await;
    window.until_count("@batch[data-state=undone]", undone).await;
}
