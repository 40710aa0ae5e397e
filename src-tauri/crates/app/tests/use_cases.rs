//! Use cases as the window and the command line call them, on files of lines in scratch ledgers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::{fs, path::PathBuf};

use app::{
    App, Collect, Plan, Progress,
    views::{
        CallFilter, CallQuery, CallSort, ImportOptions, ImportSummary, LineVerdict, MetricKind, SortColumn,
    },
};
use capture::Place;
use chrono::NaiveDate;
use ledger::Ledger;
use tempfile::TempDir;

const DAY: &str = "2026-11-20";

struct Office {
    folder: TempDir,
    app: App,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        Self { folder, app }
    }

    fn import(&self, path: &std::path::Path) -> ImportSummary {
        self.app.import(path, &ImportOptions::default(), &Progress::default()).unwrap()
    }

    fn file(&self, name: &str, lines: &[String]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, lines.join("\r\n") + "\r\n").unwrap();
        path
    }
}

/// Some days of a made-up office, ending with [`DAY`].
fn history(calls: u32) -> Vec<String> {
    test_support::office::history(11, calls, DAY.parse::<NaiveDate>().unwrap()).collect()
}

fn query(filter: CallFilter) -> CallQuery {
    CallQuery {
        filter,
        sort: CallSort { column: SortColumn::Start, descending: true },
        offset: 0,
        limit: 500,
    }
}

#[test]
fn a_file_is_read_once_however_often_it_is_read() {
    let office = Office::new();
    let lines = history(400);
    let path = office.file("calls.txt", &lines);
    let first = office.import(&path);
    assert_eq!(first.lines, lines.len() as u64);
    assert_eq!(first.lines, first.inserted + first.known + first.ignored + first.rejected);
    assert_eq!((first.rejected, first.ignored), (0, 0));
    assert_eq!(first.last.as_deref(), Some(DAY));
    let again = office.import(&path);
    assert_eq!((again.inserted, again.known), (0, lines.len() as u64));
    let page = office.app.list_calls(&query(CallFilter::default())).unwrap();
    assert_eq!(u64::from(page.total), first.calls);
    let proof = office.app.rederive(true, |_, _| true).unwrap();
    assert!(proof.identical, "{:?}", proof.differing);
}

#[test]
fn overlapping_files_in_either_order_are_the_whole() {
    let lines = history(300);
    let half = lines.len() / 2;
    let mut digests = Vec::new();
    for order in [[0..half + 20, half - 20..lines.len()], [half - 20..lines.len(), 0..half + 20]] {
        let office = Office::new();
        for (number, range) in order.into_iter().enumerate() {
            office.import(&office.file(&number.to_string(), &lines[range]));
        }
        let mut calls = Vec::new();
        let sort = CallSort { column: SortColumn::Start, descending: false };
        office
            .app
            .each_call(&CallFilter::default(), sort, None, |listed| {
                calls.push(listed.stored.call);
                true
            })
            .unwrap();
        digests.push(calls);
    }
    assert_eq!(digests[0], digests[1]);
}

#[test]
fn every_number_of_today_opens_exactly_its_calls() {
    let office = Office::new();
    office.import(&office.file("calls.txt", &history(900)));
    let today = office.app.today(Some(DAY)).unwrap();
    let number = |kind: MetricKind| today.numbers.iter().find(|number| number.kind == kind).unwrap();
    assert_eq!(today.numbers.len(), 6);
    for kind in [MetricKind::Calls, MetricKind::Missed, MetricKind::NotCalledBack] {
        let metric = number(kind);
        let mut filter = metric.filter.clone();
        filter.ids.clone_from(&metric.call_ids);
        let listed = office.app.list_calls(&query(filter)).unwrap().total;
        // An empty list of calls cannot be told from "all": the number is nought then, and has no link.
        if kind != MetricKind::NotCalledBack || !metric.call_ids.is_empty() {
            assert_eq!(Some(listed), metric.value, "{kind:?}");
        }
    }
    assert!(number(MetricKind::Calls).value.unwrap() > 0);
    let counted: u32 = today.half_hours.iter().map(|half_hour| half_hour.calls).sum();
    assert_eq!(Some(counted), number(MetricKind::Calls).value);
    let wait = number(MetricKind::AverageWait);
    assert_eq!(office.app.list_calls(&query(wait.filter.clone())).unwrap().total, wait.of_calls);
    for person in &today.people {
        assert!(person.answered <= person.rung, "{person:?}");
    }
}

#[test]
fn a_call_shows_its_lines_with_their_fields() {
    let office = Office::new();
    office.import(&office.file("calls.txt", &history(50)));
    let page = office.app.list_calls(&query(CallFilter::default())).unwrap();
    for row in &page.rows {
        let detail = office.app.call_detail(&row.id).unwrap();
        assert!(!detail.evidence.is_empty());
        for line in &detail.evidence {
            let field = |name: &str| {
                let span = line.fields.iter().find(|field| field.name == name)?;
                line.text.get(span.from as usize..span.to as usize)
            };
            assert_eq!(field("date"), line.text.get(..8), "{line:?}");
            assert!(field("trunk").is_some_and(|trunk| trunk.trim().parse::<u32>().is_ok()), "{line:?}");
        }
    }
    assert_eq!(office.app.call_detail("0").unwrap_err().code(), "call-unknown");
}

