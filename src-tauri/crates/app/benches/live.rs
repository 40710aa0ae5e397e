//! Calls while they happen: 1,000 a minute for an hour of simulated time, and what a record costs as the ledger grows.
//!
//! Ten exchanges deliver a hundred calls a minute each; the lines of a second arrive together, as they would over a
//! wire, and are committed, framed, read and stitched before the next second. `LIVE_HOURS` makes it longer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot set itself up has failed")]
#![allow(clippy::print_stdout, reason = "a bench prints what it found")]

use std::{
    iter::Peekable,
    time::{Duration, Instant},
};

use app::Intake;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use ledger::{Arrival, Continuity, Ledger, SourceDraft, SourceId};
use test_support::office::{Lines, Office, OfficeSettings};

const EXCHANGES: u64 = 10;

/// Of one exchange; ten of them make 1,000 calls a minute.
const CALLS_PER_HOUR: f64 = 6000.0;

const STRETCH: TimeDelta = TimeDelta::minutes(5);

struct Line {
    source: SourceId,
    lines: Peekable<Lines>,
}

/// What five minutes took.
struct Stretch {
    records: u32,
    steps: Vec<Duration>,
}

fn main() {
    let hours: i64 = std::env::var("LIVE_HOURS").ok().and_then(|hours| hours.parse().ok()).unwrap_or(1);
    let start = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(8, 0, 0).unwrap();
    let end = start + TimeDelta::hours(hours);
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("bench.ringledger")).unwrap();
    let mut lines: Vec<Line> = (0..EXCHANGES).map(|number| line(&ledger, number, start)).collect();
    let mut intake = Intake::default();
    let mut now = start;
    println!("after      calls in ledger   records   a record   slowest second");
    let mut per_record = Vec::new();
    while now < end {
        let until = now + STRETCH;
        let stretch = simulate(&mut ledger, &mut intake, &mut lines, now, until);
        now = until;
        let spent: Duration = stretch.steps.iter().sum();
        let each = spent / stretch.records.max(1);
        per_record.push(each.as_secs_f64());
        println!(
            "{:>4} min {:>17} {:>9} {:>7} µs {:>13} ms",
            (now - start).num_minutes(),
            ledger.count_calls(&ledger::CallSelection::default()).unwrap(),
            stretch.records,
            each.as_micros(),
            stretch.steps.iter().max().map_or(0, Duration::as_millis),
        );
    }
    // The first stretch fills caches and knows no history: not a fair beginning.
    let third = per_record.len().max(3) / 3;
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.iter().map(|_| 1.0).sum::<f64>().max(1.0);
    let first = mean(&per_record[1..=third.min(per_record.len() - 1)]);
    let last = mean(&per_record[per_record.len() - third..]);
    println!("a record at the end costs {:.2} times one at the beginning", last / first);
}

fn line(ledger: &Ledger, number: u64, start: NaiveDateTime) -> Line {
    let draft = SourceDraft {
        kind: "serial".to_owned(),
        name: format!("exchange {number}"),
        place: format!("bench{number}"),
        settings: "null".to_owned(),
        format: "siemens-hipath".to_owned(),
        zone: "UTC".to_owned(),
    };
    let settings = OfficeSettings {
        calls_per_hour: CALLS_PER_HOUR,
        trunks: 900,
        extensions: 3000,
        office_hours: false,
        ..OfficeSettings::new(start)
    };
    Line {
        source: ledger.add_source(&draft).unwrap(),
        lines: Lines::new(Office::new(number + 1, settings)).peekable(),
    }
}

/// Second after second, each taken in before the next.
fn simulate(
    ledger: &mut Ledger,
    intake: &mut Intake,
    lines: &mut [Line],
    from: NaiveDateTime,
    until: NaiveDateTime,
) -> Stretch {
    let mut stretch = Stretch { records: 0, steps: Vec::new() };
    let mut now = from;
    while now < until {
        now += TimeDelta::seconds(1);
        let mut pieces = Vec::new();
        for line in &mut *lines {
            let mut bytes = Vec::new();
            while let Some(printed) = line.lines.next_if(|printed| printed.at < now) {
                bytes.extend_from_slice(printed.text.as_bytes());
                bytes.extend_from_slice(b"\r\n");
                stretch.records += 1;
            }
            pieces.push((line.source, bytes));
        }
        let began = Instant::now();
        for (source, bytes) in pieces.iter().filter(|(_, bytes)| !bytes.is_empty()) {
            append(ledger, *source, now, bytes);
        }
        while intake.step(ledger, now.and_utc()).unwrap().more {}
        stretch.steps.push(began.elapsed());
    }
    stretch
}

fn append(ledger: &Ledger, source: SourceId, now: NaiveDateTime, bytes: &[u8]) {
    let arrival = Arrival {
        source,
        received_at: now.and_utc().timestamp_millis(),
        continuity: Continuity::Contiguous,
        landing: None,
        file: None,
        bytes,
    };
    ledger.append(&arrival).unwrap();
}
