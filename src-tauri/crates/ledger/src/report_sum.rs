//! Sums of the calls of a selection, from what is kept of whole months.

use std::mem;

use calls::{Direction, Outcome};

use crate::{
    Between, CallSelection, CallSums, Ledger, PartySums, Result, SumBy, Without,
    column::{SLOT_SECONDS, WINDOW_SLOTS},
    month_sum::{Cell, HALF_HOUR, Stretches, begin_of, month_of},
};

const DAY: i64 = 24 * 60 * 60;

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
        if by == SumBy::HalfHour {
            if !kinds.is_of_whole(HALF_HOUR) {
                return Ok(all_of(selection));
            }
            let Some((months, rest)) = self.months_with_sums(&kinds, Months::Touched)? else {
                return Ok(all_of(selection));
            };
            let (mut at, mut passes) = (i64::MIN, false);
            for months in months {
                self.each_kept(by, months, |month, cell| {
                    let begin = begin_of(month) + i64::from(cell.value) * HALF_HOUR;
                    if begin != at {
                        (at, passes) = (begin, kinds.has_time(begin));
                    }
                    if passes && kinds.has(cell) {
                        visit(&give(begin, 0, cell));
                    }
                })?;
            }
            return Ok(rest);
        }
        let Some((months, rest)) = self.months_with_sums(&kinds, Months::Whole)? else {
            return Ok(all_of(selection));
        };
        for months in months {
            self.each_kept(by, months, |month, cell| {
                if kinds.has(cell) {
                    visit(&give(begin_of(month), cell.value, cell));
                }
            })?;
        }
        Ok(rest)
    }

    /// The same of extensions: by the value that stands for each.
    pub fn each_party_sum(
        &self,
        selection: &CallSelection,
        mut visit: impl FnMut(u32, &PartySums),
    ) -> Result<Unsummed> {
        let kinds = Kinds::of(selection).filter(Kinds::is_of_any_kind);
        let found = kinds.map(|kinds| self.months_with_sums(&kinds, Months::Whole)).transpose()?.flatten();
        let Some((months, rest)) = found else { return Ok(all_of(selection)) };
        for months in months {
            self.each_kept(SumBy::Extension, months, |_, cell| visit(cell.value, &cell.numbers.into()))?;
        }
        Ok(rest)
    }

    /// Months of the time asked for that have sums, and what is left of it where there are calls. `None` where no sums
    /// can tell.
    fn months_with_sums(&self, kinds: &Kinds, which: Months) -> Result<Option<(Stretches, Unsummed)>> {
        let sql = "SELECT min(part), max(part) FROM call_part";
        let (first, last): (Option<i64>, Option<i64>) =
            self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(first), Some(last)) = (first, last) else { return Ok(Some(Default::default())) };
        // Before the first call and after the last nothing is missed.
        let (begin, end) = (first * SLOT_SECONDS, (last / WINDOW_SLOTS + 1) * WINDOW_SLOTS * SLOT_SECONDS);
        let from = kinds.from.filter(|from| *from > begin).unwrap_or(begin_of(month_of(first)));
        let to = kinds.to.filter(|to| *to < end).unwrap_or(begin_of(month_of(last) + 1));
        if from >= to {
            return Ok(Some(Default::default()));
        }
        let month_at = |local: i64| month_of(local.div_euclid(SLOT_SECONDS));
        let (first, last) = match which {
            Months::Touched => (month_at(from), month_at(to - 1)),
            // The first that begins at `from` or later, and the last that ends at `to` or before.
            Months::Whole => (month_at(from) + i64::from(begin_of(month_at(from)) < from), month_at(to) - 1),
        };
        if first > last || which == Months::Whole && !kinds.is_of_months() {
            return Ok(None);
        }
        let (with, without) = self.summed_months((first, last))?;
        let mut rest = vec![(from, begin_of(first))];
        rest.extend(without.iter().map(|(first, last)| (begin_of(*first), begin_of(last + 1))));
        rest.push((begin_of(last + 1), to));
        rest.retain_mut(|(begin, end)| {
            (*begin, *end) = ((*begin).max(from), (*end).min(to));
            begin < end
        });
        rest.dedup_by(|next, before| {
            let follows = before.1 == next.0;
            if follows {
                before.1 = next.1;
            }
            follows
        });
        Ok(Some((with, rest)))
    }
}

/// Which months tell of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Months {
    /// Those with any of it, for sums that know their time.
    Touched,
    /// Those that lie in it.
    Whole,
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

#[cfg(test)]
mod tests {
    use super::*;

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
