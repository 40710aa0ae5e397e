//! Sums of the calls of a selection, from what is kept of whole parts and months.

use std::mem;

use calls::{Direction, Outcome};
use chrono::NaiveDate;

use crate::{
    Between, CallSelection, CallSums, Ledger, PartySums, Result, SumBy, Without,
    call_sum::{Cell, month_of},
    column::{SLOT_SECONDS, WINDOW_SECONDS, WINDOW_SLOTS},
};

const DAY: i64 = 24 * 60 * 60;
const HALF_HOUR: i64 = 30 * 60;

/// Sums of calls of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummedCalls {
    /// Wall-clock seconds at which the half-hour begins, or what else they are kept of.
    pub begin: i64,
    /// Of [`SumBy::HalfHour`] nothing, of anything else as columns of calls have it.
    pub value: u32,
    pub direction: u32,
    pub outcome: u32,
    pub live: u32,
    pub sums: CallSums,
}

/// What of a selection has no sums, as wall-clock seconds, the second exclusive: to be counted call by call.
pub type Unsummed = Vec<(i64, i64)>;

/// A selection of nothing but times and kinds of calls. Each list must hold; of a list any will do.
#[derive(Debug, Default)]
struct Kinds {
    from: Option<i64>,
    to: Option<i64>,
    minutes: Vec<Vec<(u32, u32)>>,
    weekdays: Vec<Vec<u8>>,
    days: Vec<Vec<i64>>,
    not_days: Vec<i64>,
    directions: Vec<Vec<u32>>,
    outcomes: Vec<Vec<u32>>,
    live: Vec<u32>,
    /// Of waits and talks, as they are kept.
    waits: Vec<(u32, u32)>,
    talks: Vec<(u32, u32)>,
}

/// Values between the bounds as they are kept: one more than they are, 0 for unknown.
fn kept(bounds: Between) -> (u32, u32) {
    let kept = |value: u32| value.saturating_add(1);
    (bounds.at_least.map_or(1, kept), bounds.at_most.map_or(u32::MAX, kept))
}

impl Kinds {
    /// `None` if it asks for more.
    fn of(selection: &CallSelection) -> Option<Self> {
        let mut kinds = Self::default();
        kinds.add(selection.clone()).then_some(kinds)
    }

    fn add(&mut self, mut selection: CallSelection) -> bool {
        self.from = self.from.max(selection.from_local.take());
        self.to = match (self.to, selection.to_local.take()) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        push(&mut self.minutes, mem::take(&mut selection.minutes_of_day));
        push(&mut self.weekdays, mem::take(&mut selection.weekdays));
        // A word that is none selects nothing.
        let direction =
            |word: &String| Direction::from_word(word).map_or(u32::MAX, |known| known.number().into());
        let outcome =
            |word: &String| Outcome::from_word(word).map_or(u32::MAX, |known| known.number().into());
        push(&mut self.directions, mem::take(&mut selection.directions).iter().map(direction).collect());
        push(&mut self.outcomes, mem::take(&mut selection.outcomes).iter().map(outcome).collect());
        let exactly = &mut selection.exactly;
        self.days.extend(exactly.days.take());
        self.not_days.append(&mut exactly.not_days);
        if mem::take(&mut exactly.over) {
            self.live.push(0);
        }
        if mem::take(&mut selection.live) {
            self.live.push(1);
        }
        let (wait, talk) = (mem::take(&mut selection.wait), mem::take(&mut selection.talk));
        self.waits.extend(Some(wait).filter(|wait| wait.is_bounded()).map(kept));
        self.talks.extend(Some(talk).filter(|talk| talk.is_bounded()).map(kept));
        let without = mem::take(&mut selection.exactly.without);
        for without in without {
            match without {
                Without::Wait => self.waits.push((0, 0)),
                Without::Talk => self.talks.push((0, 0)),
                other => selection.exactly.without.push(other),
            }
        }
        let also = mem::take(&mut selection.exactly.also);
        also.into_iter().all(|also| self.add(also)) && selection == CallSelection::default()
    }

    /// Whether sums by this tell what is asked.
    fn are_told_by(&self, by: SumBy) -> bool {
        (self.waits.is_empty() || by == SumBy::Wait) && (self.talks.is_empty() || by == SumBy::Talk)
    }

