//! Why a call has its outcome, in one sentence for people.

use crate::{Direction, LegKind, Outcome, derive::Story};

pub(crate) fn because(story: &Story<'_>, outcome: Outcome) -> String {
    match outcome {
        _ if story.live => format!("{} ringing", list(&story.rung(), "a device", is_or_are)),
        Outcome::Answered if story.direction == Direction::Outbound => outgoing_answered(story),
        Outcome::Answered if story.direction == Direction::Transit => sent_on(story),
        Outcome::Answered => format!("{}{}", answered(story), then(story, first(story))),
        Outcome::LostAfterTransfer => format!(
            "{}{}, then passed on to {}, who did not answer",
            answered(story),
            then(story, first(story)),
            story.lost_after.as_deref().unwrap_or("another extension"),
        ),
        Outcome::ShortLost => {
            format!("{}, the caller hung up before anybody could answer", rang(story))
        }
        Outcome::LostRinging => format!("{}, nobody answered", rang(story)),
        Outcome::Cancelled => outgoing_unanswered(story),
        Outcome::VoicemailLeft => {
            format!("{}, then reached voicemail; whether a message was left is not said", tried(story))
        }
        Outcome::LostInQueue => format!("{}, nobody answered", waited(story)),
        Outcome::IvrOnly => "reached a menu or an announcement and nobody else".to_owned(),
        Outcome::Busy => format!("{}, busy", tried(story)),
        Outcome::Failed => format!("{}, could not be connected", tried(story)),
        Outcome::Blocked => format!("{}, refused", tried(story)),
        _ => unknown(story),
    }
}

fn answered(story: &Story<'_>) -> String {
    let who = story.stretches.first().map_or("somebody", |stretch| named(&stretch.party));
    match story.ring_seconds() {
        Some(0) => format!("{who} answered at once"),
        Some(ring) => format!("{who} answered after {}", duration(ring)),
        None => format!("{who} answered"),
    }
}

/// ", then passed on to 110 and 223", ", then joined with 5551234": everybody who came after `first`.
fn then(story: &Story<'_>, first: &str) -> String {
    let mut names: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    for stretch in story.stretches.iter().filter(|stretch| stretch.party != first) {
        let joined = stretch.conference && stretch.sent_on_by.is_some();
        if !names.iter().flatten().any(|name| *name == stretch.party) {
            names[usize::from(joined)].push(stretch.party.clone());
        }
    }
    let part = |what: &str, names: &[String]| match names {
        [] => String::new(),
        names => format!(", then {what} {}", list(names, "", |_| "")),
    };
    let [passed_on, joined] = names;
    format!("{}{}", part("passed on to", &passed_on), part("joined with", &joined))
}

fn sent_on(story: &Story<'_>) -> String {
    let to = story.stretches.iter().find(|stretch| stretch.kind == LegKind::Outside);
    let number = to.map_or("an outside number", |stretch| stretch.party.as_str());
    match story.extension() {
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
            let who = story.extension().unwrap_or_else(|| "an extension".to_owned());
            match story.number() {
                Some(number) => format!("{who} dialled {number}"),
                None => format!("{who} dialled"),
            }
        }
        (_, []) => "rang nobody".to_owned(),
        _ => rang(story),
    }
}

fn waited(story: &Story<'_>) -> String {
    let queue =
        story.queue().map_or_else(|| "waited in a queue".to_owned(), |queue| format!("waited in {queue}"));
    match story.rung().as_slice() {
        [] => queue,
        rung => format!("{queue}, which rang {}", list(rung, "", |_| "")),
    }
}

fn outgoing_answered(story: &Story<'_>) -> String {
    let who = story.extension().unwrap_or_else(|| "an extension".to_owned());
    let talk = duration(story.talk_seconds().unwrap_or_default());
    match then(story, first(story)).as_str() {
        "" => format!("{who} got through and talked for {talk}"),
        others => format!("{who} got through{others}; {talk} in all"),
    }
}

fn first<'a>(story: &'a Story<'_>) -> &'a str {
    story.stretches.first().map_or("", |stretch| stretch.party.as_str())
}

fn outgoing_unanswered(story: &Story<'_>) -> String {
    let who = story.extension().unwrap_or_else(|| "an extension".to_owned());
    match story.ring_seconds() {
        Some(ring) if ring > 0 => format!("{who} rang for {}, nobody answered", duration(ring)),
        _ => format!("{who} rang, nobody answered"),
    }
}

fn unknown(story: &Story<'_>) -> String {
    match (story.number(), story.extension()) {
        (None, None) => {
            "the exchange reported charges without a number, an extension or a duration".to_owned()
        }
        _ => "the exchange printed neither ring time nor duration, so nobody can say whether it was answered"
            .to_owned(),
    }
}

fn named(party: &str) -> &str {
    if party == "?" { "an unnamed extension" } else { party }
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { " is" } else { " are" }
}

/// "101", "101 and 102", "101, 102 and 103"; `nobody` for an empty list; then a word that depends on the count.
fn list(names: &[String], nobody: &str, then: impl Fn(usize) -> &'static str) -> String {
    let text = match names {
        [] => return format!("{nobody}{}", if nobody.is_empty() { "" } else { then(1) }),
        [one] => one.clone(),
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
