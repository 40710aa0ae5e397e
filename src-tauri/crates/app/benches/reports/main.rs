//! Every report over all calls of three years: how long each takes.
//!
//! `cargo bench -p app --bench reports -- 1000000`: so many calls are imported once, into the target folder, and asked
//! about. A word after the number leaves only reports that have it in their id. Told is the clock on the wall, and in
//! brackets the processor time of all threads, which says more on a machine that has other things to do.
//!
//! `tests/load/reports.py` asks DuckDB the same and wants more of this program, each by a word of its own:
//! `--export FOLDER` writes the calls as rows; `--answers FILE` writes times and whole reports as JSON; `--first ID` opens
//! the ledger, asks once and tells how long that took; `--ledger` tells where the ledger is.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on has failed")]

mod export;

use std::{
    fs,
    hint::black_box,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use app::{
    App, Progress,
    views::{CallFilter, ImportOptions, ReportQuery, ReportView},
};
use ledger::Ledger;
use serde_json::json;
use test_support::asterisk;

const RUNS: u8 = 21;
const LAST_DAY: &str = "2026-11-20";

/// What is wanted, from the words after the program's name.
#[derive(Default)]
struct Wanted {
    calls: u32,
    /// A piece of the ids of reports.
    piece: String,
    export: Option<PathBuf>,
    answers: Option<PathBuf>,
    first: Option<String>,
    ledger: bool,
}

fn main() {
    let wanted = Wanted::read(std::env::args().skip(1));
    let path = office(wanted.calls);
    // Who asks with a cold file cache wants nothing of it in memory.
    if wanted.first.is_none() {
        sum_up(&path);
    }
    if wanted.ledger {
        println!("{}", path.display());
        return;
    }
    if let Some(folder) = &wanted.export {
        return export::write(&path, folder);
    }
    let began = Instant::now();
    let app = App::open(&path, "a benchmark").unwrap();
    if let Some(id) = &wanted.first {
        let opened = began.elapsed();
        let query = everything(&app);
        let began = Instant::now();
        black_box(app.report(id, &query).unwrap());
        println!("{} {}", milliseconds(opened), milliseconds(began.elapsed()));
        return;
    }
    let everything = everything(&app);
    let years = app.report("years", &everything).unwrap();
    println!("{} {RUNS} runs each, over all of it", years.report.sentence);
    let mut answers = Vec::new();
    for entry in app.list_reports().iter().filter(|entry| entry.id.contains(&wanted.piece)) {
        let mut query = everything.clone();
        if entry.id == "compare-days" {
            // A day is what they are for.
            query.filter.from.clone_from(&query.filter.to);
        }
        let (times, view) = measure(&app, &entry.id, &query);
        if wanted.answers.is_some() {
            answers.push(json!({"id": entry.id, "milliseconds": times, "report": view.report}));
        }
    }
    if let Some(file) = wanted.answers {
        fs::write(file, serde_json::to_vec(&answers).unwrap()).unwrap();
    }
}

impl Wanted {
    fn read(words: impl Iterator<Item = String>) -> Self {
        let mut wanted = Self { calls: 1_000_000, ..Self::default() };
        let mut words = words.filter(|word| word != "--bench");
        while let Some(word) = words.next() {
            match word.as_str() {
                "--export" => wanted.export = words.next().map(PathBuf::from),
                "--answers" => wanted.answers = words.next().map(PathBuf::from),
                "--first" => wanted.first = words.next(),
                "--ledger" => wanted.ledger = true,
                _ => match word.parse() {
                    Ok(calls) => wanted.calls = calls,
                    Err(_) => wanted.piece = word,
                },
            }
        }
        wanted
    }
}

/// All days that have calls.
fn everything(app: &App) -> ReportQuery {
    let filter = CallFilter {
        from: Some("2000-01-01".to_owned()),
        to: Some(LAST_DAY.to_owned()),
        ..CallFilter::default()
    };
    let one_day = CallFilter { from: filter.to.clone(), ..filter };
    let coverage = app
        .report("years", &ReportQuery { filter: one_day, ..ReportQuery::default() })
        .unwrap()
        .report
        .coverage;
    let filter = CallFilter { from: coverage.first_day, to: coverage.last_day, ..CallFilter::default() };
    ReportQuery { filter, ..ReportQuery::default() }
}

/// An office of its own; kept for the next time.
fn office(calls: u32) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("reports-{calls}.ringledger"));
    let whole = path.with_extension("whole");
    if !whole.exists() {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", path.display()));
        }
        println!("importing {calls} calls into {}", path.display());
        let file = folder.join(format!("reports-{calls}.csv"));
        import(calls, &file, &path);
        fs::remove_file(&file).unwrap();
        fs::write(&whole, "").unwrap();
    }
    path
}

fn import(calls: u32, file: &Path, ledger: &Path) {
    let mut rows = BufWriter::new(fs::File::create(file).unwrap());
    for row in asterisk::rows(7, calls, LAST_DAY.parse().unwrap()) {
        writeln!(rows, "{row}").unwrap();
    }
    rows.into_inner().unwrap().sync_all().unwrap();
    let app = App::open(ledger, "a benchmark").unwrap();
    let options = ImportOptions { zone: Some("Europe/Dublin".to_owned()), ..ImportOptions::default() };
    let clock = Instant::now();
    app.import(file, &options, &Progress::default()).unwrap();
    println!("imported in {:.1} s", clock.elapsed().as_secs_f64());
}

/// Months are summed up behind an import and when a day begins: until then reports are right, but slower than they are
/// on all other days.
fn sum_up(path: &Path) {
    let mut ledger = Ledger::open(path).unwrap();
    for month in ledger.unsummed_months().unwrap() {
        ledger.transaction(|ledger| ledger.sum_up_month(month)).unwrap();
    }
}

/// How long each run took, in order, and what came of it.
fn measure(app: &App, id: &str, query: &ReportQuery) -> (Vec<f64>, ReportView) {
    let ask = || {
        let clock = Instant::now();
        let view = black_box(app.report(id, query).unwrap());
        (clock.elapsed(), view)
    };
    let (first, view) = ask();
    let computed = processor_time();
    let mut walls: Vec<Duration> = (0..RUNS).map(|_| ask().0).collect();
    let computed = computed.zip(processor_time()).map(|(began, ended)| (ended - began) / f64::from(RUNS));
    walls.sort_unstable();
    let times: Vec<f64> = walls.into_iter().map(milliseconds).collect();
    let at = |share: usize| times[usize::from(RUNS) * share / 100];
    println!(
        "{id:<22} p50 {:>7.1} ms  p95 {:>7.1} ms  first {:>7.1} ms  (computing {:.1})  {} rows",
        at(50),
        at(95),
        milliseconds(first),
        computed.unwrap_or(f64::NAN),
        view.report.rows.len(),
    );
    (times, view)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Milliseconds that all threads of this process have computed; counted by the hundredth of a second.
fn processor_time() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name before may have spaces in it, but ends with a bracket.
    let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) * 10.0)
}
