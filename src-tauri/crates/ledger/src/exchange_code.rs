//! The codes that exchanges give calls, each once: few, and known by their numbers in the columns of calls.

use rusqlite::{OptionalExtension, params_from_iter};

use crate::{Ledger, Result};

impl Ledger {
    /// The number of a code, which is added if it is new; 0 for none.
    pub(crate) fn exchange_code_or_new(&self, code: &str) -> Result<u32> {
        if code.is_empty() {
            return Ok(0);
        }
        let sql = "SELECT id FROM exchange_code WHERE code = ?";
        if let Some(id) =
            self.connection.prepare_cached(sql)?.query_row([code], |row| row.get(0)).optional()?
        {
            return Ok(id);
        }
        let sql = "INSERT INTO exchange_code (code) VALUES (?) RETURNING id";
        Ok(self.connection.prepare_cached(sql)?.query_row([code], |row| row.get(0))?)
    }

    /// Codes that exchanges or people gave calls, whether or not they are on the list.
    pub fn codes_in_use(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT code FROM exchange_code UNION SELECT code FROM given_outcome WHERE code IS NOT NULL ORDER BY code",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The numbers of those of some codes that any call has or had.
    pub(crate) fn exchange_codes(&self, codes: &[String]) -> Result<Vec<u32>> {
        let places = vec!["?"; codes.len()].join(", ");
        let mut statement =
            self.connection.prepare(&format!("SELECT id FROM exchange_code WHERE code IN ({places})"))?;
        let rows = statement.query_map(params_from_iter(codes), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The code with this number; empty for 0.
    pub(crate) fn exchange_code(&self, id: u32) -> Result<String> {
        if id == 0 {
            return Ok(String::new());
        }
        let sql = "SELECT code FROM exchange_code WHERE id = ?";
        let code = self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
        Ok(code.unwrap_or_default())
    }
}
