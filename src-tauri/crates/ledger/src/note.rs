//! What people wrote to calls.

use calls::CallId;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result, many};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub id: i64,
    pub call: CallId,
    pub text: String,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub written_at: i64,
    pub changed_at: Option<i64>,
}

const COLUMNS: &str = "id, call, text, author, written_at, changed_at";

impl Ledger {
    pub fn add_note(&self, call: CallId, text: &str, author: &str, at: i64) -> Result<Note> {
        self.connection.execute(
            "INSERT INTO note (call, text, folded, author, written_at) VALUES (?, ?, ?, ?, ?)",
            params![call.0.cast_signed(), text, text.to_lowercase(), author, at],
        )?;
        let id = self.connection.last_insert_rowid();
        Ok(Note {
            id,
            call,
            text: text.to_owned(),
            author: author.to_owned(),
            written_at: at,
            changed_at: None,
        })
    }

    /// A note that was not deleted.
    pub fn note(&self, id: i64) -> Result<Option<Note>> {
        let sql = format!("SELECT {COLUMNS} FROM note WHERE id = ? AND deleted_at IS NULL");
        Ok(self.connection.query_row(&sql, [id], read).optional()?)
    }

    pub fn change_note(&self, id: i64, text: &str, at: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE note SET text = ?, folded = ?, changed_at = ? WHERE id = ?",
            params![text, text.to_lowercase(), at, id],
        )?;
        Ok(())
    }

    /// Hides a note (`at`), or brings it back (`None`).
    pub fn delete_note(&self, id: i64, at: Option<i64>) -> Result<()> {
        self.connection.execute("UPDATE note SET deleted_at = ? WHERE id = ?", params![at, id])?;
        Ok(())
    }

    /// The notes of a call, oldest first.
    pub fn notes_of(&self, call: CallId) -> Result<Vec<Note>> {
        let sql = format!("SELECT {COLUMNS} FROM note WHERE call = ? AND deleted_at IS NULL ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([call.0.cast_signed()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many notes each of some calls has; calls without are left out.
    pub fn note_counts(&self, calls: &[CallId]) -> Result<Vec<(CallId, u32)>> {
        many::of_calls(
            self,
            "SELECT call, count(*) FROM note WHERE deleted_at IS NULL AND call IN (CALLS) GROUP BY call",
            calls,
            |row| row.get(1),
        )
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Note> {
    Ok(Note {
        id: row.get(0)?,
        call: CallId(row.get::<_, i64>(1)?.cast_unsigned()),
        text: row.get(2)?,
        author: row.get(3)?,
        written_at: row.get(4)?,
        changed_at: row.get(5)?,
    })
}
