//! A call: what people mean by one, with its legs, the attempts to reach somebody, and why it ended so.

use serde::{Deserialize, Serialize};

use crate::{CallTime, Charge, RecordKey, Text};

/// One conversation, however many records told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub id: CallId,
    pub start: CallTime,
    /// `None` while the call is still going on.
    pub end: Option<CallTime>,
    pub direction: Direction,
    pub outcome: Outcome,
    /// One sentence that says why the call has its outcome.
    pub because: String,
    pub caller: Party,
    pub called: Party,
    pub did: Option<String>,
    pub queue: Option<String>,
    pub trunk: Option<String>,
    pub account_code: Option<String>,
    /// The first person who answered.
    pub answered_by: Option<String>,
    /// Everybody who talked, in order of joining.
    pub talked: Vec<String>,
    /// Every device that was tried.
    pub rung: Vec<String>,
    /// From the first device ringing to the answer or the end, in seconds; parallel rings are not added.
    pub ring_seconds: Option<u32>,
    /// Connected without a person, in seconds: ring, queue, park; menus are not counted.
    pub wait_seconds: Option<u32>,
    /// At least two people connected, in seconds.
    pub talk_seconds: Option<u32>,
    /// The other end was on hold while somebody was asked, in seconds; `None` where the source shows no hold.
    pub hold_seconds: Option<u32>,
    /// Release of the outside leg minus its answer, in seconds.
    pub billed_seconds: Option<u32>,
    /// Last end minus first start, in seconds; `None` while the call goes on.
    pub total_seconds: Option<u32>,
    pub transfers: Vec<Transfer>,
    pub legs: Vec<Leg>,
    /// The way of the other end (the outside party, or who called a colleague) through the call, in order; stretches
    /// never overlap.
    pub journey: Vec<Segment>,
    /// The extension that pays for a part to the outside: it dialled, or sent the call on.
    pub charged_to: Option<String>,
    /// What came of the call, as a code that somebody gave it at the exchange; the last one that was given in time.
    pub outcome_code: Option<String>,
    /// When it was given.
    pub outcome_code_at: Option<CallTime>,
    /// Why it was taken down, where the exchange says so, see [`Record::cause`](crate::Record::cause).
    pub cause: Option<String>,
    /// What the exchange charged, where it printed money.
    pub charge: Option<Charge>,
    /// Charge pulses the exchange counted, all segments together.
    pub pulses: Option<u32>,
    /// What was worked out rather than printed, and oddities: `time-ambiguous`, `number-hidden`, `conference` …
    pub flags: Vec<String>,
    /// The records this call was derived from, in canonical order.
    pub evidence: Vec<RecordKey>,
}

/// Names a call for as long as its start and its first record are the same.
///
/// The upper 33 bits are the start, in seconds since 1970 on the wall clock at the source, so that the order of ids
/// is the order of a list; the lower 30 are a hash. It fits a signed column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallId(pub u64);

impl CallId {
    const HASH_BITS: u32 = 30;
    const LATEST: u64 = (1 << 33) - 1;

    /// The id of a call that starts at this moment (wall-clock seconds since 1970).
    pub fn new(moment: i64, hash: u64) -> Self {
        let moment = u64::try_from(moment).unwrap_or(0).min(Self::LATEST);
        Self(moment << Self::HASH_BITS | hash & Self::hash_mask())
    }

    /// The first id of a moment (wall-clock seconds since 1970).
    pub fn first_of(moment: i64) -> Self {
        Self::new(moment, 0)
    }

    /// The last id of a moment (wall-clock seconds since 1970).
    pub fn last_of(moment: i64) -> Self {
        Self::new(moment, u64::MAX)
    }

    /// The start of the call: seconds since 1970 on the wall clock at the source.
    pub fn moment(self) -> i64 {
        i64::try_from(self.0 >> Self::HASH_BITS).unwrap_or(i64::MAX)
    }

    /// The next id of the same moment: for a call whose own id is taken by another.
    #[must_use]
    pub fn next_of_moment(self) -> Self {
        Self(self.0 & !Self::hash_mask() | (self.0 + 1) & Self::hash_mask())
    }

    /// The part of a hash that an id keeps.
    pub fn kept_hash(hash: u64) -> u32 {
        u32::try_from(hash & Self::hash_mask()).unwrap_or(u32::MAX)
    }

    pub fn hash(self) -> u32 {
        Self::kept_hash(self.0)
    }

    fn hash_mask() -> u64 {
        (1 << Self::HASH_BITS) - 1
    }
}

