//! The true story of an office against what is told from the rows of its Asterisk.
//!
//! Which rows are a call is always right, and so is what is told of it.

use std::collections::{BTreeMap, BTreeSet};

use calls::{Call, Direction, Outcome, RecordKey};
use test_support::{
    asterisk::{self, AsteriskCall, Truth},
    office::Scenario,
};

use super::{Desk, MASTER, last_day, office_rows};

const SEED: u64 = 53;
const CALLS: u32 = 2_000;

/// What is compared, each with whether it is so.
type Question = (&'static str, fn(&Truth, &Call) -> bool);

const QUESTIONS: [Question; 8] = [
    ("direction", |truth, call| direction(call) == truth.direction.as_str()),
    ("answered", |truth, call| (call.outcome == Outcome::Answered) == truth.answered),
    ("voicemail", |truth, call| {
        let voicemail = matches!(call.outcome, Outcome::VoicemailLeft | Outcome::VoicemailNoMessage);
        voicemail == truth.voicemail_seconds.is_some()
    }),
    ("answered by", |truth, call| match (&call.answered_by, &truth.answered_by) {
        (Some(told), Some(true_one)) => is_number(told, true_one),
        (told, true_one) => told == true_one,
    }),
    ("caller", |truth, call| {
        let caller = truth.caller.as_deref();
        caller == call.caller.number.as_deref()
            || caller.is_some() && caller == call.caller.extension.as_deref()
    }),
    ("called", |truth, call| {
        let called = [call.called.number.as_deref(), call.called.extension.as_deref(), call.did.as_deref()];
        called.into_iter().flatten().any(|called| is_number(called, &truth.called))
    }),
    // Stamps are whole seconds, each cut on its own.
    ("start", |truth, call| call.start.unix().abs_diff(truth.start.and_utc().timestamp()) <= 1),
    ("talk", |truth, call| call.talk_seconds.is_some_and(|talk| talk.abs_diff(truth.talk_seconds) <= 2)),
];

/// The number with or without the 9 that is dialled for a line.
fn is_number(told: &str, number: &str) -> bool {
    told == number || told.strip_prefix('9') == Some(number)
}

fn direction(call: &Call) -> &'static str {
    match call.direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
        Direction::Internal => "internal",
        Direction::Transit => "transit",
        Direction::Unknown => "unknown",
    }
}

#[test]
fn calls_are_what_truly_happened() {
    println!("seed {SEED}, {CALLS} calls");
    let office: Vec<AsteriskCall> = asterisk::calls_with_truth(SEED, CALLS, last_day()).collect();
    let mut desk = Desk::new();
    let import = desk.import_rows(&office_rows(SEED, CALLS));
    let calls = desk.calls();
    assert_eq!((import.calls, calls.len()), (u64::from(CALLS), CALLS as usize), "number of calls");
    assert_eq!((import.rejected, import.known), (0, 0));

    let by_evidence: BTreeMap<BTreeSet<RecordKey>, &Call> =
        calls.iter().map(|call| (call.evidence.iter().copied().collect(), call)).collect();
    let mut counts: BTreeMap<Scenario, u32> = BTreeMap::new();
    let mut wrong: BTreeMap<(Scenario, &str), (u32, String)> = BTreeMap::new();
    for AsteriskCall { truth, rows } in &office {
        *counts.entry(truth.scenario).or_default() += 1;
        let keys = rows.iter().map(|row| RecordKey::of(1, MASTER, row.text().as_bytes())).collect();
        let call =
            by_evidence.get(&keys).unwrap_or_else(|| panic!("no call of exactly its rows: {truth:#?}"));
        for (question, _) in QUESTIONS.iter().filter(|(_, alike)| !alike(truth, call)) {
            let first = || {
                let rows: Vec<String> = rows.iter().map(asterisk::Row::text).collect();
                (0, format!("{truth:#?}\n{}\n{call:#?}", rows.join("\n")))
            };
            wrong.entry((truth.scenario, question)).or_insert_with(first).0 += 1;
        }
    }
    for (scenario, count) in &counts {
        let told = QUESTIONS.iter().filter_map(|(question, _)| {
            let (wrong, _) = wrong.get(&(*scenario, question))?;
            Some(format!("{question} {:.1} % right", 100.0 * f64::from(count - wrong) / f64::from(*count)))
        });
        let told: Vec<String> = told.collect();
        let told = if told.is_empty() { "all as it was".to_owned() } else { told.join(", ") };
        println!("{:<28} {count:>5} calls, {told}", scenario.as_str());
    }
    for (question, _) in QUESTIONS {
        let wrong: u32 =
            wrong.iter().filter(|((_, of), _)| *of == question).map(|(_, (wrong, _))| wrong).sum();
        println!("{question}: {:.2} % right", 100.0 * f64::from(CALLS - wrong) / f64::from(CALLS));
    }
    if let Some(((scenario, question), (count, first))) = wrong.first_key_value() {
        panic!("{question} of {} is wrong in {count} calls; the first:\n{first}", scenario.as_str());
    }
    assert_eq!(counts.len(), 15, "every kind of call was played");
}
