//! A report as a file.

use std::{
    io::{self, Write},
    path::Path,
};

use chrono::NaiveDateTime;
use reports::{Report, Unit, Value};

use crate::{
    App, AppError,
    export::{Cell, CsvTable, Draft, SheetTable, Table},
    views::ReportView,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFile {
    /// The table alone.
    Csv,
    /// The table, and below it what one must know to read it.
    Xlsx,
    /// The chart alone; a report without one cannot be written so.
    Svg,
}

impl App {
    /// Writes a report to a file, which appears when it is whole.
    pub fn write_report(&self, view: &ReportView, kind: ReportFile, path: &Path) -> Result<(), AppError> {
        let told = |error| AppError::File(path.to_owned(), error);
        let picture = match kind {
            ReportFile::Svg => Some(report_svg(view)?),
            ReportFile::Csv | ReportFile::Xlsx => None,
        };
        let (draft, mut file) = Draft::create(path).map_err(told)?;
        let table: Box<dyn Table> = match (kind, picture) {
            (_, Some(picture)) => {
                let written = file.write_all(picture.as_bytes()).and_then(|()| file.sync_all());
                return written.and_then(|()| draft.keep()).map_err(told);
            }
            (ReportFile::Xlsx, None) => Box::new(SheetTable::new(file).map_err(told)?),
            (_, None) => Box::new(CsvTable::new(file).map_err(told)?),
        };
        write(&view.report, kind, table).and_then(|()| draft.keep()).map_err(told)
    }
}

/// The chart of a report as a picture.
pub fn report_svg(view: &ReportView) -> Result<String, AppError> {
    reports::svg(&view.report)
        .ok_or(AppError::Incomplete("This report has no chart, or nothing to draw; write it as a table."))
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
