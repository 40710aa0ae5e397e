//! The one table of formats.

use std::sync::LazyLock;

use crate::{Format, Layout, LayoutError, TableLayout};

/// The layouts that are shipped. A new make is a line here and a file there.
const LAYOUTS: [&str; 1] = [include_str!("../layouts/siemens-hipath.toml")];

/// The table layouts that are shipped, the most particular first: the first that fits is the one.
const TABLES: &[&str] = &[
    include_str!("../layouts/tables/ringledger.toml"),
    include_str!("../layouts/tables/grandstream.toml"),
    include_str!("../layouts/tables/freepbx.toml"),
    include_str!("../layouts/tables/asterisk-master.toml"),
    include_str!("../layouts/tables/asterisk-custom.toml"),
    include_str!("../layouts/tables/asterisk-cel.toml"),
    include_str!("../layouts/tables/asterisk-queue-log.toml"),
    include_str!("../layouts/tables/freeswitch-csv.toml"),
    include_str!("../layouts/tables/3cx.toml"),
    include_str!("../layouts/tables/yeastar.toml"),
    include_str!("../layouts/tables/yeastar-events.toml"),
    include_str!("../layouts/tables/beronet.toml"),
    include_str!("../layouts/tables/avaya-ip-office.toml"),
    include_str!("../layouts/tables/cisco-cucm.toml"),
    include_str!("../layouts/tables/cdr-stats-v3.toml"),
    include_str!("../layouts/tables/cdr-stats-v2-form.toml"),
    include_str!("../layouts/tables/freeswitch-table.toml"),
    include_str!("../layouts/tables/cdr-stats-v2-short.toml"),
    include_str!("../layouts/tables/voipcall.toml"),
];

static FORMATS: LazyLock<Result<Vec<Box<dyn Format>>, LayoutError>> = LazyLock::new(|| load(&LAYOUTS));
static TABLE_LAYOUTS: LazyLock<Result<Vec<TableLayout>, LayoutError>> = LazyLock::new(|| load_tables(TABLES));

/// Why a format cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    #[error("There is no format \"{id}\"; known are {known}")]
    Unknown { id: String, known: String },
    #[error("a format that comes with the program cannot be loaded: {0}")]
    Layout(#[from] LayoutError),
}

impl FormatError {
    /// Stable: `format-unknown`, or the code of the [`LayoutError`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "format-unknown",
            Self::Layout(error) => error.code(),
        }
    }
}

/// Every format, in the order in which people see them. Each has read its own examples rightly.
pub fn formats() -> Result<&'static [Box<dyn Format>], FormatError> {
    FORMATS.as_ref().map(Vec::as_slice).map_err(|error| error.clone().into())
}

/// The format with this id.
pub fn format(id: &str) -> Result<&'static dyn Format, FormatError> {
    let formats = formats()?;
    formats.iter().find(|format| format.id() == id).map(Box::as_ref).ok_or_else(|| FormatError::Unknown {
        id: id.to_owned(),
        known: formats.iter().map(|format| format.id()).collect::<Vec<_>>().join(", "),
    })
}

/// Every table layout. Each has read its own examples rightly.
pub fn tables() -> Result<&'static [TableLayout], FormatError> {
    TABLE_LAYOUTS.as_ref().map(Vec::as_slice).map_err(|error| error.clone().into())
}

/// The table layout with this id.
pub fn table(id: &str) -> Result<&'static TableLayout, FormatError> {
    let tables = tables()?;
    tables.iter().find(|table| table.id() == id).ok_or_else(|| FormatError::Unknown {
        id: id.to_owned(),
        known: tables.iter().map(TableLayout::id).collect::<Vec<_>>().join(", "),
    })
}

/// Something the program can read, for lists that show formats and table layouts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub reads: Reads,
    pub sources: &'a [String],
    pub advice: &'a [String],
}

/// Whether an exchange sends it line by line or writes it as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    Lines,
    Tables,
}

/// Every format, then every table layout.
pub fn known() -> Result<Vec<Known<'static>>, FormatError> {
    let lines = formats()?.iter().map(|format| Known {
        id: format.id(),
        name: format.name(),
        reads: Reads::Lines,
        sources: format.sources(),
        advice: format.advice(),
    });
    let tables = tables()?.iter().map(|table| Known {
        id: table.id(),
        name: table.name(),
        reads: Reads::Tables,
        sources: table.sources(),
        advice: table.advice(),
    });
    Ok(lines.chain(tables).collect())
}

fn load(layouts: &[&str]) -> Result<Vec<Box<dyn Format>>, LayoutError> {
    let mut formats: Vec<Box<dyn Format>> = Vec::with_capacity(layouts.len());
    for text in layouts {
        let layout = Layout::from_toml(text)?;
        if let Some(failure) = layout.check_examples().into_iter().next() {
            return Err(LayoutError::Example { id: layout.id().to_owned(), failure });
        }
        formats.push(Box::new(layout));
    }
    Ok(formats)
}

fn load_tables(layouts: &[&str]) -> Result<Vec<TableLayout>, LayoutError> {
    let mut tables = Vec::with_capacity(layouts.len());
    for text in layouts {
        let table = TableLayout::from_toml(text)?;
        if let Some(failure) = table.check_examples().into_iter().next() {
            return Err(LayoutError::Example { id: table.id().to_owned(), failure });
        }
        tables.push(table);
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_layout_loads_under_its_own_id() {
        let formats = formats().unwrap();
        assert_eq!(formats.len(), LAYOUTS.len());
        for known in formats {
            assert_eq!(format(known.id()).unwrap().id(), known.id());
        }
    }

    #[test]
    fn an_unknown_format_is_answered_with_the_known_ones() {
        let error = format("abacus").unwrap_err();
        assert_eq!(error.code(), "format-unknown");
        assert!(error.to_string().contains("siemens-hipath"), "{error}");
    }

    #[test]
    fn a_layout_whose_example_fails_is_not_loaded() {
        let wrong = LAYOUTS[0].replacen("talk_seconds = ", "talk_seconds = 9", 1);
        let error = load(&[&wrong]).unwrap_err();
        assert_eq!(error.code(), "layout-example");
        assert!(error.to_string().contains("talk_seconds"), "{error}");
    }
}
