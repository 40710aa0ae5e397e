//! Reports: a month that was checked by hand, and every number against the list of calls that it opens.

use std::{
    fs,
    path::{Path, PathBuf},
};

use app::{
    App, Progress, cell_filter,
    views::{
        CallFilter, CallQuery, CallSort, ChartKind, ImportOptions, ReportFile, ReportQuery, ReportSettings,
        ReportView, SavedReport, SortColumn, Unit, Value,
    },
};
use calls::Direction;
use chrono::NaiveDate;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::json;
use tempfile::TempDir;
use test_support::{asterisk, office};

use crate::{
    program::{json_lines, run, run_on},
    recordings::{Office, wav},
};

struct Desk {
    app: App,
    folder: TempDir,
}

impl Desk {
    fn of(files: &[(&str, String)], zone: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        for (name, text) in files {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            let options = ImportOptions { zone: Some(zone.to_owned()), ..ImportOptions::default() };
            assert_eq!(app.import(&file, &options, &Progress::default()).unwrap().rejected, 0, "{name}");
        }
        Self { app, folder }
    }

    /// Lines and a table of the weeks before a day.
    fn busy(zone: &str, last: NaiveDate) -> Self {
        let lines: Vec<String> = office::history(41, 500, last).collect();
        let rows: Vec<String> = asterisk::rows(43, 400, last).collect();
        let text = |lines: Vec<String>| lines.join("\r\n") + "\r\n";
        Self::of(&[("lines.txt", text(lines)), ("Master.csv", text(rows))], zone)
    }

    fn count(&self, filter: CallFilter) -> u32 {
        let sort = CallSort { column: SortColumn::Start, descending: true };
        self.app.list_calls(&CallQuery { filter, sort, offset: 0, limit: 0 }).unwrap().total
    }

    /// Every cell that counts calls opens as many; of very many cells only each so manieth is opened.
    fn opens_what_it_counts(&self, id: &str, view: &ReportView, most: usize) {
        let rows = view.report.rows.iter().chain(&view.report.totals);
        let cells: Vec<_> = rows
            .flat_map(|row| (0..row.cells.len()).map(move |column| (row, column)))
            .filter(|(row, column)| {
                view.report.columns[*column].unit == Unit::Calls
                    && matches!(row.cells[*column], Value::Whole(_))
            })
            .collect();
        for (row, column) in cells.iter().step_by(cells.len() / most + 1) {
            let counted = row.cells[*column].whole().unwrap();
            let key = &view.report.columns[*column].key;
            let Some(filter) = cell_filter(view, row, *column) else {
                assert!(
                    counted == 0 || id.starts_with("concurrent"),
                    "{id}: {:?} {key} opens nothing",
                    row.cells[0]
                );
                continue;
            };
            let listed = self.count(filter.clone());
            assert_eq!(u64::from(listed), counted, "{id}: {:?} {key} {filter:?}", row.cells[0]);
        }
    }
}

/// Reports whose rows have every call once.
const PARTITIONS: [&str; 21] = [
    "day",
    "month",
    "months",
    "years",
    "summary",
    "kpis",
    "dids",
    "queues",
    "service-level",
    "waits",
    "lengths",
    "countries",
    "classes",
    "endings",
    "account-codes",
    "outcome-codes",
    "after-hours",
    "week-hours",
    "hang-up-causes",
    "causes-over-time",
    "causes-by-trunk",
];

fn reconciles(id: &str, view: &ReportView) {
    let report = &view.report;
    let key = if id == "week-hours" { "all" } else { "calls" };
    let Some(column) = report.column(key) else { return };
    // Of a time before the first call nothing is known, by no row.
    let all = report.totals.as_ref().unwrap().cells[column].whole();
    let sum: u64 = report.rows.iter().filter_map(|row| row.cells[column].whole()).sum();
    assert_eq!(sum, all.unwrap_or(0), "{id}, {}", report.period);
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports")
}

