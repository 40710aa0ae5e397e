//! `calls`: filters, order, limits; every answer held against the whole list.

use std::path::Path;

use calamine::{Reader, Xlsx};
use serde_json::Value;
use tempfile::TempDir;

use super::{assert_is_call, filled_ledger};
use crate::program::{json_lines, run, run_on};

fn list(ledger: &Path, arguments: &[&str]) -> Vec<Value> {
    json_lines(&run_on(ledger, &[&["calls", "--json"], arguments].concat()).well())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn mentions(list: &Value, party: &str) -> bool {
    list.as_array().unwrap().iter().any(|item| item["party"] == party)
}

/// What is asked, and which calls of the whole list are the answer.
type Filter = (&'static [&'static str], fn(&Value) -> bool);

const FILTERS: [Filter; 12] = [
    (&["--outcome", "lost-ringing"], |call| call["outcome"] == "lost-ringing"),
    (&["--outcome", "lost-ringing,cancelled"], |call| {
        call["outcome"] == "lost-ringing" || call["outcome"] == "cancelled"
    }),
    (&["--direction", "outbound"], |call| call["direction"] == "outbound"),
    (&["--direction", "transit", "--direction", "inbound"], |call| call["direction"] != "outbound"),
    (&["--extension", "105"], |call| mentions(&call["legs"], "105")),
    (&["--trunk", "3"], |call| call["trunk"] == "3"),
    (&["--text", "087555"], |call| {
        text(&call["caller"]["number"]).contains("087555")
            || text(&call["called"]["number"]).contains("087555")
            || call["legs"].as_array().unwrap().iter().any(|leg| text(&leg["party"]).contains("087555"))
    }),
    (&["--min-talk", "120"], |call| call["talk_seconds"].as_u64().is_some_and(|talk| talk >= 120)),
    (&["--from", "2026-11-18"], |call| text(&call["start"]) >= "2026-11-18"),
    (&["--to", "2026-11-18"], |call| text(&call["start"]) < "2026-11-19"),
    (&["--from", "2026-11-18", "--to", "2026-11-18"], |call| text(&call["start"]).starts_with("2026-11-18")),
    (
        &["--direction", "inbound", "--outcome", "answered", "--min-talk", "60", "--from", "2026-11-17"],
        |call| {
            call["direction"] == "inbound"
                && call["outcome"] == "answered"
                && call["talk_seconds"].as_u64().is_some_and(|talk| talk >= 60)
                && text(&call["start"]) >= "2026-11-17"
        },
    ),
];

#[test]
fn filters_give_the_calls_they_name() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let all = list(&ledger, &[]);
    assert_eq!(all.len(), 300);
    all.iter().for_each(assert_is_call);
    for (arguments, holds) in FILTERS {
        let found = list(&ledger, arguments);
        let expected: Vec<Value> = all.iter().filter(|call| holds(call)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{arguments:?} tries nothing");
        assert_eq!(found, expected, "{arguments:?}");
    }
    assert_eq!(list(&ledger, &["--live"]), Vec::<Value>::new());
    assert_eq!(list(&ledger, &["--from", "2030-01-01"]), Vec::<Value>::new());
}

/// What the list is sorted by: a column, and what a call has in it.
type Column = (&'static str, fn(&Value) -> Value);

fn shown(party: &Value) -> Value {
    let fields = ["name", "number", "extension"].map(|field| party[field].clone());
    fields.into_iter().find(|field| !field.is_null()).unwrap_or_else(|| "".into())
}

const COLUMNS: [Column; 8] = [
    ("start", |call| call["start"].clone()),
    ("caller", |call| shown(&call["caller"])),
    ("called", |call| shown(&call["called"])),
    ("extension", |call| call["answered_by"].clone()),
    // In the order in which the reference lists them.
    ("outcome", |call| calls::Outcome::from_word(text(&call["outcome"])).unwrap().number().into()),
    ("wait", |call| call["wait_seconds"].clone()),
    ("talk", |call| call["talk_seconds"].clone()),
    ("trunk", |call| call["trunk"].clone()),
];

/// Unknown before known, numbers by their size, text by its characters.
fn rank(value: &Value) -> (i64, String) {
    (value.as_i64().unwrap_or(-1), text(value).to_owned())
}

#[test]
fn lists_are_sorted_and_cut() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    for (name, column) in COLUMNS {
        let rising = list(&ledger, &["--sort", name]);
        assert_eq!(rising.len(), 300);
        assert!(rising.is_sorted_by_key(|call| rank(&column(call))), "{name}");
        let mut falling = list(&ledger, &["--sort", name, "--descending"]);
        falling.reverse();
        assert_eq!(falling, rising, "{name}: equal values keep one order");
        assert_eq!(list(&ledger, &["--sort", name, "--limit", "17"]), rising[..17], "{name}");
    }
    assert_eq!(list(&ledger, &["--limit", "0"]), Vec::<Value>::new());
    assert_eq!(list(&ledger, &["--limit", "100000"]).len(), 300);
}

