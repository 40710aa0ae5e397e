//! What a column holds: each form's reader. Blank is `None`, never zero; [`Unreadable`] is anything else that
//! the form cannot be.

use calls::Charge;
use chrono::NaiveDate;

use super::spec::Form;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

pub(super) type Reading<T> = Result<Option<T>, Unreadable>;

/// The columns from first to last (counted from 1, included) as far as the line goes.
pub(super) fn cut(line: &[u8], [first, last]: [usize; 2]) -> &[u8] {
    let end = last.min(line.len());
    line.get(first - 1..end).unwrap_or_default()
}

pub(super) fn is_blank(column: &[u8]) -> bool {
    column.iter().all(|&byte| byte == b' ')
}

/// Latin-1, because a byte above 127 is kept and every one of them has a character there.
pub(super) fn latin1(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(ascii) if ascii.is_ascii() => ascii.to_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

pub(super) fn text(column: &[u8]) -> Option<String> {
    let text = column.trim_ascii();
    (!text.is_empty()).then(|| latin1(text))
}

pub(super) fn dialled(column: &[u8]) -> Reading<String> {
    let number = column.trim_ascii();
    let dialled = |&byte: &u8| {
        matches!(byte, b'0'..=b'9' | b'*' | b'#' | b'?' | b'+' | b'A'..=b'D') || !byte.is_ascii()
    };
    if !number.iter().all(dialled) {
        return Err(Unreadable);
    }
    Ok(text(number))
}

/// Two digits of the year: 80 to 99 are of the last century, since exchanges of these makes are not older.
pub(super) fn day_month_year(column: &[u8]) -> Reading<NaiveDate> {
    if is_blank(column) {
        return Ok(None);
    }
    let &[d1, d2, b'.', m1, m2, b'.', y1, y2] = column else { return Err(Unreadable) };
    let year = i32::try_from(two_digits(y1, y2)?).map_err(|_| Unreadable)?;
    let year = if year < 80 { 2000 + year } else { 1900 + year };
    NaiveDate::from_ymd_opt(year, two_digits(m1, m2)?, two_digits(d1, d2)?).map(Some).ok_or(Unreadable)
}

/// A clock reading in seconds: `hh:mm:ss` below 24 hours or `mm:ss` below one hour, by `form`.
pub(super) fn clock(column: &[u8], form: Form) -> Reading<u32> {
    if is_blank(column) {
        return Ok(None);
    }
    let (hours, minutes, seconds) = match (form, column) {
        (Form::HoursMinutesSeconds, &[h1, h2, b':', m1, m2, b':', s1, s2]) => {
            (two_digits(h1, h2)?, two_digits(m1, m2)?, two_digits(s1, s2)?)
        }
        (Form::MinutesSeconds, &[m1, m2, b':', s1, s2]) => (0, two_digits(m1, m2)?, two_digits(s1, s2)?),
        _ => return Err(Unreadable),
    };
    if hours > 23 || minutes > 59 || seconds > 59 {
        return Err(Unreadable);
    }
    Ok(Some((hours * 60 + minutes) * 60 + seconds))
}

/// What a charge column can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charged {
    Pulses(u32),
    Money(Charge),
}

pub(super) fn charge(column: &[u8]) -> Reading<Charged> {
    let text = column.trim_ascii();
    if text.is_empty() {
        return Ok(None);
    }
    let Some(point) = text.iter().position(|&byte| byte == b'.' || byte == b',') else {
        let pulses = number(text)?.try_into().map_err(|_| Unreadable)?;
        return Ok(Some(Charged::Pulses(pulses)));
    };
    let decimals = text.len() - point - 1;
    let digits = [&text[..point], &text[point + 1..]].concat();
    let decimals = u8::try_from(decimals).map_err(|_| Unreadable)?;
    Ok(Some(Charged::Money(Charge { amount: number(&digits)?, decimals })))
}

/// A call type of two digits; a blank before the units digit is a zero.
pub(super) fn call_type(column: &[u8]) -> Result<usize, Unreadable> {
    let &[tens, units] = column else { return Err(Unreadable) };
    let tens = if tens == b' ' { b'0' } else { tens };
    two_digits(tens, units).map(|code| code as usize)
}

