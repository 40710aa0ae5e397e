//! Which numbers are extensions of the site.

use crate::pattern::Pattern;
use crate::{ExtensionShape, RulesError};

/// An `ExtensionShape`, ready to be asked.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Digits { from: usize, to: usize },
    Range { from: String, to: String },
    Pattern(Pattern),
}

/// How sure it is that a number is an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// It has as many digits as extensions have.
    Length,
    /// Somebody named these numbers.
    Named,
}

impl Shape {
    pub fn new(shape: &ExtensionShape) -> Result<Self, RulesError> {
        Ok(match shape {
            ExtensionShape::Digits { from, to } => {
                Self::Digits { from: usize::from(*from), to: usize::from(*to) }
            }
            ExtensionShape::Range { from, to } => Self::Range { from: from.clone(), to: to.clone() },
            ExtensionShape::Pattern { pattern } => Self::Pattern(Pattern::new(pattern)?),
        })
    }

    fn matches(&self, text: &str) -> bool {
        let digits = !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
        match self {
            // What begins with 0 is on its way out: a call that ended after four digits is not internal.
            Self::Digits { from, to } => {
                digits && (*from..=*to).contains(&text.len()) && !text.starts_with('0')
            }
            // Of the same length, so the order of text is that of numbers.
            Self::Range { from, to } => {
                digits && text.len() == from.len() && (from.as_str()..=to.as_str()).contains(&text)
            }
            Self::Pattern(pattern) => pattern.matches(text),
        }
    }

    fn likeness(&self) -> Likeness {
        match self {
            Self::Digits { .. } => Likeness::Length,
            Self::Range { .. } | Self::Pattern(_) => Likeness::Named,
        }
    }
}

/// The surest of the shapes that a number has.
pub(crate) fn likeness(shapes: &[Shape], text: &str) -> Option<Likeness> {
    shapes.iter().filter(|shape| shape.matches(text)).map(Shape::likeness).max()
}
