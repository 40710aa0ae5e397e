//! The story that the channels of an exchange tell by themselves: finer than its records of calls, because it knows
//! when a device began and ceased to ring, who was in a bridge with whom, and who was kept waiting meanwhile.
//!
//! Rules (Asterisk's channel event log specification, Wazo's interpreter): the caller is the channel that began; a
//! holding bridge is never an answer; whoever is in another bridge with somebody talks; halves of channels inside the
//! exchange are doors, not people; the call is over when its last channel is gone.

mod hands;
mod life;
mod rings;
mod rooms;
mod stays;
mod talks;

use crate::{
    CallTime, ChannelStep, DialResult, Direction, Evidence, Record,
    story::{Story, Told, Who},
};

use self::life::{Channel, Instant, Moment, Owner};

/// Why a caller left a park whom nobody fetched (Asterisk, `res_parking`).
const PARK_TIMED_OUT: &str = "ParkedCallTimeOut";

/// Everything that is known of a call's channels.
struct Scene<'a, 's> {
    pub moments: &'s [Moment<'a>],
    pub channels: &'s [Channel<'a>],
    /// What the records of the same call tell, if there are any.
    pub rows: Option<&'s Story<'a>>,
    pub direction: Direction,
    /// Channels of the party that the call is with.
    pub other_end: Vec<usize>,
    /// Seconds east of UTC at the exchange.
    pub offset: i32,
    /// When the last channel was gone, or the last event.
    pub end: Instant,
}

/// Whether channels alone can tell a call: a file of events may begin or end in the middle of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    /// The beginning, the end or the bridges are missing.
    Part,
}

/// Reads a group with events of channels; `rows` is what its records of calls tell. `None`: no channel is told of.
pub(crate) fn read<'a>(group: &[&'a Evidence], rows: Option<Story<'a>>) -> Option<Story<'a>> {
    let moments = life::moments(group);
    let channels = life::channels(&moments);
    let Some(caller) = caller(&channels) else { return rows };
    let extent = extent(&moments, &channels, caller);
    let no_call = || is_service(&channels, caller) || is_own_phone(&channels);
    if extent == Extent::Whole && rows.is_none() && no_call() {
        return None;
    }
    if extent == Extent::Part
        && let Some(mut rows) = rows
    {
        rows.notes.push("events-incomplete");
        return Some(rows);
    }
    let direction = direction(&channels, caller, rows.as_ref());
    let records: Vec<&Record> = group.iter().map(|item| &item.record).collect();
    let offset = rows.as_ref().map_or_else(
        || moments.first().and_then(|moment| moment.record.start).map_or(0, CallTime::utc_offset),
        |rows| rows.start.utc_offset(),
    );
    let ends = channels.iter().filter_map(|channel| channel.ended);
    let last = moments.last().map_or((0, 0), |moment| moment.at);
    let scene = Scene {
        moments: &moments,
        channels: &channels,
        other_end: other_end(&channels, caller, direction),
        direction,
        offset,
        end: if extent == Extent::Whole { ends.max().unwrap_or(last) } else { last },
        rows: rows.as_ref(),
    };
    Some(scene.story(caller, extent, &records))
}

