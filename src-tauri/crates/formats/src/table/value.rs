//! What a cell holds: moments, times of day, durations, amounts, yes and no. Nothing and its words (`-`, `NULL`)
//! are `None`, never zero; [`Unreadable`] is anything else that the value cannot be.

use calls::Charge;

use super::mapping::{DateOrder, DurationUnit};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

pub(super) type Reading<T> = Result<Option<T>, Unreadable>;

/// A point in time as a cell tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// Seconds from 1970-01-01 00:00 on the wall clock of the exchange.
    Wall(i64),
    /// Seconds since 1970 in UTC: the cell gave an offset, or counts from there itself.
    Utc(i64),
    /// A day without a time: its midnight on the wall clock.
    Day(i64),
}

const DAY: i64 = 86_400;

/// Whether a cell says nothing: empty, or a word that programs write for it.
pub(super) fn is_absent(text: &[u8]) -> bool {
    match text {
        [] | b"-" | b"--" | b"\\N" => true,
        _ if text.len() > 6 => false,
        _ => [&b"null"[..], b"(null)", b"n/a", b"none", b"nil", b"nan"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word)),
    }
}

pub(super) fn moment(text: &[u8], order: DateOrder) -> Reading<Moment> {
    let text = text.trim_ascii();
    if let Some(seconds) = iso_seconds(text) {
        return Ok(Some(Moment::Wall(seconds)));
    }
    // MySQL writes an unknown moment as zeros.
    if is_absent(text)
        || text.iter().all(|byte| matches!(byte, b'0' | b'-' | b':' | b' ' | b'T' | b'.' | b'/'))
    {
        return Ok(None);
    }
    if text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
        && let Some(moment) = count(text)
    {
        return Ok(Some(moment));
    }
    written(text, order).map(Some)
}

/// `2026-11-20 23:39:05`: nearly every table has it, so it is read by place.
fn iso_seconds(text: &[u8]) -> Option<i64> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ' | b'T', h1, h2, b':', n1, n2, b':', s1, s2] = text
    else {
        return None;
    };
    let mut digits_only = true;
    let mut two = |tens: u8, units: u8| {
        let (tens, units) = (tens.wrapping_sub(b'0'), units.wrapping_sub(b'0'));
        digits_only &= tens < 10 && units < 10;
        i64::from(tens) * 10 + i64::from(units)
    };
    let (year, month, day) = (two(y1, y2) * 100 + two(y3, y4), two(m1, m2), two(d1, d2));
    let (hour, minute, second) = (two(h1, h2), two(n1, n2), two(s1, s2));
    if !digits_only {
        return None;
    }
    Some(day_number(year, month, day)? * DAY + of_day(hour, minute, second)?)
}

/// Days from 1970-01-01 (the proleptic Gregorian calendar, counted in years that begin in March).
fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1900..=2200).contains(&year) {
        return None;
    }
    if !(1..=28).contains(&day) && !(29..=longest(year, month)).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468)
}

