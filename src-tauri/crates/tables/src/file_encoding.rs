//! The encodings of files, as a person chooses among them.

use serde::{Deserialize, Serialize};

use crate::Encoding;

/// How the letters of a file are written. UTF-16 becomes UTF-8 while it is read, so a row never is UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileEncoding {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
    Latin1,
    Cp437,
    Cp850,
    Cp1251,
}

impl FileEncoding {
    /// All of them with their names for people, the likeliest first.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Utf8, "Unicode (UTF-8)"),
        (Self::Latin1, "Windows, Western European (1252, Latin-1)"),
        (Self::Cp1251, "Windows, Cyrillic (1251)"),
        (Self::Cp850, "DOS, Western European (850)"),
        (Self::Cp437, "DOS, United States (437)"),
        (Self::Utf16Le, "Unicode (UTF-16, little-endian)"),
        (Self::Utf16Be, "Unicode (UTF-16, big-endian)"),
    ];

    /// The word that stands for it in settings; the same as in its serialised form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16Le => "utf16-le",
            Self::Utf16Be => "utf16-be",
            Self::Latin1 => "latin1",
            Self::Cp437 => "cp437",
            Self::Cp850 => "cp850",
            Self::Cp1251 => "cp1251",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().map(|(encoding, _)| encoding).find(|encoding| encoding.as_str() == word)
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(encoding, _)| *encoding == self).map_or("", |(_, name)| name)
    }

    /// How the letters of its rows are written.
    pub(crate) fn of_rows(self) -> Encoding {
        match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => Encoding::Utf8,
            Self::Latin1 => Encoding::Latin1,
            Self::Cp437 => Encoding::Cp437,
            Self::Cp850 => Encoding::Cp850,
            Self::Cp1251 => Encoding::Cp1251,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FileEncoding;

    #[test]
    fn the_word_is_the_serialised_form() {
        for (encoding, name) in FileEncoding::ALL {
            let word = serde_json::to_string(&encoding).unwrap();
            assert_eq!(word, format!("\"{}\"", encoding.as_str()));
            assert_eq!(FileEncoding::from_word(encoding.as_str()), Some(encoding));
            assert_eq!(encoding.name(), name);
        }
        assert_eq!(FileEncoding::from_word("ebcdic"), None);
    }
}
