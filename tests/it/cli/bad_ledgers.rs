//! Ledgers that must not be touched: one sentence, one hint, exit code 1, and the file as it was.

use std::{
    fs::{self, Permissions},
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use tempfile::TempDir;

use super::filled_ledger;
use crate::program::run_on;

/// Commands that open the ledger they are pointed at.
const COMMANDS: [&[&str]; 7] = [
    &["calls", "--json"],
    &["ring-back"],
    &["doctor"],
    &["rederive"],
    &["rederive", "--check"],
    &["listen"],
    &["listen", "--tcp", "127.0.0.1:9"],
];

/// All commands on a file fail with these words, and leave it as it is.
#[track_caller]
fn refused(ledger: &Path, sentence: &str, hint: &str) {
    let before = fs::read(ledger).unwrap();
    for command in COMMANDS {
        run_on(ledger, command).told(sentence, hint);
        assert!(fs::read(ledger).unwrap() == before, "{command:?} changed the file");
    }
}

#[track_caller]
fn not_backed_up(ledger: &Path, sentence: &str, hint: &str) {
    let copy = ledger.with_extension("copy");
    run_on(ledger, &["backup", copy.to_str().unwrap()]).told(sentence, hint);
    assert!(!copy.exists(), "a copy that nobody can use");
}

fn newer(ledger: PathBuf) -> PathBuf {
    Connection::open(&ledger).unwrap().pragma_update(None, "user_version", 99).unwrap();
    ledger
}

/// Overwrites a stretch of the file, in hundredths of its length.
fn damage(ledger: PathBuf, from: usize, to: usize) -> PathBuf {
    let mut bytes = fs::read(&ledger).unwrap();
    let stretch = bytes.len() * from / 100..bytes.len() * to / 100;
    bytes[stretch].fill(0x5a);
    fs::write(&ledger, bytes).unwrap();
    ledger
}

#[test]
fn a_newer_ledger() {
    let folder = TempDir::new().unwrap();
    let ledger = newer(filled_ledger(&folder));
    let words = ("was made by a newer Ringledger (its version is 99", "Install the newer Ringledger");
    refused(&ledger, words.0, words.1);
    not_backed_up(&ledger, words.0, words.1);
    // A newer backup must not replace a ledger that works.
    let present = TempDir::new().unwrap();
    let present = filled_ledger(&present);
    run_on(&present, &["restore", ledger.to_str().unwrap()]).told(words.0, words.1);
    run_on(&present, &["rederive", "--check"]).well();
}

#[test]
fn a_file_that_is_no_ledger() {
    let folder = TempDir::new().unwrap();
    let words = ("is not a ledger", "Choose a ledger made by Ringledger");
    let text = folder.path().join("letter.txt");
    fs::write(&text, "Dear Sir,\nplease find enclosed the call list of 9 March.\n").unwrap();
    refused(&text, words.0, words.1);
    not_backed_up(&text, words.0, words.1);

    let other = folder.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute("CREATE TABLE song (title TEXT)", []).unwrap();
    refused(&other, words.0, words.1);
    not_backed_up(&other, words.0, words.1);
}

#[test]
fn a_folder() {
    let folder = TempDir::new().unwrap();
    for command in COMMANDS {
        run_on(folder.path(), command)
            .told("could not be read or written", "Check that the path names a file");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_damaged_ledger() {
    let hint = "Put a backup in its place with `ringledger restore FILE`";
    for (from, to) in [(1, 2), (2, 98), (33, 100), (50, 70)] {
        println!("damaged from {from} % to {to} %");
        let folder = TempDir::new().unwrap();
        let whole = filled_ledger(&folder);
        let good = folder.path().join("good");
        run_on(&whole, &["backup", good.to_str().unwrap()]).well();
        let calls = run_on(&whole, &["calls", "--json"]).well();

        let damaged = damage(whole, from, to);
        let listed = run_on(&damaged, &["calls", "--json"]);
        if listed.code == Some(0) {
            assert!(listed.out == calls, "calls that were damaged are listed as if nothing were wrong");
        } else {
            assert!(listed.err.contains("is damaged") && listed.err.contains(hint), "{}", listed.err);
        }
        let doctor = run_on(&damaged, &["doctor"]).ended(1);
        let said = [doctor.out, doctor.err].concat();
        assert!(said.contains("is damaged") && said.contains(hint), "{said}");
        not_backed_up(&damaged, "is damaged", hint);
        // What the hint says helps.
        run_on(&damaged, &["restore", good.to_str().unwrap()]).well();
        assert_eq!(run_on(&damaged, &["calls", "--json"]).well(), calls);
    }
}

/// The mark of the file decides, because an administrator may write to anything.
#[test]
fn a_read_only_ledger() {
    let folder = TempDir::new().unwrap();
    let ledger = filled_ledger(&folder);
    let mut permissions = fs::metadata(&ledger).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&ledger, permissions).unwrap();
    refused(&ledger, "cannot be written to", "Make the file and its folder writable");
    // A copy only reads.
    run_on(&ledger, &["backup", folder.path().join("copy").to_str().unwrap()]).well();
    make_writable(&ledger);
    run_on(&ledger, &["rederive", "--check"]).well();
}

#[cfg(unix)]
fn make_writable(ledger: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(ledger, Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn make_writable(ledger: &Path) {
    let mut permissions: Permissions = fs::metadata(ledger).unwrap().permissions();
    permissions.set_readonly(false);
    fs::set_permissions(ledger, permissions).unwrap();
}
