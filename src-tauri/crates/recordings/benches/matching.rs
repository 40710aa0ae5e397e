//! 100,000 files to 1,000,000 calls of a busy year, and of eleven days of a site where a call begins every second.
//!
//! `cargo bench -p recordings --bench matching`. Nothing touches the disk. Told is the clock on the wall; the memory is the
//! most that the process ever had, the texts of the made-up calls not included, since they are made one by one.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on has failed")]

use std::time::Instant;

use recordings::{
    matching::{CallFacts, Calls, Clocks, FileFacts, Verdict, decide},
    read,
};

const CALLS: i64 = 1_000_000;
const FILES: i64 = 100_000;
const FIRST: i64 = 1_704_067_200;
/// Seconds from one call to the next: a year in all, or eleven days of a very large site.
const YEAR: i64 = 31;
const CROWD: i64 = 1;
/// The names are eight hours ahead.
const AHEAD: i64 = 8 * 3600;

/// Spread as if by chance, and the same every time (SplitMix64).
fn chance(seed: i64) -> u64 {
    let mixed = seed.unsigned_abs().wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ mixed >> 27
}

fn start(call: i64, step: i64) -> i64 {
    FIRST + call * step
}

fn extension(call: i64) -> String {
    format!("{}", 200 + chance(call) % 150)
}

fn number(call: i64) -> String {
    format!("0{}", 2_000_000_000 + chance(call * 7) % 40_000 * 104_729)
}

fn unique(call: i64, step: i64) -> String {
    format!("{}.{}", start(call, step), call * 2)
}

fn call(call: i64, step: i64) -> CallFacts {
    let lasts = i64::try_from(chance(call * 3) % 600).unwrap();
    CallFacts {
        id: call,
        start: start(call, step),
        end: Some(start(call, step) + lasts),
        talk_seconds: u32::try_from(lasts).ok(),
        ids: vec![unique(call, step), format!("{}.{}", start(call, step), call * 2 + 1)],
        extensions: vec![extension(call)],
        numbers: vec![number(call)],
        ..CallFacts::default()
    }
}

/// A date and a time without separators.
fn printed(seconds: i64) -> String {
    let (mut day, mut month, mut year) = (seconds.div_euclid(86_400) - 19_723, 1, 2024);
    loop {
        let days = match month {
            2 if year % 4 == 0 => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if day < days {
            break;
        }
        day -= days;
        month += 1;
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    let time = seconds.rem_euclid(86_400);
    format!("{year}{month:02}{:02}-{:02}{:02}{:02}", day + 1, time / 3600, time / 60 % 60, time % 60)
}

/// Every tenth call has a file. With ids: four of five, as in FreePBX's names; else by time and numbers alone.
fn path(file: i64, with_ids: bool, step: i64) -> String {
    let call = file * (CALLS / FILES);
    let when = printed(start(call, step) + AHEAD + 3);
    if with_ids && file % 5 != 0 {
        format!("exten-{}-{}-{when}-{}.wav", extension(call), number(call), unique(call, step))
    } else {
        format!("{when}-{}-{}.wav", extension(call), number(call))
    }
}

fn main() {
    for (with_ids, step) in [(true, YEAR), (false, YEAR), (false, CROWD)] {
        run(with_ids, step);
    }
    println!("most memory: {} MB", most_memory());
}

fn run(with_ids: bool, step: i64) {
    let paths: Vec<String> = (0..FILES).map(|file| path(file, with_ids, step)).collect();
    let began = Instant::now();
    let files: Vec<FileFacts> = (0..)
        .zip(&paths)
        .map(|(key, path)| FileFacts {
            key,
            names: read(path.as_bytes()),
            path: path.clone().into_bytes(),
            ..FileFacts::default()
        })
        .collect();
    let names = began.elapsed();
    // Made before the clock runs, in slices, so that the making is not measured.
    let mut calls = Calls::new();
    let mut taking = std::time::Duration::ZERO;
    for slice in 0..CALLS / 10_000 {
        let made: Vec<CallFacts> =
            (slice * 10_000..(slice + 1) * 10_000).map(|place| call(place, step)).collect();
        let began = Instant::now();
        calls.extend(&made);
        taking += began.elapsed();
    }
    let began = Instant::now();
    let clocks = Clocks::measure(&files, &mut calls);
    let clock = began.elapsed();
    let began = Instant::now();
    let decisions = decide(&files, &mut calls, &clocks);
    let deciding = began.elapsed();
    let right = decisions
        .iter()
        .filter(|decision| match &decision.verdict {
            Verdict::Matched(found) => found.len() == 1 && found[0].call == decision.file * (CALLS / FILES),
            _ => false,
        })
        .count();
    let open = decisions.iter().filter(|decision| matches!(decision.verdict, Verdict::Ambiguous(_))).count();
    println!(
        "{}, a call every {step} s: {FILES} names read in {names:.2?}, {CALLS} calls taken in {taking:.2?}, \
         put in order and {} weeks' clocks \
         measured in {clock:.2?}, decided in {deciding:.2?}; in all {:.2?}. {right} right, {open} open.",
        if with_ids { "four of five with ids" } else { "by time and numbers alone" },
        clocks.offsets().len(),
        names + taking + clock + deciding
    );
    assert!(clocks.offsets().iter().all(|offset| offset.seconds == AHEAD), "{:?}", clocks.offsets());
}

fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|kb| kb.parse().ok()).unwrap_or(0_u64)
        / 1024
}
