//! A table layout as it is written.

use std::collections::BTreeMap;

use calls::{DialResult, Direction, Kind, Machine};
use serde::Deserialize;
use toml::Spanned;

use super::Meaning;
use super::example::RowExample;
use super::families::Family;
use super::mapping::{DateOrder, DurationUnit, Stamp};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableSpec {
    pub id: Spanned<String>,
    pub name: String,
    /// How rows of this table become records; a plain table says everything in its columns.
    #[serde(default)]
    pub family: Family,
    pub sources: Vec<String>,
    #[serde(default)]
    pub advice: Vec<String>,
    #[serde(default)]
    pub values: ValuesSpec,
    #[serde(rename = "column", default)]
    pub columns: Vec<Spanned<ColumnSpec>>,
    /// Orders of columns in files without titles.
    #[serde(rename = "form", default)]
    pub forms: Vec<Spanned<FormSpec>>,
    #[serde(default)]
    pub words: WordsSpec,
    /// Columns that together name a row wherever it is told again.
    #[serde(default)]
    pub identity: Vec<Meaning>,
    /// How names of lines and devices begin.
    #[serde(rename = "device", default)]
    pub devices: Vec<DeviceSpec>,
    #[serde(rename = "example")]
    pub examples: Vec<Spanned<RowExample>>,
}

/// How values are written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ValuesSpec {
    pub dates: DateOrder,
    pub durations: DurationUnit,
    pub stamp: Stamp,
    /// The meaning of the column that is written without quotes although it may hold the separator.
    pub spilling: Option<Meaning>,
}

/// A column with a title.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnSpec {
    pub meaning: Meaning,
    /// What it is called, in any case; blanks, hyphens and underscores do not count.
    pub titles: Vec<String>,
    /// A file without it is not of this layout.
    #[serde(default)]
    pub needed: bool,
}

/// The order of the columns of a file without titles.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormSpec {
    pub columns: Vec<Meaning>,
    /// Groups of columns behind them, in this order, each of which is there or not: what a row holds decides.
    #[serde(default)]
    pub tails: Vec<Vec<Meaning>>,
    /// Cells that every row of this form holds: `{ column = 1, is = "CDR" }`.
    #[serde(default)]
    pub marks: Vec<MarkSpec>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkSpec {
    /// From 1.
    pub column: usize,
    pub is: String,
}

/// The layout's own words; the usual ones are known to every table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordsSpec {
    /// Of the disposition, clearing cause and answered columns.
    pub result: BTreeMap<String, DialResult>,
    pub direction: BTreeMap<String, Direction>,
    /// Of the application column.
    pub machine: BTreeMap<String, Machine>,
    /// Of the record type column: rows of other words are calls.
    pub kind: BTreeMap<String, Kind>,
}

/// How the names of a sort of line or device begin: `E218`, `Ext.504`, `T9001`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceSpec {
    pub prefix: String,
    pub is: DeviceKind,
    /// The prefix is part of the name (`T9001`), not only a mark (`Ext.504`).
    #[serde(default)]
    pub keep: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DeviceKind {
    Extension,
    Trunk,
    Voicemail,
    Conference,
    Queue,
    Menu,
    Park,
}
