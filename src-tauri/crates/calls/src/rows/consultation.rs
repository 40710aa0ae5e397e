//! Somebody of ours asks a third party while the other end waits.

use crate::{CallTime, Direction, Machine, Record};

use super::{Rows, is_aside, talks::Connection};

/// An extension that was with the other end called somebody else.
pub(super) struct Ask<'a> {
    pub by: &'a str,
    record: &'a Record,
    from: CallTime,
    to: CallTime,
}

impl<'a> Ask<'a> {
    /// This connection is with the one who was asked: in the same row, or in one that the exchange made for it.
    fn reaches(&self, connection: &Connection<'a>) -> bool {
        let made_for_it = is_aside(self.record)
            && connection.record.trunk.is_none()
            && connection.party() == self.record.extension.as_deref()
            && (self.from..=self.to).contains(&connection.from);
        std::ptr::eq(connection.record, self.record) || made_for_it
    }
}

/// Finds who asked whom, and notes it on the connections.
pub(super) fn asks<'a>(rows: &Rows<'a, '_>, connections: &mut [Connection<'a>]) -> Vec<Ask<'a>> {
    if rows.records.len() < 2 {
        return Vec::new();
    }
    let mut asks: Vec<Ask<'a>> = rows
        .records
        .iter()
        .filter_map(|record| {
            let by = asking(rows, record)?;
            let (from, to) = (record.start?, record.end?);
            let was_talking = |connection: &Connection<'_>| {
                connection.party() == Some(by)
                    && !std::ptr::eq(connection.record, *record)
                    && connection.from <= from
                    && connection.to.unix() >= from.unix() - 1
            };
            connections.iter().any(was_talking).then_some(Ask { by, record, from, to })
        })
        .collect();
    asks.sort_by_key(|ask| (ask.from, ask.to));
    for connection in connections {
        connection.asked_by = asks.iter().find(|ask| ask.reaches(connection)).map(|ask| ask.by);
        // Who calls the outside during a call from outside does not speak for the other end.
        if connection.asked_by.is_none()
            && !connection.of_other_end
            && connection.record.direction == Direction::Outbound
        {
            connection.asked_by = connection.party();
        }
    }
    asks
}

/// The extension that calls somebody in this row, but for the call itself.
fn asking<'a>(rows: &Rows<'a, '_>, record: &'a Record) -> Option<&'a str> {
    // Halves of channels inside the exchange tell of it too, if they say whom they reach.
    match record.direction {
        _ if rows.is_of_other_end(record) || record.machine == Some(Machine::Conference) => None,
        Direction::Internal if record.extension.is_some() => record.from_extension.as_deref(),
        Direction::Outbound => record.extension.as_deref(),
        _ => None,
    }
}

/// From when to when the other end was on hold for it.
pub(super) fn hold(ask: &Ask<'_>, connections: &[Connection<'_>]) -> Option<(CallTime, CallTime)> {
    let joined = joins(ask.from, ask.to, ask.by, connections);
    let to = joined.map_or(ask.to, |joined| ask.to.min(joined));
    (to > ask.from).then_some((ask.from, to))
}

/// When the other end came together with a third party, in this time or as it ended.
pub(super) fn joins(
    from: CallTime,
    to: CallTime,
    by: &str,
    connections: &[Connection<'_>],
) -> Option<CallTime> {
    connections
        .iter()
        .filter(|connection| {
            connection.of_other_end && connection.asked_by.is_none() && connection.party() != Some(by)
        })
        .map(|connection| connection.from)
        .filter(|joined| *joined >= from && joined.unix() <= to.unix() + 1)
        .min()
}
