//! The one value that a report is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Asked, Facts, Narrowing, Period, ReportKind};

/// Columns and rows, with everything that is needed to show, write or draw them.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Report {
    pub id: String,
    pub title: String,
    /// What the numbers come to, as one says it.
    pub sentence: String,
    pub period: Period,
    /// The period of columns that are [`compared`](Column::compared).
    pub compared: Option<Period>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Over all calls of the report, not a sum of rows: averages and calls that stand in several rows are right.
    pub totals: Option<Row>,
    pub charts: Vec<Chart>,
    /// Formulas and whatever a reader must know so as not to misread a number.
    pub notes: Vec<String>,
    pub coverage: Coverage,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "ReportColumn")]
pub struct Column {
    /// Stable, for programs.
    pub key: String,
    pub title: String,
    pub unit: Unit,
    /// Narrows a row's calls to those that a cell counts; `None`: cells open nothing.
    pub opens: Option<Vec<Narrowing>>,
    /// The column tells of the report's other period.
    pub compared: bool,
}

/// How a value of a column is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportUnit")]
pub enum Unit {
    Text,
    /// A whole number of calls: as many as the cell opens.
    Calls,
    /// A whole number of something else.
    Count,
    Seconds,
    /// 0 to 100, to one decimal.
    Percent,
    /// A number with decimals: Erlangs, calls per hour.
    Number,
    /// In the money of whoever gave the price.
    Money,
    /// RFC 3339 without an offset: by the exchange's clock.
    Moment,
}

/// A cell. Unknown is not zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
#[ts(rename = "ReportValue")]
pub enum Value {
    Unknown,
    Whole(#[ts(type = "number")] u64),
    Decimal(f64),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "ReportRow")]
pub struct Row {
    pub cells: Vec<Value>,
    /// Which of the report's calls the row counts.
    pub opens: Vec<Narrowing>,
    /// Which calls of the other period it counts.
    pub compared: Option<Vec<Narrowing>>,
    /// Cells, by their column, that count calls of their own instead: those that went on at one moment, which may have
    /// begun a day before the period.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, Vec<Narrowing>>>", optional)]
    pub of_cells: BTreeMap<String, Vec<Narrowing>>,
}

/// Bars with names beside them that have room below each other on a page.
const MOST_NAMES: u32 = 40;

/// Columns of labels that follow in time.
const TIMES: [&str; 8] = ["half-hour", "hour", "weekday", "day", "week", "month", "year", "time"];

/// How to draw columns of the report. The numbers are those of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ReportChart")]
pub struct Chart {
    pub kind: ChartKind,
    /// Key of the column with the labels.
    pub labels: String,
    /// Keys of the columns that are drawn.
    pub values: Vec<String>,
    /// Of more rows the first so many are drawn: nobody tells hundreds of names apart. Times are drawn all.
    pub first: Option<u32>,
    /// The last of the columns is the one that is meant; the others are what it is seen beside.
    pub beside: bool,
    /// Of a map: from which value on each shade is, lightest first. Less has none.
    pub shades: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportChartKind")]
pub enum ChartKind {
    Bars,
    Lines,
    /// Rows by columns, shaded.
    Heat,
    /// Rows are countries, shaded on a map; of more columns one sees one at a time, or each on a map of its own.
    Map,
}

/// What of the period the ledger can know about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[ts(rename = "ReportCoverage")]
pub struct Coverage {
    /// Days of the oldest and the newest call in the ledger.
    pub first_day: Option<String>,
    pub last_day: Option<String>,
    /// Days of the period before the oldest call: nothing is known of them.
    pub days_before: u32,
    /// Days of the period that have not begun.
    pub days_to_come: u32,
    /// Lines of all sources that could not be read.
    #[ts(type = "number")]
    pub rejected_lines: u64,
    /// What was not seen, in sentences.
    pub notes: Vec<String>,
}

/// The calls behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub period: Period,
    pub also: Vec<Narrowing>,
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn count(count: impl Into<u64>) -> Self {
        Self::Whole(count.into())
    }

    /// Rounded to so many decimals; what is no number is unknown.
    pub fn decimal(value: f64, decimals: i32) -> Self {
        if !value.is_finite() {
            return Self::Unknown;
        }
        let unit = 10_f64.powi(decimals);
        // Half a hair is added so that 0.05, which binary numbers fall short of, is rounded up.
        Self::Decimal((value * unit + value.signum() * 1e-9).round() / unit)
    }

    /// `part` of `whole` in percent; of nothing nothing is known.
    #[expect(clippy::cast_precision_loss, reason = "counts of calls are far below 2^53")]
    pub fn percent(part: u64, whole: u64) -> Self {
        if whole == 0 { Self::Unknown } else { Self::decimal(part as f64 * 100.0 / whole as f64, 1) }
    }

    /// The mean to whole seconds, half a second up; of nothing nothing is known.
    pub fn mean(sum: u64, count: u64) -> Self {
        (sum + count / 2).checked_div(count).map_or(Self::Unknown, Self::Whole)
    }

