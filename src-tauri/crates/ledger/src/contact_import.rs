//! Files of contacts, and of the directory: which contact and which number came from which, so that one can be taken back alone.

use rusqlite::{OptionalExtension, params};

use crate::{Ledger, Result};

impl Ledger {
    pub fn add_contact_import(&self, file: &str, began_at: i64) -> Result<i64> {
        self.connection
            .execute("INSERT INTO contact_import (file, began_at) VALUES (?, ?)", params![file, began_at])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Notes that a file tells of a contact, and by which numbers; a second row about the same adds to the first.
    pub fn add_contact_import_row(&self, import: i64, contact: i64, numbers: &[String]) -> Result<()> {
        let mut told = self.told_numbers(import, contact)?.unwrap_or_default();
        told.extend(numbers.iter().cloned());
        let told = serde_json::Value::from(told).to_string();
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO contact_import_row (import, contact, numbers) VALUES (?, ?, ?)",
            )?
            .execute(params![import, contact, told])?;
        Ok(())
    }

    /// Whether an import is there and stands; `None` when there is none.
    pub fn contact_import_stands(&self, import: i64) -> Result<Option<bool>> {
        let sql = "SELECT undone_at IS NULL FROM contact_import WHERE id = ?";
        Ok(self.connection.query_row(sql, [import], |row| row.get(0)).optional()?)
    }

    /// Takes an import back: contacts and numbers go that it brought, unless a person has changed the contact since or
    /// another file that stands tells the same, whose they are then; and entries of the directory
    /// that it brought. Hands back the contacts that are left of it.
    pub fn undo_contact_import(&self, import: i64, at: i64) -> Result<Vec<i64>> {
        self.connection
            .execute("UPDATE contact_import SET undone_at = ? WHERE id = ?", params![at, import])?;
        let mut statement =
            self.connection.prepare_cached("SELECT contact FROM contact_import_row WHERE import = ?")?;
        let contacts: Vec<i64> =
            statement.query_map([import], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut left = Vec::new();
        for contact in contacts {
            self.take_numbers_back(import, contact)?;
            let heir = self.standing_imports(contact)?.first().copied();
            let typed: bool = self
                .connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM contact_number WHERE contact = ? AND import IS NULL)",
                )?
                .query_row([contact], |row| row.get(0))?;
            let mine: bool = self
                .connection
                .prepare_cached("SELECT import IS ?2 FROM contact WHERE id = ?1")?
                .query_row([contact, import], |row| row.get(0))?;
            if mine && heir.is_none() && !typed {
                self.delete_contact(contact)?;
                continue;
            }
            if mine {
                self.connection
                    .prepare_cached("UPDATE contact SET import = ? WHERE id = ?")?
                    .execute(params![heir, contact])?;
            }
            left.push(contact);
        }
        self.connection.execute("DELETE FROM contact_import_row WHERE import = ?", [import])?;
        self.connection.execute("DELETE FROM directory WHERE import = ?", [import])?;
        Ok(left)
    }

    fn take_numbers_back(&self, import: i64, contact: i64) -> Result<()> {
        let sql = "SELECT place, number FROM contact_number WHERE contact = ? AND import = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([contact, import], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let brought: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
        let heirs = self.standing_imports(contact)?;
        for (place, number) in brought {
            let mut heir = None;
            for other in &heirs {
                if self.told_numbers(*other, contact)?.is_some_and(|told| told.contains(&number)) {
                    heir = Some(*other);
                    break;
                }
            }
            let sql = match heir {
                Some(_) => "UPDATE contact_number SET import = ?3 WHERE contact = ?1 AND place = ?2",
                None => "DELETE FROM contact_number WHERE contact = ?1 AND place = ?2 AND ?3 IS NULL",
            };
            self.connection.prepare_cached(sql)?.execute(params![contact, place, heir])?;
        }
        Ok(())
    }

    /// Imports that stand and tell of a contact, oldest first.
    fn standing_imports(&self, contact: i64) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT import FROM contact_import_row JOIN contact_import ON contact_import.id = import
             WHERE contact = ? AND undone_at IS NULL ORDER BY import",
        )?;
        let rows = statement.query_map([contact], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn told_numbers(&self, import: i64, contact: i64) -> Result<Option<Vec<String>>> {
        let sql = "SELECT numbers FROM contact_import_row WHERE import = ? AND contact = ?";
        let told: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([import, contact], |row| row.get(0)).optional()?;
        told.map(|told| {
            serde_json::from_str(&told).map_err(|error| crate::LedgerError::Row(error.to_string()))
        })
        .transpose()
    }
}
