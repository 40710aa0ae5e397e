//! Ways of looking at the call list, kept under names.

use crate::{Ledger, Result};

impl Ledger {
    /// Names and bodies, in the order of the names without regard to case.
    pub fn saved_views(&self) -> Result<Vec<(String, String)>> {
        let mut statement = self.connection.prepare_cached("SELECT name, body FROM saved_view")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut views: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>()?;
        views.sort_by_cached_key(|(name, _)| (name.to_lowercase(), name.clone()));
        Ok(views)
    }

    /// Keeps a view; one of the same name goes.
    pub fn keep_view(&self, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO saved_view (name, body) VALUES (?, ?)";
        self.connection.execute(sql, [name, body])?;
        Ok(())
    }

    pub fn delete_view(&self, name: &str) -> Result<()> {
        self.connection.execute("DELETE FROM saved_view WHERE name = ?", [name])?;
        Ok(())
    }
}
