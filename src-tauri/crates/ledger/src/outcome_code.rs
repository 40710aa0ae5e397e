//! The site's own codes for what came of a call, and which call was given which.

use calls::CallId;
use rusqlite::params;

use crate::{Ledger, Result, many};

/// A code of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeEntry {
    pub code: String,
    pub name: String,
    /// The person who was called for was spoken with.
    pub contact: bool,
    /// The aim of the call was reached.
    pub success: bool,
    /// No longer offered.
    pub retired: bool,
}

/// What a person said came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenOutcome {
    /// `None`: what was said before was taken away.
    pub code: Option<String>,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub given_at: i64,
}

/// Of what was said of a call, the last holds.
pub(crate) const LAST: &str = "NOT EXISTS (SELECT 1 FROM given_outcome AS later
     WHERE later.call = given_outcome.call AND later.id > given_outcome.id)";

impl Ledger {
    /// The list, in its own order.
    pub fn outcome_codes(&self) -> Result<Vec<CodeEntry>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT code, name, contact, success, retired FROM outcome_code ORDER BY place, code",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(CodeEntry {
                code: row.get(0)?,
                name: row.get(1)?,
                contact: row.get(2)?,
                success: row.get(3)?,
                retired: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Puts this list in the place of the present one; of entries with the same code the last is kept.
    pub fn set_outcome_codes(&self, codes: &[CodeEntry]) -> Result<()> {
        self.connection.execute("DELETE FROM outcome_code", [])?;
        let mut statement = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO outcome_code (code, place, name, contact, success, retired)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for (place, entry) in (0_i64..).zip(codes) {
            let CodeEntry { code, name, contact, success, retired } = entry;
            statement.execute(params![code, place, name, contact, success, retired])?;
        }
        Ok(())
    }

    pub fn give_outcome(&self, call: CallId, code: Option<&str>, author: &str, at: i64) -> Result<()> {
        self.connection.execute(
            "INSERT INTO given_outcome (call, code, author, given_at) VALUES (?, ?, ?, ?)",
            params![call.0.cast_signed(), code, author, at],
        )?;
        Ok(())
    }

    /// What people said of some calls; calls of which nothing holds are left out.
    pub fn given_outcomes(&self, calls: &[CallId]) -> Result<Vec<(CallId, String)>> {
        let sql = format!(
            "SELECT call, code FROM given_outcome WHERE code IS NOT NULL AND call IN (CALLS) AND {LAST}"
        );
        many::of_calls(self, &sql, calls, |row| row.get(1))
    }

    /// Everything that was said of a call, oldest first.
    pub fn outcome_history(&self, call: CallId) -> Result<Vec<GivenOutcome>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT code, author, given_at FROM given_outcome WHERE call = ? ORDER BY id")?;
        let rows = statement.query_map([call.0.cast_signed()], |row| {
            Ok(GivenOutcome { code: row.get(0)?, author: row.get(1)?, given_at: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
