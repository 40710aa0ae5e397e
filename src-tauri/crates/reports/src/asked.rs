//! What is asked of a report besides the filter.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ReportError, Result};

/// Days of the exchange's calendar, both inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportPeriod")]
pub struct Period {
    #[ts(type = "string")]
    pub from: NaiveDate,
    #[ts(type = "string")]
    pub to: NaiveDate,
}

/// Which other period stands beside the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportCompare")]
pub enum Compare {
    /// As many days just before; whole months and years before whole months and years.
    Previous,
    /// The same weekdays, so many whole weeks earlier as the period needs.
    SameWeekday,
    /// The same dates a year earlier.
    LastYear,
}

/// Settings of reports. What is left out is as a report has it by itself; see [`ReportKind`](crate::ReportKind).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct ReportSettings {
    pub compare: Option<Compare>,
    /// Id of a metric that is drawn and compared.
    pub metric: Option<String>,
    /// What calls are grouped by, a word of [`Dimension`].
    pub by: Option<String>,
    /// Seconds within which a call is answered in time.
    pub within_seconds: Option<u32>,
    /// Rows shown at most.
    pub limit: Option<u32>,
    /// Days that are set beside the chosen one.
    pub days: Option<u32>,
    /// These are days of the same weekday.
    pub same_weekday: Option<bool>,
    /// Office hours, `09:00`.
    pub opens: Option<String>,
    pub closes: Option<String>,
    /// Working days, 0 is Monday.
    pub workdays: Option<Vec<u8>>,
    /// Days on which the office is closed, `2026-12-25`.
    pub holidays: Option<Vec<String>>,
    /// Lines that there are.
    pub lines: Option<u32>,
    /// What one line costs a month.
    pub line_price: Option<f64>,
    /// Telephones that share the lines.
    pub telephones: Option<u32>,
}

/// The settings that a report takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportSetting")]
pub enum Setting {
    Compare,
    Metric,
    By,
    WithinSeconds,
    Limit,
    Days,
    SameWeekday,
    OfficeHours,
    Holidays,
    Lines,
    LinePrice,
    Telephones,
}

/// The period of a report for which none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ReportSpan")]
pub enum Span {
    /// Today.
    Day,
    /// This week so far, from Monday.
    Week,
    /// This month so far.
    Month,
    /// This year so far.
    Year,
    /// From the oldest call to the newest.
    Everything,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub period: Period,
    pub settings: ReportSettings,
}

/// What calls are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    HalfHour,
    Hour,
    Weekday,
    Day,
    Week,
    Month,
    Year,
    Direction,
    Outcome,
    AnsweredBy,
    Trunk,
    Did,
    Queue,
    AccountCode,
    Number,
    Class,
    Country,
    Cause,
    Talk,
    Wait,
    Ring,
}

/// The usual limit where nobody agreed on another.
const WITHIN_SECONDS: u32 = 20;

impl ReportSettings {
    pub(crate) fn within(&self) -> u32 {
        self.within_seconds.unwrap_or(WITHIN_SECONDS)
    }
}

impl Dimension {
    pub const ALL: [(Self, &'static str, &'static str); 21] = [
        (Self::HalfHour, "half-hour", "Half-hour"),
        (Self::Hour, "hour", "Hour"),
        (Self::Weekday, "weekday", "Weekday"),
        (Self::Day, "day", "Day"),
        (Self::Week, "week", "Week"),
        (Self::Month, "month", "Month"),
        (Self::Year, "year", "Year"),
        (Self::Direction, "direction", "Direction"),
        (Self::Outcome, "outcome", "How it ended"),
        (Self::AnsweredBy, "answered-by", "Answered by"),
        (Self::Trunk, "trunk", "Trunk"),
        (Self::Did, "did", "Number called"),
        (Self::Queue, "queue", "Queue"),
        (Self::AccountCode, "account-code", "Account code"),
        (Self::Number, "number", "Outside number"),
        (Self::Class, "class", "Class"),
        (Self::Country, "country", "Country"),
        (Self::Cause, "cause", "Hang-up cause"),
        (Self::Talk, "talk", "Talk"),
        (Self::Wait, "wait", "Wait"),
        (Self::Ring, "ring", "Ringing"),
    ];

    pub fn from_word(word: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(dimension, ..)| *dimension);
        found.ok_or_else(|| ReportError::NoSuchDimension(word.to_owned()))
    }

    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(known, ..)| *known == self).map_or("", |(_, word, _)| word)
    }

    pub fn title(self) -> &'static str {
        Self::ALL.iter().find(|(known, ..)| *known == self).map_or("", |(.., title)| title)
    }
}

