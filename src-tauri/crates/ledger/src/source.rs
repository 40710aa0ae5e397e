//! Sources: ports, sockets, files that deliver lines.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{Ledger, Result};

/// Names a source within one ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// A source before it is in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDraft {
    /// `serial`, `tcp`, `tcp-server`, `udp`, `tail`; `file` for lines that were read once, `table` for imported rows.
    pub kind: String,
    pub name: String,
    /// Where it reads: a port, an address, a path.
    pub place: String,
    /// JSON of the kind's settings.
    pub settings: String,
    /// A format's id.
    pub format: String,
    /// The zone of its clock: `Europe/Dublin`.
    pub zone: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: SourceId,
    pub draft: SourceDraft,
    /// Which exchange it tells of, from 1. Records of one exchange may belong together, whichever source told
    /// of them; records of two never do.
    pub exchange: u32,
    pub paused: bool,
    pub removed: bool,
    /// Tries to open that failed.
    pub opens_failed: u32,
    /// Read errors and unplugs.
    pub reads_failed: u32,
}

const COLUMNS: &str =
    "id, kind, name, place, settings, format, zone, paused, removed, opens_failed, reads_failed, exchange";

impl Ledger {
    /// A line beside another line is another exchange's; one that takes the place of removed ones goes on with
    /// the first. A file is taken to tell of the exchange whose line was there first.
    pub fn add_source(&self, draft: &SourceDraft) -> Result<SourceId> {
        self.connection.execute(
            "INSERT INTO source (kind, name, place, settings, format, zone, exchange)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, CASE
                 WHEN ?1 IN ('file', 'table') THEN
                     coalesce((SELECT exchange FROM source WHERE kind NOT IN ('file', 'table') AND removed = 0 ORDER BY id LIMIT 1), 1)
                 WHEN EXISTS (SELECT 1 FROM source WHERE kind NOT IN ('file', 'table') AND removed = 0) THEN
                     (SELECT max(exchange) + 1 FROM source)
                 ELSE 1 END)",
            params![draft.kind, draft.name, draft.place, draft.settings, draft.format, draft.zone],
        )?;
        Ok(SourceId(u32::try_from(self.connection.last_insert_rowid()).unwrap_or(u32::MAX)))
    }

    /// All sources but removed ones, in the order in which they were added.
    pub fn sources(&self) -> Result<Vec<Source>> {
        self.select_sources("WHERE removed = 0 ORDER BY id")
    }

    /// All sources, removed ones too: what lines may have come from.
    pub fn every_source(&self) -> Result<Vec<Source>> {
        self.select_sources("ORDER BY id")
    }

    pub fn source(&self, id: SourceId) -> Result<Option<Source>> {
        let sql = format!("SELECT {COLUMNS} FROM source WHERE id = ?");
        Ok(self.connection.query_row(&sql, [id.0], read).optional()?)
    }

    /// A source that reads the same place with the same kind, removed ones too.
    pub fn source_at(&self, kind: &str, place: &str) -> Result<Option<Source>> {
        let sql =
            format!("SELECT {COLUMNS} FROM source WHERE kind = ? AND place = ? ORDER BY id DESC LIMIT 1");
        Ok(self.connection.query_row(&sql, [kind, place], read).optional()?)
    }

    pub fn change_source(&self, id: SourceId, draft: &SourceDraft) -> Result<()> {
        self.connection.execute(
            "UPDATE source SET kind = ?, name = ?, place = ?, settings = ?, format = ?, zone = ? WHERE id = ?",
            params![draft.kind, draft.name, draft.place, draft.settings, draft.format, draft.zone, id.0],
        )?;
        Ok(())
    }

    pub fn set_exchange(&self, id: SourceId, exchange: u32) -> Result<()> {
        self.connection.execute("UPDATE source SET exchange = ? WHERE id = ?", params![exchange, id.0])?;
        Ok(())
    }

    pub fn pause_source(&self, id: SourceId, paused: bool) -> Result<()> {
        self.connection.execute("UPDATE source SET paused = ? WHERE id = ?", params![paused, id.0])?;
        Ok(())
    }

    /// Takes a source off the list, or puts it back; its lines and calls stay.
    pub fn remove_source(&self, id: SourceId, removed: bool) -> Result<()> {
        self.connection.execute("UPDATE source SET removed = ? WHERE id = ?", params![removed, id.0])?;
        Ok(())
    }

    /// Adds to the counters of troubles that only the moment knows.
    pub fn count_troubles(&self, id: SourceId, opens: u32, reads: u32) -> Result<()> {
        self.connection.execute(
            "UPDATE source SET opens_failed = opens_failed + ?, reads_failed = reads_failed + ? WHERE id = ?",
            params![opens, reads, id.0],
        )?;
        Ok(())
    }

    fn select_sources(&self, rest: &str) -> Result<Vec<Source>> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM source {rest}"))?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(Source {
        id: SourceId(row.get(0)?),
        draft: SourceDraft {
            kind: row.get(1)?,
            name: row.get(2)?,
            place: row.get(3)?,
            settings: row.get(4)?,
            format: row.get(5)?,
            zone: row.get(6)?,
        },
        paused: row.get(7)?,
        removed: row.get(8)?,
        opens_failed: row.get(9)?,
        reads_failed: row.get(10)?,
        exchange: row.get(11)?,
    })
}
