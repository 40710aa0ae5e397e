//! Where the other end was with no person: in queues, menus, parks, with a voicemail, on hold.

use crate::{
    CallTime, ChannelStep, Machine, SegmentKind,
    story::{Stay, Talk},
};

use super::{Scene, hands, life::Instant};

/// In order.
pub(super) fn of<'a>(scene: &Scene<'a, '_>, talks: &[Talk<'a>]) -> Vec<Stay<'a>> {
    let mut stays = parked(scene);
    let in_machines = in_machines(scene);
    let told = |kind: SegmentKind| in_machines.iter().any(|stay| stay.kind == kind);
    if let Some(rows) = scene.rows {
        // A site may leave applications out of its log; the records of the call name them.
        let others = rows
            .stays
            .iter()
            .filter(|stay| !told(stay.kind) && !matches!(stay.kind, SegmentKind::Hold | SegmentKind::Park));
        stays.extend(others.flat_map(|stay| without(*stay, talks)));
    }
    stays.extend(in_machines.iter().flat_map(|stay| without(*stay, talks)));
    stays.extend(addressed(scene, talks, &stays));
    stays.extend(held(scene, talks, &stays));
    stays.sort_by_key(|stay| (stay.from, stay.to));
    stays
}

/// The last thing that took the other end and was no person.
pub(super) fn machine(scene: &Scene<'_, '_>) -> Option<Machine> {
    let of_other_end = scene.moments.iter().rev().filter(|moment| is_other_end(scene, &moment.event.id));
    let started = of_other_end.clone().find_map(|moment| match &moment.event.step {
        ChannelStep::StartApplication { is, .. } => *is,
        _ => None,
    });
    let queued = || of_other_end.clone().any(|moment| moment.event.queued).then_some(Machine::Queue);
    let answered = || {
        let nobody = !scene.channels.iter().any(|channel| channel.dialled && channel.answered.is_some());
        let taken = of_other_end
            .clone()
            .any(|moment| moment.event.step == ChannelStep::Answer && !moment.event.dialled);
        (nobody && taken && scene.rows.is_none()).then_some(Machine::Menu)
    };
    started.or_else(queued).or_else(answered)
}

fn is_other_end(scene: &Scene<'_, '_>, id: &str) -> bool {
    scene.other_end.iter().any(|place| scene.channels[*place].id == id)
}

