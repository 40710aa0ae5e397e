//! How a site names its recordings.

use rusqlite::params;

use crate::{Ledger, Result};

impl Ledger {
    /// Puts a list in the place of the present one. Every file is asked again for its call.
    pub fn set_name_templates(&self, patterns: &[String]) -> Result<()> {
        self.connection.execute("DELETE FROM name_template", [])?;
        for (place, pattern) in (0_i64..).zip(patterns) {
            let sql = "INSERT INTO name_template (place, pattern) VALUES (?, ?)";
            self.connection.execute(sql, params![place, pattern])?;
        }
        self.ask_all_recordings()
    }

    /// In their order.
    pub fn name_templates(&self) -> Result<Vec<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT pattern FROM name_template ORDER BY place")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
