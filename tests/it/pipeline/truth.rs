//! The true story of an office against what is read from its lines.
//!
//! What a line of this make cannot say, and so is not asked for:
//!
//! | kind of call | not printed |
//! |---|---|
//! | all outgoing, answered | how long it rang: the call seems to begin with the conversation |
//! | outgoing, nobody answered | who called, where the exchange leaves the station out |
//! | hunt group, nobody answered | which device was meant: the closing line may name the group, which then counts as rung |
//! | any transfer | whether the two colleagues spoke first: the word between them is an internal call |
//! | diversion | the ringing at the outside number; that the diverted extension itself never rang |
//! | consultation | that it belongs to the call that waits: it is a call of its own |

use std::collections::{BTreeMap, BTreeSet};

use calls::{Call, Direction, LegKind, Outcome, RecordKey};
use chrono::NaiveDate;
use test_support::office::{self, Office, OfficeCall, OfficeSettings, Scenario, Truth};

use super::{FORMAT, stitched_at_once};

const SEED: u64 = 51;
const CALLS: usize = 6_000;

/// Seconds by which talk may differ for each transfer: the change itself is counted as nobody's now and then.
const CHANGE: u32 = 1;

fn office() -> Vec<OfficeCall> {
    let monday = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
    let mut settings = OfficeSettings::new(monday.into());
    // Enough of the rare kinds.
    settings.transferred = 0.4;
    Office::new(SEED, settings).take(CALLS).collect()
}

fn read(office: &[OfficeCall]) -> Vec<Call> {
    let lines = office.iter().flat_map(|call| &call.lines);
    let bytes: Vec<u8> = lines.flat_map(|(_, line)| format!("{line}\r\n").into_bytes()).collect();
    stitched_at_once(&bytes)
}

/// What is compared, each with whether it is so.
type Question = (&'static str, fn(&Truth, &Call) -> bool);

const QUESTIONS: [Question; 10] = [
    ("direction", |truth, call| call.direction == direction(truth)),
    ("answered", |truth, call| {
        (call.outcome == Outcome::Answered) == (truth.outcome == office::Outcome::Answered)
    }),
    ("answered by", |truth, call| call.answered_by == truth.answered_by),
    ("talked", |truth, call| ours(call) == truth.talked),
    ("joined", |truth, call| outside(call) == truth.joined.iter().cloned().collect::<Vec<_>>()),
    ("rung", rung_alike),
    ("caller", caller_alike),
    ("did", |truth, call| call.did == truth.ddi || truth.direction == office::Direction::Outbound),
    ("end", |truth, call| call.end.is_some_and(|end| end.printed() == truth.end)),
    ("talk", talk_alike),
];

/// Nobody of ours talks with a caller who is sent on at once: to us that is transit.
fn direction(truth: &Truth) -> Direction {
    match (truth.scenario, truth.direction) {
        (Scenario::Diversion, _) => Direction::Transit,
        (_, office::Direction::Inbound) => Direction::Inbound,
        (_, office::Direction::Outbound) => Direction::Outbound,
    }
}

/// People of ours who talked, in order of joining.
fn ours(call: &Call) -> Vec<String> {
    let is_ours =
        |party: &&String| call.legs.iter().any(|leg| leg.kind == LegKind::Extension && leg.party == **party);
    call.talked.iter().filter(is_ours).cloned().collect()
}

/// Outside parties that joined.
fn outside(call: &Call) -> Vec<String> {
    let legs = call.legs.iter().filter(|leg| leg.kind == LegKind::Outside);
    legs.map(|leg| leg.party.clone()).collect()
}

fn rung_alike(truth: &Truth, call: &Call) -> bool {
    let (found, true_ones): (BTreeSet<_>, BTreeSet<_>) =
        (call.rung.iter().collect(), truth.rung.iter().collect());
    let beyond: Vec<_> = found.difference(&true_ones).collect();
    let group_named = beyond.iter().all(|device| device.as_str() == "500");
    found.is_superset(&true_ones) && (beyond.is_empty() || group_named && truth.talked.is_empty())
}

fn caller_alike(truth: &Truth, call: &Call) -> bool {
    match truth.direction {
        office::Direction::Inbound => call.caller.number.as_deref() == truth.caller.as_deref(),
        office::Direction::Outbound => {
            call.caller.extension.as_deref() == truth.caller.as_deref()
                && call.called.number.as_deref() == Some(&truth.called)
        }
    }
}

fn talk_alike(truth: &Truth, call: &Call) -> bool {
    let changes = u32::try_from(truth.transfers.len() + truth.joined.iter().len()).unwrap();
    call.talk_seconds.is_some_and(|talk| talk.abs_diff(truth.talk_seconds) <= CHANGE * changes)
}

#[test]
fn calls_are_what_truly_happened() {
    println!("seed {SEED}, {CALLS} calls");
    let office = office();
    let calls = read(&office);
    let by_evidence: BTreeMap<BTreeSet<RecordKey>, &Call> =
        calls.iter().map(|call| (call.evidence.iter().copied().collect(), call)).collect();
    let mut kinds: BTreeMap<Scenario, (u32, BTreeMap<&str, u32>)> = BTreeMap::new();
    let mut first_wrong = Vec::new();
    for OfficeCall { truth, lines } in &office {
        let keys = lines.iter().map(|(_, line)| RecordKey::of(1, FORMAT, line.as_bytes())).collect();
        let (count, wrong) = kinds.entry(truth.scenario).or_default();
        *count += 1;
        let mut note = |question, call: Option<&Call>| {
            if *wrong.entry(question).and_modify(|count| *count += 1).or_insert(1) == 1 {
                first_wrong.push(format!("{question}: {truth:#?}\n{lines:#?}\n{call:#?}"));
            }
        };
        match by_evidence.get(&keys) {
            None => note("one call", None),
            Some(call) => {
                for (question, _) in QUESTIONS.iter().filter(|(_, alike)| !alike(truth, call)) {
                    note(question, Some(call));
                }
            }
        }
    }
    for (kind, (count, wrong)) in &kinds {
        println!("{:<28} {count:>5} calls, {}", kind.as_str(), wrongs(*count, wrong));
    }
    assert!(first_wrong.is_empty(), "the first of each:\n{}", first_wrong.join("\n"));
    assert_eq!(calls.len(), office.len(), "number of calls");
    assert_eq!(kinds.len(), 15, "every kind of call was played");
}

fn wrongs(count: u32, wrong: &BTreeMap<&str, u32>) -> String {
    if wrong.is_empty() {
        return "all as it was".to_owned();
    }
    let shares = wrong.iter().map(|(question, wrong)| {
        format!("{question} {:.1} % right", 100.0 * f64::from(count - wrong) / f64::from(count))
    });
    shares.collect::<Vec<_>>().join(", ")
}
