//! People outside, with their numbers.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactEntry {
    pub id: i64,
    pub name: String,
    pub organisation: String,
    pub note: String,
    /// As people write them.
    pub numbers: Vec<String>,
}

impl ContactEntry {
    /// What a list shows: the name, or the organisation of somebody without one.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { &self.organisation } else { &self.name }
    }
}

const COLUMNS: &str = "contact.id, name, organisation, note";

impl Ledger {
    /// Adds a contact; `import` is the file that brought it, `None` when a person typed it.
    pub fn add_contact(&self, contact: &ContactEntry, import: Option<i64>) -> Result<i64> {
        let ContactEntry { name, organisation, note, .. } = contact;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO contact (name, organisation, note, folded_name, folded_organisation, import)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        let folded = [name.to_lowercase(), organisation.to_lowercase()];
        statement.execute(params![name, organisation, note, folded[0], folded[1], import])?;
        let id = self.connection.last_insert_rowid();
        self.add_contact_numbers(id, &contact.numbers, import)?;
        Ok(id)
    }

    /// Writes a contact as a person typed it: it is no file's any more. `false` when it is not there.
    pub fn change_contact(&self, contact: &ContactEntry) -> Result<bool> {
        let ContactEntry { id, name, organisation, note, numbers } = contact;
        let changed = self.connection.execute(
            "UPDATE contact SET name = ?, organisation = ?, note = ?, folded_name = ?, folded_organisation = ?,
             import = NULL WHERE id = ?",
            params![name, organisation, note, name.to_lowercase(), organisation.to_lowercase(), id],
        )?;
        if changed > 0 {
            self.connection.execute("DELETE FROM contact_number WHERE contact = ?", [id])?;
            self.add_contact_numbers(*id, numbers, None)?;
        }
        Ok(changed > 0)
    }

    /// Adds numbers behind those that a contact has.
    pub fn add_contact_numbers(&self, contact: i64, numbers: &[String], import: Option<i64>) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO contact_number (contact, place, number, import)
             SELECT ?1, 1 + coalesce(max(place), 0), ?2, ?3 FROM contact_number WHERE contact = ?1",
        )?;
        for number in numbers {
            statement.execute(params![contact, number, import])?;
        }
        Ok(())
    }

    pub fn delete_contact(&self, id: i64) -> Result<()> {
        self.connection.execute("DELETE FROM contact WHERE id = ?", [id])?;
        Ok(())
    }

    pub fn contact(&self, id: i64) -> Result<Option<ContactEntry>> {
        let sql = format!("SELECT {COLUMNS} FROM contact WHERE id = ?");
        let found = self.connection.prepare_cached(&sql)?.query_row([id], read).optional()?;
        found.map(|contact| self.with_numbers(contact)).transpose()
    }

    /// Contacts whose name or organisation has a piece of text, or a number whose digits have a piece of digits;
    /// in the order of their names. `text` is in lower case; `digits` may be empty.
    pub fn contacts(&self, text: &str, digits: &str, offset: u32, limit: u32) -> Result<Vec<ContactEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM contact WHERE {SEARCHED}
             ORDER BY CASE folded_name WHEN '' THEN folded_organisation ELSE folded_name END, contact.id
             LIMIT ?3 OFFSET ?4"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![text, digits, limit, offset], read)?;
        rows.map(|contact| self.with_numbers(contact?)).collect()
    }

    pub fn count_contacts(&self, text: &str, digits: &str) -> Result<u32> {
        let sql = format!("SELECT count(*) FROM contact WHERE {SEARCHED}");
        Ok(self.connection.prepare_cached(&sql)?.query_row([text, digits], |row| row.get(0))?)
    }

    /// The contact with this name and organisation, both in lower case; the first of several.
    pub fn contact_named(&self, name: &str, organisation: &str) -> Result<Option<ContactEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM contact WHERE folded_name = ? AND folded_organisation = ? ORDER BY id LIMIT 1"
        );
        let found = self.connection.prepare_cached(&sql)?.query_row([name, organisation], read).optional()?;
        found.map(|contact| self.with_numbers(contact)).transpose()
    }

    /// Contacts with an id after `after`, in order: to look at all of them in pieces.
    pub fn contacts_after(&self, after: i64, limit: u32) -> Result<Vec<ContactEntry>> {
        let sql = format!("SELECT {COLUMNS} FROM contact WHERE id > ? ORDER BY id LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![after, limit], read)?;
        rows.map(|contact| self.with_numbers(contact?)).collect()
    }

    /// Writes the one spelling of a contact's numbers, each with its exchange.
    pub fn set_contact_normals(&self, contact: i64, normals: &[(u32, String)]) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM contact_normal WHERE contact = ?")?.execute([contact])?;
        let mut statement = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO contact_normal (normal, exchange, contact) VALUES (?, ?, ?)",
        )?;
        for (exchange, normal) in normals.iter().filter(|(_, normal)| !normal.is_empty()) {
            statement.execute(params![normal, exchange, contact])?;
        }
        Ok(())
    }

    /// By which dial rules the spellings of contacts' numbers were made; `None` before they were.
    pub fn contacts_spelled_by(&self) -> Result<Option<String>> {
        let sql = "SELECT value FROM meta WHERE name = 'contacts-spelled-by'";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?)
    }

    pub fn set_contacts_spelled_by(&self, rules: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO meta (name, value) VALUES ('contacts-spelled-by', ?)";
        self.connection.execute(sql, [rules])?;
        Ok(())
    }

    fn with_numbers(&self, mut contact: ContactEntry) -> Result<ContactEntry> {
        let sql = "SELECT number FROM contact_number WHERE contact = ? ORDER BY place";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([contact.id], |row| row.get(0))?;
        contact.numbers = rows.collect::<rusqlite::Result<_>>()?;
        Ok(contact)
    }
}

/// ?1 is a piece of a name, ?2 digits of a number: as typed, without what people write between them, or normal.
const SEARCHED: &str = "(instr(folded_name, ?1) > 0 OR instr(folded_organisation, ?1) > 0
     OR ?2 <> '' AND (EXISTS (SELECT 1 FROM contact_number WHERE contact_number.contact = contact.id
         AND instr(replace(replace(replace(replace(replace(replace(number, ' ', ''), '-', ''), '/', ''), '(', ''),
             ')', ''), '.', ''), ?2) > 0)
     OR EXISTS (SELECT 1 FROM contact_normal WHERE contact_normal.contact = contact.id AND instr(normal, ?2) > 0)))";

fn read(row: &Row<'_>) -> rusqlite::Result<ContactEntry> {
    Ok(ContactEntry {
        id: row.get(0)?,
        name: row.get(1)?,
        organisation: row.get(2)?,
        note: row.get(3)?,
        numbers: Vec::new(),
    })
}
