//! The channels of a call: whose each is, and when it was there.

use crate::{
    CallTime, Certainty, ChannelEvent, ChannelStep, DialResult, EventOf, Evidence, Machine, Record, Side,
};

/// A point in time: seconds since 1970, and millionths.
pub(super) type Instant = (i64, u32);

/// One step, in its place.
pub(super) struct Moment<'a> {
    pub at: Instant,
    pub record: &'a Record,
    pub event: &'a ChannelEvent,
}

/// Whose channel it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner<'a> {
    Ours(&'a str),
    /// A line to the outside.
    Line(&'a str),
    /// Half of a channel inside the exchange, by the name of the pair.
    Half(&'a str),
    /// The exchange itself.
    Voice,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a life")]
pub(super) struct Channel<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub owner: Owner<'a>,
    /// Made to reach somebody.
    pub dialled: bool,
    pub born: Instant,
    /// Its birth is among the events.
    pub seen_born: bool,
    pub answered: Option<Instant>,
    pub ended: Option<Instant>,
    pub cause: Option<u16>,
    /// What came of the dialling that it did.
    pub result: Option<DialResult>,
    /// What it called first.
    pub wants: Option<&'a str>,
    pub number: Option<&'a str>,
    pub caller_name: Option<&'a str>,
    pub did: Option<&'a str>,
    pub queue: Option<&'a str>,
    /// Its ringing was answered at another one.
    pub picked_up: bool,
    /// It called a conference room, where even two are in a conference.
    pub in_room: bool,
    /// It used the exchange itself.
    pub service: bool,
}

impl Channel<'_> {
    pub fn is_somebody(&self) -> bool {
        matches!(self.owner, Owner::Ours(_) | Owner::Line(_))
    }

    /// Alive at a moment.
    pub fn lives(&self, at: Instant) -> bool {
        self.born <= at && self.ended.is_none_or(|ended| ended > at)
    }
}

/// The channel events of a group in the order in which they happened.
pub(super) fn moments<'a>(group: &[&'a Evidence]) -> Vec<Moment<'a>> {
    let mut found: Vec<(Moment<'a>, crate::RecordKey)> = group
        .iter()
        .filter_map(|item| {
            let event = item.record.event.as_deref()?;
            let EventOf::Channel(channel) = &event.of else { return None };
            let at = (item.record.start?.unix(), event.micros);
            Some((Moment { at, record: &item.record, event: channel }, item.key))
        })
        .collect();
    // Where stamps are whole seconds, steps of one second follow one another as in the life of a channel.
    found.sort_by_key(|(moment, key)| (moment.at, rank(&moment.event.step), *key));
    found.into_iter().map(|(moment, _)| moment).collect()
}

fn rank(step: &ChannelStep) -> u8 {
    match step {
        ChannelStep::Start => 0,
        ChannelStep::StartApplication { .. } => 1,
        ChannelStep::Answer => 2,
        ChannelStep::LeaveBridge { .. } | ChannelStep::Disconnect => 4,
        ChannelStep::EnterBridge { .. } | ChannelStep::Connect => 5,
        ChannelStep::EndApplication { .. } => 6,
        ChannelStep::HangUp { .. } => 7,
        ChannelStep::End => 8,
        ChannelStep::GroupEnd => 9,
        _ => 3,
    }
}

/// The channels in order of their birth.
pub(super) fn channels<'a>(moments: &[Moment<'a>]) -> Vec<Channel<'a>> {
    let mut channels: Vec<Channel<'a>> = Vec::new();
    for moment in moments {
        let event = moment.event;
        let place = channels.iter().position(|channel| channel.id == event.id).unwrap_or_else(|| {
            channels.push(Channel {
                id: &event.id,
                name: &event.name,
                owner: owner(&event.id, moments),
                dialled: moments.iter().any(|other| other.event.id == event.id && other.event.dialled),
                born: moment.at,
                seen_born: false,
                answered: None,
                ended: None,
                cause: None,
                result: None,
                wants: None,
                number: None,
                caller_name: None,
                did: None,
                queue: None,
                picked_up: false,
                in_room: false,
                service: false,
            });
            channels.len() - 1
        });
        channels[place].live_through(moment);
    }
    channels.sort_by_key(|channel| channel.born);
    channels
}

impl<'a> Channel<'a> {
    fn live_through(&mut self, moment: &Moment<'a>) {
        let (record, event) = (moment.record, moment.event);
        match &event.step {
            ChannelStep::Start => self.seen_born = true,
            ChannelStep::Answer => self.answered = self.answered.or(Some(moment.at)),
            ChannelStep::HangUp { cause, dialled } => {
                self.ended = self.ended.or(Some(moment.at));
                self.cause = self.cause.or(*cause);
                self.result = self.result.or(*dialled);
            }
            ChannelStep::End => self.ended = self.ended.or(Some(moment.at)),
            // An answer may be missing; nobody is in a bridge without one.
            ChannelStep::EnterBridge { .. } | ChannelStep::Connect => {
                self.answered = self.answered.or(Some(moment.at));
            }
            ChannelStep::StartApplication { is: Some(Machine::Conference), .. } => self.in_room = true,
            ChannelStep::PickedUp { .. } => self.picked_up = true,
            _ => {}
        }
        self.service |= event.service;
        self.wants = self.wants.or(event.wants.as_deref());
        self.number = self.number.or(record.number.as_deref());
        self.caller_name = self.caller_name.or(record.caller_name.as_deref());
        self.did = self.did.or(record.did.as_deref());
        self.queue = self.queue.or(record.queue.as_deref());
    }
}

/// The first event that can tell decides; what is dialled tells of a device, and members of queues are ours.
fn owner<'a>(id: &str, moments: &[Moment<'a>]) -> Owner<'a> {
    let own = || moments.iter().filter(|moment| moment.event.id == id);
    let mut device = "";
    for moment in own() {
        match &moment.event.side {
            Side::Ours(extension) => return Owner::Ours(extension),
            Side::Line(line) => return Owner::Line(line),
            Side::Half { pair, .. } => return Owner::Half(pair),
            Side::Exchange => return Owner::Voice,
            Side::Unknown(name) => device = name,
        }
    }
    let dialled =
        moments.iter().flat_map(|moment| &moment.event.dials).find(|dialled| dialled.device == device);
    match dialled.map(|dialled| &dialled.side) {
        Some(Side::Ours(extension)) => Owner::Ours(extension),
        Some(Side::Line(line)) => Owner::Line(line),
        _ if own().any(|moment| moment.event.dialled) => Owner::Ours(device),
        // Extensions have five digits at most.
        _ if device.len() <= 5 && device.bytes().all(|byte| byte.is_ascii_digit()) => Owner::Ours(device),
        _ => Owner::Line(device),
    }
}

/// The number that is dialled on a line, and what the dial plan was asked for.
pub(super) fn number_on<'a>(line: &str, moments: &[Moment<'a>]) -> Option<&'a str> {
    let dialling = moments.iter().rev().find_map(|moment| {
        let on_line = |dialled: &&crate::Dialled| dialled.device == line && dialled.number.is_some();
        Some((moment.event, moment.event.dials.iter().find(on_line)?))
    });
    let (event, dialled) = dialling?;
    let number = dialled.number.as_deref()?;
    // As in a call detail record: what was asked for, with the digit for an outside line before it.
    let asked = event.wants.as_deref().filter(|wants| wants.ends_with(number));
    Some(asked.unwrap_or(number))
}

/// Whole seconds, as exchanges print them.
pub(super) fn time(at: Instant, offset: i32) -> CallTime {
    CallTime::from_parts(at.0, offset, Certainty::Certain)
}
