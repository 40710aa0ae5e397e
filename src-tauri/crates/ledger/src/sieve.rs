//! A selection in the terms of the columns: its words looked up, ready to be asked of every call.

use calls::{CallId, Direction, Outcome};

use crate::{
    Between, CallSelection, Ledger, MatchBy, PartyMatch, PartyRole, Result,
    column::{Column, SLOT_SECONDS, Shown, WINDOW_SECONDS, WINDOW_SLOTS, window_of},
    scan::PartView,
    term::Term,
    values::{NumberSet, Wanted},
};

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

/// Marks for the calls of a part, kept to be used again.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub kept: Vec<bool>,
    passed: Vec<bool>,
    parties: Vec<bool>,
}

impl Ledger {
    pub(crate) fn sieve(&self, selection: &CallSelection) -> Result<Sieve> {
        let mut sieve = Sieve {
            from: selection.from_local,
            to: selection.to_local,
            weekdays: selection.weekdays.clone(),
            ids: ids(selection),
            ..Sieve::default()
        };
        let minutes = |(from, to): &(u32, u32)| (i64::from(*from) * 60, i64::from(*to) * 60 - 1);
        sieve.times = selection.minutes_of_day.iter().map(minutes).collect();
        // The cheapest and narrowest first.
        if selection.live {
            sieve.add([(Column::Live, Wanted::Between(1, 1))]);
        }
        // A word that is none selects nothing.
        let outcome = |word: &String| Outcome::from_word(word).map(|outcome| outcome.number().into());
        let direction = |word: &String| Direction::from_word(word).map(|direction| direction.number().into());
        if !selection.outcomes.is_empty() {
            sieve.add([(Column::Outcome, Wanted::any(selection.outcomes.iter().filter_map(outcome)))]);
        }
        if !selection.directions.is_empty() {
            sieve.add([(Column::Direction, Wanted::any(selection.directions.iter().filter_map(direction)))]);
        }
        if let Some(recorded) = selection.recorded {
            sieve.add([(Column::Recorded, Wanted::Between(recorded.into(), recorded.into()))]);
        }
        for (column, bounds) in [
            (Column::Ring, selection.ring),
            (Column::Wait, selection.wait),
            (Column::Talk, selection.talk),
            (Column::Billed, selection.billed),
            (Column::Total, selection.total),
        ] {
            if bounds.is_bounded() {
                sieve.add([(column, kept_between(bounds))]);
            }
        }
        if selection.transfers.is_bounded() {
            let Between { at_least, at_most } = selection.transfers;
            let wanted = Wanted::Between(at_least.unwrap_or(0), at_most.unwrap_or(u32::MAX));
            sieve.add([(Column::Transfers, wanted)]);
        }
        for (column, words) in [
            (Column::Trunk, &selection.trunks),
            (Column::Did, &selection.dids),
            (Column::Queue, &selection.queues),
            (Column::AccountCode, &selection.account_codes),
        ] {
            if !words.is_empty() {
                sieve.add([(column, Wanted::any(self.terms(words)?))]);
            }
        }
        if !selection.outcome_codes.is_empty() {
            let any =
                vec![(Column::OutcomeCode, Wanted::any(self.exchange_codes(&selection.outcome_codes)?))];
            let or_of = self.calls_given(&selection.outcome_codes)?;
            sieve.push(Test { any, or_of, except: self.calls_given_any()?, ..Test::default() });
        }
        if !selection.extensions.is_empty() {
            let extensions = Wanted::any(self.terms(&selection.extensions)?);
            let any = vec![(Column::PartyExtension, extensions)];
            sieve.push(Test { any, role: selection.role, ..Test::default() });
        }
        if !selection.answered_by.is_empty() {
            let terms = self.terms(&selection.answered_by)?;
            let mut numbers = Vec::new();
            for word in &selection.answered_by {
                // The other side of an outgoing call.
                numbers.extend(self.numbers_printed(word)?);
            }
            sieve.push(Test {
                any: vec![(
                    Column::AnsweredBy,
                    Wanted::any(terms.into_iter().map(|id| Shown::Term(id).kept())),
                )],
                or_shows: Some((Column::AnsweredBy, Wanted::any(numbers))),
                ..Test::default()
            });
        }
        if !selection.classes.is_empty() {
            sieve.add([(Column::Outside, Wanted::any_of(self.numbers_of_classes(&selection.classes)?))]);
        }
        if !selection.countries.is_empty() {
            sieve.add([(Column::Outside, Wanted::any_of(self.numbers_of_countries(&selection.countries)?))]);
        }
        if !selection.parties.is_empty() {
            self.add_parties(&mut sieve, &selection.parties)?;
        }
        if let Some(text) = selection.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            self.add_text(&mut sieve, text)?;
        }
        self.add_exactly(&mut sieve, &selection.exactly)?;
        Ok(sieve)
    }

    fn terms(&self, words: &[String]) -> Result<Vec<u32>> {
        let mut terms = Vec::with_capacity(words.len());
        for word in words {
            terms.extend(self.term(word)?);
        }
        Ok(terms)
    }

    fn add_parties(&self, sieve: &mut Sieve, parties: &[PartyMatch]) -> Result<()> {
        let mut numbers = NumberSet::default();
        let mut terms: Vec<Term> = Vec::new();
        let mut calls: Vec<CallId> = Vec::new();
        for party in parties {
            numbers.add(&self.numbers_with(party.by, &party.text)?);
            terms.extend(self.terms_with(party.by, &party.text)?);
            self.add_named(party.by, &party.text, &mut numbers, &mut terms, &mut calls)?;
        }
        sieve.add([
            (Column::Outside, Wanted::any_of(numbers)),
            (Column::Caller, shown_in(Column::Caller, &terms)),
            (Column::Called, shown_in(Column::Called, &terms)),
            (Column::PartyExtension, stands_in(Column::PartyExtension, &terms)),
        ]);
        sieve.or_of(calls);
        Ok(())
    }

    /// Adds what stands for people whose names the exchange did not print.
    fn add_named(
        &self,
        by: MatchBy,
        text: &str,
        numbers: &mut NumberSet,
        terms: &mut Vec<Term>,
        calls: &mut Vec<CallId>,
    ) -> Result<()> {
        let named = self.named(by, text)?;
        named.numbers.into_iter().for_each(|id| numbers.insert(id));
        for extension in named.extensions {
            terms.extend(self.term(&extension)?.map(Term::anywhere));
        }
        calls.extend(named.calls);
        Ok(())
    }

    fn add_text(&self, sieve: &mut Sieve, text: &str) -> Result<()> {
        let mut numbers = self.numbers_with(MatchBy::Piece, text)?;
        let mut terms = self.terms_with(MatchBy::Piece, text)?;
        // Or in what people wrote to the call.
        let mut calls = self.calls_remarked(text)?;
        self.add_named(MatchBy::Piece, text, &mut numbers, &mut terms, &mut calls)?;
        let shown = |column| (column, shown_in(column, &terms));
        let stands = |column| (column, stands_in(column, &terms));
        sieve.add([
            // Shown numbers are the outside party's, too.
            (Column::Outside, Wanted::any_of(numbers)),
            shown(Column::Caller),
            shown(Column::Called),
            shown(Column::AnsweredBy),
            stands(Column::Did),
            stands(Column::Queue),
            stands(Column::AccountCode),
            stands(Column::PartyExtension),
        ]);
        sieve.or_of(calls);
        Ok(())
    }
}

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

    /// Marks the calls of a part that pass; whether there may be any.
    pub fn sift(&self, part: &PartView<'_>, marks: &mut Marks) -> Result<bool> {
        let Marks { kept, passed, parties } = marks;
        kept.clear();
        kept.resize(part.calls, true);
        let begin = part.number * SLOT_SECONDS;
        let day = begin.div_euclid(24 * 60 * 60);
        // The first day of 1970 was a Thursday.
        let weekday = u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        let other_day = self.days.as_ref().is_some_and(|days| days.binary_search(&day).is_err());
        if other_day
            || self.not_days.contains(&day)
            || !self.weekdays.is_empty() && !self.weekdays.contains(&weekday)
        {
            kept.fill(false);
            return Ok(false);
        }
        // A part is no longer than a window; whether it is as long does not matter here.
        let within = self.from.is_none_or(|from| from <= begin)
            && self.to.is_none_or(|to| begin + WINDOW_SECONDS <= to);
        if !within {
            let from = self.from.unwrap_or(begin).max(begin) - begin;
            let to = self.to.unwrap_or(i64::MAX).min(begin + WINDOW_SECONDS) - begin - 1;
            narrow(part, kept, passed, |part, passed| {
                part.values(Column::Start)?.mark(&seconds(from, to), passed);
                Ok(())
            })?;
        }
        if !self.times.is_empty() {
            let begin = begin.rem_euclid(24 * 60 * 60);
            narrow(part, kept, passed, |part, passed| {
                for (from, to) in &self.times {
                    part.values(Column::Start)?.mark(&seconds(from - begin, to - begin), passed);
                }
                Ok(())
            })?;
        }
        if let Some(ids) = &self.ids {
            narrow(part, kept, passed, |part, passed| mark_ids(part, ids, true, passed))?;
        }
        for test in &self.tests {
            if !any(kept) {
                return Ok(false);
            }
            narrow(part, kept, passed, |part, passed| {
                for (column, wanted) in &test.any {
                    if passed.iter().all(|passed| *passed) {
                        break;
                    }
                    if *column == Column::PartyExtension {
                        mark_parties(part, wanted, test.role, parties, passed)?;
                    } else {
                        part.values(*column)?.mark(wanted, passed);
                    }
                }
                if let Some((column, wanted)) = &test.or_shows {
                    mark_shown(part, *column, wanted, parties, passed)?;
                }
                if !test.except.is_empty() && any(passed) {
                    mark_ids(part, &test.except, false, passed)?;
                }
                if !test.or_of.is_empty() {
                    mark_ids(part, &test.or_of, true, passed)?;
                }
                Ok(())
            })?;
        }
        Ok(any(kept))
    }
}

