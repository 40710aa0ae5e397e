//! The row of waits, on a clock that is made to run.

use capture::{LineStateCode, Report};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::bench::{Bench, tail};

/// When the source began to open, seconds apart.
async fn waits(bench: &mut Bench, count: usize, since: &mut Option<Instant>) -> Vec<u64> {
    let mut waits = Vec::new();
    while waits.len() < count {
        let (at, report) = bench.reports.recv().await.unwrap();
        if matches!(&report, Report::State(state) if state.code == LineStateCode::Opening)
            && let Some(before) = since.replace(at)
        {
            // The runtime's timers are late by a few milliseconds, never early.
            waits.push((at - before).as_secs());
        }
    }
    waits
}

#[tokio::test(start_paused = true)]
async fn the_row_of_waits_and_its_reset_by_a_good_line() {
    let folder = TempDir::new().unwrap();
    let mut bench = Bench::new(tail(&folder.path().join("none.csv")));
    let mut since = None;
    let row = waits(&mut bench, 15, &mut since).await;
    assert_eq!(row, [3, 4, 6, 9, 13, 19, 28, 42, 63, 94, 141, 211, 300, 300, 300]);
    bench.handle.good_line();
    let next = waits(&mut bench, 5, &mut since).await;
    // The next wait of the old row may have been under way.
    let new = if next[0] == 300 { &next[1..] } else { &next[..4] };
    assert_eq!(new, [3, 4, 6, 9]);
    bench.stop().await;
}

#[tokio::test(start_paused = true)]
async fn every_failed_try_is_counted_and_the_trouble_keeps_its_time() {
    let folder = TempDir::new().unwrap();
    let mut bench = Bench::new(tail(&folder.path().join("none.csv")));
    let (mut failed, mut since) = (0, None);
    while failed < 5 {
        match bench.reports.recv().await.unwrap().1 {
            Report::OpenFailed => failed += 1,
            Report::State(state) if state.code == LineStateCode::NotFound => {
                assert_eq!(*since.get_or_insert(state.since), state.since);
                assert!(state.retry_at.is_some());
            }
            Report::State(state) => assert_eq!(state.code, LineStateCode::Opening),
            Report::ReadFailed => panic!("nothing was read"),
        }
    }
    bench.stop().await;
}