/// The month in `corpus/reports/october.csv`, report by report. `RINGLEDGER_WRITE_CORPUS=1` writes the expected files
/// anew; then hold each number against the eleven rows by hand.
#[test]
fn a_month_that_was_checked_by_hand() {
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    run_on(&ledger, &["import", corpus().join("october.csv").to_str().unwrap(), "--zone", "Europe/Dublin"])
        .well();
    let list = run(&["report", "list", "--json"]).well();
    let mut wrong = Vec::new();
    for entry in json_lines(&list) {
        let id = entry["id"].as_str().unwrap();
        // Fifteen hundred rows nobody checks by hand; it has a test of its own.
        if id == "concurrent-minutes" {
            continue;
        }
        let mut asked = vec!["report", id, "--csv", "--from", "2026-10-01", "--to", "2026-10-31"];
        match id {
            "day" | "concurrent" => asked[4] = "2026-10-25",
            "compare-days" => asked.extend(["--days", "2", "--same-weekday"]),
            "line-need" => asked.extend(["--lines", "3", "--line-price", "20", "--telephones", "10"]),
            "months" => asked.extend(["--compare", "previous"]),
            "after-hours" => asked.extend(["--holiday", "2026-10-30"]),
            _ => {}
        }
        match id {
            "day" | "concurrent" => asked[6] = "2026-10-25",
            "compare-days" => asked[6] = "2026-10-15",
            _ => {}
        }
        wrong.extend(other_than_expected("october", id, &run_on(&ledger, &asked).well()));
    }
    assert!(wrong.is_empty(), "other than expected:\n{}", wrong.join("\n"));
}

/// What was found, if it is not what the file of the report has.
fn other_than_expected(month: &str, id: &str, found: &str) -> Option<String> {
    let file = corpus().join(month).join(format!("{id}.csv"));
    if std::env::var_os("RINGLEDGER_WRITE_CORPUS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, found).unwrap();
    }
    (fs::read_to_string(&file).unwrap_or_default() != found).then(|| format!("{id}:\n{found}"))
}

/// An exchange that tells why calls ended, and by which gateway they went: `corpus/reports/november.csv`.
#[test]
fn causes_and_transfers_that_were_checked_by_hand() {
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let file = corpus().join("november.csv");
    run_on(&ledger, &["import", file.to_str().unwrap(), "--zone", "Europe/Dublin"]).well();
    let mut wrong = Vec::new();
    for id in [
        "hang-up-causes",
        "causes-over-time",
        "causes-by-trunk",
        "transfer-ways",
        "transfers",
        "concurrent-trunks",
    ] {
        let asked = ["report", id, "--csv", "--from", "2026-11-02", "--to", "2026-11-06"];
        wrong.extend(other_than_expected("november", id, &run_on(&ledger, &asked).well()));
    }
    assert!(wrong.is_empty(), "other than expected:\n{}", wrong.join("\n"));

    let text = fs::read_to_string(&file).unwrap();
    let desk = Desk::of(&[("november.csv", text)], "Europe/Dublin");
    let filter = CallFilter {
        from: Some("2026-11-02".to_owned()),
        to: Some("2026-11-06".to_owned()),
        ..CallFilter::default()
    };
    for entry in desk.app.list_reports() {
        let query = ReportQuery { filter: filter.clone(), ..ReportQuery::default() };
        desk.opens_what_it_counts(&entry.id, &desk.app.report(&entry.id, &query).unwrap(), 500);
    }
}

#[test]
fn every_minute_of_a_day_of_25_hours_is_there() {
    let october = fs::read_to_string(corpus().join("october.csv")).unwrap();
    let desk = Desk::of(&[("october.csv", october)], "Europe/Dublin");
    let day = Some("2026-10-25".to_owned());
    let filter = CallFilter { from: day.clone(), to: day, ..CallFilter::default() };
    let query = ReportQuery { filter, ..ReportQuery::default() };
    let view = desk.app.report("concurrent-minutes", &query).unwrap();
    let rows = &view.report.rows;
    assert_eq!(rows.len(), 1500);
    // The one call of the day goes on for 35 s of one minute.
    let busy: Vec<_> = rows.iter().filter(|row| row.cells[1] != Value::Whole(0)).collect();
    let cells = [
        Value::text("01:10"),
        Value::Whole(1),
        Value::text("2026-10-25T01:10:00"),
        Value::Decimal(0.583),
        Value::Whole(0),
        Value::Whole(1),
        Value::Whole(0),
    ];
    assert_eq!((busy.len(), &busy[0].cells[..]), (1, &cells[..]));
    assert_eq!(rows[130].cells[0], Value::text("01:10 again"));
    desk.opens_what_it_counts("concurrent-minutes", &view, 2000);
}

