//! Rows as they were in the file, many at a time.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Whole rows with their bytes as in the file (spreadsheets: as tab-separated text).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Block {
    pub bytes: Vec<u8>,
    pub rows: Vec<RowSpan>,
}

/// Where a row is in its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowSpan {
    /// Number of its first line in the file, from 1.
    pub line: u64,
    /// First byte in the block.
    pub start: u32,
    /// One past its last byte, the line end not counted.
    pub end: u32,
    pub flaw: Option<Flaw>,
}

/// What is wrong with a row as a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    UnclosedQuote,
    /// Longer than a row can be; only its beginning is kept.
    TooLong,
    /// Holds a byte of value 0, which no text has.
    NulByte,
    /// The file ends in the middle of it.
    CutOff,
    /// Not a JSON object.
    NotJson,
}

impl Block {
    /// The bytes of a row.
    pub fn row(&self, span: &RowSpan) -> &[u8] {
        self.bytes.get(span.range()).unwrap_or_default()
    }
}

impl RowSpan {
    /// Where the row is in the block's bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
