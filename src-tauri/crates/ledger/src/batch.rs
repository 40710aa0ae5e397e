//! Files that were imported.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result, SourceId};

/// Names an import within one ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    Importing,
    Imported,
    Undoing,
    Undone,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub id: BatchId,
    pub source: SourceId,
    pub state: BatchState,
    /// Milliseconds since 1970, UTC.
    pub began_at: i64,
    pub undone_at: Option<i64>,
    /// Of the file's bytes.
    pub digest: i64,
    /// The kept mapping it was read by.
    pub mapping: Option<String>,
    /// The batch whose rejected rows it brings corrected.
    pub corrects: Option<BatchId>,
    pub counts: BatchCounts,
}

/// `lines = inserted + known + ignored + rejected`, always.
///
/// A batch that is read counts rows of calls that came over a line, too, among the known, and their calls not at all.
/// Whoever writes counts need not know which they are: see [`Ledger::count_known_from_lines`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BatchCounts {
    pub lines: u64,
    pub inserted: u64,
    pub known: u64,
    pub ignored: u64,
    pub rejected: u64,
    /// Of the inserted, those that tell of a known row otherwise.
    pub updated: u64,
    /// Of the known, those that had come over a line.
    pub known_from_lines: u64,
    /// Calls that are new or different.
    pub calls: u64,
    /// Wall-clock seconds of the first and last row.
    pub span: Option<(i64, i64)>,
    pub milliseconds: u64,
}

impl BatchCounts {
    /// Adds what another part of the batch came to.
    pub fn add(&mut self, part: &Self) {
        self.lines += part.lines;
        self.inserted += part.inserted;
        self.known += part.known;
        self.ignored += part.ignored;
        self.rejected += part.rejected;
        self.updated += part.updated;
        self.known_from_lines += part.known_from_lines;
        self.calls += part.calls;
        for local in part.span.into_iter().flat_map(|(first, last)| [first, last]) {
            self.reach(local);
        }
    }

    /// Widens the span to a row's start.
    pub fn reach(&mut self, local: i64) {
        self.span = Some(self.span.map_or((local, local), |(from, to)| (from.min(local), to.max(local))));
    }
}

const COLUMNS: &str =
    "id, source, state, began_at, undone_at, digest, mapping, corrects, lines, inserted, known,
     ignored, rejected, updated, known_from_lines, calls, first_local, last_local, milliseconds, calls_from_lines";

impl Ledger {
    /// Begins a batch.
    pub fn add_batch(
        &self,
        source: SourceId,
        began_at: i64,
        digest: i64,
        mapping: Option<&str>,
        corrects: Option<BatchId>,
    ) -> Result<BatchId> {
        self.connection.execute(
            "INSERT INTO batch (source, state, began_at, digest, mapping, corrects) VALUES (?, 0, ?, ?, ?, ?)",
            params![source.0, began_at, digest, mapping, corrects.map(|id| id.0)],
        )?;
        Ok(BatchId(self.connection.last_insert_rowid()))
    }

