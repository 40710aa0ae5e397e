//! Rows of imported tables as they were, many in one piece, compressed.

use rusqlite::{OptionalExtension, params};

use crate::{Ledger, Result, SourceId};

/// A block as it is kept: packed by whoever imports, the ledger does not look inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlock {
    pub id: i64,
    pub source: SourceId,
    pub bytes: Vec<u8>,
}

impl Ledger {
    /// Adds a block under the id that it was given, see [`Ledger::next_block_id`].
    pub fn add_block(&self, id: i64, source: SourceId, rows: u32, bytes: &[u8]) -> Result<()> {
        let sql = "INSERT INTO block (id, source, rows, bytes) VALUES (?, ?, ?, ?)";
        self.connection.prepare_cached(sql)?.execute(params![id, source.0, rows, bytes])?;
        Ok(())
    }

    pub fn block(&self, id: i64) -> Result<Option<StoredBlock>> {
        let sql = "SELECT id, source, bytes FROM block WHERE id = ?";
        Ok(self.connection.prepare_cached(sql)?.query_row([id], read).optional()?)
    }

    /// The block of a source that comes next after `after`.
    pub fn next_block(&self, source: SourceId, after: i64) -> Result<Option<StoredBlock>> {
        let sql = "SELECT id, source, bytes FROM block WHERE source = ? AND id > ? ORDER BY id LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.query_row(params![source.0, after], read).optional()?)
    }

    /// Takes up to `limit` blocks of a source away; `false` when none was left.
    pub fn delete_blocks(&self, source: SourceId, limit: u32) -> Result<bool> {
        let sql = "DELETE FROM block WHERE id IN (SELECT id FROM block WHERE source = ? LIMIT ?)";
        Ok(self.connection.prepare_cached(sql)?.execute(params![source.0, limit])? > 0)
    }

    /// First and last block of a source.
    pub fn blocks_of(&self, source: SourceId) -> Result<Option<(i64, i64)>> {
        let sql = "SELECT min(id), max(id) FROM block WHERE source = ?";
        let (first, last): (Option<i64>, Option<i64>) = self
            .connection
            .prepare_cached(sql)?
            .query_row([source.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last))
    }

    /// The id that the next block of the whole ledger will have.
    pub fn next_block_id(&self) -> Result<i64> {
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'block'";
        let last: Option<i64> = self.connection.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(last.unwrap_or(0) + 1)
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredBlock> {
    Ok(StoredBlock { id: row.get(0)?, source: SourceId(row.get(1)?), bytes: row.get(2)? })
}