    fn has(&self, cell: &Cell) -> bool {
        let kind = cell.kind;
        let between = |(from, to): &(u32, u32)| (*from..=*to).contains(&cell.value);
        if !self.waits.iter().chain(&self.talks).all(between) {
            return false;
        }
        self.directions.iter().all(|any| any.contains(&kind.direction()))
            && self.outcomes.iter().all(|any| any.contains(&kind.outcome()))
            && self.live.iter().all(|live| *live == kind.live())
    }

    /// Whether calls of stretches of so many seconds all pass or do not, but never some of them.
    fn is_of_whole(&self, seconds: i64) -> bool {
        let even = |at: &Option<i64>| at.is_none_or(|at| at % seconds == 0);
        let even_minutes =
            |(from, to): &(u32, u32)| [from, to].iter().all(|at| i64::from(**at) * 60 % seconds == 0);
        even(&self.from) && even(&self.to) && self.minutes.iter().flatten().all(even_minutes)
    }

    /// Whether calls of a stretch that begins then pass.
    fn has_time(&self, begin: i64) -> bool {
        let day = begin.div_euclid(DAY);
        let minute = u32::try_from(begin.rem_euclid(DAY) / 60).unwrap_or(0);
        // The first day of 1970 was a Thursday.
        let weekday = u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        self.from.is_none_or(|from| from <= begin)
            && self.to.is_none_or(|to| begin < to)
            && self.minutes.iter().all(|any| any.iter().any(|(from, to)| (*from..*to).contains(&minute)))
            && self.weekdays.iter().all(|any| any.contains(&weekday))
            && self.days.iter().all(|any| any.contains(&day))
            && !self.not_days.contains(&day)
    }

    fn is_of_months(&self) -> bool {
        self.minutes.is_empty()
            && self.weekdays.is_empty()
            && self.days.is_empty()
            && self.not_days.is_empty()
    }
}

impl Ledger {
    /// Hands out sums of a selection by something, in the order of time, and tells what of it has none.
    pub fn each_sum(
        &self,
        selection: &CallSelection,
        by: SumBy,
        mut visit: impl FnMut(&SummedCalls),
    ) -> Result<Unsummed> {
        let Some(kinds) = Kinds::of(selection).filter(|kinds| kinds.are_told_by(by)) else {
            return Ok(all_of(selection));
        };
        let give = |begin: i64, value: u32, cell: &Cell| SummedCalls {
            begin,
            value,
            direction: cell.kind.direction(),
            outcome: cell.kind.outcome(),
            live: cell.kind.live(),
            sums: cell.numbers.into(),
        };
        if by.is_of_parts() {
            let seconds = if by == SumBy::HalfHour { HALF_HOUR } else { WINDOW_SECONDS };
            if !kinds.is_of_whole(seconds) {
                return Ok(all_of(selection));
            }
            let first = kinds.from.unwrap_or(0).max(0) / SLOT_SECONDS;
            let last = kinds.to.map_or(u32::MAX.into(), |to| (to - 1).max(-1).div_euclid(SLOT_SECONDS));
            // A window begins up to six hours before.
            let parts = (first / WINDOW_SLOTS * WINDOW_SLOTS, last.min(u32::MAX.into()));
            let (mut at, mut passes) = (i64::MIN, false);
            self.each_kept(by, parts, |part, cell| {
                let (begin, value) = match by {
                    SumBy::HalfHour => ((part / 2 + i64::from(cell.value)) * HALF_HOUR, 0),
                    _ => (part * SLOT_SECONDS, cell.value),
                };
                if begin != at {
                    (at, passes) = (begin, kinds.has_time(begin));
                }
                if passes && kinds.has(cell) {
                    visit(&give(begin, value, cell));
                }
            })?;
            return Ok(Unsummed::new());
        }
        let Some((months, rest)) = self.whole_months(&kinds)? else { return Ok(all_of(selection)) };
        self.each_kept(by, months, |month, cell| {
            if kinds.has(cell) {
                visit(&give(begin_of(month), cell.value, cell));
            }
        })?;
        Ok(rest)
    }

