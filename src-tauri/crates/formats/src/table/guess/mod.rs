//! What the columns of an unknown table mean: by their titles, by what stands in them, and by what fits together.
//!
//! Titles are asked first ([`names`]); what they leave open is filled in from the values ([`fill`]). Each column gets
//! one meaning and each meaning one column.

pub(crate) mod dates;
mod fill;
mod fit;
mod header;
mod names;
pub(crate) mod relations;
mod shapes;
mod titles;
pub(crate) mod vocabulary;

use chrono::{DateTime, Utc};

use self::dates::{Day, OrderEvidence, orders, printed};
pub(super) use self::header::is_header;
use self::names::{Title, Unit};
use self::relations::Clocked;
use self::shapes::{Cell, Shapes};
use super::{ANY_TABLE, DateOrder, DurationUnit, Fixed, MappedColumn, Mapping, Meaning, Stamp};

/// A mapping for a table that no layout describes; `None` if it has no time or no number and so tells of no calls.
pub fn guess(rows: &[Vec<String>]) -> Option<Mapping> {
    examine(rows, None, Utc::now()).map(|guess| guess.mapping)
}

/// A guessed mapping with what is known about the guess.
#[derive(Debug, Clone)]
pub(crate) struct Guess {
    pub mapping: Mapping,
    /// For each column, whether its meaning is certain.
    pub sure: Vec<bool>,
    /// The only stamp has a title that does not say which end of the call it is.
    pub neutral_stamp: bool,
    /// A title or another column says what durations are counted in.
    pub unit_known: bool,
}

/// Columns beyond these are left out: no table of calls has so many.
const MOST_COLUMNS: usize = 256;

/// One column while its meaning is sought.
struct Column<'a> {
    pub title: Option<&'a str>,
    pub read: Title,
    pub texts: Vec<&'a str>,
    pub cells: Vec<Cell>,
    pub shapes: Shapes,
    pub meaning: Option<Meaning>,
    pub sure: bool,
}

/// `titles` are given where they do not stand in a row of their own (keys of JSON).
pub(crate) fn examine(rows: &[Vec<String>], titles: Option<&[String]>, now: DateTime<Utc>) -> Option<Guess> {
    let header = titles.is_none() && is_header(rows);
    let (titles, data) = if header {
        rows.split_first().map(|(first, rest)| (Some(first.as_slice()), rest))?
    } else {
        (titles, rows)
    };
    let mut columns = columns(titles, data);
    let days: Vec<Day> = columns
        .iter()
        .flat_map(|column| &column.cells)
        .filter_map(|cell| cell.moment)
        .map(|moment| moment.day)
        .collect();
    let order = order_of(&orders(&days, now));
    name_columns(&mut columns);
    fill::fill(&mut columns, order);
    settle_dates(&mut columns);
    let found = |meaning| columns.iter().any(|column| column.meaning == Some(meaning));
    let timed = found(Meaning::Start) || found(Meaning::Date) || found(Meaning::End);
    let numbered = NUMBERS.into_iter().any(found);
    if !timed || !numbered {
        return None;
    }
    Some(conclude(&columns, header, order))
}

/// One of these a table of calls has at least.
const NUMBERS: [Meaning; 5] =
    [Meaning::Caller, Meaning::Called, Meaning::OtherParty, Meaning::Extension, Meaning::CallerIdText];

fn columns<'a>(titles: Option<&'a [String]>, rows: &'a [Vec<String>]) -> Vec<Column<'a>> {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = widest.max(titles.map_or(0, <[String]>::len)).min(MOST_COLUMNS);
    let column = |position: usize| {
        let texts: Vec<&str> =
            rows.iter().map(|row| row.get(position).map_or("", |cell| cell.trim())).collect();
        let cells: Vec<_> = texts.iter().map(|text| Cell::read(text)).collect();
        let title = titles
            .and_then(|titles| titles.get(position))
            .map(String::as_str)
            .filter(|title| !title.trim().is_empty());
        let read = title.map(Title::read).unwrap_or_default();
        let shapes = Shapes::of(&cells, &texts);
        Column { title, read, texts, cells, shapes, meaning: None, sure: false }
    };
    (0..width).map(column).collect()
}

pub(crate) fn order_of(evidence: &OrderEvidence) -> DateOrder {
    // Most of the world writes the day first; the person is asked anyway.
    evidence.likely.or_else(|| evidence.possible.first().copied()).unwrap_or_default()
}

