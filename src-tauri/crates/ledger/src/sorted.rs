//! Lists in another order than that of time: a count of each value tells which of them a page is of, so that nothing
//! but the page is collected.

use std::{cmp::Ordering, collections::HashMap, ops::ControlFlow};

use calls::CallId;

use crate::{
    CallOrder, CallSelection, Ledger, OrderBy, Result,
    call_query::marked,
    column::{Column, Shown, id_of},
    scan::{PartView, Way},
};

/// Texts looked up one by one; of more all are read.
const FEW: usize = 2000;

/// What a column's values are to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Term,
    Shown,
}

/// What a value that is sorted by reads: see [`sortable`].
enum Reads {
    Nothing,
    Term(u32),
    Number(u32),
}

/// Calls that are equal in the order asked for.
#[derive(Debug)]
struct Equal {
    values: Vec<u32>,
    calls: u32,
}

impl Ledger {
    /// The ids `offset .. offset + limit` of a list that is not in the order of time.
    pub(crate) fn ids_in_order(
        &self,
        selection: &CallSelection,
        order: CallOrder,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<CallId>> {
        let (column, kind) = sorted_by(order.by);
        let sieve = self.sieve(selection)?;
        let mut counts: Vec<u32> = Vec::new();
        let columns = [column, if kind == Kind::Shown { Column::Outside } else { column }];
        self.each_match(&sieve, &columns, Way::OldestFirst, |part, kept| {
            let values = sortable(part, column, kind)?;
            for place in marked(kept) {
                let value = values[place] as usize;
                if counts.len() <= value {
                    counts.resize(value + 1, 0);
                }
                counts[value] += 1;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let mut equal = self.equal_values(&counts, kind)?;
        if order.descending {
            equal.reverse();
        }

        // Of each group of equal calls that the page reaches: how many of it are skipped, how many taken.
        let mut wanted: HashMap<u32, usize> = HashMap::new();
        let mut groups: Vec<(u32, u32, Vec<CallId>)> = Vec::new();
        let (mut skip, mut room) = (offset, limit);
        for group in equal {
            if skip >= group.calls {
                skip -= group.calls;
                continue;
            }
            let taken = room.min(group.calls - skip);
            wanted.extend(group.values.into_iter().map(|value| (value, groups.len())));
            groups.push((skip, taken, Vec::with_capacity(taken as usize)));
            skip = 0;
            room -= taken;
            if room == 0 {
                break;
            }
        }
        let mut left: u64 = groups.iter().map(|(_, taken, _)| u64::from(*taken)).sum();
        if left == 0 {
            return Ok(Vec::new());
        }
        let way = Way::of(order.descending);
        let columns = [columns[0], columns[1], Column::Start, Column::Hash];
        self.each_match(&sieve, &columns, way, |part, kept| {
            let values = sortable(part, column, kind)?;
            let (starts, hashes) = (part.values(Column::Start)?, part.values(Column::Hash)?);
            for step in 0..kept.len() {
                let place = if order.descending { kept.len() - 1 - step } else { step };
                if !kept[place] {
                    continue;
                }
                let Some(group) = wanted.get(&values[place]) else { continue };
                let (skip, taken, ids) = &mut groups[*group];
                if *skip > 0 {
                    *skip -= 1;
                } else if ids.len() < *taken as usize {
                    ids.push(id_of(part.number, starts.get(place), hashes.get(place)));
                    left -= 1;
                }
            }
            Ok(if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(groups.into_iter().flat_map(|(.., ids)| ids).collect())
    }

    /// The values that occur, in order; those that read the same together.
    fn equal_values(&self, counts: &[u32], kind: Kind) -> Result<Vec<Equal>> {
        let occurring = (0_u32..).zip(counts).filter(|(_, calls)| **calls > 0);
        let single = |(value, calls): (u32, &u32)| Equal { values: vec![value], calls: *calls };
        if kind == Kind::Number {
            return Ok(occurring.map(single).collect());
        }
        let values: Vec<u32> = occurring.map(|(value, _)| value).collect();
        let mut texts: Vec<(String, u32)> = self.texts_of(&values, kind)?;
        texts.sort_unstable_by(|(one, first), (other, second)| match one.cmp(other) {
            Ordering::Equal => first.cmp(second),
            unlike => unlike,
        });
        let mut equal: Vec<Equal> = Vec::new();
        for group in texts.chunk_by(|(one, _), (other, _)| one == other) {
            let values: Vec<u32> = group.iter().map(|(_, value)| *value).collect();
            let calls = values.iter().map(|value| counts[*value as usize]).sum();
            equal.push(Equal { values, calls });
        }
        Ok(equal)
    }

    /// What the values read.
    fn texts_of(&self, values: &[u32], kind: Kind) -> Result<Vec<(String, u32)>> {
        let reads = |value: u32| match (kind, value >> 1) {
            (Kind::Shown, 0) => Reads::Nothing,
            (Kind::Shown, id) if value & 1 == 1 => Reads::Number(id),
            (Kind::Shown, id) => Reads::Term(id),
            _ if value == 0 => Reads::Nothing,
            _ => Reads::Term(value),
        };
        if values.len() <= FEW {
            return values
                .iter()
                .map(|value| {
                    let text = match reads(*value) {
                        Reads::Nothing => String::new(),
                        Reads::Term(id) => self.term_text(id)?,
                        Reads::Number(id) => self.printed(id)?,
                    };
                    Ok((text, *value))
                })
                .collect();
        }
        let mut terms: HashMap<u32, u32> = HashMap::new();
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let mut texts = Vec::with_capacity(values.len());
        for value in values {
            match reads(*value) {
                Reads::Nothing => texts.push((String::new(), *value)),
                Reads::Term(id) => drop(terms.insert(id, *value)),
                Reads::Number(id) => drop(numbers.insert(id, *value)),
            }
        }
        for (sql, wanted) in
            [("SELECT id, text FROM term", terms), ("SELECT id, printed FROM number", numbers)]
        {
            if wanted.is_empty() {
                continue;
            }
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(value) = wanted.get(&row.get(0)?) {
                    texts.push((row.get(1)?, *value));
                }
            }
        }
        Ok(texts)
    }
}

/// The values of a column. What is shown of a party becomes twice the id of a text, or one more than twice that of the
/// outside party's number.
fn sortable(part: &PartView<'_>, column: Column, kind: Kind) -> Result<Vec<u32>> {
    let mut values = part.values(column)?.to_vec();
    if kind == Kind::Shown {
        for (value, outside) in values.iter_mut().zip(part.values(Column::Outside)?.iter()) {
            *value = match Shown::of(*value) {
                Shown::Nothing => 0,
                Shown::Term(id) => id << 1,
                Shown::Outside => outside << 1 | 1,
            };
        }
    }
    Ok(values)
}

fn sorted_by(by: OrderBy) -> (Column, Kind) {
    match by {
        OrderBy::Start => (Column::Start, Kind::Number),
        OrderBy::Caller => (Column::Caller, Kind::Shown),
        OrderBy::Called => (Column::Called, Kind::Shown),
        OrderBy::AnsweredBy => (Column::AnsweredBy, Kind::Shown),
        OrderBy::Direction => (Column::Direction, Kind::Number),
        OrderBy::Outcome => (Column::Outcome, Kind::Number),
        OrderBy::Ring => (Column::Ring, Kind::Number),
        OrderBy::Wait => (Column::Wait, Kind::Number),
        OrderBy::Talk => (Column::Talk, Kind::Number),
        OrderBy::Billed => (Column::Billed, Kind::Number),
        OrderBy::Total => (Column::Total, Kind::Number),
        OrderBy::Trunk => (Column::Trunk, Kind::Term),
        OrderBy::Did => (Column::Did, Kind::Term),
        OrderBy::Queue => (Column::Queue, Kind::Term),
        OrderBy::AccountCode => (Column::AccountCode, Kind::Term),
        OrderBy::Transfers => (Column::Transfers, Kind::Number),
    }
}
