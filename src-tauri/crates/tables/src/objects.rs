//! JSON that is not one object a line: an array of objects, alone or inside another object, or objects behind each
//! other over many lines.

use std::io::{self, Read};

use crate::frame::{BLOCK, KEPT, LONGEST, is_json};
use crate::{Block, Flaw, RowSpan};

/// Values inside values. Whoever writes calls needs three; what needs a hundred is an attack on the reader's memory.
pub(crate) const DEEPEST: usize = 100;

/// Reads objects, block by block, in bounded memory; each becomes a line of its own.
pub(crate) struct ObjectFramer<R> {
    reader: R,
    input: Vec<u8>,
    at: usize,
    /// Bytes before the first object.
    skip: usize,
    /// The objects stand in an array, which ends before the file does.
    in_array: bool,
    lines: u64,
    /// The byte before, for line ends of two bytes.
    before: u8,
    ended: bool,
}

/// Why there are no more rows.
#[derive(Debug)]
pub(crate) enum Failure {
    Reading(io::Error),
    TooDeep,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Reading(error)
    }
}

impl<R: Read> ObjectFramer<R> {
    /// Objects behind so many bytes, which end with the array's bracket if the objects stand in one.
    pub fn new(reader: R, skip: usize, in_array: bool) -> Self {
        Self { reader, input: Vec::new(), at: 0, skip, in_array, lines: 0, before: 0, ended: false }
    }

    /// Fills the block with the next objects; `false` behind the last.
    pub fn next_block(&mut self, block: &mut Block) -> Result<bool, Failure> {
        block.bytes.clear();
        block.rows.clear();
        while block.bytes.len() < BLOCK {
            match self.first_byte()? {
                Some(first) => self.value(first, block)?,
                None => break,
            }
        }
        Ok(!block.rows.is_empty())
    }

    /// The first byte of the next value.
    fn first_byte(&mut self) -> io::Result<Option<u8>> {
        while !self.ended {
            match self.next_byte()? {
                _ if self.skip > 0 => self.skip -= 1,
                Some(byte) if byte.is_ascii_whitespace() || byte == b',' => {}
                Some(b']') if self.in_array => self.ended = true,
                found => return Ok(found),
            }
        }
        Ok(None)
    }

    fn value(&mut self, first: u8, block: &mut Block) -> Result<(), Failure> {
        let Block { bytes, rows } = block;
        let (line, start) = (self.lines + 1, bytes.len());
        let (mut depth, mut text, mut escaped, mut too_long) = (0_usize, false, false, false);
        let mut next = Some(first);
        let cut_off = loop {
            let Some(byte) = next else { break depth > 0 };
            match byte {
                _ if escaped => escaped = false,
                b'\\' if text => escaped = true,
                b'"' => text = !text,
                _ if text => {}
                b'{' | b'[' => depth += 1,
                b',' | b']' | b'}' if depth == 0 && bytes.len() > start => {
                    // Behind a value that is neither object nor array.
                    self.at -= 1;
                    break false;
                }
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return Err(Failure::TooDeep);
            }
            too_long |= bytes.len() - start >= LONGEST;
            if !too_long {
                match byte {
                    // Not allowed inside text, but written.
                    b'\n' | b'\r' if text => bytes.push(b' '),
                    b' ' | b'\t' | b'\n' | b'\r' if !text => {}
                    _ => bytes.push(byte),
                }
            }
            if depth == 0 && matches!(byte, b'}' | b']') && !text {
                break false;
            }
            next = self.next_byte()?;
        };
        if too_long {
            bytes.truncate(start + KEPT);
        }
        let row = &bytes[start..];
        let flaw = match () {
            () if too_long => Some(Flaw::TooLong),
            () if memchr::memchr(0, row).is_some() => Some(Flaw::NulByte),
            () if cut_off => Some(Flaw::CutOff),
            () if first != b'{' || !is_json(row) => Some(Flaw::NotJson),
            () => None,
        };
        let end = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        rows.push(RowSpan { line, start: end(start), end: end(bytes.len()), flaw });
        bytes.push(b'\n');
        Ok(())
    }

    #[inline]
    fn next_byte(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.input.len() {
            self.input.clear();
            self.at = 0;
            if self.reader.by_ref().take(64 << 10).read_to_end(&mut self.input)? == 0 {
                self.ended = true;
                return Ok(None);
            }
        }
        let byte = self.input[self.at];
        self.at += 1;
        if byte == b'\r' || byte == b'\n' && self.before != b'\r' {
            self.lines += 1;
        }
        self.before = byte;
        Ok(Some(byte))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Failure, ObjectFramer};
    use crate::{Block, Flaw};

    type Rows = Vec<(u64, String, Option<Flaw>)>;

    fn rows(text: &[u8], skip: usize, in_array: bool) -> Result<Rows, Failure> {
        let mut framer = ObjectFramer::new(text, skip, in_array);
        let mut block = Block::default();
        let mut rows = Vec::new();
        while framer.next_block(&mut block)? {
            for span in &block.rows {
                rows.push((span.line, String::from_utf8_lossy(block.row(span)).into_owned(), span.flaw));
            }
        }
        Ok(rows)
    }

    #[test]
    fn objects_of_an_array_become_lines() {
        let text =
            b"[\n  {\"a\": 1,\n   \"b\": \"x, ]}\\\" y\"},\r\n  {\"a\": [1, {\"c\": 2}]}\n] trailing {";
        assert_eq!(
            rows(text, 1, true).unwrap(),
            [
                (2, "{\"a\":1,\"b\":\"x, ]}\\\" y\"}".to_owned(), None),
                (4, "{\"a\":[1,{\"c\":2}]}".to_owned(), None)
            ]
        );
    }

    #[test]
    fn objects_behind_each_other_are_rows() {
        let text = b"{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n{\"a\":";
        let found = rows(text, 0, false).unwrap();
        assert_eq!(
            found.iter().map(|row| (row.0, row.2)).collect::<Vec<_>>(),
            [(1, None), (4, None), (7, Some(Flaw::CutOff))]
        );
    }

    #[test]
    fn what_is_no_object_is_a_flaw() {
        let found = rows(b"[7,\"x]\",{\"a\":1},[1],{\"a\" 1},null]", 1, true).unwrap();
        let flaws: Vec<_> = found.iter().map(|row| row.2.is_none()).collect();
        assert_eq!(flaws, [false, false, true, false, false, false]);
        assert_eq!(found[4].2, Some(Flaw::NotJson));
    }

    #[test]
    fn attacks_take_no_memory() {
        assert!(matches!(rows(&b"{\"a\":".repeat(100_000), 0, false), Err(Failure::TooDeep)));
        let text = format!("[{{\"a\":\"{}\"}},{{\"a\":1}}]", "x".repeat(3 << 20));
        let found = rows(text.as_bytes(), 1, true).unwrap();
        assert_eq!((found.len(), found[0].1.len(), found[0].2), (2, 4096, Some(Flaw::TooLong)));
        assert_eq!(found[1].2, None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[\\[\\]{}\",:1\\\\ \n]{0,80}", skip in 0_usize..3, in_array: bool) {
            let _ = rows(text.as_bytes(), skip, in_array);
        }
    }
}
