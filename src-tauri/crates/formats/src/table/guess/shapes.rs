//! What the cells of a column look like.

use std::collections::HashSet;

use super::dates::{Printed, clock, printed};

/// What one cell may be, by its letters alone; it may be several of these.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says what the cell may be; it may be all of them")]
pub(super) struct Cell {
    pub moment: Option<Printed>,
    /// Seconds since 1970, where a number can be that.
    pub epoch: Option<f64>,
    /// Seconds, of `00:01:20`, `1:20`, `1m 20s`.
    pub length: Option<f64>,
    /// A number without sign, of at most seven digits.
    pub whole: Option<u32>,
    /// A number with a fraction, or with a sign of a currency.
    pub decimal: bool,
    pub phone: bool,
    /// Two to six digits, as extensions have.
    pub short: bool,
    /// Letters and blanks, some of them small: "Anna Berg".
    pub name: bool,
    /// One word or a few, without digits: "NO ANSWER".
    pub word: bool,
    /// A long mark without meaning: a uuid, `1386092800.0`.
    pub id: bool,
    /// `SIP/100-0000001a`.
    pub channel: bool,
    /// `"Anna" <100>`.
    pub caller_text: bool,
}

/// Counts over the cells of a column that are not blank.
#[derive(Debug, Clone, Default)]
pub(super) struct Shapes {
    pub rows: usize,
    pub filled: usize,
    pub distinct: usize,
    pub date_times: usize,
    pub dates: usize,
    pub clocks: usize,
    /// Clocks of six o'clock and later, which durations seldom are.
    pub late_clocks: usize,
    pub epochs: usize,
    /// Years between the first and the last epoch: numbers that lie far apart are telephone numbers.
    pub epoch_years: f64,
    pub lengths: usize,
    pub wholes: usize,
    pub decimals: usize,
    /// Telephone numbers and extensions.
    pub numbers: usize,
    pub phones: usize,
    pub shorts: usize,
    pub names: usize,
    pub words: usize,
    pub ids: usize,
    pub channels: usize,
    pub caller_texts: usize,
    /// Whole numbers that go up by one from row to row.
    pub steps: usize,
    /// Lengths of the whole numbers' digits that occur.
    pub widths: usize,
    pub zeros: usize,
    pub with_plus_or_zero: usize,
    pub values: HashSet<String>,
}

/// Distinct values that are kept to look words up.
const KEPT_VALUES: usize = 24;

impl Cell {
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        let all_digits = digits == text.len() && digits > 0;
        let moment = printed(text);
        let whole = if all_digits && digits <= 7 { text.parse().ok() } else { None };
        Self {
            moment,
            epoch: epoch(text),
            length: length(text),
            whole,
            decimal: is_decimal(text, digits, letters),
            phone: moment.is_none() && is_phone(text, digits),
            short: all_digits && (2..=6).contains(&digits),
            name: is_name(text, digits, letters),
            word: digits == 0
                && letters > 0
                && letters + 6 >= text.chars().count()
                && text.chars().count() <= 40,
            id: is_id(text, digits, letters),
            channel: is_channel(text),
            caller_text: text.ends_with('>') && text.contains('<') && !text.contains("://"),
        }
    }
}

/// Seconds, milliseconds or microseconds since 1970, of 2000 to 2033: North American telephone numbers, which have
/// ten digits too, begin at 2,010,000,000.
fn epoch(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.len();
    // One digit or two behind it make it the id of a channel.
    if !matches!(fraction.len(), 0 | 3 | 6 | 9) {
        return None;
    }
    if !matches!(digits, 9 | 10 | 13 | 16) || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    let seconds = match digits {
        9 | 10 => value,
        13 => value / 1e3,
        _ => value / 1e6,
    };
    (946_684_800.0..2_000_000_000.0).contains(&seconds).then_some(seconds)
}

