//! A caller's stays in queues, as the queues' own log tells them.

use crate::{CallTime, EventOf, Evidence, QueueEvent, QueueStep, Record};

/// One stay in one queue.
#[derive(Debug, Clone)]
pub(super) struct Stint<'a> {
    pub queue: Option<&'a str>,
    pub entered: CallTime,
    pub attempts: Vec<Attempt<'a>>,
    pub connected: Option<Connected<'a>>,
    pub left: Option<Left<'a>>,
}

/// A member was rung in vain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt<'a> {
    pub member: &'a str,
    pub until: CallTime,
    pub milliseconds: Option<u32>,
    /// Another member took the call, or the caller gave up.
    pub cancelled: bool,
}

/// A member answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Connected<'a> {
    pub member: Option<&'a str>,
    pub inside: bool,
    pub at: CallTime,
    pub ring_seconds: Option<u32>,
}

/// How it ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left<'a> {
    pub at: CallTime,
    pub how: How<'a>,
    /// Seconds with the member.
    pub talked: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How<'a> {
    /// After a talk.
    Completed,
    /// The caller gave up; `member`: while this one heard who calls.
    Abandoned {
        member: Option<&'a str>,
    },
    Timeout,
    Empty,
    Key,
    Refused,
    /// Somebody or something took the caller out, or the member dropped him.
    TakenOut,
    Transferred {
        to: Option<&'a str>,
        attended: bool,
    },
}

pub(super) struct Line<'a> {
    pub at: CallTime,
    pub record: &'a Record,
    pub event: &'a QueueEvent,
}

/// The lines of a group in the order in which they were written.
pub(super) fn lines<'a>(group: &[&'a Evidence]) -> Vec<Line<'a>> {
    let mut lines: Vec<(Line<'a>, crate::RecordKey)> = group
        .iter()
        .filter_map(|item| {
            let EventOf::Queue(event) = &item.record.event.as_deref()?.of else { return None };
            Some((Line { at: item.record.start?, record: &item.record, event }, item.key))
        })
        .collect();
    lines.sort_by_key(|(line, key)| (line.at.unix(), rank(&line.event.step), *key));
    lines.into_iter().map(|(line, _)| line).collect()
}

/// Stamps are whole seconds: what can only come after something else of that second does.
fn rank(step: &QueueStep) -> u8 {
    match step {
        QueueStep::Did { .. } => 0,
        QueueStep::Enter { .. } => 1,
        QueueStep::RingNoAnswer { .. } => 2,
        QueueStep::Connect { .. } => 3,
        QueueStep::Outcome { .. } | QueueStep::Other { .. } => 5,
        _ => 4,
    }
}

pub(super) fn stints<'a>(lines: &[Line<'a>]) -> Vec<Stint<'a>> {
    let mut stints: Vec<Stint<'a>> = Vec::new();
    for line in lines {
        let queue = line.event.queue.as_deref();
        let member = line.event.member.as_deref();
        // A line that has lost its beginning makes one: the log may begin in the middle of a call.
        let place = |stints: &mut Vec<Stint<'a>>, waited: Option<u32>, talked: Option<u32>| -> usize {
            let open = stints.iter().position(|stint| stint.left.is_none() && stint.queue == queue);
            open.unwrap_or_else(|| {
                let before = i64::from(waited.unwrap_or(0)) + i64::from(talked.unwrap_or(0));
                stints.push(Stint {
                    queue,
                    entered: line.at.shifted(-before),
                    attempts: Vec::new(),
                    connected: None,
                    left: None,
                });
                stints.len() - 1
            })
        };
        let mut leave = |waited: Option<u32>, talked: Option<u32>, how: How<'a>| {
            // A dial plan may say once more, in its own words, what the queue has said.
            let again = stints.iter().any(|stint| {
                stint.queue == queue
                    && stint.left.is_some_and(|left| (line.at.unix() - left.at.unix()).abs() <= 1)
            });
            let open = stints.iter().any(|stint| stint.left.is_none() && stint.queue == queue);
            if again && !open {
                return;
            }
            let place = place(&mut stints, waited, talked);
            let stint = &mut stints[place];
            let with_member = matches!(how, How::Completed | How::Transferred { .. });
            if with_member && stint.connected.is_none() {
                let at = line.at.shifted(-i64::from(talked.unwrap_or(0)));
                stint.connected =
                    Some(Connected { member, inside: line.event.inside, at, ring_seconds: None });
            }
            stint.left = Some(Left { at: line.at, how, talked });
        };
        match &line.event.step {
            QueueStep::Enter { .. } => stints.push(Stint {
                queue,
                entered: line.at,
                attempts: Vec::new(),
                connected: None,
                left: None,
            }),
            QueueStep::RingNoAnswer { milliseconds, cancelled } => {
                let Some(member) = member else { continue };
                let place = place(&mut stints, None, None);
                stints[place].attempts.push(Attempt {
                    member,
                    until: line.at,
                    milliseconds: *milliseconds,
                    cancelled: *cancelled,
                });
            }
            QueueStep::Connect { waited, ring_seconds, .. } => {
                let place = place(&mut stints, *waited, None);
                let (ring_seconds, inside) = (*ring_seconds, line.event.inside);
                stints[place].connected = Some(Connected { member, inside, at: line.at, ring_seconds });
            }
            QueueStep::Complete { waited, talked, .. } => leave(*waited, *talked, How::Completed),
            QueueStep::Abandon { waited } => leave(*waited, None, How::Abandoned { member }),
            QueueStep::ExitTimeout { waited } => leave(*waited, None, How::Timeout),
            QueueStep::ExitEmpty { waited } => leave(*waited, None, How::Empty),
            QueueStep::ExitKey { waited, .. } => leave(*waited, None, How::Key),
            QueueStep::Withdrawn { waited } => leave(*waited, None, How::TakenOut),
            QueueStep::Dropped => leave(None, None, How::TakenOut),
            QueueStep::Refused { .. } => leave(None, None, How::Refused),
            QueueStep::Transfer { to, attended, waited, talked } => {
                leave(*waited, *talked, How::Transferred { to: to.as_deref(), attended: *attended });
            }
            QueueStep::Outcome { .. } | QueueStep::Did { .. } | QueueStep::Other { .. } => {}
        }
    }
    stints
}
