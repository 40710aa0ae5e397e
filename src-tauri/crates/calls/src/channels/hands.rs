//! The call from hand to hand: blind and attended transfers, forwards, what was fetched from a park.

use crate::{
    CallTime, ChannelStep, TransferKind,
    story::{Handing, Ring, RingEnd, Talk},
    transfers,
};

use super::{
    Scene,
    life::{Instant, Owner},
    talks::at_once,
};

/// In order.
pub(super) fn of<'a>(scene: &Scene<'a, '_>, talks: &[Talk<'a>], rings: &[Ring<'a>]) -> Vec<Handing<'a>> {
    let mut handings: Vec<Handing<'a>> = Vec::new();
    for moment in scene.moments {
        let at = scene.time(moment.at);
        let Some(own) = scene.channels.iter().position(|channel| channel.id == moment.event.id) else {
            continue;
        };
        let from = scene.name(own);
        let (kind, named) = match &moment.event.step {
            ChannelStep::BlindTransfer { to, .. } if !parks(scene, moment.at) => {
                (TransferKind::Blind, Some(to.as_str()))
            }
            ChannelStep::AttendedTransfer { target, application, .. } => {
                let target = target.as_deref().and_then(|target| somebody(scene, target));
                (TransferKind::Attended, target.or(application.as_deref()))
            }
            ChannelStep::Forward { to } => {
                let Some(ring) = rings.iter().find(|ring| ring.until == Some(at)) else { continue };
                let next = next(talks, ring.device, at);
                let (to, answered) = next.map_or((to.as_str(), false), |to| (to, true));
                handings.push(Handing { kind: TransferKind::Forward, from: ring.device, to, at, answered });
                continue;
            }
            _ => continue,
        };
        handings.push(handed(from, named, kind, at, talks, rings));
    }
    // What no event names: somebody fetched the call from a park, or it came back.
    for handing in transfers::between(talks, TransferKind::Unknown) {
        let conference =
            talks.iter().any(|talk| talk.conference && (talk.from == handing.at || talk.to == handing.at));
        let named = handings.iter().any(|known| {
            known.to == handing.to
                && (known.from == handing.from || (known.at.unix() - handing.at.unix()).abs() <= 2)
        });
        if !named && !conference {
            handings.push(handing);
        }
    }
    // A conference with people of other calls is known by the records alone.
    if let Some(rows) = scene.rows {
        let conference = rows.handings.iter().filter(|handing| handing.kind == TransferKind::Conference);
        let both = |handing: &&Handing<'a>| {
            [handing.from, handing.to]
                .iter()
                .all(|party| talks.iter().any(|talk| talk.conference && talk.party == *party))
        };
        handings.extend(conference.filter(both));
    }
    handings.extend(lost(scene, talks, rings, &handings));
    handings.sort_by_key(|handing| handing.at);
    handings.dedup_by(|later, earlier| {
        later.from == earlier.from && later.to == earlier.to && later.at == earlier.at
    });
    handings
}

/// Nobody has the other end any more, and no event says to whom it went: it came back from a park, or stayed there.
fn lost<'a>(
    scene: &Scene<'a, '_>,
    talks: &[Talk<'a>],
    rings: &[Ring<'a>],
    handings: &[Handing<'a>],
) -> Option<Handing<'a>> {
    let last = talks.iter().filter(|talk| talk.asked_by.is_none()).max_by_key(|talk| talk.to)?;
    if handings.iter().any(|handing| !handing.answered && handing.at >= last.to) {
        return None;
    }
    let lives =
        |place: &&usize| scene.channels[**place].ended.is_some_and(|ended| scene.time(ended) > last.to);
    scene.other_end.iter().find(lives)?;
    let rung = rings
        .iter()
        .find(|ring| ring.from >= last.to && !matches!(ring.end, RingEnd::Answered | RingEnd::Elsewhere));
    let parked = scene
        .moments
        .iter()
        .any(|moment| moment.event.step == ChannelStep::Park && scene.time(moment.at) >= last.to.shifted(-1));
    let to = rung.map(|ring| ring.device).or(parked.then_some("park"))?;
    let at = rung.map_or(last.to, |ring| ring.from);
    Some(Handing { kind: TransferKind::Blind, from: last.party, to, at, answered: false })
}

fn handed<'a>(
    from: &'a str,
    named: Option<&'a str>,
    kind: TransferKind,
    at: CallTime,
    talks: &[Talk<'a>],
    rings: &[Ring<'a>],
) -> Handing<'a> {
    if let Some(to) = next(talks, from, at) {
        return Handing { kind, from, to, at, answered: true };
    }
    // Nobody answered: whoever still rang then, or was rung next.
    let mut in_vain = rings.iter().filter(|ring| ring.end != RingEnd::Answered && ring.device != from);
    let last = in_vain.rfind(|ring| ring.until.is_none_or(|until| until >= at)).map(|ring| ring.device);
    Handing { kind, from, to: last.or(named).unwrap_or("?"), at, answered: false }
}

/// Who talked with the other end next.
fn next<'a>(talks: &[Talk<'a>], from: &str, at: CallTime) -> Option<&'a str> {
    let mut later = talks.iter().filter(|talk| talk.asked_by.is_none() && talk.party != from);
    // Bridges are joined around the moment at which the exchange says so.
    later.find(|talk| talk.from.unix() >= at.unix() - 1).map(|talk| talk.party)
}

/// The party of a channel, through a channel inside the exchange.
fn somebody<'a>(scene: &Scene<'a, '_>, id: &str) -> Option<&'a str> {
    let place = scene.channels.iter().position(|channel| channel.id == id)?;
    match scene.channels[place].owner {
        Owner::Ours(_) | Owner::Line(_) => Some(scene.name(place)),
        // Whoever was dialled right after the channel was made.
        _ => {
            let born = scene.channels[place].born;
            let dialled = |other: &usize| {
                let channel = &scene.channels[*other];
                channel.dialled
                    && channel.is_somebody()
                    && channel.born >= born
                    && at_once(channel.born, born)
            };
            (0..scene.channels.len()).find(dialled).map(|place| scene.name(place))
        }
    }
}

/// A transfer to a park is a park: who fetches the call from there gets it.
fn parks(scene: &Scene<'_, '_>, at: Instant) -> bool {
    scene.moments.iter().any(|moment| moment.event.step == ChannelStep::Park && at_once(moment.at, at))
}

/// This party has just sent the other end away, so it does not hold it.
pub(super) fn sent_away(scene: &Scene<'_, '_>, party: &str, at: CallTime) -> bool {
    scene.moments.iter().any(|moment| {
        let own = scene.channels.iter().position(|channel| channel.id == moment.event.id);
        matches!(moment.event.step, ChannelStep::BlindTransfer { .. })
            && (moment.at.0 - at.unix()).abs() <= 1
            && own.is_some_and(|own| scene.name(own) == party)
    })
}

/// Who sent the other end on just before a channel was made for that.
pub(super) fn transferrer<'a>(scene: &Scene<'a, '_>, born: Instant) -> Option<&'a str> {
    let blind = scene.moments.iter().rev().find(|moment| {
        matches!(moment.event.step, ChannelStep::BlindTransfer { .. })
            && moment.at <= born
            && at_once(moment.at, born)
    })?;
    let own = scene.channels.iter().position(|channel| channel.id == blind.event.id)?;
    Some(scene.name(own))
}
