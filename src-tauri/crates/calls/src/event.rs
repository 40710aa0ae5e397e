//! What an exchange says happened at one moment of a call: finer than a record of a whole segment.

use serde::{Deserialize, Serialize};

use crate::DialResult;

/// One moment of a call; when it was stands in the record's `start`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Millionths of a second after the record's `start`; 0 where stamps are whole seconds.
    pub micros: u32,
    pub of: EventOf,
}

/// Who tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventOf {
    Channel(ChannelEvent),
    Queue(QueueEvent),
}

/// A step in the life of one channel: one party's connection with the exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelEvent {
    /// Names the channel for its whole life.
    pub id: String,
    /// The channel as the exchange prints it: technology and device.
    pub name: String,
    pub step: ChannelStep,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelStep {
    Start,
    Answer,
    /// `cause` is a Q.850 number; `dialled` what came of the dialling that this channel did.
    HangUp {
        cause: Option<u16>,
        dialled: Option<DialResult>,
    },
    End,
    /// `holding`: music, a park or a queue, where nobody talks.
    EnterBridge {
        bridge: String,
        holding: bool,
    },
    LeaveBridge {
        bridge: String,
    },
    Park,
    /// Out of the park: fetched by this channel, or why not.
    Unpark {
        by: Option<String>,
        reason: Option<String>,
    },
    /// This channel sent the other one (by its id) to an extension.
    BlindTransfer {
        to: String,
        transferee: Option<String>,
    },
    /// This channel joined the party it held with the party it asked (both by the ids of their channels).
    AttendedTransfer {
        transferee: Option<String>,
        target: Option<String>,
        application: Option<String>,
    },
    /// This channel's ringing was answered at another one.
    PickedUp {
        by: Option<String>,
    },
    /// The dialled device sent the call on.
    Forward {
        to: String,
    },
    StartApplication {
        name: String,
    },
    EndApplication {
        name: String,
    },
    /// The last channel of the linked group is gone: the call is over.
    GroupEnd,
    /// A step nobody needs for telling the call; kept under its own word.
    Other(String),
}

/// A line of a queue's own log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueEvent {
    pub queue: Option<String>,
    /// The member, as the exchange prints it.
    pub member: Option<String>,
    pub step: QueueStep,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueueStep {
    Enter {
        number: Option<String>,
        position: Option<u32>,
    },
    Connect {
        waited: Option<u32>,
        ring_seconds: Option<u32>,
        channel: Option<String>,
    },
    /// `caller`: the caller hung up, otherwise the member.
    Complete {
        waited: Option<u32>,
        talked: Option<u32>,
        caller: bool,
    },
    /// The caller gave up.
    Abandon {
        waited: Option<u32>,
    },
    /// The queue gave up: nobody there to answer.
    ExitEmpty {
        waited: Option<u32>,
    },
    ExitTimeout {
        waited: Option<u32>,
    },
    ExitKey {
        key: String,
        waited: Option<u32>,
    },
    /// A member rang and did not answer, or was rung in vain because another one did; milliseconds.
    RingNoAnswer {
        milliseconds: Option<u32>,
        cancelled: bool,
    },
    Transfer {
        to: Option<String>,
        attended: bool,
        waited: Option<u32>,
        talked: Option<u32>,
    },
    /// The queue took nobody: full, closed, empty.
    Refused {
        reason: String,
    },
    /// What came of the call, given by a person as a code.
    Outcome {
        code: String,
    },
    /// The exchange started: whatever was open before is over, how is unknown.
    ExchangeStarted,
    /// A verb nobody needs for telling a call (log-ins, pauses, members), or one of which nothing is known; kept
    /// with its fields.
    Other {
        verb: String,
        fields: Vec<String>,
    },
}
