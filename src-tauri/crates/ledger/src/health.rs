//! What `doctor` asks of the file.

use crate::{Ledger, Result};

/// Findings about a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub problems: Vec<Problem>,
    pub calls: u32,
    pub lines: u32,
    pub rejected: u32,
    /// Bytes of raw lines.
    pub raw_bytes: u64,
    /// Size of the file, in bytes.
    pub file_bytes: u64,
}

/// Something that should not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// SQLite's own check failed, with its words.
    Damaged(String),
    /// The stream of a source has a hole at this position.
    Hole { source: u32, position: u64 },
    /// `lines = inserted + known + ignored + rejected` does not hold for a source.
    Miscounted { source: u32 },
}

impl Ledger {
    pub fn health(&self) -> Result<Health> {
        let one = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, u64>(0));
        let narrow = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let verdict: String = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        let mut problems = Vec::new();
        if verdict != "ok" {
            problems.push(Problem::Damaged(verdict));
        }
        problems.extend(self.holes()?);
        problems.extend(self.miscounts()?);
        Ok(Health {
            problems,
            calls: narrow(one(
                "SELECT count(*) - (SELECT count(*) FROM call WHERE same_as IS NOT NULL) FROM call",
            )?),
            lines: narrow(one("SELECT coalesce(sum(lines), 0) FROM tally")?),
            rejected: narrow(one("SELECT coalesce(sum(rejected), 0) FROM tally")?),
            raw_bytes: one("SELECT coalesce(sum(length(bytes)), 0) FROM spool")?,
            file_bytes: self.file_bytes()?,
        })
    }

    /// Calls, lines, rejected lines, imported rows among them: what the window's frame shows.
    pub fn sizes(&self) -> Result<(u32, u32, u32)> {
        let sql = "SELECT (SELECT coalesce(sum(calls), 0) FROM call_part),
             (SELECT coalesce(sum(lines), 0) FROM tally) + (SELECT coalesce(sum(batch.lines), 0) FROM batch
                 JOIN source ON source.id = batch.source WHERE state = 1 AND kind = 'table'),
             (SELECT coalesce(sum(rejected), 0) FROM tally)";
        Ok(self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }

    pub fn file_bytes(&self) -> Result<u64> {
        Ok(self.connection.query_row(
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            [],
            |row| row.get(0),
        )?)
    }

    fn holes(&self) -> Result<Vec<Problem>> {
        let mut statement = self.connection.prepare(
            "SELECT source, position FROM (SELECT source, position,
                 lag(position + length(bytes), 1, 0) OVER (PARTITION BY source ORDER BY position) AS expected FROM spool)
             WHERE position <> expected",
        )?;
        let rows = statement
            .query_map([], |row| Ok(Problem::Hole { source: row.get(0)?, position: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn miscounts(&self) -> Result<Vec<Problem>> {
        let mut statement = self.connection.prepare(
            "SELECT source FROM tally WHERE lines <> inserted + known + ignored + rejected
             OR lines <> (SELECT count(*) FROM line WHERE line.source = tally.source)",
        )?;
        let rows = statement.query_map([], |row| Ok(Problem::Miscounted { source: row.get(0)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
