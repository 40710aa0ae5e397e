//! The second door: a file of lines that were saved earlier.

use std::{fs, path::PathBuf};

use chrono::Local;
use serde::Deserialize;
use test_support::office;

use crate::{room::Room, window::Window};

const SEED: u64 = 41;
const CALLS: u32 = 300;

/// What the window says came of a file.
#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Summary {
    calls: u32,
    inserted: u32,
    known: u32,
    ignored: u32,
    rejected: u32,
    lines: u32,
}

#[tokio::test]
async fn a_file_is_read_once_however_often_it_is_read() {
    println!("seed {SEED}");
    let mut room = Room::new();
    let (file, lines) = write_file(&room);
    room.answer_dialogs_with(&file);
    let window = Window::open(&room).await;

    window.click("@door-import").await;
    let first = summary(&window).await;
    assert_eq!(first.lines, lines);
    assert_eq!(first.lines, first.inserted + first.known + first.ignored + first.rejected);
    assert_eq!((first.calls, first.known, first.rejected), (CALLS, 0, 1));

    window.click("@see-calls").await;
    window.until_text("@total", &format!("{CALLS} calls")).await;

    window.click("@rail-sources").await;
    window.click("@read-file").await;
    let again = summary(&window).await;
    assert_eq!((again.calls, again.inserted, again.known), (0, 0, first.inserted));
    assert_eq!(again.lines, first.lines);
    window.until_text("@file-summary", "Every line was in the ledger already").await;
    window.click("@file-summary button[aria-label=Close]").await;
    assert_eq!(room.calls_of(&room.ledger(), &[]).len(), CALLS as usize);
}

#[tokio::test]
async fn a_cancelled_dialog_leaves_things_as_they_were() {
    let room = Room::new();
    let window = Window::open(&room).await;
    window.click("@door-import").await;
    // The doors are shut while a file is being chosen, and open again.
    window.until_count("@door-import:not(:disabled)", 1).await;
    window.until_count("@door-sample:not(:disabled)", 1).await;
    window.until_count("@file-summary", 0).await;
    window.until_count("@notice", 0).await;
}

/// A file of made-up calls with one line that nobody can read.
pub fn write_file(room: &Room) -> (PathBuf, u32) {
    let file = room.path("calls.txt");
    let mut text: Vec<String> = office::history(SEED, CALLS, Local::now().date_naive()).collect();
    text.insert(text.len() / 2, "20.11.26 this line was spoiled by somebody with an editor".to_owned());
    fs::write(&file, text.join("\r\n") + "\r\n").unwrap();
    (file, u32::try_from(text.len()).unwrap())
}

async fn summary(window: &Window) -> Summary {
    window.find("@file-summary").await;
    window
        .ask(
            "const dialog = document.querySelector('[data-testid=file-summary]');
             const number = (text) => Number((text.match(/[\\d.,]+/) ?? ['0'])[0].replaceAll(/[.,]/g, ''));
             const row = (name) => [...dialog.querySelectorAll('tr')].find((row) => row.innerText.startsWith(name));
             const lines = (name) => number(row(name).querySelector('td').innerText);
             const calls = dialog.querySelector('p').innerText.match(/holds ([\\d.,]+) call/);
             return {
                 calls: calls ? number(calls[1]) : 0,
                 inserted: lines('New'), known: lines('Known'), ignored: lines('Ignored'),
                 rejected: lines('Rejected'), lines: lines('Lines in the file'),
             };",
        )
        .await
}
