//! From rows in the order of a file to calls: rows are held until no more of their call are likely to come.

use std::collections::HashMap;

use calls::{CallTime, Outline, Thread};
use ledger::{BatchCounts, Ledger, RejectEntry, RowPlace, SourceId};
use tables::Block;

use super::{
    group::{Group, Novelty},
    known::{KnownCalls, Unhashed},
    packing,
    reading::{ReadRow, RowsReader},
    rows::PlacedRow,
    signs::Signs,
};
use crate::AppError;

/// A call's rows are held until so many other rows have come. Exchanges write rows as legs end, so those of a call
/// lie close together; one that comes later is joined through the ledger. Fewer are held in less memory, and that is
/// nearer to the processor.
const HELD_ROWS: u64 = 2048;

/// A call of so many rows is compared with others as each row comes; a longer one when it is told.
const EASILY_COMPARED: usize = 64;

/// A block with its rows read.
pub(super) struct ReadBlock {
    pub id: i64,
    /// See [`packing`].
    pub packed: Vec<u8>,
    pub rows: Vec<(u64, ReadRow)>,
    /// How far the file has been read, in its bytes on disk.
    pub position: u64,
}

impl ReadBlock {
    /// A block with its rows read, without what is kept of its bytes.
    pub fn of(id: i64, block: &Block, rows: &mut RowsReader) -> Self {
        Self { id, packed: Vec::new(), rows: rows.read_all(block), position: 0 }
    }
}

impl Slice {
    /// Of blocks that are in the ledger already, only what was told from them is written.
    pub fn without_blocks(self) -> Self {
        Self { blocks: Vec::new(), rejects: Vec::new(), ..self }
    }
}

/// What is written in one transaction.
#[derive(Default)]
pub(super) struct Slice {
    /// Id, number of rows, bytes.
    pub blocks: Vec<(i64, u32, Vec<u8>)>,
    pub rejects: Vec<RejectEntry>,
    pub calls: Vec<NewCall>,
    /// Rows of calls that seem to be in the ledger.
    pub joining: Vec<Joining>,
    pub counts: BatchCounts,
}

pub(super) struct NewCall {
    /// Boxed: calls are sorted and go from hand to hand, and an outline is half a kilobyte.
    pub outline: Box<Outline>,
    pub rows: Vec<RowPlace>,
    pub threads: Vec<Thread>,
}

pub(super) struct Joining {
    pub group: Group,
    pub candidates: Vec<calls::CallId>,
}

/// Gathers rows into calls.
pub(super) struct Gatherer {
    source: SourceId,
    known: KnownCalls,
    groups: HashMap<u32, Held, Unhashed>,
    by_thread: HashMap<u64, u32, Unhashed>,
    next_group: u32,
    rows: u64,
    slice: Slice,
}

struct Held {
    group: Group,
    /// Number of its last row.
    last: u64,
    /// From the first to the last [`moment`] of its rows.
    span: (i64, i64),
}

impl Gatherer {
    pub fn new(source: SourceId) -> Self {
        Self {
            source,
            known: KnownCalls::default(),
            groups: HashMap::default(),
            by_thread: HashMap::default(),
            next_group: 0,
            rows: 0,
            slice: Slice::default(),
        }
    }

    /// Takes the rows of a block in.
    pub fn push(&mut self, block: ReadBlock) {
        let rows = u32::try_from(block.rows.len()).unwrap_or(u32::MAX);
        self.slice.blocks.push((block.id, rows, block.packed));
        for (number, (line, row)) in (0..).zip(block.rows) {
            let place = RowPlace { block: block.id, row: number };
            self.rows += 1;
            self.slice.counts.lines += 1;
            match row {
                ReadRow::Ignored => self.slice.counts.ignored += 1,
                ReadRow::Rejected(reason) => {
                    self.slice.counts.rejected += 1;
                    self.slice.rejects.push(RejectEntry { line, place, reason });
                }
                ReadRow::Call(row) => self.hold(PlacedRow { place, source: self.source, row }),
            }
        }
    }

    /// Takes in again the block of the source that was kept after `after`; `false` when there is none.
    pub fn push_kept(
        &mut self,
        ledger: &Ledger,
        after: &mut i64,
        rows: &mut RowsReader,
    ) -> Result<bool, AppError> {
        let Some(stored) = ledger.next_block(self.source, *after)? else { return Ok(false) };
        *after = stored.id;
        self.push(ReadBlock::of(stored.id, &packing::unpack(&stored.bytes)?, rows));
        Ok(true)
    }

    /// What can be written now; at the `end` everything.
    pub fn slice(&mut self, ledger: &Ledger, end: bool) -> Result<Slice, AppError> {
        self.tell_ready(ledger, end)?;
        let mut slice = std::mem::take(&mut self.slice);
        // In the order of the table.
        slice.calls.sort_by_cached_key(|call| call.outline.id);
        Ok(slice)
    }

    /// Tells the calls of which no more rows are likely to come. Done block by block, while their rows are still in
    /// the processor's caches.
    pub fn tell_ready(&mut self, ledger: &Ledger, end: bool) -> Result<(), AppError> {
        let due = self.rows.saturating_sub(HELD_ROWS);
        let ready = self.groups.extract_if(|_, held| end || held.last < due);
        let ready: Vec<Held> = ready.map(|(_, held)| held).collect();
        let span = ready
            .iter()
            .map(|held| held.span)
            .reduce(|(from, to), (first, last)| (from.min(first), to.max(last)));
        if let Some((from, to)) = span {
            self.known.reach(ledger, from, to)?;
        }
        // All that is to be done with a group at once: its rows have left the processor's caches since they came.
        for Held { group, .. } in ready {
            let signs = Signs::of(&group);
            for thread in group.threads().chain(signs.own().iter().copied()) {
                self.by_thread.remove(&thread.0);
            }
            self.tell(group, &signs);
        }
        Ok(())
    }

