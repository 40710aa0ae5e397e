//! Calls as they stand in the ledger.

use calls::{Call, CallId, Direction, Outline, Thread};
use rusqlite::{
    OptionalExtension, Row, Statement, ffi::SQLITE_CONSTRAINT_PRIMARYKEY, params, params_from_iter,
};

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
    /// The call of a line that this one, a table's, is as well: it is not listed then.
    pub same_as: Option<CallId>,
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

pub(crate) const COLUMNS: &str = "call.id, call.source, call.live, call.rows, call.body, call.same_as";

/// Rows that one statement writes: half of what a row costs alone is the statement's.
const AT_ONCE: usize = 32;

/// Writes so many calls; an error, and nothing written, if one of them is there.
fn insert_calls(count: usize) -> String {
    let rows = vec!["(?, ?, ?, ?, ?)"; count].join(", ");
    format!("INSERT INTO call (id, source, live, rows, body) VALUES {rows}")
}

/// Writes so many threads of calls; those that are there stay.
fn insert_threads(count: usize) -> String {
    let rows = vec!["(?, ?)"; count].join(", ");
    format!("INSERT OR IGNORE INTO call_thread (thread, call) VALUES {rows}")
}

/// Writes the rows of calls; `false`, and none of them written, when one was there.
fn write_rows(statement: &mut Statement<'_>, entries: &[CallEntry<'_>]) -> Result<bool> {
    let mut places = Vec::new();
    for (before, entry) in (0..).step_by(5).zip(entries) {
        let outline = entry.outline;
        let (rows, body) = match entry.told {
            Telling::Whole(call) => (None, Some(postcard::to_allocvec(call)?)),
            Telling::FromRows(rows) => {
                row_place::pack(rows, &mut places);
                (Some(places.as_slice()), None)
            }
        };
        // Bound one by one: a million calls make the difference between this and a list of `dyn ToSql` felt.
        statement.raw_bind_parameter(before + 1, outline.id.0.cast_signed())?;
        statement.raw_bind_parameter(before + 2, entry.source.0)?;
        statement.raw_bind_parameter(before + 3, outline.live)?;
        statement.raw_bind_parameter(before + 4, rows)?;
        statement.raw_bind_parameter(before + 5, body)?;
    }
    match statement.raw_execute() {
        Ok(_) => Ok(true),
        Err(error) if is_there(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn is_there(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_CONSTRAINT_PRIMARYKEY)
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
        let mut taken = Vec::new();
        let mut threads: Vec<[i64; 2]> = Vec::new();
        for (first, entries) in (0..).step_by(AT_ONCE).zip(entries.chunks(AT_ONCE)) {
            taken.extend(self.write_new(entries)?.into_iter().map(|place| first + place));
        }
        for (place, entry) in entries.iter().enumerate() {
            if taken.binary_search(&place).is_err() {
                changes.came(self, entry)?;
                let id = entry.outline.id;
                let rows = entry.threads.iter().map(|thread| CallId::new(id.moment(), thread.0));
                threads.extend(rows.map(|thread| [thread.0.cast_signed(), id.0.cast_signed()]));
            }
        }
        self.add_threads(&threads)?;
        Ok(taken)
    }

    /// Writes the rows of calls that are not there; hands back the places of the others.
    fn write_new(&self, entries: &[CallEntry<'_>]) -> Result<Vec<usize>> {
        if entries.len() == AT_ONCE {
            let mut statement = self.connection.prepare_cached(&insert_calls(AT_ONCE))?;
            if write_rows(&mut statement, entries)? {
                return Ok(Vec::new());
            }
        }
        let mut taken = Vec::new();
        let mut statement = self.connection.prepare_cached(&insert_calls(1))?;
        for (place, entry) in entries.iter().enumerate() {
            if !write_rows(&mut statement, std::slice::from_ref(entry))? {
                taken.push(place);
            }
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

    fn add_threads(&self, threads: &[[i64; 2]]) -> Result<()> {
        let (many, few) = threads.as_chunks::<AT_ONCE>();
        for threads in many {
            let mut statement = self.connection.prepare_cached(&insert_threads(AT_ONCE))?;
            statement.execute(params_from_iter(threads.as_flattened()))?;
        }
        for thread in few {
            self.connection.prepare_cached(&insert_threads(1))?.execute(*thread)?;
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

    /// Puts a table's call behind a line's: lists and sums know it no more. It comes out again when it is written.
    pub fn put_behind(&self, id: CallId, line: CallId, changes: &mut CallChanges) -> Result<()> {
        let mut statement = self.connection.prepare_cached("UPDATE call SET same_as = ?2 WHERE id = ?1")?;
        statement.execute([id.0.cast_signed(), line.0.cast_signed()])?;
        changes.gone(id);
        Ok(())
    }

    /// The tables' calls behind a line's, in order.
    pub fn calls_behind(&self, line: CallId) -> Result<Vec<KeptCall>> {
        let sql = format!("SELECT {COLUMNS} FROM call WHERE same_as = ? ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([line.0.cast_signed()], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Whether any call's first record came from this source of lines.
    pub fn has_calls_of(&self, source: SourceId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM call WHERE source = ? AND rows IS NULL)";
        Ok(self.connection.prepare_cached(sql)?.query_row([source.0], |row| row.get(0))?)
    }

    /// Calls of a source of lines that start in the wall-clock seconds `from ..= to`, in order.
    pub fn line_calls_between(&self, source: SourceId, from: i64, to: i64) -> Result<Vec<KeptCall>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM call WHERE source = ? AND rows IS NULL AND id BETWEEN ? AND ? ORDER BY id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let range =
            [source.0.into(), CallId::first_of(from).0.cast_signed(), CallId::last_of(to).0.cast_signed()];
        let rows = statement.query_map(range, |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Imported calls that start in the wall-clock seconds `from ..= to`, listed or not, in order.
    pub fn table_calls_between(&self, from: i64, to: i64) -> Result<Vec<KeptCall>> {
        let sql =
            format!("SELECT {COLUMNS} FROM call WHERE id BETWEEN ? AND ? AND rows IS NOT NULL ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let range = [CallId::first_of(from).0.cast_signed(), CallId::last_of(to).0.cast_signed()];
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
    let same_as = row.get::<_, Option<i64>>(5)?.map(|id| CallId(id.cast_unsigned()));
    Ok(KeptCall { id: CallId(row.get(0)?), source: SourceId(row.get(1)?), live: row.get(2)?, told, same_as })
}

/// The number under which a call's outside party is kept, and whether it was dialled.
pub fn outside_number(outline: &Outline) -> Option<(&str, bool)> {
    let dialled = outline.direction == Direction::Outbound;
    let party = if dialled { &outline.called } else { &outline.caller };
    let number = party.number.as_deref().filter(|number| !number.is_empty())?;
    Some((number, dialled))
}
