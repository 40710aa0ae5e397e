//! When nobody listened to a source, and how far its clock is off.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use calls::{CallTime, Certainty, Evidence, Record, RecordKey};
use ledger::{Arrival, ClockOffset, Continuity, Interruption, Ledger, Origin, SourceDraft, SourceId};
use tempfile::TempDir;

fn desk() -> (Ledger, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Ledger::open(&folder.path().join("calls.ringledger")).unwrap(), folder)
}

fn source(ledger: &Ledger, name: &str) -> SourceId {
    let text = |text: &str| text.to_owned();
    let draft = SourceDraft {
        kind: text("serial"),
        name: text(name),
        place: text(name),
        settings: text("{}"),
        format: text("siemens-hipath"),
        zone: text("Europe/Dublin"),
    };
    ledger.add_source(&draft).unwrap()
}

#[test]
fn what_lies_between_two_connections_is_an_interruption() {
    let (ledger, _folder) = desk();
    let (one, other) = (source(&ledger, "one"), source(&ledger, "other"));
    let append = |source, received_at, continuity| {
        let arrival = Arrival { source, received_at, continuity, landing: None, file: None, bytes: b"line" };
        ledger.append(&arrival).unwrap();
    };
    // The first bytes of a source follow on nothing.
    append(one, 1_000, Continuity::Restarted);
    append(other, 1_500, Continuity::Restarted);
    append(one, 2_000, Continuity::Contiguous);
    append(one, 9_000, Continuity::Broken);
    append(one, 9_500, Continuity::Contiguous);
    append(other, 20_000, Continuity::Restarted);

    let broken = Interruption { source: one, from: 2_000, to: 9_000, restarted: false };
    let restarted = Interruption { source: other, from: 1_500, to: 20_000, restarted: true };
    assert_eq!(ledger.interruptions(0, 100_000).unwrap(), [restarted, broken]);
    assert_eq!(ledger.interruptions(8_999, 9_001).unwrap(), [restarted, broken], "those that go on then");
    assert_eq!(ledger.interruptions(9_000, 100_000).unwrap(), [restarted]);
    assert_eq!(ledger.interruptions(20_000, 100_000).unwrap(), []);
}

#[test]
fn a_clock_is_as_far_off_as_most_lines_say() {
    let (ledger, _folder) = desk();
    let (one, silent) = (source(&ledger, "one"), source(&ledger, "silent"));
    let origin = Origin { exchange: 1, format: "siemens-hipath".to_owned() };
    let mut key = 0;
    let mut add = |end: i64, arrived: Option<i64>| {
        key += 1;
        let end = Some(CallTime::from_parts(end, 0, Certainty::Certain));
        let record = Record { start: end, end, ..Record::default() };
        let evidence = Evidence { key: RecordKey(key), record, arrived };
        ledger.add_record(one, 0, &origin, &evidence).unwrap().unwrap();
    };
    assert_eq!(ledger.clock_offset(one).unwrap(), None);
    // From a file: nothing says when the exchange printed it.
    add(1_000, None);
    assert_eq!(ledger.clock_offset(one).unwrap(), None);
    for late in [3, 2, 3, 90, 3] {
        add(5_000, Some(5_000 + late));
    }
    assert_eq!(ledger.clock_offset(one).unwrap(), Some(ClockOffset { behind: 3, lines: 5 }));
    assert_eq!(ledger.clock_offset(silent).unwrap(), None);
}
