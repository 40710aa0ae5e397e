//! Conversations: who of the people in a room talked with whom.

use crate::{CallTime, Direction, Side, story::Talk};

use super::{
    Scene,
    life::{Instant, Owner},
    rooms::{Together, apart, is_of_another_call},
};

/// In order.
pub(super) fn of<'a>(scene: &Scene<'a, '_>, rooms: &[Together]) -> Vec<Talk<'a>> {
    let mut talks: Vec<Talk<'a>> = Vec::new();
    for room in rooms {
        let other_end = room.channels.iter().any(|place| scene.other_end.contains(place));
        if room.channels.len() < 2 {
            talks.extend(in_company(scene, room));
        } else if other_end {
            talks.extend(with_other_end(scene, room));
        } else {
            talks.extend(among_ours(scene, room, rooms));
        }
    }
    talks.sort_by_key(|talk| talk.from);
    joined(talks)
}

fn with_other_end<'a>(scene: &Scene<'a, '_>, room: &Together) -> Vec<Talk<'a>> {
    let others = room.channels.iter().filter(|place| !scene.other_end.contains(place));
    others
        .map(|&place| {
            let outside = matches!(scene.channels[place].owner, Owner::Line(_));
            Talk {
                outside,
                sent_on_by: if outside { sent_on_by(scene, place) } else { None },
                rung_from: first_rung(scene, place, room).filter(|_| outside),
                ..talk(scene, scene.name(place), room)
            }
        })
        .collect()
}

fn talk<'a>(scene: &Scene<'a, '_>, party: &'a str, room: &Together) -> Talk<'a> {
    Talk {
        party,
        outside: false,
        conference: room.channels.len() > 2
            || room.channels.iter().any(|place| scene.channels[*place].in_room),
        asked_by: None,
        sent_on_by: None,
        rung_from: None,
        from: scene.time(room.from),
        to: scene.time(room.to),
        printed_seconds: None,
    }
}

/// When a party that the other end was sent on to was dialled; it answered and talked at once.
fn first_rung(scene: &Scene<'_, '_>, place: usize, room: &Together) -> Option<CallTime> {
    let channel = &scene.channels[place];
    let at_once = channel.answered.is_some_and(|answered| at_once(answered, room.from));
    (scene.direction != Direction::Outbound && channel.dialled && channel.seen_born && at_once)
        .then(|| scene.time(channel.born))
}

/// Who passed the call on to an outside party that was dialled.
fn sent_on_by<'a>(scene: &Scene<'a, '_>, place: usize) -> Option<&'a str> {
    let told = || {
        let talks = scene.rows?.talks.iter();
        talks.filter(|talk| talk.outside).find_map(|talk| talk.sent_on_by)
    };
    let born = scene.channels[place].born;
    super::hands::transferrer(scene, born).or_else(told).or_else(|| rung_in_vain(scene, born))
}

/// The device that was rung before and did not answer: it, or the dial plan for it, sent the call on.
fn rung_in_vain<'a>(scene: &Scene<'a, '_>, born: Instant) -> Option<&'a str> {
    let before = scene.channels.iter().rev().filter(|channel| channel.dialled && channel.born < born);
    if before.clone().any(|channel| channel.answered.is_some()) {
        return None;
    }
    before.filter(|channel| channel.ended.is_some()).find_map(|channel| match channel.owner {
        Owner::Ours(extension) => Some(extension),
        _ => None,
    })
}

/// People without the other end: it is on hold while they ask each other, or it has gone and they go on.
fn among_ours<'a>(scene: &Scene<'a, '_>, room: &Together, rooms: &[Together]) -> Vec<Talk<'a>> {
    let talked_before = |place: &&usize| {
        let name = scene.name(**place);
        rooms.iter().filter(|other| other.from <= room.from).any(|other| {
            other.channels.iter().any(|one| scene.other_end.contains(one))
                && other.channels.iter().any(|one| scene.name(*one) == name)
        })
    };
    let asking = room.channels.iter().find(talked_before).or(room.channels.first());
    let Some(&asking) = asking else { return Vec::new() };
    let there = scene.other_end.iter().any(|place| scene.channels[*place].lives(room.from));
    let asker = there.then(|| scene.name(asking));
    room.channels
        .iter()
        .filter(|place| **place != asking)
        .map(|&place| Talk {
            outside: matches!(scene.channels[place].owner, Owner::Line(_))
                && scene.direction != Direction::Outbound,
            asked_by: asker,
            ..talk(scene, scene.name(place), room)
        })
        .collect()
}

/// A conference with people of other calls: who they are only the records of the call tell, or nobody.
fn in_company<'a>(scene: &Scene<'a, '_>, room: &Together) -> Vec<Talk<'a>> {
    let (from, to) = (scene.time(room.from), scene.time(room.to));
    let told: Vec<Talk<'a>> = scene.rows.map_or_else(Vec::new, |rows| {
        rows.talks
            .iter()
            .map(|talk| Talk {
                from: talk.from.max(from),
                to: talk.to.min(to),
                conference: true,
                printed_seconds: None,
                ..*talk
            })
            .filter(|talk| talk.from < talk.to)
            .collect()
    });
    if !told.is_empty() {
        return told;
    }
    let names = met(scene, room);
    let whole = |party| Talk { conference: true, ..talk(scene, party, room) };
    if names.is_empty() { vec![whole("?")] } else { names.into_iter().map(whole).collect() }
}

/// Extensions of other calls that were in the room when somebody of this call came or went.
fn met<'a>(scene: &Scene<'a, '_>, room: &Together) -> Vec<&'a str> {
    let mut names: Vec<&'a str> = Vec::new();
    let inside = |moment: &&crate::channels::life::Moment<'a>| {
        (room.from..=room.to).contains(&moment.at)
            && room.channels.iter().any(|place| scene.channels[*place].id == moment.event.id)
    };
    for peer in scene.moments.iter().filter(inside).flat_map(|moment| &moment.event.peers) {
        let name = match &peer.side {
            Side::Ours(name) => name,
            // Extensions have five digits at most.
            Side::Unknown(name) if name.len() <= 5 && name.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => continue,
        };
        if is_of_another_call(peer, scene.channels) && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// A talk that goes on is one talk, whoever of several channels of one party was used.
fn joined(talks: Vec<Talk<'_>>) -> Vec<Talk<'_>> {
    let mut joined: Vec<Talk<'_>> = Vec::new();
    for talk in talks {
        let same = |before: &&mut Talk<'_>| {
            before.party == talk.party
                && before.asked_by == talk.asked_by
                && before.conference == talk.conference
                && before.to >= talk.from
        };
        match joined.iter_mut().rev().find(same) {
            Some(before) => before.to = before.to.max(talk.to),
            None => joined.push(talk),
        }
    }
    joined
}

/// Whether two instants are the same for people.
pub(super) fn at_once(one: Instant, other: Instant) -> bool {
    apart(one, other).abs() <= 2_000_000
}