impl Period {
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self> {
        if to < from {
            return Err(ReportError::DaysReversed(from.to_string(), to.to_string()));
        }
        Ok(Self { from, to })
    }

    pub fn of_day(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    pub fn days(&self) -> u32 {
        u32::try_from((self.to - self.from).num_days() + 1).unwrap_or(1)
    }

    pub fn each_day(&self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take(self.days() as usize)
    }

    /// Wall-clock seconds, the second exclusive.
    pub fn seconds(&self) -> (i64, i64) {
        (start_of(self.from), start_of(self.to) + 24 * 60 * 60)
    }

    #[must_use]
    pub fn compared(&self, with: Compare) -> Self {
        let earlier_days = |days: u64| Self {
            from: self.from.checked_sub_days(Days::new(days)).unwrap_or(self.from),
            to: self.to.checked_sub_days(Days::new(days)).unwrap_or(self.to),
        };
        match with {
            Compare::Previous => match self.whole_months() {
                Some(months) => {
                    let from = self.from.checked_sub_months(Months::new(months)).unwrap_or(self.from);
                    Self { from, to: self.from.pred_opt().unwrap_or(from) }
                }
                None => earlier_days(self.days().into()),
            },
            Compare::SameWeekday => earlier_days(u64::from(self.days().div_ceil(7)) * 7),
            Compare::LastYear => {
                let year = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
                // All of February stays all of February.
                let from = year(self.from);
                let to = if self.whole_months().is_some() {
                    let after = self.to.succ_opt().unwrap_or(self.to);
                    year(after).pred_opt().unwrap_or(from)
                } else {
                    year(self.to)
                };
                Self { from, to }
            }
        }
    }

    /// How many, if it is whole months.
    fn whole_months(&self) -> Option<u32> {
        let after = self.to.succ_opt()?;
        (self.from.day() == 1 && after.day() == 1).then(|| {
            let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
            u32::try_from(months(after) - months(self.from)).unwrap_or(0)
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else {
            write!(f, "{} to {}", self.from, self.to)
        }
    }
}

/// Wall-clock seconds at the beginning of a day.
pub(crate) fn start_of(day: NaiveDate) -> i64 {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

/// Reads `2026-11-20`.
pub(crate) fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| ReportError::Day(text.to_owned()))
}

/// Minutes after midnight of `09:00`; `24:00` is the end of the day.
pub(crate) fn minute(text: &str) -> Result<u32> {
    let odd = || ReportError::Time(text.to_owned());
    let (hours, minutes) = text.split_once(':').ok_or_else(odd)?;
    let (hours, minutes): (u32, u32) =
        (hours.parse().map_err(|_| odd())?, minutes.parse().map_err(|_| odd())?);
    if minutes > 59 || hours > 24 || hours * 60 + minutes > 24 * 60 {
        return Err(odd());
    }
    Ok(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
    }

    #[test]
    fn periods_are_compared_with_what_people_mean() {
        for (from, to, with, other) in [
            ("2026-11-20", "2026-11-20", Compare::Previous, ("2026-11-19", "2026-11-19")),
            ("2026-11-20", "2026-11-20", Compare::SameWeekday, ("2026-11-13", "2026-11-13")),
            ("2026-03-01", "2026-03-31", Compare::Previous, ("2026-02-01", "2026-02-28")),
            ("2026-01-01", "2026-12-31", Compare::Previous, ("2025-01-01", "2025-12-31")),
            ("2026-11-02", "2026-11-10", Compare::Previous, ("2026-10-24", "2026-11-01")),
            ("2026-11-02", "2026-11-10", Compare::SameWeekday, ("2026-10-19", "2026-10-27")),
            ("2025-02-01", "2025-02-28", Compare::LastYear, ("2024-02-01", "2024-02-29")),
            ("2024-02-29", "2024-02-29", Compare::LastYear, ("2023-02-28", "2023-02-28")),
        ] {
            assert_eq!(period(from, to).compared(with), period(other.0, other.1), "{from} {to} {with:?}");
        }
        assert!(Period::new("2026-11-02".parse().unwrap(), "2026-11-01".parse().unwrap()).is_err());
    }

    #[test]
    fn times_of_the_day_are_read_or_told() {
        assert_eq!((minute("09:00").unwrap(), minute("24:00").unwrap()), (540, 1440));
        for odd in ["9", "24:01", "09:60", "", "nine:00", "4294967295:00"] {
            assert!(minute(odd).is_err(), "{odd}");
        }
    }
}
