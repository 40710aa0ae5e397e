//! The one table of formats.

use std::sync::LazyLock;

use crate::{Format, Layout, LayoutError};

/// The layouts that are shipped. A new make is a line here and a file there.
const LAYOUTS: [&str; 1] = [include_str!("../layouts/siemens-hipath.toml")];

static FORMATS: LazyLock<Result<Vec<Box<dyn Format>>, LayoutError>> = LazyLock::new(|| load(&LAYOUTS));

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
