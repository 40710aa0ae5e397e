//! Rows that share ids: the arithmetic of a call that goes from hand to hand, and laws that hold for any rows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use calls::{
    Call, CallTime, Certainty, ChainRules, DialResult, Direction, Evidence, LegKind, Machine, Outcome,
    Record, RecordKey, Role, Segment, Thread, TransferKind, joins_by_consultation, outline, stitch, tell,
};
use proptest::prelude::*;

/// 20 November 2026, 09:00 UTC.
const NINE: i64 = 1_795_165_200;
const RULES: ChainRules =
    ChainRules { ring_gap_seconds: 0, ring_lead_seconds: 0, contiguous_seconds: 0, continued_seconds: 0 };

fn at(second: u32) -> CallTime {
    CallTime::from_parts(NINE + i64::from(second), 0, Certainty::Certain)
}

/// Rings from `start` for `ring` seconds, then talks for `talk`, if anybody answers.
fn part(start: u32, ring: u32, talk: Option<u32>) -> Record {
    let end = start + ring + talk.unwrap_or(0);
    Record {
        start: Some(at(start)),
        answer: talk.map(|_| at(start + ring)),
        end: Some(at(end)),
        ring_seconds: Some(ring),
        talk_seconds: Some(talk.unwrap_or(0)),
        answered: Some(talk.is_some()),
        result: Some(if talk.is_some() { DialResult::Answered } else { DialResult::NoAnswer }),
        threads: [Some(Thread(7)), None],
        ..Record::default()
    }
}

/// An outside caller with somebody of ours.
fn inbound(extension: &str, part: Record) -> Record {
    Record {
        direction: Direction::Inbound,
        number: Some("0876".into()),
        extension: Some(extension.into()),
        trunk: Some("line".into()),
        ..part
    }
}

/// The caller with somebody outside.
fn sent_on(number: &str, part: Record) -> Record {
    Record {
        direction: Direction::Transit,
        role: Role::ForwardedOutside,
        from_number: Some("0876".into()),
        number: Some(number.into()),
        trunk: Some("line".into()),
        ..part
    }
}

fn internal(from: &str, to: &str, part: Record) -> Record {
    Record {
        direction: Direction::Internal,
        from_extension: Some(from.into()),
        extension: Some(to.into()),
        ..part
    }
}

fn evidence(records: &[Record]) -> Vec<Evidence> {
    let key = |record: &Record| RecordKey::of(1, "test", format!("{record:?}").as_bytes());
    records
        .iter()
        .map(|record| Evidence { key: key(record), record: record.clone(), arrived: None })
        .collect()
}

fn told(records: &[Record]) -> Call {
    let evidence = evidence(records);
    tell(&evidence.iter().collect::<Vec<_>>(), &RULES, 0).unwrap().call
}

/// An outside caller rings in for 10 s and talks 120 s, is sent on, rings for 10 s more and talks 120 s.
#[test]
fn the_seed_arithmetic_of_a_blind_transfer() {
    let call = told(&[inbound("201", part(0, 10, Some(120))), inbound("202", part(130, 10, Some(120)))]);
    assert_eq!(call.total_seconds, Some(260));
    assert_eq!(call.talk_seconds, Some(240));
    assert_eq!(call.billed_seconds, Some(250));
    assert_eq!(call.wait_seconds, Some(20));
    for leg in &call.legs {
        assert_eq!((leg.ring_seconds, leg.talk_seconds), (Some(10), Some(120)));
    }
    assert_eq!((call.transfers[0].kind, call.charged_to), (TransferKind::Blind, None));
}

/// The same, with the second party outside: its own line costs 120 s, and whoever sent the call on pays for them.
#[test]
fn the_seed_arithmetic_of_a_transfer_to_outside() {
    let call = told(&[inbound("201", part(0, 10, Some(120))), sent_on("0231", part(130, 10, Some(120)))]);
    assert_eq!((call.direction, call.outcome), (Direction::Inbound, Outcome::Answered));
    assert_eq!((call.total_seconds, call.talk_seconds), (Some(260), Some(240)));
    assert_eq!((call.billed_seconds, call.wait_seconds), (Some(250), Some(20)));
    let outside = call.legs.iter().find(|leg| leg.kind == LegKind::Outside).unwrap();
    assert_eq!((outside.party.as_str(), outside.talk_seconds), ("0231", Some(120)));
    assert_eq!(call.charged_to.as_deref(), Some("201"));
}

#[test]
fn a_consultation_on_a_second_channel_is_joined_and_a_coincidence_is_not() {
    let held = inbound("201", part(0, 10, Some(85)));
    let asked = Record { threads: [Some(Thread(8)), None], ..internal("201", "202", part(60, 5, Some(30))) };
    let joined = inbound("202", part(95, 0, Some(100)));
    let calls = stitch(evidence(&[held.clone(), asked.clone(), joined.clone()]), &RULES, 0);
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].call.transfers[0].kind, TransferKind::Attended);
    assert!(joins_by_consultation(&[&held, &joined], &[&asked]));

    // Another colleague was asked, or it ended at another time.
    let another = Record { extension: Some("203".into()), ..asked.clone() };
    assert_eq!(stitch(evidence(&[held.clone(), another, joined.clone()]), &RULES, 0).len(), 2);
    let earlier = Record { end: Some(at(80)), ..asked };
    assert!(!joins_by_consultation(&[&held, &joined], &[&earlier]));
}

