//! Every report over all calls of some years: how long each takes.
//!
//! `cargo bench -p app --bench reports -- 1000000`: so many calls are imported once, into the target folder, and asked
//! about. A word after the number leaves only reports that have it in their id. Told is how long the computing took; in
//! brackets the clock on the wall, which on a busy machine says more about others.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on has failed")]

use std::{
    fs,
    hint::black_box,
    io::{BufWriter, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

use app::{
    App, Progress,
    views::{CallFilter, ImportOptions, ReportQuery},
};
use test_support::asterisk;

const RUNS: usize = 21;

fn main() {
    let mut words = std::env::args().skip_while(|word| word.parse::<u32>().is_err());
    let calls = words.next().and_then(|word| word.parse().ok()).unwrap_or(1_000_000);
    let wanted = words.next().unwrap_or_default();
    let app = office(calls);
    let everything = CallFilter {
        from: Some("2000-01-01".to_owned()),
        to: Some("2026-11-20".to_owned()),
        ..CallFilter::default()
    };
    let years = app.report("years", &ReportQuery { filter: everything, ..ReportQuery::default() }).unwrap();
    let coverage = &years.report.coverage;
    let filter = CallFilter {
        from: coverage.first_day.clone(),
        to: coverage.last_day.clone(),
        ..CallFilter::default()
    };
    println!("{} {RUNS} runs each, over all of it", years.report.sentence);
    for entry in app.list_reports().iter().filter(|entry| entry.id.contains(&wanted)) {
        // A day is what they are for.
        let one_day = CallFilter { from: filter.to.clone(), ..filter.clone() };
        let filter = if entry.id == "compare-days" { one_day } else { filter.clone() };
        measure(&app, &entry.id, &ReportQuery { filter, ..ReportQuery::default() });
    }
}

/// An office of its own; kept for the next time.
fn office(calls: u32) -> App {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("reports-{calls}.ringledger"));
    let whole = path.with_extension("whole");
    if !whole.exists() {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", path.display()));
        }
        println!("importing {calls} calls into {}", path.display());
        let file = folder.join(format!("reports-{calls}.csv"));
        let mut rows = BufWriter::new(fs::File::create(&file).unwrap());
        for row in asterisk::rows(7, calls, "2026-11-20".parse().unwrap()) {
            writeln!(rows, "{row}").unwrap();
        }
        rows.into_inner().unwrap().sync_all().unwrap();
        let app = App::open(&path, "a benchmark").unwrap();
        let options = ImportOptions { zone: Some("Europe/Dublin".to_owned()), ..ImportOptions::default() };
        let clock = Instant::now();
        app.import(&file, &options, &Progress::default()).unwrap();
        println!("imported in {:.1} s", clock.elapsed().as_secs_f64());
        fs::remove_file(&file).unwrap();
        fs::write(&whole, "").unwrap();
        return app;
    }
    App::open(&path, "a benchmark").unwrap()
}

fn measure(app: &App, id: &str, query: &ReportQuery) {
    let ask = || {
        let (clock, began) = (Instant::now(), computed());
        let view = black_box(app.report(id, query).unwrap());
        let (wall, ended) = (clock.elapsed(), computed());
        (
            view.report.rows.len(),
            wall,
            began.zip(ended).map_or(wall, |(began, ended)| ended.saturating_sub(began)),
        )
    };
    let (rows, _, first) = ask();
    let (mut walls, mut computing): (Vec<Duration>, Vec<Duration>) =
        (0..RUNS).map(|_| ask()).map(|(_, wall, computing)| (wall, computing)).unzip();
    walls.sort_unstable();
    computing.sort_unstable();
    let at = |times: &[Duration], share: usize| times[RUNS * share / 100].as_secs_f64() * 1000.0;
    println!(
        "{id:<22} p50 {:>7.1} ms  p95 {:>7.1} ms  first {:>7.1} ms  (wall {:.1}, {:.1})  {rows} rows",
        at(&computing, 50),
        at(&computing, 95),
        first.as_secs_f64() * 1000.0,
        at(&walls, 50),
        at(&walls, 95)
    );
}

/// What this thread has computed.
fn computed() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
