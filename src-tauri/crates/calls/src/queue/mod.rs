//! What the log of the queues knows better than anybody: how long a caller waited where, which members were rung for
//! how long, who took him, and why he left.
//!
//! Rules: a call that came to several queues is one call, handled on the first, answered by whom the last one found;
//! ring times are those of the queue, for records of calls count a member as rung until the call ends; a caller who
//! leaves while a member hears who calls has lost nobody a call (Asterisk, `app_queue`; QueueMetrics, user manual).

mod members;
mod stints;

use crate::{
    CallTime, DialResult, Direction, Evidence, Machine, QueueStep, SegmentKind, TransferKind,
    story::{Handing, Ring, RingEnd, Stay, Story, Talk, Told, Who},
};

use self::{
    members::Members,
    stints::{How, Line, Stint},
};

/// A code counts for a call that is open or ended at most this many seconds before (QueueMetrics, call status).
const CODE_WITHIN_SECONDS: i64 = 30 * 60;

/// Tells a story finer by the lines of a queue log in its group, or tells one from them alone.
pub(crate) fn refine<'a>(story: Option<Story<'a>>, group: &[&'a Evidence]) -> Option<Story<'a>> {
    let lines = stints::lines(group);
    if lines.is_empty() {
        return story;
    }
    let stints = stints::stints(&lines);
    let by_channels = story.is_some()
        && group.iter().any(|item| {
            item.record.event.as_ref().is_some_and(|event| matches!(event.of, crate::EventOf::Channel(_)))
        });
    let alone = story.is_none();
    let mut story = story.unwrap_or_else(|| begin(&lines));
    let whole = by_channels && !story.notes.contains(&"events-incomplete");
    story.did = story.did.or_else(|| lines.iter().find_map(|line| line.record.did.as_deref()));
    if alone {
        story.called.number = story.did;
    }
    story.queue = stints.iter().find_map(|stint| stint.queue).or(story.queue);
    let members = Members::of(&stints, &story, group);
    // A campaign's queue has no caller: what its log calls waiting is our ringing at the other end.
    let campaign = !alone && story.direction == Direction::Outbound;
    if !whole && !campaign {
        tell_waits(&mut story, &stints);
        tell_rings(&mut story, &stints, &members);
        tell_talks(&mut story, &stints, &members, alone);
    }
    if !campaign {
        tell_end(&mut story, &stints, alone);
    }
    story.outcome_code = code(&lines, story.start, story.end);
    if alone {
        story.rings.sort_by_key(|ring| (ring.from, ring.device));
        story.called.extension =
            if story.did.is_none() { story.rings.first().map(|ring| ring.device) } else { None };
    }
    Some(story)
}

/// A call of which only the queues tell.
fn begin<'a>(lines: &[Line<'a>]) -> Story<'a> {
    let start = lines.first().map_or(CallTime::from_parts(0, 0, crate::Certainty::Inferred), |line| line.at);
    let caller = lines.iter().find_map(|line| {
        let entered = matches!(line.event.step, QueueStep::Enter { .. });
        entered.then_some(Who {
            number: line.record.number.as_deref(),
            name: line.record.caller_name.as_deref(),
            extension: None,
        })
    });
    let of_call =
        |line: &&Line<'_>| !matches!(line.event.step, QueueStep::Outcome { .. } | QueueStep::Other { .. });
    Story {
        direction: if lines.iter().any(|line| of_call(&line)) {
            Direction::Inbound
        } else {
            Direction::Unknown
        },
        start,
        end: lines.iter().filter(of_call).map(|line| line.at).max().unwrap_or(start),
        live: false,
        caller: caller.unwrap_or_default(),
        called: Who::default(),
        did: None,
        queue: None,
        trunk: None,
        rings: Vec::new(),
        rang_outside: None,
        talks: Vec::new(),
        stays: Vec::new(),
        handings: Vec::new(),
        machine: None,
        result: None,
        line: None,
        charged_to: None,
        outcome_code: None,
        told: Told { ringing: false, answer: false, closing: false },
        notes: vec!["queue-log-only"],
    }
}

