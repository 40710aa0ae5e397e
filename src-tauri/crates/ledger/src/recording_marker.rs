//! Places in recordings that people marked.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingMarker {
    pub id: i64,
    /// Milliseconds of the sound.
    pub at_milliseconds: i64,
    /// Empty: only marked.
    pub text: String,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub written_at: i64,
    pub changed_at: Option<i64>,
}

const COLUMNS: &str = "id, at_ms, text, author, written_at, changed_at";

impl Ledger {
    pub fn add_marker(
        &self,
        folder: i64,
        path: &[u8],
        at_milliseconds: i64,
        text: &str,
        author: &str,
        at: i64,
    ) -> Result<RecordingMarker> {
        self.connection.execute(
            "INSERT INTO recording_marker (folder, path, at_ms, text, author, written_at)
             VALUES (?, ?, ?, ?, ?, ?)",
            params![folder, path, at_milliseconds, text, author, at],
        )?;
        let id = self.connection.last_insert_rowid();
        let (text, author) = (text.to_owned(), author.to_owned());
        Ok(RecordingMarker { id, at_milliseconds, text, author, written_at: at, changed_at: None })
    }

    /// A marker that was not deleted.
    pub fn marker(&self, id: i64) -> Result<Option<RecordingMarker>> {
        let sql = format!("SELECT {COLUMNS} FROM recording_marker WHERE id = ? AND deleted_at IS NULL");
        Ok(self.connection.query_row(&sql, [id], read).optional()?)
    }

    pub fn change_marker(&self, id: i64, at_milliseconds: i64, text: &str, at: i64) -> Result<()> {
        self.connection.execute(
            "UPDATE recording_marker SET at_ms = ?, text = ?, changed_at = ? WHERE id = ?",
            params![at_milliseconds, text, at, id],
        )?;
        Ok(())
    }

    /// Hides a marker (`at`), or brings it back (`None`).
    pub fn delete_marker(&self, id: i64, at: Option<i64>) -> Result<()> {
        self.connection
            .execute("UPDATE recording_marker SET deleted_at = ? WHERE id = ?", params![at, id])?;
        Ok(())
    }

    /// The markers of a file in the order of their places.
    pub fn markers_of(&self, folder: i64, path: &[u8]) -> Result<Vec<RecordingMarker>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM recording_marker
             WHERE folder = ? AND path = ? AND deleted_at IS NULL ORDER BY at_ms, id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![folder, path], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<RecordingMarker> {
    Ok(RecordingMarker {
        id: row.get(0)?,
        at_milliseconds: row.get(1)?,
        text: row.get(2)?,
        author: row.get(3)?,
        written_at: row.get(4)?,
        changed_at: row.get(5)?,
    })
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn markers_are_kept_by_file_changed_and_hidden() {
        let folder = TempDir::new().unwrap();
        let ledger = Ledger::open(&folder.path().join("l")).unwrap();
        let late = ledger.add_marker(1, b"a.wav", 9_000, "", "anna", 1).unwrap();
        let early = ledger.add_marker(1, b"a.wav", 500, "price", "ben", 2).unwrap();
        ledger.add_marker(2, b"a.wav", 1, "another folder", "ben", 3).unwrap();
        let ids = |path: &[u8]| {
            ledger.markers_of(1, path).unwrap().iter().map(|marker| marker.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(b"a.wav"), [early.id, late.id]);
        ledger.change_marker(late.id, 100, "begins", 5).unwrap();
        assert_eq!(ids(b"a.wav"), [late.id, early.id]);
        let changed = ledger.marker(late.id).unwrap().unwrap();
        assert_eq!((changed.text.as_str(), changed.changed_at, changed.written_at), ("begins", Some(5), 1));
        ledger.delete_marker(early.id, Some(6)).unwrap();
        assert_eq!((ids(b"a.wav"), ledger.marker(early.id).unwrap()), (vec![late.id], None));
        ledger.delete_marker(early.id, None).unwrap();
        assert_eq!(ids(b"a.wav"), [late.id, early.id]);
    }
}
