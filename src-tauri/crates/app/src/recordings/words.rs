//! Evidence, reasons and states: their numbers in the ledger, their codes for programs, their sentences for people.

use std::fmt::Write;

use ledger::{RecordingEntry, RecordingState, RecordingVerdict};
use recordings::{
    Encryption, IdKind, Plainness,
    matching::{Evidence, Reason, TimeFrom},
};

/// What a person said goes before all else.
pub(super) const BY_HAND: u8 = 0;

/// Kinds of evidence by their numbers from 1, with code and sentence. New ones come last.
const EVIDENCE: [(Evidence, &str, &str); 10] = [
    (Evidence::IdInName(IdKind::Unique), "id", "An id of this call stands in its name."),
    (Evidence::IdInName(IdKind::Uuid), "uuid", "An id of this call stands in its name."),
    (Evidence::IdInName(IdKind::Reference), "reference", "A reference of this call stands in its name."),
    (Evidence::SourceField, "source-field", "The exchange named this file in its record of the call."),
    (
        Evidence::TimeExtensionNumber(TimeFrom::Name),
        "time-extension-number",
        "Its name holds the time of this call, an extension of it and another party.",
    ),
    (
        Evidence::TimeExtensionNumber(TimeFrom::Id),
        "time-extension-number",
        "Its name holds an extension of this call and another party, and an id made at the time of the call.",
    ),
    (
        Evidence::TimeExtensionNumber(TimeFrom::Modified),
        "time-extension-number",
        "Its name holds an extension of this call and another party, and it was written at the time of the call.",
    ),
    (
        Evidence::TimeNumber(TimeFrom::Name),
        "time-number",
        "Its name holds the time of this call and a number of it.",
    ),
    (
        Evidence::TimeNumber(TimeFrom::Id),
        "time-number",
        "Its name holds a number of this call, and an id made at the time of the call.",
    ),
    (
        Evidence::TimeNumber(TimeFrom::Modified),
        "time-number",
        "Its name holds a number of this call, and it was written at the time of the call.",
    ),
];

/// Reasons by their numbers from 0. New ones come last.
const REASONS: [Reason; 7] = [
    Reason::NoIdNorNumber,
    Reason::NumbersHidden,
    Reason::IdNotAmongCalls,
    Reason::NoTime,
    Reason::OutsideCalls,
    Reason::NobodyCalled,
    Reason::OtherNumbers,
];

/// A person said that it belongs to no call.
pub(super) const NONE_BY_HAND: u8 = 200;

/// What files are encrypted with, by their numbers in the ledger from 0.
const PLAINNESS: [Plainness; 7] = [
    Plainness::Sound,
    Plainness::NoSign,
    Plainness::Encrypted(Encryption::OpenPgp),
    Plainness::Encrypted(Encryption::Age),
    Plainness::Encrypted(Encryption::OpenSsl),
    Plainness::Encrypted(Encryption::Zip),
    Plainness::Encrypted(Encryption::ByName),
];

pub(super) fn evidence_number(evidence: Evidence) -> u8 {
    let place = EVIDENCE.iter().position(|(known, ..)| *known == evidence);
    place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(u8::MAX)
}

/// Code and sentence.
pub(super) fn evidence(number: u8) -> (&'static str, &'static str) {
    if number == BY_HAND {
        return ("by-hand", "Somebody said that it belongs to this call.");
    }
    let found = EVIDENCE.get(usize::from(number) - 1);
    found.map_or(("unknown", "Why is not known any more."), |(_, code, sentence)| (code, sentence))
}

pub(super) fn reason_number(reason: Reason) -> u8 {
    let place = REASONS.iter().position(|known| *known == reason);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
}

/// Code and sentence.
pub(super) fn reason(number: u8) -> (&'static str, &'static str) {
    if number == NONE_BY_HAND {
        return ("by-hand", "Somebody said that it belongs to no call.");
    }
    let found = REASONS.get(usize::from(number));
    found.map_or(("unknown", "Why is not known any more."), |reason| (reason.code(), reason.sentence()))
}

