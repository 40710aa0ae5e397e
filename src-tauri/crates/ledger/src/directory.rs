//! Who has which extension, from one day to another.

use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryEntry {
    pub id: i64,
    pub extension: String,
    pub person: String,
    pub department: String,
    /// First wall-clock second; the least number means from the beginning.
    pub from_local: i64,
    /// The second after the last; the greatest number means until further notice.
    pub to_local: i64,
}

impl DirectoryEntry {
    /// What a list shows: the person, or the department of an extension that is nobody's own.
    pub fn shown(&self) -> &str {
        if self.person.is_empty() { &self.department } else { &self.person }
    }

    /// Holds at this wall-clock second.
    pub fn holds_at(&self, local: i64) -> bool {
        (self.from_local..self.to_local).contains(&local)
    }

    /// Both hold on some day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.extension == other.extension
            && self.from_local < other.to_local
            && other.from_local < self.to_local
    }
}

const COLUMNS: &str = "id, extension, person, department, from_local, to_local";

impl Ledger {
    /// All entries, by extension and time.
    pub fn directory(&self) -> Result<Vec<DirectoryEntry>> {
        let sql =
            format!("SELECT {COLUMNS} FROM directory ORDER BY length(extension), extension, from_local");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The entries of these extensions, by time.
    pub fn directory_of(&self, extensions: &[String]) -> Result<Vec<DirectoryEntry>> {
        let places = vec!["?"; extensions.len()].join(", ");
        let sql =
            format!("SELECT {COLUMNS} FROM directory WHERE extension IN ({places}) ORDER BY from_local");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(extensions), read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn directory_entry(&self, id: i64) -> Result<Option<DirectoryEntry>> {
        let sql = format!("SELECT {COLUMNS} FROM directory WHERE id = ?");
        Ok(self.connection.query_row(&sql, [id], read).optional()?)
    }

    /// Writes an entry in place of the one with its id, or adds it when that is 0; hands back its id. `import` is the
    /// file that brought it, `None` when a person typed it.
    pub fn write_directory_entry(&self, entry: &DirectoryEntry, import: Option<i64>) -> Result<i64> {
        self.connection.execute(
            "INSERT OR REPLACE INTO directory (id, extension, person, department, folded_person, folded_department,
             from_local, to_local, import) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                (entry.id != 0).then_some(entry.id),
                entry.extension,
                entry.person,
                entry.department,
                entry.person.to_lowercase(),
                entry.department.to_lowercase(),
                entry.from_local,
                entry.to_local,
                import,
            ],
        )?;
        Ok(if entry.id == 0 { self.connection.last_insert_rowid() } else { entry.id })
    }

    pub fn delete_directory_entry(&self, id: i64) -> Result<()> {
        self.connection.execute("DELETE FROM directory WHERE id = ?", [id])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<DirectoryEntry> {
    Ok(DirectoryEntry {
        id: row.get(0)?,
        extension: row.get(1)?,
        person: row.get(2)?,
        department: row.get(3)?,
        from_local: row.get(4)?,
        to_local: row.get(5)?,
    })
}
