//! Do bytes look like text, and if not, is it the parity or the speed?

use crate::settings::{Parity, SerialSettings};

/// Fewer bytes than this say nothing.
pub(crate) const ENOUGH: usize = 48;

/// From so many bytes on, every verdict is given; before, only the clear ones.
const PLENTY: usize = 96;

// The share of characters that records are made of. Plain "printable" does not do: heard four times too slowly, digits
// become `!!11!!!1`, 96 % printable. Of published records of thirty makes, from 96 bytes on at least 87 % are such
// characters; of what is heard of them at another of the nine speeds at most 75 % (of 48 bytes: 77 % and 77 %).
const SURELY_TEXT: usize = 86;
const TEXT: usize = 80;
const HARDLY_TEXT: usize = 70;

/// Under the right parity every byte agrees; a few may be hit by noise.
const PARITY_PERCENT: usize = 98;

/// What bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Text,
    /// Not enough bytes to tell.
    TooFew,
    /// Seven data bits and this parity, read as eight data bits.
    SevenBits(Parity),
    /// Another speed.
    Garbage,
}

/// Judges what came in under these settings. `TooFew` below 48 bytes, and below 96 when it is not clear.
pub fn judge(bytes: &[u8], settings: &SerialSettings) -> Verdict {
    if bytes.len() < ENOUGH {
        return Verdict::TooFew;
    }
    match judge_few(bytes, settings) {
        Verdict::Text | Verdict::Garbage
            if bytes.len() < PLENTY && (HARDLY_TEXT..SURELY_TEXT).contains(&share(bytes, is_usual)) =>
        {
            Verdict::TooFew
        }
        verdict => verdict,
    }
}

/// As [`judge`], however few they are.
pub(crate) fn judge_few(bytes: &[u8], settings: &SerialSettings) -> Verdict {
    // Before the share of text: when few characters happen to carry the parity bit, most is text as it is.
    if settings.data_bits == 8
        && let Some(parity) = parity_in_bit_seven(bytes)
    {
        return Verdict::SevenBits(parity);
    }
    if share(bytes, is_usual) >= TEXT { Verdict::Text } else { Verdict::Garbage }
}

/// `1200 8N1`
pub fn describe(settings: &SerialSettings) -> String {
    let parity = match settings.parity {
        Parity::None => 'N',
        Parity::Even => 'E',
        Parity::Odd => 'O',
    };
    format!("{} {}{parity}{}", settings.baud, settings.data_bits, settings.stop_bits)
}

/// Some bytes have bit 7 set, without it they are text, and with it they all have the same parity: letters beyond
/// ASCII in eight-bit text would not agree.
fn parity_in_bit_seven(bytes: &[u8]) -> Option<Parity> {
    let marked = bytes.iter().any(|byte| byte & 0x80 != 0);
    if !marked || share(bytes, |byte| is_usual(byte & 0x7f)) < TEXT {
        return None;
    }
    let even = share(bytes, |byte| byte.count_ones() % 2 == 0);
    match even {
        PARITY_PERCENT.. => Some(Parity::Even),
        odd if odd <= 100 - PARITY_PERCENT => Some(Parity::Odd),
        _ => None,
    }
}

/// Letters, digits, blank, tabulator, line ends, form feed and the punctuation of records.
fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'\x0c' | b'(' | b')' | b'<' | b'>')
        || matches!(
            byte,
            b'.' | b',' | b':' | b';' | b'/' | b'-' | b'|' | b'"' | b'\'' | b'_' | b'+' | b'*' | b'#' | b'='
        )
}

/// Whole percent; 100 of nothing.
fn share(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    (bytes.iter().filter(|byte| wanted(**byte)).count() * 100).checked_div(bytes.len()).unwrap_or(100)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use super::*;

    pub(crate) const LINES: &[u8] =
        b"11.04.1900:35:48  1   10400:0100:00:070876153281                           1\r\n\
        12.04.1908:01:02  2    1100:34        0248873711                           1\r\n";

    /// What a port set so makes of text sent so.
    pub(crate) fn heard(text: &[u8], exchange: &SerialSettings, port: &SerialSettings) -> Vec<u8> {
        let wire = |settings: &SerialSettings| describe(settings).parse().unwrap();
        test_support::wire::receive(text, wire(exchange), wire(port))
    }

    #[test]
    fn text_is_text_at_its_own_speed_only() {
        let long = LINES.repeat(20);
        for sent in crate::SPEEDS.map(SerialSettings::new) {
            for set in crate::SPEEDS.map(SerialSettings::new) {
                for part in heard(&long, &sent, &set).chunks(100) {
                    let verdict = judge(part, &set);
                    let right = if sent == set { Verdict::Text } else { Verdict::Garbage };
                    assert!(verdict == right || part.len() < PLENTY, "{sent} heard at {set}: {verdict:?}");
                    assert!(sent == set || verdict != Verdict::Text, "{sent} heard at {set}");
                }
            }
        }
    }

    #[test]
    fn seven_bits_show_by_their_parity() {
        for parity in [Parity::Even, Parity::Odd] {
            let set = SerialSettings::default();
            let bytes = heard(LINES, &SerialSettings { data_bits: 7, parity, ..set }, &set);
            assert_eq!(judge(&bytes, &set), Verdict::SevenBits(parity));
            let mut noisy = bytes.repeat(2);
            noisy[40] ^= 1;
            assert_eq!(judge(&noisy, &set), Verdict::SevenBits(parity), "one byte hit by noise");
        }
    }

    /// Against records as makes publish them, where the samples are at hand.
    #[test]
    fn published_records_are_text() {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples/smdr");
        let Ok(makes) = std::fs::read_dir(samples) else {
            println!("skipped: no samples here");
            return;
        };
        let mut judged = 0;
        for make in makes.map(|make| make.unwrap().path()).filter(|make| make.is_dir()) {
            for file in std::fs::read_dir(make).unwrap().map(|file| file.unwrap().path()) {
                let bytes = std::fs::read(&file).unwrap();
                for part in bytes.chunks(200).filter(|part| part.len() >= PLENTY) {
                    let verdict = judge(part, &SerialSettings::default());
                    assert_eq!(verdict, Verdict::Text, "{}: {}", file.display(), part.escape_ascii());
                    judged += 1;
                }
            }
        }
        assert!(judged > 0);
    }

    #[test]
    fn letters_beyond_ascii_are_no_parity() {
        let latin = "20.06.12 Müller, Jörg Weiß, Straße übrig 01706340803 |1|\r\n".repeat(2);
        let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(judge(&latin, &SerialSettings::default()), Verdict::Text);
    }

    #[test]
    fn few_bytes_say_nothing() {
        assert_eq!(judge(&[0xff; 47], &SerialSettings::default()), Verdict::TooFew);
        assert_eq!(judge(&[0xff; 48], &SerialSettings::default()), Verdict::Garbage);
        assert_eq!(judge(&[], &SerialSettings::default()), Verdict::TooFew);
    }

    #[test]
    fn settings_are_described() {
        assert_eq!(describe(&SerialSettings::new(1200)), "1200 8N1");
        let seven = SerialSettings { data_bits: 7, parity: Parity::Even, ..SerialSettings::new(9600) };
        assert_eq!(describe(&seven), "9600 7E1");
    }
}
