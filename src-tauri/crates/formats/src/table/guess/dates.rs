//! Dates as they are printed, before anybody decided which number is the day.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::table::DateOrder;

/// What a cell prints of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Printed {
    pub day: Day,
    /// Second of the day.
    pub second: Option<u32>,
    /// The offset from UTC stands behind it.
    pub offset: bool,
}

/// The day of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// The month is a word, or the day was counted in seconds.
    Known(NaiveDate),
    Numbers {
        numbers: [u32; 3],
        digits: [usize; 3],
        dotted: bool,
    },
}

impl Day {
    /// The day, with its numbers in this order.
    pub fn read(self, order: DateOrder) -> Option<NaiveDate> {
        let (numbers, digits) = match self {
            Self::Known(day) => return Some(day),
            Self::Numbers { numbers, digits, .. } => (numbers, digits),
        };
        let (year, month, day) = match order {
            DateOrder::Ymd => (0, 1, 2),
            DateOrder::Dmy => (2, 1, 0),
            DateOrder::Mdy => (2, 0, 1),
        };
        let full = match digits[year] {
            4 => numbers[year],
            2 if digits[month] <= 2 && digits[day] <= 2 => 2000 + numbers[year],
            _ => return None,
        };
        NaiveDate::from_ymd_opt(i32::try_from(full).ok()?, numbers[month], numbers[day])
    }
}

/// The moment that begins a cell and fills it; epoch seconds are none of these.
pub(crate) fn printed(text: &str) -> Option<Printed> {
    let text = without_weekday(text.trim());
    let (day, rest) = day(text)?;
    let rest = rest.trim_start_matches(['T', ' ', '-', ',', '_', ';', '\u{a0}']);
    if rest.is_empty() {
        return Some(Printed { day, second: None, offset: false });
    }
    let (second, rest) = clock(rest)?;
    let rest = rest.trim();
    let offset = match rest {
        "" => false,
        "Z" | "UTC" | "GMT" => true,
        _ if is_offset(rest) => true,
        // A name of a zone: "CET".
        _ if rest.len() <= 5 && rest.bytes().all(|byte| byte.is_ascii_uppercase()) => false,
        _ => return None,
    };
    Some(Printed { day, second: Some(second), offset })
}

/// `14:02`, `14:02:09`, `14:02:09.250`, `2:02 PM`: the second of the day, and what stands behind.
pub(crate) fn clock(text: &str) -> Option<(u32, &str)> {
    let (hour, digits, rest) = number(text)?;
    let mut rest = rest.strip_prefix(':')?;
    let (minute, wide, behind) = number(rest)?;
    if digits > 2 || wide != 2 || minute > 59 {
        return None;
    }
    rest = behind;
    let mut second = 0;
    if let Some(behind) = rest.strip_prefix(':') {
        let (seconds, wide, behind) = number(behind)?;
        if wide != 2 || seconds > 60 {
            return None;
        }
        (second, rest) = (seconds, behind);
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
        }
    }
    let (half, behind) = half_of_day(rest);
    let hour = match half {
        None if hour <= 24 => hour,
        Some(later) if (1..=12).contains(&hour) => hour % 12 + if later { 12 } else { 0 },
        _ => return None,
    };
    Some((hour * 3600 + minute * 60 + second, behind))
}

/// "PM" (true) or "AM" at the beginning, and what stands behind it.
fn half_of_day(text: &str) -> (Option<bool>, &str) {
    let word = text.trim_start();
    let letters: String =
        word.chars().take(4).filter(|letter| *letter != '.').collect::<String>().to_lowercase();
    let later = match letters.get(..2) {
        Some("pm") => true,
        Some("am") => false,
        _ => return (None, text),
    };
    let behind = word.trim_start_matches(|letter: char| letter == '.' || letter.is_alphabetic());
    (Some(later), behind)
}

