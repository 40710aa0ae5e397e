//! Questions about calls: lists and counts under one selection, so that a number and its list always agree.

use std::ops::ControlFlow;

use calls::{CallId, Outcome};
use rusqlite::OptionalExtension;

use crate::{
    CallSelection, KeptCall, Ledger, LedgerError, Result, call,
    column::{Column, SLOT_SECONDS, WINDOW_SLOTS, id_of},
    part_sum::{PartSums, SUMMED},
    scan::Way,
    sieve::Sieve,
    values::{NumberSet, count},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    Start,
    Caller,
    Called,
    AnsweredBy,
    Direction,
    Outcome,
    Ring,
    Wait,
    Talk,
    Billed,
    Total,
    Trunk,
    Did,
    Queue,
    AccountCode,
    Transfers,
}

/// Calls that are equal in it keep the order of time, so that pages neither repeat nor skip a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallOrder {
    pub by: OrderBy,
    pub descending: bool,
}

/// Where a page of a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// After so many calls.
    Offset(u32),
    /// After this call, whether it is still there or not; only in the order of time.
    After(CallId),
}

/// Counts of one selection, from one query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub calls: u32,
    /// Inbound calls that are over and whose outcome is known.
    pub inbound: u32,
    pub inbound_answered: u32,
    pub missed: u32,
    /// Seconds callers waited in answered inbound calls, all together.
    pub wait_seconds: u64,
    /// Answered inbound calls whose wait is known.
    pub waited: u32,
    pub talk_seconds: u64,
    /// Calls whose talk is known and not nothing.
    pub talked: u32,
    /// `calls = legs - transfers`.
    pub legs: u64,
    pub transfers: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfHourCount {
    /// Half-hours since midnight.
    pub half_hour: u32,
    pub calls: u32,
    pub missed: u32,
}

/// Outcomes of missed calls, by their numbers.
pub(crate) fn missed_outcomes() -> Vec<u32> {
    Outcome::all().filter(|outcome| outcome.is_missed()).map(|outcome| outcome.number().into()).collect()
}

impl Ledger {
    /// A page of the calls of a selection.
    pub fn calls(
        &self,
        selection: &CallSelection,
        order: CallOrder,
        from: Position,
        limit: u32,
    ) -> Result<Vec<KeptCall>> {
        self.at_one_moment(|ledger| ledger.calls_of_ids(&ledger.page_of_ids(selection, order, from, limit)?))
    }

    /// Calls that were just found, in this order.
    pub(crate) fn calls_of_ids(&self, ids: &[CallId]) -> Result<Vec<KeptCall>> {
        let columns = call::COLUMNS;
        let sql = format!("SELECT {columns} FROM call WHERE id = ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        ids.iter()
            .map(|id| {
                let found =
                    statement.query_row([id.0.cast_signed()], |row| Ok(call::read(row))).optional()?;
                found.ok_or_else(|| LedgerError::Row(format!("call {id} is listed and not there")))?
            })
            .collect()
    }

    /// The ids of a page of calls.
    pub fn page_of_ids(
        &self,
        selection: &CallSelection,
        order: CallOrder,
        from: Position,
        limit: u32,
    ) -> Result<Vec<CallId>> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        self.at_one_moment(|ledger| match (order.by, from) {
            (OrderBy::Start, _) => ledger.ids_by_time(selection, order.descending, from, limit),
            (_, Position::Offset(offset)) => ledger.ids_in_order(selection, order, offset, limit),
            (_, Position::After(id)) => Err(LedgerError::Row(format!(
                "after call {id} nothing can be said of a list that is not in the order of time"
            ))),
        })
    }

