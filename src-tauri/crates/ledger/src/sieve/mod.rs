//! What calls are asked for, in the terms of the columns: ready to be asked of every call.

mod selected;
mod sift;

use calls::CallId;

use crate::{
    PartyRole,
    column::{Column, WINDOW_SECONDS, WINDOW_SLOTS, window_of},
    values::{NumberSet, Wanted},
};

pub(crate) use sift::Marks;

/// Tests that a call has to pass, all of them.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    from: Option<i64>,
    to: Option<i64>,
    /// Seconds of the day, inclusive; empty for all.
    times: Vec<(i64, i64)>,
    weekdays: Vec<u8>,
    /// Days since 1970, ascending.
    days: Option<Vec<i64>>,
    not_days: Vec<i64>,
    tests: Vec<Test>,
    /// Ascending.
    ids: Option<Vec<CallId>>,
}

/// Passed when the value in any of these columns is wanted, or by these calls (ascending).
#[derive(Debug, Default)]
struct Test {
    any: Vec<(Column, Wanted)>,
    /// Or when the column shows the outside party's number, and that is wanted.
    or_shows: Option<(Column, Wanted)>,
    or_of: Vec<CallId>,
    /// Of these calls (ascending) the columns do not count.
    except: Vec<CallId>,
    /// What an extension that is wanted must have done.
    role: Option<PartyRole>,
}

/// The last window that keys of parts have room for.
const LAST_WINDOW: i64 = (u32::MAX as i64) / WINDOW_SLOTS - 1;
impl Sieve {
    pub fn add<const N: usize>(&mut self, any: [(Column, Wanted); N]) {
        self.push(Test { any: any.into(), ..Test::default() });
    }

    fn push(&mut self, mut test: Test) {
        test.any.retain(|(_, wanted)| !wanted.is_nothing());
        test.or_shows = test.or_shows.filter(|(_, wanted)| !wanted.is_nothing());
        self.tests.push(test);
    }

    /// Lets these calls pass the last test, too.
    fn or_of(&mut self, mut calls: Vec<CallId>) {
        calls.sort_unstable();
        calls.dedup();
        if let Some(test) = self.tests.last_mut() {
            test.or_of = calls;
        }
    }

    /// Only these calls (ascending).
    fn only(&mut self, calls: Vec<CallId>) {
        self.ids = Some(match self.ids.take() {
            Some(ids) => ids.into_iter().filter(|id| calls.binary_search(id).is_ok()).collect(),
            None => calls,
        });
    }

    /// A test that no call passes.
    fn is_nothing(&self) -> bool {
        self.tests.iter().any(|test| test.any.is_empty() && test.or_shows.is_none() && test.or_of.is_empty())
    }

    /// Only calls with one of these numbers, too.
    pub fn only_numbers(&mut self, numbers: NumberSet) {
        self.add([(Column::Outside, Wanted::any_of(numbers))]);
    }

    /// Only calls that the exchange has a code for and none of those (ascending) that people gave one.
    pub fn only_coded_by_exchange(&mut self, given: Vec<CallId>) {
        let any = vec![(Column::OutcomeCode, Wanted::Between(1, u32::MAX))];
        self.push(Test { any, except: given, ..Test::default() });
    }

    /// Only calls that nobody (people: `given`, ascending) has given a code.
    pub fn not_coded(&mut self, given: Vec<CallId>) {
        let any = vec![(Column::OutcomeCode, Wanted::Between(0, 0))];
        self.push(Test { any, except: given, ..Test::default() });
    }

    /// Only calls of these days and of none of those (days since 1970).
    pub fn only_days(&mut self, days: Option<&[i64]>, not_days: &[i64]) {
        if let Some(days) = days {
            let kept = self.days.take();
            let mut days: Vec<i64> = days
                .iter()
                .copied()
                .filter(|day| kept.as_ref().is_none_or(|kept| kept.contains(day)))
                .collect();
            days.sort_unstable();
            self.days = Some(days);
        }
        self.not_days.extend(not_days);
    }

