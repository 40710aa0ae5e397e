//! The contract of the command line: names, keys, exit codes, sentences.

mod bad_ledgers;
mod calls;
mod care;
mod demo;
mod help;
mod import;
#[cfg(unix)]
mod listen;
#[cfg(unix)]
mod places;
mod reading;
mod ring_back;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use app::{App, Progress, views::ImportOptions};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::run;

/// Made-up lines of so many calls, the same each time.
fn office_file(folder: &Path, calls: &str) -> PathBuf {
    let file = folder.join("lines.txt");
    let path = file.to_str().unwrap();
    run(&["demo", "data", "--calls", calls, "--seed", "7", "--until", "2026-11-20", "-o", path]).well();
    file
}

/// A ledger of 300 calls.
fn filled_ledger(folder: &TempDir) -> PathBuf {
    let ledger = folder.path().join("calls.ringledger");
    let file = office_file(folder.path(), "300");
    let app = App::open(&ledger, "a test").unwrap();
    let read = app.import(&file, &ImportOptions::default(), &Progress::default()).unwrap();
    assert_eq!((read.calls, read.rejected), (300, 0));
    drop(app);
    assert!(!folder.path().join("calls.ringledger-wal").exists(), "a closed ledger is one file");
    ledger
}

#[track_caller]
fn assert_keys(value: &Value, keys: &[&str]) {
    let found: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let missing: Vec<_> = keys.iter().filter(|key| !found.contains(**key)).collect();
    assert!(missing.is_empty(), "{missing:?} are missing in {value}");
}

/// The keys of a call that the command-line contract names.
const CALL_KEYS: [&str; 30] = [
    "id",
    "start",
    "end",
    "direction",
    "outcome",
    "outcome_because",
    "caller",
    "called",
    "did",
    "queue",
    "trunk",
    "account_code",
    "answered_by",
    "talked",
    "rung",
    "ring_seconds",
    "wait_seconds",
    "talk_seconds",
    "hold_seconds",
    "billed_seconds",
    "total_seconds",
    "transfers",
    "legs",
    "journey",
    "charged_to",
    "keys",
    "evidence",
    "charge",
    "flags",
    "live",
];

#[track_caller]
fn assert_is_call(call: &Value) {
    assert_keys(call, &CALL_KEYS);
    for party in ["caller", "called"] {
        assert_keys(&call[party], &["number", "name", "extension"]);
    }
    for leg in call["legs"].as_array().unwrap() {
        assert_keys(leg, &["party", "kind", "ring_seconds", "talk_seconds", "outcome", "segments"]);
        assert_are_segments(&leg["segments"]);
    }
    assert_are_segments(&call["journey"]);
    for transfer in call["transfers"].as_array().unwrap() {
        assert_keys(transfer, &["kind", "from", "to", "at", "answered"]);
    }
    assert_keys(&call["keys"], &["linkedid", "uniqueid"]);
    assert!(call["evidence"].as_array().unwrap().iter().all(|line| line["line"].is_u64()), "{call}");
}

/// One after another, each begins when the one before has ended.
#[track_caller]
fn assert_are_segments(segments: &Value) {
    let segments = segments.as_array().unwrap();
    for segment in segments {
        assert_keys(segment, &["kind", "start", "end"]);
        assert!(segment["kind"].is_string() && segment["start"].is_string(), "{segment}");
    }
    let moment = |text: &Value| chrono::DateTime::parse_from_rfc3339(text.as_str().unwrap()).unwrap();
    for pair in segments.windows(2) {
        assert!(moment(&pair[0]["end"]) <= moment(&pair[1]["start"]), "{segments:?}");
    }
}