impl std::fmt::Display for CallId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for CallId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// What lists of calls filter and sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    pub id: CallId,
    pub start: CallTime,
    /// The call is not over yet.
    pub live: bool,
    pub direction: Direction,
    pub outcome: Outcome,
    pub caller: Party,
    pub called: Party,
    pub did: Option<Text>,
    pub queue: Option<Text>,
    pub trunk: Option<Text>,
    pub account_code: Option<Text>,
    /// What came of it, as somebody said at the exchange.
    pub outcome_code: Option<Text>,
    /// Why it was taken down, see [`Record::cause`](crate::Record::cause).
    pub cause: Option<Text>,
    pub answered_by: Option<Text>,
    /// Durations in seconds, as in [`Call`].
    pub ring_seconds: Option<u32>,
    pub wait_seconds: Option<u32>,
    pub talk_seconds: Option<u32>,
    pub billed_seconds: Option<u32>,
    pub total_seconds: Option<u32>,
    /// How many parties the call came to, one after another: always one more than `transfers`.
    pub legs: u32,
    /// How often it came to somebody else who answered; so for any list, calls = legs - transfers.
    pub transfers: u32,
    /// From whom to whom it went on, in order, also to those who did not answer.
    pub handed: Vec<Transfer>,
    pub parties: Vec<PartyOutline>,
}

/// What an extension did in a call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts that hold or not, each of its own")]
pub struct PartyOutline {
    pub extension: Text,
    pub rung: bool,
    pub talked: bool,
    pub talk_seconds: u32,
    /// The first person of ours who answered.
    pub first_answerer: bool,
    /// Handed the call on to somebody else.
    pub transferred: bool,
    /// Was the only one rung, and nobody answered.
    pub missed_alone: bool,
}

impl Call {
    /// The call without its story.
    pub fn outline(&self, live: bool) -> Outline {
        let short = |text: &Option<String>| text.as_deref().map(Text::from);
        let extensions = self.legs.iter().filter(|leg| leg.kind == LegKind::Extension);
        Outline {
            id: self.id,
            start: self.start,
            live,
            direction: self.direction,
            outcome: self.outcome,
            caller: self.caller.clone(),
            called: self.called.clone(),
            did: short(&self.did),
            queue: short(&self.queue),
            trunk: short(&self.trunk),
            account_code: short(&self.account_code),
            outcome_code: short(&self.outcome_code),
            cause: short(&self.cause),
            answered_by: short(&self.answered_by),
            ring_seconds: self.ring_seconds,
            wait_seconds: self.wait_seconds,
            talk_seconds: self.talk_seconds,
            billed_seconds: self.billed_seconds,
            total_seconds: self.total_seconds,
            legs: self.transfer_count().saturating_add(1),
            transfers: self.transfer_count(),
            handed: self.transfers.clone(),
            parties: extensions.map(|leg| self.party(leg)).collect(),
        }
    }

    /// How often the call came to somebody else who answered; it has one more leg in `calls = legs - transfers`.
    pub fn transfer_count(&self) -> u32 {
        u32::try_from(self.transfers.iter().filter(|transfer| transfer.answered).count()).unwrap_or(u32::MAX)
    }

    fn party(&self, leg: &Leg) -> PartyOutline {
        let named = |name: &String| *name == leg.party;
        let first = self.direction != Direction::Outbound && self.talked.first().is_some_and(named);
        let talked = leg.outcome == Outcome::Answered;
        PartyOutline {
            extension: leg.party.as_str().into(),
            rung: self.rung.contains(&leg.party),
            talked,
            talk_seconds: leg.talk_seconds.unwrap_or_default(),
            first_answerer: first,
            transferred: talked && self.transfers.iter().any(|transfer| transfer.from == leg.party),
            missed_alone: self.outcome.is_missed()
                && self.talked.is_empty()
                && self.rung.iter().all(named)
                && !self.rung.is_empty(),
        }
    }
}

/// Somebody at one end: an outside number or an extension of ours.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    pub number: Option<Text>,
    pub name: Option<Text>,
    pub extension: Option<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Inbound,
    Outbound,
    Internal,
    /// In on one line and out on another, nobody of ours talking.
    Transit,
    #[default]
    Unknown,
}

/// How a call ended: exactly one for each call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Answered,
    LostRinging,
    LostInQueue,
    ShortLost,
    LostAfterTransfer,
    VoicemailLeft,
    VoicemailNoMessage,
    IvrOnly,
    OverflowedAway,
    Busy,
    Blocked,
    Failed,
    Cancelled,
    #[default]
    Unknown,
}

