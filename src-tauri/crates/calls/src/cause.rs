//! Clearing causes: why an exchange or a network took a call down.
//!
//! A cause is kept as one short text: a number of ITU-T Q.850 (`17`), or the exchange's own word where it has no
//! number. FreeSWITCH counts on from 487 for what Q.850 has no number for (its `switch_types.h`).

use crate::{CallTime, Evidence, Text};

/// Numbers with the names that FreeSWITCH has for them, in plain words.
const CAUSES: [(u16, &str, &str); 66] = [
    (1, "UNALLOCATED_NUMBER", "Number does not exist"),
    (2, "NO_ROUTE_TRANSIT_NET", "No way to the network asked for"),
    (3, "NO_ROUTE_DESTINATION", "No way to the number"),
    (5, "MISDIALED_TRUNK_PREFIX", "Wrong prefix dialled"),
    (6, "CHANNEL_UNACCEPTABLE", "Line not accepted"),
    (7, "CALL_AWARDED_DELIVERED", "Given to a call that was there"),
    (16, "NORMAL_CLEARING", "Somebody hung up"),
    (17, "USER_BUSY", "Busy"),
    (18, "NO_USER_RESPONSE", "Telephone did not respond"),
    (19, "NO_ANSWER", "Rang, nobody answered"),
    (20, "SUBSCRIBER_ABSENT", "Telephone switched off or not signed in"),
    (21, "CALL_REJECTED", "Refused"),
    (22, "NUMBER_CHANGED", "Number has changed"),
    (23, "REDIRECTION_TO_NEW_DESTINATION", "Sent on to another number"),
    (25, "EXCHANGE_ROUTING_ERROR", "Sent in a circle between exchanges"),
    (26, "NON_SELECTED_USER_CLEARING", "Answered elsewhere"),
    (27, "DESTINATION_OUT_OF_ORDER", "Other side out of order"),
    (28, "INVALID_NUMBER_FORMAT", "Number not complete or not valid"),
    (29, "FACILITY_REJECTED", "Feature refused"),
    (30, "RESPONSE_TO_STATUS_ENQUIRY", "Answer to a status enquiry"),
    (31, "NORMAL_UNSPECIFIED", "Ended normally, nothing more said"),
    (34, "NORMAL_CIRCUIT_CONGESTION", "No line free"),
    (38, "NETWORK_OUT_OF_ORDER", "Network out of order"),
    (41, "NORMAL_TEMPORARY_FAILURE", "Network trouble for the moment"),
    (42, "SWITCH_CONGESTION", "Exchange overloaded"),
    (43, "ACCESS_INFO_DISCARDED", "What was sent along was thrown away"),
    (44, "REQUESTED_CHAN_UNAVAIL", "The line asked for is not free"),
    (45, "PRE_EMPTED", "Taken down for a more urgent call"),
    (47, "RESOURCE_UNAVAILABLE", "Nothing free to carry the call"),
    (50, "FACILITY_NOT_SUBSCRIBED", "Feature not subscribed to"),
    (52, "OUTGOING_CALL_BARRED", "Not allowed to call out"),
    (54, "INCOMING_CALL_BARRED", "Not allowed to be called"),
    (57, "BEARERCAPABILITY_NOTAUTH", "Kind of call not allowed"),
    (58, "BEARERCAPABILITY_NOTAVAIL", "Kind of call not to be had now"),
    (63, "SERVICE_UNAVAILABLE", "Service not to be had"),
    (65, "BEARERCAPABILITY_NOTIMPL", "Kind of call not known there"),
    (66, "CHAN_NOT_IMPLEMENTED", "Kind of line not known there"),
    (69, "FACILITY_NOT_IMPLEMENTED", "Feature not known there"),
    (79, "SERVICE_NOT_IMPLEMENTED", "Service not known there"),
    (81, "INVALID_CALL_REFERENCE", "Signalling error: no such call"),
    (88, "INCOMPATIBLE_DESTINATION", "Other side cannot take this kind of call"),
    (95, "INVALID_MSG_UNSPECIFIED", "Signalling error: message not valid"),
    (96, "MANDATORY_IE_MISSING", "Signalling error: something missing"),
    (97, "MESSAGE_TYPE_NONEXIST", "Signalling error: message not known"),
    (98, "WRONG_MESSAGE", "Signalling error: message not expected"),
    (99, "IE_NONEXIST", "Signalling error: element not known"),
    (100, "INVALID_IE_CONTENTS", "Signalling error: element not valid"),
    (101, "WRONG_CALL_STATE", "Signalling error: not the moment for it"),
    (102, "RECOVERY_ON_TIMER_EXPIRE", "Network did not respond in time"),
    (103, "MANDATORY_IE_LENGTH_ERROR", "Signalling error: wrong length"),
    (111, "PROTOCOL_ERROR", "Signalling error"),
    (127, "INTERWORKING", "Ended in another network, which did not say why"),
    (487, "ORIGINATOR_CANCEL", "Caller hung up first"),
    (500, "CRASH", "Exchange failed"),
    (501, "SYSTEM_SHUTDOWN", "Exchange was shut down"),
    (502, "LOSE_RACE", "Another telephone was quicker"),
    (503, "MANAGER_REQUEST", "Taken down by the administrator"),
    (600, "BLIND_TRANSFER", "Handed on without asking"),
    (601, "ATTENDED_TRANSFER", "Handed on after asking"),
    (602, "ALLOTTED_TIMEOUT", "Time allowed was up"),
    (603, "USER_CHALLENGE", "Asked to sign in first"),
    (604, "MEDIA_TIMEOUT", "No sound for too long"),
    (605, "PICKED_OFF", "Picked up at another telephone"),
    (606, "USER_NOT_REGISTERED", "Telephone not signed in"),
    (607, "PROGRESS_TIMEOUT", "Nothing rang in time"),
    (609, "GATEWAY_DOWN", "Line to the provider is down"),
];

