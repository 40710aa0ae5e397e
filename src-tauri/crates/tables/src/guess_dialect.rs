//! What stands between cells, and whether they are quoted, where nobody says.

use std::collections::HashMap;

use crate::frame::Framer;
use crate::{Block, CellCutter, Dialect, Encoding, Shape};

/// Those that text seldom holds first: they win where two fit alike. Never "!", which dial strings hold.
const SEPARATORS: [u8; 4] = [b'\t', b'|', b';', b','];

/// How much of the head is looked at.
const SAMPLE: usize = 64 << 10;

/// A dialect, and how well the head fits it.
#[derive(Debug)]
pub(crate) struct Guess {
    pub dialect: Dialect,
    /// Rows of the ordinary width, of all rows: 0 to 1.
    pub share: f64,
    /// Cells with a quote at either end, and cells with one at one end only.
    quotes: (usize, usize),
}

/// The dialect under which the head's rows have most constantly the same number of cells; what is given is kept.
/// `whole` if nothing follows the head.
pub(crate) fn guess(
    head: &[u8],
    whole: bool,
    encoding: Encoding,
    separator: Option<u8>,
    quoted: Option<bool>,
) -> Guess {
    let sample = head.get(..SAMPLE).unwrap_or(head);
    let whole = whole && sample.len() == head.len();
    let best_of = |separators: &[u8], quoted: bool| {
        let guesses = separators.iter().map(|separator| try_out(sample, whole, encoding, *separator, quoted));
        guesses.fold(None, |best: Option<Guess>, guess| match best {
            Some(best) if best.score() >= guess.score() => Some(best),
            _ => Some(guess),
        })
    };
    let separators = separator.map_or(SEPARATORS.to_vec(), |separator| vec![separator]);
    // What the sample does not hold makes rows of one cell, which anything else beats.
    let present: Vec<u8> =
        separators.iter().copied().filter(|separator| sample.contains(separator)).collect();
    let best = |quoted: bool| match best_of(&present, quoted) {
        Some(best) if best.score() > 0.0 => Some(best),
        _ => best_of(&separators, quoted),
    };
    let plain = || Guess {
        dialect: Dialect { shape: Shape::Delimited { separator: b'\t', quoted: true }, encoding, width: 1 },
        share: 0.0,
        quotes: (0, 0),
    };
    if let Some(quoted) = quoted {
        return best(quoted).unwrap_or_else(plain);
    }
    let (with, without) = (best(true).unwrap_or_else(plain), best(false).unwrap_or_else(plain));
    // Quotes come late in many files, so rows without any are rather quoted rows. Widths do not count here: without
    // quotes, rows fall into more cells.
    let rather_letters = without.quotes.0 < without.quotes.1;
    if rather_letters && without.constancy() > with.constancy() + 0.1 { without } else { with }
}

impl Guess {
    fn constancy(&self) -> f64 {
        if self.dialect.width < 2 { 0.0 } else { self.share }
    }

    /// Constant rows, rather of many cells than of few: a decimal comma in every row makes two.
    fn score(&self) -> f64 {
        // Widths are far below 2^52.
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let width = self.dialect.width.max(1) as f64;
        self.constancy() * (1.0 - 1.0 / width)
    }
}

fn try_out(head: &[u8], whole: bool, encoding: Encoding, separator: u8, quoted: bool) -> Guess {
    let mut dialect = Dialect { shape: Shape::Delimited { separator, quoted }, encoding, width: 0 };
    let (mut widths, mut doubtful) = (Vec::new(), Vec::new());
    let (mut whole_quotes, mut half_quotes) = (0, 0);
    let mut cutter = CellCutter::new(&dialect);
    let mut framer = Framer::new(head, &dialect);
    let mut block = Block::default();
    while framer.next_block(&mut block).unwrap_or(false) {
        for span in &block.rows {
            let cells = cutter.cut(block.row(span));
            // A row whose quotes do not fit speaks for the dialect only where all rows are such.
            if span.flaw.is_none() { &mut widths } else { &mut doubtful }.push(cells.len());
            for cell in (0..cells.len()).map(|index| cells.bytes(index)) {
                match (cell.starts_with(b"\""), cell.ends_with(b"\"")) {
                    (true, true) => whole_quotes += 1,
                    (false, false) => {}
                    _ => half_quotes += 1,
                }
            }
        }
    }
    if !whole && widths.len() > 1 {
        widths.pop();
    }
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    let share = |rows: usize| rows as f64 / (widths.len() + doubtful.len()).max(1) as f64;
    let ((width, rows), trust) =
        if widths.is_empty() { (most_common(&doubtful), 0.5) } else { (most_common(&widths), 1.0) };
    dialect.width = width;
    Guess { dialect, share: share(rows) * trust, quotes: (whole_quotes, half_quotes) }
}

/// The most common width and how many rows have it; of two, the wider.
pub(crate) fn most_common(widths: &[usize]) -> (usize, usize) {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for width in widths {
        *counts.entry(*width).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, rows)| (*rows, *width)).unwrap_or((1, 0))
}

#[cfg(test)]
mod tests {
    use super::guess;
    use crate::{Encoding, Shape};

    fn found(text: &str) -> (char, bool, usize) {
        let dialect = guess(text.as_bytes(), true, Encoding::Utf8, None, None).dialect;
        match dialect.shape {
            Shape::Delimited { separator, quoted } => (char::from(separator), quoted, dialect.width),
            Shape::Json { .. } => unreachable!(),
        }
    }

    #[test]
    fn the_most_constant_separator_is_taken() {
        assert_eq!(found("a,b,c\n1,2,3\n"), (',', true, 3));
        assert_eq!(found("start;cost;to\n1.3. 8:00;1,20;12\n1.3. 9:00;0,35;13\n"), (';', true, 3));
        assert_eq!(found("a\tb c, d\n1\t2,3\n"), ('\t', true, 2));
        assert_eq!(found("a|b|c|d\n1|2,5|3|4\n"), ('|', true, 4));
        assert_eq!(found("Report of March\n\na,b,c\n1,2,3\n4,5,6\n"), (',', true, 3));
        assert_eq!(found("no table\nat all"), ('\t', true, 1));
        assert_eq!(found(""), ('\t', true, 1));
    }

    #[test]
    fn cells_in_quotes_may_hold_anything() {
        assert_eq!(found("\"IAX2/1,20,tTg\",\"a\"\n\"SIP/2,20,tTg\",\"b\"\n"), (',', true, 2));
        assert_eq!(found("1,\"two\nlines\",x\n2,\"three;\nmore;\nlines\",y\n"), (',', true, 3));
    }

    #[test]
    fn files_whose_quotes_are_letters_are_not_quoted() {
        let text = "\"7;disk;x\n\"8;tape;y\n".repeat(40);
        assert_eq!(found(&text), (';', false, 3));
        // As Grandstream's exchanges write a caller with a name.
        assert_eq!(found("1,\"ann\" <101>,x\n2,\"bob\" <102>,y\n"), (',', false, 3));
        // One quote that is missing does not make all others letters.
        assert_eq!(found("\"a\",\"b\",\"c\n"), (',', true, 3));
    }
}
