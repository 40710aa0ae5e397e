//! Rows as records, through a mapping.

use calls::{Kind, Record, ThreadFamily, Zone};
use tables::Cells;

use super::clock::Clock;
use super::families::{self, Family};
use super::layout::{TableLayout, same_title};
use super::mapping::{ANY_TABLE, Fixed, Mapping, Stamp};
use super::row::{Places, Row, Written};
use super::spec::DeviceSpec;
use super::words::Words;
use super::{Meaning, form};
use crate::Reject;

/// What a row cannot say about itself.
#[derive(Clone, Copy)]
pub struct TableContext<'a> {
    /// The zone of the exchange's clock.
    pub zone: Zone,
    /// Whether a number or the name of a device is one of our extensions.
    pub is_extension: &'a dyn Fn(&str) -> bool,
    /// For rows that name no account code themselves.
    pub account_code: Option<&'a str>,
}

impl std::fmt::Debug for TableContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { zone, is_extension: _, account_code } = self;
        f.debug_struct("TableContext").field("zone", zone).field("account_code", account_code).finish()
    }
}

/// What was read from a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReading {
    /// Of the kind header or event where the row is no call and is left out.
    pub record: Record,
    /// Hash of the ids that name this row: the same row of the same call told by another file or in another form
    /// has the same. `None` where only the same text is the same row.
    pub identity: Option<u64>,
}

/// Turns rows of one mapping into records; keeps its memory from row to row.
#[derive(Debug)]
pub struct RowReader {
    family: Family,
    places: Places,
    written: Written,
    fixed: Fixed,
    tails: Option<Tails>,
    /// What the columns are called, to know a row of titles inside the file.
    titles: Vec<(usize, Vec<String>)>,
    pub(super) tools: Tools,
}

/// What the families read with.
#[derive(Debug)]
pub(super) struct Tools {
    pub words: Words,
    pub devices: Vec<DeviceSpec>,
    pub clock: Clock,
    pub stamp: Stamp,
    pub direction: Option<calls::Direction>,
    /// Tells the ids of makes apart.
    pub make: String,
    /// The same, for many ids.
    pub threads: ThreadFamily,
    /// Columns to keep, with their titles.
    pub kept: Vec<(usize, String)>,
    /// Meanings that together name a row.
    identity: Vec<Meaning>,
    /// The exchange, then the ids of a row.
    buffer: Vec<u8>,
    /// Length of the exchange's part.
    own: usize,
}

impl Tools {
    fn identity(&mut self, row: &Row<'_>) -> Option<u64> {
        if self.identity.is_empty() {
            return None;
        }
        self.buffer.truncate(self.own);
        for meaning in &self.identity {
            let cell = row.bytes(*meaning);
            if cell.is_empty() {
                return None;
            }
            self.buffer.push(0);
            self.buffer.extend_from_slice(cell);
        }
        // Parts that are no text make no text.
        let ids = std::str::from_utf8(&self.buffer).ok()?;
        Some(self.threads.thread(ids).0)
    }
}

/// Columns that rows may have behind the ordinary ones.
#[derive(Debug)]
struct Tails {
    groups: Vec<Vec<Meaning>>,
    /// Where they begin.
    base: usize,
    ordinary: Places,
    /// Cells of the row that `places` was made for.
    cells: usize,
}

impl RowReader {
    pub(super) fn new(
        mapping: &Mapping,
        family: Family,
        layout: Option<&TableLayout>,
        exchange: u32,
    ) -> Self {
        let places = Places::new(mapping.columns.iter().map(|column| (column.position, column.meaning)));
        let tails = layout.filter(|_| mapping.fixed.tail).and_then(|layout| {
            let order = || mapping.columns.iter().map(|column| column.meaning);
            let form = layout.forms.iter().find(|form| form.columns.iter().copied().eq(order()))?;
            let (groups, base) = (form.tails.clone(), form.columns.len());
            Some(Tails { groups, base, ordinary: places.clone(), cells: base })
        });
        let known = |meaning: Meaning| -> Vec<String> {
            let columns = layout.map_or(&[][..], |layout| &layout.columns).iter();
            columns
                .filter(|column| column.meaning == meaning)
                .flat_map(|column| column.titles.clone())
                .collect()
        };
        let titles = mapping.columns.iter().map(|column| {
            let titles = column.title.clone().map_or_else(|| known(column.meaning), |title| vec![title]);
            (column.position, titles)
        });
        let kept = mapping.columns.iter().filter(|column| column.meaning == Meaning::Kept).map(|column| {
            let title = column.title.clone().unwrap_or_else(|| format!("column {}", column.position + 1));
            (column.position, title)
        });
        let make = match family {
            Family::Plain => layout.map_or(ANY_TABLE, TableLayout::id),
            _ => family.make(),
        };
        Self {
            family,
            places,
            written: Written { order: mapping.date_order, durations: mapping.durations },
            fixed: mapping.fixed.clone(),
            tails,
            titles: titles.collect(),
            tools: Tools {
                words: layout.map(|layout| layout.words.clone()).unwrap_or_default(),
                devices: layout.map(|layout| layout.devices.clone()).unwrap_or_default(),
                clock: Clock::new(),
                stamp: mapping.stamp,
                direction: mapping.fixed.direction,
                make: make.to_owned(),
                threads: ThreadFamily::new(make),
                kept: kept.collect(),
                identity: layout.map(|layout| layout.identity.clone()).unwrap_or_default(),
                own: exchange.to_string().len(),
                buffer: exchange.to_string().into_bytes(),
            },
        }
    }

