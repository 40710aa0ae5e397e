//! Which calls are in the ledger already, by the threads of their rows: asked a million times in a row, so it is
//! kept in memory for the stretch of time that an import is at.

use std::collections::HashMap;

use calls::{CallId, Thread};
use ledger::Ledger;

use crate::AppError;

/// A row of a call begins within this many seconds of the call, by the wall clock: a day and an hour, as long as the
/// longest call, and another hour in which the clock may be put forward or back.
pub(super) const REACH: i64 = 26 * 60 * 60;

/// Calls remembered before those that lie far behind are forgotten: few enough to be found in the processor's caches.
const REMEMBERED: usize = 16_000;

/// Calls by the part of their threads' hashes that ids keep. Two calls may share it: whoever asks compares whole
/// threads.
#[derive(Debug, Default)]
pub(super) struct KnownCalls {
    by_thread: HashMap<u32, Few, Unhashed>,
    /// Stretches of time (wall-clock seconds since 1970) whose calls are all remembered, in order, apart from each other.
    covered: Vec<(i64, i64)>,
    /// Calls that were in the ledger, in order unless some came.
    kept: Vec<CallId>,
    kept_unsorted: bool,
    /// How many there may be: twice as many as there were when some were forgotten last, so that this stays rare.
    limit: usize,
}

#[derive(Debug)]
enum Few {
    One(CallId),
    Many(Vec<CallId>),
}

impl KnownCalls {
    /// Remembers all calls of the ledger that rows of the seconds `from ..= to` may belong to.
    pub fn reach(&mut self, ledger: &Ledger, from: i64, to: i64) -> Result<(), AppError> {
        if self.by_thread.len() > self.limit.max(REMEMBERED) {
            self.forget_outside(from - REACH, to + REACH);
            self.limit = self.by_thread.len() * 2;
        }
        for (from, to) in self.missing(from - REACH, to + REACH) {
            for (thread, call) in ledger.threads_between(from, to)? {
                self.put(thread, call);
                self.kept.push(call);
                self.kept_unsorted = true;
            }
        }
        Ok(())
    }

    /// Calls of the ledger that start in the wall-clock seconds `from ..= to`; those that were told since may be left
    /// out.
    pub fn starting(&mut self, from: i64, to: i64) -> impl Iterator<Item = CallId> {
        if std::mem::take(&mut self.kept_unsorted) {
            self.kept.sort_unstable();
            self.kept.dedup();
        }
        let first = self.kept.partition_point(|call| call.moment() < from);
        self.kept[first..].iter().copied().take_while(move |call| call.moment() <= to)
    }

    /// Calls that a row of this time with this thread may belong to.
    pub fn candidates(&self, thread: Thread, moment: i64) -> impl Iterator<Item = CallId> {
        let found = self.by_thread.get(&CallId::kept_hash(thread.0)).map_or(&[][..], Few::calls);
        found.iter().copied().filter(move |call| (call.moment() - moment).abs() <= REACH)
    }

    pub fn add(&mut self, thread: Thread, call: CallId) {
        self.put(CallId::kept_hash(thread.0), call);
    }

    /// Calls near the rows at hand stay, whatever the ledger says: some of them are not written yet.
    fn forget_outside(&mut self, from: i64, to: i64) {
        self.by_thread.retain(|_, few| few.keep(|call| (from..=to).contains(&call.moment())));
        self.kept.retain(|call| (from..=to).contains(&call.moment()));
        self.covered.retain_mut(|(start, end)| {
            (*start, *end) = ((*start).max(from), (*end).min(to));
            start <= end
        });
    }

    fn put(&mut self, thread: u32, call: CallId) {
        self.by_thread.entry(thread).and_modify(|few| few.add(call)).or_insert(Few::One(call));
    }

