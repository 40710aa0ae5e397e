//! `ring-back`: whom to call, for people and for programs.

use std::{fs, path::PathBuf};

use app::{App, Progress, views::ImportOptions};
use chrono::{TimeDelta, Utc};
use tempfile::TempDir;
use test_support::hipath::{Info, Kind, Line};

use super::assert_keys;
use crate::program::{json_lines, run_on};

const KEYS: [&str; 16] = [
    "number",
    "caller",
    "state",
    "attempts",
    "first_try",
    "last_try",
    "waited_seconds",
    "called_back",
    "best_half_hour",
    "because",
    "closed_by",
    "given_to",
    "note",
    "decisions",
    "calls",
    "last_call",
];

/// A caller who was missed twice within the last hours, one who hid the number, and one who was reached.
fn ledger(folder: &TempDir) -> PathBuf {
    let line = |hours: i64, number: &str, kind: Kind, talk: u32| {
        let end = Utc::now().naive_utc() - TimeDelta::hours(hours);
        let line = Line {
            trunk: Some(u16::try_from(hours).unwrap()),
            extension: "101".to_owned(),
            ring: (kind == Kind::Incoming).then_some(20),
            talk: (talk > 0).then_some(talk),
            number: number.to_owned(),
            ..Line::new(end, Info::first(kind))
        };
        line.text()
    };
    let lines = [
        line(6, "0861110010", Kind::Incoming, 0),
        line(5, "0871110011", Kind::Incoming, 0),
        line(4, "", Kind::Incoming, 0),
        line(3, "0861110010", Kind::Incoming, 0),
        line(2, "0871110011", Kind::Outgoing, 90),
    ];
    let file = folder.path().join("lines.txt");
    fs::write(&file, lines.join("\r\n") + "\r\n").unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let app = App::open(&ledger, "a test").unwrap();
    let options = ImportOptions {
        format: Some("siemens-hipath".to_owned()),
        // Summer or winter: what this computer calls now is now.
        zone: Some("UTC".to_owned()),
        ..ImportOptions::default()
    };
    assert_eq!(app.import(&file, &options, &Progress::default()).unwrap().calls, 5);
    ledger
}

#[test]
fn open_callers_are_json_lines() {
    let folder = TempDir::new().unwrap();
    let ledger = ledger(&folder);
    let ran = run_on(&ledger, &["ring-back", "--json"]).ended(0);
    let rows = json_lines(&ran.out);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_keys(&rows[0], &KEYS);
    assert_eq!(rows[0]["caller"]["number"], "0861110010");
    assert_eq!((&rows[0]["attempts"], &rows[0]["waited_seconds"]), (&2.into(), &40.into()));
    assert_eq!(ran.err, "Of the last 72 hours, 1 missed call shows no number to ring back.\n");
    let reached = json_lines(&run_on(&ledger, &["ring-back", "--state", "reached", "--json"]).well());
    assert_eq!(reached.len(), 1);
    assert_eq!(reached[0]["caller"]["number"], "0871110011");
    assert!(reached[0]["because"].as_str().unwrap().starts_with("101 spoke with the caller "), "{reached:?}");
}

#[test]
fn people_read_a_line_for_each_caller() {
    let folder = TempDir::new().unwrap();
    let ledger = ledger(&folder);
    let out = run_on(&ledger, &["ring-back"]).well();
    assert_eq!(out.lines().count(), 1);
    assert!(out.contains("0861110010") && out.contains("tried 2 times"), "{out}");
    let none = run_on(&ledger, &["ring-back", "--state", "dismissed"]).ended(0);
    assert_eq!(none.out, "");
    assert!(none.err.starts_with("There are no such callers.\n"), "{}", none.err);
}
