//! From the raw bytes of one line to its pieces: control bytes dropped, parted where another record begins.

use super::Marks;
use crate::Opener;

/// A stretch of a line that is one record, or noise.
#[derive(Debug)]
pub(super) struct Piece {
    /// Offset of its first raw byte in the line.
    pub from: usize,
    /// Offset after its last raw byte.
    pub to: usize,
    /// Without control bytes; trailing blanks are kept, since a torn line's second half follows them.
    pub text: Vec<u8>,
    /// `split`, `control_bytes` and `high_bytes`.
    pub marks: Marks,
}

/// The pieces of a line in order: none if it is blank, one for nearly every line.
pub(super) fn pieces(raw: &[u8], opener: &Opener) -> Vec<Piece> {
    let text = clean(raw);
    let mut found = Vec::with_capacity(1);
    let (mut begin, mut from) = (0, 0);
    while let Some(inner) = opener.find(&text, begin + 1) {
        let before = &text[begin..inner];
        // Blanks before a record are dropped, but stay among the bytes it covers.
        if !is_blank(before) {
            let to = raw_offset(raw, inner);
            found.push(piece(raw, from, to, before, true));
            from = to;
        }
        begin = inner;
    }
    if !is_blank(&text[begin..]) {
        found.push(piece(raw, from, raw.len(), &text[begin..], false));
    }
    found
}

/// Whether the line is one piece as it stands: no control bytes and no record beginning inside it.
pub(super) fn is_plain(raw: &[u8], opener: &Opener) -> bool {
    !any_control(raw) && opener.find(raw, 1).is_none()
}

pub(super) fn is_control(byte: u8) -> bool {
    byte < b' ' || byte == 127
}

pub(super) fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|&byte| byte == b' ')
}

pub(super) fn clean(raw: &[u8]) -> Vec<u8> {
    raw.iter().copied().filter(|&byte| !is_control(byte)).collect()
}

/// The offset in `raw` of the character with this index in its cleaned text.
pub(super) fn raw_offset(raw: &[u8], character: usize) -> usize {
    let mut visible = raw.iter().enumerate().filter(|(_, byte)| !is_control(**byte));
    visible.nth(character).map_or(raw.len(), |(offset, _)| offset)
}

/// Folds instead of stopping early: most lines have none, and this way it is one vector instruction a stride.
pub(super) fn any_control(raw: &[u8]) -> bool {
    raw.iter().fold(false, |any, &byte| any | is_control(byte))
}

fn piece(raw: &[u8], from: usize, to: usize, text: &[u8], split: bool) -> Piece {
    let high_bytes = !text.is_ascii();
    let marks = Marks { split, control_bytes: any_control(&raw[from..to]), high_bytes, ..Marks::default() };
    Piece { from, to, text: text.to_vec(), marks }
}
