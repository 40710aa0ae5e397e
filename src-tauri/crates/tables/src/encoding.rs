//! How letters are written as bytes.

use std::borrow::Cow;

use encoding_rs::{WINDOWS_1251, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use crate::code_page::{CP437, CP850};

/// Encodings that call files are found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    #[default]
    Utf8,
    /// Windows 1252, which has all of Latin-1's letters.
    Latin1,
    Cp437,
    Cp850,
    Cp1251,
}

impl Encoding {
    /// The bytes as text, if that is what they are in this encoding without being decoded: letters below 128 are the
    /// same in every one.
    pub fn plain(self, bytes: &[u8]) -> Option<&str> {
        let text = std::str::from_utf8(bytes).ok()?;
        (self == Self::Utf8 || text.is_ascii()).then_some(text)
    }

    /// The letters behind these bytes. No byte is lost: what is not UTF-8 in a file of UTF-8 is read as Windows 1252,
    /// byte by byte, because programs that append to one file in two encodings exist (Asterisk's caller names).
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        if let Some(text) = self.plain(bytes) {
            return Cow::Borrowed(text);
        }
        match self {
            Self::Utf8 => Cow::Owned(mixed(bytes)),
            Self::Latin1 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            Self::Cp1251 => WINDOWS_1251.decode_without_bom_handling(bytes).0,
            Self::Cp437 => Cow::Owned(by_table(bytes, &CP437)),
            Self::Cp850 => Cow::Owned(by_table(bytes, &CP850)),
        }
    }
}

fn mixed(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

fn by_table(bytes: &[u8], upper: &[char; 128]) -> String {
    bytes
        .iter()
        .map(|&byte| match byte.checked_sub(128) {
            Some(place) => upper[usize::from(place)],
            None => char::from(byte),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Encoding;

    #[test]
    fn every_encoding_has_its_letters() {
        assert_eq!(Encoding::Utf8.decode("Zoë".as_bytes()), "Zoë");
        assert_eq!(Encoding::Latin1.decode(b"Zo\xEB \x80"), "Zoë €");
        assert_eq!(Encoding::Cp437.decode(b"M\x81ller \xA5"), "Müller Ñ");
        assert_eq!(Encoding::Cp850.decode(b"S\x9Bren \xD0"), "Søren ð");
        assert_eq!(Encoding::Cp1251.decode(b"\xCC\xE8\xF0"), "Мир");
    }

    #[test]
    fn what_is_not_utf_8_in_a_file_of_utf_8_is_windows_1252() {
        assert_eq!(Encoding::Utf8.decode(b"caf\xC3\xA9 caf\xE9 \xA5 \xFF \xC3"), "café café ¥ ÿ Ã");
    }

    #[test]
    fn no_byte_is_lost() {
        let all: Vec<u8> = (0..=255).collect();
        for encoding in [Encoding::Utf8, Encoding::Latin1, Encoding::Cp437, Encoding::Cp850, Encoding::Cp1251]
        {
            let text = encoding.decode(&all);
            assert_eq!(text.chars().count(), 256, "{encoding:?}");
            assert!(!text.contains('\u{FFFD}'), "{encoding:?}");
        }
    }
}
