//! Reports that count calls by two things at once.

use std::collections::HashMap;

use crate::{
    Asked, Chart, ChartKind, Column, Dimension, Period, Report, ReportKind, Result, Row, Setting, Span,
    Traffic, Unit, Value,
    grouped::{Group, group},
    report::blank,
};

/// Rows by one thing, columns by the values of another that most calls have.
#[derive(Debug)]
pub struct Crossed {
    pub id: &'static str,
    pub title: &'static str,
    pub question: &'static str,
    pub rows: Rows,
    pub columns: Dimension,
}

/// What rows stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Days, weeks or months, so that there are not too many.
    Time,
    By(Dimension),
}

/// Lines that can be told apart, and what fits beside each other.
const MOST_COLUMNS: usize = 6;
const MOST_DAYS: u32 = 62;
const MOST_WEEKS: u32 = 62 * 7;

impl Rows {
    fn dimension(self, period: &Period) -> Dimension {
        match self {
            Self::By(dimension) => dimension,
            Self::Time if period.days() <= MOST_DAYS => Dimension::Day,
            Self::Time if period.days() <= MOST_WEEKS => Dimension::Week,
            Self::Time => Dimension::Month,
        }
    }
}

/// A name for programs: `17 Busy` is `17-busy`.
fn slug(label: &str) -> String {
    let letters = label.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let words = letters.collect::<String>().to_lowercase();
    words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

impl ReportKind for Crossed {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn question(&self) -> &'static str {
        self.question
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let rows_by = self.rows.dimension(&asked.period);
        let mut columns = group(traffic, &asked.period, &[], self.columns, 0, None)?.rows;
        columns.sort_by(|one, other| {
            other.tally.calls.cmp(&one.tally.calls).then_with(|| one.label.cmp(&other.label))
        });
        let left_out = columns.len().saturating_sub(MOST_COLUMNS);
        columns.truncate(MOST_COLUMNS);
        let all = group(traffic, &asked.period, &[], rows_by, 0, None)?;

        let mut report = blank(self, asked, traffic.facts());
        report.columns.push(Column::text(rows_by.word(), rows_by.title()));
        let mut counts: Vec<HashMap<String, u64>> = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            let mut key = format!("{}-{}", self.columns.word(), slug(&column.label));
            if report.column(&key).is_some() {
                key = format!("{key}-{}", place + 1);
            }
            report.columns.push(Column::of(&key, &column.label, Unit::Calls, Some(column.opens.clone())));
            let found = group(traffic, &asked.period, &column.opens, rows_by, 0, None)?;
            counts.push(found.rows.into_iter().map(|row| (row.label, row.tally.calls)).collect());
        }
        report.columns.push(Column::calls("calls", "All"));

        let mut rows: Vec<&Group> = all.rows.iter().collect();
        if self.rows != Rows::Time {
            rows.sort_by(|one, other| {
                other.tally.calls.cmp(&one.tally.calls).then_with(|| one.label.cmp(&other.label))
            });
        }
        for row in rows {
            let unseen = row.unseen && row.tally.calls == 0;
            let value = |count: u64| if unseen { Value::Unknown } else { Value::Whole(count) };
            let mut cells = vec![Value::text(row.label.clone())];
            cells.extend(counts.iter().map(|of| value(of.get(&row.label).copied().unwrap_or(0))));
            cells.push(value(row.tally.calls));
            report.rows.push(Row::new(cells, row.opens.clone()));
        }
        let mut cells = vec![Value::text("All")];
        cells.extend(columns.iter().map(|column| Value::Whole(column.tally.calls)));
        cells.push(Value::Whole(all.total.calls));
        report.totals = Some(Row::new(cells, Vec::new()));

        let keys: Vec<String> = report.columns[1..=columns.len()].iter().map(|one| one.key.clone()).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        if !keys.is_empty() {
            let kind = if self.rows == Rows::Time { ChartKind::Lines } else { ChartKind::Heat };
            report.charts.push(Chart::new(kind, rows_by.word(), &keys));
        }
        report.sentence = match columns.first() {
            Some(most) => format!(
                "{} calls, {}. Most: {} with {}.",
                all.total.calls, asked.period, most.label, most.tally.calls
            ),
            None => format!("No calls, {}.", asked.period),
        };
        if left_out > 0 {
            report
                .notes
                .push(format!("{left_out} more columns are not shown; the last one counts them, too."));
        }
        Ok(report)
    }
}
