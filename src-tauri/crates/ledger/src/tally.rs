//! How the lines of a source were sorted, and how far its stream has been read.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, LineEntry, LineMarks, Result, SourceId, Verdict};

/// `lines = inserted + known + ignored + rejected`, always.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Format and zone by which its lines were read.
    pub made_with: String,
    /// The last spool row of the source that was looked at.
    pub read_to: i64,
    /// Stream position up to which lines are complete.
    pub framed_to: u64,
    pub lines: u32,
    pub inserted: u32,
    pub known: u32,
    pub ignored: u32,
    pub rejected: u32,
    pub decode: u32,
    pub framing: u32,
    pub parse: u32,
    /// Milliseconds since 1970, UTC.
    pub last_line_at: Option<i64>,
}

const COLUMNS: &str = "made_with, read_to, framed_to, lines, inserted, known, ignored, rejected, decode, framing, parse, last_line_at";

impl Tally {
    /// Counts a line.
    pub fn count(&mut self, line: &LineEntry) {
        self.lines += 1;
        *match line.verdict {
            Verdict::Inserted => &mut self.inserted,
            Verdict::Known => &mut self.known,
            Verdict::Ignored => &mut self.ignored,
            Verdict::Rejected => &mut self.rejected,
        } += 1;
        self.decode += u32::from(line.marks.has(LineMarks::DECODE));
        self.framing += u32::from(line.marks.has(LineMarks::FRAMING));
        self.parse += u32::from(line.marks.has(LineMarks::PARSE));
        self.last_line_at = Some(line.received_at);
    }
}

impl Ledger {
    /// Lines of all sources that were known when they came.
    pub fn known_lines(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT coalesce(sum(known), 0) FROM tally", [], |row| row.get(0))?)
    }

    /// Takes a source's stream away, with what was made of its lines. Its records must be gone.
    pub fn delete_stream(&self, source: SourceId) -> Result<()> {
        for table in ["spool", "line", "tally"] {
            self.connection.execute(&format!("DELETE FROM {table} WHERE source = ?"), [source.0])?;
        }
        Ok(())
    }

    pub fn tally(&self, source: SourceId) -> Result<Tally> {
        let sql = format!("SELECT {COLUMNS} FROM tally WHERE source = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([source.0], read).optional()?.unwrap_or_default())
    }

    pub fn write_tally(&self, source: SourceId, tally: &Tally) -> Result<()> {
        let sql = format!(
            "INSERT OR REPLACE INTO tally (source, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.execute(params![
            source.0,
            tally.made_with,
            tally.read_to,
            tally.framed_to,
            tally.lines,
            tally.inserted,
            tally.known,
            tally.ignored,
            tally.rejected,
            tally.decode,
            tally.framing,
            tally.parse,
            tally.last_line_at
        ])?;
        Ok(())
    }

    /// The last spool row that was looked at, over all sources.
    pub fn digested_to(&self) -> Result<i64> {
        Ok(self.connection.query_row("SELECT coalesce(max(read_to), 0) FROM tally", [], |row| row.get(0))?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Tally> {
    Ok(Tally {
        made_with: row.get(0)?,
        read_to: row.get(1)?,
        framed_to: row.get(2)?,
        lines: row.get(3)?,
        inserted: row.get(4)?,
        known: row.get(5)?,
        ignored: row.get(6)?,
        rejected: row.get(7)?,
        decode: row.get(8)?,
        framing: row.get(9)?,
        parse: row.get(10)?,
        last_line_at: row.get(11)?,
    })
}
