//! vCard files: names and telephone numbers of versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).
//!
//! Read byte by byte because version 2.1 says of each property which letters it is written in. Of all the properties
//! only those are read that a call list has use for.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::file::{FileRow, Unusable};

/// Whether a file begins as vCards do.
pub(super) fn is_vcard(head: &[u8]) -> bool {
    let head = in_utf8(head);
    let begin = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(head.len());
    is_line(&head[begin..head.len().min(begin + BEGIN.len())], BEGIN)
}

const BEGIN: &[u8] = b"BEGIN:VCARD";
const END: &[u8] = b"END:VCARD";

/// Every card of a file, in its order.
pub(super) fn cards(bytes: &[u8]) -> Vec<Result<FileRow, Unusable>> {
    let bytes = in_utf8(bytes);
    let mut cards = Vec::new();
    let mut open: Option<Lines<'_>> = None;
    // A card may hold another one, of an assistant (2.1: AGENT): whose names and numbers are not this person's.
    let mut inner = 0_u32;
    for (number, line) in (1..).zip(lines(&bytes)) {
        let begins = is_line(line, BEGIN);
        let ends = is_line(line, END);
        match &mut open {
            None if begins => open = Some(Lines { first: number, lines: Vec::new() }),
            None => {}
            Some(card) if begins && !card.ends_with_agent() && inner == 0 => {
                // The one before was never ended.
                cards.push(Err(card.unusable("The card has no end.")));
                *card = Lines { first: number, lines: Vec::new() };
            }
            Some(_) if begins => inner += 1,
            Some(_) if ends && inner > 0 => inner -= 1,
            Some(card) if ends => {
                cards.push(card.read());
                open = None;
            }
            Some(_) if inner > 0 => {}
            Some(card) => card.lines.push(line),
        }
    }
    if let Some(card) = open {
        cards.push(Err(card.unusable("The card has no end.")));
    }
    cards
}

/// The lines between the beginning and the end of a card.
struct Lines<'a> {
    /// Number of its first line in the file.
    first: u32,
    lines: Vec<&'a [u8]>,
}

impl Lines<'_> {
    fn read(&self) -> Result<FileRow, Unusable> {
        let mut row = FileRow { line: self.first, ..FileRow::default() };
        let (mut structured, mut nickname) = (String::new(), String::new());
        for property in self.properties() {
            let Some(property) = Property::read(&property) else { continue };
            match property.name.as_str() {
                "FN" if row.name.is_empty() => row.name = property.text(),
                "N" if structured.is_empty() => structured = person(&property.parts()),
                "NICKNAME" if nickname.is_empty() => nickname = property.text(),
                "ORG" if row.organisation.is_empty() => row.organisation = filled(&property.parts(), ", "),
                "NOTE" if row.note.is_empty() => row.note = property.text(),
                "TEL" => row.numbers.push(number(&property.text())),
                _ => {}
            }
        }
        for name in [structured, nickname] {
            if row.name.trim().is_empty() {
                row.name = name;
            }
        }
        row.checked(&self.text())
    }

    /// The properties, each as one line: RFC 6350 §3.2, and quoted-printable's own way to go on in the next line.
    fn properties(&self) -> Vec<Vec<u8>> {
        let old = self.lines.iter().any(|line| line.eq_ignore_ascii_case(b"VERSION:2.1"));
        let mut properties: Vec<Vec<u8>> = Vec::new();
        let mut goes_on = false;
        for line in &self.lines {
            let folded = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
            match properties.last_mut() {
                Some(property) if goes_on => {
                    property.pop();
                    property.extend_from_slice(line);
                }
                // In 2.1 a line is folded before a blank that belongs to the text, later before one more.
                Some(property) if folded => property.extend_from_slice(&line[usize::from(!old)..]),
                _ => properties.push(line.to_vec()),
            }
            goes_on = properties.last().is_some_and(|property| {
                property.ends_with(b"=") && Property::read(property).is_some_and(|property| property.quoted)
            });
        }
        properties
    }

    fn ends_with_agent(&self) -> bool {
        self.lines.last().is_some_and(|line| {
            line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"AGENT")) && line.ends_with(b":")
        })
    }

    fn unusable(&self, reason: &str) -> Unusable {
        Unusable::new(self.first, reason, &self.text())
    }

    fn text(&self) -> String {
        let lines: Vec<Cow<'_, str>> = self.lines.iter().map(|line| decoded(line, None)).collect();
        lines.join("\n")
    }
}

/// `item1.TEL;TYPE=work:+353 1 555 0100`, taken apart.
struct Property<'a> {
    /// In capitals, without its group.
    name: String,
    /// In quoted-printable.
    quoted: bool,
    letters: Option<&'static Encoding>,
    value: &'a [u8],
}

