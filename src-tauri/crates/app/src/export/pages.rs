//! Calls as pages for printing (PDF): the paper of reports, with calls in its rows.

use std::{
    fs::File,
    io::{self, Write},
};

use reports::{Column, Coverage, Letterhead, Period, Report, Row, Unit, Value};

use super::{Table, columns::Cell};

/// Calls up to which there are pages: some three hundred of them. Nobody reads more, and paper has no filter.
pub(super) const MOST_PRINTED: u32 = 10_000;

/// What stands above the calls.
#[derive(Debug)]
pub(super) struct About {
    pub period: Period,
    /// Which calls are listed, in words.
    pub filter: Vec<String>,
    /// Day and time at which the pages are made.
    pub made: String,
}

pub(super) struct PagesTable {
    file: File,
    about: About,
    titles: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl PagesTable {
    pub fn new(file: File, about: About) -> Self {
        Self { file, about, titles: Vec::new(), rows: Vec::new() }
    }

    fn report(&mut self) -> Report {
        let rows = std::mem::take(&mut self.rows);
        // What a column is read as, by its first cell that says something.
        let unit = |place: usize| {
            let cell = rows.iter().filter_map(|row| row.get(place)).find(|cell| **cell != Cell::Empty);
            match cell {
                Some(Cell::Moment(_)) => Unit::Moment,
                Some(Cell::Seconds(_) | Cell::Duration(_)) => Unit::Seconds,
                Some(Cell::Count(_)) => Unit::Count,
                Some(Cell::Number(..)) => Unit::Number,
                Some(Cell::Text(_) | Cell::Empty) | None => Unit::Text,
            }
        };
        let columns = self.titles.iter().enumerate();
        let columns = columns.map(|(place, title)| Column::of(title, title, unit(place), None)).collect();
        let count = rows.len();
        Report {
            id: "calls".to_owned(),
            title: "Calls".to_owned(),
            sentence: if count == 1 { "1 call.".to_owned() } else { format!("{count} calls.") },
            period: self.about.period.clone(),
            compared: None,
            columns,
            rows: rows
                .into_iter()
                .map(|row| Row::new(row.into_iter().map(value).collect(), Vec::new()))
                .collect(),
            totals: None,
            charts: Vec::new(),
            notes: Vec::new(),
            coverage: Coverage::default(),
        }
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Unknown,
        Cell::Text(text) => Value::Text(text),
        Cell::Moment(moment) => Value::Text(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
        Cell::Seconds(seconds) | Cell::Count(seconds) => Value::count(seconds),
        Cell::Duration(seconds) => Value::Whole(seconds),
        Cell::Number(number, decimals) => Value::decimal(number, decimals.into()),
    }
}

impl Table for PagesTable {
    fn title_row(&mut self, titles: &mut dyn Iterator<Item = &str>) -> io::Result<()> {
        self.titles = titles.map(str::to_owned).collect();
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = Cell>) -> io::Result<()> {
        self.rows.push(cells.collect());
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        let report = self.report();
        let head = Letterhead {
            question: "Every call, in the order of the list.",
            filter: &self.about.filter,
            made: &self.about.made,
        };
        let pages = reports::pdf(&report, &head).map_err(io::Error::other)?;
        self.file.write_all(&pages)?;
        self.file.sync_all()
    }
}
