//! What an exchange says happened at one moment of a call: finer than a record of a whole segment.

use serde::{Deserialize, Serialize};

use crate::{DialResult, Machine};

/// One moment of a call; when it was stands in the record's `start`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Millionths of a second after the record's `start`; 0 where stamps are whole seconds.
    #[serde(default)]
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
#[serde(deny_unknown_fields)]
pub struct ChannelEvent {
    /// Names the channel for its whole life.
    pub id: String,
    /// The channel as the exchange prints it: technology, device, and a number of its own.
    pub name: String,
    /// Who is at the other end of it, as far as this event can tell.
    pub side: Side,
    /// The exchange made this channel to reach somebody; otherwise somebody made it to call.
    #[serde(default)]
    pub dialled: bool,
    /// What the channel has called: an extension of the dial plan, a number.
    #[serde(default)]
    pub wants: Option<String>,
    /// What it is being dialled on, by the application that the channel is in.
    #[serde(default)]
    pub dials: Vec<Dialled>,
    /// The channel is in the application of a queue.
    #[serde(default)]
    pub queued: bool,
    /// The channel uses the exchange itself: a feature, one's own messages. That is no call.
    #[serde(default)]
    pub service: bool,
    /// The channels that it is together with, the exchange's own left out.
    #[serde(default)]
    pub peers: Vec<Peer>,
    pub step: ChannelStep,
}

/// Who is behind a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// An extension of ours.
    Ours(String),
    /// A line to the outside.
    Line(String),
    /// Half of a channel inside the exchange, for whoever is at its other half.
    Half {
        /// The same for both halves.
        pair: String,
        first: bool,
    },
    /// The exchange's own voice: an announcer of a conference.
    Exchange,
    /// A device of which the event does not say whose it is.
    Unknown(String),
}

/// A channel that another one is together with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    pub name: String,
    pub side: Side,
}

/// A device that is dialled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialled {
    pub device: String,
    pub side: Side,
    /// The number that is dialled on a line.
    #[serde(default)]
    pub number: Option<String>,
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
    /// Connected with the channels of these names, and with no others (before Asterisk 12).
    Connect,
    /// Connected with nobody any more (before Asterisk 12).
    Disconnect,
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
    /// `is`: what that is for the caller, if it is no person.
    StartApplication {
        name: String,
        is: Option<Machine>,
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
#[serde(deny_unknown_fields)]
pub struct QueueEvent {
    #[serde(default)]
    pub queue: Option<String>,
    /// The member: an extension where the name of a device tells one, else the name as printed.
    #[serde(default)]
    pub member: Option<String>,
    /// The member is reached through a channel inside the exchange: if he passes the call on, this log does not say so.
    #[serde(default)]
    pub inside: bool,
    pub step: QueueStep,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueueStep {
    Enter {
        number: Option<String>,
        position: Option<u32>,
    },
    /// Seconds.
    Connect {
        waited: Option<u32>,
        ring_seconds: Option<u32>,
        /// The id of the member's channel.
        channel: Option<String>,
    },
    /// `caller`: the caller hung up, otherwise the member. Seconds.
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
    /// The caller pressed a key to leave.
    ExitKey {
        key: String,
        waited: Option<u32>,
    },
    /// The exchange was told to take the caller out.
    Withdrawn {
        waited: Option<u32>,
    },
    /// The member took the call, and it was lost before anybody talked.
    Dropped,
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
    /// The number of ours that was called.
    Did {
        number: String,
    },
    /// A verb nobody needs for telling a call, or one of which nothing is known; kept with its fields.
    Other {
        verb: String,
        fields: Vec<String>,
    },
}
