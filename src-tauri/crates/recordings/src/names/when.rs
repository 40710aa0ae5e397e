//! Dates and times as names print them.

/// When a name says it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameTime {
    /// Seconds since 1970. Of [`Clock::Wall`]: as if the clock on the wall showed UTC.
    pub seconds: i64,
    pub precision: Precision,
    pub clock: Clock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    Second,
    /// The name has no seconds: it may be any of the sixty.
    Minute,
}

/// Which clock a time was read from: the two differ by the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Clock {
    /// Of some zone that the name does not say.
    Wall,
    /// Seconds since 1970, or a time with its zone.
    Utc,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    year: i64,
    month: i64,
    day: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    hour: i64,
    minute: i64,
    /// `None`: minutes only.
    second: Option<i64>,
}

const DAY: i64 = 24 * 60 * 60;
const MONTHS: [&[u8]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
const SEPARATORS: &[u8] = b"-_./: ";

/// Years that recordings are of.
const YEARS: std::ops::RangeInclusive<i64> = 1990..=2099;

impl Date {
    fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + i64::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (YEARS.contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// Days since 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
    fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((self.month + 9) % 12) + 2) / 5 + self.day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }
}

impl Time {
    fn new(hour: i64, minute: i64, second: Option<i64>) -> Option<Self> {
        let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
        fits.then_some(Self { hour, minute, second })
    }
}

/// `ahead`: how far the zone is before UTC, in seconds, if the name says.
pub(super) fn join(date: Date, time: Time, ahead: Option<i64>) -> NameTime {
    let seconds = date.days() * DAY + time.hour * 3600 + time.minute * 60 + time.second.unwrap_or(0);
    NameTime {
        seconds: seconds - ahead.unwrap_or(0),
        precision: if time.second.is_some() { Precision::Second } else { Precision::Minute },
        clock: if ahead.is_some() { Clock::Utc } else { Clock::Wall },
    }
}

/// Dates that begin here and where each ends, the likeliest first: year first with any or no separator, a month by its
/// English name, two digits of the year.
pub(super) fn dates(name: &[u8], at: usize) -> Vec<(usize, Date)> {
    let mut found = Vec::new();
    if let Some(year) = number(name, at, 4) {
        let separator = name.get(at + 4).copied().filter(|byte| SEPARATORS.contains(byte));
        let gap = usize::from(separator.is_some());
        let month_at = at + 4 + gap;
        if let Some(month) = month_named(name, month_at)
            && separator.is_some_and(|byte| name.get(month_at + 3) == Some(&byte))
        {
            push(&mut found, month_at + 6, day_at(name, month_at + 4, year, month));
        }
        if let Some(month) = number(name, month_at, 2)
            && separator.is_none_or(|byte| name.get(month_at + 2) == Some(&byte))
        {
            let day = month_at + 2 + gap;
            push(&mut found, day + 2, day_at(name, day, year, month));
        }
    }
    if let (Some(year), Some(month)) = (number(name, at, 2), number(name, at + 2, 2)) {
        push(&mut found, at + 6, day_at(name, at + 4, 2000 + year, month));
    }
    found
}

/// Times that begin here and where each ends, the longest first: hours, minutes, seconds with any or no separator,
/// thousandths behind them passed over, or hours and minutes alone.
pub(super) fn times(name: &[u8], at: usize) -> Vec<(usize, Time)> {
    let mut found = Vec::new();
    let Some(hour) = number(name, at, 2) else { return found };
    let separator = name.get(at + 2).copied().filter(|byte| SEPARATORS.contains(byte));
    let gap = usize::from(separator.is_some());
    let minute_at = at + 2 + gap;
    let Some(minute) = number(name, minute_at, 2) else { return found };
    let second_at = minute_at + 2 + gap;
    let goes_on = separator.is_none_or(|byte| name.get(minute_at + 2) == Some(&byte));
    if let Some(second) = number(name, second_at, 2).filter(|_| goes_on) {
        let end = second_at + 2;
        let time = Time::new(hour, minute, Some(second));
        if gap == 0 && number(name, end, 3).is_some() && !name.get(end + 3).is_some_and(u8::is_ascii_digit) {
            push(&mut found, end + 3, time);
        }
        push(&mut found, end, time);
    }
    push(&mut found, minute_at + 2, Time::new(hour, minute, None));
    found
}

/// Seconds since 1970 in ten digits.
pub(super) fn epoch(name: &[u8], at: usize) -> Option<(usize, NameTime)> {
    let seconds = number(name, at, 10).filter(|seconds| (1_000_000_000..4_000_000_000).contains(seconds))?;
    let ends = !name.get(at + 10).is_some_and(u8::is_ascii_digit);
    ends.then_some((at + 10, NameTime { seconds, precision: Precision::Second, clock: Clock::Utc }))
}

