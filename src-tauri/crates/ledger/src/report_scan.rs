//! Columns of the calls of a selection, handed out to whoever counts them.

use std::ops::ControlFlow;

use chrono::NaiveDate;

use crate::{
    CallSelection, Ledger, Result,
    beside::beside,
    column::{Column, SLOT_SECONDS, Shown, WINDOW_SLOTS},
    scan::{PartView, ReadPart, Way},
    sieve::{Marks, Sieve},
    values::count,
};

/// What can be asked of calls. Durations are kept as one more than they are, 0 for unknown; words by numbers, 0 for
/// none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallField {
    /// Seconds since the beginning of the block.
    Start,
    /// The rest of the call's id.
    Hash,
    /// Seconds east of UTC, and a day.
    Offset,
    Direction,
    Outcome,
    Live,
    Ring,
    Wait,
    Talk,
    Billed,
    Total,
    /// What is shown of who called: a word, or [`SHOWN_NUMBER`].
    Caller,
    AnsweredBy,
    Outside,
    Trunk,
    Did,
    Queue,
    AccountCode,
    Transfers,
    /// A word, see [`Column::Cause`](crate::column::Column).
    Cause,
    /// A word that [`handings`](crate::handings) reads.
    Handed,
    /// How many extensions took part; the fields after this one have so many values for each call.
    Parties,
    PartyExtension,
    /// Bits, see [`PartyRole`](crate::PartyRole).
    PartyDid,
    PartyTalk,
}

/// Of [`CallField::Caller`] and [`CallField::AnsweredBy`]: the outside party's number is shown.
pub const SHOWN_NUMBER: u32 = 1;

/// Calls that start within some hours of each other.
#[derive(Debug, Default)]
pub struct CallBlock {
    /// Wall-clock seconds that [`CallField::Start`] counts from.
    pub begin: i64,
    pub calls: usize,
    columns: Vec<Vec<u32>>,
}

impl CallBlock {
    /// Values of the fields asked for, in their order.
    pub fn columns(&self) -> &[Vec<u32>] {
        &self.columns
    }
}

impl CallField {
    fn column(self) -> Column {
        match self {
            Self::Start => Column::Start,
            Self::Hash => Column::Hash,
            Self::Offset => Column::Offset,
            Self::Direction => Column::Direction,
            Self::Outcome => Column::Outcome,
            Self::Live => Column::Live,
            Self::Ring => Column::Ring,
            Self::Wait => Column::Wait,
            Self::Talk => Column::Talk,
            Self::Billed => Column::Billed,
            Self::Total => Column::Total,
            Self::Caller => Column::Caller,
            Self::AnsweredBy => Column::AnsweredBy,
            Self::Outside => Column::Outside,
            Self::Trunk => Column::Trunk,
            Self::Did => Column::Did,
            Self::Queue => Column::Queue,
            Self::AccountCode => Column::AccountCode,
            Self::Transfers => Column::Transfers,
            Self::Cause => Column::Cause,
            Self::Handed => Column::Handed,
            Self::Parties => Column::Parties,
            Self::PartyExtension => Column::PartyExtension,
            Self::PartyDid => Column::PartyDid,
            Self::PartyTalk => Column::PartyTalk,
        }
    }
}

fn of_parties(column: Column) -> bool {
    Column::OF_PARTIES.contains(&column)
}

/// Looks at one part after the other.
struct Visitor<V> {
    visit: V,
    block: CallBlock,
    marks: Marks,
}

