//! A table of no known make, of which only a person knows some things.

use std::{fs, path::PathBuf};

use super::{choose, import_now};
use crate::{room::Room, window::Window};

/// "Dauer" does not say of what, nor "Uhrzeit" whether a call began or ended then, nor whose clock it was.
const JOURNAL: &str = "\
Datum;Uhrzeit;Richtung;Nebenstelle;Rufnummer;Dauer
03.04.2026;09:12:40;eingehend;21;01555018801;95
07.04.2026;14:03:05;ausgehend;22;01555018802;240
09.05.2026;16:48:31;eingehend;23;01555018803;12
";

/// As a person names it, with days on which the same questions stand.
const LATER: &str = "\
Datum;Uhrzeit;Richtung;Nebenstelle;Rufnummer;Dauer
02.06.2026;10:00:00;eingehend;21;01555018804;60
04.06.2026;10:30:00;ausgehend;22;01555018805;30
";

#[tokio::test]
async fn what_a_person_knows_is_asked_once_and_kept() {
    let mut room = Room::new();
    let (first, later) = write_journals(&room);
    room.answer_dialogs_with(&[&first, &later]);
    let window = Window::open(&room).await;

    choose(&window).await;
    window.until_count("@draft-tab", 2).await;
    window.until_count("@import-now:disabled", 1).await;
    answer(&window).await;
    window.type_into("@keep-name", "Journal").await;
    window.click("@keep:enabled").await;
    window.until_text("@notice", "kept as Journal").await;

    // The other file: read by the name, and nothing is asked again.
    window.click("@draft-tab:nth-child(2)").await;
    window.until_text("@preview", "later.csv").await;
    window.find("@question-duration-unit.open").await;
    window.click("@mapping option[value=Journal]").await;
    window.until_count("@import-now:enabled", 1).await;
    window.until_count("@preview .question.open", 0).await;

    window.click("@import-now").await;
    window.until_count("@job[data-phase=done] @summary", 2).await;
    window.until_count("@kept-reading", 1).await;

    let calls = room.calls_of(&room.ledger(), &[]);
    let told: Vec<(&str, &str, u64)> = calls
        .iter()
        .map(|call| {
            let text = |key: &str| call[key].as_str().unwrap();
            (&text("start")[..19], text("direction"), call["total_seconds"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2026-04-03T09:12:40", "inbound", 95),
            ("2026-04-07T14:03:05", "outbound", 240),
            ("2026-05-09T16:48:31", "inbound", 12),
            ("2026-06-02T10:00:00", "inbound", 60),
            ("2026-06-04T10:30:00", "outbound", 30),
        ]
    );

    // And another day, in another window.
    drop(window);
    fs::write(&later, LATER.replace("10:00:00", "11:00:00")).unwrap();
    room.answer_dialogs_with(&[&later]);
    let window = Window::open(&room).await;
    choose(&window).await;
    window.click("@mapping option[value=Journal]").await;
    let summary = import_now(&window, 1).await;
    assert_eq!((summary.inserted, summary.known, summary.rejected), (1, 1, 0));
}

/// Nothing in it says what it is.
const RIDDLE: &str = "\
2026-04-03 09:12:40;21;01555018801
yesterday;22;01555018802
2026-05-09 16:48:31;23;01555018803
";

#[tokio::test]
async fn columns_that_nothing_tells_are_named_by_a_person() {
    let mut room = Room::new();
    let file = room.path("riddle.csv");
    fs::write(&file, RIDDLE).unwrap();
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    choose(&window).await;
    window.click("@meaning-0 option[value=start]").await;
    window.click("@meaning-1 option[value=extension]").await;
    window.click("@meaning-2 option[value=caller]").await;
    window.until_count("@preview-row[data-verdict=read]", 2).await;
    answer_zone(&window).await;
    let summary = import_now(&window, 1).await;
    assert_eq!((summary.inserted, summary.rejected), (2, 1));
}

/// Two files that look the same.
pub fn write_journals(room: &Room) -> (PathBuf, PathBuf) {
    let (first, later) = (room.path("journal.csv"), room.path("later.csv"));
    fs::write(&first, JOURNAL).unwrap();
    fs::write(&later, LATER).unwrap();
    (first, later)
}

/// Durations are seconds, calls began at the time of their row, the clock was that of this computer.
pub async fn answer(window: &Window) {
    window.click("@answer-duration-unit-seconds").await;
    window.click("@answer-stamp-start").await;
    answer_zone(window).await;
    window.until_count("@preview .question.open", 0).await;
}

/// The rows were written by the clock of this computer.
pub async fn answer_zone(window: &Window) {
    window.click("@question-zone input").await;
    window.until_count("@question-zone.open", 0).await;
}