/// Days of a month.
fn longest(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Seconds of a day; a leap second is the first of the next minute.
fn of_day(hour: i64, minute: i64, second: i64) -> Option<i64> {
    (hour < 24 && minute < 60 && second <= 60).then_some((hour * 60 + minute) * 60 + second)
}

/// A plain number: seconds, milliseconds or microseconds since 1970, told apart by their length, or a day and a
/// time without marks between (`20261120`, `20261120233905`).
fn count(text: &[u8]) -> Option<Moment> {
    let point = text.iter().position(|&byte| byte == b'.').unwrap_or(text.len());
    let (whole, rest) = text.split_at(point);
    if rest == b"." || rest.iter().skip(1).any(|&byte| byte == b'.') {
        return None;
    }
    let value = number(whole)?;
    let seconds = match whole.len() {
        8 if rest.is_empty() => return compact_day(value).map(|day| Moment::Day(day * DAY)),
        9..=10 => value,
        12 if rest.is_empty() => return compact(value, 100).map(Moment::Wall),
        13 => value / 1000,
        14 if rest.is_empty() => return compact(value, 1).map(Moment::Wall),
        16 => value / 1_000_000,
        19 => value / 1_000_000_000,
        _ => return None,
    };
    Some(Moment::Utc(seconds))
}

fn compact_day(value: i64) -> Option<i64> {
    day_number(value / 10_000, value / 100 % 100, value % 100)
}

/// `yyyymmddhhmmss`, or without the seconds.
fn compact(value: i64, scale: i64) -> Option<i64> {
    let value = value * scale;
    let clock = value % 1_000_000;
    Some(compact_day(value / 1_000_000)? * DAY + of_day(clock / 10_000, clock / 100 % 100, clock % 100)?)
}

fn number(digits: &[u8]) -> Option<i64> {
    // Eighteen digits always fit; nineteen may.
    if digits.is_empty() || digits.len() > 19 {
        return None;
    }
    digits.iter().try_fold(0_i64, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

/// What is still to be read of a cell.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        if here {
            self.0 = &self.0[1..];
        }
        here
    }

    fn skip(&mut self, marks: &[u8]) {
        while self.peek().is_some_and(|byte| marks.contains(&byte)) {
            self.0 = &self.0[1..];
        }
    }

    fn run(&mut self, belongs: impl Fn(&u8) -> bool) -> &'a [u8] {
        let end = self.0.iter().position(|byte| !belongs(byte)).unwrap_or(self.0.len());
        let (run, rest) = self.0.split_at(end);
        self.0 = rest;
        run
    }

    fn digits(&mut self) -> Result<(i64, usize), Unreadable> {
        let digits = self.run(u8::is_ascii_digit);
        Ok((number(digits).ok_or(Unreadable)?, digits.len()))
    }

    fn word(&mut self) -> &'a [u8] {
        self.run(u8::is_ascii_alphabetic)
    }
}

/// A moment with marks between its parts.
fn written(text: &[u8], order: DateOrder) -> Result<Moment, Unreadable> {
    let mut rest = Rest(text);
    if is_weekday(Rest(text).word()) {
        rest.word();
        rest.skip(b" ,.");
    }
    if rest.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
        return month_first(rest);
    }
    let (first, first_digits) = rest.digits()?;
    if first_digits == 8 && rest.peek().is_some() {
        // 20261120T233905
        return with_time(compact_day(first).ok_or(Unreadable)?, rest);
    }
    rest.skip(b"-/. ");
    let middle = rest.word();
    if !middle.is_empty() {
        let month = month(middle).ok_or(Unreadable)?;
        rest.skip(b"-/., ");
        let (last, last_digits) = rest.digits()?;
        let (year, day) =
            if first_digits == 4 { (first, last) } else { (full_year(last, last_digits)?, first) };
        return with_time(day_number(year, month, day).ok_or(Unreadable)?, rest);
    }
    let (second, _) = rest.digits()?;
    rest.skip(b"-/. ");
    let (third, third_digits) = rest.digits()?;
    let (year, month, day) = if first_digits == 4 {
        (first, second, third)
    } else {
        match order {
            DateOrder::Ymd if third_digits < 4 => (full_year(first, first_digits)?, second, third),
            // The year stands last after all; the day is first everywhere but in one country.
            DateOrder::Ymd | DateOrder::Dmy => (full_year(third, third_digits)?, second, first),
            DateOrder::Mdy => (full_year(third, third_digits)?, first, second),
        }
    };
    with_time(day_number(year, month, day).ok_or(Unreadable)?, rest)
}

/// `Nov 20, 2026 11:39 PM`, `Fri Nov 20 23:39:05 2026`.
fn month_first(mut rest: Rest<'_>) -> Result<Moment, Unreadable> {
    let month = month(rest.word()).ok_or(Unreadable)?;
    rest.skip(b"-/. ");
    let (day, _) = rest.digits()?;
    rest.word();
    rest.skip(b"-/., ");
    let mut ahead = Rest(rest.0);
    let (year, digits) = ahead.digits()?;
    if ahead.peek() != Some(b':') {
        let day = day_number(full_year(year, digits)?, month, day).ok_or(Unreadable)?;
        return with_time(day, ahead);
    }
    // The year stands behind the time.
    let end = rest.0.iter().rposition(|byte| !byte.is_ascii_digit()).ok_or(Unreadable)?;
    let (time, year) = rest.0.split_at(end + 1);
    let year = full_year(number(year).ok_or(Unreadable)?, year.len())?;
    with_time(day_number(year, month, day).ok_or(Unreadable)?, Rest(time))
}

