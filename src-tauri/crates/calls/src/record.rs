//! A record: what one line or row says, in the field's own words and before anybody asks what it means.

use serde::{Deserialize, Serialize};

use crate::{CallTime, Direction, Event, Text};

/// One parsed line. Everything the line does not say is `None`, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    pub kind: Kind,
    pub direction: Direction,
    /// When this segment began, as far as the line can tell.
    pub start: Option<CallTime>,
    /// When the line was answered: by somebody, or by the exchange itself if `answered` is not true.
    pub answer: Option<CallTime>,
    /// When this segment ended; for a ringing line the moment at which the device began to ring.
    pub end: Option<CallTime>,
    /// Seconds of ringing, in whole seconds as printed.
    pub ring_seconds: Option<u32>,
    /// Seconds of conversation in this segment, in whole seconds as printed.
    pub talk_seconds: Option<u32>,
    /// The caller had been taken before this part, so `talk_seconds` counts its ringing as well.
    pub talk_includes_ringing: bool,
    /// Whether somebody answered; `None` where the line cannot know (a ringing line).
    pub answered: Option<bool>,
    pub extension: Option<Text>,
    /// The extension that called, on internal calls; `extension` is then the one that was called.
    pub from_extension: Option<Text>,
    /// The caller's number, where `number` is the outside one that the call was sent on to.
    pub from_number: Option<Text>,
    pub trunk: Option<Text>,
    /// The other party's number as printed; hidden digits stay `?`.
    pub number: Option<Text>,
    /// The number of ours that was called (DDI, DID).
    pub did: Option<Text>,
    pub account_code: Option<Text>,
    pub caller_name: Option<Text>,
    pub queue: Option<Text>,
    pub uniqueid: Option<Text>,
    pub linkedid: Option<Text>,
    /// Ids by which the exchange itself says what belongs together, the main one first: records that share one
    /// are of one call. Empty where an exchange prints no such id.
    pub threads: [Option<Thread>; 2],
    pub charge: Option<Charge>,
    pub pulses: Option<u32>,
    /// This segment goes on from an earlier record of the same call.
    pub continues: bool,
    pub role: Role,
    pub service: Service,
    /// What came of it, where the source has a word for it.
    pub result: Option<DialResult>,
    /// Why it was taken down, where the line says so: a number of ITU-T Q.850 (`17`), or the exchange's own word.
    pub cause: Option<Text>,
    /// What took the call instead of a person.
    pub machine: Option<Machine>,
    /// The call came in through direct inward system access and was dialled on from outside.
    pub disa: bool,
    /// Set on records of one moment (`Kind::Moment`). Boxed: most records have none.
    pub event: Option<Box<Event>>,
    /// What else the format prints, under the names its layout gives: (`msn`, `902725`).
    pub extra: Vec<(String, String)>,
}

/// Hash of an id that several records of a call carry (`linkedid`, a call's serial number).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Thread(pub u64);

impl Thread {
    /// `family` tells the ids of makes apart: "asterisk".
    pub fn of(family: &str, id: &str) -> Self {
        ThreadFamily::new(family).thread(id)
    }
}

/// Tells the ids of one make from those of others; made once for many ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadFamily(u64);

impl ThreadFamily {
    /// `name`: "asterisk".
    pub fn new(name: &str) -> Self {
        Self(twox_hash::XxHash3_64::oneshot(name.as_bytes()))
    }

    pub fn thread(self, id: &str) -> Thread {
        // In one go, the family as the seed: this is asked twice for every row of an import.
        Thread(twox_hash::XxHash3_64::oneshot_with_seed(self.0, id.as_bytes()))
    }
}

/// What sort of line it was. Lines that cannot be read are not records; they are rejected with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A segment of a call, printed when it ended.
    #[default]
    Call,
    /// A device began to ring. Never a call by itself.
    Ringing,
    /// One moment of a call, told in `Record::event`.
    Moment,
    /// Something that is not a call: a notice, a status, a log-in.
    Event,
    /// A page header or footer.
    Header,
}

/// How a segment came about, where the line says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    #[default]
    Plain,
    /// The call was passed on to this party.
    PassedOn,
    /// Part of a conference, or two outside lines joined.
    Conference,
    /// Sent on to an outside number, by diversion or transfer.
    ForwardedOutside,
}

/// What came of a dialled attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DialResult {
    Answered,
    NoAnswer,
    Busy,
    /// Congestion, no route, a device that is not there.
    Failed,
    /// Whoever called hung up first.
    Cancelled,
    /// Refused by a rule: a list, closed hours, a full queue.
    Blocked,
}

/// Something that answers and is no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Machine {
    Voicemail,
    /// A menu, an announcement, a playback.
    Menu,
    /// Waiting in a queue for a person.
    Queue,
    /// A conference room: whoever is in it talks.
    Conference,
    Park,
    /// A feature code or another application of the exchange: no conversation.
    Feature,
}

/// Voice or another service (fax, data).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    #[default]
    Voice,
    Data,
}

/// An amount of money as the exchange printed it: `amount / 10^decimals`, in the exchange's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Charge {
    pub amount: i64,
    pub decimals: u8,
}

impl std::fmt::Display for Charge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.decimals == 0 {
            return write!(f, "{}", self.amount);
        }
        let unit = 10_i64.saturating_pow(u32::from(self.decimals));
        let width = usize::from(self.decimals);
        write!(f, "{}.{:0width$}", self.amount / unit, (self.amount % unit).abs())
    }
}

/// Says whether two lines are the same line: the exchange, the format and the line's visible text, hashed.
///
/// An exchange that prints a batch again after a power cut prints the same text, so the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordKey(pub u128);

impl RecordKey {
    /// `exchange` tells exchanges of one ledger apart, from 1: two of them may print the same line.
    pub fn of(exchange: u32, format: &str, text: &[u8]) -> Self {
        let of_format = twox_hash::XxHash3_64::oneshot(format.as_bytes());
        let seed = of_format ^ u64::from(exchange).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(twox_hash::XxHash3_128::oneshot_with_seed(seed, text))
    }
}
