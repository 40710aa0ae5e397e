//! Sums of calls, so that a report over years need not look at every call: of each part by half-hours and queues, of each
//! month by whatever else people count by.
//!
//! They are a function of the set of calls. A call that goes or becomes another is taken off its month, and what comes is
//! put to it; half-hours and queues are of one part, and written with it from all its calls. A month's sums lie in several rows, by
//! values that are near each other, so that one call changes little.

use std::{collections::HashMap, hash::BuildHasher};

use chrono::Datelike;
use foldhash::fast::{FixedState, RandomState};
use rusqlite::params;

use crate::{
    Ledger, LedgerError, PartyRole, Result,
    column::{Column, SLOT_SECONDS, Shown},
    leb128::{put, take},
};

/// What calls are summed up by. The numbers are part of the keys of `call_sum`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum SumBy {
    /// Of their start, by the wall clock.
    HalfHour,
    Queue,
    Trunk,
    Did,
    AccountCode,
    AnsweredBy,
    /// By seconds; of these calls nothing else is kept but how many there are.
    Wait,
    Talk,
    /// Extensions that took part, see [`PartySums`].
    Extension,
    /// The outside party's number.
    Outside,
}

/// Sums over calls. Durations are seconds, each with how many calls they are known of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallSums {
    pub calls: u64,
    /// How often they came to somebody else who answered, and how many did.
    pub transfers: u64,
    pub handed_on: u64,
    pub wait: u64,
    pub waited: u64,
    /// Calls that waited no longer than [`SOON`].
    pub soon: u64,
    pub talk: u64,
    pub talk_known: u64,
    /// Calls with talk.
    pub talked: u64,
    pub billed: u64,
    pub billed_known: u64,
    pub total: u64,
    pub total_known: u64,
    /// The longest; kept of parts alone, for it cannot be taken off.
    pub wait_most: u64,
    pub talk_most: u64,
}

/// What an extension did: in how many calls, and its seconds of talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartySums {
    pub calls: u64,
    /// By [`PartySums::ROLES`].
    pub roles: [u64; 7],
    pub talk: u64,
}

impl PartySums {
    pub const ROLES: [PartyRole; 7] = [
        PartyRole::Rung,
        PartyRole::Answered,
        PartyRole::AnsweredFirst,
        PartyRole::Transferred,
        PartyRole::MissedAlone,
        PartyRole::Made,
        PartyRole::Talked,
    ];
}

/// Values that lie in the same row of a month: two to the power of this.
const NEAR: u32 = 10;

/// Seconds within which most offices want to answer.
pub const SOON: u32 = 20;

/// All sums of one cell, in the order of [`CallSums`]; of extensions in that of [`PartySums`].
pub(crate) type Numbers = [u64; 15];

const WAIT_MOST: usize = 13;
const TALK_MOST: usize = 14;

/// Calls of one value and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub value: u32,
    pub kind: Kind,
    pub numbers: Numbers,
}

/// Direction, outcome, and whether the call is going on (1) or over (0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Kind(u32);

impl Kind {
    fn of(direction: u32, outcome: u32, live: u32) -> Self {
        Self(direction & 7 | (outcome & 0xfff) << 3 | live << 15)
    }

    pub fn direction(self) -> u32 {
        self.0 & 7
    }

    pub fn outcome(self) -> u32 {
        self.0 >> 3 & 0xfff
    }

    pub fn live(self) -> u32 {
        self.0 >> 15
    }
}

impl SumBy {
    const OF_MONTHS: [(Self, Column); 7] = [
        (Self::Trunk, Column::Trunk),
        (Self::Did, Column::Did),
        (Self::AccountCode, Column::AccountCode),
        (Self::AnsweredBy, Column::AnsweredBy),
        (Self::Wait, Column::Wait),
        (Self::Talk, Column::Talk),
        (Self::Outside, Column::Outside),
    ];

    /// Of a part, or of values of a month.
    fn key(self, of: i64) -> i64 {
        i64::from(self as u8) << 48 | of
    }

