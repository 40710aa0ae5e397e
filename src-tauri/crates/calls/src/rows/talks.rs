//! Who talked with whom.

use crate::{CallTime, Direction, Machine, Record, story::Talk};

use super::{
    Rows,
    consultation::{Ask, hold, joins},
    is_with_people,
};

/// A row in which two channels were connected, and from when to when.
pub(super) struct Connection<'a> {
    pub record: &'a Record,
    pub from: CallTime,
    pub to: CallTime,
    /// Nothing says when the ringing ended, so `from` is where it began.
    pub includes_ringing: bool,
    /// The party had been asked before it took the call over, so it was not rung for it.
    pub was_asked: bool,
    /// The other end of the call is at one side.
    pub of_other_end: bool,
    /// The extension that asked the party, while the other end was on hold.
    pub asked_by: Option<&'a str>,
}

impl<'a> Connection<'a> {
    /// Who of ours is on the called side; on calls to the outside, who called.
    pub fn party(&self) -> Option<&'a str> {
        self.record.extension.as_deref()
    }
}

pub(super) fn connections<'a>(rows: &Rows<'a, '_>) -> Vec<Connection<'a>> {
    let mut connections = Vec::with_capacity(1);
    for &record in rows.records {
        let (Some(answer), Some(to)) = (record.answer, record.end) else { continue };
        if record.answered == Some(false) || !is_with_people(record) {
            continue;
        }
        let rung = record.talk_includes_ringing.then(|| others_stopped_ringing(rows, record));
        connections.push(Connection {
            record,
            from: rung.flatten().unwrap_or(answer),
            to,
            includes_ringing: rung == Some(None),
            was_asked: false,
            of_other_end: rows.is_of_other_end(record),
            asked_by: None,
        });
    }
    connections
}

/// A line that had been taken before is billed for the ringing too. Where others rang at the same time, the last of
/// them stopped when this one answered.
fn others_stopped_ringing(rows: &Rows<'_, '_>, answered: &Record) -> Option<CallTime> {
    let start = answered.start?;
    let beside = rows.telling().filter(|record| {
        record.answered == Some(false)
            && record.ring_seconds.is_some()
            && record.start.is_some_and(|other| other.unix().abs_diff(start.unix()) <= 1)
    });
    let stopped = beside.filter_map(|record| record.end).max()?;
    (stopped > start && Some(stopped) < answered.end).then_some(stopped)
}

/// Who had been asked before is not rung again when he takes the call over.
pub(super) fn settle_ringing(connections: &mut [Connection<'_>]) {
    for place in 0..connections.len() {
        if connections[place].includes_ringing {
            let own = &connections[place];
            let was_asked = connections.iter().any(|before| {
                before.party() == own.party()
                    && before.asked_by.is_some()
                    && before.from < own.from
                    && before.to.unix() >= own.from.unix() - 1
            });
            connections[place].includes_ringing = !was_asked;
            connections[place].was_asked = was_asked;
        }
    }
}

pub(super) fn talks<'a>(
    rows: &Rows<'a, '_>,
    connections: &[Connection<'a>],
    asks: &[Ask<'a>],
) -> Vec<Talk<'a>> {
    let mut talks: Vec<Talk<'a>> = Vec::with_capacity(connections.len());
    for connection in connections {
        let record = connection.record;
        if record.machine == Some(Machine::Conference) {
            talks.extend(in_room(rows, connection));
            continue;
        }
        let talk = Talk { printed_seconds: printed(connection), ..talk(rows, connection) };
        if talk.asked_by.is_some() {
            talks.extend(until_joined(talk, connections));
        } else {
            without_holds(talk, asks, connections, &mut talks);
        }
    }
    if talks.len() > 1 {
        talks.sort_by(|one, other| (one.from, one.to, one.party).cmp(&(other.from, other.to, other.party)));
        mark_conferences(&mut talks);
    }
    talks
}

fn talk<'a>(rows: &Rows<'a, '_>, connection: &Connection<'a>) -> Talk<'a> {
    let record = connection.record;
    let talk = Talk {
        party: record.extension.as_deref().unwrap_or("?"),
        outside: false,
        conference: false,
        asked_by: connection.asked_by,
        sent_on_by: None,
        rung_from: None,
        from: connection.from,
        to: connection.to,
        printed_seconds: None,
    };
    let number = record.number.as_deref().unwrap_or("outside");
    if record.direction == Direction::Transit {
        return Talk { party: number, outside: true, ..talk };
    }
    let to_outside = record.direction == Direction::Outbound
        && (!connection.of_other_end || rows.first.direction == Direction::Internal);
    if to_outside { Talk { party: number, outside: true, ..talk } } else { talk }
}

