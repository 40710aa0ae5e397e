//! Recordings that were deleted. Written on, never changed: triggers in the ledger see to that.

use calls::CallId;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingDeletion {
    /// 0 before it is written.
    pub id: i64,
    pub folder: i64,
    pub path: Vec<u8>,
    /// With its folder; what is not UTF-8 is shown with escapes.
    pub file: String,
    pub bytes: u64,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// The rule in words. `None`: somebody chose this recording.
    pub rule: Option<String>,
    /// `begun`, `done`, or the code of the error.
    pub result: String,
}

const COLUMNS: &str = "id, folder, path, file, bytes, author, at, rule, result";

/// Of a file that was deleted, came back and was deleted again, the last entry holds.
const LAST: &str = "id = (SELECT max(id) FROM recording_deletion AS other
    WHERE other.folder = recording_deletion.folder AND other.path = recording_deletion.path)";

impl Ledger {
    /// Writes an entry with the calls that the recording belongs to.
    pub fn log_deletion(&self, entry: &RecordingDeletion, calls: &[CallId]) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO recording_deletion (folder, path, file, bytes, author, at, rule, result)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                entry.folder,
                entry.path,
                entry.file,
                entry.bytes,
                entry.author,
                entry.at,
                entry.rule,
                entry.result
            ])?;
        let id = self.connection.last_insert_rowid();
        let sql = "INSERT OR IGNORE INTO deleted_recording_call (call, deletion) VALUES (?, ?)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for call in calls {
            insert.execute(params![call.0.cast_signed(), id])?;
        }
        Ok(())
    }

    /// Entries older than `before` (an id; `None`: from the last), newest first.
    pub fn deletions(&self, before: Option<i64>, limit: u32) -> Result<Vec<RecordingDeletion>> {
        let sql = format!("SELECT {COLUMNS} FROM recording_deletion WHERE id < ? ORDER BY id DESC LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![before.unwrap_or(i64::MAX), limit], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What was last written of a file.
    pub fn deletion_of(&self, folder: i64, path: &[u8]) -> Result<Option<RecordingDeletion>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM recording_deletion WHERE folder = ? AND path = ? ORDER BY id DESC LIMIT 1"
        );
        Ok(self.connection.prepare_cached(&sql)?.query_row(params![folder, path], read).optional()?)
    }

    /// Of each deleted recording of a call the last entry that is not an error.
    pub fn deletions_of_call(&self, call: CallId) -> Result<Vec<RecordingDeletion>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM recording_deletion WHERE result IN ('begun', 'done') AND {LAST}
             AND id IN (SELECT deletion FROM deleted_recording_call WHERE call = ?) ORDER BY id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([call.0.cast_signed()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The calls that a deleted recording belonged to.
    pub fn calls_of_deletion(&self, id: i64) -> Result<Vec<CallId>> {
        let sql = "SELECT call FROM deleted_recording_call WHERE deletion = ? ORDER BY call";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| row.get::<_, i64>(0))?;
        rows.map(|call| Ok(CallId(call?.cast_unsigned()))).collect()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<RecordingDeletion> {
    Ok(RecordingDeletion {
        id: row.get(0)?,
        folder: row.get(1)?,
        path: row.get(2)?,
        file: row.get(3)?,
        bytes: row.get(4)?,
        author: row.get(5)?,
        at: row.get(6)?,
        rule: row.get(7)?,
        result: row.get(8)?,
    })
}