    fn of_key(key: i64) -> Option<Self> {
        let others = [Self::HalfHour, Self::Queue, Self::Extension];
        let mut all = Self::OF_MONTHS.iter().map(|(by, _)| *by).chain(others);
        all.find(|by| by.key(0) >> 48 == key >> 48)
    }

    /// The keys of a part, or of all values of a month; and of those after it.
    fn keys(self, (first, last): (i64, i64)) -> (i64, i64) {
        if self.is_of_parts() {
            (self.key(first), self.key(last))
        } else {
            (self.key(first << 24), self.key((last + 1) << 24) - 1)
        }
    }

    pub(crate) fn is_of_parts(self) -> bool {
        matches!(self, Self::HalfHour | Self::Queue)
    }
}

impl From<Numbers> for CallSums {
    fn from(numbers: Numbers) -> Self {
        let [
            calls,
            transfers,
            handed_on,
            wait,
            waited,
            soon,
            talk,
            talk_known,
            talked,
            billed,
            billed_known,
            total,
            total_known,
            wait_most,
            talk_most,
        ] = numbers;
        Self {
            calls,
            transfers,
            handed_on,
            wait,
            waited,
            soon,
            talk,
            talk_known,
            talked,
            billed,
            billed_known,
            total,
            total_known,
            wait_most,
            talk_most,
        }
    }
}

impl From<Numbers> for PartySums {
    fn from(numbers: Numbers) -> Self {
        let roles = std::array::from_fn(|role| numbers[1 + role]);
        Self { calls: numbers[0], roles, talk: numbers[1 + Self::ROLES.len()] }
    }
}

