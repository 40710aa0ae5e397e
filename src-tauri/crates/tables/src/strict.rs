//! Cuts the rows that keep every rule of CSV (RFC 4180), 64 bytes at a time.
//!
//! Whether a byte is inside quotes is the parity of the quotes before it; that holds as long as every quote opens a
//! cell, closes it, or is one of a doubled pair. The rare row in which one does not is left to the lenient cutter,
//! which finds the same cells in rows of either kind, only slower.

use wide::u8x16;

use crate::cells::Place;

/// Bytes looked at together: one bit each in a word.
const CHUNK: usize = 64;

/// What stands where in a chunk, one bit for each byte.
struct Marks {
    /// Separators between cells.
    ends: u64,
    /// Quotes that stand behind a quote inside a cell.
    escapes: u64,
}

/// Whether the row keeps the rules: no cell is left open, no quote stands where none may.
pub(crate) fn is_strict(row: &[u8], separator: u8) -> bool {
    walk(row, separator, |_, _| {})
}

/// Adds the row's cells to `places`; `false` if it does not keep the rules, and what was added is then meaningless.
pub(crate) fn cut(row: &[u8], separator: u8, places: &mut Vec<Place>) -> bool {
    let mut start = 0;
    let mut doubled = false;
    let strict = walk(row, separator, |base, marks| {
        let mut ends = marks.ends;
        let mut escapes = marks.escapes;
        while ends != 0 {
            let lowest = ends & ends.wrapping_neg();
            let end = base + ends.trailing_zeros() as usize;
            let before = escapes & (lowest - 1);
            places.push(place(row, start, end, doubled || before != 0));
            start = end + 1;
            doubled = false;
            escapes &= !before;
            ends &= ends - 1;
        }
        doubled |= escapes != 0;
    });
    places.push(place(row, start, row.len(), doubled));
    strict
}

#[inline]
fn place(row: &[u8], start: usize, end: usize, escaped: bool) -> Place {
    match row.get(start) {
        // A quoted cell that keeps the rules has a quote at either end.
        Some(b'"') if end > start + 1 => Place::new(start + 1, end - 1, escaped),
        _ => Place::new(start, end, false),
    }
}

#[inline]
fn walk(row: &[u8], separator: u8, mut each: impl FnMut(usize, Marks)) -> bool {
    // All ones while the byte before the chunk is inside quotes.
    let mut inside_before = 0;
    // The byte before the chunk, in the lowest bit: a border of a cell (as the row's beginning is), a quote.
    let (mut border_before, mut quote_before) = (1, 0);
    // The chunk before ended with a closing quote.
    let mut closed_before = 0;
    let mut wrong = 0;
    let (chunks, tail) = row.as_chunks::<CHUNK>();
    let mut step = |base: usize, chunk: &[u8; CHUNK], real: u64| {
        let quotes = equal(chunk, b'"');
        let separators = equal(chunk, separator);
        let borders = quotes | separators;
        let inside = parity(quotes) ^ inside_before;
        let opening = quotes & inside;
        let closing = quotes & !inside;
        wrong |= opening & !(borders << 1 | border_before);
        wrong |= closing & !(borders >> 1 | 1 << 63);
        wrong |= closed_before & !borders;
        let escapes = opening & (quotes << 1 | quote_before);
        each(base, Marks { ends: separators & !inside & real, escapes });
        inside_before = 0u64.wrapping_sub(inside >> 63);
        border_before = borders >> 63;
        quote_before = quotes >> 63;
        closed_before = closing >> 63;
    };
    for (index, chunk) in chunks.iter().enumerate() {
        step(index * CHUNK, chunk, !0);
    }
    if !tail.is_empty() {
        // The end of a row closes a cell as a separator does.
        let mut chunk = [separator; CHUNK];
        chunk[..tail.len()].copy_from_slice(tail);
        step(chunks.len() * CHUNK, &chunk, (1 << tail.len()) - 1);
    }
    wrong == 0 && inside_before == 0
}

/// One bit for each byte that equals `byte`.
#[inline]
fn equal(chunk: &[u8; CHUNK], byte: u8) -> u64 {
    let pattern = u8x16::splat(byte);
    let (parts, _) = chunk.as_chunks::<16>();
    let mut mask = 0;
    for (index, part) in parts.iter().enumerate() {
        mask |= u64::from(u8x16::new(*part).simd_eq(pattern).to_bitmask()) << (index * 16);
    }
    mask
}

/// For each bit, whether the number of ones up to and with it is odd.
#[inline]
fn parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ (bits << 32)
}
