//! Words of cells: results, directions, clearing causes, yes and no. A layout's own words come first.

use std::collections::BTreeMap;

use calls::{DialResult, Direction, Kind, Machine};

use super::guess::vocabulary;
use super::spec::WordsSpec;

/// The words of one layout, then the usual ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    result: Vec<(Vec<u8>, DialResult)>,
    direction: Vec<(Vec<u8>, Direction)>,
    machine: Vec<(Vec<u8>, Machine)>,
    kind: Vec<(Vec<u8>, Kind)>,
}

impl Words {
    pub fn new(spec: WordsSpec) -> Self {
        fn listed<T>(words: BTreeMap<String, T>) -> Vec<(Vec<u8>, T)> {
            words.into_iter().map(|(word, meant)| (word.into_bytes(), meant)).collect()
        }
        let WordsSpec { result, direction, machine, kind } = spec;
        Self {
            result: listed(result),
            direction: listed(direction),
            machine: listed(machine),
            kind: listed(kind),
        }
    }

    pub fn result(&self, word: &[u8]) -> Option<DialResult> {
        find(&self.result, word).or_else(|| usual_result(word)).or_else(|| foreign(word, vocabulary::result))
    }

    pub fn direction(&self, word: &[u8]) -> Option<Direction> {
        find(&self.direction, word)
            .or_else(|| usual_direction(word))
            .or_else(|| foreign(word, vocabulary::direction))
    }

    pub fn machine(&self, word: &[u8]) -> Option<Machine> {
        find(&self.machine, word)
    }

    pub fn kind(&self, word: &[u8]) -> Option<Kind> {
        find(&self.kind, word)
    }
}

/// A word of another language than English.
fn foreign<T>(word: &[u8], known: fn(&str) -> Option<T>) -> Option<T> {
    if word.is_empty() { None } else { std::str::from_utf8(word).ok().and_then(known) }
}

fn find<T: Copy>(words: &[(Vec<u8>, T)], word: &[u8]) -> Option<T> {
    words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, meant)| *meant)
}

/// The usual words of results, without blanks, hyphens and underscores: Asterisk's dispositions and dial results,
/// those of tables people keep, and the clearing causes of ITU-T Q.850 as FreeSWITCH names them. A normal clearing
/// says nothing about whether anybody answered.
const RESULTS: [(&str, DialResult); 68] = [
    ("answered", DialResult::Answered),
    ("noanswer", DialResult::NoAnswer),
    ("busy", DialResult::Busy),
    ("failed", DialResult::Failed),
    ("congestion", DialResult::Failed),
    ("cancel", DialResult::Cancelled),
    ("answer", DialResult::Answered),
    ("cancelled", DialResult::Cancelled),
    ("canceled", DialResult::Cancelled),
    ("chanunavail", DialResult::Failed),
    ("noroute", DialResult::Failed),
    ("dontcall", DialResult::Blocked),
    ("torture", DialResult::Blocked),
    ("invalidargs", DialResult::Failed),
    ("completed", DialResult::Answered),
    ("connected", DialResult::Answered),
    ("talked", DialResult::Answered),
    ("accepted", DialResult::Answered),
    ("unanswered", DialResult::NoAnswer),
    ("notanswered", DialResult::NoAnswer),
    ("noanswered", DialResult::NoAnswer),
    ("missed", DialResult::NoAnswer),
    ("missedcall", DialResult::NoAnswer),
    ("lost", DialResult::NoAnswer),
    ("timeout", DialResult::NoAnswer),
    ("ringtimeout", DialResult::NoAnswer),
    ("answeredelsewhere", DialResult::NoAnswer),
    ("abandoned", DialResult::Cancelled),
    ("abandon", DialResult::Cancelled),
    ("aborted", DialResult::Cancelled),
    ("callercancelled", DialResult::Cancelled),
    ("engaged", DialResult::Busy),
    ("rejected", DialResult::Busy),
    ("declined", DialResult::Busy),
    ("error", DialResult::Failed),
    ("fail", DialResult::Failed),
    ("unreachable", DialResult::Failed),
    ("unavailable", DialResult::Failed),
    ("invalid", DialResult::Failed),
    ("blocked", DialResult::Blocked),
    ("forbidden", DialResult::Blocked),
    ("barred", DialResult::Blocked),
    ("userbusy", DialResult::Busy),
    ("callrejected", DialResult::Busy),
    ("nouserresponse", DialResult::NoAnswer),
    ("originatorcancel", DialResult::Cancelled),
    ("loserace", DialResult::NoAnswer),
    ("pickedoff", DialResult::NoAnswer),
    ("progresstimeout", DialResult::NoAnswer),
    ("unallocatednumber", DialResult::Failed),
    ("noroutetransitnet", DialResult::Failed),
    ("noroutedestination", DialResult::Failed),
    ("subscriberabsent", DialResult::Failed),
    ("numberchanged", DialResult::Failed),
    ("destinationoutoforder", DialResult::Failed),
    ("invalidnumberformat", DialResult::Failed),
    ("normalcircuitcongestion", DialResult::Failed),
    ("networkoutoforder", DialResult::Failed),
    ("normaltemporaryfailure", DialResult::Failed),
    ("switchcongestion", DialResult::Failed),
    ("requestedchanunavail", DialResult::Failed),
    ("incompatibledestination", DialResult::Failed),
    ("recoveryontimerexpire", DialResult::Failed),
    ("usernotregistered", DialResult::Failed),
    ("gatewaydown", DialResult::Failed),
    ("outgoingcallbarred", DialResult::Blocked),
    ("incomingcallbarred", DialResult::Blocked),
    ("bearercapabilitynotauth", DialResult::Blocked),
];

