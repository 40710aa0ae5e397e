//! Calls as they stand in the ledger.

use calls::{Call, CallId, Direction, Outline, Party, Thread};
use rusqlite::{OptionalExtension, Row, params};

use crate::{HalfHours, Ledger, Result, RowPlace, SourceId, half_hour::Summed, row_place};

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
const INSERT: &str = "INSERT INTO call (id, source, live, start_local, start_utc, direction, outcome, caller,
     called, outside, answered_by, trunk, wait, talk, parties, extra, rows, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

const INSERT_PARTY: &str =
    "INSERT INTO call_party (extension, call, rung, talked, talk) VALUES (?, ?, ?, ?, ?)";

const INSERT_NUMBER: &str = "INSERT INTO call_number (number, call) VALUES (?, ?)";

/// Writes the row of a call with [`INSERT`]; 0 when it was there.
fn insert_call(
    statement: &mut rusqlite::Statement<'_>,
    entry: &CallEntry<'_>,
    sums: &mut HalfHours,
) -> Result<usize> {
    let outline = entry.outline;
    let summed = Summed {
        start_local: outline.start.unix() + i64::from(outline.start.utc_offset()),
        direction: outline.direction.number(),
        outcome: outline.outcome.number(),
        live: outline.live,
        wait: outline.wait_seconds,
        talk: outline.talk_seconds,
    };
    let (rows, body) = match entry.told {
        Telling::Whole(call) => (None, Some(postcard::to_allocvec(call)?)),
        Telling::FromRows(rows) => (Some(row_place::pack(rows)), None),
    };
    // Bound one by one: a million calls make the difference between this and a list of `dyn ToSql` felt.
    statement.raw_bind_parameter(1, outline.id.0.cast_signed())?;
    statement.raw_bind_parameter(2, entry.source.0)?;
    statement.raw_bind_parameter(3, outline.live)?;
    statement.raw_bind_parameter(4, summed.start_local)?;
    statement.raw_bind_parameter(5, outline.start.unix())?;
    statement.raw_bind_parameter(6, summed.direction)?;
    statement.raw_bind_parameter(7, summed.outcome)?;
    statement.raw_bind_parameter(8, shown(&outline.caller))?;
    statement.raw_bind_parameter(9, shown(&outline.called))?;
    statement.raw_bind_parameter(10, entry.outside)?;
    statement.raw_bind_parameter(11, outline.answered_by.as_deref().unwrap_or_default())?;
    statement.raw_bind_parameter(12, outline.trunk.as_deref().unwrap_or_default())?;
    statement.raw_bind_parameter(13, outline.wait_seconds)?;
    statement.raw_bind_parameter(14, outline.talk_seconds)?;
    statement.raw_bind_parameter(15, parties_text(outline))?;
    statement.raw_bind_parameter(16, extra_text(outline))?;
    statement.raw_bind_parameter(17, rows)?;
    statement.raw_bind_parameter(18, body)?;
    let written = statement.raw_execute()?;
    if written > 0 {
        sums.add(&summed);
    }
    Ok(written)
}

impl Ledger {
    /// Writes a call over an earlier state of itself, and ties its records to it.
    pub fn write_call(&self, entry: &CallEntry<'_>, records: &[i64], sums: &mut HalfHours) -> Result<()> {
        let id = entry.outline.id;
        self.take_out(id, sums)?;
        let mut numbers = Vec::new();
        self.add_calls(std::slice::from_ref(entry), sums, &mut numbers)?;
        self.add_numbers(&mut numbers)?;
        let mut tie = self.connection.prepare_cached("UPDATE record SET call = ? WHERE id = ?")?;
        for record in records {
            tie.execute([id.0.cast_signed(), *record])?;
        }
        Ok(())
    }

