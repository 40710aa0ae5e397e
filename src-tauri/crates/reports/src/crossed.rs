//! Reports that count calls by two things at once.

use std::cmp::Ordering;

use crate::{
    Asked, Chart, ChartKind, Column, Dimension, Period, Report, ReportKind, Result, Row, Setting, Span,
    Traffic, Unit, Value,
    causes::UNTOLD,
    grouped::{Group, Key, place},
    report::blank,
    sentence as said,
    tally::Tally,
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

fn by_calls(one: &Group, other: &Group) -> Ordering {
    other.tally.calls.cmp(&one.tally.calls).then_with(|| one.label.cmp(&other.label))
}

/// Calls counted by two things at once.
struct Crossing {
    rows: Vec<Group>,
    columns: Vec<Group>,
    /// By the places of rows, then by those of columns; beyond the last one 0.
    calls: Vec<Vec<u64>>,
}

fn cross(traffic: &dyn Traffic, period: &Period, rows: Dimension, columns: Dimension) -> Result<Crossing> {
    let (of_rows, of_columns) = (Key::of(traffic, rows, period)?, Key::of(traffic, columns, period)?);
    let mut fields = [of_rows.fields(), of_columns.fields()].concat();
    fields.sort_unstable();
    fields.dedup();
    let (mut row_places, mut column_places) = (Places::new(&of_rows), Places::new(&of_columns));
    let mut calls: Vec<Vec<u64>> = Vec::new();
    traffic.each_block(period, &[], &fields, &mut |block| {
        for place in 0..block.calls {
            let (row, column) = (of_rows.value_of(block, place), of_columns.value_of(block, place));
            let (Some(row), Some(column)) = (row, column) else { continue };
            let (row, column) = (row_places.at(row), column_places.at(column));
            if calls.len() <= row {
                calls.resize_with(row + 1, Vec::new);
            }
            let counts = &mut calls[row];
            if counts.len() <= column {
                counts.resize(column + 1, 0);
            }
            counts[column] += 1;
        }
    })?;
    calls.resize_with(row_places.count(), Vec::new);
    let in_row = |place: usize| calls[place].iter().sum();
    let in_column = |place: usize| calls.iter().filter_map(|row| row.get(place)).sum();
    let (rows, columns) = (
        row_places.groups(traffic, &of_rows, in_row)?,
        column_places.groups(traffic, &of_columns, in_column)?,
    );
    Ok(Crossing { rows, columns, calls })
}

/// Places of values, in the order in which they were first seen.
struct Places {
    place_of: Vec<u32>,
    /// The first stands for none.
    values: Vec<u32>,
}

impl Places {
    fn new(key: &Key) -> Self {
        let mut places = Self { place_of: Vec::new(), values: vec![0] };
        for value in 0..key.always() {
            places.at(value);
        }
        places
    }

    #[inline]
    fn at(&mut self, value: usize) -> usize {
        place(&mut self.place_of, &mut self.values, value) - 1
    }

    fn count(&self) -> usize {
        self.values.len() - 1
    }

    fn groups(
        &self,
        traffic: &dyn Traffic,
        key: &Key,
        calls_at: impl Fn(usize) -> u64,
    ) -> Result<Vec<Group>> {
        let group = |(place, value): (usize, &u32)| {
            key.group(traffic, *value, &Tally { calls: calls_at(place), ..Tally::default() })
        };
        self.values.iter().skip(1).enumerate().map(group).collect()
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
        let Crossing { rows, columns, calls } = cross(traffic, &asked.period, rows_by, self.columns)?;
        let mut chosen: Vec<usize> = (0..columns.len()).collect();
        chosen.sort_by(|one, other| by_calls(&columns[*one], &columns[*other]));
        let left_out = chosen.len().saturating_sub(MOST_COLUMNS);
        chosen.truncate(MOST_COLUMNS);

        let mut report = blank(self, asked, traffic.facts());
        report.columns.push(Column::text(rows_by.word(), rows_by.title()));
        for (place, column) in chosen.iter().map(|place| &columns[*place]).enumerate() {
            let mut key = format!("{}-{}", self.columns.word(), slug(&column.label));
            if report.column(&key).is_some() {
                key = format!("{key}-{}", place + 1);
            }
            report.columns.push(Column::of(&key, &column.label, Unit::Calls, Some(column.opens.clone())));
        }
        report.columns.push(Column::calls("calls", "All"));

        let mut order: Vec<usize> = (0..rows.len()).collect();
        if self.rows != Rows::Time {
            order.sort_by(|one, other| by_calls(&rows[*one], &rows[*other]));
        }
        for place in order {
            let row = &rows[place];
            let unseen = row.unseen && row.tally.calls == 0;
            let value = |count: u64| if unseen { Value::Unknown } else { Value::Whole(count) };
            let mut cells = vec![Value::text(row.label.clone())];
            let count = |column: &usize| calls[place].get(*column).copied().unwrap_or(0);
            cells.extend(chosen.iter().map(|column| value(count(column))));
            cells.push(value(row.tally.calls));
            report.rows.push(Row::new(cells, row.opens.clone()));
        }
        let all = rows.iter().map(|row| row.tally.calls).sum();
        let mut cells = vec![Value::text("All")];
        cells.extend(chosen.iter().map(|column| Value::Whole(columns[*column].tally.calls)));
        cells.push(Value::Whole(all));
        report.totals = Some(Row::new(cells, Vec::new()));

        let keys: Vec<String> = report.columns[1..=chosen.len()].iter().map(|one| one.key.clone()).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let untold = |column: &Group| column.opens.iter().any(|one| one.without.is_some());
        let nobody_tells = columns.iter().all(untold);
        if !keys.is_empty() && !nobody_tells {
            let kind = if self.rows == Rows::Time { ChartKind::Lines } else { ChartKind::Heat };
            report.charts.push(Chart::new(kind, rows_by.word(), &keys));
        }
        report.sentence = match chosen.first().map(|place| &columns[*place]) {
            Some(_) if nobody_tells => {
                format!("{}, {}. No source says why its calls ended.", said::calls(all), asked.period)
            }
            Some(most) => {
                format!(
                    "{}, {}. Most: {} with {}.",
                    said::calls(all),
                    asked.period,
                    most.label,
                    most.tally.calls
                )
            }
            None => format!("No calls, {}.", asked.period),
        };
        if left_out > 0 {
            report
                .notes
                .push(format!("{left_out} more columns are not shown; the last one counts them, too."));
        }
        if self.columns == Dimension::Cause && columns.iter().any(untold) {
            report.notes.push(UNTOLD.to_owned());
        }
        Ok(report)
    }
}