    fn hold(&mut self, row: PlacedRow) {
        let [first, second] = row.row.evidence.record.threads;
        let group =
            match (first.and_then(|thread| self.held(thread)), second.and_then(|thread| self.held(thread))) {
                (Some(one), Some(other)) if one != other => self.join(one, other),
                (Some(group), _) | (None, Some(group)) => group,
                (None, None) => {
                    let group = self.next_group;
                    self.next_group = group.wrapping_add(1);
                    let span = (i64::MAX, i64::MIN);
                    self.groups.insert(group, Held { group: Group::default(), last: 0, span });
                    group
                }
            };
        for thread in [first, second].into_iter().flatten() {
            self.by_thread.insert(thread.0, group);
        }
        if let Some(start) = row.row.evidence.record.start {
            self.slice.counts.reach(start.local());
        }
        let Some(held) = self.groups.get_mut(&group) else { return };
        held.last = self.rows;
        let moment = moment(&row);
        held.span = (held.span.0.min(moment), held.span.1.max(moment));
        let talked =
            row.row.evidence.record.answered == Some(true) && held.group.rows.len() < EASILY_COMPARED;
        // Whether a row is new is known when the call is; but the same row twice in a file is seen here.
        if held.group.add(row) == Novelty::Known {
            self.slice.counts.known += 1;
        }
        if talked {
            self.join_consultation(group);
        }
    }

    /// Joins a call with a consultation on a second channel, if both are held.
    fn join_consultation(&mut self, group: u32) {
        let Some(Held { group: own, .. }) = self.groups.get(&group) else { return };
        let belongs = |thread: Thread| {
            let other = self.held(thread).filter(|other| *other != group)?;
            let there = &self.groups.get(&other)?.group;
            (own.consults(there) || there.consults(own)).then_some(other)
        };
        let signs = Signs::of(own);
        let other = signs.of_others.iter().copied().find_map(belongs);
        for sign in signs.own() {
            self.by_thread.insert(sign.0, group);
        }
        if let Some(other) = other {
            self.join(group, other);
        }
    }

    fn held(&self, thread: Thread) -> Option<u32> {
        self.by_thread.get(&thread.0).copied()
    }

    /// A row belongs to two groups: they are one call.
    fn join(&mut self, one: u32, other: u32) -> u32 {
        let (Some(mut first), Some(second)) = (self.groups.remove(&one), self.groups.remove(&other)) else {
            return one;
        };
        for thread in second.group.threads().chain(Signs::of(&second.group).own().iter().copied()) {
            self.by_thread.insert(thread.0, one);
        }
        for row in second.group.rows {
            first.group.add(row);
        }
        first.group.rows.sort_by_key(|row| row.place);
        first.span = (first.span.0.min(second.span.0), first.span.1.max(second.span.1));
        self.groups.insert(one, first);
        one
    }

    /// A new call, or rows to be joined with calls that seem to be there.
    fn tell(&mut self, group: Group, signs: &Signs) {
        let mut candidates: Vec<calls::CallId> = Vec::new();
        for row in &group.rows {
            for thread in row.row.evidence.record.threads.into_iter().flatten() {
                candidates.extend(self.known.candidates(thread, moment(row)));
            }
        }
        self.add_consultations(&group, signs, &mut candidates);
        let slice = &mut self.slice;
        if !candidates.is_empty() {
            // Its consultation may come later, and so may rows of a call that it was joined with.
            if !signs.own().is_empty()
                && let Some(outline) = group.outline()
            {
                for thread in group.threads().chain(signs.own().iter().copied()) {
                    self.known.add(thread, outline.id);
                }
            }
            candidates.sort_unstable();
            candidates.dedup();
            slice.joining.push(Joining { group, candidates });
            return;
        }
        let Some(outline) = group.outline() else {
            slice.counts.ignored += group.rows.len() as u64;
            return;
        };
        let updates = group.updates();
        slice.counts.inserted += group.rows.len() as u64;
        slice.counts.updated += updates;
        slice.counts.calls += 1;
        for thread in group.threads().chain(signs.own().iter().copied()) {
            self.known.add(thread, outline.id);
        }
        slice.calls.push(NewCall {
            rows: group.places(),
            threads: group.other_threads(&outline, signs.kept()),
            outline: Box::new(outline),
        });
    }

    /// Calls that this one may be a consultation of, or that may be one of it.
    fn add_consultations(&mut self, group: &Group, signs: &Signs, candidates: &mut Vec<calls::CallId>) {
        let Some(moment) = group.rows.first().map(moment) else { return };
        for sign in &signs.of_others {
            candidates.extend(self.known.candidates(*sign, moment));
        }
        for (from, to) in &signs.asked_within {
            candidates.extend(self.known.starting(*from, *to));
        }
    }
}

/// The wall-clock seconds since 1970 by which a row is placed in time, as calls are by their ids.
pub(super) fn moment(row: &PlacedRow) -> i64 {
    let record = &row.row.evidence.record;
    record.start.or(record.end).map_or(0, CallTime::local)
}