/// Two digits of the year turn at eighty, as in the lines of exchanges.
fn full_year(year: i64, digits: usize) -> Result<i64, Unreadable> {
    match digits {
        4 => Ok(year),
        2 if year < 80 => Ok(2000 + year),
        2 => Ok(1900 + year),
        _ => Err(Unreadable),
    }
}

fn with_time(day: i64, mut rest: Rest<'_>) -> Result<Moment, Unreadable> {
    rest.skip(b" ,-:_");
    if matches!(rest.peek(), Some(b'T' | b't')) {
        rest.0 = &rest.0[1..];
    }
    if rest.0.trim_ascii().is_empty() {
        return Ok(Moment::Day(day * DAY));
    }
    let wall = day * DAY + time(&mut rest)?;
    rest.skip(b" ");
    let moment = match rest.peek() {
        None => Moment::Wall(wall),
        Some(b'+' | b'-') => Moment::Utc(wall - offset(&mut rest)?),
        Some(_) => match rest.word() {
            b"Z" | b"z" => Moment::Utc(wall),
            b"UTC" | b"GMT" => match rest.peek() {
                Some(b'+' | b'-') => Moment::Utc(wall - offset(&mut rest)?),
                _ => Moment::Utc(wall),
            },
            // The short names of zones mean several things (IST); the wall clock is the exchange's own.
            name if (3..=5).contains(&name.len()) && name.iter().all(u8::is_ascii_uppercase) => {
                Moment::Wall(wall)
            }
            _ => return Err(Unreadable),
        },
    };
    if rest.0.trim_ascii().is_empty() { Ok(moment) } else { Err(Unreadable) }
}

