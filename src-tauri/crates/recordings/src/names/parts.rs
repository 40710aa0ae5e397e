//! The named parts that a template is made of, and where each may end in a name.

use super::{
    Direction, Kind, Side, ids,
    when::{self, Date, Parsed, Time},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// With the form the site wrote, if it wrote one.
    Date(Option<String>),
    Time(Option<String>),
    Epoch,
    Zone,
    Id,
    Reference,
    From,
    To,
    Number,
    Extension,
    Queue,
    Direction,
    Kind,
    Side,
    Count,
    Digits,
    Text,
}

/// A part, for whoever writes a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartHelp {
    /// Without its braces.
    pub name: &'static str,
    pub meaning: &'static str,
    pub example: &'static str,
}

/// Every part, in the order in which they are explained.
pub const PARTS: [PartHelp; 17] = [
    help(
        "date",
        "A day: 20240229, 2024-02-29, 2024/Feb/29 or 240229. Another order is written out: {date:DDMMYYYY}.",
        "20240229",
    ),
    help(
        "time",
        "A time of day, with or without seconds: 120000, 12-00-00, 12_00. Written out: {time:HHMM}.",
        "120000",
    ),
    help("epoch", "Seconds since 1970, ten digits.", "1709208000"),
    help("zone", "The zone of the date and time before it: UTC, Z, +0100.", "UTC"),
    help(
        "id",
        "The id of a call: a unique id, with or without its system's name, or a uuid.",
        "1709208000.17",
    ),
    help(
        "reference",
        "Another id of letters and digits, six or more, that the call records have too.",
        "4b4f46c2",
    ),
    help(
        "from",
        "The number of whoever called. May hold +, %2B, brackets and hidden digits (X).",
        "+442079460018",
    ),
    help("to", "The number that was called.", "101"),
    help("number", "A number of which the name does not say whether it called or was called.", "02079460018"),
    help("extension", "The extension that was recorded.", "101"),
    help("queue", "The name or the number of a queue.", "sales"),
    help("direction", "in, out, inbound, outbound, incoming, outgoing, internal, i or o.", "out"),
    help(
        "kind",
        "FreePBX's first word: exten, out, in, external, internal, q, rg, force, ondemand, parked or conf.",
        "exten",
    ),
    help(
        "side",
        "Whose voice it is: in, a or rx for whoever called; out, b or tx for whoever was called.",
        "in",
    ),
    help("part", "Which part of several: a number up to 99.", "2"),
    help("digits", "Digits that mean nothing here.", "000123"),
    help("text", "Anything else up to what comes next; may be empty.", "Front desk"),
];

const fn help(name: &'static str, meaning: &'static str, example: &'static str) -> PartHelp {
    PartHelp { name, meaning, example }
}

const DIRECTIONS: [(&str, Direction); 9] = [
    ("internal", Direction::Internal),
    ("incoming", Direction::Inbound),
    ("outgoing", Direction::Outbound),
    ("inbound", Direction::Inbound),
    ("outbound", Direction::Outbound),
    ("out", Direction::Outbound),
    ("in", Direction::Inbound),
    ("o", Direction::Outbound),
    ("i", Direction::Inbound),
];

const KINDS: [(&str, Kind); 12] = [
    ("external", Kind::External),
    ("internal", Kind::Internal),
    ("ondemand", Kind::OnDemand),
    ("parked", Kind::Parked),
    ("exten", Kind::Extension),
    ("queue", Kind::Queue),
    ("force", Kind::Forced),
    ("conf", Kind::Conference),
    ("out", Kind::Outbound),
    ("in", Kind::Inbound),
    ("rg", Kind::RingGroup),
    ("q", Kind::Queue),
];

const SIDES: [(&str, Side); 8] = [
    ("caller", Side::Caller),
    ("called", Side::Called),
    ("out", Side::Called),
    ("in", Side::Caller),
    ("rx", Side::Caller),
    ("tx", Side::Called),
    ("a", Side::Caller),
    ("b", Side::Called),
];

/// What stands in the place of a number that was withheld.
const WITHHELD: [&str; 7] =
    ["anonymous", "restricted", "unavailable", "withheld", "unknown", "private", "nobody"];

impl Part {
    pub fn named(name: &str, form: Option<&str>) -> Option<Self> {
        let form = form.map(str::to_owned);
        Some(match name {
            "date" => Self::Date(form),
            "time" => Self::Time(form),
            "epoch" => Self::Epoch,
            "zone" => Self::Zone,
            "id" => Self::Id,
            "reference" => Self::Reference,
            "from" => Self::From,
            "to" => Self::To,
            "number" => Self::Number,
            "extension" => Self::Extension,
            "queue" => Self::Queue,
            "direction" => Self::Direction,
            "kind" => Self::Kind,
            "side" => Self::Side,
            "part" => Self::Count,
            "digits" => Self::Digits,
            "text" => Self::Text,
            _ => return None,
        })
    }

