//! Text, cut into rows.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2};

use crate::{Block, Dialect, Flaw, RowSpan, Shape, lenient, strict};

/// A block holds about as many bytes: with the records of its rows it fits into a processor's own cache, and a block four
/// times as large is compressed hardly better (to 13.9 % of its bytes, not 14.3 %).
pub(crate) const BLOCK: usize = 128 << 10;

/// A line of more bytes is no row.
pub(crate) const LONGEST: usize = 1 << 20;
/// What is kept of a line that is too long: enough to see what it is.
pub(crate) const KEPT: usize = 4 << 10;

/// How far a row may go on behind a line that ends inside quotes. Bounds what one stray quote can cost in time, and
/// makes the answer the same however the file's bytes arrive.
const MORE_LINES: usize = 64;
const MORE_BYTES: usize = 64 << 10;

/// Reads rows of text, block by block, in bounded memory.
pub(crate) struct Framer<R> {
    reader: R,
    rule: Rule,
    /// What was read behind the last whole row.
    rest: Vec<u8>,
    /// Lines that lie behind.
    lines: u64,
    /// Rows were found: a last row without a line end can be told from a file of one row.
    any: bool,
    /// The reader has nothing more.
    ended: bool,
    /// In the middle of a line that is too long.
    skipping: bool,
}

/// What makes lines a row.
#[derive(Debug, Clone, Copy)]
enum Rule {
    Plain { separator: u8, width: usize },
    Quoted { separator: u8, width: usize },
    Json,
}

/// A line, or several that are one row: without its line end, where the next begins, whether it has a line end.
#[derive(Debug, Clone, Copy)]
struct Line {
    end: usize,
    next: usize,
    ended: bool,
}

/// A line that may be the beginning of a row.
enum Row {
    /// So many lines up to this end.
    Whole(Line, u64, Option<Flaw>),
    /// What it is depends on bytes that were not read yet.
    Unsure,
}

impl<R: Read> Framer<R> {
    pub fn new(reader: R, dialect: &Dialect) -> Self {
        let width = dialect.width;
        let rule = match dialect.shape {
            Shape::Delimited { separator, quoted: true } if separator != b'"' => {
                Rule::Quoted { separator, width }
            }
            Shape::Delimited { separator, .. } => Rule::Plain { separator, width },
            Shape::Json { .. } => Rule::Json,
        };
        Self { reader, rule, rest: Vec::new(), lines: 0, any: false, ended: false, skipping: false }
    }

    /// Fills the block with the next rows; `false` behind the last.
    pub fn next_block(&mut self, block: &mut Block) -> io::Result<bool> {
        block.rows.clear();
        block.bytes.clear();
        block.bytes.append(&mut self.rest);
        let mut at = 0;
        while block.rows.is_empty() {
            // Nothing but blank lines so far.
            block.bytes.drain(..at);
            at = 0;
            if self.ended && block.bytes.is_empty() {
                return Ok(false);
            }
            self.read_more(&mut block.bytes)?;
            if self.skipping && !self.skip(&mut block.bytes) {
                continue;
            }
            at = self.frame(block);
        }
        self.rest.extend_from_slice(block.bytes.get(at..).unwrap_or_default());
        block.bytes.truncate(at);
        if let Some(last) = block.rows.last().filter(|row| row.flaw == Some(Flaw::TooLong)) {
            block.bytes.truncate(last.end as usize);
        }
        Ok(true)
    }

    fn read_more(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        if !self.ended {
            let read = self.reader.by_ref().take(BLOCK as u64).read_to_end(bytes)?;
            self.ended = read < BLOCK;
        }
        Ok(())
    }

    /// Drops what belongs to a line that is too long; `true` when its end was found.
    fn skip(&mut self, bytes: &mut Vec<u8>) -> bool {
        if let Some(line) = self.line_at(bytes, 0) {
            bytes.drain(..line.next);
            self.skipping = false;
        } else {
            // A last \r may be followed by a \n.
            let keep = usize::from(bytes.last() == Some(&b'\r'));
            bytes.drain(..bytes.len() - keep);
        }
        !self.skipping
    }

    /// Finds the rows in the block's bytes; where the first begins that is not sure yet.
    fn frame(&mut self, block: &mut Block) -> usize {
        let Block { bytes, rows } = block;
        let any_nul = memchr(0, bytes).is_some();
        let mut at = 0;
        while at < bytes.len() {
            let Some(line) = self.line_at(bytes, at) else {
                // One more: its \r may belong to the line end.
                if bytes.len() - at <= LONGEST + 1 {
                    return at;
                }
                self.skipping = true;
                self.push(rows, at, at + KEPT, Some(Flaw::TooLong));
                self.lines += 1;
                return bytes.len();
            };
            let text = &bytes[at..line.end];
            if text.len() > LONGEST {
                self.push(rows, at, at + KEPT, Some(Flaw::TooLong));
                self.lines += 1;
                // The block ends here, so that it need not carry what is not kept.
                return line.next;
            }
            if is_blank(text) {
                self.lines += 1;
                at = line.next;
                continue;
            }
            let Row::Whole(row, lines, flaw) = self.row_at(bytes, at, line) else { return at };
            let nul = any_nul && memchr(0, &bytes[at..row.end]).is_some();
            self.push(rows, at, row.end, if nul { Some(Flaw::NulByte) } else { flaw });
            self.lines += lines;
            at = row.next;
        }
        at
    }

