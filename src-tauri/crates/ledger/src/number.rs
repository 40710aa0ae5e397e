//! Numbers: each once, with what the dial rules make of it.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

/// A number as it is printed on one side of one exchange.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PrintedNumber {
    pub exchange: u32,
    /// Somebody of ours dialled it; otherwise it called.
    pub dialled: bool,
    pub printed: String,
}

/// What the dial rules make of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classed {
    pub class: String,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// One spelling for one party.
    pub normal: String,
}

/// A number in the ledger, with how many calls have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNumber {
    pub id: i64,
    pub number: PrintedNumber,
    pub classed: Classed,
    pub calls: u32,
}

impl Ledger {
    pub fn number_id(&self, number: &PrintedNumber) -> Result<Option<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM number WHERE exchange = ? AND dialled = ? AND printed = ?")?;
        Ok(statement
            .query_row(params![number.exchange, number.dialled, number.printed], |row| row.get(0))
            .optional()?)
    }

    pub fn add_number(&self, number: &PrintedNumber, classed: &Classed) -> Result<i64> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO number (exchange, dialled, printed, class, country, normal) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        let Classed { class, country, normal } = classed;
        statement.execute(params![
            number.exchange,
            number.dialled,
            number.printed,
            class,
            country,
            normal
        ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Numbers after `after` in order of their id.
    pub fn numbers(&self, exchange: u32, after: i64, limit: u32) -> Result<Vec<StoredNumber>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, exchange, dialled, printed, class, country, normal,
             (SELECT count(*) FROM call_number WHERE number = number.id)
             FROM number WHERE exchange = ? AND id > ? ORDER BY id LIMIT ?",
        )?;
        let rows = statement.query_map(params![exchange, after, limit], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn class_number(&self, id: i64, classed: &Classed) -> Result<()> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE number SET class = ?, country = ?, normal = ? WHERE id = ?")?;
        statement.execute(params![classed.class, classed.country, classed.normal, id])?;
        Ok(())
    }

    /// What the outside party's number of a call is.
    pub fn number_of_call(&self, call: calls::CallId) -> Result<Option<Classed>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number.class, number.country, number.normal FROM call JOIN number ON number.id = call.outside
             WHERE call.id = ?",
        )?;
        let read =
            |row: &Row<'_>| Ok(Classed { class: row.get(0)?, country: row.get(1)?, normal: row.get(2)? });
        Ok(statement.query_row([call.0.cast_signed()], read).optional()?)
    }

    /// Takes numbers away that no call has any more.
    pub fn forget_unused_numbers(&self) -> Result<()> {
        self.connection.execute(
            "DELETE FROM number WHERE NOT EXISTS (SELECT 1 FROM call_number WHERE call_number.number = number.id)",
            [],
        )?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredNumber> {
    Ok(StoredNumber {
        id: row.get(0)?,
        number: PrintedNumber { exchange: row.get(1)?, dialled: row.get(2)?, printed: row.get(3)? },
        classed: Classed { class: row.get(4)?, country: row.get(5)?, normal: row.get(6)? },
        calls: row.get(7)?,
    })
}
