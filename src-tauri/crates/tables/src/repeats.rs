//! How many cells an OpenDocument sheet becomes when what it repeats is written out.
//!
//! Its cells and rows carry how often they are repeated, and calamine writes cells out while it reads: 80 bytes can
//! become 16,384 cells, so a small file could take all memory. This looks only at names and counts, before.

use std::io::{self, BufRead};

/// Cells that a sheet may become.
pub(crate) const MOST_CELLS: u64 = 20_000_000;
/// A tag that is longer is cut off: numbers stand before the long attributes.
const LONGEST_TAG: u64 = 4 << 10;

/// Whether the content of a document becomes more cells than fit.
pub(crate) fn are_too_many(mut content: impl BufRead) -> io::Result<bool> {
    let (mut cells, mut empty) = (0_u64, 0_u64);
    let mut tag = Vec::new();
    while content.skip_until(b'<')? > 0 {
        tag.clear();
        io::Read::take(&mut content, LONGEST_TAG).read_until(b'>', &mut tag)?;
        if tag.starts_with(b"table:table-row") {
            empty = 0;
        } else if tag.starts_with(b"table:table-cell") || tag.starts_with(b"table:covered-table-cell") {
            let times = repeated(&tag);
            // Empty cells become cells only before one that is not.
            if memchr::memmem::find(&tag, b"office:").is_some()
                || memchr::memmem::find(&tag, b"formula").is_some()
            {
                cells = cells.saturating_add(empty).saturating_add(times);
                empty = 0;
            } else {
                empty = empty.saturating_add(times).min(16_384);
            }
        }
        if cells > MOST_CELLS {
            return Ok(true);
        }
    }
    Ok(false)
}

fn repeated(tag: &[u8]) -> u64 {
    const NAME: &[u8] = b"number-columns-repeated=";
    let Some(place) = memchr::memmem::find(tag, NAME) else { return 1 };
    let digits = tag.get(place + NAME.len() + 1..).unwrap_or_default();
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&digits[..length]).unwrap_or_default();
    // What is no number is an error to whoever reads it next.
    number.parse().unwrap_or(1).min(16_384)
}