    /// Writes all counts but that of rows known from lines.
    pub fn set_batch(&self, id: BatchId, state: BatchState, counts: &BatchCounts) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE batch SET state = ?, lines = ?, inserted = ?, known = ?, ignored = ?, rejected = ?, updated = ?,
             calls = ?, first_local = ?, last_local = ?, milliseconds = ? WHERE id = ?",
        )?;
        statement.execute(params![
            state.number(),
            counts.lines,
            counts.inserted,
            counts.known,
            counts.ignored,
            counts.rejected,
            counts.updated,
            counts.calls,
            counts.span.map(|(first, _)| first),
            counts.span.map(|(_, last)| last),
            counts.milliseconds,
            id.0
        ])?;
        Ok(())
    }

    pub fn set_batch_state(&self, id: BatchId, state: BatchState) -> Result<()> {
        self.connection.execute("UPDATE batch SET state = ? WHERE id = ?", params![state.number(), id.0])?;
        Ok(())
    }

    /// Rows that were known because another batch had them are this one's now.
    pub fn count_rows_given(&self, id: BatchId, rows: u64) -> Result<()> {
        self.connection.execute(
            "UPDATE batch SET inserted = inserted + min(known, ?1), known = known - min(known, ?1) WHERE id = ?2",
            params![rows, id.0],
        )?;
        Ok(())
    }

    /// So many more (or fewer) rows and calls of a source's batch are known from lines.
    pub fn count_known_from_lines(&self, source: SourceId, rows: i64, calls: i64) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE batch SET known_from_lines = max(known_from_lines + ?2, 0),
             calls_from_lines = max(calls_from_lines + ?3, 0) WHERE source = ?1",
        )?;
        statement.execute(params![source.0, rows, calls])?;
        Ok(())
    }

    /// How many rows of a source's batch are known from lines.
    pub fn known_from_lines(&self, source: SourceId) -> Result<u64> {
        let sql = "SELECT known_from_lines FROM batch WHERE source = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([source.0], |row| row.get(0)).optional()?.unwrap_or(0))
    }

    /// Before calls are derived anew, which counts them again. What is undone stays as it was told.
    pub(crate) fn forget_known_from_lines(&self) -> Result<()> {
        let sql = "UPDATE batch SET known_from_lines = 0, calls_from_lines = 0 WHERE state IN (?, ?)";
        let states = [BatchState::Importing.number(), BatchState::Imported.number()];
        self.connection.execute(sql, states)?;
        Ok(())
    }

    pub fn mark_undone(&self, id: BatchId, at: i64) -> Result<()> {
        let state = BatchState::Undone.number();
        self.connection
            .execute("UPDATE batch SET state = ?, undone_at = ? WHERE id = ?", params![state, at, id.0])?;
        Ok(())
    }

    /// Takes a batch out of the history, as if it had never begun.
    pub fn forget_batch(&self, id: BatchId) -> Result<()> {
        let source: Option<u32> = self
            .connection
            .query_row("SELECT source FROM batch WHERE id = ?", [id.0], |row| row.get(0))
            .optional()?;
        self.connection.execute("DELETE FROM batch WHERE id = ?", [id.0])?;
        self.connection.execute("DELETE FROM source WHERE id = ? AND kind IN ('file', 'table')", [source])?;
        Ok(())
    }

    pub fn batch(&self, id: BatchId) -> Result<Option<Batch>> {
        let sql = format!("SELECT {COLUMNS} FROM batch WHERE id = ?");
        Ok(self.connection.query_row(&sql, [id.0], read).optional()?)
    }

    /// All batches, oldest first.
    pub fn batches(&self) -> Result<Vec<Batch>> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM batch ORDER BY id"))?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A batch that stands and was made from a file with these bytes.
    pub fn batch_with_digest(&self, digest: i64) -> Result<Option<BatchId>> {
        let sql = "SELECT id FROM batch WHERE digest = ? AND state = 1 ORDER BY id LIMIT 1";
        Ok(self.connection.query_row(sql, [digest], |row| row.get(0).map(BatchId)).optional()?)
    }
}

impl BatchState {
    fn number(self) -> u8 {
        match self {
            Self::Importing => 0,
            Self::Imported => 1,
            Self::Undoing => 2,
            Self::Undone => 3,
        }
    }

    fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Importing,
            1 => Self::Imported,
            2 => Self::Undoing,
            _ => Self::Undone,
        }
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Batch> {
    let (inserted, from_lines): (u64, u64) = (row.get(9)?, row.get(14)?);
    let from_lines = from_lines.min(inserted);
    let (known, updated, calls): (u64, u64, u64) = (row.get(10)?, row.get(13)?, row.get(15)?);
    let calls_from_lines: u64 = row.get(19)?;
    Ok(Batch {
        id: BatchId(row.get(0)?),
        source: SourceId(row.get(1)?),
        state: BatchState::from_number(row.get(2)?),
        began_at: row.get(3)?,
        undone_at: row.get(4)?,
        digest: row.get(5)?,
        mapping: row.get(6)?,
        corrects: row.get::<_, Option<i64>>(7)?.map(BatchId),
        counts: BatchCounts {
            lines: row.get(8)?,
            inserted: inserted - from_lines,
            known: known + from_lines,
            ignored: row.get(11)?,
            rejected: row.get(12)?,
            updated: updated.min(inserted - from_lines),
            known_from_lines: from_lines,
            calls: calls.saturating_sub(calls_from_lines),
            span: row.get::<_, Option<i64>>(16)?.zip(row.get(17)?),
            milliseconds: row.get(18)?,
        },
    })
}
