//! A page of a list of calls and how many calls the list has, from one look at them.

use std::ops::ControlFlow;

use calls::CallId;

use crate::{
    CallOrder, CallSelection, KeptCall, Ledger, OrderBy, Position, Result,
    call_query::{marked, narrow},
    column::Column,
    scan::Way,
    sieve::Sieve,
    values::count,
};

/// A page, and counts of the whole list: `calls = legs - transfers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub page: Vec<KeptCall>,
    pub calls: u32,
    pub legs: u64,
    pub transfers: u64,
}

/// A part with calls that are on the page: which of its calls are listed.
struct Place {
    part: i64,
    kept: Vec<bool>,
    /// Listed calls of it before the first on the page.
    skip: usize,
}

/// Where the calls of a page are, and counts of the whole list.
#[derive(Default)]
struct Found {
    places: Vec<Place>,
    calls: usize,
    transfers: u64,
}

impl Ledger {
    /// The page of the calls of a selection that comes after so many, and what all of them count.
    pub fn list(
        &self,
        selection: &CallSelection,
        order: CallOrder,
        offset: u32,
        limit: u32,
    ) -> Result<Listed> {
        self.at_one_moment(|ledger| {
            let sieve = ledger.sieve(selection)?;
            // Of time alone all is known without a look at each call.
            if sieve.is_only_time() {
                let sums = ledger.summary(selection)?;
                let page = ledger.calls(selection, order, Position::Offset(offset), limit)?;
                return Ok(Listed { page, calls: sums.calls, legs: sums.legs, transfers: sums.transfers });
            }
            let by_time = order.by == OrderBy::Start;
            let found = ledger.find(&sieve, order, offset, if by_time { limit } else { 0 })?;
            let ids = if by_time {
                ledger.ids_at(&found.places, order, limit)?
            } else {
                ledger.page_of_ids(selection, order, Position::Offset(offset), limit)?
            };
            let calls = found.calls as u64;
            Ok(Listed {
                page: ledger.calls_of_ids(&ids)?,
                calls: narrow(calls),
                legs: calls + found.transfers,
                transfers: found.transfers,
            })
        })
    }

    fn find(&self, sieve: &Sieve, order: CallOrder, offset: u32, limit: u32) -> Result<Found> {
        let (first, end) = (offset as usize, offset as usize + limit as usize);
        let mut found = Found::default();
        self.each_match(sieve, &[Column::Transfers], Way::of(order.descending), |part, kept| {
            let (before, here) = (found.calls, count(kept));
            found.calls += here;
            if found.calls > first && before < end {
                let skip = first.saturating_sub(before);
                found.places.push(Place { part: part.number, kept: kept.to_vec(), skip });
            }
            found.transfers += part.values(Column::Transfers)?.sum(kept);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    /// The ids of calls at these places, in the order of time.
    fn ids_at(&self, places: &[Place], order: CallOrder, limit: u32) -> Result<Vec<CallId>> {
        let limit = limit as usize;
        let mut ids = Vec::with_capacity(limit);
        for Place { part, kept, skip } in places {
            let flow =
                self.each_part(&[Column::Start, Column::Hash], (*part, *part), Way::OldestFirst, |part| {
                    let mut here = marked(kept).map(|place| part.id(place)).collect::<Result<Vec<_>>>()?;
                    if order.descending {
                        here.reverse();
                    }
                    ids.extend(here.into_iter().skip(*skip).take(limit - ids.len()));
                    Ok(if ids.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
                })?;
            if flow.is_break() {
                break;
            }
        }
        Ok(ids)
    }
}
