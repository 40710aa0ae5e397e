//! What became of missed calls: for reports over any time, by the rules of the list.
//!
//! Calls are gone through once in the order of time, with what is known of each caller: the list looks at some days of some
//! callers, a report may look at years of all.

use std::collections::HashMap;

use calls::{CallId, Direction, Outcome};
use ledger::{CallBlock, CallField, CallSelection, Ledger, NumberGroup, RingBackDecision, SHOWN_NUMBER};
use reports::FollowUp;

use super::{
    FARTHEST_ZONE_SECONDS,
    rules::{Meaning, dismissal},
    settings,
};
use crate::AppError;

const FIELDS: [CallField; 9] = [
    CallField::Start,
    CallField::Hash,
    CallField::Offset,
    CallField::Direction,
    CallField::Outcome,
    CallField::Live,
    CallField::Wait,
    CallField::Caller,
    CallField::Outside,
];

/// Of the wall-clock seconds `from_local .. to_local` the calls after which somebody was to be rung back, in the order of
/// time.
pub(crate) fn follow_ups(ledger: &Ledger, from_local: i64, to_local: i64) -> Result<Vec<FollowUp>, AppError> {
    let from = from_local.saturating_sub(FARTHEST_ZONE_SECONDS);
    let mut decisions = HashMap::new();
    for (number, decided) in ledger.ring_back_decisions(from)? {
        decisions.extend(ledger.party_of(&number)?.map(|caller| (caller, decided)));
    }
    let mut reading = Reading {
        short: settings(ledger)?.short_ring_seconds,
        from,
        meanings: meanings(),
        callers: ledger.number_groups(NumberGroup::Callable)?,
        waiting: Vec::new(),
        cases: Cases {
            to: to_local.saturating_add(FARTHEST_ZONE_SECONDS),
            decisions,
            last_of: Vec::new(),
            missed: Vec::new(),
            before: Vec::new(),
        },
    };
    let since = CallSelection {
        from_local: Some(from.saturating_sub(FARTHEST_ZONE_SECONDS)),
        ..CallSelection::default()
    };
    ledger.each_block(&since, &FIELDS, |block| reading.read(block))?;
    let mut follow_ups = reading.end();
    follow_ups.retain(|one| (from_local..to_local).contains(&one.call.moment()));
    follow_ups.sort_by_key(|one| one.call);
    Ok(follow_ups)
}

/// A call that matters to its caller.
#[derive(Debug, Clone, Copy)]
struct Heard {
    /// Seconds since 1970.
    start: i64,
    call: CallId,
    caller: u32,
    /// What stands for the caller's name, 0 for none.
    name: u32,
    meaning: Meaning,
}

/// Puts calls in the order of time: that of their clocks on the wall is another one where zones or summer time differ.
struct Reading {
    short: u32,
    /// Calls that start before, in seconds since 1970, do not matter.
    from: i64,
    /// By direction and outcome as columns have them.
    meanings: Vec<[Option<Meaning>; 256]>,
    /// For each number the caller, 0 for none.
    callers: Vec<u32>,
    waiting: Vec<Heard>,
    cases: Cases,
}

/// So many calls wait before those that nobody can come before any more are gone through.
const MANY: usize = 1 << 14;

fn meanings() -> Vec<[Option<Meaning>; 256]> {
    let mut meanings = vec![[None; 256]; 8];
    for direction in [Direction::Inbound, Direction::Outbound, Direction::Internal, Direction::Transit] {
        for outcome in Outcome::all() {
            let of = &mut meanings[usize::from(direction.number()) % 8];
            of[usize::from(outcome.number())] = Meaning::of(direction, outcome);
        }
    }
    meanings
}

