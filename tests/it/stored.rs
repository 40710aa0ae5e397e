//! What is in a ledger: the bytes a source delivered, how its lines were sorted, its calls.

use std::path::Path;

use ledger::{Ledger, Source, Tally};
use serde_json::Value;

use crate::program::{Ran, json_lines, run_on, run_with};

/// The only source that lines were collected from.
pub fn source(ledger: &Ledger) -> Source {
    let sources = ledger.sources().unwrap();
    assert_eq!(sources.len(), 1, "{sources:?}");
    sources.into_iter().next().unwrap()
}

pub fn tally(path: &Path) -> Tally {
    let ledger = Ledger::open_reader(path).unwrap();
    ledger.tally(source(&ledger).id).unwrap()
}

/// Every byte of the source, in order.
pub fn stream(path: &Path) -> Vec<u8> {
    let ledger = Ledger::open_reader(path).unwrap();
    let source = source(&ledger).id;
    let length = ledger.stream_length(source).unwrap();
    ledger.raw(source, 0, length).unwrap()
}

pub fn stream_length(path: &Path) -> u64 {
    let ledger = Ledger::open_reader(path).unwrap();
    ledger.stream_length(source(&ledger).id).unwrap()
}

/// The calls as the command line prints them, in order of their ids.
pub fn calls(path: &Path) -> Vec<Value> {
    by_id(json_lines(&run_on(path, &["calls", "--json"]).well()).into_iter().map(told).collect())
}

/// What was told of a call: without what a ledger adds to it.
pub fn told(mut call: Value) -> Value {
    let about = call.as_object_mut().unwrap();
    for added in ["class", "country", "tags", "outcome_code", "notes"] {
        about.remove(added).unwrap();
    }
    call
}

/// The calls that `parse` finds in these bytes, all of whose lines are good, in order of their ids.
pub fn parsed_calls(bytes: &[u8]) -> Vec<Value> {
    by_id(json_lines(&parse(bytes).well()))
}

fn parse(bytes: &[u8]) -> Ran {
    let arguments =
        ["parse", "-", "--format", "siemens-hipath", "--zone", "Europe/Dublin", "--calls", "--json"];
    run_with(&arguments, bytes)
}

fn by_id(mut calls: Vec<Value>) -> Vec<Value> {
    calls.sort_by_key(|call| call["id"].as_str().unwrap().to_owned());
    calls
}

/// Calls that say of how many lines they were made, not of which: where other lines lie between.
pub fn counting_evidence(mut calls: Vec<Value>) -> Vec<Value> {
    for call in &mut calls {
        call["evidence"] = call["evidence"].as_array().unwrap().len().into();
    }
    calls
}

/// Fails with the first difference instead of two long lists.
#[track_caller]
pub fn assert_same_calls(found: &[Value], expected: &[Value]) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len(), "number of calls");
}

/// Nothing of what was derived depends on how it came about, and the file is sound.
#[track_caller]
pub fn assert_sound(path: &Path) {
    let check = run_on(path, &["rederive", "--check", "--json"]);
    let check = json_lines(&check.well()).remove(0);
    assert_eq!(check["identical"], true, "{check}");
    run_on(path, &["doctor"]).ended(0);
}