/// Seconds as printed, where the whole of the row was talk.
fn printed(connection: &Connection<'_>) -> Option<u32> {
    (connection.record.answer == Some(connection.from)).then_some(connection.record.talk_seconds).flatten()
}

/// Somebody asked is with the other end, or with both, as soon as they are connected.
fn until_joined<'a>(talk: Talk<'a>, connections: &[Connection<'a>]) -> Option<Talk<'a>> {
    let joined = joins(talk.from, talk.to, talk.asked_by?, connections);
    let to = joined.map_or(talk.to, |joined| talk.to.min(joined));
    let printed_seconds = talk.printed_seconds.filter(|_| to == talk.to);
    (to > talk.from).then_some(Talk { to, printed_seconds, ..talk })
}

/// Cuts out of a talk the time in which its party asked somebody else.
fn without_holds<'a>(
    talk: Talk<'a>,
    asks: &[Ask<'a>],
    connections: &[Connection<'a>],
    talks: &mut Vec<Talk<'a>>,
) {
    let mut rest = talk;
    let own = asks.iter().filter(|ask| ask.by == talk.party);
    for (from, to) in own.filter_map(|ask| hold(ask, connections)) {
        if to <= rest.from || from >= rest.to {
            continue;
        }
        if from > rest.from {
            talks.push(Talk { to: from, printed_seconds: None, ..rest });
        }
        rest = Talk { from: to, printed_seconds: None, ..rest };
        if rest.from >= rest.to {
            return;
        }
    }
    talks.push(rest);
}

/// A room has a row for each pair in it. A pair is together when both are there, and a row tells from when the older
/// of its channels was.
fn in_room<'a>(rows: &Rows<'a, '_>, connection: &Connection<'a>) -> Option<Talk<'a>> {
    let record = connection.record;
    let came = |there: &dyn Fn(&Record) -> bool| {
        let own = rows.telling().filter(|row| row.machine == Some(Machine::Conference) && there(row));
        own.filter_map(|row| row.start).min()
    };
    let (party, outside, came) = if connection.of_other_end {
        let party = record.extension.as_deref()?;
        (party, false, came(&|row| row.from_extension.as_deref() == Some(party)))
    } else if record.direction == Direction::Inbound {
        let party = record.number.as_deref().unwrap_or("outside");
        (party, true, came(&|row| row.number == rows.first.number))
    } else {
        return None;
    };
    let from = came.map_or(connection.from, |came| connection.from.max(came));
    (connection.to > from).then_some(Talk {
        party,
        outside,
        conference: true,
        asked_by: None,
        sent_on_by: None,
        rung_from: None,
        from,
        to: connection.to,
        printed_seconds: None,
    })
}

/// Where the other end was with two at once, all three talked; who came later was joined by the one before.
fn mark_conferences(talks: &mut [Talk<'_>]) {
    for later in 1..talks.len() {
        let (before, rest) = talks.split_at_mut(later);
        let Some(talk) = rest.first_mut().filter(|talk| talk.asked_by.is_none()) else { continue };
        let together = before.iter_mut().rev().find(|before| {
            let overlap = before.to.unix().min(talk.to.unix()) - talk.from.unix();
            before.asked_by.is_none() && before.party != talk.party && overlap > 1
        });
        if let Some(before) = together {
            before.conference = true;
            talk.conference = true;
            talk.sent_on_by = Some(before.party);
        }
    }
}