    pub fn known(value: Option<u64>) -> Self {
        value.map_or(Self::Unknown, Self::Whole)
    }

    pub fn whole(&self) -> Option<u64> {
        match self {
            Self::Whole(whole) => Some(*whole),
            _ => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "for drawing and ordering")]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(whole) => Some(*whole as f64),
            Self::Decimal(decimal) => Some(*decimal),
            _ => None,
        }
    }
}

impl Column {
    pub fn text(key: &str, title: &str) -> Self {
        Self::of(key, title, Unit::Text, None)
    }

    /// All calls of a row.
    pub fn calls(key: &str, title: &str) -> Self {
        Self::of(key, title, Unit::Calls, Some(Vec::new()))
    }

    pub fn of(key: &str, title: &str, unit: Unit, opens: Option<Vec<Narrowing>>) -> Self {
        Self { key: key.to_owned(), title: title.to_owned(), unit, opens, compared: false }
    }
}

impl Row {
    pub fn new(cells: Vec<Value>, opens: Vec<Narrowing>) -> Self {
        Self { cells, opens, compared: None, of_cells: BTreeMap::new() }
    }
}

impl Chart {
    pub fn new(kind: ChartKind, labels: &str, values: &[&str]) -> Self {
        let values = values.iter().map(|key| (*key).to_owned()).collect();
        let first = (kind == ChartKind::Bars && !TIMES.contains(&labels)).then_some(MOST_NAMES);
        Self { kind, labels: labels.to_owned(), values, first, beside: false, shades: Vec::new() }
    }

    /// The rows that are drawn.
    pub(crate) fn rows<'r>(&self, report: &'r Report) -> &'r [Row] {
        let first = self.first.map_or(usize::MAX, |first| first as usize);
        &report.rows[..report.rows.len().min(first)]
    }
}

/// A report without anything in it.
pub(crate) fn blank(kind: &dyn ReportKind, asked: &Asked, facts: &Facts) -> Report {
    Report {
        id: kind.id().to_owned(),
        title: kind.title().to_owned(),
        sentence: String::new(),
        period: asked.period.clone(),
        compared: None,
        columns: Vec::new(),
        rows: Vec::new(),
        totals: None,
        charts: Vec::new(),
        notes: Vec::new(),
        coverage: Coverage::of(&asked.period, facts),
    }
}

impl Coverage {
    fn of(period: &Period, facts: &Facts) -> Self {
        let days = |from: NaiveDate, to: NaiveDate| u32::try_from((to - from).num_days() + 1).unwrap_or(0);
        let before = facts
            .first_day
            .and_then(|first| first.pred_opt())
            .map_or_else(|| period.days(), |before| days(period.from, before.min(period.to)));
        let to_come = facts.today.succ_opt().map_or(0, |next| days(next.max(period.from), period.to));
        let mut notes = Vec::new();
        if before > 0 {
            notes.push(match facts.first_day {
                Some(first) => {
                    format!("Nothing is known of {before} days before the first call, on {first}.")
                }
                None => "No calls are known yet.".to_owned(),
            });
        }
        if to_come > 0 {
            notes.push(format!("{to_come} days are still to come."));
        }
        if facts.rejected_lines > 0 {
            notes.push(format!("{} lines of the exchange could not be read.", facts.rejected_lines));
        }
        Self {
            first_day: facts.first_day.map(|day| day.to_string()),
            last_day: facts.last_day.map(|day| day.to_string()),
            days_before: before,
            days_to_come: to_come,
            rejected_lines: facts.rejected_lines,
            notes,
        }
    }
}

impl Report {
    /// The calls behind a cell; `None` where there is nothing to open.
    pub fn opened(&self, row: &Row, column: &Column) -> Option<Opened> {
        if let Some(own) = row.of_cells.get(&column.key) {
            let from = self.period.from.pred_opt().unwrap_or(self.period.from);
            return Some(Opened { period: Period { from, to: self.period.to }, also: own.clone() });
        }
        let of_column = column.opens.as_ref()?;
        let (period, of_row) = match (column.compared, &row.compared, &self.compared) {
            (false, ..) => (&self.period, &row.opens),
            (true, Some(compared), Some(period)) => (period, compared),
            (true, ..) => return None,
        };
        let also = of_row.iter().chain(of_column).filter(|one| **one != Narrowing::default());
        Some(Opened { period: period.clone(), also: also.cloned().collect() })
    }

    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_nothing_nothing_is_known_and_halves_go_up() {
        assert_eq!(Value::percent(0, 0), Value::Unknown);
        assert_eq!(Value::percent(1, 3), Value::Decimal(33.3));
        assert_eq!(Value::percent(1, 2000), Value::Decimal(0.1));
        assert_eq!(Value::mean(0, 0), Value::Unknown);
        assert_eq!(Value::mean(5, 2), Value::Whole(3));
        assert_eq!(Value::decimal(f64::NAN, 1), Value::Unknown);
    }
}
