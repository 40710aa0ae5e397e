//! The file itself: what is kept, what is refused, what survives.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::{fs, path::PathBuf};

use chrono::Utc;
use ledger::{
    Arrival, CollectingLock, Continuity, Ledger, LedgerError, SCHEMA_VERSION, SourceDraft, SourceId, Writer,
    back_up, restore,
};
use tempfile::TempDir;

struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ledger(&self) -> Ledger {
        Ledger::open(&self.path("calls.ringledger")).unwrap()
    }
}

fn source(ledger: &Ledger) -> SourceId {
    let text = |text: &str| text.to_owned();
    let draft = SourceDraft {
        kind: text("serial"),
        name: text("ttyUSB0"),
        place: text("/dev/ttyUSB0"),
        settings: text("{}"),
        format: text("siemens-hipath"),
        zone: text("Europe/Dublin"),
    };
    ledger.add_source(&draft).unwrap()
}

fn append(ledger: &Ledger, source: SourceId, landing: u64, bytes: &[u8]) {
    let continuity = Continuity::Contiguous;
    let arrival = Arrival { source, received_at: 0, continuity, landing: Some(landing), file: None, bytes };
    ledger.append(&arrival).unwrap();
}

#[test]
fn a_stream_is_read_back_from_any_place_to_any_place() {
    let room = Room::new();
    let ledger = room.ledger();
    let (one, other) = (source(&ledger), source(&ledger));
    for (landing, piece) in [b"abc".as_slice(), b"d", b"efgh"].into_iter().enumerate() {
        append(&ledger, one, landing as u64, piece);
        append(&ledger, other, landing as u64, b"....");
    }
    assert_eq!(ledger.stream_length(one).unwrap(), 8);
    let whole = b"abcdefgh";
    for from in 0..8_usize {
        for to in from..=8 {
            let raw = ledger.raw(one, from as u64, (to - from) as u64).unwrap();
            assert_eq!(raw, &whole[from..to], "{from}..{to}");
        }
    }
    let chunks = ledger.chunks_from(one, 5, i64::MAX).unwrap();
    assert_eq!(chunks.iter().map(|chunk| chunk.position).collect::<Vec<_>>(), [4]);
}

#[test]
fn the_last_landing_is_known_to_be_committed_and_no_other() {
    let room = Room::new();
    let ledger = room.ledger();
    let source = source(&ledger);
    assert!(!ledger.landed(source, 7).unwrap());
    append(&ledger, source, 7, b"a");
    assert!(ledger.landed(source, 7).unwrap());
    assert!(!ledger.landed(source, 8).unwrap());
}

