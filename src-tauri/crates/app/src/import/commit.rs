//! A slice of an import into the ledger, inside the writing thread's transaction.

use calls::{CallId, Outline};
use ledger::{
    BatchCounts, BatchId, BatchState, CallChanges, CallEntry, Ledger, PrintedNumber, SourceId, Telling, Told,
};

use super::{
    closed::tell_rows_again,
    gather::{Joining, NewCall, Slice, moment},
    group::{Group, Novelty},
    known::REACH,
    rows::KeptRows,
};
use crate::{AppError, numbers::Numbers};

/// What the writing of one import remembers from slice to slice.
pub(super) struct Commit {
    pub batch: BatchId,
    pub source: SourceId,
    pub exchange: u32,
    pub counts: BatchCounts,
    numbers: Numbers,
    rows: KeptRows,
}

impl Commit {
    pub fn new(batch: BatchId, source: SourceId, exchange: u32) -> Self {
        Self {
            batch,
            source,
            exchange,
            counts: BatchCounts::default(),
            numbers: Numbers::default(),
            rows: KeptRows::default(),
        }
    }

    /// Writes a slice whole; an error leaves the transaction to be taken back.
    pub fn write(&mut self, ledger: &Ledger, slice: Slice) -> Result<(), AppError> {
        for (id, rows, packed) in &slice.blocks {
            ledger.add_block(*id, self.source, *rows, packed)?;
        }
        self.write_rejects(ledger, &slice)?;
        self.write_rows(ledger, slice)?;
        ledger.set_batch(self.batch, BatchState::Importing, &self.counts)?;
        Ok(())
    }

    pub fn write_rejects(&self, ledger: &Ledger, slice: &Slice) -> Result<(), AppError> {
        for reject in &slice.rejects {
            ledger.add_reject(self.source, reject)?;
        }
        Ok(())
    }

    /// Writes the calls of a slice.
    pub fn write_rows(&mut self, ledger: &Ledger, slice: Slice) -> Result<(), AppError> {
        let mut changes = CallChanges::default();
        self.counts.add(&slice.counts);
        self.add(ledger, slice.calls, &mut changes)?;
        for joining in slice.joining {
            self.join(ledger, joining, &mut changes)?;
        }
        ledger.write_changes(changes)?;
        self.close_again(ledger)
    }

    /// Rows know nothing of calls that a person closed.
    pub fn close_again(&mut self, ledger: &Ledger) -> Result<(), AppError> {
        let closed = ledger.closed_imported_calls()?;
        closed.into_iter().try_for_each(|call| tell_rows_again(ledger, call, &mut self.numbers))
    }

    fn add(
        &mut self,
        ledger: &Ledger,
        mut calls: Vec<NewCall>,
        changes: &mut CallChanges,
    ) -> Result<Option<CallId>, AppError> {
        let mut last = None;
        while !calls.is_empty() {
            let mut entries = Vec::with_capacity(calls.len());
            for call in &calls {
                entries.push(CallEntry {
                    source: self.source,
                    outline: &call.outline,
                    outside: self.outside(ledger, &call.outline)?,
                    told: Telling::FromRows(&call.rows),
                    threads: &call.threads,
                });
            }
            let taken = ledger.add_calls(&entries, changes)?;
            drop(entries);
            last = calls.last().map(|call| call.outline.id);
            let mut place = 0;
            calls.retain(|_| {
                place += 1;
                taken.binary_search(&(place - 1)).is_ok()
            });
            for call in &mut calls {
                // Another call of the same second whose thread has the same hash: one in a thousand million.
                call.outline.id = call.outline.id.next_of_moment();
            }
        }
        Ok(last)
    }

    /// Rows that may belong to calls of the ledger: those that do are joined with them.
    fn join(&mut self, ledger: &Ledger, joining: Joining, changes: &mut CallChanges) -> Result<(), AppError> {
        let Joining { group: fresh, candidates } = joining;
        let mut before = Group::default();
        let mut replaced: Vec<CallId> = Vec::new();
        let mut asked = candidates;
        let mut threads: Vec<_> = fresh.threads().collect();
        while let Some(candidate) = asked.pop() {
            if replaced.contains(&candidate) {
                continue;
            }
            let Some(kept) = ledger.call(candidate)? else { continue };
            let Told::FromRows(places) = kept.told else { continue };
            let there = Group { rows: self.rows.read(ledger, &places)? };
            if !there.shares_a_thread(&fresh) && !there.shares_a_thread(&before) {
                continue;
            }
            replaced.push(candidate);
            // Its rows may lead to further calls.
            for row in &there.rows {
                for thread in row.row.evidence.record.threads.into_iter().flatten() {
                    if !threads.contains(&thread) {
                        threads.push(thread);
                        let near = ledger.threads_between(moment(row) - REACH, moment(row) + REACH)?;
                        let same = |(hash, _): &(u32, CallId)| *hash == CallId::kept_hash(thread.0);
                        asked.extend(near.into_iter().filter(same).map(|(_, call)| call));
                    }
                }
            }
            before.rows.extend(there.rows);
        }
        before.rows.sort_by_key(|row| row.place);
        let mut joined = before;
        let (mut new, mut known, mut updated) = (0, 0, 0);
        for row in fresh.rows {
            match joined.add(row) {
                Novelty::New => new += 1,
                Novelty::Known => known += 1,
                Novelty::Update => updated += 1,
            }
        }
        // Rows of a batch that is read again, because another one has gone, come before those of later batches.
        joined.rows.sort_by_key(|row| row.place);
        self.counts.inserted += new + updated;
        self.counts.updated += updated;
        self.counts.known += known;
        if new + updated > 0 || replaced.len() > 1 {
            self.counts.calls += 1;
            self.replace(ledger, &joined, &replaced, changes)?;
        }
        Ok(())
    }

    /// Writes the call of a group in place of others; what people put to those goes with it.
    pub fn replace(
        &mut self,
        ledger: &Ledger,
        group: &Group,
        replaced: &[CallId],
        changes: &mut CallChanges,
    ) -> Result<(), AppError> {
        for call in replaced {
            ledger.delete_call(*call, changes)?;
        }
        let Some(first) = group.rows.first() else { return Ok(()) };
        let Some(outline) = group.outline() else { return Ok(()) };
        let source = std::mem::replace(&mut self.source, first.source);
        let call = NewCall { rows: group.places(), threads: group.other_threads(&outline), outline };
        let added = self.add(ledger, vec![call], changes);
        self.source = source;
        if let Some(told) = added? {
            for call in replaced {
                ledger.move_remarks(*call, told)?;
            }
        }
        Ok(())
    }

    fn outside(&mut self, ledger: &Ledger, outline: &Outline) -> Result<Option<i64>, AppError> {
        let Some((printed, dialled)) = ledger::outside_number(outline) else { return Ok(None) };
        let number = PrintedNumber { exchange: self.exchange, dialled, printed: printed.to_owned() };
        self.numbers.id(ledger, number).map(Some)
    }
}
