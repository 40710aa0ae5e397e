//! Rows that tell a known row otherwise: the last word holds, the earlier ones are its history.

use super::{Desk, office_rows};

/// A call of one row, made up: the same row as `TOLD_AGAIN` by its ids, with less talk.
const FIRST_TOLD: &str = r#""","201","90209100417","internal","""Anna"" <201>","PJSIP/201-00000001","PJSIP/line1-00000002","Dial","PJSIP/0209100417@line1","2026-05-04 10:00:00","2026-05-04 10:00:10","2026-05-04 10:01:10",70,60,"ANSWERED","DOCUMENTATION","1777888800.1","","","1777888800.1",1"#;
const TOLD_AGAIN: &str = r#""","201","90209100417","internal","""Anna"" <201>","PJSIP/201-00000001","PJSIP/line1-00000002","Dial","PJSIP/0209100417@line1","2026-05-04 10:00:00","2026-05-04 10:00:10","2026-05-04 10:03:10",190,180,"ANSWERED","DOCUMENTATION","1777888800.1","","","1777888800.1",1"#;

/// The talk of the only call, and the rows behind it.
fn only_call(desk: &Desk) -> (Option<u32>, Vec<String>) {
    let calls = desk.calls();
    let [call] = calls.as_slice() else { panic!("{} calls", calls.len()) };
    let detail = desk.app.call_detail(&call.id.to_string()).unwrap();
    (call.talk_seconds, detail.evidence.into_iter().map(|line| line.text).collect())
}

fn rows(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_owned()).collect()
}

#[test]
fn the_last_word_holds_and_the_first_is_kept() {
    let mut desk = Desk::new();
    let first = desk.import_rows(&rows(&[FIRST_TOLD]));
    assert_eq!((first.inserted, first.updated, first.calls), (1, 0, 1));
    assert_eq!(only_call(&desk).0, Some(60));

    let update = desk.import_rows(&rows(&[TOLD_AGAIN]));
    assert_eq!((update.inserted, update.updated, update.known, update.calls), (1, 1, 0, 1));
    assert_eq!(only_call(&desk), (Some(180), rows(&[FIRST_TOLD, TOLD_AGAIN])));
    desk.assert_sound();

    // Nothing that is known is an update, not even what does not hold any more.
    let again = desk.import_rows(&rows(&[FIRST_TOLD, TOLD_AGAIN]));
    assert_eq!((again.inserted, again.updated, again.known), (0, 0, 2));
    assert_eq!(only_call(&desk).0, Some(180));
    desk.undo(&again);
    desk.assert_sound();

    desk.undo(&update);
    assert_eq!(only_call(&desk), (Some(60), rows(&[FIRST_TOLD])));
    desk.assert_sound();
    desk.undo(&first);
    assert_eq!(desk.digest(), Desk::new().digest());
}

#[test]
fn taking_the_first_word_back_leaves_the_last() {
    let mut desk = Desk::new();
    let first = desk.import_rows(&rows(&[FIRST_TOLD]));
    let update = desk.import_rows(&rows(&[TOLD_AGAIN]));
    desk.undo(&first);
    assert_eq!(only_call(&desk), (Some(180), rows(&[TOLD_AGAIN])));
    desk.assert_sound();
    desk.undo(&update);
    assert_eq!(desk.digest(), Desk::new().digest());
}

#[test]
fn a_file_that_tells_a_row_twice_is_an_update_of_itself() {
    let mut desk = Desk::new();
    let import = desk.import_rows(&rows(&[FIRST_TOLD, TOLD_AGAIN, FIRST_TOLD]));
    assert_eq!((import.lines, import.inserted, import.updated, import.known), (3, 2, 1, 1));
    assert_eq!(only_call(&desk), (Some(180), rows(&[FIRST_TOLD, TOLD_AGAIN])));
    desk.assert_sound();
}

/// The file that came first and the one that came last hold the same word; without the first one, the last one has it.
#[test]
fn words_stand_in_the_order_of_the_files_that_are_left() {
    let mut desk = Desk::new();
    let first = desk.import_rows(&rows(&[FIRST_TOLD]));
    desk.import_rows(&rows(&[TOLD_AGAIN]));
    desk.import_rows(&rows(&[FIRST_TOLD]));
    assert_eq!(only_call(&desk).0, Some(180));
    desk.undo(&first);
    assert_eq!(only_call(&desk), (Some(60), rows(&[TOLD_AGAIN, FIRST_TOLD])));
    desk.assert_sound();
}

#[test]
fn updates_among_many_calls() {
    let mut desk = Desk::new();
    let whole = office_rows(9, 300);
    let first = desk.import_rows(&whole);
    let before = (desk.digest(), desk.calls());
    // Every seventh row with another account code: the same row by its ids.
    let told_otherwise: Vec<String> = whole
        .iter()
        .enumerate()
        .map(|(place, row)| {
            if place % 7 == 0 {
                format!("\"4711\"{}", &row[row.find("\",").unwrap() + 1..])
            } else {
                row.clone()
            }
        })
        .collect();
    let changed = told_otherwise.iter().zip(&whole).filter(|(told, row)| told != row).count() as u64;
    let update = desk.import_rows(&told_otherwise);
    assert_eq!((update.inserted, update.updated), (changed, changed));
    assert_eq!(update.known, whole.len() as u64 - changed);
    desk.assert_sound();
    desk.undo(&update);
    assert_eq!((desk.digest(), desk.calls()), before);
    desk.undo(&first);
    assert_eq!(desk.digest(), Desk::new().digest());
}
