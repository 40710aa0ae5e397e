//! The rows of one call while it is played.

use chrono::{NaiveDateTime, TimeDelta};
use rand::Rng;

use super::{
    AsteriskCall, Direction, Disposition, Row, Truth,
    exchange::{Channel, Exchange},
    people::Party,
};
use crate::office;

pub(super) struct Story<'a> {
    pub(super) exchange: &'a mut Exchange,
    pub(super) truth: Truth,
    pub(super) rows: Vec<Row>,
}

/// The first of a pair of channels, and what its rows say of it.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) channel: Channel,
    pub(super) party: Party,
    /// What was dialled, and in which part of the dial plan.
    pub(super) dst: String,
    pub(super) dcontext: &'static str,
    pub(super) accountcode: String,
    pub(super) userfield: String,
}

/// What the exchange was doing with a caller.
#[derive(Debug, Clone)]
pub(super) struct Doing {
    pub(super) lastapp: &'static str,
    pub(super) lastdata: String,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) start: NaiveDateTime,
    pub(super) answer: Option<NaiveDateTime>,
    pub(super) end: NaiveDateTime,
}

impl Times {
    /// Two who talk from the first moment, because the caller had been answered before.
    pub(super) fn talking(start: NaiveDateTime, end: NaiveDateTime) -> Self {
        Self { start, answer: Some(start), end }
    }

    pub(super) fn unanswered(start: NaiveDateTime, end: NaiveDateTime) -> Self {
        Self { start, answer: None, end }
    }
}

impl<'a> Story<'a> {
    /// A story before its first row.
    pub(super) fn new(
        exchange: &'a mut Exchange,
        told: &office::Truth,
        direction: Direction,
        caller: &Caller,
    ) -> Self {
        let truth = Truth {
            linkedid: caller.channel.uniqueid.clone(),
            scenario: told.scenario,
            direction,
            answered: told.outcome == office::Outcome::Answered,
            voicemail_seconds: None,
            caller: (caller.party != Party::withheld()).then(|| caller.party.number.clone()),
            called: caller.dst.clone(),
            answered_by: told.answered_by.clone(),
            start: told.start,
            end: told.end,
            ring_seconds: told.ring_seconds,
            talk_seconds: told.talk_seconds,
            hold_seconds: 0,
        };
        Self { exchange, truth, rows: Vec::new() }
    }

    /// Adds a row and says which it is.
    pub(super) fn row(
        &mut self,
        caller: &Caller,
        partner: Option<&Channel>,
        doing: &Doing,
        times: Times,
        disposition: Disposition,
    ) -> usize {
        self.rows.push(Row {
            accountcode: caller.accountcode.clone(),
            src: caller.party.number.clone(),
            dst: caller.dst.clone(),
            dcontext: caller.dcontext,
            clid: caller.party.clid(),
            channel: caller.channel.name.clone(),
            dstchannel: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            lastapp: doing.lastapp,
            lastdata: doing.lastdata.clone(),
            start: times.start,
            answer: times.answer,
            end: times.end,
            disposition,
            uniqueid: caller.channel.uniqueid.clone(),
            userfield: caller.userfield.clone(),
            // The account of a call to the outside is known to both its ends.
            peeraccount: partner.map(|_| caller.accountcode.clone()).unwrap_or_default(),
            linkedid: self.truth.linkedid.clone(),
            sequence: self.exchange.sequence(),
            written: times.end,
        });
        self.rows.len() - 1
    }

    /// When somebody answered, or the ringing ended.
    pub(super) fn rung_until(&self) -> NaiveDateTime {
        after(self.truth.start, self.truth.ring_seconds)
    }

    /// The finished call, its rows in the order of writing.
    pub(super) fn over(mut self) -> AsteriskCall {
        let salt: u64 = self.exchange.rng.random();
        for row in &mut self.rows {
            row.start = to_the_millisecond(row.start, salt);
            row.answer = row.answer.map(|answer| to_the_millisecond(answer, salt));
            row.end = to_the_millisecond(row.end, salt);
        }
        for place in 0..self.rows.len() {
            let of_channel = self.rows.iter().filter(|row| row.uniqueid == self.rows[place].uniqueid);
            if let Some(hung_up) = of_channel.map(|row| row.end).max() {
                self.rows[place].written = hung_up;
            }
        }
        self.rows.sort_by(|one, other| {
            (one.written, &one.uniqueid, one.sequence).cmp(&(other.written, &other.uniqueid, other.sequence))
        });
        AsteriskCall { truth: self.truth, rows: self.rows }
    }
}

/// The same fraction for the same moment of a call, so that what comes at once stays at once.
fn to_the_millisecond(at: NaiveDateTime, salt: u64) -> NaiveDateTime {
    // Fibonacci hashing: the upper bits of a product are well mixed (Knuth, volume 3, 6.4).
    let mixed = (salt ^ at.and_utc().timestamp().unsigned_abs()).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    at + TimeDelta::milliseconds(i64::try_from(mixed % 1000).unwrap_or(0))
}

pub(super) fn after(at: NaiveDateTime, seconds: u32) -> NaiveDateTime {
    at + TimeDelta::seconds(i64::from(seconds))
}

/// Puts a phone or an outside number into the caller's dial plan: what `Dial` was told.
pub(super) fn dial(whom: &str, options: &str) -> Doing {
    Doing { lastapp: "Dial", lastdata: format!("{whom},{options}") }
}
