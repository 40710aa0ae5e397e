//! A part of the calls goes through a sieve: marks for those that pass.

use calls::CallId;

use super::Sieve;
use crate::{
    PartyRole, Result,
    column::{Column, SLOT_SECONDS, Shown, WINDOW_SECONDS},
    scan::PartView,
    values::Wanted,
};

/// Marks for the calls of a part, kept to be used again.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub kept: Vec<bool>,
    passed: Vec<bool>,
    parties: Vec<bool>,
}

impl Sieve {
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
fn seconds(from: i64, to: i64) -> Wanted {
    let last = WINDOW_SECONDS - 1;
    if to < 0 || from > last || from > to {
        return Wanted::Between(1, 0);
    }
    let kept = |seconds: i64| u32::try_from(seconds.clamp(0, last)).unwrap_or(0);
    Wanted::Between(kept(from), kept(to))
}
