//! Taking an import back: afterwards the ledger is as if it had never been.
//!
//! In slices, so that live lines go on; a program that ends in the middle goes on when it starts again.

use std::sync::{Arc, Mutex, PoisonError};

use calls::CallId;
use ledger::{Batch, BatchState, Ledger, Told};

use super::{
    commit::Commit,
    gather::Gatherer,
    group::Group,
    known::{KnownCalls, REACH},
    reading::{RowsReader, TABLE},
    rows::KeptRows,
};
use crate::{App, AppError};

/// Calls looked at, blocks and numbers taken away in one transaction.
const CALLS_A_SLICE: u32 = 2000;
const BLOCKS_A_SLICE: u32 = 32;
const NUMBERS_A_SLICE: usize = 5000;

impl App {
    /// Takes a table's batch back; `step` hears how many calls were looked at.
    pub(super) fn take_back(&self, batch: &Batch, mut step: impl FnMut(u64)) -> Result<(), AppError> {
        self.take_calls_back(batch, &mut step)?;
        self.give_rows_back(batch)?;
        let source = batch.source;
        self.write(move |ledger| Ok(ledger.delete_rejects(source)?))?;
        while self.write(move |ledger| Ok(ledger.delete_blocks(source, BLOCKS_A_SLICE)?))? {}
        self.forget_numbers()
    }

    /// Numbers that only calls had which are gone.
    pub(super) fn forget_numbers(&self) -> Result<(), AppError> {
        while self.take_in(|ledger, intake| {
            // It may remember a number that goes now.
            intake.forget();
            Ok(ledger.forget_unused_numbers(NUMBERS_A_SLICE)?)
        })? {}
        Ok(())
    }

    /// Every call that was told from rows of the batch is told without them, or goes.
    fn take_calls_back(&self, batch: &Batch, step: &mut impl FnMut(u64)) -> Result<(), AppError> {
        let source = batch.source;
        let Some((first, last)) = self.read(|ledger| Ok(ledger.blocks_of(source)?))? else { return Ok(()) };
        let exchange = self.exchange_of(batch)?;
        let span = batch.counts.span.unwrap_or((i64::MIN / 2, i64::MAX / 2));
        let (mut after, to) = (CallId::first_of(span.0 - REACH), span.1 + REACH);
        let commit = Arc::new(Mutex::new((Commit::new(batch.id, source, exchange), KeptRows::default())));
        let known = Arc::new(Mutex::new(KnownCalls::default()));
        let told_otherwise = batch.counts.updated > 0;
        loop {
            let (work, known) = (Arc::clone(&commit), Arc::clone(&known));
            let next = self.write(move |ledger| {
                let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
                let (commit, rows) = &mut *work;
                let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
                let mut joined: Vec<CallId> = Vec::new();
                ledger.transaction(|ledger| {
                    let mut changes = commit.begin(ledger)?;
                    let calls = ledger.calls_with_rows(after, to, CALLS_A_SLICE)?;
                    for call in &calls {
                        let Told::FromRows(places) = &call.told else { continue };
                        let others: Vec<_> = places
                            .iter()
                            .copied()
                            .filter(|place| !(first..=last).contains(&place.block))
                            .collect();
                        if others.len() == places.len() || joined.contains(&call.id) {
                            continue;
                        }
                        if others.is_empty() {
                            commit.take_out(ledger, call, &[], &mut changes)?;
                        } else {
                            // Without a row that joined them, they may be several calls again.
                            let kept = rows.read(ledger, &others)?;
                            commit.take_out(ledger, call, &others, &mut changes)?;
                            for (place, mut group) in Group::apart(kept).into_iter().enumerate() {
                                // What people put to the call stays with the first of them.
                                let mut before = if place == 0 { vec![call.id] } else { Vec::new() };
                                if told_otherwise {
                                    before.extend(commit.join_again(ledger, &mut group, &mut known)?);
                                    joined.extend(&before);
                                }
                                commit.replace(ledger, &group, &before, &mut changes)?;
                            }
                        }
                    }
                    commit.end(ledger, changes)?;
                    Ok::<_, AppError>(calls.last().map(|call| (call.id, calls.len())))
                })
            })?;
            let Some((last, looked_at)) = next else { return Ok(()) };
            after = last;
            step(looked_at as u64);
        }
    }

