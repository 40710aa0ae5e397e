//! Sums of a part's calls by direction and outcome, so that totals need not look at every call.

use std::collections::BTreeMap;

use calls::{Direction, Outcome};

use crate::{
    Summary,
    call_query::{missed_outcomes, narrow},
    column::{Column, value_of},
    leb128::{put, take},
};

/// Sums over calls of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sums {
    calls: u64,
    /// Seconds, where known, and calls whose wait is known.
    wait: u64,
    waited: u64,
    /// Seconds, where known, and calls with talk.
    talk: u64,
    talked: u64,
    transfers: u64,
}

/// Sums by direction, outcome, and whether the calls are going on (1) or over (0).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PartSums(BTreeMap<[u32; 3], Sums>);

/// The columns that are summed up.
pub(crate) const SUMMED: [Column; 6] =
    [Column::Direction, Column::Outcome, Column::Live, Column::Wait, Column::Talk, Column::Transfers];

impl PartSums {
    /// Adds a call with these values of [`SUMMED`].
    pub fn add(&mut self, [direction, outcome, live, wait, talk, transfers]: [u32; 6]) {
        let sums = self.0.entry([direction, outcome, live]).or_default();
        let (wait, talk) = (value_of(wait), value_of(talk).unwrap_or(0));
        sums.calls += 1;
        sums.wait += u64::from(wait.unwrap_or(0));
        sums.waited += u64::from(wait.is_some());
        sums.talk += u64::from(talk);
        sums.talked += u64::from(talk > 0);
        sums.transfers += u64::from(transfers);
    }

    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * 16);
        for (kind, sums) in &self.0 {
            let Sums { calls, wait, waited, talk, talked, transfers } = *sums;
            for number in kind {
                put(&mut bytes, u64::from(*number));
            }
            for number in [calls, wait, waited, talk, talked, transfers] {
                put(&mut bytes, number);
            }
        }
        bytes
    }

    /// Adds packed sums.
    pub fn add_packed(&mut self, mut bytes: &[u8]) {
        let mut next = || take(&mut bytes);
        while let (Some(direction), Some(outcome), Some(live)) = (next(), next(), next()) {
            let kind = [direction, outcome, live].map(narrow);
            let sums = self.0.entry(kind).or_default();
            for sum in [
                &mut sums.calls,
                &mut sums.wait,
                &mut sums.waited,
                &mut sums.talk,
                &mut sums.talked,
                &mut sums.transfers,
            ] {
                *sum += next().unwrap_or(0);
            }
        }
    }

    pub fn summary(&self) -> Summary {
        let missed = missed_outcomes();
        let mut sum = Summary::default();
        for ([direction, outcome, live], sums) in &self.0 {
            let calls = narrow(sums.calls);
            let inbound = *direction == u32::from(Direction::Inbound.number());
            let answered = *outcome == u32::from(Outcome::Answered.number());
            if inbound && *live == 0 && *outcome != u32::from(Outcome::Unknown.number()) {
                sum.inbound += calls;
                sum.inbound_answered += if answered { calls } else { 0 };
            }
            if inbound && answered {
                sum.wait_seconds += sums.wait;
                sum.waited += narrow(sums.waited);
            }
            if missed.contains(outcome) {
                sum.missed += calls;
            }
            sum.calls += calls;
            sum.talk_seconds += sums.talk;
            sum.talked += narrow(sums.talked);
            sum.transfers += sums.transfers;
            sum.legs += sums.calls + sums.transfers;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_come_back_as_they_were_packed() {
        let mut sums = PartSums::default();
        sums.add([0, 0, 0, 12, 1, 1]);
        sums.add([0, 0, 0, 0, 70_001, 0]);
        sums.add([1, 13, 1, 0, 0, 0]);
        let mut back = PartSums::default();
        back.add_packed(&sums.pack());
        assert_eq!(back, sums);
        let summary = back.summary();
        assert_eq!((summary.calls, summary.wait_seconds, summary.waited), (3, 11, 1));
        assert_eq!((summary.talk_seconds, summary.talked, summary.legs), (70_000, 1, 4));
    }
}
