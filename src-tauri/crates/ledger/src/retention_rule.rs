//! How long recordings of a folder are kept.

use rusqlite::params;

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRule {
    pub folder: i64,
    /// Older ones may go.
    pub days: Option<u32>,
    /// The oldest may go until there are no more than so many bytes.
    pub most_bytes: Option<u64>,
    /// Those of which there is no other copy may go, too.
    pub only_copies: bool,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub changed_at: i64,
}

impl Ledger {
    /// Puts a rule in the place of the one that a folder may have.
    pub fn set_retention_rule(&self, rule: &RetentionRule) -> Result<()> {
        self.connection.execute(
            "INSERT OR REPLACE INTO retention_rule (folder, days, most_bytes, only_copies, author, changed_at)
             VALUES (?, ?, ?, ?, ?, ?)",
            params![rule.folder, rule.days, rule.most_bytes, rule.only_copies, rule.author, rule.changed_at],
        )?;
        Ok(())
    }

    /// Everything in the folder is kept from now on.
    pub fn remove_retention_rule(&self, folder: i64) -> Result<()> {
        self.connection.execute("DELETE FROM retention_rule WHERE folder = ?", [folder])?;
        Ok(())
    }

    /// Rules of folders that were not removed.
    pub fn retention_rules(&self) -> Result<Vec<RetentionRule>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT folder, days, most_bytes, only_copies, author, changed_at FROM retention_rule
             WHERE folder IN (SELECT id FROM recording_folder WHERE removed_at IS NULL) ORDER BY folder",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(RetentionRule {
                folder: row.get(0)?,
                days: row.get(1)?,
                most_bytes: row.get(2)?,
                only_copies: row.get(3)?,
                author: row.get(4)?,
                changed_at: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