    /// What of a stretch is not covered yet; covered from now on.
    fn missing(&mut self, from: i64, to: i64) -> Vec<(i64, i64)> {
        let mut missing = Vec::new();
        let mut begin = from;
        for &(start, end) in &self.covered {
            if start > begin && start <= to {
                missing.push((begin, start - 1));
            }
            if end >= begin && start <= to {
                begin = begin.max(end + 1);
            }
        }
        if begin <= to {
            missing.push((begin, to));
        }
        self.covered.push((from, to));
        self.covered.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::new();
        for (start, end) in self.covered.drain(..) {
            match merged.last_mut() {
                Some(last) if start <= last.1 + 1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        self.covered = merged;
        missing
    }
}

impl Few {
    fn calls(&self) -> &[CallId] {
        match self {
            Self::One(call) => std::slice::from_ref(call),
            Self::Many(calls) => calls,
        }
    }

    /// Keeps those that are wanted; `false` when none is left.
    fn keep(&mut self, wanted: impl Fn(&CallId) -> bool) -> bool {
        match self {
            Self::One(call) => wanted(call),
            Self::Many(calls) => {
                calls.retain(wanted);
                !calls.is_empty()
            }
        }
    }

    fn add(&mut self, call: CallId) {
        match self {
            Self::One(one) if *one == call => {}
            Self::One(one) => *self = Self::Many(vec![*one, call]),
            Self::Many(calls) if calls.contains(&call) => {}
            Self::Many(calls) => calls.push(call),
        }
    }
}

/// The keys are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unhashed;

impl std::hash::BuildHasher for Unhashed {
    type Hasher = Passed;

    fn build_hasher(&self) -> Passed {
        Passed(0)
    }
}

#[derive(Debug)]
pub(super) struct Passed(u64);

impl std::hash::Hasher for Passed {
    fn finish(&self) -> u64 {
        // The table looks at the upper bits, too.
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_asked_for_once() {
        let mut known = KnownCalls::default();
        assert_eq!(known.missing(10, 20), [(10, 20)]);
        assert_eq!(known.missing(15, 25), [(21, 25)]);
        assert_eq!(known.missing(0, 30), [(0, 9), (26, 30)]);
        assert_eq!(known.missing(5, 28), []);
        assert_eq!(known.missing(40, 50), [(40, 50)]);
        assert_eq!(known.missing(-5, 60), [(-5, -1), (31, 39), (51, 60)]);
        assert_eq!(known.covered, [(-5, 60)]);
    }

    #[test]
    fn what_lies_far_behind_is_forgotten_and_asked_for_again() {
        let mut known = KnownCalls::default();
        assert_eq!(known.missing(0, 100), [(0, 100)]);
        for moment in [10, 60] {
            known.add(Thread(1), CallId::new(moment, 1));
        }
        known.add(Thread(2), CallId::new(10, 2));
        known.forget_outside(50, 200);
        assert_eq!(known.covered, [(50, 100)]);
        assert_eq!(known.candidates(Thread(1), 60).collect::<Vec<_>>(), [CallId::new(60, 1)]);
        assert_eq!(known.candidates(Thread(2), 10).count(), 0);
        assert_eq!(known.missing(0, 100), [(0, 49)]);
    }

    #[test]
    fn calls_of_the_ledger_are_found_by_their_start() {
        let mut known = KnownCalls { kept_unsorted: true, ..KnownCalls::default() };
        let calls = [80, 9, 10, 96].map(|moment| CallId::new(moment, 7));
        known.kept.extend(calls.into_iter().chain(calls));
        assert_eq!(known.starting(10, 95).collect::<Vec<_>>(), [calls[2], calls[0]]);
        known.forget_outside(90, 100);
        assert_eq!(known.starting(10, 96).collect::<Vec<_>>(), [calls[3]]);
    }

    #[test]
    fn threads_lead_to_calls_of_their_time() {
        let mut known = KnownCalls::default();
        let call = |moment| CallId::new(moment, 7);
        known.add(Thread(7), call(1_000_000));
        known.add(Thread(7), call(2_000_000));
        known.add(Thread(7), call(2_000_000));
        assert_eq!(known.candidates(Thread(7), 1_000_100).collect::<Vec<_>>(), [call(1_000_000)]);
        assert_eq!(known.candidates(Thread(8), 1_000_100).count(), 0);
    }
}
