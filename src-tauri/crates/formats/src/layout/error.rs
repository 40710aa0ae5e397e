//! What is wrong with a layout, and where.

use std::ops::Range;

/// Why a layout cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// Not TOML, or not the keys and values of a layout.
    #[error("line {line}: {message}")]
    Syntax { line: usize, message: String },
    /// Well written, but it cannot be: overlapping columns, a missing date.
    #[error("line {line}: {message}")]
    Meaning { line: usize, message: String },
    /// It does not read its own example as it says.
    #[error("{id}, {failure}")]
    Example { id: String, failure: ExampleFailure },
}

impl LayoutError {
    /// Stable: `layout-syntax`, `layout-meaning`, `layout-example`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "layout-syntax",
            Self::Meaning { .. } => "layout-meaning",
            Self::Example { .. } => "layout-example",
        }
    }

    pub(crate) fn syntax(text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(1, |span| line_of(text, &span));
        Self::Syntax { line, message: error.message().to_owned() }
    }

    pub(crate) fn meaning(text: &str, span: &Range<usize>, message: String) -> Self {
        Self::Meaning { line: line_of(text, span), message }
    }
}

/// An example that was read otherwise than the layout says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("example {number} (line {line}, {about}): {}", .differences.join("; "))]
pub struct ExampleFailure {
    /// Counted from 1 in the order of the file.
    pub number: usize,
    /// The line of the layout at which the example begins.
    pub line: usize,
    pub about: String,
    /// `talk_seconds: expected 9, read 11`.
    pub differences: Vec<String>,
}

impl ExampleFailure {
    /// Those of the examples, with what each is about, that were read with differences; `lines` are where they begin.
    pub(crate) fn among<'a>(
        examples: impl Iterator<Item = (&'a String, Vec<String>)>,
        lines: &[usize],
    ) -> Vec<Self> {
        let numbered = examples.zip(lines).zip(1..);
        numbered
            .filter(|(((_, differences), _), _)| !differences.is_empty())
            .map(|(((about, differences), &line), number)| Self {
                number,
                line,
                about: about.clone(),
                differences,
            })
            .collect()
    }
}

/// The line, counted from 1, on which a span of `text` begins.
pub(crate) fn line_of(text: &str, span: &Range<usize>) -> usize {
    let end = span.start.min(text.len());
    1 + text.get(..end).map_or(0, |before| before.matches('\n').count())
}
