//! The rules, each by an example, and as a whole against a definition in words.

use calls::{CallId, Direction, Outcome};
use ledger::{NumberCall, RingBackDecision, RingBackDecisionKind as Kind};
use proptest::prelude::*;

use super::*;

const HOUR: i64 = 3600;
/// 2026-11-20, 10:00.
const TEN: i64 = 1_795_168_800;
const WINDOW: i64 = 72 * HOUR;

fn call(at: i64, direction: Direction, outcome: Outcome) -> NumberCall {
    NumberCall {
        id: CallId::new(at, 0),
        start_utc: at,
        start_local: at,
        direction,
        outcome,
        live: false,
        wait_seconds: Some(20),
        talk_seconds: None,
        ours: Some("103".to_owned()),
        name: None,
        exchange: 1,
        printed: "0861110010".to_owned(),
    }
}

fn missed(at: i64) -> NumberCall {
    call(at, Direction::Inbound, Outcome::LostRinging)
}

fn in_vain(at: i64) -> NumberCall {
    call(at, Direction::Outbound, Outcome::Cancelled)
}

fn spoken(at: i64, direction: Direction) -> NumberCall {
    NumberCall { talk_seconds: Some(130), ..call(at, direction, Outcome::Answered) }
}

fn decided(kind: Kind, last_try: i64) -> RingBackDecision {
    RingBackDecision {
        kind,
        text: Some("wrong number".to_owned()),
        author: "Anna".to_owned(),
        decided_at: (TEN + HOUR) * 1000,
        last_try,
    }
}

/// The state of the last case, an hour after ten.
fn state_of(calls: &[NumberCall], decisions: &[RingBackDecision]) -> Option<RingBackState> {
    cases(calls, 5).last()?.state(decisions, WINDOW, TEN + HOUR)
}

#[test]
fn whoever_got_nobody_is_open_until_somebody_speaks_with_them() {
    let tries = [missed(TEN), missed(TEN + 60), in_vain(TEN + 120)];
    let all = cases(&tries, 5);
    assert_eq!((all.len(), all[0].missed.len(), all[0].called_back), (1, 2, 1));
    assert_eq!(state_of(&tries, &[]), Some(RingBackState::Open));
    assert_eq!(because(&all[0]), None);
    for (direction, words) in [
        (Direction::Outbound, "103 spoke with the caller at 10:10 (2 min)"),
        (Direction::Inbound, "the caller got through to 103 at 10:10 (2 min)"),
        (Direction::Transit, "the caller got through to 103 at 10:10 (2 min)"),
    ] {
        let reached = [&tries[..], &[spoken(TEN + 600, direction)]].concat();
        assert_eq!(state_of(&reached, &[]), Some(RingBackState::Reached));
        assert_eq!(because(&cases(&reached, 5)[0]).as_deref(), Some(words));
    }
}

#[test]
fn a_reason_on_another_day_names_it() {
    let calls = [missed(TEN), spoken(TEN + 24 * HOUR, Direction::Outbound)];
    assert_eq!(
        because(&cases(&calls, 5)[0]).as_deref(),
        Some("103 spoke with the caller on 21 November at 10:00 (2 min)")
    );
    let nameless = NumberCall { ours: None, talk_seconds: None, ..spoken(TEN + 60, Direction::Inbound) };
    let calls = [missed(TEN), nameless];
    assert_eq!(because(&cases(&calls, 5)[0]).as_deref(), Some("the caller got through at 10:01"));
}

#[test]
fn which_calls_miss_a_caller() {
    for outcome in Outcome::all() {
        let misses =
            outcome.is_missed() || [Outcome::VoicemailLeft, Outcome::VoicemailNoMessage].contains(&outcome);
        assert_eq!(is_missed(&call(TEN, Direction::Inbound, outcome), 5), misses, "{outcome:?}");
        assert!(!is_missed(&call(TEN, Direction::Outbound, outcome), 5));
        assert!(!is_missed(&call(TEN, Direction::Internal, outcome), 5));
    }
    let waited = |wait_seconds| NumberCall { wait_seconds, ..missed(TEN) };
    assert!(!is_missed(&waited(Some(4)), 5));
    assert!(is_missed(&waited(Some(5)), 5));
    assert!(is_missed(&waited(None), 5), "nobody knows that it was short");
    assert!(is_missed(&waited(Some(0)), 0));
    assert!(!is_missed(&NumberCall { live: true, ..missed(TEN) }, 5), "it still rings");
}

#[test]
fn a_machine_or_a_busy_tone_reaches_nobody() {
    for (direction, outcome) in [
        (Direction::Inbound, Outcome::VoicemailLeft),
        (Direction::Inbound, Outcome::IvrOnly),
        (Direction::Outbound, Outcome::Busy),
        (Direction::Outbound, Outcome::VoicemailLeft),
        (Direction::Outbound, Outcome::Unknown),
    ] {
        let calls = [missed(TEN), call(TEN + 60, direction, outcome)];
        assert_eq!(state_of(&calls, &[]), Some(RingBackState::Open), "{outcome:?}");
    }
}

#[test]
fn a_caller_lapses_after_the_window_and_is_forgotten_after_another() {
    let calls = [missed(TEN)];
    let state = |now| cases(&calls, 5)[0].state(&[], WINDOW, now);
    assert_eq!(state(TEN + WINDOW), Some(RingBackState::Open));
    assert_eq!(state(TEN + WINDOW + 1), Some(RingBackState::Lapsed));
    assert_eq!(state(TEN + 2 * WINDOW), Some(RingBackState::Lapsed));
    assert_eq!(state(TEN + 2 * WINDOW + 1), None);
    let calls = [missed(TEN - WINDOW), spoken(TEN, Direction::Outbound)];
    assert_eq!(cases(&calls, 5)[0].state(&[], WINDOW, TEN + WINDOW), Some(RingBackState::Reached));
    assert_eq!(cases(&calls, 5)[0].state(&[], WINDOW, TEN + WINDOW + 1), None);
}

