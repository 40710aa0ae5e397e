//! Sums of the calls of a month by whatever people count by, so that a report over years need not look at every call.
//!
//! A month is summed up when its calls have come to rest: at the end of an import, or when another day begins. Whatever
//! changes one of its calls takes its sums away in the same transaction, and until they are made again it is counted call by
//! call. So sums are never behind, and a call that comes costs nothing here.

use std::{collections::HashMap, hash::BuildHasher, ops::ControlFlow};

use chrono::{Datelike, NaiveDate};
use foldhash::fast::{FixedState, RandomState};
use rusqlite::params;

use crate::{
    Ledger, LedgerError, PartyRole, Result,
    column::{Column, SLOT_SECONDS, Shown},
    leb128::{put, take},
    scan::{PartView, Way},
};

/// What calls are summed up by. The numbers are part of the keys of `month_sum`.
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
    /// Why they were taken down, see [`CallField::Cause`](crate::CallField).
    Cause,
    /// From whom to whom they went on, see [`CallField::Handed`](crate::CallField).
    Handed,
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
    /// Calls whose outside party has a number.
    pub numbered: u64,
    /// The longest.
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

/// Seconds within which most offices want to answer.
pub const SOON: u32 = 20;

/// All sums of one cell, in the order of [`CallSums`]; of extensions in that of [`PartySums`].
pub(crate) type Numbers = [u64; 16];

