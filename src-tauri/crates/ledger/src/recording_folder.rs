//! Folders that recordings are looked for in.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingFolder {
    pub id: i64,
    /// Absolute.
    pub path: String,
    /// How sound without a header is read: 0 A-law, 1 μ-law, 2 samples of 16 bits. `None`: as its ending says.
    pub law: Option<u8>,
}

impl Ledger {
    /// Adds a folder, or brings back one that was removed, with what was said of its files.
    pub fn add_recording_folder(&self, path: &str) -> Result<i64> {
        self.connection.execute(
            "INSERT INTO recording_folder (path) VALUES (?) ON CONFLICT (path) DO UPDATE SET removed_at = NULL",
            [path],
        )?;
        let sql = "SELECT id FROM recording_folder WHERE path = ?";
        Ok(self.connection.query_row(sql, [path], |row| row.get(0))?)
    }

    /// Forgets what is in a folder; what people said of its files is kept. Whether it was there.
    pub fn remove_recording_folder(&self, id: i64, at: i64) -> Result<bool> {
        let sql = "UPDATE recording_folder SET removed_at = ? WHERE id = ? AND removed_at IS NULL";
        let removed = self.connection.execute(sql, params![at, id])?;
        for sql in [
            "DELETE FROM recording_match WHERE recording IN (SELECT id FROM recording WHERE folder = ?)",
            "DELETE FROM recording WHERE folder = ?",
            "DELETE FROM recording_clock WHERE folder = ?",
        ] {
            self.connection.execute(sql, [id])?;
        }
        Ok(removed > 0)
    }

    /// Folders that were not removed, in the order in which they were added.
    pub fn recording_folders(&self) -> Result<Vec<RecordingFolder>> {
        let sql = "SELECT id, path, law FROM recording_folder WHERE removed_at IS NULL ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn recording_folder(&self, id: i64) -> Result<Option<RecordingFolder>> {
        let sql = "SELECT id, path, law FROM recording_folder WHERE id = ? AND removed_at IS NULL";
        Ok(self.connection.query_row(sql, [id], read).optional()?)
    }

    /// Says how sound without a header is read in a folder. Its files with one of these endings (lower case, with the dot)
    /// are looked at again by the next scan: how long they are depends on it. Whether the folder is there.
    pub fn set_recording_law(&self, folder: i64, law: Option<u8>, endings: &[&str]) -> Result<bool> {
        let sql = "UPDATE recording_folder SET law = ? WHERE id = ? AND removed_at IS NULL";
        let changed = self.connection.execute(sql, params![law, folder])?;
        for ending in endings {
            // A millisecond that the file does not have, so that it is found changed.
            self.connection.execute(
                "UPDATE recording SET modified = modified - 1
                 WHERE folder = ?1 AND lower(substr(CAST(path AS TEXT), -length(?2))) = ?2",
                params![folder, ending],
            )?;
        }
        Ok(changed > 0)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<RecordingFolder> {
    Ok(RecordingFolder { id: row.get(0)?, path: row.get(1)?, law: row.get(2)? })
}
