//! What goes into a framer and what comes out.

use chrono::{DateTime, Utc};

/// Bytes of a source as they arrived together.
#[derive(Debug, Clone, Copy)]
pub struct Chunk<'a> {
    /// Where in the source's stream the first byte stands.
    pub position: u64,
    /// When the bytes arrived.
    pub at: DateTime<Utc>,
    pub continuity: Continuity,
    pub bytes: &'a [u8],
}

/// Whether something may be missing before a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Continuity {
    /// Nothing is missing.
    #[default]
    Contiguous,
    /// Collecting was restarted: nobody knows whether something is missing.
    Restarted,
    /// The line was lost in between: what went before does not go on.
    Broken,
}

/// One line, cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Where in the source's stream its first byte stands.
    pub position: u64,
    /// Bytes of the stream that it covers, its line end included.
    pub length: u32,
    /// When the last of these arrived.
    pub at: DateTime<Utc>,
    /// Without line ends, control bytes and trailing blanks; never empty.
    pub text: Vec<u8>,
    pub marks: Marks,
}

/// What was odd about a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, kept and shown one by one")]
pub struct Marks {
    /// Two lines that were one record were put together.
    pub joined: bool,
    /// Another record began on the same line right after this one.
    pub split: bool,
    /// The end was never seen: the line was lost, grew too long, or another record or the end of the bytes
    /// came before it was complete.
    pub cut: bool,
    /// Control bytes were dropped from it.
    pub control_bytes: bool,
    /// It holds bytes above 127.
    pub high_bytes: bool,
    /// Its bytes were collected before and after a restart.
    pub across_restart: bool,
}

/// Bytes that are not a frame yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending<'a> {
    /// Where in the source's stream they begin.
    pub position: u64,
    /// The unfinished line as it arrived, or the cleaned first half of a torn one.
    pub bytes: &'a [u8],
    /// When the last of them arrived.
    pub at: DateTime<Utc>,
}
