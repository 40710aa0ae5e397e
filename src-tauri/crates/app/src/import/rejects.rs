//! Rows that could not be read: shown, written to a file, corrected and read again.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use ledger::{Batch, BatchId, BatchState, Ledger, RejectEntry};
use tables::{Block, RowSpan};

use super::{
    decide::{Decided, Way},
    pipeline,
    reading::{Reading, TABLE},
    rows::KeptRows,
};
use crate::{
    App, AppError, sources,
    views::{CorrectedRow, ImportSummary, RejectedRow, RejectedRows},
};

/// Rejected rows handed out at a time when they are written to a file.
const A_PAGE: u32 = 500;

impl App {
    /// Rejected rows of a batch in order of their lines.
    pub fn rejected_rows(&self, batch: i64, offset: u64, limit: u32) -> Result<RejectedRows, AppError> {
        self.read(|ledger| {
            let batch = ledger.batch(BatchId(batch))?.ok_or(AppError::NoSuchBatch(batch))?;
            let corrected = corrected_lines(ledger, &batch)?;
            let mut rows = KeptRows::default();
            let (total, entries) = if is_table(ledger, &batch)? {
                (ledger.count_rejects(batch.source)?, ledger.rejects(batch.source, offset, limit)?)
            } else {
                return rejected_lines(ledger, &batch, offset, limit);
            };
            let rows = entries
                .iter()
                .map(|entry| view(ledger, &mut rows, entry, corrected.contains(&entry.line)))
                .collect::<Result<_, _>>()?;
            Ok(RejectedRows { rows, total, offset, can_correct: true })
        })
    }

    /// Writes the rejected rows of a batch to a new file, each behind its line number and reason, tabs between.
    /// How many there were.
    pub fn export_rejected(&self, batch: i64, path: &Path) -> Result<u64, AppError> {
        let told = |error| AppError::File(path.to_owned(), error);
        let mut file = BufWriter::new(File::create(path).map_err(told)?);
        let mut written = 0;
        loop {
            let page = self.rejected_rows(batch, written, A_PAGE)?;
            for row in &page.rows {
                writeln!(file, "{}\t{}\t{}", row.line, row.reason, row.raw).map_err(told)?;
            }
            written += page.rows.len() as u64;
            if page.rows.is_empty() || written >= page.total {
                file.flush().map_err(told)?;
                return Ok(written);
            }
        }
    }

    /// Reads rows again that a person has corrected: a batch of its own, read as the rejected rows were.
    pub fn correct_rows(&self, batch: i64, rows: &[CorrectedRow]) -> Result<ImportSummary, AppError> {
        let _lock = self.lock_unless_collecting()?;
        let _one_at_a_time = self.importing();
        let corrected = self.standing_batch(batch)?;
        let about = self.read(|ledger| Ok(ledger.source(corrected.source)?))?;
        let about = about.filter(|source| source.draft.kind == TABLE).ok_or(AppError::NoSuchBatch(batch))?;
        let decided = Decided {
            wishes: tables::Wishes::default(),
            way: Way::Table(Reading::of(&about)?),
            format: about.draft.format.clone(),
            file_name: about.draft.name.clone(),
            zone: sources::zone(&about.draft.zone)?,
            zone_sure: true,
            exchange: about.exchange,
            mapping: corrected.mapping.clone(),
            corrects: Some(corrected.id),
            digest: 0,
        };
        let (begun, reader) = self.begin(Path::new(&about.draft.place), &decided)?;
        let Some(reader) = reader else { return Err(AppError::NoSuchBatch(batch)) };
        let result = pipeline::take_block_in(self, &begun, &block_of(rows), reader);
        self.end(begun.batch, &decided, result)
    }
}

/// The rows as they would stand in a file.
fn block_of(rows: &[CorrectedRow]) -> Block {
    let mut block = Block::default();
    for row in rows {
        let narrow = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = narrow(block.bytes.len());
        block.bytes.extend_from_slice(row.text.trim_end_matches(['\r', '\n']).as_bytes());
        block.rows.push(RowSpan { line: row.line, start, end: narrow(block.bytes.len()), flaw: None });
        block.bytes.push(b'\n');
    }
    block
}

/// Lines of a batch that were brought corrected and are calls now.
fn corrected_lines(ledger: &Ledger, batch: &Batch) -> Result<BTreeSet<u64>, AppError> {
    let mut lines = BTreeSet::new();
    for correction in ledger.batches()? {
        if correction.corrects != Some(batch.id) || correction.state != BatchState::Imported {
            continue;
        }
        let rejected: BTreeSet<u64> =
            ledger.rejects(correction.source, 0, u32::MAX)?.into_iter().map(|reject| reject.line).collect();
        let mut after = 0;
        while let Some(stored) = ledger.next_block(correction.source, after)? {
            after = stored.id;
            let block = super::packing::unpack(&stored.bytes)?;
            lines.extend(block.rows.iter().map(|row| row.line).filter(|line| !rejected.contains(line)));
        }
    }
    Ok(lines)
}

fn is_table(ledger: &Ledger, batch: &Batch) -> Result<bool, AppError> {
    Ok(ledger.source(batch.source)?.is_some_and(|source| source.draft.kind == TABLE))
}

fn view(
    ledger: &Ledger,
    rows: &mut KeptRows,
    entry: &RejectEntry,
    corrected: bool,
) -> Result<RejectedRow, AppError> {
    let raw = rows.text(ledger, entry.place)?.map_or_else(Vec::new, |(_, _, text)| text);
    Ok(RejectedRow {
        line: entry.line,
        reason: entry.reason.clone(),
        raw: crate::line_monitor::readable(&raw),
        corrected,
    })
}

/// Rejected lines of an exchange's file, which are kept with those of the wires.
fn rejected_lines(ledger: &Ledger, batch: &Batch, offset: u64, limit: u32) -> Result<RejectedRows, AppError> {
    let offset_lines = u32::try_from(offset).unwrap_or(u32::MAX);
    let lines = ledger.rejected_lines(Some(batch.source), offset_lines, limit)?;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let raw = ledger.raw(line.source, line.position, u64::from(line.length))?;
        rows.push(RejectedRow {
            line: line.number.into(),
            reason: line.reason.unwrap_or_default(),
            raw: crate::line_monitor::readable(&raw),
            corrected: false,
        });
    }
    Ok(RejectedRows { rows, total: batch.counts.rejected, offset, can_correct: false })
}