/// The first channel that was there to call, not to be called.
fn caller(channels: &[Channel<'_>]) -> Option<usize> {
    let calls = |channel: &Channel<'_>| channel.is_somebody() && !channel.dialled;
    channels
        .iter()
        .position(calls)
        .or_else(|| channels.iter().position(Channel::is_somebody))
        .or((!channels.is_empty()).then_some(0))
}

/// Somebody of ours used the exchange itself, and nobody was called.
fn is_service(channels: &[Channel<'_>], caller: usize) -> bool {
    let ours = matches!(channels[caller].owner, Owner::Ours(_));
    ours && channels[caller].service && channels.iter().filter(|channel| channel.is_somebody()).count() == 1
}

/// The exchange rang a telephone of ours by itself, for a click on a number, and nobody picked it up.
fn is_own_phone(channels: &[Channel<'_>]) -> bool {
    channels.iter().all(|channel| {
        channel.dialled && matches!(channel.owner, Owner::Ours(_)) && channel.answered.is_none()
    })
}

fn extent(moments: &[Moment<'_>], channels: &[Channel<'_>], caller: usize) -> Extent {
    let begun = channels[caller].seen_born;
    let over = channels.iter().all(|channel| channel.ended.is_some());
    // A site may leave bridges out of its log.
    let reached = channels.iter().any(|channel| channel.dialled && channel.answered.is_some());
    let bridged = moments
        .iter()
        .any(|moment| matches!(moment.event.step, ChannelStep::EnterBridge { .. } | ChannelStep::Connect));
    if begun && over && (bridged || !reached) { Extent::Whole } else { Extent::Part }
}

fn direction(channels: &[Channel<'_>], caller: usize, rows: Option<&Story<'_>>) -> Direction {
    let dialled_line =
        channels.iter().find(|channel| channel.dialled && channel.is_somebody()).map(|channel| channel.owner);
    match (channels[caller].owner, rows.map(|rows| rows.direction)) {
        (Owner::Line(_), _) => Direction::Inbound,
        (Owner::Ours(_), Some(told @ (Direction::Outbound | Direction::Internal))) => told,
        (Owner::Ours(_), _) if matches!(dialled_line, Some(Owner::Line(_))) => Direction::Outbound,
        (Owner::Ours(_), _) => Direction::Internal,
        (_, told) => told.unwrap_or(Direction::Unknown),
    }
}

/// The outside party of an outgoing call is whoever answered first on a line; else it is the caller.
fn other_end(channels: &[Channel<'_>], caller: usize, direction: Direction) -> Vec<usize> {
    if direction != Direction::Outbound {
        return vec![caller];
    }
    let lines = || {
        channels
            .iter()
            .enumerate()
            .filter(|(_, channel)| channel.dialled && matches!(channel.owner, Owner::Line(_)))
    };
    let answered = lines().filter(|(_, line)| line.answered.is_some()).min_by_key(|(_, line)| line.answered);
    answered.or_else(|| lines().next()).map_or_else(|| vec![caller], |(place, _)| vec![place])
}

impl<'a> Scene<'a, '_> {
    pub fn time(&self, at: Instant) -> CallTime {
        life::time(at, self.offset)
    }

    /// The name of a channel's owner: an extension, the number of a line.
    pub fn name(&self, place: usize) -> &'a str {
        match self.channels[place].owner {
            Owner::Ours(extension) => extension,
            Owner::Line(line) if self.channels[place].dialled => self.number_on(line).unwrap_or("?"),
            Owner::Line(_) => self.channels[place].number.unwrap_or("?"),
            Owner::Half(_) | Owner::Voice => "?",
        }
    }

    fn number_on(&self, line: &str) -> Option<&'a str> {
        let sent_on = || {
            let mut outside = self.rows?.talks.iter().filter(|talk| talk.outside);
            let first = outside.next()?;
            outside.all(|other| other.party == first.party).then_some(first.party)
        };
        let called = self.rows.filter(|rows| rows.direction == Direction::Outbound);
        called
            .and_then(|rows| rows.called.number)
            .or_else(sent_on)
            .or_else(|| life::number_on(line, self.moments))
    }

    fn story(&self, caller: usize, extent: Extent, records: &[&'a Record]) -> Story<'a> {
        let rooms = rooms::together(self.moments, self.channels);
        let talks = talks::of(self, &rooms);
        let rings = rings::of(self, &talks);
        let stays = stays::of(self, &talks);
        let handings = hands::of(self, &talks, &rings);
        let direction = match self.direction {
            Direction::Inbound if !talks.is_empty() && talks.iter().all(|talk| talk.outside) => {
                Direction::Transit
            }
            direction => direction,
        };
        let whole = extent == Extent::Whole;
        let (who_called, who_was_called) = self.ends(caller, direction, records, &rings);
        let started = self.channels[caller].born;
        let mut notes: Vec<&'static str> = self.rows.map(|rows| rows.notes.clone()).unwrap_or_default();
        notes.retain(|note| *note != "talk-may-include-ringing");
        if !whole {
            notes.push("events-incomplete");
        }
        let timed_out = |moment: &Moment<'a>| {
            matches!(&moment.event.step, ChannelStep::Unpark { reason: Some(reason), .. }
                if reason == PARK_TIMED_OUT)
        };
        if self.moments.iter().any(timed_out) {
            notes.push("park-timed-out");
        }
        let outside = |channel: &&Channel<'a>| matches!(channel.owner, Owner::Line(_));
        let line =
            self.other_end.first().map(|place| &self.channels[*place]).filter(outside).and_then(|line| {
                Some((self.time(line.answered?), self.time(line.ended.unwrap_or(self.end))))
            });
        Story {
            direction,
            start: self.time(started),
            end: self.time(self.end),
            live: false,
            caller: who_called,
            called: who_was_called,
            did: self.rows.and_then(|rows| rows.did).or(self.channels[caller].did),
            queue: self
                .rows
                .and_then(|rows| rows.queue)
                .or_else(|| self.channels.iter().find_map(|channel| channel.queue)),
            trunk: self.rows.and_then(|rows| rows.trunk).or_else(|| self.line(caller)),
            rang_outside: self.rang_outside(),
            machine: stays::machine(self).or(self.rows.and_then(|rows| rows.machine)),
            result: self.result(caller, &rings),
            line,
            charged_to: self.rows.and_then(|rows| rows.charged_to).or_else(|| match direction {
                Direction::Outbound => who_called.extension,
                _ => talks.iter().find_map(|talk| talk.sent_on_by),
            }),
            outcome_code: None,
            // An event that is missing says nothing, so a part of them says neither who answered nor how it ended.
            told: Told { ringing: whole, answer: whole, closing: whole },
            rings,
            talks,
            stays,
            handings,
            notes,
        }
    }

    /// The line that the call came in or went out on.
    fn line(&self, caller: usize) -> Option<&'a str> {
        let places = std::iter::once(&caller).chain(&self.other_end);
        places.into_iter().find_map(|place| match self.channels[*place].owner {
            Owner::Line(line) => Some(line),
            _ => None,
        })
    }

    fn ends(
        &self,
        caller: usize,
        direction: Direction,
        records: &[&'a Record],
        rings: &[crate::story::Ring<'a>],
    ) -> (Who<'a>, Who<'a>) {
        if let Some(rows) = self.rows {
            return (rows.caller, rows.called);
        }
        let channel = &self.channels[caller];
        let own = match channel.owner {
            Owner::Ours(extension) => Some(extension),
            _ => None,
        };
        let number = channel.number.or_else(|| records.iter().find_map(|record| record.number.as_deref()));
        let name = channel.caller_name;
        match direction {
            Direction::Outbound => {
                let dialled = self.other_end.first().filter(|place| **place != caller);
                let number =
                    dialled.map(|place| self.name(*place)).filter(|name| *name != "?").or(channel.wants);
                (Who { extension: own, ..Who::default() }, Who { number, ..Who::default() })
            }
            Direction::Internal => {
                let first = rings.first().map(|ring| ring.device).or(channel.wants);
                (Who { extension: own, name, number: None }, Who { extension: first, ..Who::default() })
            }
            _ => {
                let first = rings.first().map(|ring| ring.device).filter(|_| channel.did.is_none());
                (
                    Who { number, name, extension: None },
                    Who { number: channel.did, extension: first, name: None },
                )
            }
        }
    }

    /// From the first line that was tried to the answer, or to the last that was given up.
    fn rang_outside(&self) -> Option<u32> {
        if self.direction != Direction::Outbound {
            return None;
        }
        let tried = || {
            self.channels.iter().filter(|channel| channel.dialled && matches!(channel.owner, Owner::Line(_)))
        };
        let first = tried().map(|line| line.born).min()?;
        let answered = tried().filter_map(|line| line.answered).min();
        let given_up = tried().map(|line| line.ended.unwrap_or(self.end)).max();
        let until = answered.or(given_up)?;
        Some(crate::times::seconds(self.time(first), self.time(until)))
    }

    /// What came of all attempts alike, by the exchange's own word for the whole dialling.
    fn result(&self, caller: usize, rings: &[crate::story::Ring<'a>]) -> Option<DialResult> {
        use crate::story::RingEnd;
        let word = self.channels[caller].result;
        if matches!(word, Some(DialResult::Busy | DialResult::Failed | DialResult::Blocked)) {
            return word;
        }
        let all = |end: RingEnd| !rings.is_empty() && rings.iter().all(|ring| ring.end == end);
        match () {
            () if all(RingEnd::Busy) => Some(DialResult::Busy),
            () if all(RingEnd::Failed) => Some(DialResult::Failed),
            () => self.rows.and_then(|rows| rows.result),
        }
    }
}
