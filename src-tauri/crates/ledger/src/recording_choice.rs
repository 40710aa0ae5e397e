//! Recordings that people put to calls, or took from them.

use std::collections::HashMap;

use calls::CallId;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingChoice {
    /// `None`: the recording belongs to no call.
    pub call: Option<CallId>,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub chosen_at: i64,
}

impl Ledger {
    pub fn choose_recording(&self, folder: i64, path: &[u8], choice: &RecordingChoice) -> Result<()> {
        self.connection.execute(
            "INSERT INTO recording_choice (folder, path, call, author, chosen_at) VALUES (?, ?, ?, ?, ?)",
            params![
                folder,
                path,
                choice.call.map(|call| call.0.cast_signed()),
                choice.author,
                choice.chosen_at
            ],
        )?;
        Ok(())
    }

    /// Takes the last choice about a file back; the one before it holds again. Whether there was one.
    pub fn undo_recording_choice(&self, folder: i64, path: &[u8], at: i64) -> Result<bool> {
        let undone = self.connection.execute(
            "UPDATE recording_choice SET undone_at = ?3 WHERE id = (SELECT max(id) FROM recording_choice
             WHERE folder = ?1 AND path = ?2 AND undone_at IS NULL)",
            params![folder, path, at],
        )?;
        Ok(undone > 0)
    }

    /// The choice that holds for a file.
    pub fn recording_choice(&self, folder: i64, path: &[u8]) -> Result<Option<RecordingChoice>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT call, author, chosen_at FROM recording_choice
             WHERE folder = ? AND path = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
        )?;
        Ok(statement.query_row(params![folder, path], |row| read(row, 0)).optional()?)
    }

    /// All choices that hold, by folder and path.
    pub fn recording_choices(&self) -> Result<HashMap<(i64, Vec<u8>), RecordingChoice>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT folder, path, call, author, chosen_at FROM recording_choice
             WHERE undone_at IS NULL ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), read(row, 2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn read(row: &Row<'_>, from: usize) -> rusqlite::Result<RecordingChoice> {
    Ok(RecordingChoice {
        call: row.get::<_, Option<i64>>(from)?.map(|call| CallId(call.cast_unsigned())),
        author: row.get(from + 1)?,
        chosen_at: row.get(from + 2)?,
    })
}
