//! Calls as they stand in the ledger.

use calls::{Call, CallId, Direction};
use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result, SourceId};

/// A call on its way into the ledger.
#[derive(Debug, Clone, Copy)]
pub struct CallEntry<'a> {
    /// The source of its first record.
    pub source: SourceId,
    pub live: bool,
    pub call: &'a Call,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCall {
    pub source: SourceId,
    /// Still ringing.
    pub live: bool,
    pub call: Call,
}

pub(crate) const COLUMNS: &str = "call.source, call.live, call.body";

impl Ledger {
    /// Writes a call over an earlier state of itself, and ties its records to it.
    pub fn write_call(&self, entry: &CallEntry<'_>, records: &[i64]) -> Result<()> {
        let call = entry.call;
        let id = call.id.0.cast_signed();
        let start_local = call.start.unix() + i64::from(call.start.utc_offset());
        let outside = match call.direction {
            Direction::Outbound => call.called.number.as_deref(),
            _ => call.caller.number.as_deref(),
        };
        let mut statement = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO call (id, source, live, start_local, start_utc, direction, outcome, caller, called,
             outside, answered_by, trunk, wait, talk, search, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        statement.execute(params![
            id,
            entry.source.0,
            entry.live,
            start_local,
            call.start.unix(),
            call.direction.as_str(),
            call.outcome.as_str(),
            shown(&call.caller),
            shown(&call.called),
            outside.unwrap_or_default(),
            call.answered_by.as_deref().unwrap_or_default(),
            call.trunk.as_deref().unwrap_or_default(),
            call.wait_seconds,
            call.talk_seconds,
            search_text(call),
            postcard::to_allocvec(call)?
        ])?;
        self.write_parties(call, id)?;
        let mut tie = self.connection.prepare_cached("UPDATE record SET call = ? WHERE id = ?")?;
        for record in records {
            tie.execute([id, *record])?;
        }
        Ok(())
    }

    fn write_parties(&self, call: &Call, id: i64) -> Result<()> {
        // A late record can take a party out of the call again.
        self.connection.prepare_cached("DELETE FROM call_party WHERE call = ?")?.execute([id])?;
        let mut statement = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO call_party (call, extension, rung, talked, talk) VALUES (?, ?, ?, ?, ?)",
        )?;
        for leg in call.legs.iter().filter(|leg| leg.kind == calls::LegKind::Extension) {
            let rung = call.rung.contains(&leg.party);
            let talked = call.talked.contains(&leg.party);
            statement.execute(params![id, leg.party, rung, talked, leg.talk_seconds.unwrap_or_default()])?;
        }
        Ok(())
    }

    /// Takes a call out; its records stay.
    pub fn delete_call(&self, id: CallId) -> Result<()> {
        let id = id.0.cast_signed();
        self.connection.prepare_cached("DELETE FROM call WHERE id = ?")?.execute([id])?;
        self.connection.prepare_cached("DELETE FROM call_party WHERE call = ?")?.execute([id])?;
        self.connection.prepare_cached("UPDATE record SET call = NULL WHERE call = ?")?.execute([id])?;
        Ok(())
    }

    pub fn call(&self, id: CallId) -> Result<Option<StoredCall>> {
        let sql = format!("SELECT {COLUMNS} FROM call WHERE id = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.query_row([id.0.cast_signed()], |row| Ok(read(row))).optional()?.transpose()
    }

    /// Calls in which a device is still ringing.
    pub fn live_calls(&self) -> Result<Vec<StoredCall>> {
        let sql = format!("SELECT {COLUMNS} FROM call WHERE live = 1 ORDER BY start_utc");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Wall-clock seconds of a source's first and last call.
    pub fn span_of(&self, source: SourceId) -> Result<Option<(i64, i64)>> {
        let sql = "SELECT min(start_local), max(start_local) FROM call WHERE source = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let span: (Option<i64>, Option<i64>) =
            statement.query_row([source.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(span.0.zip(span.1))
    }

    pub fn count_calls_of(&self, source: SourceId) -> Result<u32> {
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM call WHERE source = ?")?;
        Ok(statement.query_row([source.0], |row| row.get(0))?)
    }
}

pub(crate) fn read(row: &Row<'_>) -> Result<StoredCall> {
    let body = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(StoredCall { source: SourceId(row.get(0)?), live: row.get(1)?, call: postcard::from_bytes(body)? })
}

fn shown(party: &calls::Party) -> &str {
    party.name.as_deref().or(party.number.as_deref()).or(party.extension.as_deref()).unwrap_or_default()
}

/// Numbers, names, extensions and codes of a call, with blanks between, lower case.
fn search_text(call: &Call) -> String {
    let parties = [&call.caller, &call.called];
    let named = parties.iter().flat_map(|party| [&party.number, &party.name, &party.extension]);
    let single = [&call.did, &call.account_code, &call.answered_by, &call.queue].into_iter();
    let mut words: Vec<&str> = named.chain(single).filter_map(Option::as_deref).collect();
    words.extend(call.legs.iter().map(|leg| leg.party.as_str()));
    words.sort_unstable();
    words.dedup();
    words.join(" ").to_lowercase()
}