impl<V: FnMut(&CallBlock)> Visitor<V> {
    fn look(&mut self, reading: &Reading<'_>, part: &PartView<'_>) -> Result<()> {
        if !reading.sieve.sift(part, &mut self.marks)? {
            return Ok(());
        }
        let (block, kept) = (&mut self.block, &self.marks.kept);
        block.begin = part.number * SLOT_SECONDS;
        block.calls = count(kept);
        block.columns.resize(reading.columns.len(), Vec::new());
        let all = block.calls == kept.len();
        let counts = if !all && reading.columns.iter().copied().any(of_parties) {
            part.values(Column::Parties)?.to_vec()
        } else {
            Vec::new()
        };
        for (column, values) in reading.columns.iter().zip(&mut block.columns) {
            let whole = part.values(*column)?.to_vec();
            if all {
                *values = whole;
                continue;
            }
            values.clear();
            if of_parties(*column) {
                let mut first = 0;
                for (count, kept) in counts.iter().zip(kept) {
                    let parties = first..whole.len().min(first + *count as usize);
                    first = parties.end;
                    if *kept {
                        values.extend(whole.get(parties).unwrap_or_default());
                    }
                }
            } else {
                // Each is written, and the next over it unless it is kept: that takes no branch that is hard to foretell.
                values.resize(whole.len() + 1, 0);
                let mut next = 0;
                for (value, kept) in whole.iter().zip(kept) {
                    values[next] = *value;
                    next += usize::from(*kept);
                }
                values.truncate(next);
            }
        }
        (self.visit)(block);
        Ok(())
    }
}

/// What is read of each part.
struct Reading<'a> {
    sieve: &'a Sieve,
    /// In the order of the fields asked for.
    columns: &'a [Column],
    /// Everything that is read.
    asked: &'a [Column],
}

impl Ledger {
    /// Hands out the calls of a selection in the order of their wall clock, some hours at a time. Of many parts the next
    /// are read while others are visited, on a thread of their own.
    pub fn each_block(
        &self,
        selection: &CallSelection,
        fields: &[CallField],
        visit: impl FnMut(&CallBlock) + Send,
    ) -> Result<()> {
        let sieve = self.sieve(selection)?;
        let columns: Vec<Column> = fields.iter().map(|field| field.column()).collect();
        let mut asked = sieve.columns();
        asked.extend(&columns);
        if columns.iter().copied().any(of_parties) {
            asked.push(Column::Parties);
        }
        if !asked.iter().any(|column| Column::SINGLE.contains(column)) {
            // Some column has to tell how many calls there are; this one is small.
            asked.push(Column::Live);
        }
        asked.sort_unstable_by_key(|column| column.place());
        asked.dedup();
        let reading = Reading { sieve: &sieve, columns: &columns, asked: &asked };
        let mut visitor = Visitor { visit, block: CallBlock::default(), marks: Marks::default() };
        let look = |part: &mut ReadPart| part.view(reading.asked, |part| visitor.look(&reading, part));
        let mut seen = |_: &ReadPart| Ok(ControlFlow::Continue(()));
        beside(look, |mut looking| {
            for (first, last) in sieve.windows() {
                let parts = (first * WINDOW_SLOTS, (last + 1) * WINDOW_SLOTS - 1);
                let take = |part: &PartView<'_>| looking.put(|next| next.read(part), &mut seen);
                let _ = self.each_part(&asked, parts, Way::OldestFirst, take)?;
            }
            looking.end(&mut seen)
        })
    }

    /// What a word of a field reads; empty for none.
    pub fn field_text(&self, field: CallField, value: u32) -> Result<String> {
        if !matches!(field, CallField::Caller | CallField::AnsweredBy) {
            return if value == 0 { Ok(String::new()) } else { self.term_text(value) };
        }
        match Shown::of(value) {
            Shown::Nothing => Ok(String::new()),
            Shown::Outside => Ok("(the other side)".to_owned()),
            Shown::Term(id) => self.term_text(id),
        }
    }

    /// Days of the oldest and the newest call, by the wall clock.
    pub fn first_and_last_day(&self) -> Result<Option<(NaiveDate, NaiveDate)>> {
        let sql = "SELECT min(part), max(part) FROM call_part";
        let (first, last): (Option<i64>, Option<i64>) =
            self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let day = |part: i64| Some(chrono::DateTime::from_timestamp(part * SLOT_SECONDS, 0)?.date_naive());
        Ok(first.and_then(day).zip(last.and_then(day)))
    }
}
