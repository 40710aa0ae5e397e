//! Which letters a file is written in, where it does not say.

use encoding_rs::{WINDOWS_1251, WINDOWS_1252};

use crate::code_page::{CP437, CP850};
use crate::{Encoding, FileEncoding};

/// A mark at the beginning, and how many bytes it takes.
pub(crate) fn by_mark(head: &[u8]) -> Option<(FileEncoding, usize)> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => Some((FileEncoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((FileEncoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((FileEncoding::Utf16Be, 2)),
        _ => None,
    }
}

/// The likeliest encoding of a head without a mark.
pub(crate) fn guess(head: &[u8]) -> FileEncoding {
    if let Some(utf16) = by_zeros(head) {
        return utf16;
    }
    let (mut letters, mut wrong) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    // A letter may be cut off at the head's end; and one program may have appended in another encoding.
    if wrong <= letters.max(usize::from(ends_in_a_letter(head))) {
        return FileEncoding::Utf8;
    }
    by_letters(head)
}

/// In UTF-16 every other byte of ordinary text is zero.
fn by_zeros(head: &[u8]) -> Option<FileEncoding> {
    let (pairs, _) = head.get(..4096).unwrap_or(head).as_chunks::<2>();
    let zeros = |place: usize| pairs.iter().filter(|pair| pair[place] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let (many, few) = (pairs.len() / 2, pairs.len() / 20);
    match () {
        () if pairs.len() < 2 => None,
        () if second > many && first <= few => Some(FileEncoding::Utf16Le),
        () if first > many && second <= few => Some(FileEncoding::Utf16Be),
        () => None,
    }
}

fn ends_in_a_letter(head: &[u8]) -> bool {
    head.utf8_chunks().last().is_some_and(|last| {
        let cut = last.invalid();
        // Everything before was valid, and what is missing may follow.
        cut.first().is_some_and(|byte| *byte >= 0xC2) && head.ends_with(cut)
    })
}

/// The code page under which the bytes above 127 look most like letters of words.
fn by_letters(head: &[u8]) -> FileEncoding {
    let ordinary = score(head, Encoding::Latin1);
    let others = [
        (Encoding::Cp850, FileEncoding::Cp850),
        (Encoding::Cp437, FileEncoding::Cp437),
        (Encoding::Cp1251, FileEncoding::Cp1251),
    ];
    let mut best = (ordinary.max(0) + 2, FileEncoding::Latin1);
    for (encoding, found) in others {
        let score = score(head, encoding);
        if score > best.0 {
            best = (score, found);
        }
    }
    best.1
}

/// How well the letters fit: in the middle of words, of the word's alphabet, of the kind that languages use.
fn score(head: &[u8], encoding: Encoding) -> i64 {
    let letters = upper_half(encoding);
    let letter = |byte: u8| match byte.checked_sub(128) {
        Some(place) => letters[usize::from(place)],
        None => char::from(byte),
    };
    let mut score = 0;
    for (index, &byte) in head.iter().enumerate().filter(|(_, byte)| **byte >= 128).take(4096) {
        let before = index.checked_sub(1).map_or(' ', |index| letter(head[index]));
        let after = head.get(index + 1).map_or(' ', |byte| letter(*byte));
        score += fitness(letter(byte), before, after);
    }
    score
}

fn upper_half(encoding: Encoding) -> [char; 128] {
    let single = |table: &'static encoding_rs::Encoding| {
        let mut letters = ['\0'; 128];
        let bytes: Vec<u8> = (128..=255).collect();
        for (letter, decoded) in letters.iter_mut().zip(table.decode_without_bom_handling(&bytes).0.chars()) {
            *letter = decoded;
        }
        letters
    };
    match encoding {
        Encoding::Cp437 => CP437,
        Encoding::Cp850 => CP850,
        Encoding::Cp1251 => single(WINDOWS_1251),
        Encoding::Latin1 | Encoding::Utf8 => single(WINDOWS_1252),
    }
}

fn fitness(letter: char, before: char, after: char) -> i64 {
    let cyrillic = |letter: char| ('\u{400}'..'\u{460}').contains(&letter);
    let latin = |letter: char| letter.is_alphabetic() && !cyrillic(letter);
    if cyrillic(letter) {
        // Words are of one alphabet, and capitals stand at their beginning.
        return match () {
            () if latin(before) || latin(after) => -3,
            () if letter.is_uppercase() && before.is_lowercase() => -3,
            () if cyrillic(before) || cyrillic(after) => 2,
            () => 0,
        };
    }
    if !letter.is_alphabetic() {
        return if letter.is_control() { -4 } else { -2 };
    }
    match () {
        () if cyrillic(before) || cyrillic(after) => -3,
        () if letter.is_uppercase() && before.is_lowercase() => -3,
        // Several accented letters in a row are rather another alphabet.
        () if !letter.is_ascii() && !before.is_ascii() && before.is_alphabetic() => -1,
        () if !COMMON.contains(letter) => -1,
        () if before.is_alphabetic() || after.is_alphabetic() => 3,
        () => 0,
    }
}

/// The accented letters of western Europe's names and words.
const COMMON: &str = "äöüßÄÖÜàâæçéèêëîïôœùûÿÀÂÇÉÈÊËÎÏÔÙáíóúñÁÍÓÚÑãõÃÕìòåøÅØÆ";

#[cfg(test)]
mod tests {
    use super::{by_mark, guess};
    use crate::FileEncoding;

    fn cyrillic(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
    }

    #[test]
    fn words_tell_their_code_page() {
        assert_eq!(guess(b"name,to\nM\xFCller,1\nS\xF8ren,2\nRen\xE9,3\n"), FileEncoding::Latin1);
        assert_eq!(guess(b"name,to\nM\x81ller,1\nS\x9Bren,2\nRen\x82e,3\nK\x94ln,4\n"), FileEncoding::Cp850);
        assert_eq!(guess(&cyrillic("имя;номер\nИванов Пётр;101\nСмирнова Анна;102\n")), FileEncoding::Cp1251);
        assert_eq!(guess("name\nMüller\nSøren\n".as_bytes()), FileEncoding::Utf8);
        assert_eq!(guess(b"name\nMiller\n"), FileEncoding::Utf8);
        assert_eq!(guess(b""), FileEncoding::Utf8);
        // Single bytes that tell nothing.
        assert_eq!(guess(b"a,\xA5\nb,\xFF\n"), FileEncoding::Latin1);
    }

    #[test]
    fn mixed_files_and_cut_letters_stay_unicode() {
        assert_eq!(guess("Zoë\nRené\n".as_bytes()[..9].as_ref()), FileEncoding::Utf8);
        assert_eq!(guess(&"Zoë".as_bytes()[..3]), FileEncoding::Utf8);
        assert_eq!(guess(b"Zo\xC3\xAB\nRen\xC3\xA9\nRen\xE9\n"), FileEncoding::Utf8);
    }

    #[test]
    fn utf_16_is_known_with_and_without_its_mark() {
        let little: Vec<u8> = "a,Zoë\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "a,Zoë\n1,2\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((guess(&little), guess(&big)), (FileEncoding::Utf16Le, FileEncoding::Utf16Be));
        assert_eq!(by_mark(b"\xFF\xFEa\0"), Some((FileEncoding::Utf16Le, 2)));
        assert_eq!(by_mark(b"\xEF\xBB\xBFa"), Some((FileEncoding::Utf8, 3)));
        assert_eq!(by_mark(b"a,b"), None);
    }
}
