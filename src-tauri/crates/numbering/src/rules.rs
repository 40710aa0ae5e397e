//! The dial rules of one site, as people write them and files keep them.

use serde::{Deserialize, Serialize};

use crate::country::Country;
use crate::pattern::Pattern;
use crate::world::Home;
use crate::{NumberClass, RulesError, Side};

/// The dial rules of one site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteRules {
    /// The site's country, by the two letters of ISO 3166: `IE`.
    pub country: String,
    /// The site's own area code without the trunk prefix: `1` for Dublin.
    pub area_code: Option<String>,
    /// What is dialled for an outside line: `9`. Taken off dialled numbers only.
    pub outside_line: Vec<String>,
    /// What stands before a national number. `None`: the country's own (`0` in Ireland); empty: nothing does.
    pub trunk_prefix: Option<String>,
    /// What stands before an international number. Empty: the country's own (`00` in Ireland).
    pub international_prefix: Vec<String>,
    pub extensions: Vec<ExtensionShape>,
    /// All that apply are made, one after another, in this order.
    pub rewrites: Vec<Rewrite>,
    /// The site's own short numbers; they win over everything else.
    pub special: Vec<SpecialNumber>,
}

/// What extensions of the site look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ExtensionShape {
    /// Anything of so many digits that does not begin with 0. Short numbers of the country win over this one.
    Digits { from: u8, to: u8 },
    /// From the first to the last, both included; both have the same number of digits.
    Range { from: String, to: String },
    /// `7XX`: X is any digit, Z is 1 to 9, N is 2 to 9, a full stop at the end is all that follows.
    Pattern { pattern: String },
}

/// A change made to a number before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rewrite {
    pub enabled: bool,
    pub applies: Applies,
    pub matching: Matching,
    pub pattern: String,
    /// Takes the place of what was found; empty removes it.
    pub replace_with: String,
    /// Why the rule is there, in the words of whoever made it.
    pub note: String,
}

impl Default for Rewrite {
    fn default() -> Self {
        Self {
            enabled: true,
            applies: Applies::Both,
            matching: Matching::BeginsWith,
            pattern: String::new(),
            replace_with: String::new(),
            note: String::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    Dialled,
    Caller,
    #[default]
    Both,
}

impl Applies {
    pub(crate) fn to(self, side: Side) -> bool {
        match self {
            Self::Dialled => side == Side::Dialled,
            Self::Caller => side == Side::Caller,
            Self::Both => true,
        }
    }
}

/// Where a rewrite looks, and what it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matching {
    /// Replaces the beginning.
    #[default]
    BeginsWith,
    /// Replaces the end.
    EndsWith,
    /// Replaces the whole number.
    Exact,
    /// Numbers of a pattern, `8X.`; replaces what stands before its first X, Z, N or full stop.
    Pattern,
}

/// A short number of the site or of its exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialNumber {
    /// As dialled behind the outside line digit: `1300`, `*47`.
    pub number: String,
    pub class: NumberClass,
    #[serde(default)]
    pub note: String,
}

/// The longest extension a shape by number of digits may name: beyond it are the numbers of the world.
const LONGEST_EXTENSION: u8 = 7;

impl SiteRules {
    /// What fits most sites of a country: its own prefixes, and extensions of two to five digits.
    pub fn for_country(iso2: &str) -> Self {
        Self {
            country: iso2.trim().to_ascii_uppercase(),
            extensions: vec![ExtensionShape::Digits { from: 2, to: 5 }],
            ..Self::default()
        }
    }

    /// The first thing that is wrong with the rules.
    pub fn check(&self) -> Result<(), RulesError> {
        self.home()?;
        digits("area code", self.area_code.iter())?;
        digits("outside line", self.outside_line.iter())?;
        digits("trunk prefix", self.trunk_prefix.iter().filter(|prefix| !prefix.is_empty()))?;
        digits("international prefix", self.international_prefix.iter())?;
        self.extensions.iter().try_for_each(ExtensionShape::check)?;
        self.rewrites.iter().try_for_each(Rewrite::check)?;
        match self.special.iter().find(|special| !is_dialable(&special.number)) {
            Some(special) => Err(RulesError::ShortNumber(special.number.clone())),
            None => Ok(()),
        }
    }

    pub(crate) fn home(&self) -> Result<Home, RulesError> {
        Country::new(&self.country)
            .and_then(Home::of)
            .ok_or_else(|| RulesError::Country(self.country.clone()))
    }
}

impl ExtensionShape {
    fn check(&self) -> Result<(), RulesError> {
        match self {
            Self::Digits { from, to } if *from == 0 || from > to || *to > LONGEST_EXTENSION => {
                Err(RulesError::ExtensionDigits { from: *from, to: *to, longest: LONGEST_EXTENSION })
            }
            Self::Range { from, to }
                if from.len() != to.len() || from > to || !is_digits(from) || !is_digits(to) =>
            {
                Err(RulesError::ExtensionRange { from: from.clone(), to: to.clone() })
            }
            Self::Pattern { pattern } => Pattern::new(pattern).map(drop),
            Self::Digits { .. } | Self::Range { .. } => Ok(()),
        }
    }
}

impl Rewrite {
    fn check(&self) -> Result<(), RulesError> {
        let replacement = self.replace_with.is_empty() || is_dialable(&self.replace_with);
        match self.matching {
            _ if !replacement => Err(RulesError::Rewrite(self.replace_with.clone())),
            Matching::Pattern => Pattern::new(&self.pattern).map(drop),
            _ if is_dialable(&self.pattern) => Ok(()),
            _ => Err(RulesError::Rewrite(self.pattern.clone())),
        }
    }
}

fn digits<'a>(what: &'static str, mut texts: impl Iterator<Item = &'a String>) -> Result<(), RulesError> {
    match texts.find(|text| !is_digits(text)) {
        Some(text) => Err(RulesError::Digits { what, text: text.clone() }),
        None => Ok(()),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit())
}

fn is_dialable(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit() || b"+*#".contains(&letter))
}