const DIRECTIONS: [(&str, Direction); 26] = [
    ("inbound", Direction::Inbound),
    ("outbound", Direction::Outbound),
    ("internal", Direction::Internal),
    ("incoming", Direction::Inbound),
    ("outgoing", Direction::Outbound),
    ("in", Direction::Inbound),
    ("out", Direction::Outbound),
    ("i", Direction::Inbound),
    ("o", Direction::Outbound),
    ("local", Direction::Internal),
    ("intern", Direction::Internal),
    ("transit", Direction::Transit),
    ("tandem", Direction::Transit),
    ("received", Direction::Inbound),
    ("dialed", Direction::Outbound),
    ("dialled", Direction::Outbound),
    ("placed", Direction::Outbound),
    ("made", Direction::Outbound),
    ("missed", Direction::Inbound),
    ("eingehend", Direction::Inbound),
    ("ausgehend", Direction::Outbound),
    ("entrante", Direction::Inbound),
    ("saliente", Direction::Outbound),
    ("entrant", Direction::Inbound),
    ("sortant", Direction::Outbound),
    ("unknown", Direction::Unknown),
];

fn usual_result(word: &[u8]) -> Option<DialResult> {
    RESULTS.iter().find(|(known, _)| is_word(word, known.as_bytes())).map(|(_, result)| *result)
}

fn usual_direction(word: &[u8]) -> Option<Direction> {
    DIRECTIONS.iter().find(|(known, _)| is_word(word, known.as_bytes())).map(|(_, direction)| *direction)
}

/// Whether `word` is `known` but for case, blanks, hyphens and underscores.
fn is_word(word: &[u8], known: &[u8]) -> bool {
    let letters = word.iter().filter(|byte| !matches!(byte, b' ' | b'-' | b'_' | b'.'));
    word.len() >= known.len() && letters.map(u8::to_ascii_lowercase).eq(known.iter().copied())
}

/// What a clearing cause number says about a call that nobody answered (ITU-T Q.850).
pub(super) fn cause(number: u32) -> Option<DialResult> {
    match number {
        17 | 21 => Some(DialResult::Busy),
        18 | 19 | 26 | 102 => Some(DialResult::NoAnswer),
        // FreeSWITCH's own number for a caller who hung up first.
        487 => Some(DialResult::Cancelled),
        52..=55 | 57 => Some(DialResult::Blocked),
        1..=3 | 20 | 22 | 27 | 28 | 34 | 38 | 41 | 42 | 44 | 47 | 50 | 58 | 63 | 65 | 69 | 79 | 88 => {
            Some(DialResult::Failed)
        }
        _ => None,
    }
}

/// Yes or no in the words that tables use.
pub(super) fn yes_no(word: &[u8]) -> Option<bool> {
    foreign(word, vocabulary::yes_no)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_known_in_any_case_and_with_any_mark_between() {
        for word in [&b"NO ANSWER"[..], b"no-answer", b"No_Answer", b"NOANSWER"] {
            assert_eq!(Words::default().result(word), Some(DialResult::NoAnswer));
        }
        assert_eq!(Words::default().result(b"NORMAL_CLEARING"), None);
        assert_eq!(Words::default().result(b""), None);
    }

    #[test]
    fn words_of_a_layout_come_first() {
        let spec =
            WordsSpec { result: [("LOST".to_owned(), DialResult::Blocked)].into(), ..Default::default() };
        assert_eq!(Words::new(spec).result(b"lost"), Some(DialResult::Blocked));
    }

    #[test]
    fn every_word_of_the_lists_is_written_as_it_is_compared() {
        for (word, result) in RESULTS {
            assert_eq!(usual_result(word.as_bytes()), Some(result), "{word}");
        }
        for (word, direction) in DIRECTIONS {
            assert_eq!(usual_direction(word.as_bytes()), Some(direction), "{word}");
        }
    }
}
