//! Who is to be rung back: a function of the calls with one number, what people decided, and the time.
//!
//! A caller is missed by an inbound call after which nobody had spoken with them (see [`is_missed`]), and reached by
//! the next call that a person answered, whoever of the two called. The missed calls up to there are one [`Case`].

use calls::{Direction, Outcome};
use ledger::{NumberCall, RingBackDecision, RingBackDecisionKind as Kind};

use crate::views::{RingBackSettings, RingBackState};

/// Unless a person chooses others: three days, and the limit of short-lost calls that the trade uses (QueueMetrics,
/// Wazo).
pub(crate) const DEFAULT: RingBackSettings = RingBackSettings { window_hours: 72, short_ring_seconds: 5 };

/// Missed calls of one caller with nobody spoken to between them, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case<'a> {
    /// In the order of time.
    pub missed: Vec<&'a NumberCall>,
    /// Our own calls since the first of them that did not get through, as far as anybody knows.
    pub called_back: u32,
    /// The call in which somebody spoke with the caller.
    pub closed_by: Option<&'a NumberCall>,
}

impl Case<'_> {
    /// Start of its last missed call, seconds since 1970.
    pub fn last_try(&self) -> i64 {
        self.missed.last().map_or(0, |call| call.start_utc)
    }

    pub fn first_try(&self) -> i64 {
        self.missed.first().map_or(0, |call| call.start_utc)
    }

    /// Of these decisions about the caller those about this case: whoever calls again after having been reached is a
    /// new case, about which nothing has been decided.
    pub fn decisions<'d>(&self, all: &'d [RingBackDecision]) -> impl Iterator<Item = &'d RingBackDecision> {
        let first = self.first_try();
        all.iter().filter(move |decision| decision.last_try >= first)
    }

    /// The dismissal that holds: the next missed call ends it, and so does a person.
    pub fn dismissal<'d>(&self, all: &'d [RingBackDecision]) -> Option<&'d RingBackDecision> {
        dismissal(all, self.last_try())
    }

    /// How the case stands at `now` (seconds since 1970); `None` once it is no longer of interest: a window after it
    /// was closed, dismissed or given up.
    pub fn state(&self, all: &[RingBackDecision], window_seconds: i64, now: i64) -> Option<RingBackState> {
        let in_window = |at: i64| now - at <= window_seconds;
        if let Some(closing) = self.closed_by {
            return in_window(closing.start_utc).then_some(RingBackState::Reached);
        }
        if let Some(dismissal) = self.dismissal(all) {
            return in_window(dismissal.decided_at / 1000).then_some(RingBackState::Dismissed);
        }
        let lapses = self.last_try() + window_seconds;
        if now <= lapses {
            return Some(RingBackState::Open);
        }
        in_window(lapses).then_some(RingBackState::Lapsed)
    }
}

/// The same of a case by the start of its last missed call.
pub(crate) fn dismissal(all: &[RingBackDecision], last_try: i64) -> Option<&RingBackDecision> {
    let last = all.iter().rfind(|decision| matches!(decision.kind, Kind::Dismissed | Kind::Reopened))?;
    (last.kind == Kind::Dismissed && last.last_try >= last_try).then_some(last)
}

/// What a call with an outside number means to whoever may have to ring back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The caller spoke with nobody. If they hung up sooner than somebody can answer, they did not want to: see
    /// [`is_missed`].
    Missed,
    /// A person of either side spoke with one of the other.
    Reached,
    /// A call of ours that did not get through, as far as anybody knows.
    Tried,
}

impl Meaning {
    /// Of a call that is over.
    pub fn of(direction: Direction, outcome: Outcome) -> Option<Self> {
        match direction {
            _ if outcome == Outcome::Answered => Some(Self::Reached),
            Direction::Inbound if ledger::is_to_be_rung_back(outcome) => Some(Self::Missed),
            Direction::Outbound => Some(Self::Tried),
            _ => None,
        }
    }
}

fn meaning(call: &NumberCall) -> Option<Meaning> {
    if call.live { None } else { Meaning::of(call.direction, call.outcome) }
}

/// The caller spoke with nobody, and had waited long enough to have wanted to.
pub(crate) fn is_missed(call: &NumberCall, short_ring_seconds: u32) -> bool {
    meaning(call) == Some(Meaning::Missed) && call.wait_seconds.is_none_or(|wait| wait >= short_ring_seconds)
}

fn is_reached(call: &NumberCall) -> bool {
    meaning(call) == Some(Meaning::Reached)
}

/// The cases of one caller, in the order of time; only the last can be open. `calls` are all with that number, in the
/// order of time.
pub(crate) fn cases(calls: &[NumberCall], short_ring_seconds: u32) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for call in calls {
        let open = cases.last_mut().filter(|case| case.closed_by.is_none());
        if is_missed(call, short_ring_seconds) {
            match open {
                Some(case) => case.missed.push(call),
                None => cases.push(Case { missed: vec![call], called_back: 0, closed_by: None }),
            }
        } else if let Some(case) = open {
            if is_reached(call) {
                case.closed_by = Some(call);
            } else if meaning(call) == Some(Meaning::Tried) {
                case.called_back += 1;
            }
        }
    }
    cases
}

const HALF_HOUR: i64 = 30 * 60;
const DAY: i64 = 24 * 60 * 60;

/// Calls that somebody answered before a time of day says anything.
const FEWEST_ANSWERED: u32 = 3;
/// Of those, in one half-hour: three calls at three times say nothing.
const FEWEST_IN_BEST: u32 = 2;

/// The half-hour of the day (from midnight, by the source's clock) in which most calls with this number were answered,
/// whoever called; the earliest of equal ones. `None` where too few calls tell.
pub(crate) fn best_half_hour(calls: &[NumberCall]) -> Option<u32> {
    let mut answered = [0_u32; 48];
    for call in calls.iter().filter(|call| is_reached(call)) {
        let half_hour = usize::try_from(call.start_local.rem_euclid(DAY) / HALF_HOUR).ok()?;
        *answered.get_mut(half_hour)? += 1;
    }
    let most = answered.iter().copied().max().unwrap_or(0);
    let enough = answered.iter().sum::<u32>() >= FEWEST_ANSWERED && most >= FEWEST_IN_BEST;
    let best = answered.iter().position(|count| *count == most).filter(|_| enough)?;
    u32::try_from(best).ok()
}

/// Why a case is closed, in a sentence: `103 spoke with the caller at 10:42 (2 min)`.
pub(crate) fn because(case: &Case<'_>) -> Option<String> {
    let call = case.closed_by?;
    let who = call.ours.as_deref();
    let told = match (call.direction, who) {
        (Direction::Outbound, who) => format!("{} spoke with the caller", who.unwrap_or("somebody")),
        (_, Some(who)) => format!("the caller got through to {who}"),
        (_, None) => "the caller got through".to_owned(),
    };
    let missed_on = case.missed.last().map(|missed| missed.start_local.div_euclid(DAY));
    let at = chrono::DateTime::from_timestamp(call.start_local, 0)?;
    let at = if missed_on == Some(call.start_local.div_euclid(DAY)) {
        at.format("at %H:%M")
    } else {
        at.format("on %-d %B at %H:%M")
    };
    let talk = call.talk_seconds.map_or_else(String::new, |talk| format!(" ({})", duration(talk)));
    Some(format!("{told} {at}{talk}"))
}

/// `35 s`, `2 min`, `1 h 5 min`: for a reason, minutes are sharp enough.
fn duration(seconds: u32) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