/// What a cause says, in plain words; `None` for an exchange's own word or a number that is in no table.
pub fn cause_words(cause: &str) -> Option<&'static str> {
    let number: u16 = cause.parse().ok()?;
    CAUSES.iter().find(|(known, ..)| *known == number).map(|(.., words)| *words)
}

/// The number of a cause by the name that Q.850 or FreeSWITCH has for it: `USER_BUSY`.
pub fn cause_number(name: &str) -> Option<u16> {
    CAUSES.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name)).map(|(number, ..)| *number)
}

/// Why the call was taken down. Attempts have causes of their own and end before the call does; of channels the one
/// that gave the call its id is the call's.
pub(crate) fn of_call(group: &[&Evidence]) -> Option<Text> {
    let told = group.iter().map(|item| &item.record).filter(|record| record.cause.is_some());
    let last = told.max_by_key(|record| {
        let own = record.uniqueid.is_some() && record.uniqueid == record.linkedid;
        (own, record.end.or(record.start).map(CallTime::unix))
    });
    last?.cause.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Certainty, Record, RecordKey};

    #[test]
    fn every_cause_is_there_once_and_has_words() {
        for (place, (number, name, words)) in CAUSES.iter().enumerate() {
            assert!(CAUSES[..place].iter().all(|(before, ..)| before < number), "{number} stands in order");
            assert_eq!((cause_number(name), cause_words(&number.to_string())), (Some(*number), Some(*words)));
        }
        assert_eq!(cause_words("0"), None, "no cause is no cause");
        assert_eq!(cause_words("TerminatedBySrc"), None, "an exchange's own word stands for itself");
        assert_eq!(cause_number("user_busy"), Some(17));
    }

    fn record(end: i64, ids: Option<(&str, &str)>, cause: &str) -> Evidence {
        let time = |at| Some(CallTime::from_parts(at, 0, Certainty::Certain));
        let record = Record {
            start: time(0),
            end: time(end),
            uniqueid: ids.map(|(unique, _)| unique.into()),
            linkedid: ids.map(|(_, linked)| linked.into()),
            cause: (!cause.is_empty()).then(|| cause.into()),
            ..Record::default()
        };
        Evidence { key: RecordKey(0), arrived: None, record }
    }

    #[test]
    fn the_cause_of_a_call_is_its_own_channels_or_the_last() {
        let attempts =
            [record(10, None, "19"), record(40, None, "16"), record(20, None, "17"), record(50, None, "")];
        assert_eq!(of_call(&attempts.iter().collect::<Vec<_>>()).as_deref(), Some("16"));
        let channels = [record(40, Some(("1.1", "1.1")), "17"), record(41, Some(("1.2", "1.1")), "16")];
        assert_eq!(of_call(&channels.iter().collect::<Vec<_>>()).as_deref(), Some("17"));
        assert_eq!(of_call(&[&record(1, None, "")]), None);
    }
}
