//! A weak guess is for people to look at.

use app::{
    Progress,
    views::{ColumnChoice, ImportOptions},
};

use super::super::Desk;

/// Moments and numbers of something that is no call.
const READINGS: &str = "2026-03-09 08:00:00;0209100417;7\n2026-03-09 08:05:00;0209100418;9\n\
    2026-03-09 08:09:00;0209100419;4\n2026-03-09 08:12:00;0209100420;8\n";

#[test]
fn a_weak_guess_is_refused_where_nobody_looks() {
    let desk = Desk::new();
    let file = desk.file("readings.csv", READINGS);
    let unasked = ImportOptions { zone: Some("UTC".to_owned()), ..ImportOptions::default() };
    let preview = desk.app.preview_import(&file, &unasked).unwrap();
    assert!(!preview.recognised, "{}", preview.format);

    let error = desk.app.import_unseen(&file, &unasked, &Progress::default()).unwrap_err();
    assert_eq!(error.code(), "format-unsure");
    assert!(error.hint().is_some());
    desk.assert_untouched();

    // Who says that it is a table of calls, or what its columns mean, has looked.
    let said = ImportOptions { format: Some("table".to_owned()), ..unasked.clone() };
    let import = desk.app.import_unseen(&file, &said, &Progress::default()).unwrap();
    desk.undo(&import);
    let column = ColumnChoice { column: 2, meaning: "talk".to_owned() };
    let columns = ImportOptions { columns: vec![column], ..unasked.clone() };
    let import = desk.app.import_unseen(&file, &columns, &Progress::default()).unwrap();
    desk.undo(&import);
    // In the window the preview comes first.
    desk.app.import(&file, &unasked, &Progress::default()).unwrap();
}

#[test]
fn seconds_since_1970_are_not_asked_for_their_zone() {
    let desk = Desk::new();
    let file = desk.file("queue_log", super::office::office(8).queue_log.join("\n"));
    let preview = desk.app.preview_import(&file, &ImportOptions::default()).unwrap();
    assert!(preview.recognised);
    assert_eq!(preview.questions, []);
    let dated = desk.file(
        "cel.csv",
        "eventtype,eventtime,channame,uniqueid,linkedid,exten,cidnum\n\
         CHAN_START,2026-03-09 08:00:00,PJSIP/101-1,1773043200.1,1773043200.1,102,101\n",
    );
    let preview = desk.app.preview_import(&dated, &ImportOptions::default()).unwrap();
    assert_eq!(preview.format, "asterisk-cel");
}
