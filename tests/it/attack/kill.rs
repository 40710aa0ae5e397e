//! `kill -9` at random moments while lines flow.

use std::{
    ffi::OsStr,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use tempfile::TempDir;
use test_support::faults::Spoiler;

use crate::{
    exchange::{Account, Exchange, office_lines, port},
    patience::{from_environment, until},
    program::Running,
    stored,
};

const SEED: u64 = 11;

/// How many of the kills come before the listener has said that it collects: one in so many.
const EARLY: u32 = 4;

#[test]
fn every_line_outlives_kills_exactly_once() {
    let kills = from_environment("RINGLEDGER_KILLS", 25);
    println!("seed {SEED}, {kills} kills");
    let folder = TempDir::new().unwrap();
    let (ledger, link) = (folder.path().join("calls.ringledger"), folder.path().join("ttyPBX"));
    // Four times the usual speed, so that bytes are under way at nearly every moment.
    let port = port(&link, Some(38_400));
    let stutter = Spoiler::new("stutter=0.3".parse().unwrap(), SEED).longest_wait(Duration::from_millis(4));
    let exchange = Exchange::start(&port, office_lines(SEED), stutter);
    let began = Instant::now();
    let mut chance = StdRng::seed_from_u64(SEED);
    for kill in 0..kills {
        if kill % EARLY == 0 {
            let listener = listen(&ledger, &link, Running::start_listening);
            thread::sleep(Duration::from_millis(chance.random_range(0..120)));
            listener.kill();
        } else {
            let listener = listen(&ledger, &link, Running::listen);
            thread::sleep(Duration::from_millis(chance.random_range(1..=400)));
            listener.kill();
        }
    }
    let attacked = began.elapsed();

    let listener = listen(&ledger, &link, Running::listen);
    let sent = exchange.stop();
    let length = sent.bytes.len() as u64;
    until("the last byte in the ledger", || (stored::stream_length(&ledger) >= length).then_some(()));
    let (status, took) = listener.terminate();
    assert!(status.success(), "{status}");
    println!(
        "{kills} kills in {attacked:.1?} while {} lines ({length} bytes) came; stopped in {took:.1?}",
        sent.lines
    );
    everything_once(&ledger, &sent);
}

fn everything_once(ledger: &Path, sent: &Account) {
    assert!(stored::stream(ledger) == sent.bytes, "the bytes in the spool are not those that were sent");
    let tally = stored::tally(ledger);
    assert_eq!(tally.lines, sent.lines, "{tally:?}");
    assert_eq!(tally.inserted + tally.known, sent.lines, "{tally:?}");
    assert_eq!(tally.rejected, 0, "{tally:?}");
    let (found, expected) = (stored::calls(ledger), stored::parsed_calls(&sent.bytes));
    println!("{} calls of {} lines ({} of them known before)", found.len(), tally.lines, tally.known);
    stored::assert_same_calls(&found, &expected);
    stored::assert_sound(ledger);
}

fn listen(ledger: &Path, link: &Path, start: fn(&Path, &[&OsStr]) -> Running) -> Running {
    start(ledger, &[OsStr::new("--serial"), link.as_os_str()])
}
