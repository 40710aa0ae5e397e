//! Recordings on hold: nobody and no rule may delete them until they are released.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingHold {
    pub why: String,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub held_at: i64,
}

impl Ledger {
    /// Puts a file on hold; one that is held already stays so for the reason that was given first.
    pub fn hold_recording(&self, folder: i64, path: &[u8], hold: &RecordingHold) -> Result<()> {
        self.connection.execute(
            "INSERT OR IGNORE INTO recording_hold (folder, path, why, author, held_at) VALUES (?, ?, ?, ?, ?)",
            params![folder, path, hold.why, hold.author, hold.held_at],
        )?;
        Ok(())
    }

    /// Whether it was on hold.
    pub fn release_recording(&self, folder: i64, path: &[u8], by: &str, at: i64) -> Result<bool> {
        let released = self.connection.execute(
            "UPDATE recording_hold SET released_by = ?3, released_at = ?4
             WHERE folder = ?1 AND path = ?2 AND released_at IS NULL",
            params![folder, path, by, at],
        )?;
        Ok(released > 0)
    }

    pub fn recording_hold(&self, folder: i64, path: &[u8]) -> Result<Option<RecordingHold>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT why, author, held_at FROM recording_hold
             WHERE folder = ? AND path = ? AND released_at IS NULL",
        )?;
        Ok(statement.query_row(params![folder, path], |row| read(row, 0)).optional()?)
    }

    /// All files on hold, by folder and path.
    pub fn recording_holds(&self) -> Result<HashMap<(i64, Vec<u8>), RecordingHold>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT folder, path, why, author, held_at FROM recording_hold WHERE released_at IS NULL",
        )?;
        let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), read(row, 2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn read(row: &Row<'_>, from: usize) -> rusqlite::Result<RecordingHold> {
    Ok(RecordingHold { why: row.get(from)?, author: row.get(from + 1)?, held_at: row.get(from + 2)? })
}
