//! What only a person can know about a table: asked once, with the person's own values as examples.

use std::collections::HashMap;

use calls::{CallTime, Zone};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Meaning;
use super::guess::dates::{Day, OrderEvidence, orders, printed};
use super::guess::{instant_of, is_duration, seconds_of};
use super::mapping::{DateOrder, DurationUnit, Mapping, Stamp};
use super::value;

/// One thing only a person can know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    pub about: Doubt,
    pub text: String,
    pub choices: Vec<Choice>,
    /// The choice that the file speaks for, if it does.
    pub likely: Option<usize>,
}

/// What can be in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Which number of a date is the day.
    DateOrder,
    /// Whether plain durations count seconds or minutes.
    DurationUnit,
    /// Whether the only time of a row is the call's start or its end.
    Stamp,
    /// Whose clock it is. Kept with the file, not in its mapping.
    Zone,
}

/// One answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What [`Mapping::with_answer`] understands: `dmy`.
    pub value: String,
    pub text: String,
    /// Values of the file, read this way.
    pub examples: Vec<String>,
}

/// Why an answer cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{value}\" is no answer to the question about {about}")]
pub struct AnswerError {
    pub about: &'static str,
    pub value: String,
}

impl AnswerError {
    /// Stable: `answer-unknown`.
    pub fn code(&self) -> &'static str {
        "answer-unknown"
    }
}

impl Doubt {
    /// The word in settings: `date-order`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DateOrder => "date-order",
            Self::DurationUnit => "duration-unit",
            Self::Stamp => "stamp",
            Self::Zone => "zone",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::DateOrder, Self::DurationUnit, Self::Stamp, Self::Zone]
            .into_iter()
            .find(|doubt| doubt.as_str() == word)
    }
}

impl Mapping {
    /// This mapping with a doubt settled by a person.
    pub fn with_answer(&self, doubt: Doubt, value: &str) -> Result<Self, AnswerError> {
        let unknown = || AnswerError { about: doubt.as_str(), value: value.to_owned() };
        let mut answered = self.clone();
        match doubt {
            Doubt::DateOrder => answered.date_order = order_of(value).ok_or_else(unknown)?,
            Doubt::DurationUnit => answered.durations = unit_of(value).ok_or_else(unknown)?,
            Doubt::Stamp => {
                answered.stamp = match value {
                    "start" => Stamp::Start,
                    "end" => Stamp::End,
                    _ => return Err(unknown()),
                };
                // The stamp of a day and time column is what the mapping says; that of a start column always a start.
                for column in &mut answered.columns {
                    if column.meaning == Meaning::Start {
                        column.meaning = Meaning::Date;
                    }
                }
            }
            // The zone is the file's, not the mapping's; any name is for the zone's own reader to judge.
            Doubt::Zone => {}
        }
        Ok(answered)
    }
}

fn order_of(word: &str) -> Option<DateOrder> {
    match word {
        "dmy" => Some(DateOrder::Dmy),
        "mdy" => Some(DateOrder::Mdy),
        "ymd" => Some(DateOrder::Ymd),
        _ => None,
    }
}

fn unit_of(word: &str) -> Option<DurationUnit> {
    match word {
        "seconds" => Some(DurationUnit::Seconds),
        "minutes" => Some(DurationUnit::Minutes),
        "milliseconds" => Some(DurationUnit::Milliseconds),
        _ => None,
    }
}

/// Values that are shown for each choice.
const EXAMPLES: usize = 3;

/// The moments of the rows, as far as their dates leave the order open.
pub(super) fn date_evidence(mapping: &Mapping, rows: &[Vec<String>], now: DateTime<Utc>) -> OrderEvidence {
    let days: Vec<Day> = dates(mapping, rows).filter_map(printed).map(|printed| printed.day).collect();
    orders(&days, now)
}

fn dates<'a>(mapping: &'a Mapping, rows: &'a [Vec<String>]) -> impl Iterator<Item = &'a str> {
    let dated = [Meaning::Start, Meaning::Date, Meaning::Answer, Meaning::End];
    // One column after the other: within a column the rows stand in the file's order.
    let columns = mapping.columns.iter().filter(move |column| dated.contains(&column.meaning));
    columns.flat_map(move |column| rows.iter().filter_map(move |row| cell(mapping, row, column.position)))
}