impl Reading {
    fn read(&mut self, block: &CallBlock) {
        if self.waiting.len() > MANY {
            self.go_through(block.begin - FARTHEST_ZONE_SECONDS);
        }
        let [starts, hashes, offsets, directions, outcomes, lives, waits, names, numbers] = block.columns()
        else {
            return;
        };
        // Of the same length, so that no place is looked for in vain.
        let calls = block.calls;
        let (Some(starts), Some(hashes), Some(offsets)) =
            (starts.get(..calls), hashes.get(..calls), offsets.get(..calls))
        else {
            return;
        };
        let of = directions.iter().zip(outcomes).zip(lives).zip(waits).zip(names).zip(numbers).enumerate();
        for (place, (((((direction, outcome), live), wait), name), number)) in of {
            let meaning = self.meanings[*direction as usize % 8][*outcome as usize % 256];
            let caller = self.callers.get(*number as usize).copied().unwrap_or(0);
            let (Some(meaning), true, true) = (meaning, *live == 0, caller > 0) else { continue };
            // Kept as one more than it is, 0 for unknown.
            if meaning == Meaning::Missed && (1..=self.short).contains(wait) {
                continue;
            }
            let local = block.begin + i64::from(starts[place]);
            let start = local - (i64::from(offsets[place]) - DAY);
            if start >= self.from {
                let call = CallId::new(local, hashes[place].into());
                let name = if *name == SHOWN_NUMBER { 0 } else { *name };
                self.waiting.push(Heard { start, call, caller, name, meaning });
            }
        }
    }

    /// Goes through the calls that start before a moment.
    fn go_through(&mut self, moment: i64) {
        let in_order = |one: &Heard| (one.start, one.call);
        if !self.waiting.is_sorted_by_key(in_order) {
            self.waiting.sort_unstable_by_key(in_order);
        }
        let end = self.waiting.partition_point(|one| one.start < moment);
        for heard in self.waiting.drain(..end) {
            self.cases.add(&heard);
        }
    }

    fn end(mut self) -> Vec<FollowUp> {
        self.go_through(i64::MAX);
        self.cases.end()
    }
}

const DAY: i64 = 24 * 60 * 60;

/// What became of the calls so far.
struct Cases {
    /// Who was not missed before this moment is not asked about.
    to: i64,
    decisions: HashMap<u32, Vec<RingBackDecision>>,
    /// By callers: one more than the place of the last missed call with nobody spoken to since, 0 for none.
    last_of: Vec<u32>,
    missed: Vec<FollowUp>,
    /// Of each the one before it of the same case, as above.
    before: Vec<u32>,
}

impl Cases {
    fn add(&mut self, heard: &Heard) {
        let caller = heard.caller as usize;
        if self.last_of.len() <= caller {
            self.last_of.resize(caller + 1, 0);
        }
        let last = self.last_of[caller];
        let before = (last as usize).checked_sub(1);
        match (heard.meaning, before) {
            (Meaning::Missed, _) if before.is_some() || heard.start < self.to => {
                self.missed.push(FollowUp {
                    call: heard.call,
                    caller: heard.caller,
                    name: heard.name,
                    missed_at: heard.start,
                    reached_at: None,
                    dismissed: false,
                    tries: before.map_or(0, |before| self.missed[before].tries),
                });
                self.before.push(last);
                self.last_of[caller] = u32::try_from(self.missed.len()).unwrap_or(u32::MAX);
            }
            (Meaning::Reached, Some(_)) => {
                self.close(last, Some(heard.start));
                self.last_of[caller] = 0;
            }
            // The last one of a case counts, and tells the others when it is closed.
            (Meaning::Tried, Some(before)) => self.missed[before].tries += 1,
            _ => {}
        }
    }

    /// Tells all calls of a case what became of it.
    fn close(&mut self, last: u32, reached_at: Option<i64>) {
        let Some(FollowUp { caller, missed_at, tries, .. }) = self.missed.get(last as usize - 1).copied()
        else {
            return;
        };
        let decided = self.decisions.get(&caller).map_or(&[][..], Vec::as_slice);
        let dismissed = dismissal(decided, missed_at).is_some();
        let mut at = last;
        while let Some(place) = (at as usize).checked_sub(1) {
            let one = &mut self.missed[place];
            (one.reached_at, one.dismissed, one.tries) = (reached_at, dismissed, tries);
            at = self.before[place];
        }
    }

    fn end(mut self) -> Vec<FollowUp> {
        for last in std::mem::take(&mut self.last_of) {
            if last > 0 {
                self.close(last, None);
            }
        }
        self.missed
    }
}
