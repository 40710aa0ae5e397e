//! A slice of an import into the ledger, inside the writing thread's transaction.

use calls::{CallId, Outline, Thread};
use ledger::{
    BatchCounts, BatchId, BatchState, CallChanges, CallEntry, KeptCall, Ledger, RowPlace, SourceId, Telling,
    Told,
};

use super::{
    closed::tell_rows_again,
    gather::{Joining, NewCall, Slice, moment},
    group::{Group, Novelty},
    known::{KnownCalls, REACH},
    rows::{KeptRows, PlacedRow},
    same_call::SameCalls,
    signs::Signs,
};
use crate::{AppError, numbers::Numbers};

/// Calls that are written together: all that is done with one is done while it is in the processor's caches.
const CALLS_AT_ONCE: usize = 256;

/// What the writing of one import remembers from slice to slice.
pub(super) struct Commit {
    pub batch: BatchId,
    pub source: SourceId,
    pub exchange: u32,
    pub counts: BatchCounts,
    numbers: Numbers,
    rows: KeptRows,
    same: SameCalls,
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
            same: SameCalls::default(),
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
        let mut changes = self.begin(ledger)?;
        self.counts.add(&slice.counts);
        let mut calls = slice.calls.into_iter();
        while calls.len() > 0 {
            self.add(ledger, calls.by_ref().take(CALLS_AT_ONCE).collect(), &mut changes)?;
        }
        for joining in slice.joining {
            self.join(ledger, joining, &mut changes)?;
        }
        self.end(ledger, changes)
    }

    /// Begins a transaction.
    pub fn begin(&mut self, ledger: &Ledger) -> Result<CallChanges, AppError> {
        self.same.begin(ledger, self.exchange)?;
        Ok(CallChanges::default())
    }

    /// Ends it: what came over a line, too, is found, and lists are told.
    pub fn end(&mut self, ledger: &Ledger, mut changes: CallChanges) -> Result<(), AppError> {
        self.same.settle(ledger, &mut self.numbers, &mut changes)?;
        ledger.write_changes(changes)?;
        self.close_again(ledger)
    }

    /// Takes a call out; `left` are those of its rows from which others will be told.
    pub fn take_out(
        &mut self,
        ledger: &Ledger,
        call: &KeptCall,
        left: &[RowPlace],
        changes: &mut CallChanges,
    ) -> Result<(), AppError> {
        self.same.table_call_goes(ledger, call, left)?;
        Ok(ledger.delete_call(call.id, changes)?)
    }

    /// Rows know nothing of calls that a person closed.
    fn close_again(&mut self, ledger: &Ledger) -> Result<(), AppError> {
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
            for (place, call) in calls.iter().enumerate() {
                if taken.binary_search(&place).is_err() {
                    self.same.table_call_came(ledger, &call.outline)?;
                }
            }
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
        let mut apart: Vec<(CallId, Group)> = Vec::new();
        let mut asked = candidates;
        let mut threads: Vec<_> = fresh.threads().collect();
        let tells_of_talk = fresh.rows.iter().any(|row| row.row.evidence.record.answered == Some(true));
        let mut told_anew = false;
        let mut counted = 0;
        while let Some(candidate) = asked.pop() {
            if replaced.contains(&candidate) {
                continue;
            }
            let Some(kept) = ledger.call(candidate)? else {
                // It was joined with another meanwhile, and bears that one's id.
                if !std::mem::replace(&mut told_anew, true) {
                    for row in &fresh.rows {
                        for thread in row.row.evidence.record.threads.into_iter().flatten() {
                            asked.extend(calls_near(ledger, thread, row)?);
                        }
                    }
                }
                continue;
            };
            let Told::FromRows(places) = kept.told else { continue };
            let there = Group { rows: self.rows.read(ledger, &places)? };
            if !there.shares_a_thread(&fresh) && !there.shares_a_thread(&before) {
                apart.push((candidate, there));
                continue;
            }
            replaced.push(candidate);
            counted += self.counted(&there);
            // Its rows may lead to further calls.
            for row in &there.rows {
                for thread in row.row.evidence.record.threads.into_iter().flatten() {
                    if !threads.contains(&thread) {
                        threads.push(thread);
                        asked.extend(calls_near(ledger, thread, row)?);
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
            // Rows that were there may tell together with those that came that somebody was handed over.
            if tells_of_talk && !replaced.is_empty() {
                self.add_calls_within(ledger, &joined, &replaced, &mut apart)?;
            }
            counted += self.join_consultations(ledger, &mut joined, &mut replaced, apart)?;
            self.counts.calls = self.counts.calls.saturating_sub(counted);
            let may_fall_apart = updated > 0 || !joined.handed_over().is_empty();
            let groups = if may_fall_apart { Group::apart(joined.rows) } else { vec![joined] };
            self.counts.calls += groups.len() as u64;
            let mut replaced = replaced.as_slice();
            for group in &groups {
                self.replace(ledger, group, replaced, changes)?;
                replaced = &[];
            }
        }
        Ok(())
    }

    /// Rows of which others are gone, that told them otherwise: they may be a consultation on a second channel again,
    /// or have one. Hands back the calls that are one with them; what is taken back is left out.
    pub fn join_again(
        &mut self,
        ledger: &Ledger,
        group: &mut Group,
        known: &mut KnownCalls,
    ) -> Result<Vec<CallId>, AppError> {
        let mut calls = Vec::new();
        let mut joined = Vec::new();
        let Some(moment) = group.rows.first().map(moment) else { return Ok(joined) };
        self.add_calls_within(ledger, group, &[], &mut calls)?;
        known.reach(ledger, moment, moment)?;
        let of_others = Signs::of(group).of_others;
        for call in of_others.into_iter().flat_map(|sign| known.candidates(sign, moment)) {
            let Some(kept) = ledger.call(call)? else { continue };
            if calls.iter().all(|(there, _)| *there != call) {
                calls.push((call, Group { rows: self.rows.read(ledger, kept.told.places())? }));
            }
        }
        for (_, there) in &mut calls {
            there.rows.retain(|row| row.source != self.source);
        }
        self.join_consultations(ledger, group, &mut joined, calls)?;
        Ok(joined)
    }

    /// Calls that began while somebody talked who was handed over then.
    fn add_calls_within(
        &mut self,
        ledger: &Ledger,
        joined: &Group,
        replaced: &[CallId],
        calls: &mut Vec<(CallId, Group)>,
    ) -> Result<(), AppError> {
        for moment in joined.handed_over() {
            let (from, to) = moment.asked_within();
            let after = CallId(CallId::first_of(from).0.saturating_sub(1));
            for kept in ledger.calls_with_rows(after, to, u32::MAX)? {
                if !replaced.contains(&kept.id) && calls.iter().all(|(call, _)| *call != kept.id) {
                    let rows = self.rows.read(ledger, kept.told.places())?;
                    calls.push((kept.id, Group { rows }));
                }
            }
        }
        Ok(())
    }

    /// Joins what was said on a second channel of a telephone; hands back how many calls were counted that are one
    /// with others now.
    fn join_consultations(
        &self,
        ledger: &Ledger,
        joined: &mut Group,
        replaced: &mut Vec<CallId>,
        mut calls: Vec<(CallId, Group)>,
    ) -> Result<u64, AppError> {
        let mut counted = 0;
        while let Some(place) =
            calls.iter().position(|(_, there)| joined.consults(there) || there.consults(joined))
        {
            let (call, there) = calls.swap_remove(place);
            let Some(row) = there.rows.first() else { continue };
            // Another exchange may have the same extensions.
            if ledger.source(row.source)?.is_none_or(|source| source.exchange != self.exchange) {
                continue;
            }
            replaced.push(call);
            counted += self.counted(&there);
            joined.rows.extend(there.rows);
            joined.rows.sort_by_key(|row| row.place);
        }
        Ok(counted)
    }

    /// 1 for a call that this import told, and so counted.
    fn counted(&self, call: &Group) -> u64 {
        u64::from(call.rows.iter().any(|row| row.source == self.source))
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
            if let Some(kept) = ledger.call(*call)? {
                self.take_out(ledger, &kept, kept.told.places(), changes)?;
            }
        }
        let Some(first) = group.rows.first() else { return Ok(()) };
        let Some(outline) = group.outline() else { return Ok(()) };
        let source = std::mem::replace(&mut self.source, first.source);
        let call = NewCall {
            rows: group.places(),
            threads: group.other_threads(&outline, Signs::of(group).kept()),
            outline: Box::new(outline),
        };
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
        self.numbers.id(ledger, self.exchange, dialled, printed).map(Some)
    }
}

/// Calls of the ledger that may have a thread of this row.
fn calls_near(ledger: &Ledger, thread: Thread, row: &PlacedRow) -> Result<Vec<CallId>, AppError> {
    let near = ledger.threads_between(moment(row) - REACH, moment(row) + REACH)?;
    let same = |(hash, _): &(u32, CallId)| *hash == CallId::kept_hash(thread.0);
    Ok(near.into_iter().filter(same).map(|(_, call)| call).collect())
}
