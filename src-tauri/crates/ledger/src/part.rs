//! Parts of the list of calls: what changed is worked into their columns, all calls of a part at once.
//!
//! A part is a function of its calls, so that taking calls out leaves it as if they had never been there.

use calls::CallId;
use rusqlite::{OptionalExtension, params};

use crate::{
    CallEntry, Ledger, Result,
    column::{Column, SLOT_SECONDS, Singles, WINDOW_SLOTS, id_of, slot_of, window_of},
    month_sum::month_of,
    part_sum::{PartSums, SUMMED},
    values::{Values, pack},
};

/// Calls that came and went; worked into the columns together, see [`Ledger::write_changes`].
#[derive(Debug, Default)]
pub struct CallChanges {
    /// In order of time; of one call the last holds.
    steps: Vec<(CallId, Step)>,
    came: Vec<Came>,
    parties: Vec<[u32; 3]>,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// Place in `came`.
    Came(u32),
    Gone,
}

#[derive(Debug)]
struct Came {
    values: Singles,
    first_party: u32,
}

/// A part unpacked: for each column its values.
#[derive(Debug, Default)]
struct Part {
    number: i64,
    calls: usize,
    single: Vec<Vec<u32>>,
    of_parties: Vec<Vec<u32>>,
}

/// Where the values of a call come from.
#[derive(Debug, Clone, Copy)]
enum From {
    /// Part (a place in a list), place in it, place of its first party.
    Kept {
        part: usize,
        place: usize,
        first_party: usize,
    },
    New(u32),
}

/// Calls of a window from which on it is kept in quarter-hours: a call that comes over a line writes its part anew.
const SPLIT_FROM: usize = 8192;

impl CallChanges {
    pub(crate) fn came(&mut self, ledger: &Ledger, entry: &CallEntry<'_>) -> Result<()> {
        let first_party = u32::try_from(self.parties.len()).unwrap_or(u32::MAX);
        let values = ledger.values_of(entry, &mut self.parties)?;
        let place = u32::try_from(self.came.len()).unwrap_or(u32::MAX);
        self.came.push(Came { values, first_party });
        self.steps.push((entry.outline.id, Step::Came(place)));
        Ok(())
    }

    pub(crate) fn gone(&mut self, id: CallId) {
        self.steps.push((id, Step::Gone));
    }

    /// What holds at last, in the order of ids.
    fn settled(&mut self) -> Vec<(CallId, Step)> {
        let mut steps = std::mem::take(&mut self.steps);
        steps.sort_by_key(|(id, _)| *id);
        let mut last: Vec<(CallId, Step)> = Vec::with_capacity(steps.len());
        for step in steps {
            match last.last_mut() {
                Some(before) if before.0 == step.0 => *before = step,
                _ => last.push(step),
            }
        }
        last
    }
}

impl Ledger {
    /// Works what changed into the columns of calls; sums of their months no longer hold.
    pub fn write_changes(&self, mut changes: CallChanges) -> Result<()> {
        let steps = changes.settled();
        for steps in steps.chunk_by(|one, other| window_of(one.0) == window_of(other.0)) {
            let Some((first, _)) = steps.first() else { continue };
            self.change_window(window_of(*first), steps, &changes)?;
            self.forget_sums(month_of(slot_of(*first)))?;
        }
        Ok(())
    }

    fn change_window(&self, window: i64, steps: &[(CallId, Step)], changes: &CallChanges) -> Result<()> {
        let first = window * WINDOW_SLOTS;
        if self.calls_of_window(window)? >= SPLIT_FROM {
            for steps in steps.chunk_by(|one, other| slot_of(one.0) == slot_of(other.0)) {
                let Some((id, _)) = steps.first() else { continue };
                let before: Vec<Part> = self.unpacked_part(slot_of(*id))?.into_iter().collect();
                let calls = merged(&before, steps);
                self.write_part(slot_of(*id), &before, &calls, changes)?;
            }
            if self.calls_of_window(window)? < SPLIT_FROM {
                // Few enough for one part again.
                let mut before = Vec::new();
                for slot in first..first + WINDOW_SLOTS {
                    before.extend(self.unpacked_part(slot)?);
                    self.write_part(slot, &[], &[], changes)?;
                }
                self.write_part(first, &before, &merged(&before, &[]), changes)?;
            }
            return Ok(());
        }
        let before: Vec<Part> = self.unpacked_part(first)?.into_iter().collect();
        let calls = merged(&before, steps);
        if calls.len() < SPLIT_FROM {
            return self.write_part(first, &before, &calls, changes);
        }
        self.write_part(first, &[], &[], changes)?;
        for calls in calls.chunk_by(|one, other| slot_of(one.0) == slot_of(other.0)) {
            let Some((id, _)) = calls.first() else { continue };
            self.write_part(slot_of(*id), &before, calls, changes)?;
        }
        Ok(())
    }

