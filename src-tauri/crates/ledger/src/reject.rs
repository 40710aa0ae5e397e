//! Imported rows that could not be read.

use rusqlite::params;

use crate::{Ledger, Result, RowPlace, SourceId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectEntry {
    /// Of the file, from 1.
    pub line: u64,
    pub place: RowPlace,
    pub reason: String,
}

impl Ledger {
    pub fn add_reject(&self, source: SourceId, reject: &RejectEntry) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO reject (source, line, block, row, reason) VALUES (?, ?, ?, ?, ?)";
        let RejectEntry { line, place, reason } = reject;
        self.connection.prepare_cached(sql)?.execute(params![
            source.0,
            line,
            place.block,
            place.row,
            reason
        ])?;
        Ok(())
    }

    /// Rejected rows of a source in order of their lines.
    pub fn rejects(&self, source: SourceId, offset: u64, limit: u32) -> Result<Vec<RejectEntry>> {
        let sql =
            "SELECT line, block, row, reason FROM reject WHERE source = ? ORDER BY line LIMIT ? OFFSET ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![source.0, limit, offset], |row| {
            let place = RowPlace { block: row.get(1)?, row: row.get(2)? };
            Ok(RejectEntry { line: row.get(0)?, place, reason: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn count_rejects(&self, source: SourceId) -> Result<u64> {
        let sql = "SELECT count(*) FROM reject WHERE source = ?";
        Ok(self.connection.prepare_cached(sql)?.query_row([source.0], |row| row.get(0))?)
    }

    pub fn delete_rejects(&self, source: SourceId) -> Result<()> {
        self.connection.execute("DELETE FROM reject WHERE source = ?", [source.0])?;
        Ok(())
    }
}
