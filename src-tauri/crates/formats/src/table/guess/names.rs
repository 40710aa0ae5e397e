//! What a column's title says, in the languages of the people who export such tables.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::titles::{OTHER_PARTY, TITLES};
use crate::table::Meaning;

/// What a title says of its column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Title {
    /// What it may mean, from 0 to 1, the likeliest first.
    pub meanings: Vec<(Meaning, f64)>,
    /// It names the unit of its durations: "Dauer (min)".
    pub unit: Option<Unit>,
    /// It does not say when in a call its stamp was taken: "date" alone.
    pub neutral: bool,
    /// It is the number of whoever is not ours.
    pub other_party: bool,
}

/// What a duration is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Minutes,
}

/// A title that is wholly one of the list.
const WHOLE: f64 = 1.0;
/// The least of a title of which one of the list is a part.
const PART: f64 = 0.35;

struct Entry {
    meaning: Meaning,
    /// Normalised words, with one blank between them.
    phrase: String,
    compact: String,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |meaning, title: &str| {
        let phrase = normalised(title);
        Entry { meaning, compact: phrase.replace(' ', ""), phrase }
    };
    TITLES
        .iter()
        .flat_map(|(meaning, titles)| titles.iter().map(move |title| entry(*meaning, title)))
        .collect()
});

static OTHER_PARTIES: LazyLock<Vec<String>> =
    LazyLock::new(|| OTHER_PARTY.iter().map(|title| normalised(title).replace(' ', "")).collect());

impl Title {
    pub fn read(title: &str) -> Self {
        let (phrase, unit) = without_unit(&normalised(title));
        if phrase.is_empty() {
            return Self { unit, ..Self::default() };
        }
        let compact = phrase.replace(' ', "");
        // "billsec", "duration_sec".
        let unit = unit.or_else(|| compact.ends_with("sec").then_some(Unit::Seconds));
        let mut best: HashMap<Meaning, f64> = HashMap::new();
        for entry in ENTRIES.iter() {
            let likeness = likeness(&phrase, &compact, entry);
            if likeness > 0.0 {
                let known = best.entry(entry.meaning).or_default();
                *known = known.max(likeness);
            }
        }
        let mut meanings: Vec<_> = best.into_iter().collect();
        meanings.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let other_party = OTHER_PARTIES.contains(&compact);
        Self { meanings, unit, neutral: NEUTRAL.contains(&compact.as_str()), other_party }
    }

    /// It is a title of the list, not only one that has a word in common with it.
    pub fn is_known(&self) -> bool {
        self.meanings.first().is_some_and(|(_, likeness)| *likeness >= WHOLE)
    }
}

/// Titles of a stamp that do not say whether the call began or ended then, normalised.
const NEUTRAL: [&str; 27] = [
    "date",
    "time",
    "datetime",
    "dateandtime",
    "dateetheure",
    "dateheure",
    "timestamp",
    "stamp",
    "calldate",
    "datum",
    "zeit",
    "datumzeit",
    "datumuhrzeit",
    "datumundzeit",
    "uhrzeit",
    "zeitpunkt",
    "zeitstempel",
    "fecha",
    "fechahora",
    "fechayhora",
    "data",
    "dataora",
    "dataeora",
    "datahora",
    "datumtijd",
    "datumochtid",
    "dataigodzina",
];

/// How far a title is one of the list: wholly, by some of its words, or as part of a longer word.
fn likeness(phrase: &str, compact: &str, entry: &Entry) -> f64 {
    if compact == entry.compact {
        return WHOLE;
    }
    let share = ratio(entry.compact.chars().count(), compact.chars().count());
    let letters = entry.compact.chars().count();
    if letters >= 3 && format!(" {phrase} ").contains(&format!(" {} ", entry.phrase)) {
        return PART + (0.9 - PART) * share;
    }
    // German, Dutch and the northern languages write compounds: "anrufbeginn" holds "beginn".
    if letters >= 5 && compact.contains(&entry.compact) {
        return PART + (0.75 - PART) * share;
    }
    0.0
}

/// Lower case, words with one blank between them, accents left out; "ae" and "ä" are the same.
fn normalised(title: &str) -> String {
    let mut words = String::with_capacity(title.len());
    let mut before = ' ';
    for letter in title.chars() {
        let starts_word = letter.is_uppercase() && before.is_lowercase();
        let changes_kind = letter.is_ascii_digit() != before.is_ascii_digit() && before.is_alphanumeric();
        if (starts_word || changes_kind) && letter.is_alphanumeric() {
            words.push(' ');
        }
        match letter {
            _ if letter.is_alphanumeric() => {
                letter.to_lowercase().for_each(|letter| plain(letter, &mut words));
            }
            // Combining accents of decomposed text.
            '\u{300}'..='\u{36f}' | '\'' | '’' => {}
            '[' | '(' => words.push_str(" ( "),
            _ => words.push(' '),
        }
        before = letter;
    }
    let joined = words.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(letter: char, into: &mut String) {
    let plain = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ё' => "е",
        _ => return into.push(letter),
    };
    into.push_str(plain);
}

