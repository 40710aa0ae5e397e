//! Lines: where each stands in its source's stream, and what came of it.

use rusqlite::{Row, params};

use crate::{Ledger, Result, SourceId};

/// What came of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// A record that was not there yet.
    Inserted,
    /// The same line was there already.
    Known,
    /// By its format no call: a header, a notice.
    Ignored,
    Rejected,
}

const VERDICTS: [Verdict; 4] = [Verdict::Inserted, Verdict::Known, Verdict::Ignored, Verdict::Rejected];

/// Oddities of a line, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineMarks(pub u8);

impl LineMarks {
    /// Bytes that are not plain text.
    pub const DECODE: Self = Self(1);
    /// Cut, joined or found inside another line.
    pub const FRAMING: Self = Self(2);
    /// A field could not be read.
    pub const PARSE: Self = Self(4);

    #[must_use]
    pub fn with(self, mark: Self, holds: bool) -> Self {
        if holds { Self(self.0 | mark.0) } else { self }
    }

    pub fn has(self, mark: Self) -> bool {
        self.0 & mark.0 != 0
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEntry {
    pub source: SourceId,
    pub position: u64,
    /// Within its source, from 1.
    pub number: u32,
    /// Bytes of the stream it covers, line end included.
    pub length: u32,
    /// Milliseconds since 1970, UTC.
    pub received_at: i64,
    pub verdict: Verdict,
    pub marks: LineMarks,
    /// Why it was rejected.
    pub reason: Option<String>,
}

const COLUMNS: &str = "source, position, number, length, received_at, verdict, marks, reason";

impl Ledger {
    pub fn add_line(&self, line: &LineEntry) -> Result<()> {
        let verdict =
            VERDICTS.iter().position(|verdict| *verdict == line.verdict).unwrap_or(VERDICTS.len() - 1);
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO line (source, position, number, length, received_at, verdict, marks, reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        statement.execute(params![
            line.source.0,
            line.position,
            line.number,
            line.length,
            line.received_at,
            verdict,
            line.marks.0,
            line.reason
        ])?;
        Ok(())
    }

    /// The last lines of a source, oldest first.
    pub fn last_lines(&self, source: SourceId, limit: u32) -> Result<Vec<LineEntry>> {
        let sql = format!("SELECT {COLUMNS} FROM line WHERE source = ? ORDER BY position DESC LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![source.0, limit], read)?;
        let mut lines: Vec<LineEntry> = rows.collect::<rusqlite::Result<_>>()?;
        lines.reverse();
        Ok(lines)
    }

    /// Rejected lines, newest first, of one source or all.
    pub fn rejected_lines(
        &self,
        source: Option<SourceId>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<LineEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM line WHERE verdict = 3 AND (?1 IS NULL OR source = ?1)
             ORDER BY received_at DESC, source, position DESC LIMIT ?3 OFFSET ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![source.map(|id| id.0), offset, limit], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The line that begins at a position.
    pub fn line_at(&self, source: SourceId, position: u64) -> Result<Option<LineEntry>> {
        let sql = format!("SELECT {COLUMNS} FROM line WHERE source = ? AND position = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query_map(params![source.0, position], read)?;
        Ok(rows.next().transpose()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<LineEntry> {
    let verdict: usize = row.get(5)?;
    Ok(LineEntry {
        source: SourceId(row.get(0)?),
        position: row.get(1)?,
        number: row.get(2)?,
        length: row.get(3)?,
        received_at: row.get(4)?,
        verdict: VERDICTS.get(verdict).copied().unwrap_or(Verdict::Rejected),
        marks: LineMarks(row.get(6)?),
        reason: row.get(7)?,
    })
}