#[test]
fn a_dismissal_holds_until_the_next_missed_call_or_until_it_is_taken_back() {
    let first = missed(TEN);
    let dismissed = decided(Kind::Dismissed, TEN);
    assert_eq!(
        state_of(std::slice::from_ref(&first), std::slice::from_ref(&dismissed)),
        Some(RingBackState::Dismissed)
    );
    let again = [first.clone(), missed(TEN + 60)];
    assert_eq!(state_of(&again, std::slice::from_ref(&dismissed)), Some(RingBackState::Open));
    let undone = [dismissed.clone(), decided(Kind::Reopened, TEN)];
    assert_eq!(state_of(std::slice::from_ref(&first), &undone), Some(RingBackState::Open));
    let noted = [dismissed.clone(), decided(Kind::Noted, TEN)];
    assert_eq!(state_of(std::slice::from_ref(&first), &noted), Some(RingBackState::Dismissed));
    let reached = [first, spoken(TEN + 60, Direction::Inbound)];
    assert_eq!(state_of(&reached, &[dismissed]), Some(RingBackState::Reached));
}

#[test]
fn what_was_decided_before_a_caller_was_reached_is_of_the_past() {
    let calls = [missed(TEN), spoken(TEN + 60, Direction::Outbound), missed(TEN + 120)];
    let all = cases(&calls, 5);
    let decisions = [decided(Kind::Given, TEN), decided(Kind::Noted, TEN + 120)];
    assert_eq!(all[0].decisions(&decisions).count(), 2);
    let of_last: Vec<Kind> = all[1].decisions(&decisions).map(|decision| decision.kind).collect();
    assert_eq!(of_last, [Kind::Noted]);
}

#[test]
fn the_best_half_hour_needs_three_answered_calls_and_two_at_one_time() {
    let at =
        |hours: i64, minutes: i64| spoken(TEN - 10 * HOUR + hours * HOUR + minutes * 60, Direction::Outbound);
    assert_eq!(best_half_hour(&[at(9, 0), at(9, 29)]), None);
    assert_eq!(best_half_hour(&[at(9, 0), at(10, 0), at(11, 0)]), None);
    assert_eq!(best_half_hour(&[at(9, 0), at(14, 30), at(14, 59)]), Some(29));
    assert_eq!(
        best_half_hour(&[at(14, 30), at(9, 0), at(14, 59), at(9, 5)]),
        Some(18),
        "the earliest of equal ones"
    );
    let lost = [missed(TEN), missed(TEN), missed(TEN)];
    assert_eq!(best_half_hour(&lost), None, "nobody was spoken with");
}

fn any_calls() -> impl Strategy<Value = Vec<NumberCall>> {
    let outcomes: Vec<Outcome> = Outcome::all().collect();
    let directions = [Direction::Inbound, Direction::Outbound, Direction::Transit, Direction::Unknown];
    let one = (
        0..600_i64,
        prop::sample::select(directions.to_vec()),
        prop::sample::select(outcomes),
        prop::option::of(0..20_u32),
        prop::bool::weighted(0.05),
    );
    prop::collection::vec(one, 0..24).prop_map(|mut calls| {
        calls.sort_by_key(|(minute, ..)| *minute);
        let told = calls.into_iter().map(|(minute, direction, outcome, wait_seconds, live)| NumberCall {
            wait_seconds,
            live,
            ..call(TEN + minute * 60, direction, outcome)
        });
        told.collect()
    })
}

proptest! {
    #[test]
    fn open_is_who_was_missed_and_not_spoken_with_since(calls in any_calls(), short in 0..10_u32) {
        let cases = cases(&calls, short);
        // In words: the missed calls after the last conversation.
        let spoken = calls.iter().rposition(is_reached);
        let since = &calls[spoken.map_or(0, |place| place + 1)..];
        let waiting: Vec<CallId> =
            since.iter().filter(|call| is_missed(call, short)).map(|call| call.id).collect();
        let open = cases.last().filter(|case| case.closed_by.is_none());
        let found: Vec<CallId> = open.into_iter().flat_map(|case| &case.missed).map(|call| call.id).collect();
        prop_assert_eq!(found, waiting);
        // Every missed call is in one case, and every case but the last is closed by a later conversation.
        let missed = calls.iter().filter(|call| is_missed(call, short)).count();
        prop_assert_eq!(cases.iter().map(|case| case.missed.len()).sum::<usize>(), missed);
        for (place, case) in cases.iter().enumerate() {
            prop_assert!(!case.missed.is_empty());
            prop_assert!(case.closed_by.is_some() || place + 1 == cases.len());
            if let Some(closing) = case.closed_by {
                prop_assert!(is_reached(closing) && closing.start_utc >= case.last_try());
                prop_assert!(because(case).is_some());
            }
        }
    }

    #[test]
    fn a_conversation_closes_whatever_was_open(calls in any_calls(), short in 0..10_u32) {
        let mut calls = calls;
        calls.push(spoken(TEN + 36_000, Direction::Outbound));
        prop_assert!(cases(&calls, short).iter().all(|case| case.closed_by.is_some()));
    }

    #[test]
    fn nobody_is_in_a_state_before_anything_happened_or_long_after(calls in any_calls(), later in 0..1_000_000_i64) {
        for case in cases(&calls, 5) {
            let state = case.state(&[], WINDOW, case.last_try() + 2 * WINDOW + 1 + later);
            prop_assert!(state.is_none() || case.closed_by.is_some_and(|call| call.start_utc > case.last_try()));
        }
    }
}