/// Gives meanings by title, the surest first. A title that the values contradict means nothing.
fn name_columns(columns: &mut [Column<'_>]) {
    let mut scored = Vec::new();
    for (position, column) in columns.iter().enumerate() {
        for &(meaning, likeness) in &column.read.meanings {
            let fit = fit::named(meaning, &column.shapes);
            if fit > 0.0 && likeness >= LEAST_LIKENESS {
                scored.push((likeness * 0.7 + fit * 0.3, position, meaning, likeness, fit));
            }
        }
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut given = Vec::new();
    for (_, position, meaning, likeness, fit) in scored {
        if columns[position].meaning.is_none() && !given.contains(&meaning) {
            given.push(meaning);
            columns[position].meaning = Some(meaning);
            columns[position].sure = likeness >= 1.0 && fit >= 0.5;
        }
    }
}

/// Below this a title only has a syllable in common with a known one.
const LEAST_LIKENESS: f64 = 0.45;

/// A moment makes a day and a time of day beside it superfluous, unless it is only the end.
fn settle_dates(columns: &mut [Column<'_>]) {
    if columns.iter().any(|column| column.meaning == Some(Meaning::Start)) {
        for column in columns.iter_mut() {
            if matches!(column.meaning, Some(Meaning::Date | Meaning::Time)) {
                (column.meaning, column.sure) = (None, false);
            }
        }
    }
}

fn conclude(columns: &[Column<'_>], header: bool, order: DateOrder) -> Guess {
    let confirmed = relations::unit(&clocked(columns, order));
    let durations: Vec<_> = columns.iter().filter(|column| column.meaning.is_some_and(is_duration)).collect();
    let titled = durations.iter().find_map(|column| column.read.unit);
    let unit = confirmed.unwrap_or(match titled {
        Some(Unit::Minutes) => DurationUnit::Minutes,
        _ => DurationUnit::Seconds,
    });
    // A clock says itself what it counts, and no call lasts for half a day of minutes.
    let says_itself = durations
        .iter()
        .all(|column| column.shapes.wholes + column.shapes.decimals < column.shapes.filled.div_ceil(2))
        || durations
            .iter()
            .flat_map(|column| &column.cells)
            .any(|cell| cell.whole.is_some_and(|whole| whole >= 720));
    let stamps: Vec<_> = columns
        .iter()
        .filter(|column| {
            matches!(column.meaning, Some(Meaning::Start | Meaning::Answer | Meaning::End | Meaning::Date))
        })
        .collect();
    let neutral_stamp = match stamps.as_slice() {
        [only] => only.meaning != Some(Meaning::End) && (only.title.is_none() || only.read.neutral),
        _ => false,
    };
    let spare = |column: &Column<'_>| match column.title {
        Some(_) if column.shapes.filled > 0 => Meaning::Kept,
        _ => Meaning::Ignored,
    };
    let mapped = columns.iter().enumerate().map(|(position, column)| MappedColumn {
        position,
        title: column.title.map(str::to_owned),
        meaning: column.meaning.unwrap_or_else(|| spare(column)),
    });
    Guess {
        mapping: Mapping {
            layout: ANY_TABLE.to_owned(),
            preamble: 0,
            header,
            columns: mapped.collect(),
            date_order: order,
            durations: unit,
            stamp: Stamp::Start,
            fixed: Fixed::default(),
        },
        sure: columns.iter().map(|column| column.meaning.is_none() || column.sure).collect(),
        neutral_stamp,
        unit_known: confirmed.is_some() || titled.is_some() || says_itself,
    }
}

pub(crate) fn is_duration(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Total | Meaning::Talk | Meaning::Ring | Meaning::Wait)
}

/// The moments and durations of the columns whose meaning is known.
fn clocked(columns: &[Column<'_>], order: DateOrder) -> Clocked {
    let mut clocked = Clocked::default();
    for column in columns {
        match column.meaning {
            Some(meaning @ (Meaning::Start | Meaning::Answer | Meaning::End)) => {
                clocked.moments.push((meaning, instants(column, order)));
            }
            Some(meaning) if is_duration(meaning) => clocked.durations.push((meaning, seconds(column))),
            _ => {}
        }
    }
    clocked
}

/// Seconds on one clock, of each cell that is a moment.
fn instants(column: &Column<'_>, order: DateOrder) -> Vec<Option<f64>> {
    column.cells.iter().map(|cell| instant(cell, order)).collect()
}

fn instant(cell: &Cell, order: DateOrder) -> Option<f64> {
    let Some(moment) = cell.moment else { return cell.epoch };
    let midnight = moment.day.read(order)?.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    Some(whole_seconds(midnight) + f64::from(moment.second?))
}

#[expect(clippy::cast_precision_loss, reason = "seconds of our time are far below 2^52")]
fn whole_seconds(seconds: i64) -> f64 {
    seconds as f64
}

/// What each cell counts, plain numbers as they stand.
fn seconds(column: &Column<'_>) -> Vec<Option<f64>> {
    let fraction = |text: &str| {
        text.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0)
    };
    let each = column.cells.iter().zip(&column.texts);
    each.map(|(cell, text)| cell.length.or_else(|| cell.whole.map(f64::from)).or_else(|| fraction(text)))
        .collect()
}

/// The same of texts, for mappings that were not guessed.
pub(crate) fn instant_of(text: &str, order: DateOrder) -> Option<f64> {
    let cell = Cell { moment: printed(text.trim()), ..Cell::default() };
    if cell.moment.is_some() { instant(&cell, order) } else { Cell::read(text).epoch }
}

pub(crate) fn seconds_of(text: &str) -> Option<f64> {
    let cell = Cell::read(text);
    cell.length.or_else(|| cell.whole.map(f64::from)).or_else(|| {
        text.trim().replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite() && *value >= 0.0)
    })
}