/// `9:05`, `23:39:05.123`, `11:39 pm`, `233905`.
fn time(rest: &mut Rest<'_>) -> Result<i64, Unreadable> {
    let (mut hour, digits) = rest.digits()?;
    let (mut minute, mut second) = (0, 0);
    if digits == 6 {
        (hour, minute, second) = (hour / 10_000, hour / 100 % 100, hour % 100);
    } else if digits > 2 {
        return Err(Unreadable);
    }
    let mut marked = digits == 6;
    if rest.take(b':') {
        marked = true;
        minute = rest.digits()?.0;
        if rest.take(b':') {
            second = rest.digits()?.0;
            if matches!(rest.peek(), Some(b'.' | b',')) {
                rest.0 = &rest.0[1..];
                rest.run(u8::is_ascii_digit);
            }
        }
    }
    let mut ahead = Rest(rest.0);
    ahead.skip(b" ");
    let half = ahead.run(|byte| byte.is_ascii_alphabetic() || *byte == b'.');
    let afternoon = match half.to_ascii_lowercase().as_slice() {
        b"am" | b"a.m." | b"a" => Some(false),
        b"pm" | b"p.m." | b"p" => Some(true),
        _ => None,
    };
    if let Some(afternoon) = afternoon {
        if !(1..=12).contains(&hour) {
            return Err(Unreadable);
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        marked = true;
        rest.0 = ahead.0;
    }
    if !marked {
        return Err(Unreadable);
    }
    of_day(hour, minute, second).ok_or(Unreadable)
}

/// Seconds east of UTC: `+02:00`, `-0530`, `+2`.
fn offset(rest: &mut Rest<'_>) -> Result<i64, Unreadable> {
    let sign = if rest.take(b'-') { -1 } else { 1 };
    rest.take(b'+');
    let (value, digits) = rest.digits()?;
    let (hours, minutes) = match digits {
        1 | 2 if rest.take(b':') => (value, rest.digits()?.0),
        1 | 2 => (value, 0),
        4 => (value / 100, value % 100),
        _ => return Err(Unreadable),
    };
    if hours > 15 || minutes > 59 {
        return Err(Unreadable);
    }
    Ok(sign * (hours * 60 + minutes) * 60)
}

const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

fn month(word: &[u8]) -> Option<i64> {
    let begins = |name: &&[u8]| is_beginning(word, name);
    MONTHS.iter().zip(1..).find_map(|(name, number)| begins(name).then_some(number))
}

fn is_weekday(word: &[u8]) -> bool {
    let days: [&[u8]; 7] =
        [b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday"];
    days.iter().any(|name| is_beginning(word, name))
}

fn is_beginning(word: &[u8], name: &[u8]) -> bool {
    word.len() >= 3 && name.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

/// Seconds since midnight.
pub(super) fn time_of_day(text: &[u8]) -> Reading<i64> {
    let text = text.trim_ascii();
    if is_absent(text) {
        return Ok(None);
    }
    let mut rest = Rest(text);
    let seconds = time(&mut rest)?;
    if rest.0.trim_ascii().is_empty() { Ok(Some(seconds)) } else { Err(Unreadable) }
}

/// Whole seconds; parts of a second are dropped, as exchanges do that print whole ones.
pub(super) fn duration(text: &[u8], unit: DurationUnit) -> Reading<u32> {
    let text = text.trim_ascii();
    if unit == DurationUnit::Seconds
        && let Some(seconds) = few_digits(text)
    {
        return Ok(Some(seconds));
    }
    if is_absent(text) {
        return Ok(None);
    }
    let milliseconds = if text.contains(&b':') {
        clock_duration(text, unit)?
    } else {
        let mut rest = Rest(text);
        let (value, scale) = decimal(&mut rest)?;
        rest.skip(b" ");
        if rest.0.is_empty() {
            let factor = match unit {
                DurationUnit::Seconds => 1000,
                DurationUnit::Minutes => 60_000,
                DurationUnit::Milliseconds => 1,
            };
            value.checked_mul(factor).ok_or(Unreadable)? / scale
        } else {
            spoken_duration(text)?
        }
    };
    u32::try_from(milliseconds / 1000).map(Some).map_err(|_| Unreadable)
}

/// A plain number that is no longer than any duration: nearly every table has whole seconds.
fn few_digits(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

/// A number with its scale: `12.5` is (125, 10).
fn decimal(rest: &mut Rest<'_>) -> Result<(i64, i64), Unreadable> {
    let (mut value, _) = rest.digits()?;
    let mut scale = 1_i64;
    if matches!(rest.peek(), Some(b'.' | b',')) {
        rest.0 = &rest.0[1..];
        for digit in rest.run(u8::is_ascii_digit).iter().take(6) {
            value = value.checked_mul(10).ok_or(Unreadable)? + i64::from(digit - b'0');
            scale *= 10;
        }
    }
    Ok((value, scale))
}

/// `1:02:03`, `02:03`, `1.02:03:04` with days, `0:05:36.1234567`. Two parts are minutes and seconds, or hours and
/// minutes in a column that counts minutes.
fn clock_duration(text: &[u8], unit: DurationUnit) -> Result<i64, Unreadable> {
    let mut days = 0;
    let mut text = text;
    let colon = text.iter().position(|&byte| byte == b':').unwrap_or(0);
    if let Some(point) = text[..colon].iter().position(|&byte| byte == b'.') {
        days = number(&text[..point]).ok_or(Unreadable)?;
        text = &text[point + 1..];
    }
    let mut rest = Rest(text);
    let (mut total, _) = rest.digits()?;
    let mut parts = 1;
    while rest.take(b':') {
        let (part, _) = rest.digits()?;
        if part > 59 {
            return Err(Unreadable);
        }
        total = total.checked_mul(60).ok_or(Unreadable)? + part;
        parts += 1;
    }
    let mut milliseconds = 0;
    if matches!(rest.peek(), Some(b'.' | b',')) {
        rest.0 = &rest.0[1..];
        milliseconds = rest
            .run(u8::is_ascii_digit)
            .iter()
            .chain(b"000")
            .take(3)
            .fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    }
    rest.skip(b" ");
    if !rest.0.is_empty() || parts > 3 {
        return Err(Unreadable);
    }
    if parts == 2 && unit == DurationUnit::Minutes {
        total = total.checked_mul(60).ok_or(Unreadable)?;
    }
    let seconds = days.checked_mul(DAY).and_then(|days| days.checked_add(total)).ok_or(Unreadable)?;
    seconds.checked_mul(1000).map(|total| total + milliseconds).ok_or(Unreadable)
}

/// `1m 20s`, `2 h 5 min`, `80 sec`, `1500 ms`.
fn spoken_duration(text: &[u8]) -> Result<i64, Unreadable> {
    let mut rest = Rest(text);
    let mut total = 0_i64;
    while !rest.0.is_empty() {
        let (value, scale) = decimal(&mut rest)?;
        rest.skip(b" ");
        let factor = match rest.word().to_ascii_lowercase().as_slice() {
            b"d" | b"day" | b"days" => DAY * 1000,
            b"h" | b"hr" | b"hrs" | b"hour" | b"hours" => 3_600_000,
            b"m" | b"min" | b"mins" | b"minute" | b"minutes" => 60_000,
            b"s" | b"sec" | b"secs" | b"second" | b"seconds" => 1000,
            b"ms" | b"msec" | b"milliseconds" => 1,
            _ => return Err(Unreadable),
        };
        let part = value.checked_mul(factor).ok_or(Unreadable)? / scale;
        total = total.checked_add(part).ok_or(Unreadable)?;
        rest.skip(b" .,");
    }
    Ok(total)
}

/// An amount of money: `0.35`, `1,35`, `1.234,50`, `EUR 2.10`. The last mark is the decimal one.
pub(super) fn charge(text: &[u8]) -> Reading<Charge> {
    let text = text.trim_ascii();
    if is_absent(text) {
        return Ok(None);
    }
    let start = text.iter().position(|byte| byte.is_ascii_digit() || *byte == b'-').ok_or(Unreadable)?;
    let end = text.iter().rposition(u8::is_ascii_digit).ok_or(Unreadable)? + 1;
    let amount = text.get(start..end).ok_or(Unreadable)?;
    let (negative, amount) = match amount.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, amount),
    };
    let point = amount.iter().rposition(|byte| matches!(byte, b'.' | b','));
    let mut value = 0_i64;
    for byte in amount {
        match byte {
            b'0'..=b'9' => {
                value = value
                    .checked_mul(10)
                    .and_then(|value| value.checked_add(i64::from(byte - b'0')))
                    .ok_or(Unreadable)?;
            }
            b'.' | b',' | b' ' | b'\'' => {}
            _ => return Err(Unreadable),
        }
    }
    let decimals = point.map_or(0, |point| amount.len() - point - 1);
    let decimals = u8::try_from(decimals).ok().filter(|decimals| *decimals <= 9).ok_or(Unreadable)?;
    Ok(Some(Charge { amount: if negative { -value } else { value }, decimals }))
}

/// Whether a cell is a whole number.
pub(super) fn is_whole(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use DateOrder::{Dmy, Mdy, Ymd};
    use DurationUnit::{Milliseconds, Minutes, Seconds};

    fn told(text: &str, order: DateOrder) -> String {
        let printed =
            |seconds| DateTime::from_timestamp(seconds, 0).unwrap().format("%Y-%m-%d %H:%M:%S").to_string();
        match moment(text.as_bytes(), order) {
            Ok(Some(Moment::Wall(seconds))) => printed(seconds),
            Ok(Some(Moment::Utc(seconds))) => printed(seconds) + " UTC",
            Ok(Some(Moment::Day(seconds))) => printed(seconds).split(' ').next().unwrap().to_owned(),
            Ok(None) => "nothing".to_owned(),
            Err(Unreadable) => "unreadable".to_owned(),
        }
    }

    #[test]
    fn moments_in_every_form_that_tables_have() {
        let cases = [
            ("2026-11-20 23:39:05", Ymd, "2026-11-20 23:39:05"),
            ("2026-11-20T23:39:05", Ymd, "2026-11-20 23:39:05"),
            ("2026-11-20 23:39:05.123456", Ymd, "2026-11-20 23:39:05"),
            ("2026-11-20 23:39", Ymd, "2026-11-20 23:39:00"),
            ("2026-11-20T23:39:05Z", Ymd, "2026-11-20 23:39:05 UTC"),
            ("2026-11-20T23:39:05.250+02:00", Ymd, "2026-11-20 21:39:05 UTC"),
            ("2026-11-20 23:39:05-0530", Ymd, "2026-11-21 05:09:05 UTC"),
            ("2026-11-20 23:39:05+00", Ymd, "2026-11-20 23:39:05 UTC"),
            ("2026-11-20 23:39:05 +0100", Ymd, "2026-11-20 22:39:05 UTC"),
            ("2026-11-20 23:39:05 UTC", Ymd, "2026-11-20 23:39:05 UTC"),
            ("2026-11-20 23:39:05 GMT+1", Ymd, "2026-11-20 22:39:05 UTC"),
            ("2026-11-20 23:39:05 CET", Ymd, "2026-11-20 23:39:05"),
            ("2026/11/20 23:39", Ymd, "2026-11-20 23:39:00"),
            ("2026/11/20 9:05:07", Ymd, "2026-11-20 09:05:07"),
            ("2026.11.20 09:05:07", Dmy, "2026-11-20 09:05:07"),
            ("20/11/2026 23:39:05", Dmy, "2026-11-20 23:39:05"),
            ("11/20/2026 23:39:05", Mdy, "2026-11-20 23:39:05"),
            ("11/20/2026 11:39:05 PM", Mdy, "2026-11-20 23:39:05"),
            ("11/20/26, 12:05 AM", Mdy, "2026-11-20 00:05:00"),
            ("11/20/26 12:05 p.m.", Mdy, "2026-11-20 12:05:00"),
            ("20.11.26 23:39:05", Dmy, "2026-11-20 23:39:05"),
            ("20.11.2026, 23:39", Dmy, "2026-11-20 23:39:00"),
            ("1.2.26", Dmy, "2026-02-01"),
            ("01.02.85", Dmy, "1985-02-01"),
            ("20/11/2026", Ymd, "2026-11-20"),
            ("23/07/21-22:39:38", Ymd, "2023-07-21 22:39:38"),
            ("23/07/21-22:39:38", Dmy, "2021-07-23 22:39:38"),
            ("20-Nov-2026 23:39:05", Ymd, "2026-11-20 23:39:05"),
            ("20 November 2026", Ymd, "2026-11-20"),
            ("20/Nov/2026:23:39:05 +0100", Ymd, "2026-11-20 22:39:05 UTC"),
            ("Nov 20, 2026 11:39:05 PM", Ymd, "2026-11-20 23:39:05"),
            ("November 20th, 2026", Ymd, "2026-11-20"),
            ("Fri Nov 20 23:39:05 2026", Ymd, "2026-11-20 23:39:05"),
            ("Fri, 20 Nov 2026 23:39:05 GMT", Ymd, "2026-11-20 23:39:05 UTC"),
            ("20261120", Ymd, "2026-11-20"),
            ("20261120233905", Ymd, "2026-11-20 23:39:05"),
            ("202611202339", Ymd, "2026-11-20 23:39:00"),
            ("20261120T233905Z", Ymd, "2026-11-20 23:39:05 UTC"),
            ("1795217945", Ymd, "2026-11-20 23:39:05 UTC"),
            ("1795217945.513823", Ymd, "2026-11-20 23:39:05 UTC"),
            ("1795217945123", Ymd, "2026-11-20 23:39:05 UTC"),
            ("1795217945123456", Ymd, "2026-11-20 23:39:05 UTC"),
            ("2024-02-29 00:00:00", Ymd, "2024-02-29 00:00:00"),
            ("2016-12-31 23:59:60", Ymd, "2017-01-01 00:00:00"),
            ("  2026-11-20 23:39:05  ", Ymd, "2026-11-20 23:39:05"),
            ("", Ymd, "nothing"),
            ("-", Ymd, "nothing"),
            ("NULL", Ymd, "nothing"),
            ("0000-00-00 00:00:00", Ymd, "nothing"),
            ("0", Ymd, "nothing"),
            ("2026-02-30 10:00:00", Ymd, "unreadable"),
            ("2026-11-20 24:00:00", Ymd, "unreadable"),
            ("2026-11-20 23:60:00", Ymd, "unreadable"),
            ("32.13.2024", Dmy, "unreadable"),
            ("20/11/2026", Mdy, "unreadable"),
            ("11/20/2026 13:05 PM", Mdy, "unreadable"),
            ("2026-11-20 10", Ymd, "unreadable"),
            ("2026-11-20 10:00:00 tomorrow", Ymd, "unreadable"),
            ("20 Noon 2026", Ymd, "unreadable"),
            ("5", Ymd, "unreadable"),
            ("start", Ymd, "unreadable"),
            ("23:39:05", Ymd, "unreadable"),
        ];
        for (text, order, expected) in cases {
            assert_eq!(told(text, order), expected, "{text}");
        }
    }

    #[test]
    fn durations_in_every_form_that_tables_have() {
        let cases: [(&str, DurationUnit, Reading<u32>); 30] = [
            ("0", Seconds, Ok(Some(0))),
            ("137", Seconds, Ok(Some(137))),
            ("12.345", Seconds, Ok(Some(12))),
            ("12,9", Seconds, Ok(Some(12))),
            ("1:02:03", Seconds, Ok(Some(3723))),
            ("02:03", Seconds, Ok(Some(123))),
            ("02:03", Minutes, Ok(Some(7380))),
            ("00:05:36.1234567", Seconds, Ok(Some(336))),
            ("100:00:00", Seconds, Ok(Some(360_000))),
            ("1.02:03:04", Seconds, Ok(Some(93_784))),
            ("1m 20s", Seconds, Ok(Some(80))),
            ("1m20s", Seconds, Ok(Some(80))),
            ("2 h 5 min", Seconds, Ok(Some(7500))),
            ("80 sec.", Seconds, Ok(Some(80))),
            ("1500 ms", Seconds, Ok(Some(1))),
            ("1.5", Minutes, Ok(Some(90))),
            ("3", Minutes, Ok(Some(180))),
            ("2999", Milliseconds, Ok(Some(2))),
            ("", Seconds, Ok(None)),
            ("-", Seconds, Ok(None)),
            ("null", Seconds, Ok(None)),
            ("N/A", Seconds, Ok(None)),
            (" 7 ", Seconds, Ok(Some(7))),
            ("-1", Seconds, Err(Unreadable)),
            ("1:75", Seconds, Err(Unreadable)),
            ("ten", Seconds, Err(Unreadable)),
            ("1 fortnight", Seconds, Err(Unreadable)),
            ("99999999999", Seconds, Err(Unreadable)),
            ("1:2:3:4", Seconds, Err(Unreadable)),
            ("12:", Seconds, Err(Unreadable)),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(duration(text.as_bytes(), unit), expected, "{text}");
        }
    }

    #[test]
    fn times_of_day() {
        assert_eq!(time_of_day(b"9:05"), Ok(Some(32_700)));
        assert_eq!(time_of_day(b"09:05:07.250"), Ok(Some(32_707)));
        assert_eq!(time_of_day(b"11:39 pm"), Ok(Some(85_140)));
        assert_eq!(time_of_day(b"233905"), Ok(Some(85_145)));
        assert_eq!(time_of_day(b""), Ok(None));
        assert_eq!(time_of_day(b"25:00"), Err(Unreadable));
        assert_eq!(time_of_day(b"137"), Err(Unreadable));
    }

    #[test]
    fn the_last_mark_of_an_amount_is_the_decimal_one() {
        let money = |amount, decimals| Ok(Some(Charge { amount, decimals }));
        assert_eq!(charge(b"0.35"), money(35, 2));
        assert_eq!(charge(b"1,35"), money(135, 2));
        assert_eq!(charge(b"1.234,50"), money(123_450, 2));
        assert_eq!(charge(b"EUR 2.10"), money(210, 2));
        assert_eq!(charge("12 \u{20ac}".as_bytes()), money(12, 0));
        assert_eq!(charge(b"   0.0618"), money(618, 4));
        assert_eq!(charge(b"-0.50"), money(-50, 2));
        assert_eq!(charge(b""), Ok(None));
        assert_eq!(charge(b"free"), Err(Unreadable));
        assert_eq!(charge(b"1/2"), Err(Unreadable));
    }

    proptest! {
        #[test]
        fn any_cell_is_read_or_refused(text in "\\PC{0,40}", bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for cell in [text.as_bytes(), &bytes] {
                for order in [Ymd, Dmy, Mdy] {
                    let _ = moment(cell, order);
                }
                for unit in [Seconds, Minutes, Milliseconds] {
                    let _ = duration(cell, unit);
                }
                let _ = (time_of_day(cell), charge(cell));
            }
        }

        #[test]
        fn cells_of_digits_and_marks_are_read_or_refused(text in "[0-9:./, TZ+-]{0,24}") {
            for order in [Ymd, Dmy, Mdy] {
                let _ = moment(text.as_bytes(), order);
            }
            let _ = (duration(text.as_bytes(), Minutes), time_of_day(text.as_bytes()), charge(text.as_bytes()));
        }

        #[test]
        fn every_day_is_counted_as_the_calendar_counts_it(day in -25_567_i64..84_000) {
            let moment = DateTime::from_timestamp(day * 86_400 + 3723, 0).unwrap();
            let shown = moment.format("%Y-%m-%d %H:%M:%S").to_string();
            prop_assert_eq!(super::moment(shown.as_bytes(), Ymd), Ok(Some(Moment::Wall(moment.timestamp()))));
        }
    }
}