/// Looks at all of them: without a branch for each that is many at once.
fn any(marks: &[bool]) -> bool {
    marks.iter().fold(false, |any, mark| any | mark)
}

fn narrow(
    part: &PartView<'_>,
    kept: &mut [bool],
    passed: &mut Vec<bool>,
    mark: impl FnOnce(&PartView<'_>, &mut [bool]) -> Result<()>,
) -> Result<()> {
    passed.clear();
    passed.resize(kept.len(), false);
    mark(part, passed)?;
    for (kept, passed) in kept.iter_mut().zip(passed) {
        *kept &= *passed;
    }
    Ok(())
}

fn mark_parties(
    part: &PartView<'_>,
    wanted: &Wanted,
    role: Option<PartyRole>,
    parties: &mut Vec<bool>,
    passed: &mut [bool],
) -> Result<()> {
    let extensions = part.values(Column::PartyExtension)?;
    parties.clear();
    parties.resize(extensions.len(), false);
    extensions.mark(wanted, parties);
    if let Some(role) = role {
        for (party, did) in parties.iter_mut().zip(part.values(Column::PartyDid)?.to_vec()) {
            *party &= role.is_in(did);
        }
    }
    if !any(parties) {
        return Ok(());
    }
    // Room to look at so many from any place.
    parties.resize(parties.len() + MANY, false);
    let counts = part.values(Column::Parties)?.to_vec();
    let mut begin = 0_usize;
    for (passed, counts) in passed.chunks_mut(EIGHT).zip(counts.chunks(EIGHT)) {
        let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let end = usize::try_from(all).map_or(usize::MAX, |all| begin.saturating_add(all));
        // Mostly none of some calls in a row has the party, or all have passed by now; looking at more than theirs does no harm.
        let first = parties.get(begin..).and_then(<[bool]>::first_chunk::<MANY>);
        if !passed.iter().all(|passed| *passed)
            && (end - begin > MANY || first.is_none_or(|first| any(first)))
        {
            mark_each(&parties[begin.min(parties.len())..], counts, passed);
        }
        begin = end;
    }
    Ok(())
}

/// Marks calls that have a marked party, each so many of them.
fn mark_each(parties: &[bool], counts: &[u32], passed: &mut [bool]) {
    let mut begin = 0_usize;
    for (passed, count) in passed.iter_mut().zip(counts) {
        let count = *count as usize;
        let eight = parties.get(begin..).and_then(<[bool]>::first_chunk::<EIGHT>);
        *passed |= match (eight, FIRST.get(count)) {
            // Mostly there are few, and looking at eight at once takes no branch that is hard to foretell.
            (Some(eight), Some(first)) => u64::from_le_bytes(eight.map(u8::from)) & first != 0,
            _ => parties.get(begin..begin.saturating_add(count)).is_some_and(any),
        };
        begin = begin.saturating_add(count);
    }
}

/// Calls, or marks of parties, that are looked at together; and parties of as many calls.
const EIGHT: usize = 8;
const MANY: usize = 32;

/// The first so many of eight marks.
const FIRST: [u64; EIGHT + 1] = [
    0,
    0xff,
    0xffff,
    0xff_ffff,
    0xffff_ffff,
    0xff_ffff_ffff,
    0xffff_ffff_ffff,
    0xff_ffff_ffff_ffff,
    u64::MAX,
];

/// Marks calls of which a column shows the outside party's number, where that is wanted.
fn mark_shown(
    part: &PartView<'_>,
    column: Column,
    wanted: &Wanted,
    numbers: &mut Vec<bool>,
    passed: &mut [bool],
) -> Result<()> {
    numbers.clear();
    numbers.resize(passed.len(), false);
    part.values(Column::Outside)?.mark(wanted, numbers);
    if any(numbers) {
        let mut shown = vec![false; passed.len()];
        part.values(column)?.mark(&Wanted::any([Shown::Outside.kept()]), &mut shown);
        for ((passed, number), shown) in passed.iter_mut().zip(numbers).zip(shown) {
            *passed |= *number & shown;
        }
    }
    Ok(())
}

/// Puts the marks of these calls (ascending) to `mark`.
fn mark_ids(part: &PartView<'_>, ids: &[CallId], mark: bool, passed: &mut [bool]) -> Result<()> {
    let begin = part.number * SLOT_SECONDS;
    let first = ids.partition_point(|id| id.moment() < begin);
    let mut ids = ids[first..].iter().peekable();
    for (place, passed) in passed.iter_mut().enumerate() {
        let id = part.id(place)?;
        while ids.next_if(|wanted| **wanted < id).is_some() {}
        if ids.next_if(|wanted| **wanted == id).is_some() {
            *passed = mark;
        }
        if ids.peek().is_none() {
            break;
        }
    }
    Ok(())
}

/// Calls asked for by name, ascending, each once.
fn ids(selection: &CallSelection) -> Option<Vec<CallId>> {
    let sorted = |ids: &[CallId]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let within = selection.within.as_deref().map(sorted);
    let ids = Some(selection.ids.as_slice()).filter(|ids| !ids.is_empty()).map(sorted);
    match (within, ids) {
        (Some(within), Some(ids)) => {
            Some(ids.into_iter().filter(|id| within.binary_search(id).is_ok()).collect())
        }
        (within, ids) => within.or(ids),
    }
}

fn stands_in(column: Column, terms: &[Term]) -> Wanted {
    Wanted::any(terms.iter().filter(|term| term.may_stand_in(column)).map(|term| term.id))
}

fn shown_in(column: Column, terms: &[Term]) -> Wanted {
    let there = terms.iter().filter(|term| term.may_stand_in(column));
    Wanted::any(there.map(|term| Shown::Term(term.id).kept()))
}

/// Known values between the bounds, as they are kept.
fn kept_between(bounds: Between) -> Wanted {
    let kept = |value: u32| value.saturating_add(1);
    Wanted::Between(bounds.at_least.map_or(1, kept), bounds.at_most.map_or(u32::MAX, kept))
}

fn seconds(from: i64, to: i64) -> Wanted {
    let last = WINDOW_SECONDS - 1;
    if to < 0 || from > last || from > to {
        return Wanted::Between(1, 0);
    }
    let kept = |seconds: i64| u32::try_from(seconds.clamp(0, last)).unwrap_or(0);
    Wanted::Between(kept(from), kept(to))
}
