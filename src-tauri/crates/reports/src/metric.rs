//! What reports count, each with its formula and the calls that it is made of.

use calls::{Direction, Outcome};

use crate::{
    Column, Field, Measured, Narrowing, ReportError, Result, Unit, Value,
    tally::{LOST, Tally, real},
};

/// Something that can be said of any set of calls.
#[derive(Debug)]
pub struct Metric {
    /// Stable.
    pub id: &'static str,
    pub title: &'static str,
    pub unit: Unit,
    /// Empty where the title says it all.
    pub formula: &'static str,
    opens: fn(u32) -> Vec<Narrowing>,
    /// From the counts, and the hours that the period has.
    value: fn(&Tally, f64) -> Value,
}

impl Metric {
    pub fn of(id: &str) -> Result<&'static Self> {
        METRICS.iter().find(|metric| metric.id == id).ok_or_else(|| ReportError::NoSuchMetric(id.to_owned()))
    }

    pub(crate) fn value(&self, tally: &Tally, hours: f64) -> Value {
        (self.value)(tally, hours)
    }

    /// A column of it; cells open the calls that it is made of.
    pub(crate) fn column(&self, within: u32) -> Column {
        Column::of(self.id, self.title, self.unit, Some((self.opens)(within)))
    }

    /// What is measured of calls for it; their kinds are known anyway.
    pub(crate) fn measured(&self) -> &'static [Field] {
        match self.id {
            "average-wait" | "longest-wait" | "average-lost-wait" | "served" | "lost" => &[Field::Wait],
            "talk" | "average-talk" | "longest-talk" => &[Field::Talk],
            "billed" => &[Field::Billed],
            "handed-on" | "transfers" => &[Field::Transfers],
            _ if self.is_of_limit() => &[Field::Wait],
            _ => &[],
        }
    }

    /// Whether it is of the longest call.
    pub(crate) fn is_most(&self) -> bool {
        matches!(self.id, "longest-wait" | "longest-talk")
    }

    /// Whether it tells who waited no longer than the limit.
    pub(crate) fn is_of_limit(&self) -> bool {
        matches!(self.id, "served-soon" | "lost-soon") || self.id.starts_with("sl-")
    }
}

fn all() -> Vec<Narrowing> {
    Vec::new()
}

fn outcome(outcome: Outcome) -> Vec<Narrowing> {
    vec![Narrowing::outcomes([outcome])]
}

fn known_outcomes() -> Narrowing {
    Narrowing::outcomes(Outcome::all().filter(|outcome| *outcome != Outcome::Unknown)).and_over()
}

fn offered() -> Vec<Narrowing> {
    vec![known_outcomes().and_directions(&[Direction::Inbound])]
}

fn seizures() -> Vec<Narrowing> {
    vec![known_outcomes().and_directions(&[Direction::Inbound, Direction::Outbound])]
}

fn waited() -> Vec<Narrowing> {
    let answered = Narrowing::outcomes([Outcome::Answered]).and_directions(&[Direction::Inbound]);
    vec![answered.and_measured(Measured::Wait, Some(0), None)]
}

fn talked() -> Vec<Narrowing> {
    vec![Narrowing::measured(Measured::Talk, Some(1), None)]
}

fn served(at_least: u32, at_most: Option<u32>) -> Narrowing {
    let answered = Narrowing::outcomes([Outcome::Answered]).and_directions(&[Direction::Inbound]).and_over();
    answered.and_measured(Measured::Wait, Some(at_least), at_most)
}

fn lost(at_least: u32, at_most: Option<u32>) -> Narrowing {
    let lost = Narrowing::outcomes(LOST).and_directions(&[Direction::Inbound]).and_over();
    lost.and_measured(Measured::Wait, Some(at_least), at_most)
}

fn both() -> Narrowing {
    let outcomes = LOST.into_iter().chain([Outcome::Answered]);
    let both = Narrowing::outcomes(outcomes).and_directions(&[Direction::Inbound]).and_over();
    both.and_measured(Measured::Wait, Some(0), None)
}

macro_rules! metrics {
    ($($id:literal, $title:literal, $unit:ident, $formula:literal, $opens:expr, $value:expr;)*) => {
        /// Every metric, by its stable id.
        pub static METRICS: &[Metric] = &[$(Metric {
            id: $id, title: $title, unit: Unit::$unit, formula: $formula, opens: $opens, value: $value,
        }),*];
    };
}

