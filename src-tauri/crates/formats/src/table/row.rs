//! A row seen through a mapping: cells by what they mean.

use std::borrow::Cow;

use calls::Text;
use tables::Cells;

use super::Meaning;
use super::mapping::{DateOrder, DurationUnit};
use super::value::{self, Moment};
use crate::Reject;

const NOWHERE: u16 = u16::MAX;

/// Where the cells of each meaning are.
#[derive(Debug, Clone)]
pub(super) struct Places {
    first: [u16; Meaning::COUNT],
    /// Columns that mean the same as one before them: the first that says something counts.
    more: Vec<(Meaning, u16)>,
}

impl Places {
    pub fn new(columns: impl Iterator<Item = (usize, Meaning)>) -> Self {
        let mut places = Self { first: [NOWHERE; Meaning::COUNT], more: Vec::new() };
        for (position, meaning) in columns {
            places.add(position, meaning);
        }
        places
    }

    pub fn add(&mut self, position: usize, meaning: Meaning) {
        let Ok(position) = u16::try_from(position) else { return };
        if matches!(meaning, Meaning::Kept | Meaning::Ignored) {
            return;
        }
        let first = &mut self.first[meaning as usize];
        if *first == NOWHERE {
            *first = position;
        } else {
            self.more.push((meaning, position));
        }
    }

    pub fn has(&self, meaning: Meaning) -> bool {
        self.first[meaning as usize] != NOWHERE
    }
}

/// How the values of a file are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub order: DateOrder,
    pub durations: DurationUnit,
}

/// A row seen through a mapping.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub cells: &'a Cells<'a>,
    pub places: &'a Places,
    pub written: Written,
    /// Columns behind this one stand `shift` cells further on.
    pub spilling: usize,
    pub shift: usize,
}

impl<'a> Row<'a> {
    #[inline]
    fn position(&self, place: u16) -> usize {
        let place = usize::from(place);
        if place > self.spilling { place + self.shift } else { place }
    }

    /// Where the cell of a meaning is, counted from 0.
    #[inline]
    pub fn place(&self, meaning: Meaning) -> Option<usize> {
        let first = self.places.first[meaning as usize];
        if first == NOWHERE {
            return None;
        }
        let first = self.position(first);
        if self.places.more.is_empty() { Some(first) } else { Some(self.first_said(meaning, first)) }
    }

    /// The first cell of a meaning that says something.
    fn first_said(&self, meaning: Meaning, first: usize) -> usize {
        let says = |place: &usize| !value::is_absent(self.cells.bytes(*place).trim_ascii());
        let others = self.places.more.iter().filter(|(known, _)| *known == meaning);
        let others = others.map(|(_, place)| self.position(*place));
        std::iter::once(first).chain(others).find(says).unwrap_or(first)
    }

    /// The bytes of a cell without blanks around them; empty where there is none.
    #[inline]
    pub fn bytes(&self, meaning: Meaning) -> &'a [u8] {
        self.place(meaning).map_or(&[][..], |place| self.cells.bytes(place).trim_ascii())
    }

    /// The text of a cell, if it says something.
    pub fn text(&self, meaning: Meaning) -> Option<Text> {
        let text = self.shown(meaning);
        // Writers of tables put an apostrophe before what a spreadsheet would take for a formula: `'+44…`.
        if let Some(formula) = text.strip_prefix('\'')
            && formula.starts_with(['+', '=', '-', '@'])
        {
            return Some(formula.into());
        }
        (!value::is_absent(text.as_bytes())).then(|| text.into())
    }

    /// The text of a cell as it is.
    #[inline]
    pub fn shown(&self, meaning: Meaning) -> Cow<'a, str> {
        self.place(meaning).map_or(Cow::Borrowed(""), |place| self.cells.text(place))
    }

    /// Every cell of a meaning that says something, in order.
    pub fn all(&self, meaning: Meaning) -> impl Iterator<Item = (usize, &'a [u8])> {
        let first = self.places.first[meaning as usize];
        let more =
            self.places.more.iter().filter(move |(known, _)| *known == meaning).map(|(_, place)| *place);
        let cells = self.cells;
        let (spilling, shift) = (self.spilling, self.shift);
        std::iter::once(first)
            .filter(|place| *place != NOWHERE)
            .chain(more)
            .map(move |place| {
                let place = usize::from(place);
                let place = if place > spilling { place + shift } else { place };
                (place, cells.bytes(place).trim_ascii())
            })
            .filter(|(_, cell)| !value::is_absent(cell))
    }

    /// The text of every cell of a meaning in order, those that say nothing included.
    pub fn every(&self, meaning: Meaning) -> impl Iterator<Item = Cow<'a, str>> {
        let first = self.places.first[meaning as usize];
        let more =
            self.places.more.iter().filter(move |(known, _)| *known == meaning).map(|(_, place)| *place);
        let (cells, row) = (self.cells, *self);
        std::iter::once(first)
            .filter(|place| *place != NOWHERE)
            .chain(more)
            .map(move |place| row.position(place))
            .filter(|place| *place < cells.len())
            .map(|place| cells.text(place))
    }

    pub fn moment(&self, meaning: Meaning) -> Result<Option<Moment>, Reject> {
        let cell = self.bytes(meaning);
        value::moment(cell, self.written.order).map_err(|_| self.unreadable(meaning, "no date and time"))
    }

    pub fn duration(&self, meaning: Meaning) -> Result<Option<u32>, Reject> {
        let cell = self.bytes(meaning);
        value::duration(cell, self.written.durations).map_err(|_| self.unreadable(meaning, "no duration"))
    }

    /// The rejection of a row for one of its cells: `is` says what the cell fails to be.
    pub fn unreadable(&self, meaning: Meaning, is: &str) -> Reject {
        let column = self.place(meaning).map_or(0, |place| place + 1);
        let text = self.place(meaning).map(|place| self.cells.text(place)).unwrap_or_default();
        let shown: String = text.chars().take(60).collect();
        let reason = format!("column {column} ({meaning}): \"{shown}\" is {is}");
        Reject { code: "bad-column", reason }
    }
}
