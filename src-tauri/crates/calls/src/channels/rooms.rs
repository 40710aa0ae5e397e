//! Who was together with whom, and when.
//!
//! Bridges are rooms; the two halves of a channel inside the exchange are a door between two of them. In a holding
//! bridge (music, a park, a queue) nobody meets anybody.

use crate::{ChannelStep, Peer, Side};

use super::life::{Channel, Instant, Moment, Owner};

/// One or more people in one room, from a moment to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Together {
    /// Places of channels, ascending.
    pub channels: Vec<usize>,
    /// Somebody of another call is there, too.
    pub company: bool,
    pub from: Instant,
    pub to: Instant,
}

/// A room by its name, or by the channel that made it before bridges had names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room<'a> {
    Named(&'a str),
    Of(usize),
}

#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    room: Room<'a>,
    company: bool,
}

/// Two states of the exchange this close to each other (in millionths of a second) are one: while it moves channels
/// from bridge to bridge, everybody is alone or all are together for an instant.
const INSTANT: i64 = 300_000;

pub(super) fn together(moments: &[Moment<'_>], channels: &[Channel<'_>]) -> Vec<Together> {
    let mut places: Vec<Option<Place<'_>>> = vec![None; channels.len()];
    let mut found: Vec<Together> = Vec::new();
    let mut open: Vec<Together> = Vec::new();
    for (number, moment) in moments.iter().enumerate() {
        let Some(own) = channels.iter().position(|channel| channel.id == moment.event.id) else { continue };
        if has_company(moment, channels) {
            // Others may have come while this channel was there.
            for room in open.iter_mut().filter(|room| room.channels.contains(&own)) {
                room.company = true;
            }
        }
        step(moment, own, channels, &mut places);
        let next = moments.get(number + 1).map_or(moment.at, |next| next.at);
        if next == moment.at && number + 1 < moments.len() {
            continue;
        }
        let now = rooms(&places, channels, moment.at);
        open.retain_mut(|before| {
            let stays = now.iter().any(|room| room.channels == before.channels);
            if !stays {
                before.to = moment.at;
                found.push(before.clone());
            }
            stays
        });
        for room in now {
            match open.iter_mut().find(|before| before.channels == room.channels) {
                Some(before) => before.company |= room.company,
                None => open.push(room),
            }
        }
    }
    let last = moments.last().map_or((0, 0), |moment| moment.at);
    found.extend(open.into_iter().map(|room| Together { to: last, ..room }));
    found.sort_by_key(|room| (room.from, room.to));
    settle(found)
}

/// Without what was only on the way, and what goes on after an instant as one.
fn settle(found: Vec<Together>) -> Vec<Together> {
    let mut settled: Vec<Together> = Vec::new();
    for room in found {
        let before = settled.iter_mut().rev().find(|before| before.channels == room.channels);
        match before {
            Some(before) if apart(before.to, room.from) <= INSTANT => {
                before.to = room.to;
                before.company |= room.company;
            }
            _ => settled.push(room),
        }
    }
    settled.retain(|room| apart(room.from, room.to) > INSTANT && (room.channels.len() > 1 || room.company));
    settled
}

pub(super) fn apart(from: Instant, to: Instant) -> i64 {
    (to.0 - from.0) * 1_000_000 + i64::from(to.1) - i64::from(from.1)
}

fn step<'a>(moment: &Moment<'a>, own: usize, channels: &[Channel<'a>], places: &mut [Option<Place<'a>>]) {
    match &moment.event.step {
        ChannelStep::EnterBridge { bridge, holding } => {
            let room = Room::Named(bridge);
            let company = has_company(moment, channels);
            places[own] = (!holding).then_some(Place { room, company });
        }
        ChannelStep::LeaveBridge { bridge } => {
            places[own] = places[own].filter(|place| place.room != Room::Named(bridge));
        }
        ChannelStep::Connect => {
            leave(own, places);
            let place = Place { room: Room::Of(own), company: has_company(moment, channels) };
            places[own] = Some(place);
            for peer in peers(moment, channels) {
                places[peer] = Some(place);
            }
        }
        ChannelStep::Disconnect => leave(own, places),
        ChannelStep::HangUp { .. } | ChannelStep::End | ChannelStep::Park => places[own] = None,
        _ => {}
    }
}

/// Whoever was connected by this channel is alone again.
fn leave(own: usize, places: &mut [Option<Place<'_>>]) {
    let left = places[own].map(|place| place.room);
    for place in places.iter_mut() {
        if place.is_some_and(|place| place.room == Room::Of(own) || Some(place.room) == left) {
            *place = None;
        }
    }
}

fn peers(moment: &Moment<'_>, channels: &[Channel<'_>]) -> Vec<usize> {
    let alive = |peer: &Peer| {
        let named =
            |channel: &&(usize, &Channel<'_>)| channel.1.name == peer.name && channel.1.lives(moment.at);
        let numbered: Vec<(usize, &Channel<'_>)> = channels.iter().enumerate().collect();
        numbered.iter().rev().find(named).map(|(place, _)| *place)
    };
    moment.event.peers.iter().filter_map(alive).collect()
}

/// Channels of other calls are there, which are no voices of the exchange.
fn has_company(moment: &Moment<'_>, channels: &[Channel<'_>]) -> bool {
    let bridged =
        matches!(moment.event.step, ChannelStep::EnterBridge { .. } | ChannelStep::LeaveBridge { .. });
    bridged && moment.event.peers.iter().any(|peer| is_of_another_call(peer, channels))
}

pub(super) fn is_of_another_call(peer: &Peer, channels: &[Channel<'_>]) -> bool {
    !matches!(peer.side, Side::Half { .. }) && !channels.iter().any(|channel| channel.name == peer.name)
}

/// Rooms with people; doors between rooms are open where both halves of a channel stand.
fn rooms(places: &[Option<Place<'_>>], channels: &[Channel<'_>], at: Instant) -> Vec<Together> {
    // Every room gets the number of the first channel in it; doors make two numbers one.
    let mut number: Vec<Option<usize>> = vec![None; channels.len()];
    for own in 0..channels.len() {
        let Some(place) = places[own] else { continue };
        number[own] = (0..=own).find(|other| places[*other].is_some_and(|there| there.room == place.room));
    }
    for (one, channel) in channels.iter().enumerate() {
        let Owner::Half(pair) = channel.owner else { continue };
        let other = channels
            .iter()
            .enumerate()
            .position(|(other, half)| other != one && half.owner == Owner::Half(pair));
        let (Some(here), Some(there)) = (number[one], other.and_then(|other| number[other])) else {
            continue;
        };
        for room in &mut number {
            if *room == Some(there) {
                *room = Some(here);
            }
        }
    }
    let mut found: Vec<Together> = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for room in number.iter().flatten() {
        if seen.contains(room) {
            continue;
        }
        seen.push(*room);
        let inside = |place: &usize| number[*place] == Some(*room);
        let people: Vec<usize> =
            (0..channels.len()).filter(inside).filter(|place| channels[*place].is_somebody()).collect();
        let company =
            (0..channels.len()).filter(inside).any(|place| places[place].is_some_and(|place| place.company));
        if !people.is_empty() {
            found.push(Together { channels: people, company, from: at, to: at });
        }
    }
    found
}