/// Words that name a unit, normalised.
const SECONDS: [&str; 14] = [
    "s", "sec", "secs", "second", "seconds", "sek", "sekunden", "secondes", "segundos", "secondi",
    "seconden", "segs", "sekund", "sekunder",
];
const MINUTES: [&str; 9] =
    ["min", "mins", "minute", "minutes", "minuten", "minutos", "minuti", "minut", "minutter"];

/// The title without the unit at its end, and the unit: "duration ( s" or "talk time sec".
fn without_unit(phrase: &str) -> (String, Option<Unit>) {
    let (title, bracketed) =
        phrase.split_once('(').map_or((phrase, ""), |(title, rest)| (title.trim(), rest.trim()));
    let unit_of = |word: &str| match word {
        _ if SECONDS.contains(&word) => Some(Unit::Seconds),
        _ if MINUTES.contains(&word) => Some(Unit::Minutes),
        _ => None,
    };
    if let Some(unit) = bracketed.split(' ').find_map(unit_of) {
        return (title.to_owned(), Some(unit));
    }
    let words: Vec<_> = title.split(' ').collect();
    if let [first @ .., last] = words.as_slice()
        && let Some(unit) = unit_of(last)
    {
        let first: Vec<_> =
            first.iter().filter(|word| !matches!(**word, "in" | "en" | "em" | "w")).copied().collect();
        let title = if first.is_empty() { title.to_owned() } else { first.join(" ") };
        return (title, Some(unit));
    }
    // "h:mm:ss" in brackets and other remarks are no part of the name.
    let title = if title.is_empty() { bracketed } else { title };
    (title.replace('(', "").trim().to_owned(), None)
}

#[expect(clippy::cast_precision_loss, reason = "lengths of titles")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(title: &str) -> Option<Meaning> {
        Title::read(title).meanings.first().map(|(meaning, _)| *meaning)
    }

    #[test]
    fn titles_are_known_however_they_are_written() {
        for title in ["Caller ID Number", "caller_id_number", "callerIdNumber", "CALLER-ID NUMBER"] {
            assert_eq!(best(title), Some(Meaning::Caller), "{title}");
        }
        for title in ["Gesprächszeit", "GESPRAECHSZEIT", "Gespra\u{308}chszeit"] {
            assert_eq!(best(title), Some(Meaning::Talk), "{title}");
        }
    }

    #[test]
    fn titles_of_many_languages_are_known() {
        use Meaning::{Called, Caller, Date, Start, Time, Total};
        let cases = [
            ("Anrufer", Caller),
            ("appelant", Caller),
            ("origen", Caller),
            ("chiamante", Caller),
            ("beller", Caller),
            ("chamador", Caller),
            ("dzwoniący", Caller),
            ("uppringare", Caller),
            ("appelé", Called),
            ("destino", Called),
            ("chiamato", Called),
            ("Anrufbeginn", Start),
            ("durée", Total),
            ("Czas trwania", Total),
            ("Varighed", Total),
            ("Datum", Date),
            ("Uhrzeit", Time),
        ];
        for (title, meaning) in cases {
            let read = Title::read(title);
            // What a column holds decides between meanings of the same title.
            assert!(read.meanings.contains(&(meaning, WHOLE)), "{title}: {read:?}");
        }
    }

    #[test]
    fn units_stand_behind_titles() {
        assert_eq!(Title::read("Dauer (min)").unit, Some(Unit::Minutes));
        assert_eq!(Title::read("duration_sec").unit, Some(Unit::Seconds));
        assert_eq!(Title::read("Durée en secondes").unit, Some(Unit::Seconds));
        assert_eq!(Title::read("Duration").unit, None);
        assert_eq!(best("Talk time [s]"), Some(Meaning::Talk));
        assert_eq!(best("Duration (hh:mm:ss)"), Some(Meaning::Total));
    }

    #[test]
    fn a_title_of_something_else_means_nothing() {
        assert_eq!(best("Shoe size"), None);
        assert_eq!(best(""), None);
        assert_eq!(best("()"), None);
    }
}