    /// Writes calls that are not there yet, best in the order of their ids; hands back the places of those whose id
    /// is taken, of which nothing was written.
    ///
    /// Which number each call has is only added to `numbers`: see [`Ledger::add_numbers`].
    pub fn add_calls(
        &self,
        entries: &[CallEntry<'_>],
        sums: &mut HalfHours,
        numbers: &mut Vec<(i64, CallId)>,
    ) -> Result<Vec<usize>> {
        let mut insert = self.connection.prepare_cached(INSERT)?;
        let mut taken = Vec::new();
        let mut parties = Vec::with_capacity(entries.len() * 2);
        for (place, entry) in entries.iter().enumerate() {
            if insert_call(&mut insert, entry, sums)? == 0 {
                taken.push(place);
                continue;
            }
            let id = entry.outline.id.0.cast_signed();
            parties
                .extend(entry.outline.parties.iter().map(|party| (beginning(&party.extension), id, party)));
            numbers.extend(entry.outside.map(|number| (number, entry.outline.id)));
            self.add_threads(entry)?;
        }
        // In the order of their tables: neighbours go to the same pages.
        parties.sort_unstable_by_key(|(beginning, id, _)| (*beginning, *id));
        let mut insert = self.connection.prepare_cached(INSERT_PARTY)?;
        for (_, id, party) in parties {
            insert.raw_bind_parameter(1, party.extension.as_str())?;
            insert.raw_bind_parameter(2, id)?;
            insert.raw_bind_parameter(3, party.rung)?;
            insert.raw_bind_parameter(4, party.talked)?;
            insert.raw_bind_parameter(5, party.talk_seconds)?;
            insert.raw_execute()?;
        }
        Ok(taken)
    }

    /// Writes which number each call has. Numbers lie all over their table, so it pays to bring many at once: the more
    /// there are, the more of them share a page.
    pub fn add_numbers(&self, numbers: &mut Vec<(i64, CallId)>) -> Result<()> {
        numbers.sort_unstable();
        let mut insert = self.connection.prepare_cached(INSERT_NUMBER)?;
        for (number, call) in numbers.drain(..) {
            insert.execute([number, call.0.cast_signed()])?;
        }
        Ok(())
    }

    /// Takes a call out; its records stay.
    pub fn delete_call(&self, id: CallId, sums: &mut HalfHours) -> Result<()> {
        self.take_out(id, sums)?;
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

    fn take_out(&self, id: CallId, sums: &mut HalfHours) -> Result<()> {
        let raw = id.0.cast_signed();
        let mut statement = self.connection.prepare_cached(
            "SELECT start_local, direction, outcome, live, wait, talk, parties, outside FROM call WHERE id = ?",
        )?;
        let read = |row: &Row<'_>| {
            let summed = Summed {
                start_local: row.get(0)?,
                direction: row.get(1)?,
                outcome: row.get(2)?,
                live: row.get(3)?,
                wait: row.get(4)?,
                talk: row.get(5)?,
            };
            Ok((summed, row.get::<_, String>(6)?, row.get::<_, Option<i64>>(7)?))
        };
        let Some((summed, parties, outside)) = statement.query_row([raw], read).optional()? else {
            return Ok(());
        };
        self.connection.prepare_cached("DELETE FROM call WHERE id = ?")?.execute([raw])?;
        let mut statement =
            self.connection.prepare_cached("DELETE FROM call_party WHERE extension = ? AND call = ?")?;
        for extension in parties.split(PARTIES_APART).filter(|extension| !extension.is_empty()) {
            statement.execute(params![extension, raw])?;
        }
        if let Some(number) = outside {
            let sql = "DELETE FROM call_number WHERE number = ? AND call = ?";
            self.connection.prepare_cached(sql)?.execute([number, raw])?;
        }
        let (first, last) = (CallId::first_of(id.moment()), CallId::last_of(id.moment()));
        let sql = "DELETE FROM call_thread WHERE thread BETWEEN ? AND ? AND call = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.execute([first.0.cast_signed(), last.0.cast_signed(), raw])?;
        sums.take_away(&summed);
        Ok(())
    }

    pub fn call(&self, id: CallId) -> Result<Option<KeptCall>> {
        let sql = format!("SELECT {COLUMNS} FROM call WHERE id = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.query_row([id.0.cast_signed()], |row| Ok(read(row))).optional()?.transpose()
    }

    /// Calls in which a device is still ringing.
    pub fn live_calls(&self) -> Result<Vec<KeptCall>> {
        let sql = format!("SELECT {COLUMNS} FROM call WHERE live = 1 ORDER BY start_utc");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The threads and ids of calls whose first record is of the seconds `from ..= to`: what a row of that time may
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
        let sql = "SELECT min(start_local), max(start_local) FROM call WHERE source = ? AND rows IS NULL";
        let (first, last): (Option<i64>, Option<i64>) = self
            .connection
            .prepare_cached(sql)?
            .query_row([source.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last))
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

/// The first eight bytes of a name as a number: orders names well enough to bring neighbours together, and is
/// compared much quicker than they are.
fn beginning(name: &str) -> u64 {
    let mut bytes = [0; 8];
    for (place, byte) in bytes.iter_mut().zip(name.bytes()) {
        *place = byte;
    }
    u64::from_be_bytes(bytes)
}

/// The number under which a call's outside party is kept, and whether it was dialled.
pub fn outside_number(outline: &Outline) -> Option<(&str, bool)> {
    let dialled = outline.direction == Direction::Outbound;
    let party = if dialled { &outline.called } else { &outline.caller };
    let number = party.number.as_deref().filter(|number| !number.is_empty())?;
    Some((number, dialled))
}

fn shown(party: &Party) -> &str {
    party.name.as_deref().or(party.number.as_deref()).or(party.extension.as_deref()).unwrap_or_default()
}

/// No exchange prints a line feed within an extension's name, but blanks occur.
const PARTIES_APART: char = '\n';

fn parties_text(outline: &Outline) -> String {
    let mut text = String::new();
    for party in &outline.parties {
        if !text.is_empty() {
            text.push(PARTIES_APART);
        }
        text.push_str(&party.extension);
    }
    text
}

/// What can be searched for and stands in no other column, lower case.
fn extra_text(outline: &Outline) -> String {
    let hidden = |party: &Party| party.name.is_some();
    let parties = [&outline.caller, &outline.called].into_iter().filter(|party| hidden(party));
    let named = parties.flat_map(|party| [&party.number, &party.extension]);
    let single = [&outline.did, &outline.account_code, &outline.queue].into_iter();
    let mut text = String::new();
    for word in named.chain(single).filter_map(Option::as_deref) {
        if word.is_empty() || word == shown(&outline.caller) || word == shown(&outline.called) {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.to_lowercase());
    }
    text
}
