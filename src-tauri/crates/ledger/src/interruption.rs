//! When nobody listened to a source, and how far its clock is off.

use rusqlite::params;

use crate::{Ledger, Result, SourceId};

/// A line was lost, or the program was not running: what the exchange printed meanwhile is not in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interruption {
    pub source: SourceId,
    /// Milliseconds since 1970, UTC, of the last bytes before and the first ones after.
    pub from: i64,
    pub to: i64,
    /// The program was started again; otherwise the line was lost.
    pub restarted: bool,
}

/// The exchange's clock beside the one of this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockOffset {
    /// Seconds by which the exchange's clock is behind; less than 0: ahead. The middle one of the lines.
    pub behind: i64,
    pub lines: u32,
}

/// Newest lines by which a clock is measured: a median that a few slow ones do not move.
const MEASURED_LINES: u32 = 501;

/// Newest records among which they are looked for.
const LOOKED_AT: u32 = 20_000;

impl Ledger {
    /// Interruptions that touch the milliseconds `from .. to`, in order.
    pub fn interruptions(&self, from: i64, to: i64) -> Result<Vec<Interruption>> {
        // The first bytes of a source follow on nothing.
        let mut statement = self.connection.prepare_cached(
            "SELECT source, before, received_at, continuity = 1 FROM (
                SELECT source, received_at, continuity,
                    (SELECT last.received_at FROM spool last WHERE last.source = spool.source
                     AND last.position < spool.position ORDER BY last.position DESC LIMIT 1) AS before
                FROM spool WHERE continuity > 0 AND received_at > ?1)
             WHERE before < ?2 AND before < received_at ORDER BY before, source",
        )?;
        let rows = statement.query_map([from, to], |row| {
            Ok(Interruption {
                source: SourceId(row.get(0)?),
                from: row.get(1)?,
                to: row.get(2)?,
                restarted: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How far the clock of a source is off, by when its newest lines came and when they say that they were printed;
    /// `None` for sources whose lines did not come over a wire.
    pub fn clock_offset(&self, source: SourceId) -> Result<Option<ClockOffset>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT arrived - end_utc FROM (SELECT source, arrived, end_utc FROM record ORDER BY id DESC LIMIT ?2)
             WHERE source = ?1 AND arrived IS NOT NULL AND end_utc > 0 LIMIT ?3",
        )?;
        let rows = statement.query_map(params![source.0, LOOKED_AT, MEASURED_LINES], |row| row.get(0))?;
        let mut offsets: Vec<i64> = rows.collect::<rusqlite::Result<_>>()?;
        offsets.sort_unstable();
        let lines = u32::try_from(offsets.len()).unwrap_or(u32::MAX);
        Ok(offsets.get(offsets.len() / 2).map(|behind| ClockOffset { behind: *behind, lines }))
    }
}