metrics! {
    "calls", "Calls", Calls, "", |_| all(), |sum, _| Value::Whole(sum.calls);
    "inbound", "Incoming", Calls, "", |_| vec![Narrowing::directions(&[Direction::Inbound])],
        |sum, _| Value::Whole(sum.inbound);
    "outbound", "Outgoing", Calls, "", |_| vec![Narrowing::directions(&[Direction::Outbound])],
        |sum, _| Value::Whole(sum.outbound);
    "internal", "Internal", Calls, "", |_| vec![Narrowing::directions(&[Direction::Internal])],
        |sum, _| Value::Whole(sum.internal);
    "answered", "Answered", Calls, "calls that a person answered", |_| outcome(Outcome::Answered),
        |sum, _| Value::Whole(sum.answered);
    "missed", "Missed", Calls, "somebody rang us and got nobody, short and queued calls included",
        |_| vec![Narrowing::missed()], |sum, _| Value::Whole(sum.missed);
    "lost-in-queue", "Lost in queue", Calls, "", |_| outcome(Outcome::LostInQueue),
        |sum, _| Value::Whole(sum.lost_in_queue);
    "short-lost", "Lost at once", Calls, "missed calls that waited less than 5 s",
        |_| outcome(Outcome::ShortLost), |sum, _| Value::Whole(sum.short_lost);
    "overflowed", "Overflowed", Calls, "", |_| outcome(Outcome::OverflowedAway),
        |sum, _| Value::Whole(sum.overflowed);
    "voicemail", "Voicemail", Calls, "",
        |_| vec![Narrowing::outcomes([Outcome::VoicemailLeft, Outcome::VoicemailNoMessage])],
        |sum, _| Value::Whole(sum.voicemail);
    "busy", "Busy", Calls, "", |_| outcome(Outcome::Busy), |sum, _| Value::Whole(sum.busy);
    "failed", "Failed", Calls, "congestion, no route, no account", |_| outcome(Outcome::Failed),
        |sum, _| Value::Whole(sum.failed);
    "offered", "Offered", Calls, "incoming calls that are over and whose outcome is known", |_| offered(),
        |sum, _| Value::Whole(sum.offered);
    "offered-answered", "Incoming answered", Calls, "", |_| vec![
            Narrowing::outcomes([Outcome::Answered]).and_directions(&[Direction::Inbound]).and_over()
        ], |sum, _| Value::Whole(sum.offered_answered);
    "answered-percent", "Answered %", Percent, "answered ÷ offered: of incoming calls that are over and whose outcome is known",
        |_| offered(), |sum, _| Value::percent(sum.offered_answered, sum.offered);
    "average-wait", "Average wait", Seconds, "of answered incoming calls whose wait is known (ASA)", |_| waited(),
        |sum, _| Value::mean(sum.wait, sum.waited);
    "longest-wait", "Longest wait", Seconds, "of answered incoming calls", |_| waited(),
        |sum, _| if sum.waited == 0 { Value::Unknown } else { Value::Whole(sum.wait_most) };
    "average-lost-wait", "Average wait of missed", Seconds, "of missed calls whose wait is known",
        |_| vec![Narrowing::missed().and_measured(Measured::Wait, Some(0), None)],
        |sum, _| Value::mean(sum.lost_wait, sum.lost_waited);
    "talk", "Talk", Seconds, "at least two people connected", |_| talked(), |sum, _| Value::Whole(sum.talk);
    "average-talk", "Average talk", Seconds, "ACD = ALOC: talk of answered calls ÷ answered calls whose talk is known",
        |_| vec![Narrowing::outcomes([Outcome::Answered]).and_measured(Measured::Talk, Some(0), None)],
        |sum, _| Value::mean(sum.answered_talk, sum.answered_talked);
    "longest-talk", "Longest talk", Seconds, "", |_| talked(),
        |sum, _| if sum.talked == 0 { Value::Unknown } else { Value::Whole(sum.talk_most) };
    "billed", "Billed", Seconds, "release of the outside leg minus its answer",
        |_| vec![Narrowing::measured(Measured::Billed, Some(0), None)],
        |sum, _| if sum.billed_known == 0 { Value::Unknown } else { Value::Whole(sum.billed) };
    "handed-on", "Handed on", Calls, "calls that came to somebody else who answered",
        |_| vec![Narrowing { transfers_at_least: Some(1), ..Narrowing::default() }],
        |sum, _| Value::Whole(sum.handed_on);
    "transfers", "Transfers", Count, "how often calls came to somebody else who answered",
        |_| vec![Narrowing { transfers_at_least: Some(1), ..Narrowing::default() }],
        |sum, _| Value::Whole(sum.transfers);
    "asr", "ASR", Percent, "answer-seizure ratio: 100 × answered ÷ seizures; seizures are calls from and to outside that are over and whose outcome is known (ITU-T E.411)",
        |_| seizures(), |sum, _| Value::percent(sum.seizures_answered, sum.seizures);
    "ner", "NER", Percent, "network effectiveness: 100 × (seizures − failed) ÷ seizures; busy, unanswered and refused calls did reach the other side (ITU-T E.425)",
        |_| seizures(), |sum, _| Value::percent(sum.seizures - sum.seizures_failed, sum.seizures);
    "ach", "Calls an hour", Number, "ACH: calls ÷ hours of the period, of which a day has 23, 24 or 25",
        |_| all(), |sum, hours| Value::decimal(real(sum.calls) / hours, 2);
    "served", "Answered, wait known", Calls, "incoming calls that a person answered and whose wait is known",
        |_| vec![served(0, None)], |sum, _| Value::Whole(sum.served);
    "served-soon", "Answered in time", Calls, "", |within| vec![served(0, Some(within))],
        |sum, _| Value::Whole(sum.served_soon);
    "lost", "Lost", Calls, "callers who wanted a person and got none: missed, voicemail or overflowed, wait known",
        |_| vec![lost(0, None)], |sum, _| Value::Whole(sum.lost);
    "lost-soon", "Lost in that time", Calls, "", |within| vec![lost(0, Some(within))],
        |sum, _| Value::Whole(sum.lost_soon);
    "sl-a", "Of answered", Percent, "SL-A = answered in time ÷ answered", |_| vec![served(0, None)],
        |sum, _| Value::percent(sum.served_soon, sum.served);
    "sl-b", "Of offered", Percent, "SL-B = answered in time ÷ (answered + lost)", |_| vec![both()],
        |sum, _| Value::percent(sum.served_soon, sum.served + sum.lost);
    "sl-c", "Less lost soon", Percent, "SL-C = answered in time ÷ (answered + lost − lost in that time)",
        |_| vec![both()],
        |sum, _| Value::percent(sum.served_soon, sum.served + sum.lost - sum.lost_soon);
    "sl-d", "Inclusive", Percent, "SL-D = (answered in time + lost in that time) ÷ (answered + lost)",
        |_| vec![both()],
        |sum, _| Value::percent(sum.served_soon + sum.lost_soon, sum.served + sum.lost);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_there_once_and_are_found() {
        for metric in METRICS {
            assert!(std::ptr::eq(Metric::of(metric.id).unwrap(), metric), "{}", metric.id);
        }
        assert_eq!(Metric::of("cost").unwrap_err().code(), "metric-unknown");
    }

    #[test]
    fn definitions_hold_on_a_small_day() {
        // 10 calls: 8 from and to outside are over and known, 5 of them answered, one failed; 6 are incoming, 4 answered.
        let sum = Tally {
            calls: 10,
            answered: 6,
            offered: 6,
            offered_answered: 4,
            seizures: 8,
            seizures_answered: 5,
            seizures_failed: 1,
            answered_talk: 605,
            answered_talked: 6,
            served: 1000,
            served_soon: 860,
            lost: 60,
            lost_soon: 20,
            ..Tally::default()
        };
        for (id, value) in [
            ("asr", Value::Decimal(62.5)),
            ("ner", Value::Decimal(87.5)),
            ("average-talk", Value::Whole(101)),
            ("answered-percent", Value::Decimal(66.7)),
            ("ach", Value::Decimal(0.43)),
            ("average-wait", Value::Unknown),
            ("billed", Value::Unknown),
            // The same day by four definitions: 1,000 answered, 860 of them in time, 60 lost, 20 of them early.
            ("sl-a", Value::Decimal(86.0)),
            ("sl-b", Value::Decimal(81.1)),
            ("sl-c", Value::Decimal(82.7)),
            ("sl-d", Value::Decimal(83.0)),
        ] {
            assert_eq!(Metric::of(id).unwrap().value(&sum, 23.0), value, "{id}");
        }
    }
}