/// Every outcome with the word it has in JSON, in the ledger and in filters.
pub(crate) const OUTCOMES: [(Outcome, &str); 14] = [
    (Outcome::Answered, "answered"),
    (Outcome::LostRinging, "lost-ringing"),
    (Outcome::LostInQueue, "lost-in-queue"),
    (Outcome::ShortLost, "short-lost"),
    (Outcome::LostAfterTransfer, "lost-after-transfer"),
    (Outcome::VoicemailLeft, "voicemail-left"),
    (Outcome::VoicemailNoMessage, "voicemail-no-message"),
    (Outcome::IvrOnly, "ivr-only"),
    (Outcome::OverflowedAway, "overflowed-away"),
    (Outcome::Busy, "busy"),
    (Outcome::Blocked, "blocked"),
    (Outcome::Failed, "failed"),
    (Outcome::Cancelled, "cancelled"),
    (Outcome::Unknown, "unknown"),
];

const TRANSFER_KINDS: [(TransferKind, &str); 5] = [
    (TransferKind::Blind, "blind"),
    (TransferKind::Attended, "attended"),
    (TransferKind::Forward, "forward"),
    (TransferKind::Conference, "conference"),
    (TransferKind::Unknown, "unknown"),
];

const DIRECTIONS: [(Direction, &str); 5] = [
    (Direction::Inbound, "inbound"),
    (Direction::Outbound, "outbound"),
    (Direction::Internal, "internal"),
    (Direction::Transit, "transit"),
    (Direction::Unknown, "unknown"),
];

impl Outcome {
    /// Every outcome, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        OUTCOMES.iter().map(|(outcome, _)| *outcome)
    }

    pub fn as_str(self) -> &'static str {
        OUTCOMES.iter().find(|(outcome, _)| *outcome == self).map_or("unknown", |(_, word)| word)
    }

    /// Its place in the table of outcomes, by which ledgers keep it: outcomes are added at the end.
    pub fn number(self) -> u8 {
        let place = OUTCOMES.iter().position(|(outcome, _)| *outcome == self);
        place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
    }

    pub fn from_word(word: &str) -> Option<Self> {
        OUTCOMES.iter().find(|(_, known)| *known == word).map(|(outcome, _)| *outcome)
    }

    /// Somebody rang us and got nobody.
    pub fn is_missed(self) -> bool {
        matches!(self, Self::LostRinging | Self::LostInQueue | Self::ShortLost | Self::LostAfterTransfer)
    }
}

impl Direction {
    /// In the order of their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        DIRECTIONS.iter().map(|(direction, _)| *direction)
    }

    pub fn as_str(self) -> &'static str {
        DIRECTIONS.iter().find(|(direction, _)| *direction == self).map_or("unknown", |(_, word)| word)
    }

    /// Its place in the table of directions, by which ledgers keep it: directions are added at the end.
    pub fn number(self) -> u8 {
        let place = DIRECTIONS.iter().position(|(direction, _)| *direction == self);
        place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
    }

    pub fn from_word(word: &str) -> Option<Self> {
        DIRECTIONS.iter().find(|(_, known)| *known == word).map(|(direction, _)| *direction)
    }
}

impl TransferKind {
    pub fn as_str(self) -> &'static str {
        TRANSFER_KINDS.iter().find(|(kind, _)| *kind == self).map_or("unknown", |(_, word)| word)
    }

    pub fn from_word(word: &str) -> Option<Self> {
        TRANSFER_KINDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }
}

/// The party of ours whose extension the exchange does not tell.
pub const UNNAMED: &str = "?";

/// One party's presence in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    pub party: String,
    pub kind: LegKind,
    pub ring_seconds: Option<u32>,
    pub talk_seconds: Option<u32>,
    pub outcome: Outcome,
    /// Stretches of the leg in order; they never overlap.
    pub segments: Vec<Segment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegKind {
    Extension,
    Outside,
}

/// A stretch of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub kind: SegmentKind,
    pub start: CallTime,
    /// `None` while it goes on.
    pub end: Option<CallTime>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    Pre,
    Ivr,
    Wait,
    Ring,
    /// Ringing that nobody answered at this device: an attempt, never a call.
    Attempt,
    Talk,
    Hold,
    Consult,
    Park,
    Conference,
    Voicemail,
}

/// The call was handed from one party to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    pub kind: TransferKind,
    pub from: String,
    pub to: String,
    pub at: CallTime,
    pub answered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransferKind {
    Blind,
    Attended,
    Forward,
    Conference,
    /// The source says that the call was passed on, but not how.
    Unknown,
}
