//! The rules of a site, ready to read numbers: the order of the steps is here and nowhere else.

use crate::clean::{Cleaned, clean};
use crate::dialling::{Dialling, Found, How};
use crate::extension::{Likeness, Shape, likeness};
use crate::hidden::{Guess, guesses};
use crate::meaning;
use crate::rewrite::{Change, rewritten};
use crate::short::ShortNumbers;
use crate::trace::{Notes, Trace};
use crate::world::Fit;
use crate::{Country, NumberClass, Numbered, RulesError, Side, SiteRules, SpecialNumber};

/// The rules of a site, ready to read numbers.
#[derive(Debug, Clone)]
pub struct Plan {
    dialling: Dialling,
    /// Longest first.
    outside_line: Vec<String>,
    extensions: Vec<Shape>,
    changes: Vec<Change>,
    special: Vec<SpecialNumber>,
    short: ShortNumbers,
}

impl Plan {
    pub fn new(rules: &SiteRules) -> Result<Self, RulesError> {
        rules.check()?;
        let home = rules.home()?;
        let short = ShortNumbers::of(home.country);
        let changes = rules.rewrites.iter().filter(|rewrite| rewrite.enabled);
        Ok(Self {
            dialling: Dialling {
                home,
                area_code: rules.area_code.clone(),
                trunk_prefix: rules.trunk_prefix.clone(),
                international_prefix: longest_first(&rules.international_prefix),
                prints_what_was_dialled: !rules.outside_line.is_empty(),
            },
            outside_line: longest_first(&rules.outside_line),
            extensions: rules.extensions.iter().map(Shape::new).collect::<Result<_, _>>()?,
            changes: changes.map(Change::new).collect::<Result<_, _>>()?,
            special: rules.special.clone(),
            short,
        })
    }

    /// What a printed number is.
    pub fn number(&self, printed: &str, side: Side) -> Numbered {
        self.read(printed, side, &mut Notes::none())
    }

    /// The same, with every step that led there.
    pub fn trace(&self, printed: &str, side: Side) -> Trace {
        let mut notes = Notes::taken();
        let result = self.read(printed, side, &mut notes);
        Trace { steps: notes.into_steps(), result }
    }

    /// Whether `text` is an extension of the site. Emergency numbers never are, whatever shape extensions have.
    pub fn is_extension(&self, text: &str) -> bool {
        // Asked twice for every row of an import, and nearly all begin and end with a letter or digit: nothing to trim.
        let visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let bytes = text.as_bytes();
        let text = if visible(bytes.first()) && visible(bytes.last()) { text } else { text.trim() };
        match self.own_special(text) {
            Some(special) => special.class == NumberClass::Internal,
            None => likeness(&self.extensions, text).is_some() && !self.short.is_emergency(text),
        }
    }

    fn read(&self, printed: &str, side: Side, notes: &mut Notes) -> Numbered {
        let text = match cleaned(printed, notes) {
            Ok(text) => text,
            Err(numbered) => return numbered,
        };
        let text = rewritten(&self.changes, text, side, notes);
        let (text, outside) = self.without_outside_line(&text, side, notes);
        self.as_short(text, side, outside, notes)
            .or_else(|| self.as_extension(text, outside, notes))
            .unwrap_or_else(|| self.as_world_number(text, side, notes))
    }

