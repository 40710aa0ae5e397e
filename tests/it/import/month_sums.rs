//! Months are summed up when an import has ended, and again when it was taken back.

use app::App;
use ledger::{CallSelection, Ledger, SumBy};

use super::{Desk, office_rows};

/// What is kept of all months together, when none is left to be counted call by call.
fn summed(app: &App) -> Option<u64> {
    let ledger = Ledger::open_reader(app.path()).unwrap();
    let mut calls = 0;
    let left = ledger.each_sum(&CallSelection::default(), SumBy::Trunk, |summed| calls += summed.sums.calls);
    let left = left.unwrap();
    assert_eq!(left.is_empty(), ledger.unsummed_months().unwrap().is_empty());
    left.is_empty().then_some(calls)
}

#[test]
fn months_are_summed_up_after_every_import_and_undo() {
    let mut desk = Desk::new();
    let rows = office_rows(41, 400);
    let (early, late) = rows.split_at(rows.len() / 2);
    let first = desk.import_rows(early);
    assert_eq!(summed(&desk.app), Some(first.calls));
    let second = desk.import_rows(late);
    assert_eq!(summed(&desk.app), Some(desk.calls().len() as u64));
    desk.undo(&second);
    assert_eq!(summed(&desk.app), Some(first.calls));
    desk.undo(&first);
    assert_eq!(summed(&desk.app), Some(0));
}
