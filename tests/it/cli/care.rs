//! Looking after a ledger: `rederive`, `backup`, `restore`, `doctor`.

use std::{fs, path::Path};

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use super::{assert_keys, filled_ledger};
use crate::program::{json_lines, run_on};

fn calls(ledger: &Path) -> String {
    run_on(ledger, &["calls", "--json"]).well()
}

fn tamper(ledger: &Path, sql: &str) {
    let connection = Connection::open(ledger).unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql} changed nothing");
}

fn json(out: &str) -> Value {
    json_lines(out).remove(0)
}

#[test]
fn rederiving_is_identical_and_mends_what_was_changed() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let before = calls(&ledger);
    let check = json(&run_on(&ledger, &["rederive", "--check", "--json"]).well());
    assert_keys(&check, &["identical", "differing", "lines", "calls", "changed"]);
    assert_eq!((&check["identical"], &check["calls"]), (&true.into(), &300.into()), "{check}");
    assert_eq!(json(&run_on(&ledger, &["rederive", "--json"]).well())["identical"], true);
    assert_eq!(calls(&ledger), before);

    tamper(&ledger, "UPDATE call SET source = source + 1 WHERE id % 3 = 0");
    tamper(&ledger, "DELETE FROM line WHERE number % 7 = 0");
    let check = json(&run_on(&ledger, &["rederive", "--check", "--json"]).ended(1).out);
    assert_eq!(check["identical"], false);
    let mut differing: Vec<&str> =
        check["differing"].as_array().unwrap().iter().map(|table| table.as_str().unwrap()).collect();
    differing.sort_unstable();
    assert_eq!(differing, ["call", "line"], "{check}");
    let again = json(&run_on(&ledger, &["rederive", "--check", "--json"]).ended(1).out);
    assert_eq!(again, check, "a check changes nothing");

    run_on(&ledger, &["rederive"]).well();
    run_on(&ledger, &["rederive", "--check"]).well();
    assert_eq!(calls(&ledger), before);
}

#[test]
fn a_backup_is_a_ledger_and_never_overwrites() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let copy = folder.path().join("copy");
    let copy_name = copy.to_str().unwrap();
    run_on(&ledger, &["backup", copy_name]).well();
    assert_eq!(calls(&copy), calls(&ledger));
    run_on(&copy, &["rederive", "--check"]).well();

    fs::write(&copy, "precious").unwrap();
    run_on(&ledger, &["backup", copy_name]).told("There is already a file at", "Choose another name");
    assert_eq!(fs::read_to_string(&copy).unwrap(), "precious");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("unfinished")), "{left:?}");
}

#[test]
fn restoring_keeps_what_was_there() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let before = calls(&ledger);
    let copy = folder.path().join("copy");
    run_on(&ledger, &["backup", copy.to_str().unwrap()]).well();
    tamper(&ledger, "DELETE FROM call");
    tamper(&ledger, "DELETE FROM call_part");
    tamper(&ledger, "DELETE FROM call_column");
    assert_eq!(calls(&ledger), "");

    let told = run_on(&ledger, &["restore", copy.to_str().unwrap()]).well();
    assert_eq!(calls(&ledger), before);
    let kept = told.lines().find_map(|line| line.strip_prefix("What was there before is kept as "));
    let kept = Path::new(kept.unwrap().trim_end_matches('.'));
    assert_eq!(calls(kept), "", "the ledger as it was, under another name");

    fs::write(&copy, "no ledger at all, but long enough to be taken for a file of some sort").unwrap();
    run_on(&ledger, &["restore", copy.to_str().unwrap()]).told("is not a ledger", "Choose a ledger");
    assert_eq!(calls(&ledger), before, "a bad backup replaces nothing");
}

#[test]
fn doctor_finds_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let healthy = json(&run_on(&ledger, &["doctor", "--json"]).well());
    assert_keys(
        &healthy,
        &[
            "ledger",
            "healthy",
            "problems",
            "calls",
            "lines",
            "rejected",
            "raw_bytes",
            "file_bytes",
            "collected_by",
        ],
    );
    assert_eq!((&healthy["healthy"], &healthy["calls"]), (&true.into(), &300.into()), "{healthy}");
    assert_eq!(run_on(&ledger, &["doctor"]).well().lines().last(), Some("Nothing is wrong with it."));

    tamper(&ledger, "UPDATE tally SET inserted = inserted + 1");
    tamper(&ledger, "UPDATE spool SET position = position + 5");
    let ran = run_on(&ledger, &["doctor", "--json"]).ended(1);
    let ill = json(&ran.out);
    let codes: Vec<&str> =
        ill["problems"].as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["stream-hole", "miscounted"], "{ill}");
    for problem in ill["problems"].as_array().unwrap() {
        assert!(problem["message"].as_str().unwrap().ends_with('.'), "{problem}");
        assert!(problem["hint"].as_str().unwrap().ends_with('.'), "{problem}");
    }
}
