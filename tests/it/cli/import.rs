//! `import` and `undo-import`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use serde_json::Value;
use tempfile::TempDir;
use test_support::asterisk;

use super::{assert_keys, filled_ledger, office_file};
use crate::{
    program::{json_lines, run_on},
    stored,
};

/// The keys that the command-line contract names.
const SUMMARY_KEYS: [&str; 12] = [
    "batch", "file", "format", "lines", "inserted", "known", "ignored", "rejected", "calls", "first", "last",
    "seconds",
];

/// Rows of so many calls of an Asterisk in a file.
fn master(folder: &Path, name: &str, seed: u64, calls: u32) -> PathBuf {
    let day = NaiveDate::from_ymd_opt(2026, 5, 8).unwrap();
    let rows: String = asterisk::rows(seed, calls, day).flat_map(|row| [row, "\n".to_owned()]).collect();
    let path = folder.join(name);
    fs::write(&path, rows).unwrap();
    path
}

fn count(file: &Path) -> usize {
    fs::read_to_string(file).unwrap().lines().count()
}

fn import(ledger: &Path, arguments: &[&str]) -> crate::program::Ran {
    run_on(ledger, &[&["import"], arguments].concat())
}

#[track_caller]
fn summaries(out: &str) -> Vec<Value> {
    let summaries = json_lines(out);
    for summary in &summaries {
        assert_keys(summary, &SUMMARY_KEYS);
        assert_keys(summary, &["rejects", "updated", "known_from_lines"]);
        let number = |key| summary[key].as_u64().unwrap();
        let parts = ["inserted", "known", "ignored", "rejected"].map(number);
        assert_eq!(number("lines"), parts.iter().sum::<u64>(), "{summary}");
    }
    summaries
}

#[test]
fn a_file_comes_in_once_and_goes_out_again() {
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let file = master(folder.path(), "Master.csv", 1, 120);
    let path = file.to_str().unwrap();
    let first = summaries(&import(&ledger, &[path, "--zone", "UTC", "--json"]).well()).remove(0);
    assert_eq!((&first["file"], &first["format"]), (&"Master.csv".into(), &"asterisk-master".into()));
    assert_eq!((&first["lines"], &first["calls"]), (&count(&file).into(), &120.into()), "{first}");
    assert_eq!((&first["first"], &first["rejects"]), (&"2026-05-08".into(), &Value::Array(Vec::new())));
    assert_eq!(stored::calls(&ledger).len(), 120);
    stored::assert_sound(&ledger);

    let again = summaries(&import(&ledger, &[path, "--zone", "UTC", "--json"]).well()).remove(0);
    assert_eq!((&again["known"], &again["calls"]), (&first["lines"], &0.into()));
    let text = import(&ledger, &[path, "--zone", "UTC"]).well();
    assert!(text.starts_with("Master.csv: ") && text.contains(" 0 new, "), "{text}");

    let history = json_lines(&import(&ledger, &["--history", "--json"]).well());
    assert_eq!(history.len(), 3);
    assert_eq!(history[2]["id"], first["batch"], "newest first");
    for batch in &history {
        assert_keys(batch, &["id", "file", "place", "state", "imported_at", "undone_at", "zone", "summary"]);
    }
    assert_eq!(import(&ledger, &["--history"]).well().lines().count(), 3);

    for batch in &history {
        let id = batch["id"].to_string();
        let undone = json_lines(&run_on(&ledger, &["undo-import", &id, "--json"]).well()).remove(0);
        assert_eq!((&undone["batch"], &undone["undone"]), (&batch["id"], &true.into()));
        let told = format!("Import {id} was taken back already.");
        assert!(run_on(&ledger, &["undo-import", &id]).ended(1).err.starts_with(&told));
    }
    assert_eq!(stored::calls(&ledger), Vec::<Value>::new());
    stored::assert_sound(&ledger);
    run_on(&ledger, &["undo-import", "77"]).told("There is no import 77.", "ringledger import --history");
}

#[test]
fn rejected_rows_are_told_and_end_with_three() {
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let file = master(folder.path(), "Master.csv", 2, 60);
    let text = fs::read_to_string(&file).unwrap();
    let mut rows: Vec<&str> = text.lines().collect();
    let spoiled = rows[4].replacen("\"2026-05-", "\"2026-15-", 1);
    rows[4] = &spoiled;
    fs::write(&file, rows.join("\n") + "\n").unwrap();

    let path = file.to_str().unwrap();
    let ran = import(&ledger, &[path, "--zone", "UTC", "--json"]).ended(3);
    let summary = summaries(&ran.out).remove(0);
    let rejects = summary["rejects"].as_array().unwrap();
    assert_eq!((summary["rejected"].as_u64(), rejects.len()), (Some(1), 1));
    assert_eq!((&rejects[0]["line"], &rejects[0]["raw"]), (&5.into(), &spoiled.as_str().into()));
    let reason = rejects[0]["reason"].as_str().unwrap();
    let ran = import(&ledger, &[path, "--zone", "UTC"]).ended(3);
    assert!(ran.err.contains(&format!("line 5: {reason}: ")), "{}", ran.err);
}

