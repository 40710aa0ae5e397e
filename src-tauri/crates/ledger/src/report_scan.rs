//! Columns of the calls of a selection, handed out to whoever counts them.

use std::ops::ControlFlow;

use chrono::NaiveDate;

use crate::{
    CallSelection, Ledger, Result,
    call_query::marked,
    column::{Column, SLOT_SECONDS, Shown},
    scan::Way,
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
    AnsweredBy,
    Outside,
    Trunk,
    Did,
    Queue,
    AccountCode,
    Transfers,
    /// How many extensions took part; the fields after this one have so many values for each call.
    Parties,
    PartyExtension,
    /// Bits, see [`PartyRole`](crate::PartyRole).
    PartyDid,
    PartyTalk,
}

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
            Self::AnsweredBy => Column::AnsweredBy,
            Self::Outside => Column::Outside,
            Self::Trunk => Column::Trunk,
            Self::Did => Column::Did,
            Self::Queue => Column::Queue,
            Self::AccountCode => Column::AccountCode,
            Self::Transfers => Column::Transfers,
            Self::Parties => Column::Parties,
            Self::PartyExtension => Column::PartyExtension,
            Self::PartyDid => Column::PartyDid,
            Self::PartyTalk => Column::PartyTalk,
        }
    }
}

impl Ledger {
    /// Hands out the calls of a selection in the order of their wall clock, some hours at a time.
    pub fn each_block(
        &self,
        selection: &CallSelection,
        fields: &[CallField],
        mut visit: impl FnMut(&CallBlock),
    ) -> Result<()> {
        let sieve = self.sieve(selection)?;
        let columns: Vec<Column> = fields.iter().map(|field| field.column()).collect();
        let of_parties = |column: &Column| Column::OF_PARTIES.contains(column);
        let mut asked = columns.clone();
        if columns.iter().any(of_parties) {
            asked.push(Column::Parties);
        }
        let mut block = CallBlock { columns: vec![Vec::new(); columns.len()], ..CallBlock::default() };
        self.each_match(&sieve, &asked, Way::OldestFirst, |part, kept| {
            block.begin = part.number * SLOT_SECONDS;
            block.calls = count(kept);
            let all = block.calls == kept.len();
            let counts = if asked.len() > columns.len() && !all {
                part.values(Column::Parties)?.to_vec()
            } else {
                Vec::new()
            };
            for (column, values) in columns.iter().zip(&mut block.columns) {
                let whole = part.values(*column)?.to_vec();
                if all {
                    *values = whole;
                    continue;
                }
                values.clear();
                if of_parties(column) {
                    let mut first = 0;
                    for (count, kept) in counts.iter().zip(kept) {
                        let parties = first..whole.len().min(first + *count as usize);
                        first = parties.end;
                        if *kept {
                            values.extend(whole.get(parties).unwrap_or_default());
                        }
                    }
                } else {
                    values.extend(marked(kept).filter_map(|place| whole.get(place)));
                }
            }
            visit(&block);
            Ok(ControlFlow::Continue(()))
        })
    }

    /// What a word of a field reads; empty for none.
    pub fn field_text(&self, field: CallField, value: u32) -> Result<String> {
        if field != CallField::AnsweredBy {
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
