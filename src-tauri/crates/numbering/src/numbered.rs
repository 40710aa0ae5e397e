//! What a printed number turned out to be.

use serde::Serialize;

use crate::{Country, NumberClass};

/// Whose number it is. Only people dial a digit for an outside line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Dialled by somebody at the site.
    Dialled,
    /// Shown by whoever called the site.
    Caller,
}

/// What a printed number turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Numbered {
    pub class: NumberClass,
    /// `None` for extensions, for networks of no country, and where the digits do not tell.
    pub country: Option<Country>,
    /// One spelling for the same party: `+353876153281`; extensions, short numbers and what cannot be read as
    /// cleaned. Empty where no number was shown.
    pub normal: String,
    /// As people write it: `087 615 3281`.
    pub shown: String,
}

impl Numbered {
    /// Whether `normal` stands for one party, so that a call back can be told: not with digits hidden.
    pub fn names_one_party(&self) -> bool {
        !self.normal.is_empty() && !self.normal.contains('?')
    }

    /// A number that is not one of the world, shown as it is.
    pub(crate) fn plain(class: NumberClass, country: Option<Country>, text: &str) -> Self {
        Self { class, country, normal: text.to_owned(), shown: text.to_owned() }
    }
}
