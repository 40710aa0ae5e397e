//! Kinds of calls that every office has, each with the rows an exchange writes of it and the call that they are.
//!
//! One file for each: rows that were made up, and below them what is told from them. Moments are seconds after the
//! start of the call. What a table of call records cannot say stands under `finer`: an exchange's own events tell it.

mod events;
mod fixture;
mod office;

use std::path::{Path, PathBuf};

use fixture::Fixture;

fn fixtures() -> Vec<(String, Fixture)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/scenarios");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let read = |file: PathBuf| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        (name.clone(), toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}")))
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_kind_of_call_is_told_as_it_was() {
    let mut wrong = Vec::new();
    let fixtures = fixtures();
    for (name, fixture) in &fixtures {
        let differences = fixture.differences();
        println!("{name:<44} {}", if differences.is_empty() { "as it was" } else { "WRONG" });
        if !differences.is_empty() {
            wrong.push(format!("{name}: {}\n  {}", fixture.about, differences.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are told wrong:\n{}", wrong.len(), fixtures.len(), wrong.join("\n"));
    assert_eq!(fixtures.len(), 44, "a file for each kind of call");
}

/// Rows, channel events and the queue log together, in whatever order they come.
#[test]
fn events_of_the_exchange_tell_it_finer() {
    let mut wrong = Vec::new();
    let mut told = 0;
    for (name, fixture) in fixtures().iter().filter(|(_, fixture)| !fixture.finer.calls.is_empty()) {
        let differences = fixture.finer_differences();
        println!("{name:<44} {}", if differences.is_empty() { "as it was" } else { "WRONG" });
        if !differences.is_empty() {
            wrong.push(format!("{name}: {}\n  {}", fixture.about, differences.join("\n  ")));
        }
        let mut evidence = fixture.finer_evidence();
        let calls = fixture::calls(&evidence);
        evidence.reverse();
        assert_eq!(fixture::calls(&evidence), calls, "{name}");
        for call in &calls {
            let own = call.outline(false);
            assert_eq!(own, fixture::outline(&evidence, call), "{name}");
        }
        told += 1;
    }
    assert!(wrong.is_empty(), "{} of {told} are told wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(told >= 9, "only {told} kinds of calls have events");
}

/// The order in which rows are written is an accident.
#[test]
fn the_order_of_rows_changes_no_kind_of_call() {
    for (name, fixture) in fixtures() {
        let backwards = fixture.clone().backwards();
        assert_eq!(fixture.calls(), backwards.calls(), "{name}");
    }
}

/// Files of older exchanges have no linked ids: rows of one caller's channel are found by that.
#[test]
fn calls_of_one_channel_need_no_linked_id() {
    let mut told = 0;
    for (name, fixture) in fixtures() {
        let older = fixture.clone().without_linked_ids();
        let Some(older) = older else { continue };
        let sentences = |fixture: &Fixture| -> Vec<String> {
            fixture.calls().into_iter().map(|call| call.because).collect()
        };
        assert_eq!(sentences(&fixture), sentences(&older), "{name}");
        told += 1;
    }
    assert!(told > 20, "only {told} kinds of calls are of one channel");
}

/// What lists show and what a call says of itself come from one story.
#[test]
fn lists_and_calls_say_the_same() {
    for (name, fixture) in fixtures() {
        for (call, outline) in fixture.calls().iter().zip(fixture.outlines()) {
            let own = call.outline(false);
            assert_eq!(own.parties, outline.parties, "{name}");
            assert_eq!(own, outline, "{name}");
        }
    }
}