#[test]
fn a_dry_run_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let file = master(folder.path(), "Master.csv", 3, 60);
    let arguments = [file.to_str().unwrap(), "--zone", "UTC", "--dry-run", "--json"];
    let missing = folder.path().join("nowhere.ringledger");
    let summary = summaries(&import(&missing, &arguments).well()).remove(0);
    assert_eq!((&summary["batch"], &summary["inserted"]), (&Value::Null, &count(&file).into()));
    assert!(!missing.exists(), "a ledger was made");

    let ledger = filled_ledger(&folder);
    let before = fs::read(&ledger).unwrap();
    assert_eq!(summaries(&import(&ledger, &arguments).well())[0]["calls"], 60);
    assert!(fs::read(&ledger).unwrap() == before, "the ledger was changed");
    assert_eq!(json_lines(&import(&ledger, &["--history", "--json"]).well()).len(), 1);
}

#[test]
fn several_files_and_folders_are_a_batch_each() {
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let exports = folder.path().join("exports");
    fs::create_dir(&exports).unwrap();
    for (name, seed) in [("a.csv", 4), ("b.csv", 5), (".hidden.csv", 6)] {
        master(&exports, name, seed, 30);
    }
    let single = master(folder.path(), "single.csv", 7, 30);
    let named = [exports.to_str().unwrap(), single.to_str().unwrap(), "--zone", "UTC", "--json"];
    let found = summaries(&import(&ledger, &named).well());
    let files: Vec<&str> = found.iter().map(|summary| summary["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["a.csv", "b.csv", "single.csv"]);

    // One bad file is told of, and the others come in.
    fs::write(exports.join("letter.txt"), "Dear Sir,\n").unwrap();
    let other = folder.path().join("other.ringledger");
    let ran = import(&other, &named).ended(1);
    assert_eq!(summaries(&ran.out).len(), 3);
    assert!(ran.err.contains("letter.txt"), "{}", ran.err);
}

#[test]
fn the_zone_moves_the_calls() {
    let folder = TempDir::new().unwrap();
    let file = master(folder.path(), "Master.csv", 8, 30);
    let starts = |zone: &str| {
        let ledger = folder.path().join(zone.replace('/', "-"));
        import(&ledger, &[file.to_str().unwrap(), "--zone", zone]).well();
        let calls = stored::calls(&ledger);
        calls.iter().map(|call| call["start"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (utc, dublin) = (starts("UTC"), starts("Europe/Dublin"));
    let as_in_dublin: Vec<String> = utc.iter().map(|start| start.replace("+00:00", "+01:00")).collect();
    assert_eq!(dublin, as_in_dublin, "the clock of the rows is the zone's");
}

#[test]
fn lines_of_an_exchange_are_imported_too() {
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let file = office_file(folder.path(), "100");
    let arguments = [file.to_str().unwrap(), "--zone", "Europe/Dublin", "--json"];
    let summary = summaries(&import(&ledger, &arguments).well()).remove(0);
    assert_eq!((&summary["format"], &summary["calls"]), (&"siemens-hipath".into(), &100.into()));
    let expected = stored::counting_evidence(stored::parsed_calls(&fs::read(&file).unwrap()));
    assert_eq!(stored::counting_evidence(stored::calls(&ledger)), expected);
    let again = summaries(&import(&ledger, &arguments).well()).remove(0);
    assert_eq!((&again["inserted"], &again["known"]), (&0.into(), &summary["lines"]));
    for batch in [&again, &summary] {
        run_on(&ledger, &["undo-import", &batch["batch"].to_string()]).well();
        stored::assert_sound(&ledger);
    }
    assert_eq!(stored::calls(&ledger), Vec::<Value>::new());
}

#[test]
fn what_cannot_be_imported_is_told_in_words() {
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "Dear Sir,\n").unwrap();
    let letter = letter.to_str().unwrap();
    let file = master(folder.path(), "Master.csv", 9, 10);
    let path = file.to_str().unwrap();
    import(&ledger, &[letter]).told("letter.txt", "ringledger detect FILE");
    import(&ledger, &["/nowhere/Master.csv"]).told("is not there", "moved or renamed");
    import(&ledger, &[path, "--zone", "Mars/Base"]).told("no time zone called Mars/Base", "Europe/Dublin");
    import(&ledger, &[path, "--format", "freepbx"]).told("Master.csv", "choose the format with --format");
    let ran = import(&ledger, &[path, "--format", "smoke-signals"]).ended(1);
    assert!(ran.err.contains("There is no format \"smoke-signals\""), "{}", ran.err);
    let ran = import(&ledger, &[path, "--mapping", "no such"]).ended(1);
    assert!(ran.err.contains("There is no kept mapping called no such."), "{}", ran.err);
    for wrong in [&[][..], &["--history", path], &[path, "--mapping", "x", "--format", "y"]] {
        assert_eq!(import(&ledger, wrong).ended(2).out, "");
    }
    assert_eq!(json_lines(&import(&ledger, &["--history", "--json"]).well()), Vec::<Value>::new());
}
