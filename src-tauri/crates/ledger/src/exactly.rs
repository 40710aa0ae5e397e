//! What a row of a report has in common: narrower than what people ask for themselves.

use calls::Text;

use crate::{
    CallSelection, HandedLike, Ledger, NumberGroup, Result,
    column::{Column, Shown, kept_offset},
    sieve::Sieve,
    values::Wanted,
};

/// Narrows a selection further; every field that is there must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exactly {
    /// Days since 1970, by the wall clock; `None` for all.
    pub days: Option<Vec<i64>>,
    pub not_days: Vec<i64>,
    /// Seconds that the exchange's clock is east of UTC, the second exclusive.
    pub offset_at_least: Option<i32>,
    pub offset_below: Option<i32>,
    /// One party's number in its one spelling; as printed if it has none.
    pub outside: Option<Text>,
    /// Somebody of ours answered first.
    pub answered_by: Option<Text>,
    /// The outside party answered.
    pub answered_outside: bool,
    pub without: Vec<Without>,
    /// Why it was taken down, see `calls::Record::cause`.
    pub cause: Option<Text>,
    /// It went on like this at least once.
    pub handed: Option<HandedLike>,
    /// Only calls that are over.
    pub over: bool,
    /// Calls must be in these selections, too.
    pub also: Vec<CallSelection>,
}

/// What a call does not have, or nobody knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    Number,
    Country,
    Class,
    Trunk,
    Did,
    Queue,
    AccountCode,
    Cause,
    OutcomeCode,
    AnsweredBy,
    Ring,
    Wait,
    Talk,
    Billed,
    Total,
}

impl Ledger {
    pub(crate) fn add_exactly(&self, sieve: &mut Sieve, exactly: &Exactly) -> Result<()> {
        sieve.only_days(exactly.days.as_deref(), &exactly.not_days);
        if exactly.over {
            sieve.add([(Column::Live, Wanted::Between(0, 0))]);
        }
        if exactly.offset_at_least.is_some() || exactly.offset_below.is_some() {
            let from = exactly.offset_at_least.map_or(0, kept_offset);
            // Between(1, 0) is nothing.
            let wanted = match exactly
                .offset_below
                .map_or(Some(u32::MAX), |below| kept_offset(below).checked_sub(1))
            {
                Some(to) => Wanted::Between(from, to),
                None => Wanted::Between(1, 0),
            };
            sieve.add([(Column::Offset, wanted)]);
        }
        if let Some(text) = &exactly.outside {
            sieve.add([(Column::Outside, Wanted::any_of(self.numbers_of_party(text)?))]);
        }
        if let Some(text) = &exactly.answered_by {
            let terms = self.term(text)?.into_iter().map(|id| Shown::Term(id).kept());
            sieve.add([(Column::AnsweredBy, Wanted::any(terms))]);
        }
        if exactly.answered_outside {
            let outside = Shown::Outside.kept();
            sieve.add([(Column::AnsweredBy, Wanted::Between(outside, outside))]);
        }
        if let Some(cause) = &exactly.cause {
            sieve.add([(Column::Cause, Wanted::any(self.term(cause)?))]);
        }
        if let Some(like) = &exactly.handed {
            sieve.add([(Column::Handed, Wanted::any(self.terms_handed(like)?))]);
        }
        for without in &exactly.without {
            self.add_without(sieve, *without)?;
        }
        for also in &exactly.also {
            sieve.and(self.sieve(also)?);
        }
        Ok(())
    }

    fn add_without(&self, sieve: &mut Sieve, without: Without) -> Result<()> {
        let column = match without {
            Without::Country => {
                sieve.add([(Column::Outside, Wanted::any_of(self.numbers_without(NumberGroup::Country)?))]);
                return Ok(());
            }
            Without::Class => {
                sieve.add([(Column::Outside, Wanted::any_of(self.numbers_without(NumberGroup::Class)?))]);
                return Ok(());
            }
            Without::OutcomeCode => {
                sieve.not_coded(self.calls_given_any()?);
                return Ok(());
            }
            Without::Number => Column::Outside,
            Without::Trunk => Column::Trunk,
            Without::Did => Column::Did,
            Without::Queue => Column::Queue,
            Without::AccountCode => Column::AccountCode,
            Without::Cause => Column::Cause,
            Without::AnsweredBy => Column::AnsweredBy,
            Without::Ring => Column::Ring,
            Without::Wait => Column::Wait,
            Without::Talk => Column::Talk,
            Without::Billed => Column::Billed,
            Without::Total => Column::Total,
        };
        sieve.add([(column, Wanted::Between(0, 0))]);
        Ok(())
    }
}