/// The exchange had answered and nobody was rung yet: it said something, or asked for digits.
fn addressed<'a>(scene: &Scene<'a, '_>, talks: &[Talk<'a>], stays: &[Stay<'a>]) -> Option<Stay<'a>> {
    let answered = scene
        .other_end
        .iter()
        .map(|place| &scene.channels[*place])
        .find(|channel| !channel.dialled)?
        .answered?;
    let rung = scene.channels.iter().filter(|channel| channel.dialled).map(|channel| channel.born).min();
    let from = scene.time(answered);
    let until = [rung.map(|rung| scene.time(rung)), talks.iter().map(|talk| talk.from).min()];
    let to = until.into_iter().flatten().min().unwrap_or(scene.time(scene.end));
    let alone = stays.iter().all(|stay| stay.party.is_some() || stay.to <= from || stay.from >= to);
    (alone && from < to).then_some(Stay { party: None, kind: SegmentKind::Ivr, from, to })
}

/// In an application of the exchange, until it ends or the next one begins.
fn in_machines<'a>(scene: &Scene<'a, '_>) -> Vec<Stay<'a>> {
    let mut stays: Vec<Stay<'a>> = Vec::new();
    let mut open: Option<(SegmentKind, Instant)> = None;
    let mut application = "";
    let mut close = |open: &mut Option<(SegmentKind, Instant)>, at: Instant| {
        if let Some((kind, from)) = open.take() {
            stays.push(Stay { party: None, kind, from: scene.time(from), to: scene.time(at) });
        }
    };
    for moment in scene.moments.iter().filter(|moment| is_other_end(scene, &moment.event.id)) {
        match &moment.event.step {
            ChannelStep::StartApplication { is, name } => {
                close(&mut open, moment.at);
                application = name;
                open = is.and_then(kind).map(|kind| (kind, moment.at));
            }
            // One may end in the very moment in which the next one begins.
            ChannelStep::EndApplication { name } if name != application => {}
            ChannelStep::EndApplication { .. } | ChannelStep::HangUp { .. } | ChannelStep::End => {
                close(&mut open, moment.at);
            }
            // The queue is not among the applications that the site logs.
            _ if moment.event.queued && open.is_none() => open = Some((SegmentKind::Wait, moment.at)),
            _ if !moment.event.queued && open.is_some_and(|(kind, _)| kind == SegmentKind::Wait) => {
                close(&mut open, moment.at);
            }
            _ => {}
        }
    }
    close(&mut open, scene.end);
    stays
}

fn kind(machine: Machine) -> Option<SegmentKind> {
    match machine {
        Machine::Queue => Some(SegmentKind::Wait),
        Machine::Voicemail => Some(SegmentKind::Voicemail),
        Machine::Menu => Some(SegmentKind::Ivr),
        Machine::Conference | Machine::Park | Machine::Feature => None,
    }
}

fn parked<'a>(scene: &Scene<'a, '_>) -> Vec<Stay<'a>> {
    let mut stays = Vec::new();
    for (number, moment) in scene.moments.iter().enumerate() {
        if moment.event.step != ChannelStep::Park {
            continue;
        }
        let own = &moment.event.id;
        let out = scene.moments[number..].iter().find(|later| {
            later.event.id == *own
                && matches!(
                    later.event.step,
                    ChannelStep::Unpark { .. } | ChannelStep::HangUp { .. } | ChannelStep::End
                )
        });
        let to = out.map_or(scene.end, |out| out.at);
        let place = scene.channels.iter().position(|channel| channel.id == own);
        let other_end = place.is_some_and(|place| scene.other_end.contains(&place));
        let party = place.filter(|_| !other_end).map(|place| scene.name(place));
        stays.push(Stay { party, kind: SegmentKind::Park, from: scene.time(moment.at), to: scene.time(to) });
    }
    stays
}

/// A stay without what was talked meanwhile: who is in an application for calling somebody talks in it.
fn without<'a>(stay: Stay<'a>, talks: &[Talk<'a>]) -> Vec<Stay<'a>> {
    let mut left = vec![stay];
    for talk in talks.iter().filter(|talk| talk.asked_by.is_none()) {
        left = left
            .into_iter()
            .flat_map(|stay| {
                let before = Stay { to: stay.to.min(talk.from), ..stay };
                let after = Stay { from: stay.from.max(talk.to), ..stay };
                [before, after]
            })
            .filter(|stay| stay.from < stay.to)
            .collect();
    }
    // What comes after a person is the end of the application, not another stay in it.
    let talked = talks.iter().filter(|talk| talk.asked_by.is_none()).map(|talk| talk.from).min();
    left.retain(|stay| stay.kind != SegmentKind::Wait || talked.is_none_or(|talked| stay.from < talked));
    left
}

/// The other end listens to music: it was talked with, and whoever talked with it is still there and has not sent
/// it on. When he has gone, it waits.
fn held<'a>(scene: &Scene<'a, '_>, talks: &[Talk<'a>], stays: &[Stay<'a>]) -> Vec<Stay<'a>> {
    let with: Vec<&Talk<'a>> = talks.iter().filter(|talk| talk.asked_by.is_none()).collect();
    let end = scene
        .other_end
        .iter()
        .filter_map(|place| scene.channels[*place].ended)
        .max()
        .map_or(scene.time(scene.end), |ended| scene.time(ended));
    let mut held = Vec::new();
    for talk in &with {
        let from = talk.to;
        let next = with.iter().map(|next| next.from).filter(|next| *next >= from).min().unwrap_or(end);
        let covered = with.iter().any(|other| other.from <= from && other.to > from);
        let elsewhere =
            stays.iter().filter(|stay| stay.party.is_none()).any(|stay| stay.from <= from && stay.to > from);
        if covered || elsewhere || next <= from || hands::sent_away(scene, talk.party, from) {
            continue;
        }
        let gone = holder_goes(scene, talk.party, from);
        let to = gone.map_or(next, |gone| gone.min(next));
        if to > from {
            held.push(Stay { party: None, kind: SegmentKind::Hold, from, to });
        }
    }
    held
}

/// When the last channel of this party is gone.
fn holder_goes(scene: &Scene<'_, '_>, party: &str, from: CallTime) -> Option<CallTime> {
    let own = (0..scene.channels.len()).filter(|place| scene.name(*place) == party);
    let alive = own.filter(|place| scene.channels[*place].lives((from.unix(), 999_999)));
    let ends: Vec<Option<Instant>> = alive.map(|place| scene.channels[place].ended).collect();
    if ends.is_empty() { Some(from) } else { ends.into_iter().max().flatten().map(|ended| scene.time(ended)) }
}