/// `1:20`, `00:01:20`, `26:10:00`, `1h 2m 3s`, `80 s`, `1'20`.
fn length(text: &str) -> Option<f64> {
    let parts: Vec<_> = text.split(':').collect();
    if (2..=3).contains(&parts.len()) {
        let mut seconds = 0.0;
        for (place, part) in parts.iter().enumerate() {
            let value: f64 = part.replace(',', ".").parse().ok()?;
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
            if !is_number || (place > 0 && value >= 60.0) || part.len() > 6 {
                return None;
            }
            seconds = seconds * 60.0 + value;
        }
        return Some(seconds);
    }
    let (mut seconds, mut number, mut found) = (0.0, String::new(), false);
    let mut unit = String::new();
    let text = text.to_lowercase();
    for letter in text.chars().chain([' ', '0']) {
        if letter.is_ascii_digit() && !unit.is_empty() {
            let value: f64 = number.parse().ok()?;
            seconds += value * worth(&unit)?;
            (found, number, unit) = (true, String::new(), String::new());
        }
        match letter {
            _ if letter.is_ascii_digit() => number.push(letter),
            ' ' | '.' => {}
            _ if number.is_empty() => return None,
            _ => unit.push(letter),
        }
    }
    found.then_some(seconds)
}

fn worth(unit: &str) -> Option<f64> {
    match unit {
        "s" | "sec" | "secs" | "sek" | "seconds" | "second" | "sekunden" | "\"" => Some(1.0),
        "m" | "min" | "mins" | "minutes" | "minute" | "minuten" | "'" => Some(60.0),
        "h" | "hr" | "hrs" | "hours" | "hour" | "std" => Some(3600.0),
        _ => None,
    }
}

fn is_decimal(text: &str, digits: usize, letters: usize) -> bool {
    let currency = text.contains(['€', '$', '£', '¥']) || letters == 3;
    let points = text.matches(['.', ',']).count();
    let other = |letter: char| {
        !(letter.is_ascii_digit() || letter.is_alphabetic() || ".,-+ €$£¥\u{a0}".contains(letter))
    };
    digits > 0
        && digits <= 12
        && points <= 2
        && (currency || (points == 1 && letters == 0))
        && !text.contains(other)
}

/// Digits as people write telephone numbers; whole numbers of three digits and more may be one.
fn is_phone(text: &str, digits: usize) -> bool {
    let plain = text.strip_prefix("sip:").or_else(|| text.strip_prefix("tel:")).unwrap_or(text);
    let number = plain.split('@').next().unwrap_or(plain);
    let number = number.split(" x").next().unwrap_or(number);
    let allowed = |letter: char| letter.is_ascii_digit() || "+-()/. *#?".contains(letter);
    (3..=24).contains(&digits) && number.chars().all(allowed) && number.matches('.').count() != 1
}

fn is_name(text: &str, digits: usize, letters: usize) -> bool {
    let small = text.chars().filter(|letter| letter.is_lowercase()).count();
    letters >= 2 && digits <= letters / 2 && small * 3 >= letters && !text.contains(['/', '@', '_', '<', '='])
}

fn is_id(text: &str, digits: usize, letters: usize) -> bool {
    let length = text.len();
    let marks = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:@".contains(&byte));
    let of_asterisk = text.rsplit_once('.').is_some_and(|(before, after)| {
        let epoch: String = before.chars().rev().take(10).collect();
        epoch.len() == 10
            && epoch.bytes().all(|byte| byte.is_ascii_digit())
            && !after.is_empty()
            && after.bytes().all(|byte| byte.is_ascii_digit())
    });
    marks && (of_asterisk || (length >= 12 && digits >= 4 && letters >= 2 && !text.contains(' ')))
}

fn is_channel(text: &str) -> bool {
    text.split_once('/').is_some_and(|(technology, rest)| {
        technology.len() >= 3
            && technology.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && technology.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && !rest.is_empty()
    })
}