    fn ids_by_time(
        &self,
        selection: &CallSelection,
        descending: bool,
        from: Position,
        limit: u32,
    ) -> Result<Vec<CallId>> {
        let way = Way::of(descending);
        let mut narrowed = selection.clone();
        let (mut skip, mut after) = (0_usize, None);
        match from {
            Position::Offset(offset) => skip = offset as usize,
            Position::After(id) => {
                let moment = id.moment();
                match way {
                    Way::NewestFirst => {
                        let to = moment + 1;
                        narrowed.to_local = Some(narrowed.to_local.map_or(to, |bound| bound.min(to)));
                    }
                    Way::OldestFirst => {
                        narrowed.from_local =
                            Some(narrowed.from_local.map_or(moment, |bound| bound.max(moment)));
                    }
                }
                after = Some(id);
            }
        }
        let mut sieve = self.sieve(&narrowed)?;
        if skip > 0 && sieve.is_only_time() {
            skip -= self.skip_parts(&mut sieve, way, skip)?;
        }
        let limit = limit as usize;
        let mut ids = Vec::new();
        self.each_match(&sieve, &[Column::Start, Column::Hash], way, |part, kept| {
            let here = count(kept);
            if after.is_none() && skip >= here {
                skip -= here;
                return Ok(ControlFlow::Continue(()));
            }
            let (starts, hashes) = (part.values(Column::Start)?, part.values(Column::Hash)?);
            for step in 0..kept.len() {
                let place = if descending { kept.len() - 1 - step } else { step };
                if !kept[place] {
                    continue;
                }
                let id = id_of(part.number, starts.get(place), hashes.get(place));
                let before = after.is_some_and(|after| if descending { id >= after } else { id <= after });
                if before {
                    continue;
                }
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                ids.push(id);
                if ids.len() == limit {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ids)
    }

    /// Leaves whole parts out, by their counts, as long as no more than `most` calls are skipped; how many were.
    fn skip_parts(&self, sieve: &mut Sieve, way: Way, most: usize) -> Result<usize> {
        let Some(&(first, last)) = sieve.windows().first() else { return Ok(0) };
        let order = if way == Way::NewestFirst { "DESC" } else { "ASC" };
        let sql =
            format!("SELECT part, calls FROM call_part WHERE part BETWEEN ? AND ? ORDER BY part {order}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([first * WINDOW_SLOTS, (last + 1) * WINDOW_SLOTS - 1])?;
        let mut skipped = 0;
        while let Some(row) = rows.next()? {
            let (part, calls): (i64, usize) = (row.get(0)?, row.get(1)?);
            let begin = part * SLOT_SECONDS;
            let stays = !sieve.has_whole_window(part / WINDOW_SLOTS) || skipped + calls > most;
            if way == Way::OldestFirst {
                // What was before is skipped.
                sieve.begin_at(begin);
            }
            if stays {
                return Ok(skipped);
            }
            skipped += calls;
            if way == Way::NewestFirst {
                sieve.end_at(begin);
            }
        }
        sieve.end_at(i64::MIN + 1);
        Ok(skipped)
    }

    pub fn count_calls(&self, selection: &CallSelection) -> Result<u32> {
        let sieve = self.sieve(selection)?;
        self.at_one_moment(|ledger| {
            if sieve.is_only_time() {
                return ledger.count_in_time(&sieve);
            }
            let mut calls = 0;
            ledger.each_match(&sieve, &[], Way::OldestFirst, |_, kept| {
                calls += count(kept) as u64;
                Ok(ControlFlow::Continue(()))
            })?;
            Ok(narrow(calls))
        })
    }

    /// Counts whole parts by what is kept of them, and only the edges call by call.
    fn count_in_time(&self, sieve: &Sieve) -> Result<u32> {
        let (whole, edges) = whole_parts(sieve);
        let sql = "SELECT coalesce(sum(calls), 0) FROM call_part WHERE part BETWEEN ? AND ?";
        let mut calls: u64 =
            self.connection.prepare_cached(sql)?.query_row([whole.0, whole.1], |row| row.get(0))?;
        for edge in edges {
            self.each_match(&sieve.within_window(edge), &[], Way::OldestFirst, |_, kept| {
                calls += count(kept) as u64;
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(narrow(calls))
    }

    /// How many calls of a list in the order of time come before the first that starts at this wall-clock second or,
    /// as the list goes, beyond it: where to jump to see a date.
    pub fn place_in_time(&self, selection: &CallSelection, descending: bool, at: i64) -> Result<u32> {
        let mut before = selection.clone();
        if descending {
            before.from_local = Some(before.from_local.map_or(at + 1, |from| from.max(at + 1)));
        } else {
            before.to_local = Some(before.to_local.map_or(at, |to| to.min(at)));
        }
        self.count_calls(&before)
    }

    /// Sums over the selection; of time alone from what is kept of whole parts.
    pub fn summary(&self, selection: &CallSelection) -> Result<Summary> {
        let sieve = self.sieve(selection)?;
        self.at_one_moment(|ledger| {
            let mut sums = PartSums::default();
            if !sieve.is_only_time() {
                ledger.sum_up(&sieve, &mut sums)?;
                return Ok(sums.summary());
            }
            let (whole, edges) = whole_parts(&sieve);
            let sql = "SELECT sums FROM call_part WHERE part BETWEEN ? AND ?";
            let mut statement = ledger.connection.prepare_cached(sql)?;
            let mut rows = statement.query([whole.0, whole.1])?;
            while let Some(row) = rows.next()? {
                sums.add_packed(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
            }
            for edge in edges {
                ledger.sum_up(&sieve.within_window(edge), &mut sums)?;
            }
            Ok(sums.summary())
        })
    }

    fn sum_up(&self, sieve: &Sieve, sums: &mut PartSums) -> Result<()> {
        self.each_match(sieve, &SUMMED, Way::OldestFirst, |part, kept| {
            let mut columns = Vec::with_capacity(SUMMED.len());
            for column in SUMMED {
                columns.push(part.values(column)?.to_vec());
            }
            for place in marked(kept) {
                let mut values = [0; SUMMED.len()];
                for (value, column) in values.iter_mut().zip(&columns) {
                    *value = column[place];
                }
                sums.add(values);
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    pub fn half_hours(&self, selection: &CallSelection) -> Result<Vec<HalfHourCount>> {
        let sieve = self.sieve(selection)?;
        let missed: NumberSet = missed_outcomes().into_iter().collect();
        let mut counts: Vec<HalfHourCount> =
            (0..48).map(|half_hour| HalfHourCount { half_hour, calls: 0, missed: 0 }).collect();
        self.each_match(&sieve, &[Column::Start, Column::Outcome], Way::OldestFirst, |part, kept| {
            let starts = part.values(Column::Start)?.to_vec();
            let outcomes = part.values(Column::Outcome)?.to_vec();
            let begin = u32::try_from((part.number * SLOT_SECONDS).rem_euclid(24 * 60 * 60)).unwrap_or(0);
            for place in marked(kept) {
                let half_hour = (begin + starts[place]) / 1800;
                if let Some(count) = counts.get_mut(half_hour as usize) {
                    count.calls += 1;
                    count.missed += u32::from(missed.contains(outcomes[place]));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        counts.retain(|count| count.calls > 0);
        Ok(counts)
    }

    /// Wall-clock seconds of the newest call, if there is one.
    pub fn newest_start_local(&self) -> Result<Option<i64>> {
        let newest: Option<u64> =
            self.connection.query_row("SELECT max(id) FROM call", [], |row| row.get(0))?;
        Ok(newest.map(|id| CallId(id).moment()))
    }
}

/// Places of marks that are set.
pub(crate) fn marked(kept: &[bool]) -> impl Iterator<Item = usize> {
    kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(place, _)| place)
}

/// Of a sieve that asks for time only: the parts of windows that are wholly meant, first and last, and the windows that
/// are not.
fn whole_parts(sieve: &Sieve) -> ((i64, i64), Vec<i64>) {
    let Some(&(first, last)) = sieve.windows().first() else { return ((1, 0), Vec::new()) };
    let whole = (
        if sieve.has_whole_window(first) { first } else { first + 1 },
        if sieve.has_whole_window(last) { last } else { last - 1 },
    );
    let mut edges = vec![first, last];
    edges.dedup();
    edges.retain(|window| !(whole.0..=whole.1).contains(window));
    ((whole.0 * WINDOW_SLOTS, (whole.1 + 1) * WINDOW_SLOTS - 1), edges)
}

pub(crate) fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
