//! The spool: every byte as it arrived, before anything tries to understand it.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result, SourceId};

/// Whether bytes follow what came before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuity {
    /// The same connection.
    Contiguous,
    /// The program was started again; something may have been missed in between.
    Restarted,
    /// The line was lost in between.
    Broken,
}

/// Bytes on their way into the spool.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    pub source: SourceId,
    /// Milliseconds since 1970, UTC.
    pub received_at: i64,
    pub continuity: Continuity,
    /// Number of the landing they came through, for live sources.
    pub landing: Option<u64>,
    /// For growing files: which file, and where it is to be read on.
    pub file: Option<(i64, u64)>,
    pub bytes: &'a [u8],
}

/// Bytes of one source as they arrived together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Grows with each arrival, over all sources.
    pub id: i64,
    pub source: SourceId,
    /// Of its first byte in the source's stream.
    pub position: u64,
    /// Milliseconds since 1970, UTC.
    pub received_at: i64,
    pub continuity: Continuity,
    pub bytes: Vec<u8>,
}

const COLUMNS: &str = "id, source, position, received_at, continuity, bytes";

impl Ledger {
    /// Appends bytes to a source's stream. Durable when this returns outside a transaction.
    pub fn append(&self, arrival: &Arrival<'_>) -> Result<()> {
        let position = self.stream_length(arrival.source)?;
        let continuity = match arrival.continuity {
            Continuity::Contiguous => 0,
            Continuity::Restarted => 1,
            Continuity::Broken => 2,
        };
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO spool (source, position, received_at, continuity, landing, file, file_offset, bytes)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        statement.execute(params![
            arrival.source.0,
            position,
            arrival.received_at,
            continuity,
            arrival.landing,
            arrival.file.map(|(file, _)| file),
            arrival.file.map(|(_, offset)| offset),
            arrival.bytes
        ])?;
        Ok(())
    }

    /// Where a growing file is to be read on: which file, and how many bytes of it are in the spool.
    pub fn file_position(&self, source: SourceId) -> Result<Option<(i64, u64)>> {
        let sql = "SELECT file, file_offset FROM spool WHERE source = ? ORDER BY position DESC LIMIT 1";
        let last: Option<(Option<i64>, Option<u64>)> =
            self.connection.query_row(sql, [source.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        Ok(last.and_then(|(file, offset)| file.zip(offset)))
    }

    /// Bytes that a source has delivered so far.
    pub fn stream_length(&self, source: SourceId) -> Result<u64> {
        let mut statement = self.connection.prepare_cached(
            "SELECT position + length(bytes) FROM spool WHERE source = ? ORDER BY position DESC LIMIT 1",
        )?;
        Ok(statement.query_row([source.0], |row| row.get(0)).optional()?.unwrap_or(0))
    }

    /// Whether the landing of this number was committed; only the source's last row can carry it.
    pub fn landed(&self, source: SourceId, landing: u64) -> Result<bool> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT landing FROM spool WHERE source = ? ORDER BY position DESC LIMIT 1")?;
        let last: Option<Option<u64>> = statement.query_row([source.0], |row| row.get(0)).optional()?;
        Ok(last.flatten() == Some(landing))
    }

    /// The next chunks after `id`, over all sources, in order of arrival.
    pub fn chunks_after(&self, id: i64, limit: usize) -> Result<Vec<Chunk>> {
        let sql = format!("SELECT {COLUMNS} FROM spool WHERE id > ? ORDER BY id LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![id, limit], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The chunks of a source that hold bytes from `position` on, up to the row `last`.
    pub fn chunks_from(&self, source: SourceId, position: u64, last: i64) -> Result<Vec<Chunk>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM spool WHERE source = ?1 AND id <= ?3 AND position >=
             coalesce((SELECT max(position) FROM spool WHERE source = ?1 AND position <= ?2), 0) ORDER BY position"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![source.0, position, last], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The bytes `position .. position + length` of a source's stream.
    pub fn raw(&self, source: SourceId, position: u64, length: u64) -> Result<Vec<u8>> {
        let sql = "SELECT position, bytes FROM spool WHERE source = ?1 AND position < ?2 + ?3 AND position >=
             coalesce((SELECT max(position) FROM spool WHERE source = ?1 AND position <= ?2), 0) ORDER BY position";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![source.0, position, length])?;
        let mut raw = Vec::new();
        while let Some(row) = rows.next()? {
            let from: u64 = row.get(0)?;
            let bytes = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            let skip = usize::try_from(position.saturating_sub(from)).unwrap_or(usize::MAX).min(bytes.len());
            raw.extend_from_slice(&bytes[skip..]);
        }
        raw.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(raw)
    }

    /// The newest row of the spool, 0 when it is empty.
    pub fn last_chunk(&self) -> Result<i64> {
        Ok(self.connection.query_row("SELECT coalesce(max(id), 0) FROM spool", [], |row| row.get(0))?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Chunk> {
    let continuity: i64 = row.get(4)?;
    Ok(Chunk {
        id: row.get(0)?,
        source: SourceId(row.get(1)?),
        position: row.get(2)?,
        received_at: row.get(3)?,
        continuity: match continuity {
            0 => Continuity::Contiguous,
            1 => Continuity::Restarted,
            _ => Continuity::Broken,
        },
        bytes: row.get(5)?,
    })
}