impl Shapes {
    pub fn of(cells: &[Cell], texts: &[&str]) -> Self {
        let mut shapes = Self { rows: cells.len(), ..Self::default() };
        let mut distinct = HashSet::new();
        let mut widths = HashSet::new();
        let mut before: Option<u32> = None;
        let (mut first, mut last) = (f64::MAX, f64::MIN);
        for (cell, text) in cells.iter().zip(texts) {
            let text = text.trim();
            if is_blank(text) {
                continue;
            }
            shapes.filled += 1;
            distinct.insert(text);
            if shapes.values.len() < KEPT_VALUES {
                shapes.values.insert(text.to_owned());
            }
            if let Some(moment) = cell.moment {
                shapes.date_times += usize::from(moment.second.is_some());
                shapes.dates += usize::from(moment.second.is_none());
            }
            if let Some((second, rest)) = clock(text)
                && rest.is_empty()
            {
                shapes.clocks += 1;
                shapes.late_clocks += usize::from(second >= 6 * 3600);
            }
            if let Some(epoch) = cell.epoch {
                (first, last) = (first.min(epoch), last.max(epoch));
            }
            if let Some(whole) = cell.whole {
                widths.insert(text.len());
                shapes.steps +=
                    usize::from(before.is_some_and(|before| whole.checked_sub(before) == Some(1)));
                shapes.zeros += usize::from(whole == 0);
                before = Some(whole);
            }
            for (count, holds) in [
                (&mut shapes.epochs, cell.epoch.is_some()),
                (&mut shapes.lengths, cell.length.is_some()),
                (&mut shapes.wholes, cell.whole.is_some()),
                (&mut shapes.decimals, cell.decimal),
                (&mut shapes.numbers, cell.phone || cell.short),
                (&mut shapes.phones, cell.phone),
                (&mut shapes.shorts, cell.short),
                (&mut shapes.names, cell.name),
                (&mut shapes.words, cell.word),
                (&mut shapes.ids, cell.id),
                (&mut shapes.channels, cell.channel),
                (&mut shapes.caller_texts, cell.caller_text),
                (&mut shapes.with_plus_or_zero, text.starts_with(['+', '0']) && text.len() > 6),
            ] {
                *count += usize::from(holds);
            }
        }
        shapes.epoch_years = (last - first).max(0.0) / (365.0 * 86_400.0);
        shapes.distinct = distinct.len();
        shapes.widths = widths.len();
        shapes
    }

    /// The share of the cells that are not blank.
    pub fn share(&self, count: usize) -> f64 {
        ratio(count, self.filled)
    }

    /// The share of the rows in which the column holds something.
    pub fn fullness(&self) -> f64 {
        ratio(self.filled, self.rows)
    }

    /// How much the values differ, from 0 (always the same) to 1 (never).
    pub fn variety(&self) -> f64 {
        ratio(self.distinct, self.filled)
    }
}

/// What people and programs write where there is nothing.
pub(super) fn is_blank(text: &str) -> bool {
    matches!(text, "" | "-" | "--" | "N/A" | "n/a" | "NULL" | "null" | "\\N" | "None" | "(None)")
}

#[expect(clippy::cast_precision_loss, reason = "counts of at most 400 rows")]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_look_like_what_they_are() {
        let cell = Cell::read;
        assert_eq!(cell("00:01:20").length, Some(80.0));
        assert_eq!(cell("1m 20s").length, Some(80.0));
        assert_eq!(cell("26:10:00").length, Some(94_200.0));
        assert_eq!(cell("80").length, None);
        assert_eq!(cell("1327521966").epoch, Some(1_327_521_966.0));
        assert!(cell("+49 89 1234567").phone && cell("802-252-0510").phone && cell("(424)643-7828").phone);
        assert!(!cell("12.50").phone && cell("12.50").decimal && cell("0,62 €").decimal);
        assert!(cell("Anna Berg").name && !cell("NO ANSWER").name && cell("NO ANSWER").word);
        assert!(cell("96aa82fe-7bd1-11e5-a230-5c514f6a0f72").id && cell("1386092800.0").id);
        assert!(cell("SIP/100-0000001a").channel && !cell("Anna/Berg 1").name);
        assert!(cell("\"Anna\" <100>").caller_text);
        assert!(cell("100").short && !cell("1234567").short);
    }
}
