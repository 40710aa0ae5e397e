//! What kind of number it is, and the word for it in files and filters.

use serde::{Deserialize, Serialize};

/// What kind of party a number reaches, as seen from the site: exactly one for each number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberClass {
    /// An extension of the site.
    Internal,
    /// A fixed line in the site's own area.
    Local,
    /// Any other ordinary number of the site's country. Where mobiles cannot be told from fixed lines, as in
    /// North America, they are here too.
    National,
    /// A mobile of the site's country.
    Mobile,
    /// A number of another country, of whatever kind, or of a network that belongs to none.
    International,
    Freephone,
    Premium,
    Emergency,
    /// Short codes, feature codes, and numbers with a tariff of their own (shared cost, personal numbers).
    Special,
    /// The caller did not want to be known.
    Hidden,
    #[default]
    Unknown,
}

/// Every class with its word in JSON, in the ledger and in filters.
const CLASSES: [(NumberClass, &str); 11] = [
    (NumberClass::Internal, "internal"),
    (NumberClass::Local, "local"),
    (NumberClass::National, "national"),
    (NumberClass::Mobile, "mobile"),
    (NumberClass::International, "international"),
    (NumberClass::Freephone, "freephone"),
    (NumberClass::Premium, "premium"),
    (NumberClass::Emergency, "emergency"),
    (NumberClass::Special, "special"),
    (NumberClass::Hidden, "hidden"),
    (NumberClass::Unknown, "unknown"),
];

impl NumberClass {
    /// Every class, in the order in which lists show them.
    pub fn all() -> impl Iterator<Item = Self> {
        CLASSES.into_iter().map(|(class, _)| class)
    }

    pub fn as_str(self) -> &'static str {
        CLASSES.iter().find(|(class, _)| *class == self).map_or("unknown", |(_, word)| word)
    }

    pub fn from_word(word: &str) -> Option<Self> {
        CLASSES.iter().find(|(_, known)| *known == word).map(|(class, _)| *class)
    }
}

impl std::fmt::Display for NumberClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
