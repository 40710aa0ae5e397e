//! A report as a file.

use std::{
    io::{self, Write},
    path::Path,
};

use chrono::NaiveDateTime;
use reports::{Letterhead, Report, Unit, Value};

use super::{now, words};
use crate::{
    App, AppError,
    export::{Cell, CsvTable, Draft, SheetTable, Table},
    views::{ReportFile, ReportView},
};

impl App {
    /// Writes a report to a file, which appears when it is whole.
    pub fn write_report(&self, view: &ReportView, kind: ReportFile, path: &Path) -> Result<(), AppError> {
        let told = |error| AppError::File(path.to_owned(), error);
        let whole = match kind {
            ReportFile::Pdf => Some(self.report_pdf(view)?),
            ReportFile::Svg => Some(report_svg(view)?.into_bytes()),
            ReportFile::Png => Some(report_png(view)?),
            ReportFile::Csv | ReportFile::Xlsx => None,
        };
        let (draft, mut file) = Draft::create(path).map_err(told)?;
        let table: Box<dyn Table> = match (kind, whole) {
            (_, Some(bytes)) => {
                let written = file.write_all(&bytes).and_then(|()| file.sync_all());
                return written.and_then(|()| draft.keep()).map_err(told);
            }
            (ReportFile::Xlsx, None) => Box::new(SheetTable::new(file).map_err(told)?),
            (_, None) => Box::new(CsvTable::new(file).map_err(told)?),
        };
        write(&view.report, kind, table).and_then(|()| draft.keep()).map_err(told)
    }

    /// The report as pages for printing (PDF), with what must be known to read it.
    pub fn report_pdf(&self, view: &ReportView) -> Result<Vec<u8>, AppError> {
        let (filter, (zone, made)) =
            self.read(|ledger| Ok((words::filter_words(ledger, &view.filter)?, now(ledger)?)))?;
        let made = format!("{}, {zone}", made.format("%Y-%m-%d %H:%M"));
        let question = reports::report(&view.report.id)?.question();
        Ok(reports::pdf(&view.report, &Letterhead { question, filter: &filter, made: &made })?)
    }
}

const NO_CHART: AppError =
    AppError::Incomplete("This report has no chart, or nothing to draw; write it as a table.");

/// The chart of a report as a drawing.
pub fn report_svg(view: &ReportView) -> Result<String, AppError> {
    reports::svg(&view.report).ok_or(NO_CHART)
}

/// The chart of a report as a picture of dots.
pub fn report_png(view: &ReportView) -> Result<Vec<u8>, AppError> {
    reports::png(&view.report)?.ok_or(NO_CHART)
}

fn write(report: &Report, kind: ReportFile, mut table: Box<dyn Table>) -> io::Result<()> {
    table.title_row(&mut report.columns.iter().map(|column| column.title.as_str()))?;
    for row in report.rows.iter().chain(&report.totals) {
        let cells = report.columns.iter().zip(&row.cells);
        table.row(&mut cells.map(|(column, value)| cell(column.unit, value)))?;
    }
    if kind == ReportFile::Xlsx {
        table.row(&mut std::iter::empty())?;
        let period = report.period.to_string();
        let compared = report.compared.as_ref().map(|period| format!("Compared with {period}"));
        let about =
            [report.title.clone(), period].into_iter().chain(compared).chain([report.sentence.clone()]);
        for line in about.chain(report.coverage.notes.clone()).chain(report.notes.clone()) {
            table.row(&mut std::iter::once(Cell::Text(line)))?;
        }
    }
    table.finish()
}

fn cell(unit: Unit, value: &Value) -> Cell {
    let decimals = match unit {
        Unit::Percent => 1,
        Unit::Money => 2,
        Unit::Number => 3,
        _ => 0,
    };
    match (unit, value) {
        (_, Value::Unknown) => Cell::Empty,
        (Unit::Seconds, Value::Whole(seconds)) => Cell::Duration(*seconds),
        (Unit::Moment, Value::Text(text)) => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")
            .map_or_else(|_| Cell::Text(text.clone()), Cell::Moment),
        (_, Value::Text(text)) => Cell::Text(text.clone()),
        (_, value) => value.number().map_or(Cell::Empty, |number| Cell::Number(number, decimals)),
    }
}
