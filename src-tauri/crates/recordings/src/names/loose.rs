//! A name that no template fits: ids, the first time and all other numbers are taken from it, whatever their order.

use super::{
    NameEvidence, NameId, NameNumber, Role,
    ending::File,
    ids, matcher,
    number::Digits,
    parts::Part,
    when::{self, NameTime},
};

/// Shorter words of letters and digits stand in names for other reasons.
const WORD: usize = 8;
/// Shorter numbers are counts.
const NUMBER: usize = 2;

pub(super) fn read(file: &File<'_>) -> NameEvidence {
    let name = file.stem;
    let mut told = NameEvidence::default();
    // What has been read is not read again as something else.
    let mut free = vec![true; name.len()];
    for found in ids::find(name) {
        free[found.from..found.to].fill(false);
    }
    if let Some((from, to, time)) = time(name, &free) {
        told.time = Some(time);
        free[from..to].fill(false);
    }
    let mut at = 0;
    while at < name.len() {
        let (end, number, id) = word(name, &free, at);
        told.numbers.extend(number);
        told.ids.extend(id);
        at = end.max(at + 1);
    }
    matcher::add_ids(&mut told, name);
    let tail_at = name.iter().rposition(|byte| matches!(byte, b'-' | b'_')).unwrap_or(name.len());
    (told.side, told.part) = matcher::tail(&name[tail_at..]).unwrap_or_default();
    told
}

/// The first date with a time behind it, else the first seconds since 1970.
fn time(name: &[u8], free: &[bool]) -> Option<(usize, usize, NameTime)> {
    let begins =
        |at: usize| free[at] && name[at].is_ascii_digit() && (at == 0 || !name[at - 1].is_ascii_digit());
    let ends = |end: usize| !name.get(end).is_some_and(u8::is_ascii_digit);
    let starts = || (0..name.len()).filter(|at| begins(*at));
    let printed = starts().find_map(|from| {
        when::dates(name, from).into_iter().find_map(|(date_end, date)| {
            let gap = usize::from(name.get(date_end).is_some_and(|byte| b"-_. T".contains(byte)));
            let times = when::times(name, date_end + gap);
            let (to, time) = times.into_iter().find(|(to, _)| ends(*to))?;
            Some((from, to, when::join(date, time, None)))
        })
    });
    printed.or_else(|| starts().find_map(|from| when::epoch(name, from).map(|(to, time)| (from, to, time))))
}

/// Where the word that begins here ends, and what it is.
fn word(name: &[u8], free: &[bool], at: usize) -> (usize, Option<NameNumber>, Option<NameId>) {
    let mut ends = Vec::new();
    // A hidden digit begins no number by itself: `x204`.
    if free[at] && !name[at].eq_ignore_ascii_case(&b'x') {
        Part::Number.ends(name, at, &mut ends);
    }
    let alone = |end: usize| {
        free[at..end].iter().all(|free| *free)
            && !name.get(end).is_some_and(u8::is_ascii_alphanumeric)
            && !(at > 0 && name[at - 1].is_ascii_alphanumeric())
    };
    if let Some(end) = ends.into_iter().find(|end| alone(*end))
        && let Some(digits) = Digits::read(&name[at..end])
        && end - at >= NUMBER
        && name[at..end].iter().any(u8::is_ascii_digit)
    {
        let printed = String::from_utf8_lossy(&name[at..end]).into_owned();
        return (end, Some(NameNumber { role: Role::Either, printed, digits: Some(digits) }), None);
    }
    let end = at
        + name[at..]
            .iter()
            .zip(&free[at..])
            .take_while(|(byte, free)| **free && byte.is_ascii_alphanumeric())
            .count();
    let text = &name[at..end];
    let mixed = text.iter().any(u8::is_ascii_digit) && text.iter().any(u8::is_ascii_alphabetic);
    let id = (mixed && text.len() >= WORD).then(|| NameId::reference(text)).flatten();
    (end, None, id)
}

#[cfg(test)]
mod tests {
    use crate::read;

    fn told(name: &str) -> String {
        let [reading] = &read(name.as_bytes())[..] else { panic!("one reading") };
        assert_eq!(reading.template, None, "{name}");
        reading.told()
    }

    #[test]
    fn whatever_looks_like_something_is_taken() {
        assert_eq!(
            told("Desk 3 - 02079460018 at 2024-02-29 12.00.00.mp3"),
            "2024-02-29 12:00:00; number 02079460018"
        );
        assert_eq!(told("x204@2024.02.29_1200#ab12cd34ef.wav"), "2024-02-29 12:00; id ab12cd34ef");
        assert_eq!(told("lunch menu.wav"), "");
    }
}
