//! Numbers: each once, with what the dial rules make of it.

use std::ops::ControlFlow;

use calls::CallId;
use rusqlite::{OptionalExtension, Row, params};

use crate::{
    CallSelection, Ledger, Result,
    call_query::marked,
    column::{Column, Meaning, Shown},
    scan::Way,
    values::NumberSet,
};

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

/// A number in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNumber {
    pub id: i64,
    pub number: PrintedNumber,
    pub classed: Classed,
}

/// How many calls have each number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallsByNumber(Vec<u32>);

impl CallsByNumber {
    pub fn of(&self, number: i64) -> u32 {
        usize::try_from(number).ok().and_then(|place| self.0.get(place)).copied().unwrap_or(0)
    }
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
            "SELECT id, exchange, dialled, printed, class, country, normal
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
        // Readers that remember numbers read them again.
        let sql = "INSERT INTO meta (name, value) VALUES ('numbers-classed', '1')
             ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1";
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// How many calls have each number.
    pub fn calls_by_number(&self) -> Result<CallsByNumber> {
        let mut counts: Vec<u32> = Vec::new();
        let everything = self.sieve(&CallSelection::default())?;
        self.each_match(&everything, &[Column::Outside], Way::OldestFirst, |part, _| {
            for number in part.values(Column::Outside)?.to_vec().into_iter().filter(|number| *number > 0) {
                let number = number as usize;
                if counts.len() <= number {
                    counts.resize(number + 1, 0);
                }
                counts[number] += 1;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(CallsByNumber(counts))
    }

    /// What the outside party's number of a call is.
    pub fn number_of_call(&self, call: CallId) -> Result<Option<Classed>> {
        let sieve = self.sieve(&CallSelection { ids: vec![call], ..CallSelection::default() })?;
        let mut outside = 0;
        self.each_match(&sieve, &[Column::Outside], Way::OldestFirst, |part, kept| {
            let values = part.values(Column::Outside)?;
            outside = marked(kept).next().map_or(0, |place| values.get(place));
            Ok(ControlFlow::Break(()))
        })?;
        let mut statement =
            self.connection.prepare_cached("SELECT class, country, normal FROM number WHERE id = ?")?;
        let read =
            |row: &Row<'_>| Ok(Classed { class: row.get(0)?, country: row.get(1)?, normal: row.get(2)? });
        Ok(statement.query_row([outside], read).optional()?)
    }

    /// Takes numbers and texts away that no call has any more, so many of each at most; whether there may be more.
    pub fn forget_unused_numbers(&mut self, at_most: usize) -> Result<bool> {
        // One commit: each waits for the disk.
        let more = self.transaction(|ledger| ledger.delete_unused(at_most))?;
        self.known_terms.forget();
        Ok(more)
    }

    fn delete_unused(&self, at_most: usize) -> Result<bool> {
        let mut numbers = NumberSet::default();
        let mut terms = NumberSet::default();
        let all = Column::SINGLE.into_iter().chain(Column::OF_PARTIES);
        let columns: Vec<Column> = all.filter(|column| column.meaning() != Meaning::Itself).collect();
        let everything = self.sieve(&CallSelection::default())?;
        self.each_match(&everything, &columns, Way::OldestFirst, |part, _| {
            for column in &columns {
                let values = part.values(*column)?;
                match column.meaning() {
                    Meaning::Itself => {}
                    Meaning::Number => values.iter().for_each(|number| numbers.insert(number)),
                    Meaning::Term => values.iter().for_each(|id| terms.insert(id)),
                    Meaning::Shown => values.iter().for_each(|value| {
                        if let Shown::Term(id) = Shown::of(value) {
                            terms.insert(id);
                        }
                    }),
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let mut more = false;
        for (table, used) in [("number", numbers), ("term", terms)] {
            let mut statement = self.connection.prepare(&format!("SELECT id FROM {table}"))?;
            let ids: Vec<u32> =
                statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let mut delete = self.connection.prepare(&format!("DELETE FROM {table} WHERE id = ?"))?;
            let mut unused = ids.into_iter().filter(|id| !used.contains(*id));
            for id in unused.by_ref().take(at_most) {
                delete.execute([id])?;
            }
            more |= unused.next().is_some();
        }
        Ok(more)
    }

    /// Numbers that are printed so, at any exchange and on either side.
    pub(crate) fn numbers_printed(&self, printed: &str) -> Result<Vec<u32>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM number WHERE exchange IN (SELECT DISTINCT exchange FROM source UNION SELECT 1)
             AND dialled IN (0, 1) AND printed = ?",
        )?;
        let rows = statement.query_map([printed], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How a number is printed.
    pub(crate) fn printed(&self, id: u32) -> Result<String> {
        let mut statement = self.connection.prepare_cached("SELECT printed FROM number WHERE id = ?")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?.unwrap_or_default())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredNumber> {
    Ok(StoredNumber {
        id: row.get(0)?,
        number: PrintedNumber { exchange: row.get(1)?, dialled: row.get(2)?, printed: row.get(3)? },
        classed: Classed { class: row.get(4)?, country: row.get(5)?, normal: row.get(6)? },
    })
}
