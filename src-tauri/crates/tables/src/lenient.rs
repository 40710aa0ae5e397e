//! Cuts rows in which quotes stand anywhere.
//!
//! A quote opens a cell only as its first byte; inside an unquoted cell it is a letter like any other. A quote that is
//! followed by neither quote, separator nor the row's end does not close the cell: writers that forget to double
//! quotes exist, and names hold inches (`"fxs.52" 152"`).

use memchr::memchr;

use crate::cells::Place;

/// What a piece of a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measure {
    /// Separators between cells: one less than cells.
    pub separators: usize,
    /// It ends inside quotes.
    pub open: bool,
}

/// Adds the row's cells to `places`.
pub(crate) fn cut(row: &[u8], separator: u8, quoted: bool, places: &mut Vec<Place>) {
    let mut start = 0;
    loop {
        let end = if quoted && row.get(start) == Some(&b'"') {
            let (close, escaped) = closing_quote(row, start + 1, separator);
            places.push(Place::new(start + 1, close.unwrap_or(row.len()), escaped));
            close.map_or(row.len(), |close| close + 1)
        } else {
            let end = next(row, start, separator);
            places.push(Place::new(start, end, false));
            end
        };
        if end >= row.len() {
            return;
        }
        start = end + 1;
    }
}

/// Counts what [`cut`] would find; `inside` if the piece begins inside quotes.
pub(crate) fn measure(piece: &[u8], separator: u8, inside: bool) -> Measure {
    let mut separators = 0;
    let mut at = 0;
    let mut quoted = inside;
    loop {
        let end = if quoted || piece.get(at) == Some(&b'"') {
            let from = if quoted { at } else { at + 1 };
            match closing_quote(piece, from, separator).0 {
                Some(close) => close + 1,
                None => return Measure { separators, open: true },
            }
        } else {
            next(piece, at, separator)
        };
        if end >= piece.len() {
            return Measure { separators, open: false };
        }
        separators += 1;
        at = end + 1;
        quoted = false;
    }
}

fn next(row: &[u8], start: usize, byte: u8) -> usize {
    memchr(byte, row.get(start..).unwrap_or_default()).map_or(row.len(), |found| start + found)
}

/// Where the cell's closing quote is, if anywhere, and whether quotes inside are doubled.
fn closing_quote(row: &[u8], mut from: usize, separator: u8) -> (Option<usize>, bool) {
    let mut escaped = false;
    while let Some(found) = memchr(b'"', row.get(from..).unwrap_or_default()) {
        let quote = from + found;
        match row.get(quote + 1) {
            Some(b'"') => {
                escaped = true;
                from = quote + 2;
            }
            Some(&after) if after != separator => from = quote + 1,
            _ => return (Some(quote), escaped),
        }
    }
    (None, escaped)
}
