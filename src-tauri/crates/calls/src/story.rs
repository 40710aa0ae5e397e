//! What happened in a call, as plain data: who rang, who talked with whom, who waited where.
//!
//! Readers make a story of what evidence there is; everything that is told of a call (outcome, times, legs,
//! transfers, sentence, outline) is worked out from the story alone.
//!
//! ```text
//! lines of an exchange without ids ──► lanes ─┐
//! rows that share an exchange's ids ─► rows  ─┼─► Story ──► outcome, times, legs, sentence, outline
//! moments of channels ───────────────► channels ┘
//! ```

use crate::{
    CallTime, ChainRules, DialResult, Direction, Evidence, Kind, Machine, Party, Record, SegmentKind, Text,
    TransferKind, channels, lanes, queue, rows,
};

/// A call as it happened, as far as the evidence can say. Names are borrowed from the evidence.
///
/// "The other end" is the party that the call is with: the outside party, or on internal calls the one who called.
/// Everybody else is somebody it was connected with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Story<'a> {
    pub direction: Direction,
    pub start: CallTime,
    /// The last that is known to have happened.
    pub end: CallTime,
    /// A device is ringing now.
    pub live: bool,
    pub caller: Who<'a>,
    pub called: Who<'a>,
    pub did: Option<&'a str>,
    /// The first queue that the call came to.
    pub queue: Option<&'a str>,
    pub trunk: Option<&'a str>,
    /// Every time a device of ours was rung, in order; one device may have been rung several times.
    pub rings: Vec<Ring<'a>>,
    /// Seconds until the outside party answered or was given up, on a call that we made.
    pub rang_outside: Option<u32>,
    /// Everybody who was connected with the other end, or was asked by somebody who was, in order.
    pub talks: Vec<Talk<'a>>,
    /// Where somebody was with no person: in menus, queues, parks, on hold, with a voicemail; in order.
    pub stays: Vec<Stay<'a>>,
    /// The call went on to somebody else, in order; see [`crate::transfers::between`].
    pub handings: Vec<Handing<'a>>,
    /// The last thing that took the call and was no person.
    pub machine: Option<Machine>,
    /// What the source says of every attempt alike: all were busy, all failed.
    pub result: Option<DialResult>,
    /// From the answer of the outside line that the call came in or went out on to its release.
    pub line: Option<(CallTime, CallTime)>,
    /// Who pays for a part to the outside: the extension that dialled it or sent the call on to it.
    pub charged_to: Option<&'a str>,
    /// What came of the call, as a code that somebody gave it at the exchange, and when.
    pub outcome_code: Option<(&'a str, CallTime)>,
    pub told: Told,
    /// What the reader noticed: flags of the call.
    pub notes: Vec<&'static str>,
}

/// Somebody at one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Who<'a> {
    pub number: Option<&'a str>,
    pub name: Option<&'a str>,
    pub extension: Option<&'a str>,
}

/// A device of ours was rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ring<'a> {
    pub device: &'a str,
    pub from: CallTime,
    /// When this device stopped ringing, at the latest; `None` where the evidence does not say.
    pub until: Option<CallTime>,
    /// Seconds it rang, as printed or by its own moments; `None` where the evidence does not say it of this device.
    pub printed_seconds: Option<u32>,
    pub end: RingEnd,
}

/// How the ringing of one device ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RingEnd {
    /// By this device.
    Answered,
    /// Nobody was too slow here: another device, or a machine, took the call, or it was to be had by all.
    Elsewhere,
    NoAnswer,
    Busy,
    Failed,
    Unknown,
}