/// The month of a part, in months since the year 0.
pub(crate) fn month_of(part: i64) -> i64 {
    let day = chrono::DateTime::from_timestamp(part * SLOT_SECONDS, 0).unwrap_or_default();
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// What came to months and went from them while parts were written. Numbers wrap around: what goes is added as less
/// than nothing.
#[derive(Debug, Default)]
pub(crate) struct SumChanges {
    /// In the order in which they were changed; of extensions last of all.
    months: Vec<(i64, [Cells; OF_MONTHS + 1])>,
}

/// The columns of a part that its own sums are made of.
#[derive(Debug, Default)]
pub(crate) struct SummedColumns {
    calls: usize,
    /// By the places of columns; of others there are no values.
    columns: Vec<Vec<u32>>,
}

const SUMMED: [Column; 10] = [
    Column::Start,
    Column::Direction,
    Column::Outcome,
    Column::Live,
    Column::Wait,
    Column::Talk,
    Column::Billed,
    Column::Total,
    Column::Transfers,
    Column::Queue,
];

impl SummedColumns {
    pub fn take(&mut self, column: Column, values: &[u32]) {
        if SUMMED.contains(&column) {
            self.columns.resize(self.columns.len().max(column.place() + 1), Vec::new());
            self.columns[column.place()].extend_from_slice(values);
            self.calls = values.len();
        }
    }

    fn summed_by(&self, value: impl Fn(u32, u32) -> u32) -> Vec<Cell> {
        let mut cells = Cells::default();
        // Mostly calls of one value and kind follow each other, or calls of few.
        for place in 0..self.calls {
            let of = |column: Column| self.columns[column.place()].get(place).copied().unwrap_or(0);
            let mut numbers = numbers_of(of);
            let cell = cells.at(value(of(Column::Start), of(Column::Queue)), kind_of(of));
            for (most, of) in [(WAIT_MOST, 3), (TALK_MOST, 6)] {
                cell[most] = cell[most].max(numbers[of]);
            }
            numbers[WAIT_MOST..].fill(0);
            add(cell, &numbers);
        }
        cells.in_order()
    }
}

fn kind_of(of: impl Fn(Column) -> u32) -> Kind {
    Kind::of(of(Column::Direction), of(Column::Outcome), of(Column::Live))
}

fn numbers_of(of: impl Fn(Column) -> u32) -> Numbers {
    let known = |column| of(column).checked_sub(1);
    let seconds = |value: Option<u32>| u64::from(value.unwrap_or(0));
    let there = |value: Option<u32>| u64::from(value.is_some());
    let (wait, talk) = (known(Column::Wait), known(Column::Talk));
    let (billed, total) = (known(Column::Billed), known(Column::Total));
    let transfers = u64::from(of(Column::Transfers));
    [
        1,
        transfers,
        transfers.min(1),
        seconds(wait),
        there(wait),
        u64::from(wait.is_some_and(|wait| wait <= SOON)),
        seconds(talk),
        there(talk),
        seconds(talk).min(1),
        seconds(billed),
        there(billed),
        seconds(total),
        there(total),
        0,
        0,
    ]
}

fn add(cell: &mut Numbers, numbers: &Numbers) {
    for (sum, number) in cell.iter_mut().zip(numbers) {
        *sum = sum.wrapping_add(*number);
    }
}

/// How many sums [`SumBy::OF_MONTHS`] and extensions have.
const OF_MONTHS: usize = SumBy::OF_MONTHS.len();

impl SumChanges {
    /// A call has gone, or becomes another; `of` has its values, then come those of its parties.
    pub fn take_off(
        &mut self,
        month: i64,
        of: impl Fn(Column) -> u32,
        parties: impl Iterator<Item = [u32; 3]>,
    ) {
        self.change(month, of, parties, u64::wrapping_neg);
    }

    /// A call has come.
    pub fn put_to(
        &mut self,
        month: i64,
        of: impl Fn(Column) -> u32,
        parties: impl Iterator<Item = [u32; 3]>,
    ) {
        self.change(month, of, parties, |number| number);
    }

    fn change(
        &mut self,
        month: i64,
        of: impl Fn(Column) -> u32,
        parties: impl Iterator<Item = [u32; 3]>,
        signed: impl Fn(u64) -> u64,
    ) {
        if self.months.last().is_none_or(|(last, _)| *last != month) {
            self.months.push((month, Default::default()));
        }
        let Some((_, sums)) = self.months.last_mut() else { return };
        let kind = kind_of(&of);
        let numbers = numbers_of(&of).map(&signed);
        for ((by, column), cells) in SumBy::OF_MONTHS.iter().zip(sums.iter_mut()) {
            let cell = cells.at(of(*column), kind);
            match by {
                SumBy::Wait | SumBy::Talk => cell[0] = cell[0].wrapping_add(numbers[0]),
                _ => add(cell, &numbers),
            }
        }
        for [extension, did, talk] in parties {
            let mut numbers = Numbers::default();
            numbers[0] = 1;
            for (number, role) in numbers[1..].iter_mut().zip(PartySums::ROLES) {
                *number = u64::from(role.is_in(did));
            }
            numbers[1 + PartySums::ROLES.len()] = u64::from(talk);
            add(sums[OF_MONTHS].at(extension, Kind::default()), &numbers.map(&signed));
        }
    }
}

/// Sums while calls are added: of a value first its newest kind, which says where the one before it is.
#[derive(Debug, Default)]
struct Cells {
    /// By values that lie near each other, for each one more than the place of its newest cell, 0 for none yet.
    newest: HashMap<u32, Box<[u32; 1 << NEAR]>, RandomState>,
    /// The place of the cell of the same value and another kind, as above.
    cells: Vec<(Cell, u32)>,
}

impl Cells {
    fn at(&mut self, value: u32, kind: Kind) -> &mut Numbers {
        let near = self.newest.entry(value >> NEAR).or_insert_with(|| Box::new([0; 1 << NEAR]));
        let newest = &mut near[value as usize % (1 << NEAR)];
        let mut at = *newest;
        while let Some((cell, before)) = (at as usize).checked_sub(1).and_then(|at| self.cells.get(at)) {
            if cell.kind == kind {
                break;
            }
            at = *before;
        }
        if at == 0 {
            self.cells.push((Cell { value, kind, numbers: Numbers::default() }, *newest));
            *newest = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
            at = *newest;
        }
        &mut self.cells[at as usize - 1].0.numbers
    }

    fn in_order(self) -> Vec<Cell> {
        let mut cells: Vec<Cell> = self.cells.into_iter().map(|(cell, _)| cell).collect();
        cells.retain(|cell| cell.numbers.iter().any(|number| *number > 0));
        cells.sort_unstable_by_key(|cell| (cell.value, cell.kind));
        cells
    }
}

impl Ledger {
    /// Writes the sums of a part that has these columns.
    pub(crate) fn write_part_sums(&self, number: i64, columns: &SummedColumns) -> Result<()> {
        // Half-hours since the one in which the part begins.
        let half_hour = |start: u32, _| {
            let start = number * SLOT_SECONDS + i64::from(start);
            u32::try_from(start / (2 * SLOT_SECONDS) - number / 2).unwrap_or(0)
        };
        self.keep_cells(SumBy::HalfHour.key(number), &columns.summed_by(half_hour))?;
        self.keep_cells(SumBy::Queue.key(number), &columns.summed_by(|_, queue| queue))
    }

    /// A part has gone.
    pub(crate) fn forget_part_sums(&self, number: i64) -> Result<()> {
        self.keep_cells(SumBy::HalfHour.key(number), &[])?;
        self.keep_cells(SumBy::Queue.key(number), &[])
    }
}

impl Ledger {
    /// Works what came and went into the sums of months.
    pub(crate) fn write_sums(&self, changes: SumChanges) -> Result<()> {
        let by = SumBy::OF_MONTHS.iter().map(|(by, _)| *by).chain([SumBy::Extension]);
        for (month, sums) in changes.months {
            for (by, cells) in by.clone().zip(sums) {
                let cells = cells.in_order();
                for near in cells.chunk_by(|one, other| one.value >> NEAR == other.value >> NEAR) {
                    let Some(Cell { value, .. }) = near.first() else { continue };
                    self.change_cells(by.key(month << 24 | i64::from(value >> NEAR)), near)?;
                }
            }
        }
        Ok(())
    }

    fn change_cells(&self, key: i64, changes: &[Cell]) -> Result<()> {
        let mut cells = Vec::with_capacity(changes.len());
        let mut changes = changes.iter().copied().peekable();
        let place = |cell: &Cell| (cell.value, cell.kind);
        let mut statement = self.connection.prepare_cached("SELECT body FROM call_sum WHERE id = ?")?;
        let mut rows = statement.query([key])?;
        if let Some(row) = rows.next()? {
            each_cell(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?, |kept| {
                while let Some(change) = changes.next_if(|change| place(change) < place(kept)) {
                    cells.push(change);
                }
                let mut cell = *kept;
                if let Some(change) = changes.next_if(|change| place(change) == place(kept)) {
                    add(&mut cell.numbers, &change.numbers);
                }
                cells.push(cell);
            })?;
        }
        drop(rows);
        cells.extend(changes);
        cells.retain(|cell| cell.numbers.iter().any(|number| *number > 0));
        self.keep_cells(key, &cells)
    }

    fn keep_cells(&self, key: i64, cells: &[Cell]) -> Result<()> {
        if cells.is_empty() {
            self.connection.prepare_cached("DELETE FROM call_sum WHERE id = ?")?.execute([key])?;
        } else {
            let sql = "INSERT OR REPLACE INTO call_sum (id, body) VALUES (?, ?)";
            self.connection.prepare_cached(sql)?.execute(params![key, packed(cells)])?;
        }
        Ok(())
    }

    /// Goes through what is kept by something of parts or months, both inclusive.
    pub(crate) fn each_kept(
        &self,
        by: SumBy,
        (first, last): (i64, i64),
        mut visit: impl FnMut(i64, &Cell),
    ) -> Result<()> {
        let sql = "SELECT id, body FROM call_sum WHERE id BETWEEN ? AND ? ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let (first, last) = by.keys((first, last));
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let of = row.get::<_, i64>(0)? - by.key(0);
            let of = if by.is_of_parts() { of } else { of >> 24 };
            each_cell(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?, |cell| visit(of, cell))?;
        }
        Ok(())
    }
}

