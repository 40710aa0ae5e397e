//! Which calls are meant, as arguments of `calls`.

use std::str::FromStr;

use ::app::views::{CallFilter, Comparison, DurationFilter, DurationOf, PartyFilter, PartyMatch};
use clap::{Args, ValueEnum};

/// What every call must have.
#[derive(Debug, Args)]
pub(crate) struct Narrowing {
    /// Only calls of this number, name or extension, however it is printed
    #[arg(long, value_name = "TEXT")]
    pub party: Option<String>,
    /// How --party is compared; for a list: several, apart by commas
    #[arg(long, value_name = "HOW", value_enum, default_value = "contains", requires = "party")]
    pub party_how: PartyHow,
    /// Only calls to this number of yours
    #[arg(long, value_name = "NUMBER")]
    pub did: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub account_code: Option<String>,
    #[arg(long)]
    pub queue: Option<String>,
    /// Only calls whose outside number is of one of these classes: mobile, international …
    #[arg(long, value_delimiter = ',', value_parser = class)]
    pub class: Vec<String>,
    /// Only calls whose outside number is of one of these countries: IE, GB …
    #[arg(long, value_name = "ISO", value_delimiter = ',', value_parser = country)]
    pub country: Vec<String>,
    /// Only calls with all of these tags
    #[arg(long, value_delimiter = ',')]
    pub tag: Vec<String>,
    /// Only calls of which one of these outcome codes was said
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub outcome_code: Vec<String>,
    /// Only calls with a note
    #[arg(long)]
    pub noted: bool,
    /// Only calls with a recording, or only those without one
    #[arg(long, value_name = "YES|NO", value_enum)]
    pub recording: Option<YesOrNo>,
    /// Only calls with so many seconds of talk: '>=30', '<=30' or '=30'; calls of which it is not known are left out
    #[arg(long, value_name = "BOUND")]
    pub talk: Vec<Bound>,
    #[arg(long, value_name = "BOUND")]
    pub wait: Vec<Bound>,
    #[arg(long, value_name = "BOUND")]
    pub ring: Vec<Bound>,
    #[arg(long, value_name = "BOUND")]
    pub total: Vec<Bound>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesOrNo {
    Yes,
    No,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartyHow {
    Exactly,
    Begins,
    Contains,
    Ends,
    List,
}

/// `>=30`, `<=30`, `=30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bound {
    comparison: Comparison,
    seconds: u32,
}

impl FromStr for Bound {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let signs = [(">=", Comparison::AtLeast), ("<=", Comparison::AtMost), ("=", Comparison::Exactly)];
        let (comparison, rest) = signs
            .into_iter()
            .find_map(|(sign, comparison)| Some((comparison, text.strip_prefix(sign)?)))
            .ok_or_else(|| "a bound begins with >=, <= or =, and the shell wants it in quotes".to_owned())?;
        let seconds =
            rest.trim().parse().map_err(|_| format!("{} is not a number of seconds", rest.trim()))?;
        Ok(Self { comparison, seconds })
    }
}

impl Narrowing {
    /// Narrows a filter by what was asked for.
    pub fn narrow(&self, filter: &mut CallFilter) {
        let how = match self.party_how {
            PartyHow::Exactly => PartyMatch::Exactly,
            PartyHow::Begins => PartyMatch::Begins,
            PartyHow::Contains => PartyMatch::Contains,
            PartyHow::Ends => PartyMatch::Ends,
            PartyHow::List => PartyMatch::List,
        };
        filter.party = self.party.clone().map(|text| PartyFilter { how, text });
        filter.did.clone_from(&self.did);
        filter.account_code.clone_from(&self.account_code);
        filter.queue.clone_from(&self.queue);
        filter.classes.clone_from(&self.class);
        filter.countries.clone_from(&self.country);
        filter.tags.clone_from(&self.tag);
        filter.outcome_codes.clone_from(&self.outcome_code);
        filter.noted = self.noted;
        filter.recorded = self.recording.map(|wanted| wanted == YesOrNo::Yes);
        for (of, bounds) in [
            (DurationOf::Talk, &self.talk),
            (DurationOf::Wait, &self.wait),
            (DurationOf::Ring, &self.ring),
            (DurationOf::Total, &self.total),
        ] {
            let bounds = bounds.iter().map(|bound| DurationFilter {
                of,
                comparison: bound.comparison,
                seconds: bound.seconds,
            });
            filter.durations.extend(bounds);
        }
    }
}

fn class(word: &str) -> Result<String, String> {
    let known = ::numbering::NumberClass::from_word(word).is_some();
    let all = || {
        let words: Vec<&str> =
            ::numbering::NumberClass::all().map(::numbering::NumberClass::as_str).collect();
        format!("there is no class {word}; classes are {}", words.join(", "))
    };
    known.then(|| word.to_owned()).ok_or_else(all)
}

fn country(word: &str) -> Result<String, String> {
    let word = word.to_uppercase();
    let unknown = || format!("there is no country {word}; countries are written as IE, GB, DE");
    ::numbering::Country::new(&word).map(|country| country.as_str().to_owned()).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_or_told_what_is_wrong() {
        let bound = |comparison, seconds| Ok(Bound { comparison, seconds });
        assert_eq!(">=30".parse(), bound(Comparison::AtLeast, 30));
        assert_eq!("<= 5".parse(), bound(Comparison::AtMost, 5));
        assert_eq!(" =0".parse(), bound(Comparison::Exactly, 0));
        for odd in ["30", "", ">30", ">=", ">=-1", "=1.5"] {
            assert!(odd.parse::<Bound>().is_err(), "{odd}");
        }
    }
}