/// Waiting ends with the answer, or when the caller leaves.
fn tell_waits(story: &mut Story<'_>, stints: &[Stint<'_>]) {
    if stints.is_empty() {
        return;
    }
    story.stays.retain(|stay| stay.party.is_some() || stay.kind != SegmentKind::Wait);
    for stint in stints {
        let answered = stint.connected.map(|connected| connected.at);
        let to = answered.or(stint.left.map(|left| left.at)).unwrap_or(story.end);
        if to > stint.entered {
            story.stays.push(Stay { party: None, kind: SegmentKind::Wait, from: stint.entered, to });
        }
    }
    story.stays.sort_by_key(|stay| (stay.from, stay.to));
}

/// Attempts as the queues made them, instead of those that records of calls make of them.
fn tell_rings<'a>(story: &mut Story<'a>, stints: &[Stint<'a>], members: &Members<'a>) {
    let mut told: Vec<Ring<'a>> = Vec::new();
    for stint in stints {
        let left = stint.left.map(|left| left.how);
        for attempt in &stint.attempts {
            let device = members.device(attempt.member);
            let seconds = attempt.milliseconds.map(|milliseconds| milliseconds.saturating_add(500) / 1000);
            // Several people rang in just these seconds, and nothing says who is who: the records name the devices.
            if device == attempt.member && is_told(story, attempt.until, seconds) {
                continue;
            }
            let taken = stint.connected.is_some_and(|connected| {
                connected.member != Some(attempt.member)
                    && (connected.at.unix() - attempt.until.unix()).abs() <= 1
            });
            let heard =
                matches!(left, Some(How::Abandoned { member: Some(member) }) if member == attempt.member);
            told.push(Ring {
                device,
                from: attempt.until.shifted(-i64::from(seconds.unwrap_or(0))),
                until: Some(attempt.until),
                printed_seconds: seconds,
                end: match () {
                    () if heard || attempt.cancelled && taken => RingEnd::Elsewhere,
                    // Turned away in no time: the device was not to be had.
                    () if attempt.milliseconds == Some(0) => RingEnd::Unknown,
                    () => RingEnd::NoAnswer,
                },
            });
        }
        let Some(connected) = stint.connected else { continue };
        let (Some(member), Some(seconds)) = (connected.member, connected.ring_seconds) else { continue };
        told.push(Ring {
            device: members.device(member),
            from: connected.at.shifted(-i64::from(seconds)),
            until: Some(connected.at),
            printed_seconds: Some(seconds),
            end: RingEnd::Answered,
        });
    }
    if told.is_empty() {
        return;
    }
    let from_queue = |ring: &Ring<'a>| {
        told.iter().any(|known| known.device == ring.device)
            && stints.iter().any(|stint| {
                let until = stint.left.map_or(story.end, |left| left.at);
                ring.from >= stint.entered.shifted(-1) && ring.from <= until.shifted(1)
            })
    };
    story.rings.retain(|ring| !from_queue(ring));
    story.told.ringing = true;
    story.rings.extend(told);
    story.rings.sort_by_key(|ring| (ring.from, ring.device));
}

/// Devices rang for so long until this moment.
fn is_told(story: &Story<'_>, until: CallTime, seconds: Option<u32>) -> bool {
    story.rings.iter().any(|ring| {
        let Some(end) = ring.until else { return false };
        let rang = crate::times::seconds(ring.from, end);
        (end.unix() - until.unix()).abs() <= 1 && seconds.is_some_and(|seconds| seconds.abs_diff(rang) <= 1)
    })
}