    fn push(&mut self, rows: &mut Vec<RowSpan>, start: usize, end: usize, flaw: Option<Flaw>) {
        self.any = true;
        rows.push(RowSpan { line: self.lines + 1, start: narrow(start), end: narrow(end), flaw });
    }

    /// The line that begins at `at`, if all of it was read.
    fn line_at(&self, bytes: &[u8], at: usize) -> Option<Line> {
        let Some(found) = memchr2(b'\n', b'\r', bytes.get(at..)?) else {
            return self.ended.then_some(Line { end: bytes.len(), next: bytes.len(), ended: false });
        };
        let end = at + found;
        let next = match (bytes[end], bytes.get(end + 1)) {
            (b'\r', Some(b'\n')) => end + 2,
            (b'\r', None) if !self.ended => return None,
            _ => end + 1,
        };
        Some(Line { end, next, ended: true })
    }

    /// The row that begins with this line.
    fn row_at(&self, bytes: &[u8], at: usize, line: Line) -> Row {
        let text = &bytes[at..line.end];
        let flaw = match self.rule {
            Rule::Quoted { separator, .. } if line.ended && strict::is_strict(text, separator) => None,
            Rule::Quoted { separator, width } => {
                let measure = lenient::measure(text, separator, false);
                if measure.open {
                    return self.open_row(bytes, line, measure.separators, separator, width);
                }
                // A quote that swallowed the cells behind it, up to another that closes: one too few, or one too many.
                if measure.separators + 1 < width && memchr_iter(b'"', text).count() % 2 == 1 {
                    Some(Flaw::UnclosedQuote)
                } else {
                    self.narrow_at_the_end(line, measure.separators, width)
                }
            }
            Rule::Plain { separator, width } if !line.ended => {
                let separators = memchr_iter(separator, text).count();
                self.narrow_at_the_end(line, separators, width)
            }
            Rule::Plain { .. } => None,
            Rule::Json if is_object(text) => None,
            Rule::Json if line.ended => Some(Flaw::NotJson),
            Rule::Json => Some(Flaw::CutOff),
        };
        Row::Whole(line, 1, flaw)
    }

    /// The last row of a file whose other rows end with a line end, and are wider.
    fn narrow_at_the_end(&self, line: Line, separators: usize, width: usize) -> Option<Flaw> {
        (!line.ended && self.any && separators + 1 < width).then_some(Flaw::CutOff)
    }

    /// A line that ends inside quotes: the beginning of a row with a line end in a cell, or a row whose quote was
    /// never closed. It goes on if that gives a row as wide as the others, before a line that is such a row alone.
    fn open_row(&self, bytes: &[u8], first: Line, separators: usize, separator: u8, width: usize) -> Row {
        let unclosed = Row::Whole(first, 1, Some(Flaw::UnclosedQuote));
        let reach = first.next.saturating_add(MORE_BYTES);
        // Two more: the line end of a line that just fits.
        if bytes.len() <= reach + 2 && !self.ended {
            return Row::Unsure;
        }
        let mut last = first;
        let mut separators = separators;
        for lines in 2..=MORE_LINES as u64 + 1 {
            let at = last.next;
            if at >= bytes.len() {
                // The file ends inside quotes: in the middle of the row, unless its last line is whole.
                if last.ended {
                    return unclosed;
                }
                return Row::Whole(last, lines - 1, Some(Flaw::CutOff));
            }
            let Some(line) = self.line_at(bytes, at).filter(|line| line.end <= reach) else {
                return unclosed;
            };
            let text = &bytes[at..line.end];
            if width > 0 {
                let alone = lenient::measure(text, separator, false);
                if !alone.open && alone.separators + 1 == width {
                    return unclosed;
                }
            }
            let joined = lenient::measure(text, separator, true);
            separators += joined.separators;
            last = line;
            if !joined.open {
                let fits = width == 0 || separators + 1 == width;
                return if fits { Row::Whole(line, lines, None) } else { unclosed };
            }
        }
        unclosed
    }
}

/// Nothing but blanks, or the byte with which DOS ended its text files.
fn is_blank(line: &[u8]) -> bool {
    // Most lines show with their first byte that they are not.
    line.first().is_none_or(|first| {
        (first.is_ascii_whitespace() || *first == 0x1A) && {
            let text = line.trim_ascii();
            text.is_empty() || text == b"\x1A"
        }
    })
}

fn is_object(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.first() == Some(&b'{') && is_json(line)
}

/// Text in another encoding than UTF-8 inside strings does not make it wrong.
pub(crate) fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok()
}

/// A block is a few MiB long at most.
fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