/// A cell of a row; behind an unquoted cell that holds separators, columns stand further on.
fn cell<'a>(mapping: &Mapping, row: &'a [String], position: usize) -> Option<&'a str> {
    let shift = match (mapping.fixed.spilling, mapping.fixed.width) {
        (Some(spilling), Some(width)) if position > spilling => row.len().saturating_sub(width),
        _ => 0,
    };
    row.get(position + shift).map(String::as_str)
}

/// Asks which number is the day, if the dates do not say.
pub(super) fn ask_date_order(
    mapping: &Mapping,
    rows: &[Vec<String>],
    evidence: &OrderEvidence,
) -> Option<Question> {
    if evidence.possible.len() < 2 {
        return None;
    }
    let mut samples: Vec<(&str, Day)> = Vec::new();
    for text in dates(mapping, rows) {
        let Some(day) = printed(text).map(|printed| printed.day) else { continue };
        let telling = evidence.possible.windows(2).any(|pair| day.read(pair[0]) != day.read(pair[1]));
        if telling && samples.iter().all(|(_, known)| *known != day) {
            samples.push((text, day));
        }
        if samples.len() == EXAMPLES {
            break;
        }
    }
    let choice = |order: &DateOrder| Choice {
        value: match order {
            DateOrder::Dmy => "dmy",
            DateOrder::Mdy => "mdy",
            DateOrder::Ymd => "ymd",
        }
        .to_owned(),
        text: match order {
            DateOrder::Dmy => "Day first",
            DateOrder::Mdy => "Month first",
            DateOrder::Ymd => "Year first",
        }
        .to_owned(),
        examples: samples
            .iter()
            .filter_map(|(text, day)| Some(format!("{} → {}", text.trim(), in_words(day.read(*order)?))))
            .collect(),
    };
    let (first, _) = samples.first()?;
    Some(Question {
        about: Doubt::DateOrder,
        text: format!("Which day is {}?", first.trim()),
        choices: evidence.possible.iter().map(choice).collect(),
        likely: evidence
            .likely
            .and_then(|likely| evidence.possible.iter().position(|order| *order == likely)),
    })
}

/// `3 April 2026`.
fn in_words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// Asks whether plain durations count seconds or minutes.
pub(super) fn ask_unit(mapping: &Mapping, rows: &[Vec<String>]) -> Option<Question> {
    let column = mapping.columns.iter().find(|column| is_duration(column.meaning))?;
    let mut samples: Vec<(&str, f64)> = Vec::new();
    let mut values = Vec::new();
    for text in rows.iter().filter_map(|row| row.get(column.position)).map(|text| text.trim()) {
        let Some(value) = seconds_of(text).filter(|value| *value > 0.0) else { continue };
        values.push(value);
        if samples.len() < EXAMPLES && samples.iter().all(|(known, _)| *known != text) {
            samples.push((text, value));
        }
    }
    let (first, _) = samples.first()?;
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2).copied().unwrap_or_default();
    let fractions = values.iter().any(|value| value.fract() != 0.0);
    let choice = |value: &str, text: &str, worth: f64| Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        examples: samples
            .iter()
            .map(|(text, value)| format!("{text} → {}", length_in_words(value * worth)))
            .collect(),
    };
    Some(Question {
        about: Doubt::DurationUnit,
        text: format!("A call lasted {first}: seconds or minutes?"),
        choices: vec![choice("seconds", "Seconds", 1.0), choice("minutes", "Minutes", 60.0)],
        // Half of all calls are shorter than a few minutes; nobody bills seconds with fractions.
        likely: match middle {
            _ if fractions && middle < 60.0 => Some(1),
            _ if middle > 20.0 => Some(0),
            _ if middle <= 5.0 => Some(1),
            _ => None,
        },
    })
}

/// `1 h 2 min`, `80 s`, `2 min 5 s`.
fn length_in_words(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to four years")]
    let seconds = seconds.clamp(0.0, 1.3e8).round() as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, _) => format!("{rest} s"),
        (0, _, 0) => format!("{minutes} min"),
        (0, ..) => format!("{minutes} min {rest} s"),
        _ => format!("{hours} h {minutes} min"),
    }
}

/// Asks whether the only time of a row is the call's start or its end.
pub(super) fn ask_stamp(mapping: &Mapping, rows: &[Vec<String>]) -> Option<Question> {
    let calls = stamped(mapping, rows);
    let (text, moment, length) = calls.iter().find(|(.., length)| *length > 0.0).or_else(|| calls.first())?;
    let clock = |seconds: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a second of our time")]
        let moment = DateTime::from_timestamp(seconds as i64, 0).unwrap_or_default();
        moment.format("%H:%M:%S").to_string()
    };
    let example = |from: f64| vec![format!("{text} → from {} to {}", clock(from), clock(from + length))];
    let choice = |value: &str, text: &str, examples| Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        examples,
    };
    Some(Question {
        about: Doubt::Stamp,
        text: "Is the time of a row that at which the call began, or at which it ended?".to_owned(),
        choices: vec![
            choice("start", "When the call began", example(*moment)),
            choice("end", "When the call ended", example(moment - length)),
        ],
        likely: likely_stamp(mapping, rows, &calls),
    })
}