    /// Rows of other batches that were known only because this one had them: they are theirs now.
    fn give_rows_back(&self, undone: &Batch) -> Result<(), AppError> {
        let exchange = self.exchange_of(undone)?;
        let batches = self.read(|ledger| Ok(ledger.batches()?))?;
        for batch in batches {
            let standing =
                batch.state == BatchState::Imported && batch.id != undone.id && batch.counts.known > 0;
            let meets = batch
                .counts
                .span
                .zip(undone.counts.span)
                .is_some_and(|(one, other)| one.0 <= other.1 + REACH && other.0 <= one.1 + REACH);
            if standing && meets && self.exchange_of(&batch)? == exchange && self.is_table(&batch)? {
                self.read_again(&batch)?;
            }
        }
        Ok(())
    }

    /// Reads a batch's kept rows again and takes in what no call has.
    fn read_again(&self, batch: &Batch) -> Result<(), AppError> {
        let exchange = self.exchange_of(batch)?;
        let (id, source) = (batch.id, batch.source);
        let commit = Arc::new(Mutex::new(Commit::new(id, source, exchange)));
        self.read(|ledger| {
            let about = ledger.source(source)?.ok_or(AppError::NoSuchBatch(id.0))?;
            let mut reader = RowsReader::of(ledger, &about)?;
            let mut gatherer = Gatherer::new(source);
            let mut after = 0;
            let mut end = false;
            while !end {
                end = !gatherer.push_kept(ledger, &mut after, &mut reader)?;
                let slice = gatherer.slice(ledger, end)?.without_blocks();
                let work = Arc::clone(&commit);
                self.write(move |ledger| {
                    let mut commit = work.lock().unwrap_or_else(PoisonError::into_inner);
                    ledger.transaction(|ledger| commit.write_rows(ledger, slice))
                })?;
            }
            Ok(())
        })?;
        let again = commit.lock().unwrap_or_else(PoisonError::into_inner).counts;
        self.write(move |ledger| Ok(ledger.count_rows_given(id, again.inserted)?))
    }

    fn exchange_of(&self, batch: &Batch) -> Result<u32, AppError> {
        let source = self.read(|ledger| Ok(ledger.source(batch.source)?))?;
        source.map(|source| source.exchange).ok_or(AppError::NoSuchBatch(batch.id.0))
    }

    fn is_table(&self, batch: &Batch) -> Result<bool, AppError> {
        let source = self.read(|ledger| Ok(ledger.source(batch.source)?))?;
        Ok(source.is_some_and(|source| source.draft.kind == TABLE))
    }
}

/// Takes all imported tables in again, after everything derived was cleared; inside the caller's transaction.
pub(crate) fn rederive_batches(
    ledger: &Ledger,
    mut progress: impl FnMut() -> Result<(), AppError>,
) -> Result<(), AppError> {
    for batch in ledger.batches()?.into_iter().filter(|batch| batch.state == BatchState::Imported) {
        let Some(about) = ledger.source(batch.source)?.filter(|source| source.draft.kind == TABLE) else {
            continue;
        };
        let mut reader = RowsReader::of(ledger, &about)?;
        let mut gatherer = Gatherer::new(batch.source);
        let mut commit = Commit::new(batch.id, batch.source, about.exchange);
        let (mut after, mut end) = (0, false);
        while !end {
            end = !gatherer.push_kept(ledger, &mut after, &mut reader)?;
            let slice = gatherer.slice(ledger, end)?;
            commit.write_rejects(ledger, &slice)?;
            commit.write_rows(ledger, slice.without_blocks())?;
            progress()?;
        }
    }
    Ok(())
}