    /// Only calls that pass the other, too.
    pub fn and(&mut self, other: Self) {
        if let Some(from) = other.from {
            self.begin_at(from);
        }
        if let Some(to) = other.to {
            self.end_at(to);
        }
        let both = |one: &(i64, i64), another: &(i64, i64)| (one.0.max(another.0), one.1.min(another.1));
        if self.times.is_empty() {
            self.times = other.times;
        } else if !other.times.is_empty() {
            let times =
                self.times.iter().flat_map(|one| other.times.iter().map(move |another| both(one, another)));
            self.times = times.filter(|(from, to)| from <= to).collect();
            // No time at all is not any time.
            if self.times.is_empty() {
                self.push(Test::default());
            }
        }
        if self.weekdays.is_empty() {
            self.weekdays = other.weekdays;
        } else if !other.weekdays.is_empty() {
            self.weekdays.retain(|day| other.weekdays.contains(day));
            if self.weekdays.is_empty() {
                self.push(Test::default());
            }
        }
        self.only_days(other.days.as_deref(), &other.not_days);
        self.tests.extend(other.tests);
        if let Some(ids) = other.ids {
            self.only(ids);
        }
    }

    /// Only the time is asked for, without parts of days.
    pub fn is_only_time(&self) -> bool {
        let days = self.weekdays.is_empty() && self.days.is_none() && self.not_days.is_empty();
        days && self.times.is_empty() && self.tests.is_empty() && self.ids.is_none()
    }

    /// The columns that are asked.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> =
            self.tests.iter().flat_map(|test| test.any.iter().map(|(column, _)| *column)).collect();
        for (column, _) in self.tests.iter().filter_map(|test| test.or_shows.as_ref()) {
            columns.extend([*column, Column::Outside]);
        }
        if columns.contains(&Column::PartyExtension) {
            columns.push(Column::Parties);
        }
        if self.tests.iter().any(|test| test.role.is_some()) {
            columns.push(Column::PartyDid);
        }
        if self.from.is_some() || self.to.is_some() || !self.times.is_empty() {
            columns.push(Column::Start);
        }
        let names_calls = |test: &Test| !test.or_of.is_empty() || !test.except.is_empty();
        if self.ids.is_some() || self.tests.iter().any(names_calls) {
            columns.extend([Column::Start, Column::Hash]);
        }
        columns
    }

    /// The windows in which a call may pass, ranges of them, ascending.
    pub fn windows(&self) -> Vec<(i64, i64)> {
        let first = self.from.map_or(0, |from| from.div_euclid(WINDOW_SECONDS).max(0));
        let last = self.to.map_or(LAST_WINDOW, |to| (to - 1).div_euclid(WINDOW_SECONDS).min(LAST_WINDOW));
        if self.is_nothing() || first > last {
            return Vec::new();
        }
        let Some(ids) = &self.ids else { return vec![(first, last)] };
        let mut windows: Vec<i64> = ids.iter().map(|id| window_of(*id)).collect();
        windows.dedup();
        windows.retain(|window| (first..=last).contains(window));
        windows.into_iter().map(|window| (window, window)).collect()
    }

    /// All calls of the window start within the time asked for.
    pub fn has_whole_window(&self, window: i64) -> bool {
        let begin = window * WINDOW_SECONDS;
        self.from.is_none_or(|from| from <= begin) && self.to.is_none_or(|to| begin + WINDOW_SECONDS <= to)
    }

    /// Of the same calls those that start before a moment.
    pub fn end_at(&mut self, moment: i64) {
        self.to = Some(self.to.map_or(moment, |to| to.min(moment)));
    }

    /// Of the same calls those that start at a moment or later.
    pub fn begin_at(&mut self, moment: i64) {
        self.from = Some(self.from.map_or(moment, |from| from.max(moment)));
    }

    /// The time of this sieve within one window.
    pub fn within_window(&self, window: i64) -> Self {
        let mut sieve = Self { from: self.from, to: self.to, ..Self::default() };
        sieve.begin_at(window * WINDOW_SECONDS);
        sieve.end_at((window + 1) * WINDOW_SECONDS);
        sieve
    }
}