/// Each row's stamp as printed, its second, and how long the call was.
fn stamped<'a>(mapping: &Mapping, rows: &'a [Vec<String>]) -> Vec<(&'a str, f64, f64)> {
    let place = |meaning| {
        mapping.columns.iter().find(|column| column.meaning == meaning).map(|column| column.position)
    };
    let Some(date) = place(Meaning::Start).or_else(|| place(Meaning::Date)) else { return Vec::new() };
    let time = place(Meaning::Time);
    let length = place(Meaning::Total).or_else(|| place(Meaning::Talk));
    let unit = match mapping.durations {
        DurationUnit::Seconds => 1.0,
        DurationUnit::Minutes => 60.0,
        DurationUnit::Milliseconds => 0.001,
    };
    let each = rows.iter().filter_map(|row| {
        let text = row.get(date)?.trim();
        let moment = match time.and_then(|time| row.get(time)) {
            Some(time) => instant_of(&format!("{text} {}", time.trim()), mapping.date_order)?,
            None => instant_of(text, mapping.date_order)?,
        };
        let counted = length.and_then(|length| row.get(length)).and_then(|cell| {
            seconds_of(cell).map(|value| if cell.contains(':') { value } else { value * unit })
        });
        Some((
            time.and_then(|time| row.get(time)).map_or(text, |time| time.trim()),
            moment,
            counted.unwrap_or(0.0),
        ))
    });
    each.collect()
}

/// An extension has one call at a time; and exchanges write rows in the order in which calls end.
fn likely_stamp(mapping: &Mapping, rows: &[Vec<String>], calls: &[(&str, f64, f64)]) -> Option<usize> {
    if calls.len() == rows.len() {
        let (as_start, as_end) = (overlaps(mapping, rows, calls, 0.0), overlaps(mapping, rows, calls, 1.0));
        if as_start != as_end {
            return Some(usize::from(as_end < as_start));
        }
    }
    let disorder = |share: f64| {
        let moments: Vec<_> = calls.iter().map(|(_, moment, length)| moment + length * share).collect();
        let later = moments.windows(2).filter(|pair| pair[1] < pair[0]).count();
        later.min(moments.windows(2).filter(|pair| pair[1] > pair[0]).count())
    };
    let (stamps, later, earlier) = (disorder(0.0), disorder(1.0), disorder(-1.0));
    if later < stamps {
        return Some(0);
    }
    // In the order of the stamps, but not in that of the moments a call's length before: perhaps ends.
    (stamps < later && stamps <= earlier).then_some(usize::from(stamps < earlier))
}

/// Calls of one extension that would be under way at the same time; `back` is how much of its length a call lies
/// before its stamp.
fn overlaps(mapping: &Mapping, rows: &[Vec<String>], calls: &[(&str, f64, f64)], back: f64) -> usize {
    let Some(extension) = mapping.columns.iter().find(|column| column.meaning == Meaning::Extension) else {
        return 0;
    };
    let mut spans: Vec<(&str, f64, f64)> = rows
        .iter()
        .zip(calls)
        .filter_map(|(row, (_, moment, length))| {
            let who = row.get(extension.position)?.trim();
            let from = moment - length * back;
            (!who.is_empty() && *length > 0.0).then_some((who, from, from + length))
        })
        .collect();
    spans.sort_by(|one, other| one.0.cmp(other.0).then(one.1.total_cmp(&other.1)));
    spans.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[1].1 < pair[0].2 - 1.0).count()
}

/// What the ids of a file say about its clock: ids of Asterisk and its kin begin with the second since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneHint {
    /// Seconds east of UTC that the printed times are ahead of the ids, each that occurs, the commonest first; two
    /// an hour apart are summer and winter.
    pub offsets: Vec<i32>,
    /// Calls that say so.
    pub calls: usize,
    /// Of each of them the second since 1970 and what its printed time is ahead.
    ahead: Vec<(i64, i32)>,
}

impl ZoneHint {
    /// The printed times are in UTC.
    pub fn is_utc(&self) -> bool {
        self.offsets == [0]
    }

