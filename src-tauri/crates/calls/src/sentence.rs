//! Why a call has its outcome, in one sentence for people.

use crate::{
    Direction, Machine, Outcome, SegmentKind, TransferKind, UNNAMED,
    story::{Story, Talk},
    times::covered,
};

pub(crate) fn because(story: &Story<'_>, outcome: Outcome) -> String {
    match outcome {
        _ if story.live => format!("{} ringing", list(&story.rung(), "a device", is_or_are)),
        Outcome::Answered if story.direction == Direction::Outbound => outgoing_answered(story),
        Outcome::Answered if story.direction == Direction::Transit => sent_on(story),
        Outcome::Answered => format!("{}{}{}", answered(story), then(story, first(story)), afterwards(story)),
        Outcome::LostAfterTransfer => lost_after_transfer(story),
        Outcome::ShortLost => {
            format!("{}, the caller hung up before anybody could answer", tried(story))
        }
        Outcome::LostRinging => format!("{}, nobody answered", rang(story)),
        Outcome::Cancelled => outgoing_unanswered(story),
        Outcome::VoicemailLeft => {
            format!("{}, then reached voicemail; whether a message was left is not said", tried(story))
        }
        Outcome::VoicemailNoMessage => {
            format!("{}, then reached voicemail and left no message", tried(story))
        }
        Outcome::LostInQueue => format!("{}, {}", waited(story), left_queue(story)),
        Outcome::OverflowedAway => format!("{}, then was sent elsewhere", waited(story)),
        Outcome::IvrOnly if story.machine == Some(Machine::Conference) => {
            "was alone in a conference room".to_owned()
        }
        Outcome::IvrOnly => "reached a menu or an announcement and nobody else".to_owned(),
        Outcome::Busy => format!("{}, busy", tried(story)),
        Outcome::Failed => format!("{}, could not be connected", tried(story)),
        Outcome::Blocked if story.machine == Some(Machine::Queue) || story.queue.is_some() => {
            let queue = story.queue.unwrap_or("the queue");
            format!("{queue} took nobody: it was full, closed or without members")
        }
        Outcome::Blocked => format!("{}, refused", tried(story)),
        Outcome::Unknown if story.notes.contains(&"queue-log-only") => {
            "the queue log says nothing of how it ended: the exchange was started again, or the log ends before".to_owned()
        }
        Outcome::Unknown if story.notes.contains(&"events-incomplete") => {
            "its channel events begin or end in the middle of it, so how it went is not known".to_owned()
        }
        Outcome::Unknown => unknown(story),
    }
}

