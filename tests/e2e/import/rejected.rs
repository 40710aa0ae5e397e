//! Rows that could not be read.

use std::{fs, path::PathBuf};

use super::{answer, choose, import_now, write_file};
use crate::{room::Room, window::Window};

/// One call has no day.
const SPOILED: &str = "\
Datum;Uhrzeit;Richtung;Nebenstelle;Rufnummer;Dauer
03.04.2026;09:12:40;eingehend;21;01555018801;95
gestern;14:03:05;ausgehend;22;01555018802;240
09.05.2026;16:48:31;eingehend;23;01555018803;12
11.05.2026;08:02:11;eingehend;21;01555018804;33
12.05.2026;10:20:45;ausgehend;22;01555018805;7
13.05.2026;17:31:02;eingehend;23;01555018806;140
";
/// What a person makes of it.
pub const READABLE: &str = "07.04.2026;14:03:05;ausgehend;22;01555018802;240";

#[tokio::test]
async fn a_spoiled_row_is_corrected_in_its_place() {
    let mut room = Room::new();
    let file = write_spoiled(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    choose(&window).await;
    answer(&window).await;
    let summary = import_now(&window, 1).await;
    assert_eq!((summary.calls, summary.ignored, summary.rejected), (5, 1, 1));

    window.click("@job @see-rejected").await;
    window.until_count("@rejected-row textarea", 1).await;
    window.find("@rejected-row textarea").await.clear().await.unwrap();
    window.type_into("@rejected-row textarea", READABLE).await;
    window.click("@read-corrected:enabled").await;
    window.until_text("@corrected @count-inserted", "1").await;
    window.until_count("@rejected-row textarea[readonly]", 1).await;
    let calls = room.calls_of(&room.ledger(), &[]);
    assert_eq!(calls.len(), 6);
    assert!(
        calls.iter().any(|call| call["start"].as_str().unwrap().starts_with("2026-04-07T14:03:05")),
        "the corrected row is no call"
    );

    window.click("@back-to-import").await;
    window.until_count("@batch", 2).await;
}

/// A table of calls with one row that cannot be read.
pub fn write_spoiled(room: &Room) -> PathBuf {
    let file = room.path("spoiled.csv");
    fs::write(&file, SPOILED).unwrap();
    file
}

#[tokio::test]
async fn a_spoiled_line_of_an_exchange_stays_as_it_came() {
    let mut room = Room::new();
    let (file, _) = write_file(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    choose(&window).await;
    import_now(&window, 1).await;
    window.click("@job @see-rejected").await;
    window.until_count("@rejected-row textarea[readonly]", 1).await;
    window.until_text("@rejected-rows", "kept as they came").await;
    window.until_count("@read-corrected", 0).await;
}