/// `+02:00`, `-0500`, `+02`.
fn is_offset(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
    (2..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

fn day(text: &str) -> Option<(Day, &str)> {
    if let Some(found) = day_of_eight(text) {
        return Some(found);
    }
    if text.starts_with(|letter: char| letter.is_alphabetic()) {
        // March 3, 2026
        let (month, rest) = month_word(text)?;
        let (day, _, rest) = number(rest.trim_start_matches(['.', ' ', '-', '/']))?;
        let (year, digits, rest) = number(rest.trim_start_matches([',', '.', ' ', '-', '/']))?;
        return Some((Day::Known(known(year, digits, month, day)?), rest));
    }
    let (first, first_digits, rest) = number(text)?;
    let separator = rest.chars().next().filter(|letter| ".-/ ".contains(*letter))?;
    let rest = rest.trim_start_matches(['.', '-', '/', ' ']);
    if let Some((month, rest)) = month_word(rest) {
        // 3 March 2026, 03-Mar-26
        let (year, digits, rest) = number(rest.trim_start_matches(['.', ' ', '-', '/', ',']))?;
        return Some((Day::Known(known(year, digits, month, first)?), rest));
    }
    let (second, second_digits, rest) = number(rest)?;
    let (third, third_digits, rest) = number(rest.strip_prefix(separator)?.trim_start())?;
    let numbers = [first, second, third];
    let digits = [first_digits, second_digits, third_digits];
    let is_day = separator != ' ' && digits.iter().all(|digits| matches!(digits, 1 | 2 | 4));
    let day = Day::Numbers { numbers, digits, dotted: separator == '.' };
    let exists = ORDERS.iter().any(|order| day.read(*order).is_some());
    (is_day && exists).then_some((day, rest))
}

/// `20260303`, alone or before a `T` or blank.
fn day_of_eight(text: &str) -> Option<(Day, &str)> {
    let (number, digits, rest) = number(text)?;
    let day =
        NaiveDate::from_ymd_opt(i32::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100)?;
    let stands_alone = digits == 8 && (rest.is_empty() || rest.starts_with(['T', ' ', '-', '_']));
    (stands_alone && (1980..2100).contains(&day.year())).then_some((Day::Known(day), rest))
}

fn known(year: u32, digits: usize, month: u32, day: u32) -> Option<NaiveDate> {
    let year = match digits {
        4 => year,
        2 => 2000 + year,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// How months begin, in the languages that tables come in, lower case.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "gen", "ene", "sty", "led", "янв"],
    &["feb", "fév", "fev", "lut", "úno", "фев"],
    &["mar", "mär", "mrz", "maa", "mrt", "bře", "már", "мар"],
    &["apr", "avr", "abr", "kwi", "dub", "ápr", "апр"],
    &["may", "mai", "mag", "maj", "mei", "kvě", "máj", "май", "мая"],
    &["jun", "juin", "giu", "cze", "čer", "jún", "июн"],
    &["jul", "juil", "lug", "lip", "čvc", "júl", "июл"],
    &["aug", "aoû", "aou", "ago", "sie", "srp", "авг"],
    &["sep", "set", "wrz", "zář", "sze", "сен"],
    &["oct", "okt", "ott", "out", "paź", "říj", "окт"],
    &["nov", "lis", "ноя"],
    &["dec", "dez", "déc", "dic", "gru", "pro", "дек"],
];

fn month_word(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let word = word.to_lowercase();
    let month = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    Some((u32::try_from(month).ok()? + 1, rest))
}

/// "Mon, 3.3.2026" without its day of the week.
fn without_weekday(text: &str) -> &str {
    if !text.starts_with(|letter: char| letter.is_alphabetic())
        || month_word(text).is_some_and(is_followed_by_day)
    {
        return text;
    }
    let rest = text.trim_start_matches(char::is_alphabetic).trim_start_matches(['.', ',', ' ']);
    if rest.len() < text.len() && text.len() - rest.len() <= 14 { rest } else { text }
}

fn is_followed_by_day((_, rest): (u32, &str)) -> bool {
    let digits = rest.trim_start_matches(['.', ' ', '-', '/']);
    number(digits).is_some_and(|(_, digits, rest)| digits <= 2 && !rest.starts_with(['.', '/', '-', ':']))
}

fn number(text: &str) -> Option<(u32, usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..digits)?.parse().ok()?;
    Some((value, digits, &text[digits..]))
}

/// The orders that dates are written in.
pub(crate) const ORDERS: [DateOrder; 3] = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];

/// What the dates of a file say about the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrderEvidence {
    /// Orders that all of them allow, [`ORDERS`] kept.
    pub possible: Vec<DateOrder>,
    /// Of the possible ones, that which the order of the rows speaks for.
    pub likely: Option<DateOrder>,
}

/// Weighs the dates of a file, in the order of its rows.
pub(crate) fn orders(days: &[Day], now: DateTime<Utc>) -> OrderEvidence {
    let open: Vec<_> = days.iter().filter(|day| matches!(day, Day::Numbers { .. })).collect();
    let readable = |order: DateOrder| open.iter().filter(|day| day.read(order).is_some()).count();
    let most = ORDERS.iter().map(|order| readable(*order)).max().unwrap_or_default();
    let mut possible: Vec<_> =
        ORDERS.into_iter().filter(|order| most > 0 && readable(*order) == most).collect();
    narrow(&mut possible, |order| {
        open.iter().all(|day| day.read(order).is_none_or(|day| is_plausible(day, now)))
    });
    // Where dots part the numbers the day comes first, unless the year does with four digits (DIN 5008, CLDR).
    if open.iter().all(|day| matches!(day, Day::Numbers { dotted: true, .. })) {
        narrow(&mut possible, |order| order == DateOrder::Dmy);
    }
    let likely = match possible.as_slice() {
        [] => None,
        [only] => Some(*only),
        _ => steadiest(&possible, &open),
    };
    OrderEvidence { possible, likely }
}