impl<'a> Property<'a> {
    fn read(line: &'a [u8]) -> Option<Self> {
        let colon = outside_quotes(line, b':').next()?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let mut parameters = split(head, b';').into_iter();
        let name = parameters.next()?.rsplit(|byte| *byte == b'.').next()?.to_ascii_uppercase();
        let mut property = Self { name: text_of(&name), quoted: false, letters: None, value };
        for parameter in parameters {
            let parameter = text_of(parameter);
            let (key, value) = parameter.split_once('=').unwrap_or(("", &parameter));
            let value = value.trim().trim_matches('"');
            match key.trim().to_ascii_uppercase().as_str() {
                "ENCODING" | "" if value.eq_ignore_ascii_case("QUOTED-PRINTABLE") => property.quoted = true,
                "CHARSET" => property.letters = Encoding::for_label(value.as_bytes()),
                _ => {}
            }
        }
        Some(property)
    }

    /// The value as one text.
    fn text(&self) -> String {
        unescaped(&self.decoded())
    }

    /// The parts of a value that has several, apart by semicolons.
    fn parts(&self) -> Vec<String> {
        let value = self.decoded();
        let mut parts = vec![String::new()];
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            if letter == ';' {
                parts.push(String::new());
                continue;
            }
            let Some(part) = parts.last_mut() else { break };
            part.push(letter);
            if letter == '\\' {
                part.extend(letters.next());
            }
        }
        parts.iter().map(|part| unescaped(part)).collect()
    }

    fn decoded(&self) -> String {
        let bytes = if self.quoted { Cow::Owned(from_quoted(self.value)) } else { Cow::Borrowed(self.value) };
        decoded(&bytes, self.letters).into_owned()
    }
}

/// Family; given; additional; before; after (RFC 6350 §6.2.2), in the order in which people say them.
fn person(parts: &[String]) -> String {
    let order = [3, 1, 2, 0, 4];
    let said: Vec<String> = order.iter().filter_map(|place| parts.get(*place).cloned()).collect();
    filled(&said, " ")
}

fn filled(parts: &[String], between: &str) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

/// `tel:+1-555-0100;ext=5` (version 4) → `+1-555-0100`.
fn number(value: &str) -> String {
    let value = value.trim();
    match value.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => {
            value[4..].split(';').next().unwrap_or_default().to_owned()
        }
        _ => value.to_owned(),
    }
}

/// RFC 6350 §3.4: `\n` is a new line, any other letter behind `\` stands for itself.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            _ => plain.push(letter),
        }
    }
    plain
}

/// Quoted-printable (RFC 2045 §6.7) as bytes; what is no code stays as it is.
fn from_quoted(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(decoded) if byte == b'=' => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    bytes
}

/// Text in the letters it says, else UTF-8, else Windows 1252, which programs wrote without saying so.
fn decoded<'a>(bytes: &'a [u8], letters: Option<&'static Encoding>) -> Cow<'a, str> {
    let letters = letters.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    letters.decode_without_bom_handling(bytes).0
}

/// A file that begins with a mark says its letters itself.
fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(bytes) {
        Some((letters, mark)) if letters == UTF_8 => Cow::Borrowed(&bytes[mark..]),
        Some((letters, mark)) => {
            Cow::Owned(letters.decode_without_bom_handling(&bytes[mark..]).0.into_owned().into_bytes())
        }
        None => Cow::Borrowed(bytes),
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

fn is_line(line: &[u8], word: &[u8]) -> bool {
    line.trim_ascii_end().eq_ignore_ascii_case(word)
}

fn split(text: &[u8], at: u8) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut from = 0;
    for place in outside_quotes(text, at) {
        parts.push(&text[from..place]);
        from = place + 1;
    }
    parts.push(&text[from..]);
    parts
}

/// Places of a byte that does not stand in double quotes.
fn outside_quotes(text: &[u8], wanted: u8) -> impl Iterator<Item = usize> + '_ {
    let mut quoted = false;
    text.iter().enumerate().filter_map(move |(place, byte)| {
        quoted ^= *byte == b'"';
        (*byte == wanted && !quoted).then_some(place)
    })
}