    /// The number behind the outside line digit, and whether there was one.
    fn without_outside_line<'a>(&self, text: &'a str, side: Side, notes: &mut Notes) -> (&'a str, bool) {
        if side == Side::Caller {
            return (text, false);
        }
        let mut behind =
            self.outside_line.iter().filter_map(|prefix| Some((prefix, text.strip_prefix(prefix.as_str())?)));
        match behind.find(|(_, rest)| self.is_outside_number(text, rest)) {
            Some((prefix, rest)) => {
                notes
                    .add("outside-line", text, rest, || format!("{prefix} was dialled for an outside line."));
                (rest, true)
            }
            None => (text, false),
        }
    }

    /// Whether the digit before `rest` was for an outside line: exchanges differ in whether they print it, so
    /// numbers may begin with the same digit. An emergency is never missed, whichever way it was dialled.
    fn is_outside_number(&self, whole: &str, rest: &str) -> bool {
        if rest.is_empty() || self.own_special(whole).is_some() {
            return false;
        }
        if self.own_special(rest).is_some() || self.short.is_emergency(rest) {
            return true;
        }
        let extension = likeness(&self.extensions, whole);
        if self.short.is_emergency(whole) || extension == Some(Likeness::Named) {
            return false;
        }
        if self.short.is_service(rest) {
            return true;
        }
        if extension.is_some() {
            return false;
        }
        let Some(rest) = self.guess(rest) else { return false };
        if rest.is_valid() {
            return true;
        }
        match self.guess(whole) {
            Some(whole) if whole.is_valid() && whole.how != How::CallingCode => false,
            // Too short, too long or in a new range, but begun as an outside number is.
            _ if meaning::has_prefix(rest.how) => true,
            whole => {
                rest.number.fit != Fit::Wrong && whole.is_none_or(|whole| whole.number.fit == Fit::Wrong)
            }
        }
    }

    fn guess(&self, dialled: &str) -> Option<Found> {
        if dialled.contains('?') {
            guesses(&self.dialling, dialled, Side::Dialled).into_iter().next().map(|guess| guess.found)
        } else {
            self.find(dialled, Side::Dialled)
        }
    }

    fn find(&self, text: &str, side: Side) -> Option<Found> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let number = !digits.is_empty() && digits.bytes().all(|letter| letter.is_ascii_digit());
        number.then(|| self.dialling.find(text, side)).flatten()
    }

    fn as_short(&self, text: &str, side: Side, outside: bool, notes: &mut Notes) -> Option<Numbered> {
        let (class, because) = if let Some(special) = self.own_special(text) {
            (special.class, "a short number of the site")
        } else if self.short.is_emergency(text) {
            (NumberClass::Emergency, "an emergency number")
        } else if self.short.is_service(text) && self.reaches_service(text, side, outside) {
            (NumberClass::Special, "a short number of the country")
        } else if text.contains(['*', '#']) && likeness(&self.extensions, text).is_none() {
            (NumberClass::Special, "a code for the exchange or the network")
        } else {
            return None;
        };
        notes.add("short-number", text, text, || format!("{text} is {because}."));
        let ours = class == NumberClass::Internal || text.contains(['*', '#']);
        Some(Numbered::plain(class, (!ours).then_some(self.country()), text))
    }

    fn own_special(&self, text: &str) -> Option<&SpecialNumber> {
        self.special.iter().find(|special| special.number == text)
    }

    /// 101 is the police in Britain, and extension 101 in many an office. It is the office's if somebody named its
    /// extensions, if there is a digit for an outside line and it was not dialled, and if it calls.
    fn reaches_service(&self, text: &str, side: Side, outside: bool) -> bool {
        match likeness(&self.extensions, text) {
            _ if outside => true,
            None => true,
            Some(Likeness::Named) => false,
            Some(Likeness::Length) => side == Side::Dialled && self.outside_line.is_empty(),
        }
    }

    fn as_extension(&self, text: &str, outside: bool, notes: &mut Notes) -> Option<Numbered> {
        let likeness = likeness(&self.extensions, text).filter(|_| !outside)?;
        notes.add("extension", text, text, || match likeness {
            Likeness::Named => format!("{text} is one of the site's extensions."),
            Likeness::Length => format!("Extensions of the site have as many digits as {text}."),
        });
        Some(Numbered::plain(NumberClass::Internal, None, text))
    }

    fn as_world_number(&self, text: &str, side: Side, notes: &mut Notes) -> Numbered {
        if text.contains('?') {
            let guesses = guesses(&self.dialling, text, side);
            return self.agreement(text, &guesses, notes);
        }
        let Some(found) = self.find(text, side) else {
            notes.add("lookup", text, text, || "No country has numbers like this.".to_owned());
            return Numbered::plain(NumberClass::Unknown, None, text);
        };
        meaning::explain_prefixes(text, &found, notes);
        let numbered = meaning::of(text, &found, &self.dialling);
        notes.add("lookup", &numbered.normal, &numbered.normal, || meaning::sentence(&found, &numbered));
        numbered
    }

    /// What all guesses agree on.
    fn agreement(&self, text: &str, guesses: &[Guess], notes: &mut Notes) -> Numbered {
        let mut meanings = guesses.iter().map(|guess| {
            let Numbered { class, country, .. } = meaning::of(text, &guess.found, &self.dialling);
            (class, country, guess.spelling(text))
        });
        let (mut class, mut country, mut normal) =
            meanings.next().unwrap_or((NumberClass::Unknown, None, text.to_owned()));
        for (other_class, other_country, other_normal) in meanings {
            class = if class == other_class { class } else { NumberClass::Unknown };
            country = country.filter(|country| Some(*country) == other_country);
            normal = if normal == other_normal { normal } else { text.to_owned() };
        }
        notes.add("lookup", text, &normal, || {
            let country = country.map_or("no one country", Country::name);
            format!("Some digits are hidden; those shown belong to {country}, class {class}.")
        });
        Numbered { class, country, shown: text.to_owned(), normal }
    }

    fn country(&self) -> Country {
        self.dialling.home.country
    }
}

fn longest_first(prefixes: &[String]) -> Vec<String> {
    let mut sorted = prefixes.to_vec();
    sorted.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
    sorted
}

/// The digits of what was printed, or what it is if it has none.
fn cleaned(printed: &str, notes: &mut Notes) -> Result<String, Numbered> {
    match clean(printed) {
        Cleaned::Number(digits) => {
            if digits != printed {
                notes.add("clean", printed, &digits, || {
                    "What stands around the digits is left out.".to_owned()
                });
            }
            Ok(digits)
        }
        Cleaned::Nothing => {
            notes.add("clean", printed, "", || "No number was printed.".to_owned());
            Err(Numbered::default())
        }
        Cleaned::Withheld => {
            notes.add("clean", printed, "", || "The number was withheld.".to_owned());
            Err(Numbered {
                class: NumberClass::Hidden,
                shown: printed.trim().to_owned(),
                ..Numbered::default()
            })
        }
        Cleaned::Text(text) => {
            notes.add("clean", printed, &text, || {
                "There are letters in it, so it is a name rather than a number.".to_owned()
            });
            Err(Numbered { shown: printed.trim().to_owned(), normal: text, ..Numbered::default() })
        }
    }
}
