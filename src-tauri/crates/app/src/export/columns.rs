//! What stands in a column of the call list, as a value that a table can hold.

use std::collections::BTreeMap;

use calls::{Direction, Outcome};
use chrono::{DateTime, NaiveDateTime};

use crate::{
    AppError,
    views::{CallRow, ExportColumn, PartyView},
};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Not known, or nothing.
    Empty,
    Text(String),
    /// By the exchange's clock.
    Moment(NaiveDateTime),
    Seconds(u32),
    Count(u32),
    /// Seconds, of many calls together.
    Duration(u64),
    /// Shown with so many decimals.
    Number(f64, u8),
}

type Fill = fn(&CallRow) -> Cell;

/// Every column, by the key that the list has for it.
const COLUMNS: [(&str, Fill); 27] = [
    ("id", |row| text(Some(&row.id))),
    ("start", |row| moment(Some(&row.start))),
    ("end", |row| moment(row.end.as_deref())),
    ("direction", |row| text(Some(&row.direction))),
    ("caller", |row| party(&row.caller)),
    ("caller-number", |row| text(row.caller.number.as_ref())),
    ("called", |row| party(&row.called)),
    ("called-number", |row| text(row.called.number.as_ref())),
    ("extension", |row| named(row.answered_by_name.as_ref(), row.answered_by.as_ref())),
    ("outcome", |row| text(Some(&row.outcome))),
    ("because", |row| text(Some(&row.because))),
    ("ring", |row| seconds(row.ring_seconds)),
    ("wait", |row| seconds(row.wait_seconds)),
    ("talk", |row| seconds(row.talk_seconds)),
    ("billed", |row| seconds(row.billed_seconds)),
    ("total", |row| seconds(row.total_seconds)),
    ("trunk", |row| text(row.trunk.as_ref())),
    ("did", |row| text(row.did.as_ref())),
    ("queue", |row| text(row.queue.as_ref())),
    ("account-code", |row| text(row.account_code.as_ref())),
    ("class", |row| text(row.class.as_ref())),
    ("country", |row| text(row.country.as_ref())),
    ("transfers", |row| Cell::Count(row.transfers)),
    ("outcome-code", |row| text(row.outcome_code.as_ref().map(|code| &code.name))),
    ("tags", |row| text(Some(&row.tags.join(", ")))),
    ("notes", |row| Cell::Count(row.notes)),
    ("flags", |row| text(Some(&row.flags.join(", ")))),
];

/// The columns that were asked for, in their order.
#[derive(Debug)]
pub(super) struct Columns<'a>(Vec<(&'a ExportColumn, Fill)>);

impl<'a> Columns<'a> {
    /// An error names a key that is none.
    pub fn new(wanted: &'a [ExportColumn]) -> Result<Self, AppError> {
        let known = |column: &'a ExportColumn| {
            let found = COLUMNS.iter().find(|(key, _)| *key == column.key);
            found.map(|(_, fill)| (column, *fill)).ok_or_else(|| AppError::Choice(column.key.clone()))
        };
        match wanted {
            [] => Err(AppError::Choice("A table without columns".to_owned())),
            wanted => wanted.iter().map(known).collect::<Result<_, _>>().map(Self),
        }
    }

    pub fn titles(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(column, _)| column.title.as_str())
    }

    pub fn cells(&self, row: &CallRow) -> impl Iterator<Item = Cell> {
        self.0.iter().map(|(column, fill)| match fill(row) {
            Cell::Text(word) => Cell::Text(column.word(word)),
            cell => cell,
        })
    }
}

/// Columns that a page has room for, in the order in which one reads a call.
const PRINTED: [(&str, &str); 10] = [
    ("start", "Start"),
    ("direction", "Direction"),
    ("caller", "Caller"),
    ("called", "Called"),
    ("extension", "Answered by"),
    ("outcome", "Outcome"),
    ("wait", "Wait"),
    ("talk", "Talk"),
    ("trunk", "Trunk"),
    ("account-code", "Account code"),
];

impl ExportColumn {
    /// The columns of a list on paper where nobody chose others, in English.
    pub fn printed() -> Vec<Self> {
        let words = |key: &str| match key {
            "direction" => Some(said(Direction::all(), Direction::as_str, reports::direction_words)),
            "outcome" => Some(said(Outcome::all(), Outcome::as_str, reports::outcome_words)),
            _ => None,
        };
        let column = |(key, title): (&str, &str)| Self {
            key: key.to_owned(),
            title: title.to_owned(),
            words: words(key),
        };
        PRINTED.map(column).to_vec()
    }

    /// What the person calls a value.
    pub(super) fn word(&self, value: String) -> String {
        self.words.as_ref().and_then(|words| words.get(&value)).cloned().unwrap_or(value)
    }
}

/// What each code is called.
fn said<T: Copy>(
    all: impl IntoIterator<Item = T>,
    code: impl Fn(T) -> &'static str,
    words: impl Fn(T) -> &'static str,
) -> BTreeMap<String, String> {
    all.into_iter().map(|one| (code(one).to_owned(), words(one).to_owned())).collect()
}

fn text(text: Option<&String>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.clone()))
}

/// With the number beside the name: nobody can ring a name.
fn party(party: &PartyView) -> Cell {
    named(party.name.as_ref(), party.number.as_ref().or(party.extension.as_ref()))
}

fn named(name: Option<&String>, number: Option<&String>) -> Cell {
    match (name, number) {
        (Some(name), Some(number)) if name != number => Cell::Text(format!("{name} ({number})")),
        (name, number) => text(name.or(number)),
    }
}

fn moment(time: Option<&str>) -> Cell {
    let time = time.and_then(|time| DateTime::parse_from_rfc3339(time).ok());
    time.map_or(Cell::Empty, |time| Cell::Moment(time.naive_local()))
}

fn seconds(seconds: Option<u32>) -> Cell {
    seconds.map_or(Cell::Empty, Cell::Seconds)
}