#[test]
fn csv_has_a_row_for_each_call() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let csv = run_on(&ledger, &["calls", "--csv"]).well();
    let mut rows = csv.lines();
    let header = rows.next().unwrap();
    assert!(header.starts_with("id,start,end,direction,outcome,"), "{header}");
    let place = |name| header.split(',').position(|column| column == name).unwrap();
    let (id, start, talk) = (place("id"), place("start"), place("talk_seconds"));
    let all = list(&ledger, &[]);
    assert_eq!(rows.clone().count(), all.len());
    for (row, call) in rows.zip(&all) {
        assert_eq!(row.split(',').nth(id), call["id"].as_str());
        assert_eq!(row.split(',').nth(start), call["start"].as_str());
        // Sentences hold commas, so cells after them are counted from the end.
        let from_end = header.split(',').count() - talk;
        let cell = row.rsplit(',').nth(from_end - 1).unwrap();
        assert_eq!(cell.parse::<u64>().ok(), call["talk_seconds"].as_u64(), "{row}");
    }
}

#[test]
fn a_workbook_has_a_row_for_each_call() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let file = folder.path().join("calls.xlsx");
    let path = file.to_str().unwrap();
    let ran = run_on(&ledger, &["calls", "--direction", "inbound", "--xlsx", "-o", path]).ended(0);
    let calls = list(&ledger, &["--direction", "inbound"]);
    assert_eq!((ran.out.as_str(), ran.err), ("", format!("{} calls are in {path}.\n", calls.len())));
    let mut workbook: Xlsx<_> = calamine::open_workbook(&file).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let written: Vec<String> = sheet.rows().skip(1).map(|row| row[0].to_string()).collect();
    let expected: Vec<&str> = calls.iter().map(|call| text(&call["id"])).collect();
    assert_eq!(written, expected);
    run_on(&ledger, &["calls", "--xlsx", "-o", "/nowhere/calls.xlsx"]).ended(1);
}

#[test]
fn pages_have_every_call_under_the_filter_in_words() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let file = folder.path().join("calls.pdf");
    let path = file.to_str().unwrap();
    let ran = run_on(&ledger, &["calls", "--direction", "inbound", "--pdf", "-o", path]).ended(0);
    let calls = list(&ledger, &["--direction", "inbound"]);
    assert_eq!((ran.out.as_str(), ran.err), ("", format!("{} calls are in {path}.\n", calls.len())));
    let document = lopdf::Document::load(&file).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let words: String = document.extract_text(&pages).unwrap().split_whitespace().collect();
    assert!(words.contains("Incoming") && !words.contains("inbound"), "{words}");
    for call in calls {
        let start = text(&call["start"]);
        assert!(words.contains(&start[..19].replace('T', "")), "{start}: {words}");
    }
}

#[test]
fn people_read_lines_and_are_told_when_there_are_none() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let text = run_on(&ledger, &["calls", "--limit", "5"]).well();
    assert_eq!(text.lines().count(), 5);
    let none = run_on(&ledger, &["calls", "--from", "2030-01-01"]).ended(0);
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", "No calls match.\n"));
    run_on(&ledger, &["calls", "--from", "yesterday"]).told("yesterday is not a day", "2026-11-20");
}

#[test]
fn the_users_own_ledger_is_in_the_data_folder() {
    let home = TempDir::new().unwrap();
    let with_home = |arguments: &[&str], named: Option<&str>| {
        let mut command = crate::program::ringledger();
        command.args(arguments).env("HOME", home.path()).env_remove("XDG_DATA_HOME");
        if let Some(named) = named {
            command.env("RINGLEDGER_LEDGER", named);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, told) = with_home(&["calls"], None);
    assert_eq!(code, Some(1));
    assert!(told.starts_with("There is no ledger at ") && told.contains("calls.ringledger"), "{told}");
    let (code, told) = with_home(&["calls"], Some("/nowhere/named"));
    assert_eq!((code, told.starts_with("There is no ledger at /nowhere/named.")), (Some(1), true), "{told}");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "looking makes nothing");
    assert_eq!(run(&["calls", "--help"]).code, Some(0));
}
