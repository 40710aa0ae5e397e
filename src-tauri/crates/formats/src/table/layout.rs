//! A table layout: what the tables of one make look like, described as data.

use super::compile;
use super::example::RowExample;
use super::families::Family;
use super::mapping::{Fixed, MappedColumn, Mapping};
use super::spec::{ColumnSpec, DeviceSpec, FormSpec, ValuesSpec};
use super::words::Words;
use super::{Meaning, form};
use crate::{ExampleFailure, LayoutError};

/// A table layout that has been checked and can say what columns mean.
#[derive(Debug)]
pub struct TableLayout {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) family: Family,
    pub(super) sources: Vec<String>,
    pub(super) advice: Vec<String>,
    pub(super) values: ValuesSpec,
    pub(super) columns: Vec<ColumnSpec>,
    pub(super) forms: Vec<FormSpec>,
    pub(super) words: Words,
    pub(super) devices: Vec<DeviceSpec>,
    pub(super) identity: Vec<Meaning>,
    pub(super) examples: Vec<RowExample>,
    /// The line of the file at which each example begins.
    pub(super) example_lines: Vec<usize>,
}

impl TableLayout {
    /// Reads and checks a layout; its examples are not run (see [`TableLayout::check_examples`]).
    pub fn from_toml(text: &str) -> Result<Self, LayoutError> {
        let spec = toml::from_str(text).map_err(|error| LayoutError::syntax(text, &error))?;
        compile::compile(spec, text)
    }

    /// The stable name for settings and the command line: `asterisk-master`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name people see.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How its rows become records: `asterisk`, `plain`.
    pub fn family(&self) -> &'static str {
        self.family.as_str()
    }

    pub(super) fn family_kind(&self) -> Family {
        self.family
    }

    /// Where the facts of this layout come from.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// What to switch on at the exchange, one sentence each.
    pub fn advice(&self) -> &[String] {
        &self.advice
    }

    pub fn examples(&self) -> &[RowExample] {
        &self.examples
    }

    /// What a column of this title means here.
    pub fn meaning_of(&self, title: &str) -> Option<Meaning> {
        let column = |column: &&ColumnSpec| column.titles.iter().any(|known| same_title(known, title));
        self.columns.iter().find(column).map(|column| column.meaning)
    }

    /// The mapping of a file with these titles; `None` if they are not this layout's.
    pub fn bind_titles(&self, titles: &[String]) -> Option<Mapping> {
        let has = |column: &ColumnSpec| {
            titles.iter().any(|title| column.titles.iter().any(|known| same_title(known, title)))
        };
        let mut needed = self.columns.iter().filter(|column| column.needed).peekable();
        if needed.peek().is_none() || !needed.all(has) {
            return None;
        }
        let columns = titles.iter().enumerate().map(|(position, title)| MappedColumn {
            position,
            title: Some(title.clone()),
            meaning: self.meaning_of(title).unwrap_or(Meaning::Ignored),
        });
        let columns: Vec<_> = columns.collect();
        let place = |meaning| columns.iter().find(|column| column.meaning == meaning);
        let spilling = self.values.spilling.and_then(place).map(|column| column.position);
        let fixed = Fixed { spilling, width: spilling.map(|_| titles.len()), ..Fixed::default() };
        Some(self.mapping(true, columns, fixed))
    }

    /// The mapping of a file without titles, by what stands in its first rows; `None` if no form of this layout
    /// fits them. One row in five may be odd.
    pub fn bind_rows(&self, rows: &[Vec<String>]) -> Option<Mapping> {
        let fitting = |form: &FormSpec| rows.iter().filter(|row| form::fits(self, form, row)).count();
        let mut best: Option<(usize, &FormSpec)> = None;
        for form in &self.forms {
            let count = fitting(form);
            if count > 0 && best.is_none_or(|(most, _)| count > most) {
                best = Some((count, form));
            }
        }
        let (count, form) = best?;
        if count * 5 < rows.len() * 4 {
            return None;
        }
        let columns = form.columns.iter().enumerate();
        let columns = columns.map(|(position, &meaning)| MappedColumn { position, title: None, meaning });
        let fixed = Fixed { tail: !form.tails.is_empty(), ..Fixed::default() };
        Some(self.mapping(false, columns.collect(), fixed))
    }

    fn mapping(&self, header: bool, columns: Vec<MappedColumn>, fixed: Fixed) -> Mapping {
        Mapping {
            layout: self.id.clone(),
            preamble: 0,
            header,
            columns,
            date_order: self.values.dates,
            durations: self.values.durations,
            stamp: self.values.stamp,
            fixed,
        }
    }

    /// Reads every example of the layout and returns those that were not read as the layout says.
    pub fn check_examples(&self) -> Vec<ExampleFailure> {
        let examples = self.examples.iter().map(|example| (&example.about, example.differences(self)));
        ExampleFailure::among(examples, &self.example_lines)
    }
}

/// Whether two titles are the same word: case, blanks, hyphens and other marks do not count.
pub(super) fn same_title(one: &str, other: &str) -> bool {
    let letters = |title: &str| -> Vec<char> {
        title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let one = letters(one);
    !one.is_empty() && one == letters(other)
}