const WAIT_MOST: usize = 14;
const TALK_MOST: usize = 15;

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
    pub fn of(direction: u32, outcome: u32, live: u32) -> Self {
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
    /// What calls are summed up by as a column has it; half-hours and extensions are told by more than one.
    const BY_COLUMN: [(Self, Column); 10] = [
        (Self::Queue, Column::Queue),
        (Self::Trunk, Column::Trunk),
        (Self::Did, Column::Did),
        (Self::AccountCode, Column::AccountCode),
        (Self::AnsweredBy, Column::AnsweredBy),
        (Self::Wait, Column::Wait),
        (Self::Talk, Column::Talk),
        (Self::Outside, Column::Outside),
        (Self::Cause, Column::Cause),
        (Self::Handed, Column::Handed),
    ];

    fn all() -> impl Iterator<Item = Self> {
        [Self::HalfHour, Self::Extension].into_iter().chain(Self::BY_COLUMN.map(|(by, _)| by))
    }

    /// The keys of all rows of months, both inclusive.
    fn keys(self, (first, last): (i64, i64)) -> (i64, i64) {
        let by = i64::from(self as u8) << 48;
        (by | first << 24, (by | (last + 1) << 24) - 1)
    }

    /// The month of a row.
    fn month(key: i64) -> i64 {
        key >> 24 & 0xff_ffff
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
            numbered,
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
            numbered,
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

/// Wall-clock seconds at which a month begins.
pub(crate) fn begin_of(month: i64) -> i64 {
    let year = i32::try_from(month.div_euclid(12)).unwrap_or(i32::MAX);
    let month = u32::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX);
    first.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

/// Seconds of a half-hour.
pub(crate) const HALF_HOUR: i64 = 30 * 60;

impl Ledger {
    /// Calls of this month have changed: its sums no longer hold.
    pub(crate) fn forget_sums(&self, month: i64) -> Result<()> {
        let mut unsummed =
            self.connection.prepare_cached("INSERT OR IGNORE INTO unsummed_month VALUES (?)")?;
        if unsummed.execute([month])? > 0 {
            self.delete_sums(month)?;
        }
        Ok(())
    }

    fn delete_sums(&self, month: i64) -> Result<()> {
        let mut delete = self.connection.prepare_cached("DELETE FROM month_sum WHERE id BETWEEN ? AND ?")?;
        for by in SumBy::all() {
            let (first, last) = by.keys((month, month));
            delete.execute([first, last])?;
        }
        Ok(())
    }

    /// Months whose calls have changed since they were summed up, in months since the year 0.
    pub fn unsummed_months(&self) -> Result<Vec<i64>> {
        let sql = "SELECT month FROM unsummed_month ORDER BY month";
        let mut statement = self.connection.prepare_cached(sql)?;
        let months = statement.query_map([], |row| row.get(0))?;
        Ok(months.collect::<rusqlite::Result<_>>()?)
    }

    /// Sums up the calls of a month. Takes a tenth of a second for a quarter of a million calls, in a transaction of the
    /// caller's.
    pub fn sum_up_month(&self, month: i64) -> Result<()> {
        self.delete_sums(month)?;
        let mut insert = self.connection.prepare_cached("INSERT INTO month_sum (id, body) VALUES (?, ?)")?;
        for (by, cells) in self.summed_up(month)? {
            let (first, _) = by.keys((month, month));
            for (key, cells) in (first..).zip(cells.chunks(CELLS_IN_A_ROW)) {
                insert.execute(params![key, packed(cells)])?;
            }
        }
        self.connection.prepare_cached("DELETE FROM unsummed_month WHERE month = ?")?.execute([month])?;
        Ok(())
    }

    /// Of months, both inclusive, which have sums and which have none, each in stretches.
    pub(crate) fn summed_months(&self, (first, last): (i64, i64)) -> Result<(Stretches, Stretches)> {
        let sql = "SELECT month FROM unsummed_month WHERE month BETWEEN ? AND ? ORDER BY month";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([first, last])?;
        let (mut with, mut without) = (Stretches::new(), Stretches::new());
        let mut next = first;
        while let Some(row) = rows.next()? {
            let month: i64 = row.get(0)?;
            if next < month {
                with.push((next, month - 1));
            }
            match without.last_mut() {
                Some((_, end)) if *end + 1 == month => *end = month,
                _ => without.push((month, month)),
            }
            next = month + 1;
        }
        if next <= last {
            with.push((next, last));
        }
        Ok((with, without))
    }

    /// Goes through the sums that are kept of months, both inclusive.
    pub(crate) fn each_kept(
        &self,
        by: SumBy,
        months: (i64, i64),
        mut visit: impl FnMut(i64, &Cell),
    ) -> Result<()> {
        let sql = "SELECT id, body FROM month_sum WHERE id BETWEEN ? AND ? ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let (first, last) = by.keys(months);
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let month = SumBy::month(row.get(0)?);
            each_cell(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?, |cell| visit(month, cell))?;
        }
        Ok(())
    }

    fn summed_up(&self, month: i64) -> Result<Vec<(SumBy, Vec<Cell>)>> {
        let mut sums = MonthSums { begin: begin_of(month), ..MonthSums::default() };
        let parts = (begin_of(month) / SLOT_SECONDS, begin_of(month + 1) / SLOT_SECONDS - 1);
        let look = |part: &PartView<'_>| sums.add(part).map(ControlFlow::Continue);
        // Nothing breaks off.
        let _ = self.each_part(&SUMMED, parts, Way::OldestFirst, look)?;
        Ok(sums.in_order())
    }

    /// Every sum, with texts for what stands for them, in whatever order these have got their numbers; of months that
    /// have none, what they would be.
    pub(crate) fn sums_digest(&self) -> Result<(u64, u64)> {
        let sql = "SELECT DISTINCT part FROM call_part";
        let mut statement = self.connection.prepare(sql)?;
        let parts = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        let mut months: Vec<i64> = parts.into_iter().map(month_of).collect();
        months.sort_unstable();
        months.dedup();
        let (mut count, mut sum) = (0_u64, 0_u64);
        for month in months {
            let (with, _) = self.summed_months((month, month))?;
            let mut kept: Vec<(SumBy, Vec<Cell>)> = Vec::new();
            if with.is_empty() {
                kept = self.summed_up(month)?;
            } else {
                for by in SumBy::all() {
                    let mut cells = Vec::new();
                    self.each_kept(by, (month, month), |_, cell| cells.push(*cell))?;
                    kept.push((by, cells));
                }
            }
            for (by, cells) in kept {
                for Cell { value, kind, numbers } in cells {
                    let of = (by, month, self.summed_text(by, value)?);
                    sum = sum.wrapping_add(FixedState::with_seed(7).hash_one((of, kind, numbers)));
                    count += 1;
                }
            }
        }
        Ok((count, sum))
    }

    fn summed_text(&self, by: SumBy, value: u32) -> Result<String> {
        match by {
            SumBy::HalfHour | SumBy::Wait | SumBy::Talk => Ok(value.to_string()),
            SumBy::AnsweredBy => match Shown::of(value) {
                Shown::Term(id) => self.term_text(id),
                other => Ok(other.kept().to_string()),
            },
            _ if value == 0 => Ok(String::new()),
            SumBy::Outside => self.printed(value),
            _ => self.term_text(value),
        }
    }
}

/// Months, both inclusive.
pub(crate) type Stretches = Vec<(i64, i64)>;

/// So that no row is megabytes long.
const CELLS_IN_A_ROW: usize = 4096;

/// The columns that sums are made of.
const SUMMED: [Column; 21] = [
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
    Column::Trunk,
    Column::Did,
    Column::AccountCode,
    Column::AnsweredBy,
    Column::Outside,
    Column::Cause,
    Column::Handed,
    Column::Parties,
    Column::PartyExtension,
    Column::PartyDid,
    Column::PartyTalk,
];

/// Sums of a month while its calls are looked at.
#[derive(Debug, Default)]
struct MonthSums {
    /// Wall-clock seconds.
    begin: i64,
    half_hours: Cells,
    extensions: Cells,
    by_column: [Cells; SumBy::BY_COLUMN.len()],
    /// Of the part that is looked at, by the places of columns.
    columns: Vec<Vec<u32>>,
}

impl MonthSums {
    fn add(&mut self, part: &PartView<'_>) -> Result<()> {
        self.columns.resize_with(Column::SINGLE.len() + Column::OF_PARTIES.len(), Vec::new);
        for column in SUMMED {
            self.columns[column.place()] = part.values(column)?.to_vec();
        }
        let begin = part.number * SLOT_SECONDS - self.begin;
        let mut parties = 0;
        for place in 0..part.calls {
            let of = |column: Column| self.columns[column.place()][place];
            let kind = Kind::of(of(Column::Direction), of(Column::Outcome), of(Column::Live));
            let numbers = numbers_of(of);
            let half_hour = (begin + i64::from(of(Column::Start))) / HALF_HOUR;
            add(self.half_hours.at(u32::try_from(half_hour).unwrap_or(0), kind), &numbers);
            for ((by, column), cells) in SumBy::BY_COLUMN.iter().zip(&mut self.by_column) {
                let cell = cells.at(of(*column), kind);
                match by {
                    SumBy::Wait | SumBy::Talk => cell[0] += 1,
                    _ => add(cell, &numbers),
                }
            }
            let count = of(Column::Parties) as usize;
            for party in parties..parties + count {
                let of = |column: Column| self.columns[column.place()].get(party).copied().unwrap_or(0);
                let (did, talk) = (of(Column::PartyDid), u64::from(of(Column::PartyTalk)));
                let sums = self.extensions.at(of(Column::PartyExtension), Kind::default());
                sums[0] += 1;
                for (sum, role) in sums[1..].iter_mut().zip(PartySums::ROLES) {
                    *sum += u64::from(role.is_in(did));
                }
                sums[1 + PartySums::ROLES.len()] += talk;
            }
            parties += count;
        }
        Ok(())
    }

    fn in_order(self) -> Vec<(SumBy, Vec<Cell>)> {
        let by_column = SumBy::BY_COLUMN.iter().map(|(by, _)| *by).zip(self.by_column);
        let all = [(SumBy::HalfHour, self.half_hours), (SumBy::Extension, self.extensions)].into_iter();
        all.chain(by_column).map(|(by, cells)| (by, cells.in_order())).collect()
    }
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
        u64::from(of(Column::Outside) > 0),
        seconds(wait),
        seconds(talk),
    ]
}

