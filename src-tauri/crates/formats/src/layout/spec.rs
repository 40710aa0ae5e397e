//! A layout as it is written.

use calls::{ChainRules, Direction, Kind, Role, Service};
use serde::Deserialize;
use toml::Spanned;

use super::example::Example;
use crate::SerialDefaults;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayoutSpec {
    pub id: Spanned<String>,
    pub name: String,
    pub sources: Vec<String>,
    pub advice: Vec<String>,
    pub serial: SerialDefaults,
    pub framing: Spanned<FramingSpec>,
    pub time: TimeSpec,
    pub types: Spanned<TypesSpec>,
    #[serde(rename = "field")]
    pub fields: Vec<Spanned<FieldSpec>>,
    pub chaining: ChainRules,
    #[serde(rename = "example")]
    pub examples: Vec<Spanned<Example>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FramingSpec {
    pub opener: String,
    pub minimum: usize,
    pub maximum: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeSpec {
    #[expect(
        dead_code,
        reason = "one meaning so far; naming it keeps a layout of another make from being misread"
    )]
    pub stamp: Stamp,
    /// The directions in which the ring time lies before the talk time and so moves the start.
    pub ring_precedes_talk: Vec<Direction>,
}

/// What the printed time of a segment is. A ringing line's time is always the moment of ringing.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stamp {
    End,
}

/// A two-digit type: the units digit says what it was, the tens add to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypesSpec {
    pub units: Vec<UnitsSpec>,
    pub tens: Vec<TensSpec>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitsSpec {
    pub digit: u8,
    #[serde(default)]
    pub kind: Kind,
    pub direction: Direction,
    #[serde(default)]
    pub role: Role,
    #[serde(default)]
    pub service: Service,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TensSpec {
    pub offset: u8,
    #[serde(default)]
    pub continues: bool,
    #[serde(default)]
    pub disa: bool,
}

/// One field. Fields stand in the order of their columns; of those that share columns, the first whose
/// condition holds takes them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldSpec {
    pub name: String,
    /// First and last column, counted from 1.
    pub columns: [usize; 2],
    pub into: Target,
    #[serde(default)]
    pub form: Form,
    pub when: Option<Condition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Condition {
    pub direction: Direction,
    /// The line has exactly so many characters, trailing blanks not counted.
    pub length: Option<usize>,
    /// The field begins with a blank.
    #[serde(default)]
    pub starts_blank: bool,
}

/// Which member of a record a field becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Target {
    Date,
    Time,
    Type,
    Trunk,
    Extension,
    RingSeconds,
    TalkSeconds,
    Number,
    Charge,
    Did,
    AccountCode,
    /// Kept under the field's own name.
    Extra,
}

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub(super) enum Form {
    /// Anything; blanks around it do not count.
    #[default]
    #[serde(rename = "text")]
    Text,
    /// Digits, `*`, `#`, `+`, letters A to D, and `?` for a hidden digit.
    #[serde(rename = "dialled")]
    Dialled,
    #[serde(rename = "dd.mm.yy")]
    DayMonthYear,
    #[serde(rename = "hh:mm:ss")]
    HoursMinutesSeconds,
    #[serde(rename = "mm:ss")]
    MinutesSeconds,
    /// Whole pulses, or money if there is a decimal point or comma.
    #[serde(rename = "charge")]
    Charge,
    #[serde(rename = "type")]
    Type,
}

impl Target {
    /// The forms a field for this member can have.
    pub fn forms(self) -> &'static [Form] {
        match self {
            Self::Date => &[Form::DayMonthYear],
            Self::Time => &[Form::HoursMinutesSeconds],
            Self::Type => &[Form::Type],
            Self::RingSeconds | Self::TalkSeconds => &[Form::MinutesSeconds, Form::HoursMinutesSeconds],
            Self::Charge => &[Form::Charge],
            Self::Number => &[Form::Dialled, Form::Text],
            Self::Trunk | Self::Extension | Self::Did | Self::AccountCode | Self::Extra => &[Form::Text],
        }
    }
}

impl Form {
    /// The columns a field of this form fills, where that is fixed.
    pub fn width(self) -> Option<usize> {
        match self {
            Self::Text | Self::Dialled | Self::Charge => None,
            Self::DayMonthYear | Self::HoursMinutesSeconds => Some(8),
            Self::MinutesSeconds => Some(5),
            Self::Type => Some(2),
        }
    }

    /// What the columns should have held, for the sentence that says they did not.
    pub fn said(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Dialled => "a dialled number",
            Self::DayMonthYear => "a date (day.month.year)",
            Self::HoursMinutesSeconds => "hours, minutes and seconds",
            Self::MinutesSeconds => "minutes and seconds",
            Self::Charge => "pulses or an amount",
            Self::Type => "a call type",
        }
    }
}