fn text_of(bytes: &[u8]) -> String {
    decoded(bytes, None).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn only(text: &str) -> FileRow {
        let mut cards = cards(text.as_bytes());
        assert_eq!(cards.len(), 1, "{cards:?}");
        cards.remove(0).unwrap()
    }

    #[test]
    fn version_2_1_with_quoted_printable_and_its_own_letters() {
        let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Br=FCll;Ren=E9e;;Dr.\r\n\
                    TEL;WORK;VOICE:(01) 555 01-00\r\nTEL;CELL:086 555 0101\r\n\
                    NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:rings =\r\n at noon=3B caf=C3=A9=0D=0A=\r\nor later\r\n\
                    END:VCARD\r\n";
        let row = only(card);
        assert_eq!(row.name, "Dr. Renée Brüll");
        assert_eq!(row.numbers, ["(01) 555 01-00", "086 555 0101"]);
        assert_eq!(row.note, "rings  at noon; café\r\nor later");
    }

    #[test]
    fn version_2_1_is_folded_before_a_blank_of_the_text() {
        let row = only("BEGIN:VCARD\nVERSION:2.1\nFN:Anna\n Example\nTEL:1234\nEND:VCARD");
        assert_eq!(row.name, "Anna Example");
    }

    #[test]
    fn version_3_with_groups_folds_and_escapes() {
        let card = "begin:vcard\nversion:3.0\nitem1.FN:Ford\\, Ann\nORG:Ford \\; Sons;Sa\n les\n\
                    item2.TEL;TYPE=\"work,voice\":+353 1\n  555 0100\nPHOTO;ENCODING=b:AAAA\n AAAA\nEND:VCARD\n";
        let row = only(card);
        assert_eq!(row.name, "Ford, Ann");
        assert_eq!(row.organisation, "Ford ; Sons, Sales");
        assert_eq!(row.numbers, ["+353 1 555 0100"]);
    }

    #[test]
    fn version_4_with_numbers_as_addresses() {
        let card = "BEGIN:VCARD\nVERSION:4.0\nN:Hill;Bo;;;\nFN:\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+1-555-0100;ext=5\nEND:VCARD\n";
        let row = only(card);
        assert_eq!((row.name.as_str(), row.numbers), ("Bo Hill", vec!["+1-555-0100".to_owned()]));
    }

    #[test]
    fn an_assistants_card_inside_is_not_the_persons() {
        let card = "BEGIN:VCARD\nVERSION:2.1\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Assistant\nTEL:999\nEND:VCARD\nTEL:111\nEND:VCARD";
        let row = only(card);
        assert_eq!((row.name.as_str(), row.numbers), ("Boss", vec!["111".to_owned()]));
    }

    #[test]
    fn cards_that_say_nothing_are_told_with_their_line() {
        let file = "BEGIN:VCARD\nFN:No number\nEND:VCARD\n\nBEGIN:VCARD\nTEL:123\nEND:VCARD\nBEGIN:VCARD\nFN:Cut off\nBEGIN:VCARD\nFN:Whole\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:Never ends";
        let cards = cards(file.as_bytes());
        let told: Vec<_> = cards
            .iter()
            .map(|card| match card {
                Ok(row) => (row.line, row.name.clone()),
                Err(unusable) => (unusable.line, unusable.reason.clone()),
            })
            .collect();
        let expected = [
            (1, "It has no telephone number."),
            (5, "It has no name."),
            (8, "The card has no end."),
            (10, "Whole"),
            (14, "The card has no end."),
        ];
        assert_eq!(told, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_file_in_utf_16_says_so() {
        let text = "BEGIN:VCARD\r\nFN:Zoë\r\nTEL:123\r\nEND:VCARD\r\n";
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert!(is_vcard(&bytes));
        assert_eq!(cards(&bytes)[0].as_ref().unwrap().name, "Zoë");
    }

    /// A card as RFC 6350 wants it written: escaped, folded after `width` bytes (never within a letter).
    fn written(name: &str, number: &str, width: usize) -> String {
        let escaped = name.replace('\\', "\\\\").replace('\n', "\\n").replace(';', "\\;").replace(',', "\\,");
        let mut line = String::new();
        let mut taken = 0;
        for letter in format!("FN:{escaped}").chars() {
            if taken + letter.len_utf8() > width {
                line.push_str("\r\n ");
                taken = 1;
            }
            line.push(letter);
            taken += letter.len_utf8();
        }
        format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{line}\r\nTEL:{number}\r\nEND:VCARD\r\n")
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(name in "[a-zA-Zäßλ,;:\\\\\n][a-zA-Zäßλ ,;:=\\\\\n]{0,60}[a-zäλ,;]", number in "[0-9+][0-9 ]{0,12}[0-9]", width in 8..75_usize) {
            let row = only(&written(&name, &number, width));
            prop_assert_eq!(row.name, name.trim());
            prop_assert_eq!(row.numbers, vec![number]);
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut file = b"BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:".to_vec();
            file.extend(bytes);
            file.extend(b"\nEND:VCARD\n");
            prop_assert!(!cards(&file).is_empty());
        }
    }
}
