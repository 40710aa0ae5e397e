//! What people set up for imports and numbers, each as JSON of its own type.

use rusqlite::{OptionalExtension, params};

use crate::{Ledger, Result};

/// A folder whose new files are imported by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    pub id: i64,
    pub path: String,
    pub options: String,
    pub paused: bool,
    pub last_file: Option<String>,
    /// Milliseconds since 1970, UTC.
    pub last_at: Option<i64>,
    pub error: Option<String>,
}

impl Ledger {
    pub fn keep_mapping(&self, name: &str, body: &str) -> Result<()> {
        self.connection.execute("INSERT OR REPLACE INTO mapping (name, body) VALUES (?, ?)", [name, body])?;
        Ok(())
    }

    pub fn forget_mapping(&self, name: &str) -> Result<()> {
        self.connection.execute("DELETE FROM mapping WHERE name = ?", [name])?;
        Ok(())
    }

    /// Names and bodies of kept mappings, by name.
    pub fn mappings(&self) -> Result<Vec<(String, String)>> {
        let mut statement = self.connection.prepare_cached("SELECT name, body FROM mapping ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn dial_rules(&self, exchange: u32) -> Result<Option<String>> {
        let sql = "SELECT body FROM dial_rules WHERE exchange = ?";
        Ok(self.connection.query_row(sql, [exchange], |row| row.get(0)).optional()?)
    }

    pub fn set_dial_rules(&self, exchange: u32, body: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO dial_rules (exchange, body) VALUES (?, ?)";
        self.connection.execute(sql, params![exchange, body])?;
        Ok(())
    }

    /// Exchanges that sources or rules tell of, at least the first.
    pub fn exchanges(&self) -> Result<Vec<u32>> {
        let sql =
            "SELECT 1 UNION SELECT exchange FROM source UNION SELECT exchange FROM dial_rules ORDER BY 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn add_watched_folder(&self, path: &str, options: &str) -> Result<i64> {
        self.connection.execute(
            "INSERT INTO watched_folder (path, options) VALUES (?1, ?2)
             ON CONFLICT (path) DO UPDATE SET options = ?2, paused = 0, error = NULL",
            [path, options],
        )?;
        let sql = "SELECT id FROM watched_folder WHERE path = ?";
        Ok(self.connection.query_row(sql, [path], |row| row.get(0))?)
    }

    pub fn watched_folders(&self) -> Result<Vec<FolderEntry>> {
        let sql =
            "SELECT id, path, options, paused, last_file, last_at, error FROM watched_folder ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(FolderEntry {
                id: row.get(0)?,
                path: row.get(1)?,
                options: row.get(2)?,
                paused: row.get(3)?,
                last_file: row.get(4)?,
                last_at: row.get(5)?,
                error: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn pause_watched_folder(&self, id: i64, paused: bool) -> Result<()> {
        self.connection.execute("UPDATE watched_folder SET paused = ? WHERE id = ?", params![paused, id])?;
        Ok(())
    }

    pub fn remove_watched_folder(&self, id: i64) -> Result<()> {
        self.connection.execute("DELETE FROM watched_folder WHERE id = ?", [id])?;
        Ok(())
    }

    /// What came of the last file of a folder.
    pub fn note_watched_file(&self, id: i64, file: &str, at: i64, error: Option<&str>) -> Result<()> {
        self.connection.execute(
            "UPDATE watched_folder SET last_file = ?, last_at = ?, error = ? WHERE id = ?",
            params![file, at, error, id],
        )?;
        Ok(())
    }
}
