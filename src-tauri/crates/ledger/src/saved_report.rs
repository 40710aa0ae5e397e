//! Reports with what is asked of them, kept under names.

use crate::{Ledger, Result};

impl Ledger {
    /// Names and bodies, in the order of the names without regard to case.
    pub fn saved_reports(&self) -> Result<Vec<(String, String)>> {
        let mut statement = self.connection.prepare_cached("SELECT name, body FROM saved_report")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut reports: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>()?;
        reports.sort_by_cached_key(|(name, _)| (name.to_lowercase(), name.clone()));
        Ok(reports)
    }

    /// Keeps a report; one of the same name goes.
    pub fn keep_report(&self, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO saved_report (name, body) VALUES (?, ?)";
        self.connection.execute(sql, [name, body])?;
        Ok(())
    }

    pub fn delete_report(&self, name: &str) -> Result<()> {
        self.connection.execute("DELETE FROM saved_report WHERE name = ?", [name])?;
        Ok(())
    }
}
