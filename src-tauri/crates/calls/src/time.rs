//! When something happened: as printed, in UTC, with the zone's offset, and how sure we are.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A moment of a call. The printed wall-clock time is kept beside UTC, because the exchange's clock is what
/// people see on their displays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallTime {
    /// Seconds since 1970 in UTC.
    utc: i64,
    /// Seconds east of UTC that held at the source then.
    offset: i32,
    pub certainty: Certainty,
}

/// How sure a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    #[default]
    Certain,
    /// Part of it was worked out (a missing year, the repeated hour settled by the time of arrival).
    Inferred,
    /// In the hour that summer time repeats, and nothing says which of the two; the earlier is taken.
    Ambiguous,
    /// In the hour that summer time skips: the exchange's clock had not been put forward.
    Skipped,
}

/// The zone of a source's clock.
pub type Zone = Tz;

impl CallTime {
    /// Reads a wall-clock time in a zone.
    ///
    /// A repeated hour is settled by `arrived` when the line came within half an hour of one reading; a
    /// skipped hour is read with the offset that held before the clock was put forward.
    pub fn from_printed(printed: NaiveDateTime, zone: Zone, arrived: Option<DateTime<Utc>>) -> Self {
        match zone.offset_from_local_datetime(&printed) {
            LocalResult::Single(offset) => Self::at(printed, offset.fix(), Certainty::Certain),
            LocalResult::Ambiguous(earlier, later) => {
                let earlier = Self::at(printed, earlier.fix(), Certainty::Ambiguous);
                let later = Self::at(printed, later.fix(), Certainty::Ambiguous);
                let (earlier, later) =
                    if earlier.utc <= later.utc { (earlier, later) } else { (later, earlier) };
                let Some(arrived) = arrived else { return earlier };
                let near = |time: &Self| (arrived.timestamp() - time.utc).abs() <= 30 * 60;
                match (near(&earlier), near(&later)) {
                    (true, false) => Self { certainty: Certainty::Inferred, ..earlier },
                    (false, true) => Self { certainty: Certainty::Inferred, ..later },
                    _ => earlier,
                }
            }
            LocalResult::None => {
                let before = zone.offset_from_utc_datetime(&(printed - TimeDelta::hours(12))).fix();
                Self::at(printed, before, Certainty::Skipped)
            }
        }
    }

    /// A moment known in UTC, shown with `zone`'s offset.
    pub fn from_utc(utc: DateTime<Utc>, zone: Zone) -> Self {
        let offset = zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc();
        Self { utc: utc.timestamp(), offset, certainty: Certainty::Certain }
    }

    /// A moment kept in a ledger: seconds since 1970, seconds east of UTC.
    pub fn from_parts(utc: i64, offset: i32, certainty: Certainty) -> Self {
        Self { utc, offset, certainty }
    }

    fn at(printed: NaiveDateTime, offset: FixedOffset, certainty: Certainty) -> Self {
        let offset = offset.local_minus_utc();
        Self { utc: printed.and_utc().timestamp() - i64::from(offset), offset, certainty }
    }

    /// The moment `seconds` earlier, with the offset that held then. A clock that had not been put forward was not
    /// put forward earlier either.
    #[must_use]
    pub fn earlier_by(self, seconds: u32, zone: Zone) -> Self {
        let utc = self.utc - i64::from(seconds);
        if self.certainty == Certainty::Skipped {
            return Self { utc, ..self };
        }
        let offset = DateTime::from_timestamp(utc, 0).map_or(self.offset, |utc| {
            zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc()
        });
        Self { utc, offset, certainty: self.certainty }
    }

    /// The moment `seconds` later (or earlier, if negative) under the same offset: for points inside a call.
    #[must_use]
    pub fn shifted(self, seconds: i64) -> Self {
        Self { utc: self.utc + seconds, ..self }
    }

    /// Seconds since 1970 in UTC.
    pub fn unix(self) -> i64 {
        self.utc
    }

    /// Seconds east of UTC at the source then.
    pub fn utc_offset(self) -> i32 {
        self.offset
    }

    /// Seconds since 1970 on the wall clock at the source.
    pub fn local(self) -> i64 {
        self.utc + i64::from(self.offset)
    }

    /// The wall-clock time at the source.
    pub fn printed(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.local(), 0).unwrap_or_default().naive_utc()
    }

    /// RFC 3339 with the source's offset: `2026-11-20T23:43:57+00:00`.
    pub fn rfc3339(self) -> String {
        let utc = DateTime::from_timestamp(self.utc, 0).unwrap_or_default();
        FixedOffset::east_opt(self.offset)
            .map_or_else(|| utc.to_rfc3339(), |offset| utc.with_timezone(&offset).to_rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use chrono_tz::Europe::Dublin;

    fn printed(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_irish_summer_time_carries_its_offset() {
        let time = CallTime::from_printed(printed(7, 1, 9, 0), Dublin, None);
        assert_eq!(time.rfc3339(), "2026-07-01T09:00:00+01:00");
        assert_eq!(time.certainty, Certainty::Certain);
    }

    // Clocks go back on 25 October 2026 at 02:00 summer time: 01:30 happens twice.
    #[test]
    fn the_repeated_hour_is_settled_by_arrival_or_said_to_be_ambiguous() {
        let half_past_one = printed(10, 25, 1, 30);
        let first = CallTime::from_printed(half_past_one, Dublin, Some(utc("2026-10-25T00:31:00Z")));
        assert_eq!(
            (first.rfc3339().as_str(), first.certainty),
            ("2026-10-25T01:30:00+01:00", Certainty::Inferred)
        );
        let second = CallTime::from_printed(half_past_one, Dublin, Some(utc("2026-10-25T01:31:00Z")));
        assert_eq!(
            (second.rfc3339().as_str(), second.certainty),
            ("2026-10-25T01:30:00+00:00", Certainty::Inferred)
        );
        let unknown = CallTime::from_printed(half_past_one, Dublin, None);
        assert_eq!(
            (unknown.rfc3339().as_str(), unknown.certainty),
            ("2026-10-25T01:30:00+01:00", Certainty::Ambiguous)
        );
        assert_eq!(unknown.printed(), half_past_one);
    }

    // Clocks go forward on 29 March 2026 at 01:00: 01:30 does not exist.
    #[test]
    fn the_skipped_hour_keeps_what_was_printed() {
        let time = CallTime::from_printed(printed(3, 29, 1, 30), Dublin, None);
        assert_eq!(time.certainty, Certainty::Skipped);
        assert_eq!(time.printed(), printed(3, 29, 1, 30));
        assert_eq!(time.unix(), utc("2026-03-29T01:30:00Z").timestamp());
    }

    #[test]
    fn a_start_in_the_skipped_hour_is_of_the_same_clock_as_its_end() {
        let end = CallTime::from_printed(printed(3, 29, 1, 30), Dublin, None);
        assert_eq!(end.earlier_by(60, Dublin).printed(), printed(3, 29, 1, 29));
    }

    #[test]
    fn a_start_before_the_change_has_the_offset_of_then() {
        let end = CallTime::from_printed(printed(3, 29, 2, 10), Dublin, None);
        assert_eq!(end.rfc3339(), "2026-03-29T02:10:00+01:00");
        assert_eq!(end.earlier_by(20 * 60, Dublin).rfc3339(), "2026-03-29T00:50:00+00:00");
    }
}