/// Why nobody answered a caller who waited in a queue, where its log says so.
fn left_queue(story: &Story<'_>) -> &'static str {
    let reasons = [
        ("left-queue-by-key", "then the caller chose to leave by pressing a key"),
        ("queue-timed-out", "until the queue gave up"),
        ("queue-empty", "until no member was there to answer"),
    ];
    let reason = reasons.iter().find(|(note, _)| story.notes.contains(note));
    reason.map_or("nobody answered", |(_, reason)| reason)
}

fn answered(story: &Story<'_>) -> String {
    let who = story.talks.first().map_or("somebody", |talk| named(talk.party));
    let room = story.machine == Some(Machine::Conference) && story.talks.iter().all(|talk| talk.conference);
    match story.ring_seconds() {
        _ if room => format!("met {who} in a conference room"),
        Some(0) => format!("{who} answered at once"),
        Some(ring) => format!("{who} answered after {}", duration(ring)),
        None => format!("{who} answered"),
    }
}

/// ", then passed on to 110 and 223", ", then joined with 5551234": everybody who came after `first`.
fn then(story: &Story<'_>, first: &str) -> String {
    let mut names: [Vec<&str>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    let came_to = |party: &str| story.with_other_end().any(|talk| talk.party == party);
    let joined = |party: &str| {
        let mut conferences =
            story.handings.iter().filter(|handing| handing.kind == TransferKind::Conference);
        conferences.any(|handing| handing.to == party)
    };
    for talk in story.talks.iter().filter(|talk| talk.party != first) {
        let way = match talk {
            Talk { asked_by: Some(_), .. } if came_to(talk.party) => continue,
            Talk { asked_by: Some(_), .. } => 2,
            Talk { conference: true, .. } if talk.sent_on_by.is_some() || joined(talk.party) => 1,
            _ => 0,
        };
        if !names.iter().flatten().any(|name| *name == talk.party) {
            names[way].push(talk.party);
        }
    }
    let part = |what: &str, names: &[&str]| match names {
        [] => String::new(),
        names => format!(", then {what} {}", list(names, "", |_| "")),
    };
    let [passed_on, joined, asked] = names;
    let asked = part("asked", &asked);
    format!("{}{}{asked}", part("passed on to", &passed_on), part("joined with", &joined))
}

/// A voicemail that was reached after somebody had answered.
fn afterwards(story: &Story<'_>) -> &'static str {
    if story.machine == Some(Machine::Voicemail) { ", then sent to voicemail" } else { "" }
}

fn lost_after_transfer(story: &Story<'_>) -> String {
    let to = story.lost_to().map_or("another extension", |handing| handing.to);
    let parked = story.stays.iter().filter(|stay| stay.kind == SegmentKind::Park);
    let parked = covered(parked.map(|stay| (stay.from, stay.to)));
    let (who, others) = (answered(story), then(story, first(story)));
    match (to, parked) {
        ("park", 0) => format!("{who}{others}, then parked and never fetched"),
        ("park", time) => format!("{who}{others}, then parked for {} and never fetched", duration(time)),
        (_, 0) => format!("{who}{others}, then passed on to {to}, who did not answer"),
        (_, time) => format!(
            "{who}{others}, then parked for {}; {to} was rung and could not be reached",
            duration(time)
        ),
    }
}

fn sent_on(story: &Story<'_>) -> String {
    let to = story.talks.iter().find(|talk| talk.outside);
    let number = to.map_or("an outside number", |talk| talk.party);
    let by = story.handings.first().map(|handing| handing.from);
    match by.or(story.charged_to).or(story.called.extension) {
        Some(extension) => format!("{extension} sent it on to {number}, which answered"),
        None => format!("sent on to {number}, which answered"),
    }
}

fn rang(story: &Story<'_>) -> String {
    let devices = list(&story.rung(), "", |_| "");
    let devices = if devices.is_empty() { String::new() } else { format!(" {devices}") };
    match story.ring_seconds() {
        Some(ring) => format!("rang{devices} for {}", duration(ring)),
        None => format!("rang{devices}"),
    }
}

/// Who tried whom, for calls that rang short or not at all.
fn tried(story: &Story<'_>) -> String {
    match (story.direction, story.rung().as_slice()) {
        (Direction::Outbound, _) => {
            let who = story.caller.extension.unwrap_or("an extension");
            match story.number() {
                Some(number) => format!("{who} dialled {number}"),
                None => format!("{who} dialled"),
            }
        }
        _ if story.queue.is_some() => waited(story),
        (_, []) => "rang nobody".to_owned(),
        _ => rang(story),
    }
}

/// A supervisor wants to know whether anybody was tried at all.
fn waited(story: &Story<'_>) -> String {
    let queue =
        story.queue.map_or_else(|| "waited in a queue".to_owned(), |queue| format!("waited in {queue}"));
    let queue = match story.wait_seconds() {
        Some(wait) => format!("{queue} for {}", duration(wait)),
        None => queue,
    };
    match story.rung().as_slice() {
        [] => format!("{queue}, which rang nobody"),
        rung => format!("{queue}, which rang {}", list(rung, "", |_| "")),
    }
}

fn outgoing_answered(story: &Story<'_>) -> String {
    let who = story.caller.extension.unwrap_or("an extension");
    let talk = duration(story.talk_seconds().unwrap_or_default());
    match then(story, first(story)).as_str() {
        "" => format!("{who} got through and talked for {talk}"),
        others => format!("{who} got through{others}; {talk} in all"),
    }
}

fn first<'a>(story: &Story<'a>) -> &'a str {
    story.talks.first().map_or("", |talk| talk.party)
}

fn outgoing_unanswered(story: &Story<'_>) -> String {
    let who = story.caller.extension.unwrap_or("an extension");
    match story.ring_seconds() {
        Some(ring) if ring > 0 => format!("{who} rang for {}, nobody answered", duration(ring)),
        _ => format!("{who} rang, nobody answered"),
    }
}

fn unknown(story: &Story<'_>) -> String {
    match (story.number(), story.caller.extension.or(story.called.extension)) {
        _ if story.notes.contains(&"closed-by-restart") => {
            "the exchange was started again during the call; how it ended is not known".to_owned()
        }
        (None, None) => {
            "the exchange reported charges without a number, an extension or a duration".to_owned()
        }
        _ => "the exchange printed neither ring time nor duration, so nobody can say whether it was answered"
            .to_owned(),
    }
}

fn named(party: &str) -> &str {
    if party == UNNAMED { "an unnamed extension" } else { party }
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { " is" } else { " are" }
}

/// "101", "101 and 102", "101, 102 and 103"; `nobody` for an empty list; then a word that depends on the count.
fn list(names: &[&str], nobody: &str, then: impl Fn(usize) -> &'static str) -> String {
    let text = match names {
        [] => return format!("{nobody}{}", if nobody.is_empty() { "" } else { then(1) }),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    format!("{text}{}", then(names.len()))
}

/// `12 s`, `2 min`, `2 min 5 s`, `1 h 2 min`.
fn duration(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, _) => format!("{rest} s"),
        (0, _, 0) => format!("{minutes} min"),
        (0, ..) => format!("{minutes} min {rest} s"),
        (_, 0, _) => format!("{hours} h"),
        _ => format!("{hours} h {minutes} min"),
    }
}
