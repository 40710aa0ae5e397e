//! A live office's own file, beside what truly happened there: every call of it, and no other.

use std::path::Path;

use calls::{Call, CallTime};

use super::fixture::{calls, evidence, unsound};

/// When (the clock of 20 November 2026), direction, outcome, who answered, seconds of talk.
///
/// The rows of this file cannot say how long a member of a queue rang who was rung alone, nor how long the second
/// party of a blind transfer rang: its talk counts that ringing, and the call has a flag that says so.
const CALLS: [(&str, &str, &str, Option<&str>, u32); 20] = [
    ("23:39:05", "inbound", "answered", Some("101"), 22),
    ("23:39:21", "inbound", "voicemail-left", None, 0),
    ("23:40:03", "inbound", "busy", None, 0),
    ("23:40:17", "inbound", "answered", Some("103"), 21),
    ("23:40:35", "outbound", "answered", Some("90871230001"), 24),
    ("23:40:53", "outbound", "busy", None, 0),
    ("23:41:03", "outbound", "cancelled", None, 0),
    ("23:41:39", "internal", "answered", Some("106"), 21),
    ("23:41:53", "inbound", "answered", Some("102"), 23),
    ("23:42:15", "inbound", "answered", Some("105"), 20),
    ("23:42:44", "inbound", "voicemail-left", None, 0),
    ("23:43:29", "inbound", "lost-in-queue", None, 0),
    ("23:43:57", "inbound", "answered", Some("101"), 55),
    ("23:44:55", "inbound", "answered", Some("101"), 64),
    ("23:46:02", "transit", "answered", Some("0871234567"), 24),
    ("23:46:33", "inbound", "answered", Some("102"), 30),
    ("23:47:09", "inbound", "ivr-only", None, 0),
    ("23:47:43", "internal", "failed", None, 0),
    ("23:47:55", "inbound", "answered", Some("101"), 60),
    ("23:48:55", "inbound", "lost-after-transfer", Some("101"), 5),
];

#[test]
fn a_live_office_has_exactly_its_calls() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/asterisk/Master.csv");
    let Ok(rows) = std::fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return;
    };
    let calls = calls(&evidence(&rows));
    let mut wrong = Vec::new();
    for (call, (at, direction, outcome, answered_by, talk)) in calls.iter().zip(CALLS) {
        let told_talk = call.talk_seconds.unwrap_or_default();
        println!(
            "{} {:<9} {:<20} {:<12} talk {told_talk:>3}  {}",
            clock(call.start),
            call.direction.as_str(),
            call.outcome.as_str(),
            call.answered_by.as_deref().unwrap_or("-"),
            call.because,
        );
        let right = clock(call.start) == at
            && call.direction.as_str() == direction
            && call.outcome.as_str() == outcome
            && call.answered_by.as_deref() == answered_by
            && told_talk.abs_diff(talk) <= 1;
        if !right {
            wrong.push(format!("expected {at} {direction} {outcome} {answered_by:?} {talk}: {call:#?}"));
        }
        wrong.extend(unsound(call));
    }
    assert_eq!(calls.len(), CALLS.len(), "{:#?}", starts(&calls));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn clock(time: CallTime) -> String {
    time.printed().format("%H:%M:%S").to_string()
}

fn starts(calls: &[Call]) -> Vec<String> {
    calls.iter().map(|call| format!("{} {}", clock(call.start), call.because)).collect()
}
