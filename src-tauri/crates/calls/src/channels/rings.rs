//! Devices of ours that were rung: each attempt once.

use crate::story::{Ring, RingEnd, Talk};

use super::{
    Scene,
    life::{Channel, Owner},
    talks::at_once,
};

/// In order.
pub(super) fn of<'a>(scene: &Scene<'a, '_>, talks: &[Talk<'a>]) -> Vec<Ring<'a>> {
    let mut rings: Vec<Ring<'a>> = scene
        .channels
        .iter()
        .filter(|channel| channel.dialled)
        .filter_map(|channel| {
            let Owner::Ours(device) = channel.owner else { return None };
            let until = channel.answered.or(channel.ended).unwrap_or(scene.end);
            let (from, until) = (scene.time(channel.born), scene.time(until));
            Some(Ring {
                device,
                from,
                until: Some(until),
                printed_seconds: Some(crate::times::seconds(from, until)),
                end: end(scene, channel, talks),
            })
        })
        .collect();
    rings.sort_by_key(|ring| (ring.from, ring.device));
    rings
}

/// Clearing causes are those of ITU-T Q.850.
fn end(scene: &Scene<'_, '_>, channel: &Channel<'_>, talks: &[Talk<'_>]) -> RingEnd {
    if channel.answered.is_some() {
        return RingEnd::Answered;
    }
    let Some(ended) = channel.ended else { return RingEnd::Unknown };
    let taken = scene.channels.iter().any(|other| {
        other.dialled
            && other.id != channel.id
            && other.answered.is_some_and(|answered| at_once(answered, ended))
    });
    let begun = talks.iter().any(|talk| (talk.from.unix() - ended.0).abs() <= 2);
    match channel.cause {
        _ if channel.picked_up => RingEnd::Elsewhere,
        Some(26) => RingEnd::Elsewhere,
        Some(17) => RingEnd::Busy,
        // No such number, no way to it, out of order, refused, congested, not registered.
        Some(1..=3 | 20..=25 | 27..=29 | 34..=58) => RingEnd::Failed,
        _ if taken && begun => RingEnd::Elsewhere,
        _ => RingEnd::NoAnswer,
    }
}