pub(super) fn cipher_number(plainness: Plainness) -> Option<u8> {
    let place = PLAINNESS.iter().position(|known| *known == plainness);
    place.and_then(|place| u8::try_from(place).ok())
}

pub(super) fn plainness(number: u8) -> Option<Plainness> {
    PLAINNESS.get(usize::from(number)).copied()
}

pub(super) fn state(state: RecordingState) -> &'static str {
    match state {
        RecordingState::Found => "found",
        RecordingState::TooNew => "too-new",
        RecordingState::Empty => "empty",
        RecordingState::HeaderOnly => "header-only",
        RecordingState::Unreadable => "unreadable",
        RecordingState::Gone => "gone",
    }
}

pub(super) fn verdict(verdict: RecordingVerdict) -> &'static str {
    match verdict {
        RecordingVerdict::NotAsked => "not-asked",
        RecordingVerdict::Matched => "matched",
        RecordingVerdict::Ambiguous => "ambiguous",
        RecordingVerdict::Unmatched(_) => "unmatched",
    }
}

/// All that is to be said of a file: what is wrong with it, and which call it belongs to and why.
pub(super) fn because(entry: &RecordingEntry, strongest: Option<u8>) -> String {
    let state = match entry.seen.state {
        RecordingState::Found => None,
        RecordingState::TooNew => Some("It was written to a moment ago and may not be whole yet.".to_owned()),
        RecordingState::Empty => Some("The file is empty.".to_owned()),
        RecordingState::HeaderOnly => {
            Some(format!("There is no sound in it: {} bytes of header alone.", entry.seen.size))
        }
        RecordingState::Unreadable => {
            Some(format!("It cannot be read: {}.", entry.seen.why.as_deref().unwrap_or("why is not known")))
        }
        RecordingState::Gone => Some("It is not there any more.".to_owned()),
    };
    let verdict = match entry.verdict {
        RecordingVerdict::NotAsked if entry.seen.state == RecordingState::TooNew => None,
        RecordingVerdict::NotAsked => Some("Its call has not been looked for yet.".to_owned()),
        RecordingVerdict::Matched => strongest.map(|number| evidence(number).1.to_owned()),
        RecordingVerdict::Ambiguous => Some("Several calls fit equally well: choose one.".to_owned()),
        RecordingVerdict::Unmatched(number) => Some(reason(number).1.to_owned()),
    };
    state.into_iter().chain(verdict).collect::<Vec<_>>().join(" ")
}

/// Bytes of a path as they can be shown: what is no text, or would move a terminal's cursor, as escapes.
pub(super) fn shown(path: &[u8]) -> String {
    let mut shown = String::with_capacity(path.len());
    for chunk in path.utf8_chunks() {
        for letter in chunk.valid().chars() {
            if letter.is_control() {
                shown.extend(letter.escape_default());
            } else {
                shown.push(letter);
            }
        }
        for byte in chunk.invalid() {
            // Writing to a text cannot fail.
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_what_they_were() {
        for (place, (kind, code, _)) in EVIDENCE.iter().enumerate() {
            assert_eq!(usize::from(evidence_number(*kind)), place + 1);
            assert_eq!(evidence(evidence_number(*kind)).0, *code);
        }
        for kind in REASONS {
            assert_eq!(reason(reason_number(kind)), (kind.code(), kind.sentence()));
        }
        for kind in PLAINNESS {
            assert_eq!(cipher_number(kind).and_then(plainness), Some(kind));
        }
        assert_eq!(evidence(u8::MAX).0, "unknown");
        assert_eq!(reason(u8::MAX).0, "unknown");
    }

    #[test]
    fn what_is_no_text_is_shown_with_escapes() {
        assert_eq!(shown(b"gr\xfcn/\xc3\xbc\x1b[2J.wav"), "gr\\xfcn/\u{fc}\\u{1b}[2J.wav");
    }
}