/// Two people connected, or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Talk<'a> {
    /// An extension, an outside number, or `?` where the evidence names nobody.
    pub party: &'a str,
    /// The party is outside: the call was sent on to it, or it was joined.
    pub outside: bool,
    /// Three people or more.
    pub conference: bool,
    /// Whom the party talked with: `None` is the other end of the call; an extension asked it, while the other end
    /// was on hold.
    pub asked_by: Option<&'a str>,
    /// The extension that sent the other end on to this outside party, or joined the two.
    pub sent_on_by: Option<&'a str>,
    /// When the outside party that the other end was sent on to began to be rung, where the evidence says so.
    pub rung_from: Option<CallTime>,
    pub from: CallTime,
    pub to: CallTime,
    /// Seconds as printed; stamps and durations are cut off to whole seconds separately, so they differ by one.
    /// `None` where nothing is printed or only a part of it was this talk.
    pub printed_seconds: Option<u32>,
}

/// Somebody was in the call, with no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stay<'a> {
    /// Who; `None` is the other end of the call.
    pub party: Option<&'a str>,
    /// `Wait` (in a queue), `Ivr`, `Hold`, `Park`, `Voicemail`.
    pub kind: SegmentKind,
    pub from: CallTime,
    pub to: CallTime,
}

/// The call went on from one party to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Handing<'a> {
    pub kind: TransferKind,
    pub from: &'a str,
    pub to: &'a str,
    pub at: CallTime,
    /// `to` answered.
    pub answered: bool,
}

/// What this evidence can say at all. What it cannot say stays `None` in the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    /// How long or when devices rang.
    pub ringing: bool,
    /// Whether somebody answered.
    pub answer: bool,
    /// How it ended; ringing lines alone say when ringing began.
    pub closing: bool,
}

impl<'a> Story<'a> {
    /// Reads a group of evidence in canonical order by what is there; `None` when nothing in it is a call.
    pub fn read(group: &[&'a Evidence], rules: &ChainRules, now: i64) -> Option<Self> {
        let segments: Vec<&Record> = group
            .iter()
            .map(|item| &item.record)
            .filter(|record| matches!(record.kind, Kind::Call | Kind::Ringing))
            .collect();
        let linked = segments.iter().all(|record| record.threads[0].is_some());
        let story = match segments.is_empty() {
            true => None,
            false if linked => rows::read(&segments),
            false => Some(lanes::read(&segments, group, rules, now)),
        };
        // Moments tell finer what segments tell, or all that is told.
        if segments.len() == group.len() {
            return story;
        }
        queue::refine(channels::read(group, story), group)
    }

    /// The number at the other end. Where it is hidden it stays so: a second outside line has another one.
    pub fn number(&self) -> Option<&'a str> {
        match self.direction {
            Direction::Outbound => self.called.number,
            _ => self.caller.number,
        }
    }

    /// The extension at the other end: who called, on an internal call.
    pub fn calling_extension(&self) -> Option<&'a str> {
        self.caller.extension
    }

    /// Devices that rang, each once, in order.
    pub fn rung(&self) -> Vec<&'a str> {
        let mut rung: Vec<&str> = Vec::new();
        for ring in &self.rings {
            if !rung.contains(&ring.device) {
                rung.push(ring.device);
            }
        }
        rung
    }

    /// Talks with the other end of the call.
    pub fn with_other_end(&self) -> impl Iterator<Item = &Talk<'a>> {
        self.talks.iter().filter(|talk| talk.asked_by.is_none())
    }

    /// When the first person answered.
    pub fn answered_at(&self) -> Option<CallTime> {
        self.talks.iter().map(|talk| talk.from).min()
    }

    /// Somebody had answered, and then the call went on to somebody who did not.
    pub fn lost_to(&self) -> Option<&Handing<'a>> {
        let last = self.handings.last().filter(|handing| !handing.answered)?;
        let talked_until = self.talks.iter().map(|talk| talk.to).max()?;
        (last.at >= talked_until).then_some(last)
    }
}

impl Who<'_> {
    pub fn owned(self) -> Party {
        Party {
            number: self.number.map(Text::from),
            name: self.name.map(Text::from),
            extension: self.extension.map(Text::from),
        }
    }
}

impl Talk<'_> {
    pub fn seconds(&self) -> u32 {
        self.printed_seconds.unwrap_or_else(|| crate::times::seconds(self.from, self.to))
    }
}
