//! The rules of grouping and meaning, each on the smallest office that shows it. Times are seconds of one day.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use calls::{
    CallTime, Certainty, ChainRules, Direction, Evidence, Kind, Outcome, Record, RecordKey, Role, Stitched,
    stitch,
};
use proptest::prelude::*;

/// 20 November 2026, 00:00 UTC.
const MIDNIGHT: i64 = 1_795_132_800;

fn rules() -> ChainRules {
    ChainRules { ring_gap_seconds: 60, ring_lead_seconds: 3, contiguous_seconds: 1, continued_seconds: 180 }
}

fn at(second: i64) -> CallTime {
    CallTime::from_parts(MIDNIGHT + second, 0, Certainty::Certain)
}

/// A device begins to ring.
fn ringing(second: i64, trunk: &str, extension: &str, number: &str) -> Record {
    Record {
        kind: Kind::Ringing,
        direction: Direction::Inbound,
        start: Some(at(second)),
        end: Some(at(second)),
        trunk: Some(trunk.into()),
        extension: Some(extension.into()),
        number: Some(number.into()),
        ..Record::default()
    }
}

/// A segment that ended at `end`.
fn segment(
    end: i64,
    trunk: &str,
    extension: &str,
    number: &str,
    ring: Option<u32>,
    talk: Option<u32>,
) -> Record {
    let talked = i64::from(talk.unwrap_or_default());
    Record {
        kind: Kind::Call,
        direction: Direction::Inbound,
        start: Some(at(end - talked - i64::from(ring.unwrap_or_default()))),
        answer: (talked > 0).then(|| at(end - talked)),
        end: Some(at(end)),
        ring_seconds: ring,
        talk_seconds: talk,
        answered: Some(talked > 0),
        trunk: Some(trunk.into()),
        extension: Some(extension.into()),
        number: Some(number.into()),
        ..Record::default()
    }
}

fn outgoing(end: i64, trunk: &str, extension: &str, number: &str, ring: Option<u32>, talk: u32) -> Record {
    let record = segment(end, trunk, extension, number, None, Some(talk));
    Record { direction: Direction::Outbound, ring_seconds: ring, ..record }
}

fn passed_on(record: Record) -> Record {
    Record { role: Role::PassedOn, continues: true, ..record }
}

fn with_role(record: Record, role: Role, continues: bool) -> Record {
    Record { role, continues, ..record }
}

fn evidence(records: &[Record]) -> Vec<Evidence> {
    records
        .iter()
        .map(|record| Evidence {
            key: RecordKey::of(1, "test", format!("{record:?}").as_bytes()),
            record: record.clone(),
            arrived: None,
        })
        .collect()
}

fn calls_of(records: &[Record]) -> Vec<calls::Call> {
    let mut calls: Vec<_> =
        stitch(evidence(records), &rules(), MIDNIGHT).into_iter().map(|stitched| stitched.call).collect();
    calls.sort_by_key(|call| call.start);
    calls
}

fn one(records: &[Record]) -> calls::Call {
    let mut calls = calls_of(records);
    assert_eq!(calls.len(), 1, "{calls:#?}");
    calls.remove(0)
}

#[test]
fn devices_that_ring_are_one_call_and_nobody_beside_the_answerer_missed_anything() {
    let call = one(&[
        ringing(100, "1", "104", "0876"),
        ringing(100, "1", "103", "0876"),
        segment(109, "1", "104", "0876", Some(2), Some(7)),
    ]);
    assert_eq!(call.outcome, Outcome::Answered);
    assert_eq!(call.because, "104 answered after 2 s");
    assert_eq!((call.answered_by.as_deref(), call.rung.len()), (Some("104"), 2));
    assert_eq!((call.ring_seconds, call.talk_seconds, call.total_seconds), (Some(2), Some(7), Some(9)));
    let beside = call.legs.iter().find(|leg| leg.party == "103").unwrap();
    assert_eq!(beside.outcome, Outcome::OverflowedAway);
}

#[test]
fn nobody_answered_is_missed_and_says_who_was_rung() {
    let call = one(&[
        ringing(100, "1", "101", "0876"),
        ringing(101, "1", "102", "0876"),
        segment(112, "1", "103", "0876", Some(12), Some(0)),
    ]);
    assert_eq!(call.outcome, Outcome::LostRinging);
    assert_eq!(call.because, "rang 101, 103 and 102 for 12 s, nobody answered");
    assert_eq!(call.wait_seconds, Some(12));
    assert_eq!(call.talk_seconds, Some(0));
}

#[test]
fn a_blank_duration_with_a_ring_time_is_missed_too() {
    assert_eq!(one(&[segment(150, "4", "16", "0230", Some(50), None)]).outcome, Outcome::LostRinging);
}