#[test]
fn every_number_opens_its_calls_whatever_the_filter_zone_and_period() {
    // Summer time ends on 25 October in Dublin and on 1 November in St John's, which is half an hour off the others.
    let desks = [("Europe/Dublin", "2026-10-27"), ("America/St_Johns", "2026-11-03")]
        .map(|(zone, last)| Desk::busy(zone, last.parse().unwrap()));
    let directions =
        prop::sample::subsequence(vec![Direction::Inbound, Direction::Outbound, Direction::Internal], 0..=2);
    let extension = prop::option::weighted(0.3, prop::sample::select(vec!["101", "104"]));
    let settings = (
        prop::sample::select(vec![
            "half-hour",
            "hour",
            "weekday",
            "week",
            "trunk",
            "talk",
            "number",
            "answered-by",
        ]),
        prop::option::of(prop::sample::select(vec![
            app::views::Compare::Previous,
            app::views::Compare::SameWeekday,
            app::views::Compare::LastYear,
        ])),
        prop::sample::select(vec!["calls", "missed", "served-soon", "lost", "handed-on"]),
    );
    let asked = (
        0..2_usize,
        directions,
        extension,
        0..9_i64,
        prop::sample::select(vec![0_i64, 0, 1, 6, 30]),
        settings,
    );
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    runner
        .run(&asked, |(which, directions, extension, back, length, (by, compare, metric))| {
            let desk = &desks[which];
            let newest: NaiveDate = ["2026-10-27", "2026-11-03"][which].parse().unwrap();
            let to = newest - chrono::TimeDelta::days(back);
            let filter = CallFilter {
                from: Some((to - chrono::TimeDelta::days(length)).to_string()),
                to: Some(to.to_string()),
                directions: directions.iter().map(|direction| direction.as_str().to_owned()).collect(),
                extension: extension.map(str::to_owned),
                ..CallFilter::default()
            };
            let settings = ReportSettings {
                by: Some(by.to_owned()),
                compare,
                metric: Some(metric.to_owned()),
                holidays: Some(vec!["2026-10-26".to_owned()]),
                ..ReportSettings::default()
            };
            let query = ReportQuery { filter: filter.clone(), settings };
            for entry in desk.app.list_reports() {
                let view = desk.app.report(&entry.id, &query).unwrap();
                desk.opens_what_it_counts(&entry.id, &view, 24);
                let counts_calls = entry.id != "week-hours" || metric == "calls";
                if PARTITIONS.contains(&entry.id.as_str()) && counts_calls && by != "number" {
                    reconciles(&entry.id, &view);
                }
                if entry.id == "month" {
                    let column = view.report.column("calls").unwrap();
                    let all = view.report.totals.as_ref().unwrap().cells[column].whole();
                    prop_assert_eq!(all.unwrap_or(0), u64::from(desk.count(filter.clone())));
                    prop_assert_eq!(
                        all.is_none(),
                        view.report.coverage.days_before > u32::try_from(length).unwrap()
                    );
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_real_office_adds_up() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/asterisk/Master.csv");
    let Ok(text) = fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return;
    };
    let desk = Desk::of(&[("Master.csv", text)], "UTC");
    let filter = CallFilter {
        from: Some("2026-11-20".to_owned()),
        to: Some("2026-11-21".to_owned()),
        ..CallFilter::default()
    };
    let all = desk.count(filter.clone());
    assert_eq!(all, 20, "of the two days that the file has");
    for entry in desk.app.list_reports() {
        let query = ReportQuery { filter: filter.clone(), ..ReportQuery::default() };
        let view = desk.app.report(&entry.id, &query).unwrap();
        desk.opens_what_it_counts(&entry.id, &view, 500);
        if PARTITIONS.contains(&entry.id.as_str()) {
            reconciles(&entry.id, &view);
        }
    }
    let month = desk.app.report("month", &ReportQuery { filter, ..ReportQuery::default() }).unwrap();
    assert_eq!(month.report.totals.unwrap().cells[1], Value::count(all));
}

#[test]
fn a_report_is_a_workbook_with_its_words() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let desk = Desk::of(
        &[("october.csv", fs::read_to_string(corpus().join("october.csv")).unwrap())],
        "Europe/Dublin",
    );
    let filter = CallFilter {
        from: Some("2026-10-01".to_owned()),
        to: Some("2026-10-05".to_owned()),
        ..CallFilter::default()
    };
    let view = desk.app.report("month", &ReportQuery { filter, ..ReportQuery::default() }).unwrap();
    let file = desk.folder.path().join("month.xlsx");
    desk.app.write_report(&view, ReportFile::Xlsx, &file).unwrap();
    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let shown = |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!((shown(0, 0), shown(0, 3)), (Data::String("Day".into()), Data::String("Missed".into())));
    assert_eq!((shown(1, 0), shown(1, 1)), (Data::String("2026-10-01".into()), Data::Float(4.0)));
    // Nobody rang in on the third: nothing is known of how many were answered.
    assert_eq!(shown(3, 4), Data::Empty);
    assert_eq!(shown(6, 0), Data::String("All".into()));
    let words: Vec<String> = (7..20)
        .map(|row| shown(row, 0))
        .filter_map(|cell| if let Data::String(text) = cell { Some(text) } else { None })
        .collect();
    assert!(
        words.contains(&"Month by days".to_owned()) && words.contains(&view.report.sentence),
        "{words:?}"
    );
}

/// The text of each page, without spaces: how letters are spaced is not said in it.
fn pages(file: &Path) -> Vec<String> {
    let document = lopdf::Document::load(file).unwrap();
    let text = |page: u32| document.extract_text(&[page]).unwrap();
    let bare = |text: String| text.chars().filter(|letter| !letter.is_whitespace()).collect();
    document.get_pages().into_keys().map(|page| bare(text(page))).collect()
}

#[test]
fn every_report_is_pages_with_every_row_and_what_must_be_known_to_read_them() {
    let desk = Desk::busy("Europe/Dublin", "2026-10-27".parse().unwrap());
    let filter = CallFilter {
        from: Some("2026-10-01".to_owned()),
        to: Some("2026-10-27".to_owned()),
        directions: vec!["inbound".to_owned()],
        ..CallFilter::default()
    };
    for entry in desk.app.list_reports() {
        let query = ReportQuery { filter: filter.clone(), ..ReportQuery::default() };
        let view = desk.app.report(&entry.id, &query).unwrap();
        let file = desk.folder.path().join("report.pdf");
        desk.app.write_report(&view, ReportFile::Pdf, &file).unwrap();
        let pages = pages(&file);
        let whole = pages.concat();
        let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        let period = view.report.period.to_string();
        for told in [&entry.title, &entry.question, &view.report.sentence, &period, "Incoming"] {
            assert!(whole.contains(&bare(told)), "{}: {told}", entry.id);
        }
        for (number, page) in (1..).zip(&pages) {
            assert!(page.contains(&format!("Page{number}of{}", pages.len())), "{}: {page}", entry.id);
        }
        for row in &view.report.rows {
            if let Some(Value::Text(label)) = row.cells.first() {
                assert!(
                    whole.contains(&bare(&label.replacen('T', " ", 1))) || whole.contains(&bare(label)),
                    "{}: {label}",
                    entry.id
                );
            }
        }
    }
}

#[test]
fn a_kept_report_is_asked_for_by_its_name() {
    let desk = Desk::of(
        &[("october.csv", fs::read_to_string(corpus().join("october.csv")).unwrap())],
        "Europe/Dublin",
    );
    let filter = CallFilter { directions: vec!["inbound".to_owned()], ..CallFilter::default() };
    let query = ReportQuery { filter, ..ReportQuery::default() };
    let period = Some("2026-10-01..2026-10-31".to_owned());
    let saved = SavedReport { name: "For the boss".to_owned(), report: "month".to_owned(), period, query };
    desk.app.save_report(&saved).unwrap();
    let ledger = desk.folder.path().join("calls.ringledger");
    let asked = |arguments: &[&str]| run_on(&ledger, &[&["report"], arguments].concat());
    let listed = json_lines(&asked(&["saved", "--json"]).well());
    assert_eq!((&listed[0]["name"], &listed[0]["report"]), (&json!("For the boss"), &json!("month")));
    let csv = asked(&["--saved", "For the boss", "--csv"]).well();
    let same = ["month", "--direction", "inbound", "--from", "2026-10-01", "--to", "2026-10-31", "--csv"];
    assert_eq!(csv, asked(&same).well());
    let shorter =
        asked(&["--saved", "For the boss", "--from", "2026-10-05", "--to", "2026-10-05", "--csv"]).well();
    assert_eq!(shorter.lines().count(), 3, "titles, a day and the last row: {shorter}");

    let (pdf, png) = (desk.folder.path().join("boss.pdf"), desk.folder.path().join("boss.png"));
    asked(&["--saved", "For the boss", "--pdf", "-o", pdf.to_str().unwrap()]).well();
    let words = pages(&pdf).concat();
    assert!(words.contains("2026-10-01to2026-10-31") && words.contains("Incoming"), "{words}");
    asked(&["--saved", "For the boss", "--png", "-o", png.to_str().unwrap()]).well();
    assert!(fs::read(&png).unwrap().starts_with(b"\x89PNG"));

    assert_eq!(asked(&["--saved", "For nobody"]).code, Some(1));
    for odd in [&["--saved", "For the boss", "--trunk", "x"][..], &["month", "--pdf", "--png"], &[]] {
        assert_eq!(asked(odd).code, Some(2), "{odd:?}");
    }
}

#[test]
fn what_cannot_be_asked_is_told() {
    let desk = Desk::of(&[], "UTC");
    let code = |id: &str, query: serde_json::Value| {
        let query: ReportQuery = serde_json::from_value(query).unwrap();
        desk.app.report(id, &query).err().map(|error| error.code())
    };
    assert_eq!(code("costs", json!({})), Some("report-unknown"));
    assert_eq!(code("summary", json!({"settings": {"by": "mood"}})), Some("dimension-unknown"));
    assert_eq!(code("month", json!({"settings": {"metric": "mood"}})), Some("metric-unknown"));
    assert_eq!(code("after-hours", json!({"settings": {"opens": "nine"}})), Some("time-unknown"));
    let reversed = json!({"filter": {"from": "2026-10-02", "to": "2026-10-01"}});
    assert_eq!(code("month", reversed), Some("days-reversed"));
    let long = json!({"filter": {"from": "1026-10-02", "to": "2026-10-01"}});
    assert_eq!(code("month", long), Some("period-too-long"));
    // A ledger without calls has every report, and knows nothing.
    for entry in desk.app.list_reports() {
        let view = desk.app.report(&entry.id, &ReportQuery::default()).unwrap();
        assert!(!view.report.sentence.is_empty(), "{}", entry.id);
    }
    let unknown = run(&["report", "costs", "--ledger", "/nowhere/at/all"]);
    assert_ne!(unknown.code, Some(0));
}

/// Names an hour ahead of their calls, as where the exchange's clock is not that of the recorder.
#[test]
fn how_far_names_of_recordings_are_off_is_told() {
    let office = Office::new();
    for (time, number, unique) in [
        ("101423", "0209100417", "1773047663.10"),
        ("104000", "0209100732", "1773049200.20"),
        ("110510", "0309100111", "1773050710.30"),
    ] {
        office.recording(&format!("in-{number}-201-20260309-{time}-{unique}.wav"), &wav(1, 20));
    }
    office.scan();
    let quality = |from: &str, to: &str| {
        let (from, to) = (Some(from.to_owned()), Some(to.to_owned()));
        let query = ReportQuery {
            filter: CallFilter { from, to, ..CallFilter::default() },
            ..ReportQuery::default()
        };
        let report = office.app.report("data-quality", &query).unwrap().report;
        let folder = Value::text(office.monitor().to_str().unwrap());
        report.rows.into_iter().map(|row| row.cells).filter(|cells| cells[0] == folder).collect::<Vec<_>>()
    };
    let told = quality("2026-03-01", "2026-03-31");
    let [row] = told.as_slice() else { panic!("{told:?}") };
    let (what, files, seconds) = (&row[1], &row[3], &row[6]);
    assert_eq!(
        (what, files, seconds),
        (&Value::text("recordings' names ahead of the calls"), &Value::Whole(3), &Value::Whole(3600))
    );
    assert_eq!(
        quality("2026-05-01", "2026-05-31"),
        Vec::<Vec<Value>>::new(),
        "of other weeks nothing is known"
    );
}

#[test]
fn countries_are_on_a_map_in_both_directions() {
    let october = fs::read_to_string(corpus().join("october.csv")).unwrap();
    let desk = Desk::of(&[("october.csv", october)], "Europe/Dublin");
    let filter = CallFilter {
        from: Some("2026-10-01".to_owned()),
        to: Some("2026-10-31".to_owned()),
        ..CallFilter::default()
    };
    let asked = |settings| ReportQuery { filter: filter.clone(), settings };
    let view = desk.app.report("countries", &asked(ReportSettings::default())).unwrap();
    let map = &view.report.charts[0];
    assert_eq!((map.kind, map.labels.as_str()), (ChartKind::Map, "country"));
    assert_eq!(
        (&map.values[..], &map.shades[..]),
        (&["inbound".to_owned(), "outbound".to_owned()][..], &[1, 2, 3, 4, 5][..])
    );
    assert!(view.report.sentence.ends_with("Most: Ireland with 9."), "{}", view.report.sentence);
    let metric = ReportSettings { metric: Some("answered-percent".to_owned()), ..ReportSettings::default() };
    let view = desk.app.report("countries", &asked(metric)).unwrap();
    assert_eq!(view.report.charts[0].values, ["answered-percent"]);

    let svg = desk.folder.path().join("countries.svg");
    desk.app.write_report(&view, ReportFile::Svg, &svg).unwrap();
    let svg = fs::read_to_string(&svg).unwrap();
    assert!(svg.matches("<polygon").count() > 170, "a shape for every country");
    // No country is on it: a map would be empty.
    let empty = Desk::of(&[], "UTC").app.report("countries", &ReportQuery::default()).unwrap();
    assert!(empty.report.charts.iter().all(|chart| chart.kind != ChartKind::Map));
}