#[test]
fn a_newer_ledger_is_refused_and_left_alone() {
    let room = Room::new();
    let path = room.path("calls.ringledger");
    drop(room.ledger());
    rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", SCHEMA_VERSION + 1)
        .unwrap();
    let before = fs::read(&path).unwrap();
    for opened in [Ledger::open(&path), Ledger::open_reader(&path)] {
        let error = opened.unwrap_err();
        assert_eq!(error.code(), "ledger-newer");
        assert!(error.hint().is_some());
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let room = Room::new();
    let (text, database) = (room.path("text"), room.path("database"));
    fs::write(&text, "Dear diary, today the telephone rang; it was nobody, and I said nothing. ".repeat(20))
        .unwrap();
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    for path in [&text, &database] {
        let before = fs::read(path).unwrap();
        assert_eq!(Ledger::open(path).unwrap_err().code(), "not-a-ledger", "{}", path.display());
        assert_eq!(fs::read(path).unwrap(), before);
    }
    assert!(matches!(Ledger::open_reader(&room.path("nothing")), Err(LedgerError::NotFound(_))));
    assert!(!room.path("nothing").exists());
}

#[test]
fn a_read_only_ledger_says_so() {
    let room = Room::new();
    let path = room.path("calls.ringledger");
    drop(room.ledger());
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let error = Ledger::open(&path).unwrap_err();
    assert_eq!(error.code(), "ledger-read-only");
    assert!(error.hint().unwrap().contains("writable"));
}

#[test]
fn damage_is_found_by_the_doctor_and_never_restored() {
    let room = Room::new();
    let path = room.path("calls.ringledger");
    let ledger = room.ledger();
    let source = source(&ledger);
    for landing in 0..400 {
        append(&ledger, source, landing, &[b'x'; 500]);
    }
    drop(ledger);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    let ledger = Ledger::open_reader(&path).unwrap();
    let sick = ledger.health().map_or(true, |health| !health.problems.is_empty());
    assert!(sick);
    drop(ledger);
    let copy = room.path("copy.ringledger");
    assert!(back_up(&path, &copy).is_err());
    assert!(!copy.exists(), "a copy that failed its check must not look like a backup");
    assert!(restore(&path, &room.path("other.ringledger")).is_err());
}

#[test]
fn one_of_two_programs_collects_and_the_other_is_told_who() {
    let room = Room::new();
    let path = room.path("calls.ringledger");
    let now = Utc::now();
    assert_eq!(CollectingLock::holder(&path, now), None);
    let lock = CollectingLock::take(&path, "the Ringledger window", now).unwrap();
    let Err(LedgerError::CollectedElsewhere(holder)) = CollectingLock::take(&path, "ringledger listen", now)
    else {
        panic!("taken twice");
    };
    assert_eq!((holder.program.as_str(), holder.process), ("the Ringledger window", std::process::id()));
    assert!(holder.to_string().contains("the Ringledger window (process"));
    assert_eq!(CollectingLock::holder(&path, now), Some(holder));
    drop(lock);
    assert_eq!(CollectingLock::holder(&path, now), None);
    CollectingLock::take(&path, "ringledger listen", now).unwrap();
}

#[test]
fn a_backup_is_whole_while_the_ledger_is_written_to_and_comes_back() {
    let room = Room::new();
    let (path, copy) = (room.path("calls.ringledger"), room.path("copy"));
    let ledger = room.ledger();
    let source = source(&ledger);
    append(&ledger, source, 1, b"before");
    back_up(&path, &copy).unwrap();
    assert_eq!(back_up(&path, &copy).unwrap_err().code(), "file-exists");
    append(&ledger, source, 2, b" after");
    drop(ledger);
    let kept = restore(&copy, &path).unwrap().unwrap();
    assert_eq!(room.ledger().raw(source, 0, 100).unwrap(), b"before");
    assert_eq!(Ledger::open(&kept).unwrap().raw(source, 0, 100).unwrap(), b"before after");
}

#[test]
fn a_failed_transaction_leaves_nothing() {
    let room = Room::new();
    let mut ledger = room.ledger();
    let failed: Result<(), LedgerError> = ledger.transaction(|ledger| {
        source(ledger);
        Err(LedgerError::Busy)
    });
    assert!(failed.is_err());
    assert!(ledger.sources().unwrap().is_empty());
    ledger.trial(|ledger| Ok::<_, LedgerError>(source(ledger))).unwrap();
    assert!(ledger.sources().unwrap().is_empty());
    ledger.transaction(|ledger| Ok::<_, LedgerError>(source(ledger))).unwrap();
    assert_eq!(ledger.sources().unwrap().len(), 1);
}

#[test]
fn commits_are_durable_before_they_are_acknowledged() {
    let room = Room::new();
    drop(room.ledger());
    let writer = Writer::start(room.ledger()).unwrap();
    let source = writer.run(|ledger| source(ledger)).unwrap();
    writer.run(move |ledger| append(ledger, source, 1, b"line")).unwrap();
    // Another connection sees it as soon as the writer has answered.
    let reader = Ledger::open_reader(&room.path("calls.ringledger")).unwrap();
    assert_eq!(reader.raw(source, 0, 4).unwrap(), b"line");
}
