//! Records: one for each distinct line that was understood.

use calls::{CallId, CallTime, Evidence, Lane, Record, RecordKey, Role};
use rusqlite::{Row, params};

use crate::{Ledger, Result, SourceId};

/// Whose lines: records of one origin may belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Which exchange, from 1.
    pub exchange: u32,
    /// A format's id.
    pub format: String,
}

/// A record with the place of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    pub id: i64,
    pub source: SourceId,
    pub position: u64,
    /// The call it belongs to at present.
    pub call: Option<CallId>,
    pub evidence: Evidence,
}

/// Bounds the search for what a moment falls into. Exchanges print durations of at most a day; a ring time of
/// at most an hour comes on top.
const LONGEST_SEGMENT_SECONDS: i64 = 25 * 60 * 60;

const COLUMNS: &str = "id, source, position, arrived, key, body, call";

impl Ledger {
    /// Adds a record unless the same line is there already; `None` then.
    pub fn add_record(
        &self,
        source: SourceId,
        position: u64,
        origin: &Origin,
        evidence: &Evidence,
    ) -> Result<Option<StoredRecord>> {
        let lane = Lane::of(&evidence.record);
        let body = postcard::to_allocvec(&evidence.record)?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO record (key, source, position, arrived, exchange, format, trunk, number, start_utc, end_utc,
             joins, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        )?;
        let added = statement.execute(params![
            evidence.key.0.to_be_bytes(),
            source.0,
            position,
            evidence.arrived,
            origin.exchange,
            origin.format,
            lane.trunk,
            lane.number,
            evidence.record.start.map_or(0, CallTime::unix),
            evidence.record.end.map_or(0, CallTime::unix),
            may_join(&evidence.record),
            body
        ])?;
        let id = self.connection.last_insert_rowid();
        Ok((added > 0).then(|| StoredRecord { id, source, position, call: None, evidence: evidence.clone() }))
    }

    /// Whether a line came over a wire; one that only files have did not.
    pub fn came_over_a_line(&self, key: RecordKey) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM record JOIN source ON source.id = record.source
             WHERE record.key = ? AND source.kind NOT IN ('file', 'table'))",
        )?;
        Ok(statement.query_row([key.0.to_be_bytes()], |row| row.get(0))?)
    }

    /// The records of a lane that touch the seconds `from ..= to`.
    pub fn records_on_lane(
        &self,
        origin: &Origin,
        lane: &Lane,
        from: i64,
        to: i64,
    ) -> Result<Vec<StoredRecord>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record
             WHERE exchange = ? AND format = ? AND trunk = ? AND number = ? AND end_utc BETWEEN ? AND ? AND start_utc <= ?"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let last_end = to + LONGEST_SEGMENT_SECONDS;
        let mut rows = statement.query(params![
            origin.exchange,
            origin.format,
            lane.trunk,
            lane.number,
            from,
            last_end,
            to
        ])?;
        collect(&mut rows)
    }

    /// The records that ended in the seconds `from ..= to` and may be joined with `record` across lanes.
    pub fn records_released_with(
        &self,
        origin: &Origin,
        record: &Record,
        from: i64,
        to: i64,
    ) -> Result<Vec<StoredRecord>> {
        // One of two joined lines is a conference or was sent on; looking for that one is quick.
        let only = if may_join(record) { "" } else { "AND joins = 1" };
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE exchange = ? AND format = ? AND end_utc BETWEEN ? AND ? {only}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![origin.exchange, origin.format, from, to])?;
        collect(&mut rows)
    }

    /// The records behind a call, as the exchange printed them.
    pub fn records_of_call(&self, call: CallId) -> Result<Vec<StoredRecord>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE call = ? ORDER BY end_utc, start_utc, source, position"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([call.0.cast_signed()])?;
        collect(&mut rows)
    }

    /// Some records of a source.
    pub fn records_of_source(&self, source: SourceId, limit: u32) -> Result<Vec<StoredRecord>> {
        let sql = format!("SELECT {COLUMNS} FROM record WHERE source = ? ORDER BY id LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![source.0, limit])?;
        collect(&mut rows)
    }

    pub fn delete_record(&self, id: i64) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM record WHERE id = ?")?.execute([id])?;
        Ok(())
    }

    /// Whose line a record was, and by which format it was read.
    pub fn origin_of_record(&self, id: i64) -> Result<Origin> {
        let mut statement =
            self.connection.prepare_cached("SELECT exchange, format FROM record WHERE id = ?")?;
        Ok(statement.query_row([id], |row| Ok(Origin { exchange: row.get(0)?, format: row.get(1)? }))?)
    }
}

fn may_join(record: &Record) -> bool {
    matches!(record.role, Role::Conference | Role::ForwardedOutside)
}

fn collect(rows: &mut rusqlite::Rows<'_>) -> Result<Vec<StoredRecord>> {
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(read(row)?);
    }
    Ok(records)
}

fn read(row: &Row<'_>) -> Result<StoredRecord> {
    let key: [u8; 16] = row.get(4)?;
    let record: Record = postcard::from_bytes(row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?)?;
    Ok(StoredRecord {
        id: row.get(0)?,
        source: SourceId(row.get(1)?),
        position: row.get(2)?,
        evidence: Evidence { key: RecordKey(u128::from_be_bytes(key)), record, arrived: row.get(3)? },
        call: row.get::<_, Option<i64>>(6)?.map(|id| CallId(id.cast_unsigned())),
    })
}
