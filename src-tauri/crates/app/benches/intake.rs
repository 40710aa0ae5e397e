//! From bytes to committed calls: the spool durable first, then lines, records, calls.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use app::Intake;
use chrono::{NaiveDate, Utc};
use divan::{Bencher, counter::ItemsCount};
use ledger::{Arrival, Continuity, Ledger, SourceDraft, SourceId};

/// What an exchange had kept back over a weekend.
const LINES: usize = 20_000;

/// Bytes gathered for one commit while a buffer is emptied as fast as it is read: four full reads of a terminal.
const PIECE: usize = 16 * 1024;

fn main() {
    divan::main();
}

fn lines() -> Vec<u8> {
    let until = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let lines = test_support::office::history(7, 12_000, until).take(LINES);
    lines.flat_map(|line| (line + "\r\n").into_bytes()).collect()
}

struct Bench {
    _folder: tempfile::TempDir,
    ledger: Ledger,
    source: SourceId,
}

fn scratch() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&folder.path().join("bench.ringledger")).unwrap();
    let draft = SourceDraft {
        kind: "serial".to_owned(),
        name: "bench".to_owned(),
        place: "bench".to_owned(),
        settings: "null".to_owned(),
        format: "siemens-hipath".to_owned(),
        zone: "Europe/Dublin".to_owned(),
    };
    let source = ledger.add_source(&draft).unwrap();
    Bench { _folder: folder, ledger, source }
}

fn append(bench: &Bench, bytes: &[u8]) {
    let arrival = Arrival {
        source: bench.source,
        received_at: Utc::now().timestamp_millis(),
        continuity: Continuity::Contiguous,
        landing: None,
        file: None,
        bytes,
    };
    bench.ledger.append(&arrival).unwrap();
}

fn take_in(bench: &mut Bench) {
    let mut intake = Intake::default();
    while intake.step(&mut bench.ledger, Utc::now()).unwrap().more {}
}

/// The whole way: each piece committed with `synchronous=FULL` on its own, then taken in.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn buffered_lines_to_committed_calls(bencher: Bencher<'_, '_>) {
    let bytes = lines();
    bencher.counter(ItemsCount::new(LINES)).with_inputs(scratch).bench_local_values(|mut bench| {
        for piece in bytes.chunks(PIECE) {
            append(&bench, piece);
        }
        take_in(&mut bench);
        bench
    });
}

/// Only the taking in: lines, records, calls, indexes.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn spool_to_committed_calls(bencher: Bencher<'_, '_>) {
    let bytes = lines();
    let filled = || {
        let mut bench = scratch();
        bench
            .ledger
            .transaction(|ledger| {
                for piece in bytes.chunks(PIECE) {
                    let arrival = Arrival {
                        source: bench.source,
                        received_at: Utc::now().timestamp_millis(),
                        continuity: Continuity::Contiguous,
                        landing: None,
                        file: None,
                        bytes: piece,
                    };
                    ledger.append(&arrival)?;
                }
                Ok::<_, ledger::LedgerError>(())
            })
            .unwrap();
        bench
    };
    bencher.counter(ItemsCount::new(LINES)).with_inputs(filled).bench_local_values(|mut bench| {
        take_in(&mut bench);
        bench
    });
}
