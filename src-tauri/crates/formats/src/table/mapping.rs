//! A mapping: what the columns of one file mean. Kept with the file, so that its rows can be read again.

use calls::Direction;
use serde::{Deserialize, Serialize};

use super::families::Family;
use super::layout::TableLayout;
use super::{Meaning, RowReader};

/// The [`Mapping::layout`] of a table that no layout describes.
pub const ANY_TABLE: &str = "table";

/// What the columns of a file mean and how its values are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// A table layout's id, or [`ANY_TABLE`] for a table that was guessed or described by a person.
    pub layout: String,
    /// Lines that stand above the table, as the heading of a report does; nothing in them is a call.
    #[serde(default)]
    pub preamble: u64,
    /// The first row of the table holds titles.
    pub header: bool,
    pub columns: Vec<MappedColumn>,
    pub date_order: DateOrder,
    pub durations: DurationUnit,
    pub stamp: Stamp,
    #[serde(default)]
    pub fixed: Fixed,
}

/// One column of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// From 0.
    pub position: usize,
    pub title: Option<String>,
    pub meaning: Meaning,
}

/// The order of the numbers of a date that does not begin with a year of four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    #[default]
    Ymd,
    Dmy,
    Mdy,
}

/// What a plain number in a duration counts. `h:mm:ss` and `1m 20s` say it themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DurationUnit {
    #[default]
    Seconds,
    Minutes,
    Milliseconds,
}

/// Which end of the call a date and a time without a better title are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stamp {
    #[default]
    Start,
    End,
}

/// What holds for every row of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fixed {
    /// All calls of the file go this way.
    pub direction: Option<Direction>,
    /// Rows may end earlier or later than the columns say: the layout's tails are looked for in each row.
    pub tail: bool,
    /// This column (from 0) is written without quotes although it may hold the separator: columns behind it are
    /// counted from the end of a row that has more cells than `width`.
    pub spilling: Option<usize>,
    /// Cells of an ordinary row, where that matters.
    pub width: Option<usize>,
}

/// Why a mapping cannot read rows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    #[error("There is no table layout \"{id}\"")]
    UnknownLayout { id: String },
    #[error("No column says when a call was: one of them must be the start, the date or the end")]
    NoTime,
    #[error("Column {column} is given twice")]
    Twice { column: usize },
    #[error(transparent)]
    Layout(#[from] crate::FormatError),
}

impl MappingError {
    /// Stable: `mapping-layout`, `mapping-time`, `mapping-twice`, or the code of the [`crate::FormatError`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownLayout { .. } => "mapping-layout",
            Self::NoTime => "mapping-time",
            Self::Twice { .. } => "mapping-twice",
            Self::Layout(error) => error.code(),
        }
    }
}

impl Mapping {
    /// This mapping for a file with these titles, if all of its columns that mean something are there: other
    /// columns may have come, gone or moved.
    pub fn rebind(&self, titles: &[String]) -> Option<Self> {
        if !self.header {
            return None;
        }
        let mut taken = vec![false; titles.len()];
        let mut columns = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let title = column.title.as_deref()?;
            let same = |(place, known): (usize, &String)| {
                (!taken[place] && super::layout::same_title(known, title)).then_some(place)
            };
            match titles.iter().enumerate().find_map(same) {
                Some(position) => {
                    taken[position] = true;
                    columns.push(MappedColumn { position, ..column.clone() });
                }
                None if matches!(column.meaning, Meaning::Kept | Meaning::Ignored) => {}
                None => return None,
            }
        }
        let moved = |old: usize| {
            let title = self.columns.iter().find(|column| column.position == old)?.title.as_ref()?;
            columns.iter().find(|column| column.title.as_ref() == Some(title)).map(|column| column.position)
        };
        let fixed = Fixed {
            spilling: self.fixed.spilling.and_then(moved),
            width: self.fixed.width.map(|_| titles.len()),
            ..self.fixed.clone()
        };
        columns.sort_by_key(|column| column.position);
        Some(Self { columns, fixed, ..self.clone() })
    }

    /// A reader of this mapping's rows. `exchange` tells exchanges of one ledger apart, from 1.
    pub fn reader(&self, exchange: u32) -> Result<RowReader, MappingError> {
        if self.layout == ANY_TABLE {
            return self.reader_of(None, exchange);
        }
        let layout = crate::tables()?.iter().find(|layout| layout.id() == self.layout);
        let layout = layout.ok_or_else(|| MappingError::UnknownLayout { id: self.layout.clone() })?;
        self.reader_of(Some(layout), exchange)
    }

    pub(super) fn reader_of(
        &self,
        layout: Option<&TableLayout>,
        exchange: u32,
    ) -> Result<RowReader, MappingError> {
        self.check()?;
        let family = layout.map_or(Family::Plain, TableLayout::family_kind);
        Ok(RowReader::new(self, family, layout, exchange))
    }

    fn check(&self) -> Result<(), MappingError> {
        let mut positions: Vec<_> = self.columns.iter().map(|column| column.position).collect();
        positions.sort_unstable();
        if let Some(pair) = positions.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(MappingError::Twice { column: pair[0] + 1 });
        }
        let timed = [Meaning::Start, Meaning::Answer, Meaning::End, Meaning::Date];
        if self.columns.iter().any(|column| timed.contains(&column.meaning)) {
            Ok(())
        } else {
            Err(MappingError::NoTime)
        }
    }
}
