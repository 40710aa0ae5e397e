//! From what an exchange prints to the digits in it.

/// What is left of a printed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cleaned {
    /// Nothing was printed.
    Nothing,
    /// Somebody withheld the number.
    Withheld,
    /// No number: `alice`, `s`, `1-800-FLOWERS`. Letters are not turned into digits, since nobody dialled those.
    Text(String),
    /// Digits, *, # and `?` for a hidden digit, perhaps behind a +; at least one of them.
    Number(String),
}

/// What exchanges and carriers print in place of a number that the caller withholds.
const WITHHELD: [&str; 12] = [
    "anonymous",
    "withheld",
    "private",
    "restricted",
    "hidden",
    "blocked",
    "clir",
    "secret",
    "suppressed",
    "no caller id",
    "number withheld",
    "private number",
];

/// What they print where there is none: two of these are not the same party.
const NOT_KNOWN: [&str; 7] = ["unknown", "unavailable", "not available", "no number", "n/a", "none", "null"];

/// An extension behind an outside number, `562-246-7846 x57324`: the other side's, so not part of the number.
const EXTENSION_MARKS: [&str; 4] = ["x", "ext", "extn", "extension"];

pub(crate) fn clean(printed: &str) -> Cleaned {
    let text = unquoted(out_of_brackets(printed).trim());
    let text = user_of_address(&text);
    let plain = text.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    if WITHHELD.contains(&plain.as_str()) {
        return Cleaned::Withheld;
    }
    if NOT_KNOWN.contains(&plain.as_str()) {
        return Cleaned::Nothing;
    }
    let text = without_extension(text.trim());
    match digits_of(text) {
        Some(digits) if digits.is_empty() => Cleaned::Nothing,
        Some(digits) if digits.bytes().all(|letter| letter == b'?') => Cleaned::Withheld,
        Some(digits) => Cleaned::Number(without_end_key(digits)),
        None => Cleaned::Text(text.to_lowercase()),
    }
}

/// `"Reception" <201>` → `201`; `<I>0876153281` → `0876153281`: of what stands in angle brackets and what stands
/// outside them, the part with digits, the one in brackets first.
fn out_of_brackets(printed: &str) -> String {
    let Some((before, rest)) = printed.split_once('<') else { return printed.to_owned() };
    let (inside, after) = rest.split_once('>').unwrap_or((rest, ""));
    let number = |text: &str| text.contains(|letter: char| letter.is_ascii_digit() || letter == '?');
    let word = inside.trim().to_lowercase();
    let address =
        inside.contains('@') || WITHHELD.contains(&word.as_str()) || NOT_KNOWN.contains(&word.as_str());
    let chosen = if number(inside) || address { inside.to_owned() } else { format!("{before}{after}") };
    if chosen.contains('<') { chosen.replace(['<', '>'], " ") } else { chosen }
}

fn unquoted(text: &str) -> String {
    text.trim_matches(|letter| matches!(letter, '"' | '\'')).trim().to_owned()
}

/// The user part of a SIP address, or of a `tel:` one (RFC 3261, 19.1.1; RFC 3966).
fn user_of_address(text: &str) -> String {
    let scheme = ["sips:", "sip:", "tel:"].into_iter().find(|scheme| {
        text.get(..scheme.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
    });
    if scheme.is_none() && !text.contains('@') {
        return text.to_owned();
    }
    let address = scheme.map_or(text, |scheme| text.get(scheme.len()..).unwrap_or_default());
    let user = address.split(['@', ';', ':']).next().unwrap_or_default();
    user.replace("%2B", "+").replace("%2b", "+").replace("%23", "#")
}

fn without_extension(text: &str) -> &str {
    let Some(at) = text.find(|letter: char| letter.is_ascii_alphabetic()) else { return text };
    let (number, rest) = text.split_at(at);
    let mark_ends = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (mark, extension) = rest.split_at(mark_ends);
    let extension = extension.trim_start_matches(['.', ':', ' ']);
    let is_extension = !extension.is_empty() && extension.bytes().all(|letter| letter.is_ascii_digit());
    let is_number = number.bytes().filter(u8::is_ascii_digit).count() > 4;
    if is_number && is_extension && EXTENSION_MARKS.contains(&mark.to_ascii_lowercase().as_str()) {
        number.trim_end_matches([' ', ',', ';'])
    } else {
        text
    }
}

/// The digits without what people put between them; `None` if there is anything else.
fn digits_of(text: &str) -> Option<String> {
    let masked = masked_end(text);
    let mut digits = String::with_capacity(text.len());
    // +353 (0)1 …: the zero is for those who dial from within the country.
    let text = if text.starts_with('+') { text.replacen("(0)", "", 1) } else { text.to_owned() };
    let shown = text.len().saturating_sub(masked);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if at >= shown => digits.push('?'),
            '0'..='9' | '*' | '#' | '?' => digits.push(letter),
            // Also behind a digit for an outside line, `9+44…`; zeros before it say the same again.
            '+' if digits.len() < 4 && !digits.contains('+') => {
                digits = format!("{}+", digits.trim_start_matches('0'));
            }
            // A pause, and what was to be dialled after it.
            ',' if digits.len() > 2 => break,
            _ if stands_between(letter) => {}
            _ => return None,
        }
    }
    Some(if digits == "+" { String::new() } else { digits })
}