impl Ledger {
    /// Every sum, with texts for what stands for them; in whatever order these have got their numbers.
    pub(crate) fn sums_digest(&self) -> Result<(u64, u64)> {
        let mut statement = self.connection.prepare("SELECT id, body FROM call_sum ORDER BY id")?;
        let mut rows = statement.query([])?;
        let (mut count, mut sum) = (0_u64, 0_u64);
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            let by = SumBy::of_key(key);
            let mut cells = Vec::new();
            each_cell(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?, |cell| cells.push(*cell))?;
            for Cell { value, kind, numbers } in cells {
                let text = match by {
                    Some(SumBy::HalfHour | SumBy::Wait | SumBy::Talk) | None => value.to_string(),
                    Some(SumBy::AnsweredBy) => match Shown::of(value) {
                        Shown::Term(id) => self.term_text(id)?,
                        other => other.kept().to_string(),
                    },
                    Some(_) if value == 0 => String::new(),
                    Some(SumBy::Outside) => self.printed(value)?,
                    Some(_) => self.term_text(value)?,
                };
                // Which row it lies in depends on the number of its text.
                let of = if by.is_some_and(SumBy::is_of_parts) { key } else { key >> 24 };
                let hasher = FixedState::with_seed(7);
                sum = sum.wrapping_add(hasher.hash_one((of, text, kind, numbers)));
                count += 1;
            }
        }
        Ok((count, sum))
    }
}

