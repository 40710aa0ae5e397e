//! The rows of many calls in the order in which the exchange writes them.

use std::{cmp::Reverse, collections::BinaryHeap};

use chrono::NaiveDateTime;

use super::Calls;

/// Rows of calls, streaming: only calls that are going on are kept.
pub(super) struct MasterFile {
    calls: Calls,
    waiting: BinaryHeap<Reverse<WrittenRow>>,
    planned: u64,
    over: bool,
}

/// A row and when it is written; ordered by that, and by its place among those of the same moment.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct WrittenRow {
    at: NaiveDateTime,
    place: u64,
    text: String,
}

impl MasterFile {
    pub(super) fn new(calls: Calls) -> Self {
        Self { calls, waiting: BinaryHeap::new(), planned: 0, over: false }
    }

    /// Plays calls until the first waiting row cannot be overtaken any more.
    fn plan(&mut self) {
        while !self.over && self.waiting.peek().is_none_or(|row| row.0.at > self.calls.office.reached()) {
            let Some(call) = self.calls.next() else {
                self.over = true;
                return;
            };
            for row in call.rows {
                self.waiting.push(Reverse(WrittenRow {
                    at: row.written,
                    place: self.planned,
                    text: row.text(),
                }));
                self.planned += 1;
            }
        }
    }
}

impl Iterator for MasterFile {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.plan();
        self.waiting.pop().map(|row| row.0.text)
    }
}
