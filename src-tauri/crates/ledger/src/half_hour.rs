//! Sums of calls by half-hour, kept with every change of a call, so that totals need not count.

use std::collections::BTreeMap;

use rusqlite::params;

use crate::{Ledger, Result};

/// What changes in the sums; written together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HalfHours(BTreeMap<Slot, Sums>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    half_hour: i64,
    direction: u8,
    outcome: u8,
    live: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sums {
    calls: i64,
    wait: i64,
    waited: i64,
    talk: i64,
    talked: i64,
}

/// The columns of a call that are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Summed {
    pub start_local: i64,
    pub direction: u8,
    pub outcome: u8,
    pub live: bool,
    pub wait: Option<u32>,
    pub talk: Option<u32>,
}

impl HalfHours {
    pub(crate) fn add(&mut self, call: &Summed) {
        self.count(call, 1);
    }

    pub(crate) fn take_away(&mut self, call: &Summed) {
        self.count(call, -1);
    }

    fn count(&mut self, call: &Summed, sign: i64) {
        let half_hour = call.start_local.div_euclid(1800);
        let Summed { direction, outcome, live, .. } = *call;
        let sums = self.0.entry(Slot { half_hour, direction, outcome, live }).or_default();
        sums.calls += sign;
        sums.wait += sign * call.wait.map_or(0, i64::from);
        sums.waited += sign * i64::from(call.wait.is_some());
        sums.talk += sign * call.talk.map_or(0, i64::from);
        sums.talked += sign * i64::from(call.talk.is_some_and(|talk| talk > 0));
    }
}

impl Ledger {
    /// Writes what changed; sums of no call go.
    pub fn write_half_hours(&self, changes: HalfHours) -> Result<()> {
        let mut add = self.connection.prepare_cached(
            "INSERT INTO half_hour (slot, direction, outcome, live, calls, wait, waited, talk, talked)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, wait = wait + excluded.wait,
             waited = waited + excluded.waited, talk = talk + excluded.talk, talked = talked + excluded.talked",
        )?;
        let mut clear = self.connection.prepare_cached(
            "DELETE FROM half_hour WHERE slot = ? AND direction = ? AND outcome = ? AND live = ? AND calls = 0",
        )?;
        for (slot, sums) in changes.0 {
            if sums == Sums::default() {
                continue;
            }
            let Slot { half_hour, direction, outcome, live } = slot;
            let Sums { calls, wait, waited, talk, talked } = sums;
            add.execute(params![half_hour, direction, outcome, live, calls, wait, waited, talk, talked])?;
            if calls < 0 {
                clear.execute(params![half_hour, direction, outcome, live])?;
            }
        }
        Ok(())
    }
}