/// Leaves out what does not hold, unless nothing would be left.
fn narrow(orders: &mut Vec<DateOrder>, holds: impl Fn(DateOrder) -> bool) {
    if orders.iter().any(|order| holds(*order)) {
        orders.retain(|order| holds(*order));
    }
}

/// Calls are of the past, and of the time of computers.
fn is_plausible(day: NaiveDate, now: DateTime<Utc>) -> bool {
    day <= now.date_naive() + chrono::TimeDelta::days(2) && day.year() >= 1985
}

/// The order by which the rows go forth or back in time most steadily; then the one that covers the fewest days.
fn steadiest(possible: &[DateOrder], days: &[&Day]) -> Option<DateOrder> {
    let weight = |order: DateOrder| {
        let days: Vec<_> = days.iter().filter_map(|day| day.read(order)).collect();
        let (up, down) = days.windows(2).fold((0_usize, 0_usize), |(up, down), pair| {
            (up + usize::from(pair[1] < pair[0]), down + usize::from(pair[1] > pair[0]))
        });
        let first = days.iter().min().copied().unwrap_or_default();
        let last = days.iter().max().copied().unwrap_or_default();
        (up.min(down), (last - first).num_days())
    };
    let mut weighed: Vec<_> = possible.iter().map(|order| (weight(*order), *order)).collect();
    weighed.sort_by_key(|(weight, _)| *weight);
    match weighed.as_slice() {
        [(best, order), (next, _), ..] if best < next => Some(*order),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, order: DateOrder) -> Option<String> {
        printed(text).and_then(|printed| printed.day.read(order)).map(|day| day.to_string())
    }

    #[test]
    fn moments_are_known_however_they_are_printed() {
        for text in [
            "2026-03-04 13:05:09",
            "2026-03-04T13:05:09Z",
            "2026/03/04 13:05:09.905639107",
            "20260304 13:05:09",
            "4 March 2026, 13:05:09",
            "Wed, 04-Mar-2026 1:05:09 PM",
            "March 4, 2026 13:05:09 +01:00",
        ] {
            let found = printed(text).unwrap();
            assert_eq!(found.second, Some(47_109), "{text}");
            assert_eq!(day(text, DateOrder::Ymd).as_deref(), Some("2026-03-04"), "{text}");
        }
        assert_eq!(day("23/07/21-22:39:38", DateOrder::Ymd).as_deref(), Some("2023-07-21"));
        assert_eq!(day("23/07/21-22:39:38", DateOrder::Dmy).as_deref(), Some("2021-07-23"));
        assert_eq!(day("23/07/21-22:39:38", DateOrder::Mdy), None);
    }

    #[test]
    fn other_cells_are_no_moments() {
        for text in [
            "",
            "-",
            "100",
            "00:01:20",
            "John Smith",
            "192.168.1.21",
            "+49 89 1234",
            "3/4",
            "may be",
            "1234567",
        ] {
            assert_eq!(printed(text), None, "{text}");
        }
    }

    fn evidence(texts: &[&str]) -> OrderEvidence {
        let days: Vec<_> = texts.iter().filter_map(|text| printed(text)).map(|printed| printed.day).collect();
        orders(&days, "2026-11-21T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_day_after_the_twelfth_decides() {
        assert_eq!(evidence(&["03/04/2026", "13/04/2026"]).possible, [DateOrder::Dmy]);
        assert_eq!(evidence(&["03/04/2026", "04/13/2026"]).possible, [DateOrder::Mdy]);
        assert_eq!(evidence(&["2026-03-04"]).possible, [DateOrder::Ymd]);
    }

    #[test]
    fn a_day_still_to_come_decides() {
        assert_eq!(evidence(&["11/12/2026", "11/11/2026"]).possible, [DateOrder::Mdy]);
    }

    #[test]
    fn rows_in_order_speak_for_one() {
        let found = evidence(&["01/04/2026", "02/04/2026", "03/04/2026", "01/05/2026"]);
        assert_eq!(found.possible, [DateOrder::Dmy, DateOrder::Mdy]);
        assert_eq!(found.likely, Some(DateOrder::Dmy));
        assert_eq!(evidence(&["03/04/2026"]).likely, None);
        assert_eq!(evidence(&["03.04.26"]).possible, [DateOrder::Dmy]);
    }
}