fn number(digits: &[u8]) -> Result<i64, Unreadable> {
    // Eighteen digits always fit; no column is as wide.
    if digits.is_empty() || digits.len() > 18 || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Unreadable);
    }
    Ok(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

fn two_digits(tens: u8, units: u8) -> Result<u32, Unreadable> {
    if tens.is_ascii_digit() && units.is_ascii_digit() {
        Ok(u32::from(tens - b'0') * 10 + u32::from(units - b'0'))
    } else {
        Err(Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_ends_with_the_line() {
        assert_eq!(cut(b"abcdef", [2, 4]), b"bcd");
        assert_eq!(cut(b"abcdef", [5, 9]), b"ef");
        assert_eq!(cut(b"abcdef", [7, 9]), b"");
        assert_eq!(cut(b"abcdef", [9, 12]), b"");
    }

    #[test]
    fn bytes_above_127_are_kept_as_characters() {
        assert_eq!(text(b"  M\xfcller "), Some("M\u{fc}ller".to_owned()));
        assert_eq!(dialled(b"0209\xb1000417  "), Ok(Some("0209\u{b1}000417".to_owned())));
    }

    #[test]
    fn a_number_has_no_gaps_and_no_words() {
        assert_eq!(dialled(b"*31#0209100??"), Ok(Some("*31#0209100??".to_owned())));
        assert_eq!(dialled(b"    "), Ok(None));
        assert_eq!(dialled(b"0209 100417"), Err(Unreadable));
        assert_eq!(dialled(b"unknown"), Err(Unreadable));
    }

    #[test]
    fn two_digit_years_turn_at_eighty() {
        let year = |text: &[u8]| day_month_year(text).unwrap().unwrap().format("%Y").to_string();
        assert_eq!(year(b"01.01.00"), "2000");
        assert_eq!(year(b"01.01.79"), "2079");
        assert_eq!(year(b"01.01.80"), "1980");
        assert_eq!(day_month_year(b"31.02.26"), Err(Unreadable));
        assert_eq!(day_month_year(b"01/02/26"), Err(Unreadable));
    }

    #[test]
    fn clocks_stay_within_their_form() {
        assert_eq!(clock(b"59:59", Form::MinutesSeconds), Ok(Some(3599)));
        assert_eq!(clock(b"00:00", Form::MinutesSeconds), Ok(Some(0)));
        assert_eq!(clock(b"     ", Form::MinutesSeconds), Ok(None));
        assert_eq!(clock(b"60:00", Form::MinutesSeconds), Err(Unreadable));
        assert_eq!(clock(b" 0:05", Form::MinutesSeconds), Err(Unreadable));
        assert_eq!(clock(b"23:59:59", Form::HoursMinutesSeconds), Ok(Some(86_399)));
        assert_eq!(clock(b"24:00:00", Form::HoursMinutesSeconds), Err(Unreadable));
    }

    #[test]
    fn a_charge_with_a_point_or_comma_is_money() {
        let money = |amount, decimals| Ok(Some(Charged::Money(Charge { amount, decimals })));
        assert_eq!(charge(b"         12"), Ok(Some(Charged::Pulses(12))));
        assert_eq!(charge(b"       1.35"), money(135, 2));
        assert_eq!(charge(b"      0,060"), money(60, 3));
        assert_eq!(charge(b"           "), Ok(None));
        assert_eq!(charge(b"    1.234,5"), Err(Unreadable));
        assert_eq!(charge(b"99999999999"), Err(Unreadable));
    }

    #[test]
    fn a_type_is_one_or_two_digits() {
        assert_eq!(call_type(b" 1"), Ok(1));
        assert_eq!(call_type(b"00"), Ok(0));
        assert_eq!(call_type(b"35"), Ok(35));
        assert_eq!(call_type(b"1 "), Err(Unreadable));
        assert_eq!(call_type(b"7"), Err(Unreadable));
    }
}
