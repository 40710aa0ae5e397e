//! What truly happened, against which a reader of the lines can be measured.

use chrono::NaiveDateTime;

/// A call with its story and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeCall {
    pub truth: Truth,
    /// When each line is printed, and its text without CR LF; in order.
    pub lines: Vec<(NaiveDateTime, String)>,
}

/// The true story of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    pub scenario: Scenario,
    pub direction: Direction,
    pub outcome: Outcome,
    /// The outside number as printed (hidden digits are `?`), or the calling extension; `None` if withheld.
    pub caller: Option<String>,
    /// The first extension or group that was rung, or the dialled number as printed.
    pub called: String,
    /// The direct-dial number that was called, where it is printed.
    pub ddi: Option<String>,
    pub account_code: Option<String>,
    /// The first party that answered: an extension, or the outside number after a diversion.
    pub answered_by: Option<String>,
    /// Everybody of ours who talked, in order of joining.
    pub talked: Vec<String>,
    /// Every device of ours that was rung with a line of its own, in order.
    pub rung: Vec<String>,
    /// The second outside party, joined by conference or diversion.
    pub joined: Option<String>,
    /// The trunks used, the call's own first.
    pub trunks: Vec<u16>,
    /// First ring, or seizure of the trunk.
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    /// From the start to the answer, or to the end where nobody answered. The line may print less.
    pub ring_seconds: u32,
    /// From the answer to the end, whoever was talking.
    pub talk_seconds: u32,
    pub pulses: Option<u32>,
    pub transfers: Vec<Transfer>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub kind: TransferKind,
    pub from: String,
    pub to: String,
    pub at: NaiveDateTime,
}

/// The lines cannot tell one from the other: the word between two colleagues is an internal call, not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferKind {
    Blind,
    Attended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Inbound,
    Outbound,
}

impl Direction {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    Answered,
    /// Incoming, and the caller gave up.
    LostRinging,
    /// Outgoing, and nobody answered.
    Cancelled,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::LostRinging => "lost-ringing",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Which story was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scenario {
    /// Several extensions ring at once.
    HuntGroup,
    /// One extension rings.
    Direct,
    /// One extension or the group rings, then the next.
    RingThenForward,
    Outgoing,
    /// Passed on without a word, perhaps twice.
    BlindTransfer,
    OutgoingTransfer,
    /// Passed on after a word with the colleague.
    AttendedTransfer,
    /// The person on a call rang somebody outside on a second trunk first, then passed the caller on.
    TransferAfterConsultation,
    /// That consultation: a call of its own.
    Consultation,
    /// Two outside parties and one person of ours, over two trunks.
    Conference,
    /// All calls of an extension go to an outside number.
    Diversion,
    /// An outside number joins after the hunt through the office, and takes the call over.
    DiversionAfterAnswer,
    FaxIn,
    FaxOut,
    /// Direct inward system access.
    Disa,
}

impl Scenario {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HuntGroup => "hunt-group",
            Self::Direct => "direct",
            Self::RingThenForward => "ring-then-forward",
            Self::Outgoing => "outgoing",
            Self::BlindTransfer => "blind-transfer",
            Self::OutgoingTransfer => "outgoing-transfer",
            Self::AttendedTransfer => "attended-transfer",
            Self::TransferAfterConsultation => "transfer-after-consultation",
            Self::Consultation => "consultation",
            Self::Conference => "conference",
            Self::Diversion => "diversion",
            Self::DiversionAfterAnswer => "diversion-after-answer",
            Self::FaxIn => "fax-in",
            Self::FaxOut => "fax-out",
            Self::Disa => "disa",
        }
    }
}
