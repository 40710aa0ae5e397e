//! Sums over the calls under a filter.

use calls::Outcome;
use ledger::{CallSelection, Ledger};

use crate::{
    App, AppError,
    call_selection::selection,
    views::{CallFilter, CallTotals},
};

impl App {
    /// Of exactly the calls that the list shows under this filter: calls = legs − transfers.
    pub fn call_totals(&self, filter: &CallFilter) -> Result<CallTotals, AppError> {
        self.spell_contacts()?;
        self.read(|ledger| ledger.at_one_moment(|ledger| totals(ledger, &selection(ledger, filter)?)))
    }
}

pub(crate) fn totals(ledger: &Ledger, selection: &CallSelection) -> Result<CallTotals, AppError> {
    let sums = ledger.summary(selection)?;
    Ok(CallTotals {
        calls: sums.calls,
        legs: narrow(sums.legs),
        transfers: narrow(sums.transfers),
        answered: answered(ledger, selection)?,
        missed: sums.missed,
        talk_seconds: narrow(sums.talk_seconds),
    })
}

/// Calls that a person answered, whichever way they went.
fn answered(ledger: &Ledger, selection: &CallSelection) -> Result<u32, AppError> {
    let word = Outcome::Answered.as_str();
    if !selection.outcomes.is_empty() && !selection.outcomes.iter().any(|outcome| outcome == word) {
        return Ok(0);
    }
    Ok(ledger.count_calls(&CallSelection { outcomes: vec![word.to_owned()], ..selection.clone() })?)
}

pub(crate) fn narrow(sum: u64) -> u32 {
    u32::try_from(sum).unwrap_or(u32::MAX)
}
