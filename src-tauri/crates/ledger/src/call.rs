//! Calls as they stand in the ledger.

use calls::{Call, CallId, Direction, Outline, Thread};
use rusqlite::{OptionalExtension, Row, params};

use crate::{CallChanges, Ledger, Result, RowPlace, SourceId, row_place};

/// A call on its way into the ledger.
#[derive(Debug, Clone, Copy)]
pub struct CallEntry<'a> {
    /// The source of its first record.
    pub source: SourceId,
    pub outline: &'a Outline,
    /// The outside party's number.
    pub outside: Option<i64>,
    pub told: Telling<'a>,
    /// Threads of its rows beside the one that is part of its id.
    pub threads: &'a [Thread],
}

/// How a call is told when it is asked for.
#[derive(Debug, Clone, Copy)]
pub enum Telling<'a> {
    Whole(&'a Call),
    /// Anew, from imported rows.
    FromRows(&'a [RowPlace]),
}

/// A call as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCall {
    pub id: CallId,
    pub source: SourceId,
    /// Still ringing.
    pub live: bool,
    pub told: Told,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Whole(Box<Call>),
    /// To be told from these rows.
    FromRows(Vec<RowPlace>),
}

impl Told {
    /// The imported rows it is told from; none for a call that came over a line.
    pub fn places(&self) -> &[RowPlace] {
        match self {
            Self::Whole(_) => &[],
            Self::FromRows(places) => places,
        }
    }
}

pub(crate) const COLUMNS: &str = "call.id, call.source, call.live, call.rows, call.body";

/// Leaves a call that is there alone.
const INSERT: &str =
    "INSERT INTO call (id, source, live, rows, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

/// Writes the row of a call with [`INSERT`]; 0 when it was there.
fn insert_call(statement: &mut rusqlite::Statement<'_>, entry: &CallEntry<'_>) -> Result<usize> {
    let outline = entry.outline;
    let (rows, body) = match entry.told {
        Telling::Whole(call) => (None, Some(postcard::to_allocvec(call)?)),
        Telling::FromRows(rows) => (Some(row_place::pack(rows)), None),
    };
    // Bound one by one: a million calls make the difference between this and a list of `dyn ToSql` felt.
    statement.raw_bind_parameter(1, outline.id.0.cast_signed())?;
    statement.raw_bind_parameter(2, entry.source.0)?;
    statement.raw_bind_parameter(3, outline.live)?;
    statement.raw_bind_parameter(4, rows)?;
    statement.raw_bind_parameter(5, body)?;
    Ok(statement.raw_execute()?)
}

impl Ledger {
    /// Writes a call over an earlier state of itself, and ties its records to it.
    pub fn write_call(
        &self,
        entry: &CallEntry<'_>,
        records: &[i64],
        changes: &mut CallChanges,
    ) -> Result<()> {
        let id = entry.outline.id;
        self.take_out(id, changes)?;
        self.add_calls(std::slice::from_ref(entry), changes)?;
        let mut tie = self.connection.prepare_cached("UPDATE record SET call = ? WHERE id = ?")?;
        for record in records {
            tie.execute([id.0.cast_signed(), *record])?;
        }
        Ok(())
    }

    /// Writes calls that are not there yet, best in the order of their ids; hands back the places of those whose id
    /// is taken, of which nothing was written.
    ///
    /// Lists and sums know of them with [`Ledger::write_changes`], in the same transaction.
    pub fn add_calls(&self, entries: &[CallEntry<'_>], changes: &mut CallChanges) -> Result<Vec<usize>> {
        let mut insert = self.connection.prepare_cached(INSERT)?;
        let mut taken = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            if insert_call(&mut insert, entry)? == 0 {
                taken.push(place);
                continue;
            }
            changes.came(self, entry)?;
            self.add_threads(entry)?;
        }
        Ok(taken)
    }

    /// Takes a call out; its records stay.
    pub fn delete_call(&self, id: CallId, changes: &mut CallChanges) -> Result<()> {
        self.take_out(id, changes)?;
        let id = id.0.cast_signed();
        self.connection.prepare_cached("UPDATE record SET call = NULL WHERE call = ?")?.execute([id])?;
        Ok(())
    }

    fn add_threads(&self, entry: &CallEntry<'_>) -> Result<()> {
        let id = entry.outline.id;
        for thread in entry.threads {
            let thread = CallId::new(id.moment(), thread.0).0.cast_signed();
            let sql = "INSERT OR IGNORE INTO call_thread (thread, call) VALUES (?, ?)";
            self.connection.prepare_cached(sql)?.execute([thread, id.0.cast_signed()])?;
        }
        Ok(())
    }