fn stands_between(letter: char) -> bool {
    let typeset = matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2010}'..='\u{2015}');
    typeset || "+ -./()[],\t_".contains(letter)
}

/// How many letters at the end stand for hidden digits: `0861XXXX` and `0861****` are `0861????`. One star alone
/// is a key that was pressed.
fn masked_end(text: &str) -> usize {
    let Some(last @ ('x' | 'X' | '*')) = text.chars().last() else { return 0 };
    let shown = text.trim_end_matches(last);
    let hidden = text.len() - shown.len();
    let number = shown.bytes().filter(u8::is_ascii_digit).count() > 2 && !shown.contains(['*', '#']);
    if number && hidden > 1 { hidden } else { 0 }
}

/// A # at the end tells the exchange that the number is complete, and keys pressed behind a whole number are for
/// whoever answers. What begins with * or # is a code, and stays whole.
fn without_end_key(mut digits: String) -> String {
    match digits.find(['*', '#']) {
        Some(0) | None => {}
        Some(keys) if keys >= SHORTEST_BEFORE_KEYS => digits.truncate(keys),
        Some(_) => digits.truncate(digits.trim_end_matches('#').len()),
    }
    digits
}

/// Shorter beginnings may be part of a code of the exchange.
const SHORTEST_BEFORE_KEYS: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;

    fn number(digits: &str) -> Cleaned {
        Cleaned::Number(digits.to_owned())
    }

    #[test]
    fn what_is_printed_around_digits_is_taken_off() {
        for (printed, digits) in [
            (" 087 615-3281 ", "0876153281"),
            ("(01) 555.0123", "015550123"),
            ("+353 (0)87 6153281", "+353876153281"),
            ("562-246-7846 x57324", "5622467846"),
            ("015550123 Ext. 12", "015550123"),
            ("8262623#", "8262623"),
            ("201#", "201"),
            ("9+44 20 7946 0018", "9+442079460018"),
            ("00+442079460018", "+442079460018"),
            ("0876153281*2#", "0876153281"),
            ("21*201", "21*201"),
            ("*47", "*47"),
            ("#31#", "#31#"),
            ("0861????", "0861????"),
            ("0861XXXX", "0861????"),
            ("0861****", "0861????"),
            ("sip:013231111@host", "013231111"),
            ("sip:%2B353876153281:secret@10.0.0.1;user=phone", "+353876153281"),
            ("013231111@pbx", "013231111"),
            ("TEL:+353-87-615-3281", "+353876153281"),
            ("\"Reception\" <201>", "201"),
            ("<I>0876153281", "0876153281"),
            ("\"Mary\" <sip:203@pbx>", "203"),
            ("0876153281,,12", "0876153281"),
            ("020\u{a0}7946\u{2013}0018", "02079460018"),
        ] {
            assert_eq!(clean(printed), number(digits), "{printed}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        for printed in [
            "anonymous",
            "(withheld)",
            "????",
            "Private",
            "<Anonymous>",
            "\"x\" <anonymous@anonymous.invalid>",
        ] {
            assert_eq!(clean(printed), Cleaned::Withheld, "{printed}");
        }
        for printed in ["", "  ", "<>", "-", "+", "()", "unknown", "<Unavailable>", "N/A"] {
            assert_eq!(clean(printed), Cleaned::Nothing, "{printed}");
        }
        for (printed, text) in [("1-800-FLOWERS", "1-800-flowers"), ("s", "s"), ("sip:alice@host", "alice")] {
            assert_eq!(clean(printed), Cleaned::Text(text.to_owned()), "{printed}");
        }
    }
}