    /// A clock of this zone would have printed such times; another zone's may have, too.
    pub fn is_clock_of(&self, zone: Zone) -> bool {
        let offset =
            |epoch| DateTime::from_timestamp(epoch, 0).map(|utc| CallTime::from_utc(utc, zone).utc_offset());
        let right = self.ahead.iter().filter(|(epoch, ahead)| offset(*epoch) == Some(*ahead)).count();
        // One in ten calls may have lived for longer than a quarter of an hour before its first row.
        right > 0 && right * 10 >= self.ahead.len() * 9
    }
}

/// Whether every time in the rows is a moment by itself (seconds since 1970, or with its offset), so that no zone
/// can make it another.
pub fn tells_moments(mapping: &Mapping, rows: &[Vec<String>]) -> bool {
    let mut told = false;
    for text in dates(mapping, rows).filter(|text| !text.trim().is_empty()) {
        match value::moment(text.as_bytes(), mapping.date_order) {
            Ok(Some(value::Moment::Utc(_))) => told = true,
            Ok(None) => {}
            _ => return false,
        }
    }
    told
}

/// Holds the seconds in ids against the printed starts; `None` if there are no such ids or they do not agree.
///
/// An id is of the moment at which a channel was born, so the first row of each call counts: later rows begin when a
/// queue, a menu or a conversation before them is over.
pub fn zone_hint(mapping: &Mapping, rows: &[Vec<String>]) -> Option<ZoneHint> {
    const QUARTER: f64 = 900.0;
    const EARLY: f64 = 2.0;
    let place = |meaning| {
        mapping.columns.iter().find(|column| column.meaning == meaning).map(|column| column.position)
    };
    let start = place(Meaning::Start).or_else(|| place(Meaning::Date))?;
    let id =
        place(Meaning::UniqueId).or_else(|| place(Meaning::LinkedId)).or_else(|| place(Meaning::CallId))?;
    let mut calls: HashMap<&str, (f64, f64)> = HashMap::new();
    for row in rows {
        let (Some(start), Some(id)) = (cell(mapping, row, start), cell(mapping, row, id)) else { continue };
        let Some(epoch) = epoch_of(id) else { continue };
        let Some(printed) = printed(start.trim()).filter(|printed| !printed.offset) else { continue };
        let Some(moment) = printed.second.and_then(|_| instant_of(start, mapping.date_order)) else {
            continue;
        };
        let ahead = moment - epoch;
        calls.entry(id).and_modify(|(_, least)| *least = least.min(ahead)).or_insert((epoch, ahead));
    }
    let mut found: Vec<(i32, usize)> = Vec::new();
    let mut each = Vec::new();
    let looked_at = calls.len();
    for (epoch, ahead) in calls.into_values() {
        // Stamps are cut off to whole seconds; apart from that no row begins before its channel.
        let quarters = ((ahead + EARLY) / QUARTER).floor();
        if (-56.0..=60.0).contains(&quarters) {
            #[expect(clippy::cast_possible_truncation, reason = "within fifteen hours, and ten digits")]
            let (offset, epoch) = ((quarters * QUARTER) as i32, epoch as i64);
            each.push((epoch, offset));
            match found.iter_mut().find(|(known, _)| *known == offset) {
                Some((_, count)) => *count += 1,
                None => found.push((offset, 1)),
            }
        }
    }
    found.sort_by_key(|(offset, count)| (std::cmp::Reverse(*count), *offset));
    // One in ten calls may have lived for longer than a quarter of an hour before its first row.
    found.retain(|(_, count)| count * 10 >= looked_at);
    let calls: usize = found.iter().map(|(_, count)| count).sum();
    let agree = match found.as_slice() {
        [_] => true,
        [(one, _), (other, _)] => one.abs_diff(*other) == 3600,
        _ => false,
    };
    (agree && calls * 10 >= looked_at * 9).then(|| {
        let offsets: Vec<i32> = found.iter().map(|(offset, _)| *offset).collect();
        each.retain(|(_, offset)| offsets.contains(offset));
        each.sort_unstable();
        ZoneHint { offsets, calls, ahead: each }
    })
}

/// The second in `1386092800.0` or `pbx-1386092800.0`.
fn epoch_of(id: &str) -> Option<f64> {
    let (before, after) = id.trim().rsplit_once('.')?;
    let digits = before.rsplit('-').next()?;
    let whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (whole(after) && whole(digits) && digits.len() == 10).then(|| digits.parse().ok())?
}