    fn calls_of_window(&self, window: i64) -> Result<usize> {
        let sql = "SELECT coalesce(sum(calls), 0) FROM call_part WHERE part BETWEEN ? AND ?";
        let first = window * WINDOW_SLOTS;
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([first, first + WINDOW_SLOTS - 1], |row| row.get(0))?)
    }

    /// Writes a part with these calls, in the order of their ids; without any it goes.
    fn write_part(
        &self,
        number: i64,
        before: &[Part],
        calls: &[(CallId, From)],
        changes: &CallChanges,
    ) -> Result<()> {
        if calls.is_empty() {
            self.connection.prepare_cached("DELETE FROM call_part WHERE part = ?")?.execute([number])?;
            let mut delete = self.connection.prepare_cached("DELETE FROM call_column WHERE id = ?")?;
            for column in Column::SINGLE.iter().chain(&Column::OF_PARTIES) {
                delete.execute([column.key(number)])?;
            }
            return Ok(());
        }
        let value = |from: &From, column: Column| match from {
            From::Kept { part, place, .. } => before[*part].single[column.place()][*place],
            From::New(new) => changes.came[*new as usize].values[column.place()],
        };
        let mut sums = PartSums::default();
        for (_, from) in calls {
            sums.add(SUMMED.map(|column| value(from, column)));
        }
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO call_part (part, calls, sums) VALUES (?, ?, ?)")?
            .execute(params![number, calls.len(), sums.pack()])?;
        let sql = "INSERT OR REPLACE INTO call_column (id, body) VALUES (?, ?)";
        let mut insert = self.connection.prepare_cached(sql)?;
        let mut values: Vec<u32> = Vec::with_capacity(calls.len());
        for column in Column::SINGLE {
            values.clear();
            match column {
                Column::Start => {
                    let start = |id: &CallId| u32::try_from(id.moment() - number * SLOT_SECONDS).unwrap_or(0);
                    values.extend(calls.iter().map(|(id, _)| start(id)));
                }
                Column::Recorded => {
                    let new = calls.iter().filter(|(_, from)| matches!(from, From::New(_)));
                    let recorded = self.recorded_of(&new.map(|(id, _)| *id).collect::<Vec<_>>())?;
                    values.extend(calls.iter().map(|(id, from)| match from {
                        From::Kept { .. } => value(from, column),
                        From::New(_) => recorded.binary_search(id).is_ok().into(),
                    }));
                }
                _ => values.extend(calls.iter().map(|(_, from)| value(from, column))),
            }
            insert.execute(params![column.key(number), pack(&values)])?;
        }
        let mut of_parties: [Vec<u32>; 3] = Default::default();
        for (_, from) in calls {
            let count = value(from, Column::Parties) as usize;
            match from {
                From::Kept { part, first_party, .. } => {
                    for (values, before) in of_parties.iter_mut().zip(&before[*part].of_parties) {
                        values.extend(before.iter().skip(*first_party).take(count));
                    }
                }
                From::New(new) => {
                    let first = changes.came[*new as usize].first_party as usize;
                    for party in changes.parties.iter().skip(first).take(count) {
                        for (values, value) in of_parties.iter_mut().zip(party) {
                            values.push(*value);
                        }
                    }
                }
            }
        }
        for (column, values) in Column::OF_PARTIES.into_iter().zip(of_parties) {
            insert.execute(params![column.key(number), pack(&values)])?;
        }
        Ok(())
    }

    fn unpacked_part(&self, number: i64) -> Result<Option<Part>> {
        let sql = "SELECT calls FROM call_part WHERE part = ?";
        let calls: Option<usize> =
            self.connection.prepare_cached(sql)?.query_row([number], |row| row.get(0)).optional()?;
        let Some(calls) = calls else { return Ok(None) };
        let mut statement = self.connection.prepare_cached("SELECT body FROM call_column WHERE id = ?")?;
        let mut column = |column: Column| {
            let mut rows = statement.query([column.key(number)])?;
            let row = rows.next()?.ok_or_else(|| damaged(number))?;
            let body = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            Ok::<_, crate::LedgerError>(Values::read(body)?.to_vec())
        };
        let single = Column::SINGLE.into_iter().map(&mut column).collect::<Result<Vec<_>>>()?;
        let of_parties = Column::OF_PARTIES.into_iter().map(&mut column).collect::<Result<Vec<_>>>()?;
        let parties: usize = single[Column::Parties.place()].iter().map(|count| *count as usize).sum();
        let whole = single.iter().all(|values| values.len() == calls)
            && of_parties.iter().all(|values| values.len() == parties);
        if whole { Ok(Some(Part { number, calls, single, of_parties })) } else { Err(damaged(number)) }
    }
}

/// The calls of parts after some steps, in the order of time.
fn merged(before: &[Part], steps: &[(CallId, Step)]) -> Vec<(CallId, From)> {
    let mut calls = Vec::with_capacity(before.iter().map(|part| part.calls).sum::<usize>() + steps.len());
    let mut waiting = steps.iter().copied().peekable();
    let come = |(id, step): (CallId, Step)| match step {
        Step::Came(new) => Some((id, From::New(new))),
        Step::Gone => None,
    };
    for (part, kept) in before.iter().enumerate() {
        let mut first_party = 0;
        for place in 0..kept.calls {
            let id = kept.id(place);
            while let Some(step) = waiting.next_if(|(next, _)| *next < id) {
                calls.extend(come(step));
            }
            match waiting.next_if(|(next, _)| *next == id) {
                Some(step) => calls.extend(come(step)),
                None => calls.push((id, From::Kept { part, place, first_party })),
            }
            first_party += kept.single[Column::Parties.place()][place] as usize;
        }
    }
    calls.extend(waiting.filter_map(come));
    calls
}

impl Part {
    fn id(&self, place: usize) -> CallId {
        let of = |column: Column| self.single[column.place()][place];
        id_of(self.number, of(Column::Start), of(Column::Hash))
    }
}

pub(crate) fn damaged(part: i64) -> crate::LedgerError {
    crate::LedgerError::Row(format!("the columns of part {part} do not fit each other"))
}
