//! Filters that misbehave, as the program meets them: each has its sentence, nothing of it is left running, and nothing is
//! left on the disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use app::{
    Wanted,
    views::{ErrorView, RecordingFilterView},
};

use crate::{
    patience::until,
    recordings::{Office, wav},
};

/// A filter that does what a script says; `$2` is the file.
fn filter(script: &str, seconds: u32) -> RecordingFilterView {
    let arguments = ["-c", script, "filter", "--", "{file}"];
    RecordingFilterView {
        id: "own".to_owned(),
        label: "Our own".to_owned(),
        program: Some("sh".to_owned()),
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        given: "nothing".to_owned(),
        endings: vec!["own".to_owned()],
        notices_tampering: false,
        seconds,
        seconds_per_megabyte: 0,
        most_megabytes: 16,
        ready_made: false,
    }
}

/// Every file below a folder but the ledger's own.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.to_string_lossy().contains("calls.ringledger") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A process is gone, or a body that only its parent has still to bury.
fn is_gone(process: &str) -> bool {
    let state = fs::read_to_string(format!("/proc/{process}/stat"));
    state.map_or(true, |state| state.contains(") Z "))
}

#[test]
fn whatever_a_filter_does_there_is_a_sentence_and_nothing_is_left() {
    let office = Office::new();
    let marks = tempfile::TempDir::new().unwrap();
    let mark = marks.path().join("processes");
    office.app.save_recording_filters(&[filter("true", 1)]).unwrap();
    office.recording("; rm -rf ~ #in-1773047663.10.wav.own", b"Salted__ and more than sixteen bytes");
    office.scan();
    let id = office.named("; rm -rf ~ #in-1773047663.10.wav.own").id;
    let before = files(office.folder.path());
    let tell = format!("echo $$ >> {0}; sleep 300 >/dev/null 2>&1 & echo $! >> {0}; ", mark.display());
    let cases = [
        ("wait", 1, "filter-timed-out", "had not ended after 1 s"),
        ("printf 'neither sound nor anything'", 20, "sound-unknown", "no sound that is known"),
        ("head -c 5000000000 /dev/zero", 60, "filter-too-much", "gave more than 16 MB"),
        ("echo 'no key' 'for anna' >&2; exit 3", 20, "filter-failed", "ended with exit status: 3"),
        ("printf half; kill -9 $$", 20, "filter-failed", "signal: 9"),
        ("true", 20, "filter-nothing", "gave nothing"),
    ];
    for (script, seconds, code, sentence) in cases {
        office.app.save_recording_filters(&[filter(&format!("{tell}{script}"), seconds)]).unwrap();
        let error = office.app.open_recording(id, Wanted::default()).unwrap_err();
        let view = ErrorView::from(&error);
        assert!(view.message.contains(sentence), "{script}: {view:?}");
        if code != "sound-unknown" {
            assert_eq!(view.code, code, "{script}");
        }
        let said = view.detail.unwrap_or_default();
        assert_eq!(said.contains("no key for anna"), script.contains("anna"), "{script}: {said}");
        let processes = fs::read_to_string(&mark).unwrap();
        assert_eq!(processes.lines().count(), 2, "{script}");
        for process in processes.lines() {
            until("nothing of a filter to be running", || is_gone(process).then_some(()));
        }
        fs::remove_file(&mark).unwrap();
        assert_eq!(files(office.folder.path()), before, "{script}");
        assert_eq!(office.logged("opened")[0].1.as_deref(), Some("own"));
        assert_ne!(office.logged("opened")[0].0, "done", "{script}");
        let trial = office
            .app
            .try_recording_filter("own", &office.monitor().join("; rm -rf ~ #in-1773047663.10.wav.own"), None)
            .unwrap();
        assert!(!trial.fits && trial.ended.contains(sentence), "{script}: {trial:?}");
        assert_eq!(trial.said.is_some_and(|said| said.contains("no key for anna")), script.contains("anna"));
        fs::remove_file(&mark).unwrap();
    }
    // What the program said is for whoever asks, and not for the ledger.
    let ledger = fs::read(office.app.path()).unwrap();
    assert!(!ledger.windows(15).any(|part| part == b"no key for anna"));
}

#[test]
fn a_filter_that_asks_at_a_terminal_is_ended() {
    let office = Office::new();
    // Where there is a terminal, whoever is not in front of it is stopped until its time is over.
    office.app.save_recording_filters(&[filter("read -r word < /dev/tty && cat -- \"$2\"", 2)]).unwrap();
    office.recording("in-1773047663.10.wav.own", &[b"Salted__".as_slice(), &wav(1, 20)].concat());
    office.scan();
    let id = office.named("in-1773047663.10.wav.own").id;
    let error = office.app.open_recording(id, Wanted::default()).unwrap_err();
    assert!(["filter-failed", "filter-timed-out"].contains(&error.code()), "{error}");
}
