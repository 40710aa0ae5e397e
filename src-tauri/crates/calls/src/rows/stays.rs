//! Where the other end was with no person.

use crate::{Machine, SegmentKind, story::Stay};

use super::{
    Rows,
    consultation::{Ask, hold},
    talks::Connection,
};

pub(super) fn stays<'a>(
    rows: &Rows<'a, '_>,
    connections: &[Connection<'a>],
    asks: &[Ask<'a>],
) -> Vec<Stay<'a>> {
    let mut stays = Vec::new();
    for record in rows.telling().filter(|record| rows.is_of_other_end(record)) {
        let kind = match record.machine {
            Some(Machine::Voicemail) => SegmentKind::Voicemail,
            Some(Machine::Menu) => SegmentKind::Ivr,
            Some(Machine::Park) => SegmentKind::Park,
            Some(Machine::Queue) => SegmentKind::Wait,
            None if record.queue.is_some() => SegmentKind::Wait,
            _ => continue,
        };
        let (Some(from), Some(to)) = (record.start, record.end) else { continue };
        let own = connections.iter().find(|connection| std::ptr::eq(connection.record, record));
        let to = own.map_or(to, |own| own.from);
        if to > from {
            stays.push(Stay { party: None, kind, from, to });
        }
    }
    for (from, to) in asks.iter().filter_map(|ask| hold(ask, connections)) {
        stays.push(Stay { party: None, kind: SegmentKind::Hold, from, to });
    }
    if stays.len() > 1 {
        stays.sort_by_key(|stay| (stay.from, stay.to));
    }
    stays
}