fn extension() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["201", "202", "203"]).prop_map(str::to_owned)
}

fn row() -> impl Strategy<Value = Record> {
    let part = (0u32..300, 0u32..40, prop::option::of(0u32..200))
        .prop_map(|(start, ring, talk)| part(start, ring, talk));
    let machine = prop::option::weighted(
        0.3,
        prop::sample::select(vec![
            Machine::Voicemail,
            Machine::Menu,
            Machine::Queue,
            Machine::Conference,
            Machine::Park,
            Machine::Feature,
        ]),
    );
    let marks = (machine, any::<bool>(), prop::bool::weighted(0.2));
    (part, 0..5, extension(), extension(), marks).prop_map(
        |(part, kind, one, other, (machine, in_queue, rings_too))| {
            let record = match kind {
                0 | 1 => inbound(&one, part),
                2 => sent_on("0231", part),
                3 => internal(&one, &other, part),
                _ => Record {
                    direction: Direction::Outbound,
                    extension: Some(one.into()),
                    number: Some("0571".into()),
                    ..part
                },
            };
            Record {
                machine,
                queue: in_queue.then(|| "sales".into()),
                talk_includes_ringing: rings_too && record.answer.is_some(),
                answered: record.answered.map(|answered| answered && machine.is_none()),
                ..record
            }
        },
    )
}

fn apart(segments: &[Segment]) -> bool {
    segments.windows(2).all(|pair| pair[0].end.is_some_and(|end| end <= pair[1].start))
}

proptest! {
    #[test]
    fn whatever_the_rows_a_call_is_consistent(records in prop::collection::vec(row(), 1..8)) {
        let call = told(&records);
        let total = call.total_seconds.unwrap();
        let first = records.iter().filter_map(|record| record.start).min().unwrap();
        prop_assert!(call.start <= first && call.end.unwrap() >= call.start);
        prop_assert_eq!(i64::from(total), call.end.unwrap().unix() - call.start.unix());
        let seconds = [call.talk_seconds, call.wait_seconds, call.ring_seconds, call.hold_seconds, call.billed_seconds];
        for seconds in seconds.into_iter().flatten() {
            prop_assert!(seconds <= total, "{} of {}: {:#?}", seconds, total, call);
        }
        prop_assert!(apart(&call.journey), "{:#?}", call);
        for leg in &call.legs {
            prop_assert!(apart(&leg.segments), "{:#?}", leg);
            prop_assert!(leg.talk_seconds.unwrap_or(0) <= total);
            for segment in &leg.segments {
                prop_assert!(segment.start >= call.start && segment.end <= call.end, "{:#?}", call);
            }
        }
        prop_assert!(!call.because.is_empty());
        prop_assert_eq!(call.outcome == Outcome::LostAfterTransfer, call.transfers.last().is_some_and(|last| !last.answered) && call.outcome != Outcome::Answered);
    }

    #[test]
    fn lists_say_what_calls_say(records in prop::collection::vec(row(), 1..8)) {
        let evidence = evidence(&records);
        let evidence: Vec<&Evidence> = evidence.iter().collect();
        let call = tell(&evidence, &RULES, 0).unwrap().call;
        let sorted = |mut outline: calls::Outline| {
            outline.parties.sort_by(|one, other| one.extension.cmp(&other.extension));
            outline
        };
        let listed = sorted(outline(&evidence, &RULES, 0).unwrap());
        prop_assert_eq!(listed.legs, listed.transfers + 1);
        prop_assert_eq!(sorted(call.outline(false)), listed);
    }

    #[test]
    fn the_order_of_rows_changes_nothing((records, shuffled) in prop::collection::vec(row(), 1..8)
        .prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle())))
    {
        prop_assert_eq!(told(&records), told(&shuffled));
    }

    /// calls = legs - transfers, over any number of calls.
    #[test]
    fn calls_are_legs_less_transfers(calls in prop::collection::vec(prop::collection::vec(row(), 1..6), 1..6)) {
        let outlines: Vec<_> = calls.iter().map(|records| told(records).outline(false)).collect();
        let legs: u32 = outlines.iter().map(|call| call.legs).sum();
        let transfers: u32 = outlines.iter().map(|call| call.transfers).sum();
        prop_assert_eq!(calls.len(), (legs - transfers) as usize);
        for (outline, records) in outlines.iter().zip(&calls) {
            let answered = told(records).transfers.iter().filter(|transfer| transfer.answered).count();
            prop_assert_eq!(outline.transfers as usize, answered);
        }
    }
}