    /// Reads one row. Rows that are titles once more, or blank, are headers; rows that say themselves that they
    /// are no calls are events.
    pub fn read(&mut self, cells: &Cells<'_>, context: &TableContext<'_>) -> Result<RowReading, Reject> {
        let mut record = Record::default();
        let identity = self.read_into(cells, context, &mut record)?;
        Ok(RowReading { record, identity })
    }

    /// The same into an empty record, where it is to stay: records are large, and tables have a million of them.
    /// Hands back the row's identity; after an error the record is of no use.
    pub fn read_into(
        &mut self,
        cells: &Cells<'_>,
        context: &TableContext<'_>,
        record: &mut Record,
    ) -> Result<Option<u64>, Reject> {
        self.find_tail(cells);
        self.tools.clock.set_zone(context.zone);
        let (spilling, shift) = match (self.fixed.spilling, self.fixed.width) {
            (Some(spilling), Some(width)) => (spilling, cells.len().saturating_sub(width)),
            _ => (usize::MAX, 0),
        };
        let row = Row { cells, places: &self.places, written: self.written, spilling, shift };
        let read = match self.family {
            // The tables of a million rows are of this family.
            Family::Asterisk => families::asterisk::read(&row, &mut self.tools, context, record),
            family => families::read(family, &row, &mut self.tools, context).map(|read| *record = read),
        };
        match read {
            Ok(()) => {
                for (position, title) in &self.tools.kept {
                    let text = cells.text(*position);
                    if !text.is_empty() {
                        record.extra.push((title.clone(), text.into_owned()));
                    }
                }
                if let Some(file) = families::recording::in_user_field(&row) {
                    record.extra.push((families::recording::RECORDING.to_owned(), file));
                }
                Ok(self.tools.identity(&row))
            }
            Err(_) if self.is_heading(cells) => {
                *record = Record { kind: Kind::Header, ..Record::default() };
                Ok(None)
            }
            Err(reject) => Err(reject),
        }
    }

    /// A file may gain columns when somebody changes the exchange's settings, so every length of row is looked at.
    fn find_tail(&mut self, cells: &Cells<'_>) {
        let Some(tails) = &mut self.tails else { return };
        if cells.len() == tails.cells {
            return;
        }
        tails.cells = cells.len();
        self.places = tails.ordinary.clone();
        let count = cells.len().saturating_sub(tails.base);
        let base = tails.base;
        let found = form::tail(&tails.groups, count, |place| cells.bytes(base + place).trim_ascii());
        let Some(found) = found else {
            // An odd row must not decide for the others of its length.
            tails.cells = usize::MAX;
            return;
        };
        for (place, meaning) in found.into_iter().enumerate() {
            self.places.add(base + place, meaning);
        }
    }

    /// A row of titles, of a database's types, or of nothing.
    fn is_heading(&self, cells: &Cells<'_>) -> bool {
        let said = |place: &usize| !cells.bytes(*place).trim_ascii().is_empty();
        let count = (0..cells.len()).filter(said).count();
        let typed = |place: &usize| is_database_type(cells.bytes(*place).trim_ascii());
        if (0..cells.len()).filter(said).all(|place| typed(&place)) {
            return true;
        }
        let titled = |(position, titles): &&(usize, Vec<String>)| {
            titles.iter().any(|title| same_title(title, &cells.text(*position)))
        };
        let titled = self.titles.iter().filter(titled).count();
        titled >= 2 && titled * 2 >= count
    }
}

/// The second row of Cisco's files names the database's types: `INTEGER`, `VARCHAR(50)`.
fn is_database_type(cell: &[u8]) -> bool {
    let end = cell.iter().position(|&byte| byte == b'(').unwrap_or(cell.len());
    [&b"INTEGER"[..], b"VARCHAR", b"INT", b"UNIQUEIDENTIFIER", b"CHAR", b"BIGINT", b"DATETIME"]
        .iter()
        .any(|known| cell[..end].eq_ignore_ascii_case(known))
}