    /// Takes any letter or digit, so nothing of the same sort can stand right beside it.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Reference
                | Self::From
                | Self::To
                | Self::Number
                | Self::Extension
                | Self::Queue
                | Self::Count
                | Self::Digits
                | Self::Text
        )
    }

    /// May stand in a template more than once.
    pub fn may_repeat(&self) -> bool {
        matches!(self, Self::Number | Self::Digits | Self::Text)
    }

    /// Where it may end if it begins here, the likeliest first.
    pub fn ends(&self, name: &[u8], at: usize, ends: &mut Vec<usize>) {
        let run = |fits: fn(&u8) -> bool| at + name[at..].iter().take_while(|byte| fits(byte)).count();
        let some = |end: usize| (end > at).then_some(end);
        match self {
            Self::Date(_) => ends.extend(self.dates(name, at).into_iter().map(|(end, _)| end)),
            Self::Time(_) => ends.extend(self.times(name, at).into_iter().map(|(end, _)| end)),
            Self::Epoch => ends.extend(when::epoch(name, at).map(|(end, _)| end)),
            Self::Zone => ends.extend(when::zone(name, at).map(|(end, _)| end)),
            Self::Id => ends.extend(id_end(name, at)),
            Self::Reference => {
                ends.extend(some(run(u8::is_ascii_alphanumeric)).filter(|end| end - at >= 6));
            }
            Self::From | Self::To | Self::Number => numbers(name, at, ends),
            Self::Extension | Self::Digits => ends.extend(some(run(u8::is_ascii_digit))),
            Self::Count => ends.extend(some(run(u8::is_ascii_digit)).filter(|end| end - at <= 2)),
            Self::Direction => ends.extend(word(&DIRECTIONS, name, at).map(|(end, _)| end)),
            Self::Kind => ends.extend(word(&KINDS, name, at).map(|(end, _)| end)),
            Self::Side => ends.extend(word(&SIDES, name, at).map(|(end, _)| end)),
            Self::Queue => ends.extend(at + 1..=text_end(name, at)),
            Self::Text => ends.extend(at..=text_end(name, at)),
        }
    }

    pub fn dates(&self, name: &[u8], at: usize) -> Vec<(usize, Date)> {
        match self {
            Self::Date(Some(form)) => by_form(form, name, at)
                .and_then(|(end, fields)| Some((end, fields.date()?)))
                .into_iter()
                .collect(),
            _ => when::dates(name, at),
        }
    }

    pub fn times(&self, name: &[u8], at: usize) -> Vec<(usize, Time)> {
        match self {
            Self::Time(Some(form)) => by_form(form, name, at)
                .and_then(|(end, fields)| Some((end, fields.time()?)))
                .into_iter()
                .collect(),
            _ => when::times(name, at),
        }
    }
}

pub(super) fn direction(text: &[u8]) -> Option<Direction> {
    word(&DIRECTIONS, text, 0).map(|(_, direction)| direction)
}

pub(super) fn kind(text: &[u8]) -> Option<Kind> {
    word(&KINDS, text, 0).map(|(_, kind)| kind)
}

pub(super) fn side(text: &[u8]) -> Option<Side> {
    word(&SIDES, text, 0).map(|(_, side)| side)
}

fn by_form(form: &str, name: &[u8], at: usize) -> Option<(usize, Parsed)> {
    when::by_form(form, name, at)
}

/// The first word of a table that stands here. A longer word of the table comes before one that it begins with.
fn word<T: Copy>(table: &[(&str, T)], name: &[u8], at: usize) -> Option<(usize, T)> {
    let rest = name.get(at..)?;
    table
        .iter()
        .find(|(word, _)| {
            rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes())
        })
        .map(|(word, value)| (at + word.len(), *value))
}

/// A folder's name ends any text.
fn text_end(name: &[u8], at: usize) -> usize {
    name[at..].iter().position(|byte| *byte == b'/').map_or(name.len(), |slash| at + slash)
}

fn id_end(name: &[u8], at: usize) -> Option<usize> {
    if at > 0 && name[at - 1].is_ascii_digit() {
        return None;
    }
    if let Some(length) =
        (at < name.len()).then(|| ids::uuid_at(name, at).or_else(|| ids::unique_at(name, at))).flatten()
    {
        return Some(at + length);
    }
    // With the name of its system before it.
    name[at..].first().filter(|byte| byte.is_ascii_alphabetic())?;
    let system = name[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.').count();
    let digits = at + system + 1;
    (name.get(digits - 1) == Some(&b'-') && digits < name.len())
        .then(|| ids::unique_at(name, digits))
        .flatten()
        .map(|length| digits + length)
}

/// A number as exchanges print it, or one with brackets as people do; either whole, never the middle of one.
fn numbers(name: &[u8], at: usize, ends: &mut Vec<usize>) {
    let rest = &name[at..];
    let plus = match rest {
        [b'+', ..] => 1,
        [b'%', b'2', b'B' | b'b', ..] => 3,
        _ => 0,
    };
    if plus == 0 && at > 0 && name[at - 1].is_ascii_digit() {
        return;
    }
    let plain = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'*' | b'#' | b'X' | b'x');
    let run = rest[plus..].iter().take_while(|byte| plain(byte)).count();
    let bracketed = rest[plus..]
        .iter()
        .take_while(|byte| plain(byte) || matches!(byte, b'(' | b')' | b' ' | b'-'))
        .count();
    let last_digit = rest[plus..plus + bracketed].iter().rposition(plain);
    if let Some(last) = last_digit.filter(|_| rest[plus..plus + bracketed].contains(&b'(')) {
        ends.push(at + plus + last + 1);
    }
    if run > 0 {
        ends.push(at + plus + run);
    }
    let withheld = WITHHELD
        .iter()
        .find(|word| rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes()));
    ends.extend(withheld.map(|word| at + word.len()));
}
