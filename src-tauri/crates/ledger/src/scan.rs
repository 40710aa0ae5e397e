//! Reading the columns of calls, part by part.

use std::ops::ControlFlow;

use calls::CallId;
use rusqlite::{CachedStatement, Row, Rows};

use crate::{
    Ledger, LedgerError, Result,
    beside::beside,
    column::{Column, WINDOW_SLOTS, id_of},
    part::damaged,
    sieve::{Marks, Sieve},
    sifting::Sifted,
    values::Values,
};

/// Calls of one part while they are looked at; columns are unpacked when asked for.
pub(crate) struct PartView<'a> {
    pub number: i64,
    pub calls: usize,
    columns: &'a [Column],
    /// Of each column.
    bodies: &'a [&'a [u8]],
}

/// A part that no longer hangs on the ledger.
#[derive(Debug, Default)]
pub(crate) struct ReadPart {
    number: i64,
    bytes: Vec<u8>,
    /// Where each column ends.
    ends: Vec<usize>,
}

impl ReadPart {
    /// Takes what is of another part, into the same memory.
    pub fn read(&mut self, part: &PartView<'_>) {
        self.number = part.number;
        self.bytes.clear();
        self.ends.clear();
        for body in part.bodies {
            self.bytes.extend_from_slice(body);
            self.ends.push(self.bytes.len());
        }
    }

    pub fn view<T>(&self, columns: &[Column], look: impl FnOnce(&PartView<'_>) -> Result<T>) -> Result<T> {
        let begins = std::iter::once(&0).chain(&self.ends);
        let bodies: Vec<&[u8]> =
            begins.zip(&self.ends).filter_map(|(begin, end)| self.bytes.get(*begin..*end)).collect();
        look(&PartView::of(self.number, columns, &bodies)?)
    }
}

/// Which way to go through time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    OldestFirst,
    NewestFirst,
}

impl Way {
    pub fn of(descending: bool) -> Self {
        if descending { Self::NewestFirst } else { Self::OldestFirst }
    }
}

impl<'a> PartView<'a> {
    fn of(number: i64, columns: &'a [Column], bodies: &'a [&'a [u8]]) -> Result<Self> {
        let single = columns.iter().position(|asked| Column::SINGLE.contains(asked));
        let body = single.and_then(|place| bodies.get(place)).ok_or_else(|| damaged(number))?;
        Ok(Self { number, calls: Values::read(body)?.len(), columns, bodies })
    }

    /// The values of a column, which is one of those that were asked for.
    pub fn values(&self, column: Column) -> Result<Values<'_>> {
        let place = self.columns.iter().position(|asked| *asked == column);
        let body = place.and_then(|place| self.bodies.get(place)).ok_or_else(|| damaged(self.number))?;
        let values = Values::read(body)?;
        let of_parties = Column::OF_PARTIES.contains(&column);
        if !of_parties && values.len() != self.calls {
            return Err(damaged(self.number));
        }
        Ok(values)
    }

    /// The call at a place; [`Column::Start`] and [`Column::Hash`] are to be asked for.
    pub fn id(&self, place: usize) -> Result<CallId> {
        let (start, hash) = (self.values(Column::Start)?, self.values(Column::Hash)?);
        Ok(id_of(self.number, start.get(place), hash.get(place)))
    }
}

impl Ledger {
    /// Goes through all parts in which a call passes the sieve, with marks for those that do; `also` are columns that
    /// are needed beside those of the sieve. Of many parts the next are read while others are sifted.
    pub(crate) fn each_match(
        &self,
        sieve: &Sieve,
        also: &[Column],
        way: Way,
        mut visit: impl FnMut(&PartView<'_>, &[bool]) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let mut columns = sieve.columns();
        columns.extend(also);
        if !columns.iter().any(|column| Column::SINGLE.contains(column)) {
            // Some column has to tell how many calls there are; this one is small.
            columns.push(Column::Live);
        }
        columns.sort_unstable_by_key(|column| column.place());
        columns.dedup();
        let mut ranges = sieve.windows();
        if way == Way::NewestFirst {
            ranges.reverse();
        }
        let mut marks = Marks::default();
        let mut give = |sifted: &Sifted| sifted.visit(&columns, &mut visit);
        beside(
            |sifted: &mut Sifted| sifted.sift(sieve, &columns, &mut marks),
            |mut sifting| {
                for (first, last) in ranges {
                    let parts = (first * WINDOW_SLOTS, (last + 1) * WINDOW_SLOTS - 1);
                    let take = |part: &PartView<'_>| sifting.put(|sifted| sifted.part.read(part), &mut give);
                    if self.each_part(&columns, parts, way, take)?.is_break() {
                        return Ok(());
                    }
                }
                sifting.end(&mut give)
            },
        )
    }

    /// All columns asked for are read side by side: each has a row for every part.
    pub(crate) fn each_part(
        &self,
        columns: &[Column],
        parts: (i64, i64),
        way: Way,
        visit: impl FnMut(&PartView<'_>) -> Result<ControlFlow<()>>,
    ) -> Result<ControlFlow<()>> {
        // A column without a row lets go of what it saw, and the next might see what was written since.
        self.at_one_moment(|ledger| ledger.each_part_now(columns, parts, way, visit))
    }

    fn each_part_now(
        &self,
        columns: &[Column],
        (first, last): (i64, i64),
        way: Way,
        mut visit: impl FnMut(&PartView<'_>) -> Result<ControlFlow<()>>,
    ) -> Result<ControlFlow<()>> {
        let order = if way == Way::NewestFirst { "DESC" } else { "ASC" };
        let mut statements: Vec<CachedStatement<'_>> = columns
            .iter()
            .map(|column| {
                // The column in the text, so that each has a statement of its own that is prepared once.
                let sql = format!(
                    "SELECT id & 4294967295, body FROM call_column
                     WHERE id BETWEEN {} + ?1 AND {} + ?2 ORDER BY id {order}",
                    column.key(0),
                    column.key(0)
                );
                self.connection.prepare_cached(&sql)
            })
            .collect::<rusqlite::Result<_>>()?;
        let mut cursors: Vec<Rows<'_>> = statements
            .iter_mut()
            .map(|statement| statement.query([first, last]))
            .collect::<rusqlite::Result<_>>()?;
        loop {
            let rows: Vec<Option<&Row<'_>>> =
                cursors.iter_mut().map(Rows::next).collect::<rusqlite::Result<_>>()?;
            let present: Vec<&Row<'_>> = rows.iter().copied().flatten().collect();
            let Some(number) = present.first().map(|row| row.get::<_, i64>(0)).transpose()? else {
                return Ok(ControlFlow::Continue(()));
            };
            for row in &present {
                if row.get::<_, i64>(0)? != number {
                    return Err(damaged(number));
                }
            }
            if present.len() < columns.len() {
                return Err(damaged(number));
            }
            let bodies = present
                .iter()
                .map(|row| row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            if visit(&PartView::of(number, columns, &bodies)?)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    /// Runs `work` on one state of the ledger, whatever is written in the meantime: a list and its count agree.
    pub fn at_one_moment<T, E: From<LedgerError>>(
        &self,
        work: impl FnOnce(&Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.connection.execute_batch("SAVEPOINT one_moment").map_err(LedgerError::from)?;
        let result = work(self);
        let end = self.connection.execute_batch("RELEASE one_moment").map_err(LedgerError::from);
        let value = result?;
        end?;
        Ok(value)
    }
}
