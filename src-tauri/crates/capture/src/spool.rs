//! The border: what capturing asks of whoever keeps the bytes.

use chrono::{DateTime, Utc};

/// Which source the bytes came from; the ledger's key of that source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub i64);

/// Keeps raw bytes. Calls may block; they are never made on a thread that drives other tasks.
pub trait Spool: Send + Sync + 'static {
    /// Returns only when the bytes, their landing number and their position are committed together, all or none.
    fn append(&self, arrival: Arrival<'_>) -> Result<(), SpoolError>;

    /// Was this landing of this source committed already? Asked once at start, after a crash.
    fn landed(&self, source: SourceId, landing: u64) -> Result<bool, SpoolError>;
}

/// Bytes that came together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival<'a> {
    pub source: SourceId,
    /// When the first of the bytes came.
    pub at: DateTime<Utc>,
    pub continuity: Continuity,
    /// Number of the landing, growing within a source (not by one: numbers may be skipped); below 2^63.
    pub landing: u64,
    /// Where a growing file is to be read on after these bytes; `None` for every other kind of source.
    pub position: Option<Position>,
    /// Never empty.
    pub bytes: &'a [u8],
}

/// How bytes follow the ones of the same source before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuity {
    /// Directly: the line goes on.
    Contiguous,
    /// First bytes since collecting was started: some may be missing between, a half line before stays half.
    Restarted,
    /// The connection was lost and made again, or it is another connection or another file.
    Broken,
}

/// A place in a growing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// Tells this file from another one of the same name (made of inode and time of creation).
    pub file: u64,
    /// Bytes from the beginning.
    pub offset: u64,
}

/// Why bytes could not be kept. They stay in the landing and are offered again each second.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpoolError {
    /// No room: a sentence for the person.
    #[error("{0}")]
    Full(String),
    #[error("{message}")]
    Other { code: &'static str, message: String },
}

impl SpoolError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Full(_) => "spool-full",
            Self::Other { code, .. } => code,
        }
    }
}
