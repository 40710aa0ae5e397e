//! The call list as a file: the same calls in the same order, and nothing that a spreadsheet computes.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use app::{
    App, Progress,
    views::{
        CallFilter, CallQuery, CallRow, CallSort, ExportColumn, ExportKind, ExportWish, ImportOptions,
        JobPhase, SortColumn,
    },
};
use calamine::{Data, Reader, Xlsx};
use tempfile::TempDir;

use crate::patience::until;

const CALLS: u32 = 1_200;

struct Desk {
    app: Arc<App>,
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        Self { app: Arc::new(app), folder }
    }

    fn with_an_office() -> Self {
        let desk = Self::new();
        let day = "2026-11-20".parse().unwrap();
        let lines: Vec<String> = test_support::office::history(31, CALLS, day).collect();
        desk.import(&(lines.join("\r\n") + "\r\n"));
        desk
    }

    fn import(&self, text: &str) {
        let file = self.path("import.txt");
        fs::write(&file, text).unwrap();
        let options = ImportOptions { zone: Some("Europe/Dublin".to_owned()), ..ImportOptions::default() };
        let read = self.app.import(&file, &options, &Progress::default()).unwrap();
        assert_eq!(read.rejected, 0);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn export(&self, wish: &ExportWish, path: &Path) -> u32 {
        self.app.export_calls(wish, path, &Progress::default()).unwrap()
    }

    /// All pages of the list.
    fn listed(&self, filter: &CallFilter, sort: CallSort) -> Vec<CallRow> {
        let mut rows = Vec::new();
        loop {
            let offset = u32::try_from(rows.len()).unwrap();
            let query = CallQuery { filter: filter.clone(), sort, offset, limit: 500 };
            let page = self.app.list_calls(&query).unwrap();
            rows.extend(page.rows);
            if rows.len() >= page.total as usize {
                return rows;
            }
        }
    }

    /// Files beside the ledger that an export left.
    fn left_over(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.rsplit('.').next() == Some("part")).collect()
    }
}

fn column(key: &str, title: &str) -> ExportColumn {
    ExportColumn { key: key.to_owned(), title: title.to_owned(), words: None }
}

fn wish(kind: ExportKind, columns: Vec<ExportColumn>) -> ExportWish {
    let sort = CallSort { column: SortColumn::Start, descending: true };
    ExportWish { kind, filter: CallFilter::default(), sort, columns }
}

/// A row of an Asterisk's `Master.csv` whose caller sent this name and number.
fn master_row(name: &str, number: &str) -> String {
    let name = name.replace('"', "\"\"");
    format!(
        "\"\",\"{number}\",\"101\",\"incoming\",\"\"\"{name}\"\" <{number}>\",\"PJSIP/line-00000001\",\
         \"PJSIP/101-00000002\",\"Dial\",\"PJSIP/101,20\",\"2026-11-20 10:00:00\",\"2026-11-20 10:00:05\",\
         \"2026-11-20 10:02:10\",130,125,\"ANSWERED\",\"DOCUMENTATION\",\"1795168800.1\",\"\"\r\n"
    )
}

/// Cells of comma-separated values.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
}

fn sheet(path: &Path) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_table_has_the_calls_of_the_list_in_its_order() {
    let desk = Desk::with_an_office();
    let columns = || vec![column("id", "Id"), column("outcome", "What came of it"), column("talk", "Talk")];
    let filters = [
        CallFilter::default(),
        CallFilter { directions: vec!["inbound".to_owned()], ..CallFilter::default() },
        CallFilter { extension: Some("105".to_owned()), ..CallFilter::default() },
        CallFilter { from: Some("2030-01-01".to_owned()), ..CallFilter::default() },
    ];
    let sorts = [(SortColumn::Start, true), (SortColumn::Talk, true), (SortColumn::Caller, false)];
    for filter in filters {
        for (by, descending) in sorts {
            let sort = CallSort { column: by, descending };
            let wish = ExportWish { filter: filter.clone(), sort, ..wish(ExportKind::Csv, columns()) };
            let file = desk.path("calls.csv");
            let written = desk.export(&wish, &file);
            let rows = desk.listed(&filter, sort);
            assert_eq!(written as usize, rows.len());
            let text = fs::read_to_string(&file).unwrap();
            let text = text.strip_prefix('\u{feff}').expect("Excel wants a mark to know UTF-8");
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "RFC 4180");
            let table = cells(text);
            assert_eq!(table[0], ["Id", "What came of it", "Talk"]);
            let expected: Vec<Vec<String>> = rows
                .iter()
                .map(|row| {
                    let talk = row
                        .talk_seconds
                        .map(|talk| format!("{}:{:02}:{:02}", talk / 3600, talk / 60 % 60, talk % 60));
                    vec![row.id.clone(), row.outcome.clone(), talk.unwrap_or_default()]
                })
                .collect();
            assert_eq!(table[1..], expected[..], "{by:?}");
        }
    }
    assert_eq!(desk.left_over(), Vec::<String>::new());
}