fn tell_talks<'a>(story: &mut Story<'a>, stints: &[Stint<'a>], members: &Members<'a>, alone: bool) {
    for stint in stints {
        let Some(connected) = stint.connected else { continue };
        let party = connected.member.map_or("?", |member| members.device(member));
        let left = stint.left;
        let known = story.talks.iter_mut().find(|talk| {
            talk.asked_by.is_none()
                && talk.party == party
                && talk.to >= connected.at
                && talk.from <= connected.at.shifted(1)
        });
        let until = left.map(|left| left.at);
        if let Some(talk) = known {
            // A record counts from the moment at which the queue took the call, or from the first ringing.
            talk.from = connected.at.min(talk.to);
            talk.printed_seconds = left.and_then(|left| left.talked).filter(|_| until == Some(talk.to));
        } else if alone {
            story.talks.push(Talk {
                party,
                outside: false,
                conference: false,
                asked_by: None,
                sent_on_by: None,
                rung_from: None,
                from: connected.at,
                to: until.unwrap_or(story.end).max(connected.at),
                printed_seconds: left.and_then(|left| left.talked),
            });
        }
        story.notes.retain(|note| *note != "talk-may-include-ringing");
        if let Some(How::Transferred { to, attended }) = left.map(|left| left.how) {
            let at = until.unwrap_or(connected.at);
            let known = story.handings.iter().any(|handing| handing.from == party);
            if let (false, Some(to)) = (known, to) {
                let kind = if attended { TransferKind::Attended } else { TransferKind::Blind };
                // Whether the other one answered stands in no line of a queue.
                story.handings.push(Handing { kind, from: party, to, at, answered: true });
                story.handings.sort_by_key(|handing| handing.at);
            }
        } else if connected.inside && !story.handings.iter().any(|handing| handing.from == party) {
            story.notes.push("transfer-not-visible");
        }
    }
    story.talks.sort_by_key(|talk| (talk.from, talk.to));
}

/// Why a caller left the last queue, where nobody talked with him.
fn tell_end(story: &mut Story<'_>, stints: &[Stint<'_>], alone: bool) {
    let Some(last) = stints.last() else { return };
    let how = last.left.map(|left| left.how);
    if alone {
        let over = stints.iter().all(|stint| stint.left.is_some());
        story.told.closing = over;
        story.told.answer = over;
        // Nobody rang, or it is known how long somebody did.
        story.told.ringing = over
            && stints.iter().all(|stint| {
                stint.connected.is_none_or(|connected| connected.ring_seconds.is_some())
                    && stint.attempts.iter().all(|attempt| attempt.milliseconds.is_some())
            });
    }
    if stints.len() > 1 && stints.windows(2).any(|pair| pair[0].queue != pair[1].queue) {
        story.notes.push("several-queues");
    }
    match how {
        Some(How::Key) => story.notes.push("left-queue-by-key"),
        Some(How::Timeout) => story.notes.push("queue-timed-out"),
        Some(How::Empty) => story.notes.push("queue-empty"),
        _ => {}
    }
    if !story.talks.is_empty() {
        return;
    }
    let at_once = last.left.is_some_and(|left| left.at.unix() - last.entered.unix() <= 1);
    let refused = match how {
        Some(How::Refused) => true,
        Some(How::Empty) => at_once && last.attempts.is_empty(),
        _ => false,
    };
    if refused && matches!(story.machine, None | Some(Machine::Queue | Machine::Feature)) {
        story.machine = None;
        story.result = Some(DialResult::Blocked);
    } else if how.is_some()
        && matches!(story.machine, None | Some(Machine::Queue | Machine::Feature | Machine::Menu))
    {
        story.machine = Some(Machine::Queue);
        story.result = None;
    }
    if stints.iter().all(|stint| stint.attempts.is_empty()) && story.rings.is_empty() {
        story.notes.push("nobody-rung");
    }
}

/// The last code that was given in time.
fn code<'a>(lines: &[Line<'a>], start: CallTime, end: CallTime) -> Option<(&'a str, CallTime)> {
    let in_time = |line: &&Line<'_>| {
        line.at.unix() >= start.unix() && line.at.unix() <= end.unix() + CODE_WITHIN_SECONDS
    };
    lines.iter().filter(in_time).rev().find_map(|line| match &line.event.step {
        QueueStep::Outcome { code } => Some((code.as_str(), line.at)),
        _ => None,
    })
}