    fn take_out(&self, id: CallId, changes: &mut CallChanges) -> Result<()> {
        let raw = id.0.cast_signed();
        if self.connection.prepare_cached("DELETE FROM call WHERE id = ?")?.execute([raw])? == 0 {
            return Ok(());
        }
        let (first, last) = (CallId::first_of(id.moment()), CallId::last_of(id.moment()));
        let sql = "DELETE FROM call_thread WHERE thread BETWEEN ? AND ? AND call = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.execute([first.0.cast_signed(), last.0.cast_signed(), raw])?;
        changes.gone(id);
        Ok(())
    }

    pub fn call(&self, id: CallId) -> Result<Option<KeptCall>> {
        let sql = format!("SELECT {COLUMNS} FROM call WHERE id = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.query_row([id.0.cast_signed()], |row| Ok(read(row))).optional()?.transpose()
    }

    /// Calls in which a device is still ringing.
    pub fn live_calls(&self) -> Result<Vec<KeptCall>> {
        let sql = format!("SELECT {COLUMNS} FROM call WHERE live = 1 ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The threads and ids of calls that start in the wall-clock seconds `from ..= to`: what a row of that time may
    /// belong to. Each as the part of a hash that an id keeps.
    pub fn threads_between(&self, from: i64, to: i64) -> Result<Vec<(u32, CallId)>> {
        let range = [CallId::first_of(from).0.cast_signed(), CallId::last_of(to).0.cast_signed()];
        let mut threads = Vec::new();
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, id FROM call WHERE id BETWEEN ?1 AND ?2 AND rows IS NOT NULL")?;
        let mut others = self
            .connection
            .prepare_cached("SELECT thread, call FROM call_thread WHERE thread BETWEEN ?1 AND ?2")?;
        for statement in [&mut statement, &mut others] {
            let mut rows = statement.query(range)?;
            while let Some(row) = rows.next()? {
                let (thread, call) = (CallId(row.get(0)?), CallId(row.get(1)?));
                threads.push((thread.hash(), call));
            }
        }
        Ok(threads)
    }

    /// Imported calls with an id after `after`, those of the seconds up to `to`, in order.
    pub fn calls_with_rows(&self, after: CallId, to: i64, limit: u32) -> Result<Vec<KeptCall>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM call WHERE id > ? AND id <= ? AND rows IS NOT NULL ORDER BY id LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let range = params![after.0.cast_signed(), CallId::last_of(to).0.cast_signed(), limit];
        let rows = statement.query_map(range, |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Calls whose first record came from this source of lines.
    pub fn count_calls_of(&self, source: SourceId) -> Result<u32> {
        let sql = "SELECT count(*) FROM call WHERE source = ? AND rows IS NULL";
        Ok(self.connection.prepare_cached(sql)?.query_row([source.0], |row| row.get(0))?)
    }

    /// Wall-clock seconds of the first and last call of a source of lines.
    pub fn span_of(&self, source: SourceId) -> Result<Option<(i64, i64)>> {
        let sql = "SELECT min(id), max(id) FROM call WHERE source = ? AND rows IS NULL";
        let (first, last): (Option<u64>, Option<u64>) = self
            .connection
            .prepare_cached(sql)?
            .query_row([source.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last).map(|(first, last)| (CallId(first).moment(), CallId(last).moment())))
    }
}

pub(crate) fn read(row: &Row<'_>) -> Result<KeptCall> {
    let rows: Option<&[u8]> = row.get_ref(3)?.as_blob_or_null().map_err(rusqlite::Error::from)?;
    let told = if let Some(rows) = rows {
        Told::FromRows(row_place::unpack(rows))
    } else {
        let body = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
        Told::Whole(Box::new(postcard::from_bytes(body)?))
    };
    Ok(KeptCall { id: CallId(row.get(0)?), source: SourceId(row.get(1)?), live: row.get(2)?, told })
}

/// The number under which a call's outside party is kept, and whether it was dialled.
pub fn outside_number(outline: &Outline) -> Option<(&str, bool)> {
    let dialled = outline.direction == Direction::Outbound;
    let party = if dialled { &outline.called } else { &outline.caller };
    let number = party.number.as_deref().filter(|number| !number.is_empty())?;
    Some((number, dialled))
}