/// `Z`, `UTC`, `GMT` or `+0100`, `-03:30`: where it ends, and how many seconds it is before UTC.
pub(super) fn zone(name: &[u8], at: usize) -> Option<(usize, i64)> {
    let rest = name.get(at..)?;
    for word in [&b"UTC"[..], b"GMT", b"Z"] {
        if rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word) {
            return Some((at + word.len(), 0));
        }
    }
    let sign = match rest.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let gap = usize::from(rest.get(3).is_some_and(|byte| SEPARATORS.contains(byte)));
    let (hours, minutes) = (number(rest, 1, 2)?, number(rest, 3 + gap, 2)?);
    (hours <= 14 && minutes < 60).then_some((at + 5 + gap, sign * (hours * 3600 + minutes * 60)))
}

/// A form that a site wrote, such as `DD.MM.YYYY` or `HHMM`: letters stand for digits, anything else for itself.
pub(super) fn by_form(form: &str, name: &[u8], at: usize) -> Option<(usize, Parsed)> {
    let mut parsed = Parsed::default();
    for (place, letter) in form.bytes().enumerate() {
        let byte = *name.get(at + place)?;
        let field = match letter {
            b'Y' => &mut parsed.year,
            b'M' => &mut parsed.month,
            b'D' => &mut parsed.day,
            b'h' => &mut parsed.hour,
            b'm' => &mut parsed.minute,
            b's' => &mut parsed.second,
            literal if literal == byte => continue,
            _ => return None,
        };
        *field = Some(field.unwrap_or(0) * 10 + byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?);
    }
    Some((at + form.len(), parsed))
}

/// Fields of a form.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parsed {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
}

impl Parsed {
    pub fn date(self) -> Option<Date> {
        let year = self.year?;
        Date::new(if year < 100 { 2000 + year } else { year }, self.month?, self.day?)
    }

    pub fn time(self) -> Option<Time> {
        Time::new(self.hour?, self.minute?, self.second)
    }
}

/// Year, month and day of seconds since 1970 (`civil_from_days`, as above).
pub(super) fn civil(seconds: i64) -> (i64, i64, i64) {
    let days = seconds.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

fn push<T>(found: &mut Vec<(usize, T)>, end: usize, value: Option<T>) {
    found.extend(value.map(|value| (end, value)));
}

fn day_at(name: &[u8], at: usize, year: i64, month: i64) -> Option<Date> {
    Date::new(year, month, number(name, at, 2)?)
}

fn month_named(name: &[u8], at: usize) -> Option<i64> {
    let word = name.get(at..at + 3)?;
    let place = MONTHS.iter().position(|month| word.eq_ignore_ascii_case(month))?;
    i64::try_from(place + 1).ok()
}

/// So many digits as a number.
fn number(name: &[u8], at: usize, digits: usize) -> Option<i64> {
    let digits = name.get(at..at.checked_add(digits)?)?;
    digits
        .iter()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::{Clock, Precision, by_form, dates, epoch, join, times, zone};

    fn first(name: &str, time_at: usize) -> Option<(i64, Precision)> {
        let (_, date) = *dates(name.as_bytes(), 0).first()?;
        let (_, time) = *times(name.as_bytes(), time_at).first()?;
        let joined = join(date, time, None);
        assert_eq!(joined.clock, Clock::Wall);
        Some((joined.seconds, joined.precision))
    }

    #[test]
    fn the_same_moment_in_every_spelling() {
        let noon = Some((1_709_208_000, Precision::Second));
        assert_eq!(first("20240229120000", 8), noon);
        assert_eq!(first("2024-02-29-12-00-00", 11), noon);
        assert_eq!(first("2024/Feb/29 12:00:00", 12), noon);
        assert_eq!(first("240229_120000123", 7), noon);
        assert_eq!(first("202402291200", 8), Some((1_709_208_000, Precision::Minute)));
        assert_eq!(epoch(b"1709208000", 0).unwrap().1.seconds, 1_709_208_000);
        let (_, day_first) = by_form("DD.MM.YYYY", b"29.02.2024", 0).unwrap();
        assert_eq!(day_first.date(), Some(dates(b"20240229", 0)[0].1));
    }

    #[test]
    fn what_no_calendar_has_is_no_date() {
        for none in ["20230229", "20241301", "19240101", "2024-02/29"] {
            assert_eq!(dates(none.as_bytes(), 0).len(), 0, "{none}");
        }
        assert!(times(b"246000", 0).is_empty());
    }

    #[test]
    fn zones_say_how_far_they_are_ahead() {
        assert_eq!(zone(b"utc", 0), Some((3, 0)));
        assert_eq!(zone(b"+0545", 0), Some((5, 20_700)));
        assert_eq!(zone(b"-03:30", 0), Some((6, -12_600)));
        assert_eq!(zone(b"-12-", 0), None);
    }
}
