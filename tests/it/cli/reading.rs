//! `parse`, `detect` and `formats`: reading without a ledger.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{assert_is_call, assert_keys, office_file};
use crate::program::{json_lines, run, run_with};

const RECORD_KEYS: [&str; 23] = [
    "line",
    "format",
    "kind",
    "start",
    "answer",
    "end",
    "ring_seconds",
    "talk_seconds",
    "direction",
    "extension",
    "trunk",
    "number",
    "did",
    "account_code",
    "charge",
    "pulses",
    "caller_name",
    "queue",
    "uniqueid",
    "linkedid",
    "continues",
    "answered",
    "raw",
];

const GOOD: &str = "20.11.2609:16:40  1   10100:0600:02:110155501001                           1";
const CUT: &str = "20.11.2609:18:00  1   10100:06";

#[test]
fn records_have_the_keys_of_the_contract() {
    let input = format!("{GOOD}\r\n{CUT}\r\n");
    let arguments = ["parse", "-", "--records", "--json", "--zone", "Europe/Dublin"];
    let ran = run_with(&arguments, input.as_bytes()).ended(3);
    let records = json_lines(&ran.out);
    let [good, rejected] = records.as_slice() else { panic!("{records:?}") };
    assert_keys(good, &RECORD_KEYS);
    let expected = [
        ("line", Value::from(1)),
        ("format", "siemens-hipath".into()),
        ("kind", "call".into()),
        ("start", "2026-11-20T09:14:23+00:00".into()),
        ("answer", "2026-11-20T09:14:29+00:00".into()),
        ("end", "2026-11-20T09:16:40+00:00".into()),
        ("ring_seconds", 6.into()),
        ("talk_seconds", 131.into()),
        ("direction", "inbound".into()),
        ("extension", "101".into()),
        ("trunk", "1".into()),
        ("number", "0155501001".into()),
        ("did", Value::Null),
        ("continues", false.into()),
        ("answered", true.into()),
        ("raw", GOOD.into()),
    ];
    for (key, value) in expected {
        assert_eq!(good[key], value, "{key}");
    }
    assert_keys(rejected, &["line", "format", "kind", "reason", "raw"]);
    assert_eq!((&rejected["kind"], &rejected["line"]), (&"rejected".into(), &2.into()));
    assert_eq!(rejected["reason"], "too short: 30 characters, a record has at least 76");
    assert_eq!(rejected["raw"], CUT);
}

#[test]
fn calls_have_the_keys_of_the_contract_from_a_file_and_from_a_pipe() {
    let folder = TempDir::new().unwrap();
    let file = office_file(folder.path(), "200");
    let from_file = run(&["parse", file.to_str().unwrap(), "--calls", "--json"]).well();
    let from_pipe = run_with(&["parse", "-", "--calls", "--json"], &fs::read(&file).unwrap()).well();
    assert_eq!(from_file, from_pipe);
    let calls = json_lines(&from_file);
    assert_eq!(calls.len(), 200);
    calls.iter().for_each(assert_is_call);
    assert!(calls.iter().any(|call| !call["transfers"].as_array().unwrap().is_empty()), "no transfer seen");
    assert!(calls.is_sorted_by_key(|call| call["start"].as_str().unwrap().to_owned()));
}

#[test]
fn rejected_lines_are_told_beside_the_calls() {
    let input = format!("{CUT}\n{GOOD}\n");
    let ran = run_with(&["parse", "-", "--calls", "--json"], input.as_bytes()).ended(3);
    assert_eq!(json_lines(&ran.out).len(), 1);
    assert_eq!(ran.err, "line 1: too short: 30 characters, a record has at least 76\n");
}

#[test]
fn nobody_reading_any_more_is_no_failure() {
    use std::io::Read;
    let folder = TempDir::new().unwrap();
    let file = office_file(folder.path(), "2000");
    let mut command = crate::program::ringledger();
    command.args(["parse", file.to_str().unwrap(), "--records", "--json"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    // As `| head` does: a little is read, then the pipe is closed.
    let mut little = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut little).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn detect_ranks_formats() {
    let folder = TempDir::new().unwrap();
    let file = office_file(folder.path(), "100");
    let out = run(&["detect", file.to_str().unwrap(), "--json"]).well();
    let found: Value = serde_json::from_str(&out).unwrap();
    let best = &found[0];
    assert_keys(best, &["format", "name", "confidence", "parsed", "rejected", "open_questions"]);
    assert_eq!(best["format"], "siemens-hipath");
    assert!(best["confidence"].as_f64().unwrap() > 0.9, "{best}");
    assert_eq!(best["parsed"], fs::read_to_string(&file).unwrap().lines().count());
    assert_eq!(best["rejected"], 0);

    let from_pipe = run_with(&["detect", "-", "--json"], &fs::read(&file).unwrap()).well();
    assert_eq!(from_pipe, out);
    let nothing = run_with(&["detect", "-", "--json"], b"Dear Sir,\n").ended(1);
    assert_eq!(nothing.out, "[]\n");
}

#[test]
fn formats_are_listed_and_shown() {
    let listed: Value = serde_json::from_str(&run(&["formats", "--json"]).well()).unwrap();
    assert!(listed.as_array().unwrap().iter().any(|format| format["id"] == "siemens-hipath"), "{listed}");
    for format in listed.as_array().unwrap() {
        assert_keys(format, &["id", "name", "reads", "advice", "sources"]);
        if format["reads"] == "lines" {
            assert_keys(format, &["serial", "examples"]);
        }
        let shown = run(&["formats", "show", format["id"].as_str().unwrap(), "--json"]).well();
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), *format);
        let text = run(&["formats", "show", format["id"].as_str().unwrap()]).well();
        assert!(text.contains(format["name"].as_str().unwrap()), "{text}");
    }
}

#[test]
fn a_definition_is_checked_by_its_own_examples() {
    let folder = TempDir::new().unwrap();
    let good =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../src-tauri/crates/formats/layouts/siemens-hipath.toml");
    let checked = run(&["formats", "check", good]).well();
    assert!(checked.contains("examples are read as they should be"), "{checked}");

    let text = fs::read_to_string(good).unwrap();
    let broken = folder.path().join("broken.toml");
    let spoiled = text.replacen("talk_seconds = 131", "talk_seconds = 132", 1);
    assert_ne!(spoiled, text);
    fs::write(&broken, spoiled).unwrap();
    // One bad definition is enough, and the good ones are still checked.
    let ran = run(&["formats", "check", broken.to_str().unwrap(), good]).ended(1);
    assert!(ran.out.contains("talk_seconds") && ran.out.contains(good), "{}", ran.out);

    fs::write(&broken, "this is no definition").unwrap();
    let ran = run(&["formats", "check", broken.to_str().unwrap()]).ended(1);
    assert!(ran.out.starts_with(broken.to_str().unwrap()), "{}", ran.out);
}
