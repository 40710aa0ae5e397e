//! A slice of an import into the ledger, inside the writing thread's transaction.

use calls::{CallId, Outline};
use ledger::{
    BatchCounts, BatchId, BatchState, CallEntry, HalfHours, Ledger, PrintedNumber, SourceId, Telling, Told,
};

use super::{
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
    /// Which number each of the last calls has; not written yet.
    waiting: Vec<(i64, CallId)>,
}

/// Numbers of calls that are written together: sorted, several of them share a page. Takes a tenth of a second.
const NUMBERS_TOGETHER: usize = 200_000;

impl Commit {
    pub fn new(batch: BatchId, source: SourceId, exchange: u32) -> Self {
        Self {
            batch,
            source,
            exchange,
            counts: BatchCounts::default(),
            numbers: Numbers::default(),
            rows: KeptRows::default(),
            waiting: Vec::new(),
        }
    }

    /// Writes a slice whole; an error leaves the transaction to be taken back.
    pub fn write(&mut self, ledger: &Ledger, slice: Slice) -> Result<(), AppError> {
        for (id, rows, packed) in &slice.blocks {
            ledger.add_block(*id, self.source, *rows, packed)?;
        }
        self.write_rejects(ledger, &slice)?;
        self.write_calls(ledger, slice)?;
        if self.waiting.len() >= NUMBERS_TOGETHER {
            self.finish(ledger)?;
        }
        ledger.set_batch(self.batch, BatchState::Importing, &self.counts)?;
        Ok(())
    }

    pub fn write_rejects(&self, ledger: &Ledger, slice: &Slice) -> Result<(), AppError> {
        for reject in &slice.rejects {
            ledger.add_reject(self.source, reject)?;
        }
        Ok(())
    }

    /// Writes what is held back: after the last slice.
    pub fn finish(&mut self, ledger: &Ledger) -> Result<(), AppError> {
        Ok(ledger.add_numbers(&mut self.waiting)?)
    }

    /// Writes the calls of a slice, and holds nothing back.
    pub fn write_rows(&mut self, ledger: &Ledger, slice: Slice) -> Result<(), AppError> {
        self.write_calls(ledger, slice)?;
        self.finish(ledger)
    }

    fn write_calls(&mut self, ledger: &Ledger, slice: Slice) -> Result<(), AppError> {
        let mut sums = HalfHours::default();
        self.counts.add(&slice.counts);
        self.add(ledger, slice.calls, &mut sums)?;
        for joining in slice.joining {
            self.join(ledger, joining, &mut sums)?;
        }
        Ok(ledger.write_half_hours(sums)?)
    }

    fn add(
        &mut self,
        ledger: &Ledger,
        mut calls: Vec<NewCall>,
        sums: &mut HalfHours,
    ) -> Result<(), AppError> {
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
            let taken = ledger.add_calls(&entries, sums, &mut self.waiting)?;
            drop(entries);
            let mut place = 0;
            calls.retain(|_| {
                place += 1;
                taken.binary_search(&(place - 1)).is_ok()
            });
            for call in &mut calls {
                // Another call of the same second whose thread has the same hash: one in a thousand million.
                call.outline.id = CallId(call.outline.id.0 + 1);
            }
        }
        Ok(())
    }

    /// Rows that may belong to calls of the ledger: those that do are joined with them.
    fn join(&mut self, ledger: &Ledger, joining: Joining, sums: &mut HalfHours) -> Result<(), AppError> {
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
            self.replace(ledger, &joined, &replaced, sums)?;
        }
        Ok(())
    }

    /// Writes the call of a group in place of others.
    pub fn replace(
        &mut self,
        ledger: &Ledger,
        group: &Group,
        replaced: &[CallId],
        sums: &mut HalfHours,
    ) -> Result<(), AppError> {
        // A call that goes must not come back with what was held back of it.
        self.finish(ledger)?;
        for call in replaced {
            ledger.delete_call(*call, sums)?;
        }
        let Some(first) = group.rows.first() else { return Ok(()) };
        let source = std::mem::replace(&mut self.source, first.source);
        let outline = group.outline()?;
        let call = NewCall { rows: group.places(), threads: group.other_threads(&outline), outline };
        let added = self.add(ledger, vec![call], sums);
        self.source = source;
        added?;
        self.finish(ledger)
    }

    fn outside(&mut self, ledger: &Ledger, outline: &Outline) -> Result<Option<i64>, AppError> {
        let Some((printed, dialled)) = ledger::outside_number(outline) else { return Ok(None) };
        let number = PrintedNumber { exchange: self.exchange, dialled, printed: printed.to_owned() };
        self.numbers.id(ledger, number).map(Some)
    }
}