fn add(sums: &mut Numbers, numbers: &Numbers) {
    for (sum, number) in sums[..WAIT_MOST].iter_mut().zip(numbers) {
        *sum += number;
    }
    for most in [WAIT_MOST, TALK_MOST] {
        sums[most] = sums[most].max(numbers[most]);
    }
}

/// Values that lie beside each other: two to the power of this.
const NEAR: u32 = 10;

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
        cells.sort_unstable_by_key(|cell| (cell.value, cell.kind));
        cells
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
        (numbers[0], numbers[6], numbers[15]) = (1, 70_000, u64::MAX);
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
        assert!(each_cell(&[1, 2, 0x80, 0x80, 0x04, 1], |_| {}).is_err(), "more numbers than there are");
    }

    #[test]
    fn a_part_is_of_the_month_on_the_wall() {
        let part = |day: &str| {
            let day: NaiveDate = day.parse().unwrap();
            day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() / SLOT_SECONDS
        };
        assert_eq!(month_of(part("2026-11-01")), 2026 * 12 + 10);
        assert_eq!(month_of(part("2026-11-01") - 1), 2026 * 12 + 9);
        assert_eq!(begin_of(2026 * 12 + 10), part("2026-11-01") * SLOT_SECONDS);
        assert_eq!(begin_of(2026 * 12 + 12), part("2027-01-01") * SLOT_SECONDS);
    }
}