#[test]
fn what_cannot_be_read_is_kept_with_its_reason() {
    let office = Office::new();
    let mut lines = history(20);
    lines.insert(3, "the quick brown fox".to_owned());
    let summary = office.import(&office.file("calls.txt", &lines));
    assert_eq!(summary.rejected, 1);
    let rejected = office.app.rejected_lines(None, 0, 10).unwrap();
    assert_eq!((rejected.total, rejected.rows[0].text.as_str()), (1, "the quick brown fox"));
    assert!(!rejected.rows[0].reason.is_empty());
    let monitor = office.app.line_monitor(1, 500).unwrap();
    let line = monitor.lines.iter().find(|line| line.verdict == LineVerdict::Rejected).unwrap();
    assert_eq!(line.line, 4);
    assert!(line.hex.starts_with("74 68 65 20"));
}

#[test]
fn a_file_that_no_exchange_wrote_is_refused_and_leaves_nothing() {
    let office = Office::new();
    let path = office.file("letter.txt", &["Dear Sir or Madam,".to_owned(), "I write to you".to_owned()]);
    assert_eq!(
        office.app.import(&path, &ImportOptions::default(), &Progress::default()).unwrap_err().code(),
        "format-not-recognised"
    );
    assert!(office.app.overview().unwrap().first_start);
}

#[test]
fn another_zone_reads_the_lines_anew() {
    let office = Office::new();
    let log = office.file("growing.log", &history(5));
    let plan = |zone: &str| Plan {
        place: Place::Tail { path: log.clone() },
        name: None,
        format: "siemens-hipath".to_owned(),
        zone: app::zone(zone).unwrap(),
    };
    let source = office.app.ensure_source(plan("Europe/Dublin")).unwrap();
    let mut changes = office.app.changes();
    office.app.collect(Collect::Only([source].into())).unwrap();
    let ledger = Ledger::open_reader(office.app.path()).unwrap();
    let lines = u32::try_from(history(5).len()).unwrap();
    while ledger.tally(source).unwrap().lines < lines {
        changes.blocking_recv().unwrap();
    }
    let starts = || {
        let page = office.app.list_calls(&query(CallFilter::default())).unwrap();
        page.rows.into_iter().map(|row| row.start).collect::<Vec<_>>()
    };
    assert!(starts().iter().all(|start| start.ends_with("+00:00")), "{:?}", starts());
    office.app.ensure_source(plan("Europe/Berlin")).unwrap();
    while !starts().iter().all(|start| start.ends_with("+01:00")) {
        changes.blocking_recv().unwrap();
    }
    office.app.stop();
    assert!(office.app.rederive(true, |_, _| true).unwrap().identical);
}

#[test]
fn two_exchanges_that_print_the_same_are_two_and_a_file_of_the_first_adds_nothing() {
    let office = Office::new();
    let lines = history(40);
    let place = |path| Plan {
        place: Place::Tail { path },
        name: None,
        format: "siemens-hipath".to_owned(),
        zone: app::zone("Europe/Dublin").unwrap(),
    };
    let sources = ["one.log", "two.log"]
        .map(|name| office.app.ensure_source(place(office.file(name, &lines))).unwrap());
    let mut changes = office.app.changes();
    office.app.collect(Collect::All).unwrap();
    let ledger = Ledger::open_reader(office.app.path()).unwrap();
    while sources.iter().any(|source| (ledger.tally(*source).unwrap().lines as usize) < lines.len()) {
        changes.blocking_recv().unwrap();
    }
    office.app.stop();
    let total = office.app.list_calls(&query(CallFilter::default())).unwrap().total;
    let counts = sources.map(|source| ledger.count_calls_of(source).unwrap());
    assert_eq!((counts[0], counts[0] + counts[1]), (counts[1], total));
    let again = office.import(&office.file("again.txt", &lines));
    assert_eq!((again.inserted, again.known), (0, lines.len() as u64));
    assert!(office.app.rederive(true, |_, _| true).unwrap().identical);
}

#[test]
fn a_rebuild_that_is_cancelled_changes_nothing() {
    let office = Office::new();
    office.import(&office.file("calls.txt", &history(100)));
    let before = Ledger::open_reader(office.app.path()).unwrap().derived_digest().unwrap();
    assert_eq!(office.app.rederive(false, |_, _| false).unwrap_err().code(), "cancelled");
    assert_eq!(Ledger::open_reader(office.app.path()).unwrap().derived_digest().unwrap(), before);
}

#[test]
fn sample_data_lies_apart_and_goes_without_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("calls.ringledger");
    let sample = App::open_sample(&own, "a test").unwrap();
    assert!(sample.is_sample());
    assert!(sample.overview().unwrap().ledger.calls > 1_000);
    drop(sample);
    app::discard_sample(&own).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
