//! From digits to a number of the world: international prefix, trunk prefix, own area.

use crate::Side;
use crate::world::{Fit, Home, Kind, WorldNumber, Written, read};

/// What stands before numbers at the site.
#[derive(Debug, Clone)]
pub(crate) struct Dialling {
    pub home: Home,
    pub area_code: Option<String>,
    /// `None`: the country's own.
    pub trunk_prefix: Option<String>,
    /// Longest first. Empty: the country's own.
    pub international_prefix: Vec<String>,
    /// Whether people dial a digit for an outside line: then exchanges print what was dialled, prefixes and all.
    pub prints_what_was_dialled: bool,
}

/// A number of the world, and how the digits were read to find it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub number: WorldNumber,
    pub how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Plus,
    InternationalPrefix,
    TrunkPrefix,
    /// A number of the own area, without its area code.
    OwnArea,
    /// A national number, with nothing before it.
    Bare,
    /// An international number, with nothing before it.
    CallingCode,
}

/// Shorter numbers without prefix are never taken for international ones.
const SHORTEST_WITHOUT_PREFIX: usize = 9;

impl Found {
    pub fn is_valid(&self) -> bool {
        self.number.fit == Fit::Valid
    }
}

impl Dialling {
    /// Reads digits, perhaps behind a +. Prefixes that were dialled come first. Without one, what was dialled is a
    /// number of the own area if it can be, as the exchange would take it; a caller's is a number of the country,
    /// since carriers leave the trunk prefix off.
    pub fn find(&self, text: &str, side: Side) -> Option<Found> {
        if text.starts_with('+') {
            return Some(Found { number: read(text, &self.home)?, how: How::Plus });
        }
        if let Some(found) = self.behind_own_prefix(text) {
            return Some(found);
        }
        let national = self.national(text);
        let how = national.as_ref().map(|found| found.how);
        let valid = national.as_ref().is_some_and(Found::is_valid);
        if how == Some(How::InternationalPrefix)
            || valid && (how == Some(How::TrunkPrefix) || side == Side::Caller)
        {
            return national;
        }
        // Nobody in an area has a number that begins with the trunk prefix: the exchange would not wait for it.
        if how != Some(How::TrunkPrefix)
            && let Some(found) = self.within_area(text)
        {
            return Some(found);
        }
        if valid {
            return national;
        }
        if side == Side::Dialled && self.prints_what_was_dialled {
            return national;
        }
        self.without_plus(text).or(national)
    }

    /// The site's international prefixes, where it has its own.
    fn behind_own_prefix(&self, text: &str) -> Option<Found> {
        let rest = self.international_prefix.iter().find_map(|prefix| text.strip_prefix(prefix.as_str()))?;
        let number = read(&format!("+{rest}"), &self.home)?;
        Some(Found { number, how: How::InternationalPrefix })
    }

    /// As a number of the country, or an international one by the country's own prefix.
    fn national(&self, text: &str) -> Option<Found> {
        let Some(trunk) = &self.trunk_prefix else { return self.by_plan_of_country(text) };
        let behind_trunk = text.strip_prefix(trunk.as_str()).filter(|_| !trunk.is_empty());
        let how = if behind_trunk.is_some() { How::TrunkPrefix } else { How::Bare };
        let number = self.national_number(behind_trunk.unwrap_or(text))?;
        let international = || self.by_plan_of_country(text).filter(|f| f.how == How::InternationalPrefix);
        if number.fit == Fit::Valid { None } else { international() }.or(Some(Found { number, how }))
    }

    fn by_plan_of_country(&self, text: &str) -> Option<Found> {
        let number = read(text, &self.home)?;
        // The library leaves the prefix where the rest is no number; so 0861 would be one with a zero in it.
        if number.written == Written::Home
            && number.fit != Fit::Valid
            && number.national == text
            && let Some(rest) = self.behind_trunk_of_country(text)
        {
            return Some(Found { number: self.national_number(rest)?, how: How::TrunkPrefix });
        }
        let how = match number.written {
            Written::Prefix if !self.international_prefix.is_empty() => return None,
            Written::Prefix => How::InternationalPrefix,
            Written::Plus => How::Plus,
            Written::CodeAlone => How::CallingCode,
            Written::Home if number.national == text => How::Bare,
            Written::Home => How::TrunkPrefix,
        };
        Some(Found { number, how })
    }

    fn behind_trunk_of_country<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.strip_prefix(self.home.trunk_prefix.as_str()).filter(|rest| rest.len() < text.len())
    }

    fn national_number(&self, digits: &str) -> Option<WorldNumber> {
        read(&format!("+{}{digits}", self.home.calling_code), &self.home)
    }

    /// Fixed lines only: 1 is Dublin, but 1800 is not Dublin's 800.
    fn within_area(&self, text: &str) -> Option<Found> {
        let area = self.area_code.as_ref()?;
        let number = self.national_number(&format!("{area}{text}"))?;
        let fits = number.fit == Fit::Valid && number.kind == Kind::Fixed;
        let whole = number.national.strip_prefix(area.as_str()) == Some(text);
        (fits && whole).then_some(Found { number, how: How::OwnArea })
    }

    /// SIP carriers print 353876153281 for +353876153281.
    fn without_plus(&self, text: &str) -> Option<Found> {
        let long_enough = text.len() >= SHORTEST_WITHOUT_PREFIX && !text.starts_with('0');
        let number = long_enough.then(|| read(&format!("+{text}"), &self.home)).flatten()?;
        (number.fit == Fit::Valid).then_some(Found { number, how: How::CallingCode })
    }
}