    /// The same of extensions: by the value that stands for each.
    pub fn each_party_sum(
        &self,
        selection: &CallSelection,
        mut visit: impl FnMut(u32, &PartySums),
    ) -> Result<Unsummed> {
        let kinds = Kinds::of(selection).filter(Kinds::is_of_any_kind);
        let whole = kinds.map(|kinds| self.whole_months(&kinds)).transpose()?.flatten();
        let Some((months, rest)) = whole else { return Ok(all_of(selection)) };
        self.each_kept(SumBy::Extension, months, |_, cell| visit(cell.value, &cell.numbers.into()))?;
        Ok(rest)
    }

    /// The months that lie in the time asked for, both inclusive, and what is left at the ends where there are calls.
    fn whole_months(&self, kinds: &Kinds) -> Result<Option<((i64, i64), Unsummed)>> {
        if !kinds.is_of_months() {
            return Ok(None);
        }
        let sql = "SELECT min(part), max(part) FROM call_part";
        let (first, last): (Option<i64>, Option<i64>) =
            self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(first), Some(last)) = (first, last) else { return Ok(Some(((1, 0), Unsummed::new()))) };
        // Before the first call and after the last nothing is missed.
        let (begin, end) = (first * SLOT_SECONDS, (last / WINDOW_SLOTS + 1) * WINDOW_SLOTS * SLOT_SECONDS);
        let from = kinds.from.filter(|from| *from > begin).unwrap_or(begin_of(month_of(first)));
        let to = kinds.to.filter(|to| *to < end).unwrap_or(begin_of(month_of(last) + 1));
        if from >= to {
            return Ok(Some(((1, 0), Unsummed::new())));
        }
        // The first month that begins at `from` or later, and the last that ends at `to` or before.
        let month_at = |local: i64| month_of(local.div_euclid(SLOT_SECONDS));
        let first = month_at(from) + i64::from(begin_of(month_at(from)) < from);
        let last = month_at(to) - 1;
        if first > last {
            return Ok(None);
        }
        let ends = [(from, begin_of(first)), (begin_of(last + 1), to)];
        Ok(Some(((first, last), ends.into_iter().filter(|(from, to)| from < to).collect())))
    }
}

impl Kinds {
    fn is_of_any_kind(&self) -> bool {
        let kinds = self.directions.is_empty() && self.outcomes.is_empty() && self.live.is_empty();
        kinds && self.waits.is_empty() && self.talks.is_empty()
    }
}

fn push<T>(lists: &mut Vec<Vec<T>>, list: Vec<T>) {
    if !list.is_empty() {
        lists.push(list);
    }
}

fn all_of(selection: &CallSelection) -> Unsummed {
    vec![(selection.from_local.unwrap_or(i64::MIN), selection.to_local.unwrap_or(i64::MAX))]
}

/// Wall-clock seconds at which a month begins.
fn begin_of(month: i64) -> i64 {
    let year = i32::try_from(month.div_euclid(12)).unwrap_or(i32::MAX);
    let month = u32::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX);
    first.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_where_calendars_say() {
        let day = |text: &str| {
            let day: NaiveDate = text.parse().unwrap();
            day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
        };
        assert_eq!(begin_of(2026 * 12 + 10), day("2026-11-01"));
        assert_eq!(begin_of(2026 * 12 + 12), day("2027-01-01"));
        assert_eq!(month_of(begin_of(2026 * 12) / SLOT_SECONDS), 2026 * 12);
    }

    #[test]
    fn only_times_and_kinds_have_sums() {
        let over = CallSelection {
            exactly: crate::Exactly { over: true, ..crate::Exactly::default() },
            directions: vec!["inbound".to_owned(), "no direction".to_owned()],
            ..CallSelection::default()
        };
        let mut selection = CallSelection::of_time(3600, 7200);
        selection.exactly.also.push(over);
        let kinds = Kinds::of(&selection).unwrap();
        assert!(kinds.is_of_whole(HALF_HOUR));
        assert!(kinds.has_time(3600) && !kinds.has_time(7200));
        assert_eq!(kinds.live, [0]);
        selection.minutes_of_day.push((61, 90));
        assert!(!Kinds::of(&selection).unwrap().is_of_whole(HALF_HOUR));
        selection.trunks.push("pstn".to_owned());
        assert!(Kinds::of(&selection).is_none());
    }
}