#[test]
fn who_hangs_up_within_five_seconds_is_short_lost() {
    assert_eq!(one(&[segment(104, "1", "100", "0876", Some(4), Some(0))]).outcome, Outcome::ShortLost);
    assert_eq!(one(&[segment(105, "1", "100", "0876", Some(5), Some(0))]).outcome, Outcome::LostRinging);
}

#[test]
fn ringing_lines_alone_ring_until_they_run_out_of_time() {
    let arrived = MIDNIGHT + 100;
    let evidence: Vec<Evidence> = evidence(&[ringing(100, "1", "104", "0876")])
        .into_iter()
        .map(|item| Evidence { arrived: Some(arrived), ..item })
        .collect();
    let now = |now: i64| -> Stitched { stitch(evidence.clone(), &rules(), now).remove(0) };
    let live = now(arrived + 20);
    assert!(live.live);
    assert_eq!((live.call.outcome, live.call.end), (Outcome::Unknown, None));
    assert_eq!(live.call.because, "104 is ringing");
    let over = now(arrived + calls::RING_TIMEOUT_SECONDS);
    assert!(!over.live);
    assert_eq!(over.call.outcome, Outcome::LostRinging);
    assert_eq!(over.call.because, "rang 104, nobody answered");
    // How long it rang, nobody printed.
    assert_eq!((over.call.ring_seconds, over.call.wait_seconds), (None, None));
    assert_eq!(live.call.id, over.call.id);
}

#[test]
fn a_caller_who_rings_again_soon_is_another_call() {
    let calls = calls_of(&[
        ringing(100, "9", "500", "0876"),
        segment(101, "9", "500", "0876", Some(1), Some(0)),
        ringing(116, "9", "500", "0876"),
        ringing(121, "9", "250", "0876"),
        segment(138, "9", "250", "0876", Some(5), Some(16)),
    ]);
    let outcomes: Vec<Outcome> = calls.iter().map(|call| call.outcome).collect();
    assert_eq!(outcomes, [Outcome::ShortLost, Outcome::Answered]);
}

#[test]
fn a_call_passed_on_twice_is_one_call() {
    let call = one(&[
        ringing(100, "9", "500", "0876"),
        segment(112, "9", "250", "0876", Some(5), Some(7)),
        passed_on(segment(139, "9", "110", "0876", None, Some(26))),
        passed_on(segment(149, "9", "223", "0876", None, Some(10))),
    ]);
    assert_eq!(call.because, "250 answered after 5 s, then passed on to 110 and 223");
    assert_eq!(call.talked, ["250", "110", "223"]);
    assert_eq!((call.talk_seconds, call.wait_seconds, call.transfers.len()), (Some(43), Some(6), 2));
}

/// An outside caller is rung in for 10 s, talks 120 s, is sent on blindly, waits 10 s, talks 120 s more.
#[test]
fn the_arithmetic_of_a_blind_transfer() {
    let call = one(&[
        segment(130, "1", "201", "0876", Some(10), Some(120)),
        passed_on(segment(260, "1", "202", "0876", None, Some(120))),
    ]);
    assert_eq!(call.total_seconds, Some(260));
    assert_eq!(call.talk_seconds, Some(240));
    assert_eq!(call.billed_seconds, Some(250));
    assert_eq!(call.wait_seconds, Some(20));
    assert_eq!(call.transfers[0].kind, calls::TransferKind::Blind);
}

#[test]
fn lost_after_a_transfer_is_an_outcome_of_its_own() {
    let call = one(&[
        segment(112, "9", "250", "0876", Some(5), Some(7)),
        passed_on(segment(130, "9", "110", "0876", None, Some(0))),
    ]);
    assert_eq!(call.outcome, Outcome::LostAfterTransfer);
    assert_eq!(call.because, "250 answered after 5 s, then passed on to 110, who did not answer");
    assert!(!call.transfers[0].answered);
}

#[test]
fn a_consultation_that_ends_in_a_conference_is_part_of_the_call_and_one_that_does_not_is_not() {
    let calls = calls_of(&[
        segment(104, "9", "251", "0876", Some(5), Some(7)),
        outgoing(143, "5", "110", "0857", None, 13),
        outgoing(182, "5", "110", "0857", None, 8),
        passed_on(segment(182, "9", "110", "0876", None, Some(77))),
        with_role(outgoing(198, "5", "110", "0857", None, 15), Role::Conference, true),
        with_role(segment(199, "9", "110", "0876", None, Some(16)), Role::Conference, true),
    ]);
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].direction, Direction::Inbound);
    assert_eq!(calls[0].talked, ["251", "110", "0857"]);
    assert_eq!(calls[0].because, "251 answered after 5 s, then passed on to 110, then joined with 0857");
    assert_eq!((calls[1].direction, calls[1].talk_seconds), (Direction::Outbound, Some(13)));
}