/// Each cell as how much its value is more than the one before, its kind, which numbers it has as bits, and these.
fn packed(cells: &[Cell]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(cells.len() * 16);
    let mut before = 0;
    for Cell { value, kind, numbers } in cells {
        put(&mut bytes, u64::from(value - before));
        before = *value;
        put(&mut bytes, u64::from(kind.0));
        let there = numbers.iter().enumerate().filter(|(_, number)| **number > 0);
        put(&mut bytes, there.clone().map(|(place, _)| 1_u64 << place).sum());
        there.for_each(|(_, number)| put(&mut bytes, *number));
    }
    bytes
}

fn each_cell(mut bytes: &[u8], mut visit: impl FnMut(&Cell)) -> Result<()> {
    let damaged = || LedgerError::Row("sums of calls are damaged".to_owned());
    let mut value = 0_u32;
    while !bytes.is_empty() {
        let mut next = || match bytes.split_first() {
            // Mostly it is one byte.
            Some((byte, rest)) if *byte < 0x80 => {
                bytes = rest;
                Ok(u64::from(*byte))
            }
            _ => take(&mut bytes).ok_or_else(damaged),
        };
        let narrow = |number: u64| u32::try_from(number).map_err(|_| damaged());
        value = value.checked_add(narrow(next()?)?).ok_or_else(damaged)?;
        let kind = Kind(narrow(next()?)?);
        let mut there = next()?;
        let mut numbers = Numbers::default();
        while there > 0 {
            let place = there.trailing_zeros() as usize;
            *numbers.get_mut(place).ok_or_else(damaged)? = next()?;
            there &= there - 1;
        }
        visit(&Cell { value, kind, numbers });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were_packed() {
        let mut numbers = Numbers::default();
        (numbers[0], numbers[6], numbers[14]) = (1, 70_000, u64::MAX);
        let cells = [
            Cell { value: 3, kind: Kind::of(1, 13, 1), numbers },
            Cell { value: 3, kind: Kind::of(2, 13, 1), numbers },
            Cell { value: 900_000, kind: Kind::default(), numbers },
        ];
        assert_eq!([cells[0].kind.direction(), cells[0].kind.outcome(), cells[0].kind.live()], [1, 13, 1]);
        let mut back = Vec::new();
        each_cell(&packed(&cells), |cell| back.push(*cell)).unwrap();
        assert_eq!(back, cells);
        assert!(each_cell(&[1, 2, 0x80], |_| {}).is_err());
        assert!(each_cell(&[1, 2, 0x80, 0x80, 0x02, 1], |_| {}).is_err(), "more numbers than there are");
    }

    #[test]
    fn a_part_is_of_the_month_on_the_wall() {
        let part = |day: &str| {
            let day: chrono::NaiveDate = day.parse().unwrap();
            day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() / SLOT_SECONDS
        };
        assert_eq!(month_of(part("2026-11-01")), 2026 * 12 + 10);
        assert_eq!(month_of(part("2026-11-01") - 1), 2026 * 12 + 9);
    }
}