#[test]
fn nothing_that_a_caller_sent_is_a_formula() {
    let desk = Desk::new();
    desk.import(&master_row("=HYPERLINK(\"http://x\")", "+353861110010"));
    let columns =
        || vec![column("caller", "Caller"), column("caller-number", "Number"), column("start", "=Start")];
    let file = desk.path("calls.csv");
    desk.export(&wish(ExportKind::Csv, columns()), &file);
    let text = fs::read_to_string(&file).unwrap();
    let table = cells(text.trim_start_matches('\u{feff}'));
    assert_eq!(table[0][2], "'=Start");
    assert!(table[1][0].starts_with("'=HYPERLINK("), "{table:?}");
    assert_eq!(table[1][1], "+353861110010", "a number can be dialled");

    let file = desk.path("calls.xlsx");
    desk.export(&wish(ExportKind::Xlsx, columns()), &file);
    let rows = sheet(&file);
    assert!(matches!(&rows[1][0], Data::String(text) if text.starts_with("=HYPERLINK(")), "{rows:?}");
    assert_eq!(rows[1][1], Data::String("+353861110010".to_owned()));
    let mut workbook: Xlsx<_> = calamine::open_workbook(&file).unwrap();
    assert!(workbook.worksheet_formula("Sheet1").unwrap().is_empty(), "text is never computed");
}

#[test]
fn a_workbook_has_times_durations_and_numbers_of_telephones_as_such() {
    let desk = Desk::with_an_office();
    let columns = vec![
        column("start", "Start"),
        column("caller-number", "Number"),
        column("talk", "Talk"),
        column("transfers", "Passed on"),
        ExportColumn {
            words: Some([("answered".to_owned(), "Answered".to_owned())].into()),
            ..column("outcome", "What came of it")
        },
    ];
    let file = desk.path("calls.xlsx");
    let wish = wish(ExportKind::Xlsx, columns);
    assert_eq!(desk.export(&wish, &file), CALLS);
    let rows = sheet(&file);
    let listed = desk.listed(&wish.filter, wish.sort);
    assert_eq!(rows.len(), listed.len() + 1);
    for (cells, row) in rows[1..].iter().zip(&listed) {
        let Data::DateTime(start) = &cells[0] else { panic!("{cells:?}") };
        let (year, month, day, hour, minute, second, _) = start.to_ymd_hms_milli();
        let written = format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        assert_eq!(written, row.start[..19]);
        match &row.caller.number {
            Some(number) => assert_eq!(cells[1], Data::String(number.clone())),
            None => assert_eq!(cells[1], Data::Empty),
        }
        match (row.talk_seconds, &cells[2]) {
            (None, Data::Empty) => {}
            (Some(talk), Data::DateTime(written)) => {
                assert!(written.is_duration(), "{written:?}");
                assert!((written.as_f64() * 86_400.0 - f64::from(talk)).abs() < 0.001);
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(cells[3], Data::Float(f64::from(row.transfers)));
        let outcome = if row.outcome == "answered" { "Answered" } else { &row.outcome };
        assert_eq!(cells[4], Data::String(outcome.to_owned()));
    }
}

#[test]
fn a_file_appears_when_it_is_whole_or_not_at_all() {
    let desk = Desk::with_an_office();
    for kind in [ExportKind::Csv, ExportKind::Xlsx] {
        let file = desk.path("calls");
        fs::write(&file, "what was there").unwrap();
        let progress = Progress::default();
        progress.cancel();
        let columns = vec![column("start", "Start")];
        let error = desk.app.export_calls(&wish(kind, columns.clone()), &file, &progress).unwrap_err();
        assert_eq!(error.code(), "cancelled");
        assert_eq!(fs::read_to_string(&file).unwrap(), "what was there");
        assert_eq!(desk.left_over(), Vec::<String>::new());

        let nowhere = desk.path("no folder").join("calls");
        let error = desk.app.export_calls(&wish(kind, columns.clone()), &nowhere, &Progress::default());
        assert_eq!(error.unwrap_err().code(), "file");
        let unknown = wish(kind, vec![column("colour", "Colour")]);
        let error = desk.app.export_calls(&unknown, &file, &Progress::default()).unwrap_err();
        assert_eq!(error.code(), "choice-unknown");

        desk.export(&wish(kind, columns), &file);
        assert!(fs::read(&file).unwrap().len() > 5_000, "replaced");
    }
}

#[test]
fn a_job_writes_it_while_the_window_is_used() {
    let desk = Desk::with_an_office();
    let file = desk.path("calls.xlsx");
    desk.app.start_export(wish(ExportKind::Xlsx, vec![column("start", "Start")]), &file).unwrap();
    let job =
        until("the export to end", || desk.app.jobs().into_iter().find(|job| job.phase == JobPhase::Done));
    assert_eq!((job.kind.as_str(), job.file.as_deref()), ("export", Some("calls.xlsx")));
    assert_eq!((job.rows, job.error), (u64::from(CALLS), None));
    assert_eq!(sheet(&file).len(), CALLS as usize + 1);
    let error = desk.app.start_export(wish(ExportKind::Csv, Vec::new()), &file).unwrap_err();
    assert_eq!(error.code(), "choice-unknown");
}