#[test]
fn a_call_sent_on_to_outside_at_once_is_in_transit_and_named_after_the_forwarder() {
    let call = one(&[
        segment(400, "3", "15", "0897", None, Some(324)),
        with_role(outgoing(400, "4", "15", "0231", None, 324), Role::ForwardedOutside, false),
    ]);
    assert_eq!(call.direction, Direction::Transit);
    assert_eq!(call.because, "15 sent it on to 0231, which answered");
    assert_eq!(call.answered_by.as_deref(), Some("0231"));
    assert_eq!(
        (call.transfers[0].from.as_str(), call.transfers[0].kind),
        ("15", calls::TransferKind::Forward)
    );
}

#[test]
fn a_coincidence_on_another_line_is_not_joined() {
    let calls = calls_of(&[
        segment(400, "3", "15", "0897", Some(4), Some(100)),
        with_role(outgoing(400, "4", "18", "0231", None, 30), Role::ForwardedOutside, false),
    ]);
    assert_eq!(calls.len(), 2);
}

#[test]
fn outgoing_calls_are_answered_or_cancelled() {
    let answered = one(&[outgoing(100, "2", "104", "0044", None, 5)]);
    assert_eq!((answered.outcome, answered.direction), (Outcome::Answered, Direction::Outbound));
    assert_eq!(
        (answered.caller.extension.as_deref(), answered.called.number.as_deref()),
        (Some("104"), Some("0044"))
    );
    let cancelled = one(&[outgoing(100, "2", "104", "0044", Some(9), 0)]);
    assert_eq!(cancelled.outcome, Outcome::Cancelled);
    assert_eq!(
        (cancelled.because.as_str(), cancelled.total_seconds),
        ("104 rang for 9 s, nobody answered", Some(9))
    );
}

#[test]
fn what_the_exchange_does_not_say_stays_unknown() {
    let call = one(&[segment(100, "2", "104", "0876", None, None)]);
    assert_eq!(call.outcome, Outcome::Unknown);
    assert_eq!((call.talk_seconds, call.wait_seconds), (None, None));
    assert!(call.flags.contains(&"answer-unknown".to_owned()));
}

/// An afternoon of every kind of call, for the laws.
fn afternoon() -> Vec<Record> {
    vec![
        ringing(100, "1", "104", "0876"),
        ringing(100, "1", "103", "0876"),
        segment(109, "1", "104", "0876", Some(2), Some(7)),
        ringing(200, "9", "500", "0857"),
        segment(212, "9", "250", "0857", Some(5), Some(7)),
        passed_on(segment(239, "9", "110", "0857", None, Some(26))),
        passed_on(segment(249, "9", "223", "0857", None, Some(10))),
        outgoing(300, "5", "110", "0811", None, 13),
        passed_on(segment(320, "9", "110", "0857", None, Some(70))),
        with_role(outgoing(330, "5", "110", "0811", None, 15), Role::Conference, true),
        with_role(segment(330, "9", "110", "0857", None, Some(10)), Role::Conference, true),
        segment(400, "3", "15", "0897", None, Some(60)),
        with_role(outgoing(400, "4", "15", "0231", None, 60), Role::ForwardedOutside, false),
        segment(500, "1", "100", "0876", Some(1), Some(0)),
        ringing(515, "1", "100", "0876"),
    ]
}

proptest! {
    #[test]
    fn order_changes_nothing(records in Just(afternoon()).prop_shuffle()) {
        prop_assert_eq!(stitch(evidence(&records), &rules(), MIDNIGHT), stitch(evidence(&afternoon()), &rules(), MIDNIGHT));
    }

    #[test]
    fn repetition_changes_nothing(again in proptest::collection::vec(0..afternoon().len(), 0..40)) {
        let mut records = afternoon();
        records.extend(again.iter().map(|index| afternoon()[*index].clone()));
        prop_assert_eq!(stitch(evidence(&records), &rules(), MIDNIGHT), stitch(evidence(&afternoon()), &rules(), MIDNIGHT));
    }

    #[test]
    fn every_record_is_in_exactly_one_call(keep in proptest::collection::vec(any::<bool>(), afternoon().len())) {
        let records: Vec<Record> =
            afternoon().into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(record, _)| record).collect();
        let mut used: Vec<RecordKey> =
            stitch(evidence(&records), &rules(), MIDNIGHT).into_iter().flat_map(|stitched| stitched.call.evidence).collect();
        let mut all: Vec<RecordKey> = evidence(&records).into_iter().map(|item| item.key).collect();
        used.sort();
        all.sort();
        prop_assert_eq!(used, all);
    }
}
