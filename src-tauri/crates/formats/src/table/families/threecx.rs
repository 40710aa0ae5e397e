//! 3CX: extensions are written `Ext.101`; at an outside party stands the number of its trunk.

use calls::{Direction, Record, Text};

use crate::Reject;
use crate::table::Meaning;
use crate::table::reader::{TableContext, Tools};
use crate::table::row::Row;

pub(in crate::table) fn read(
    row: &Row<'_>,
    tools: &mut Tools,
    context: &TableContext<'_>,
) -> Result<Record, Reject> {
    let mut record = super::plain::read(row, tools, context)?;
    let ours = |meaning| row.text(meaning).and_then(|party| party.strip_prefix("Ext.").map(Text::from));
    let (from, to, last) = (ours(Meaning::Caller), ours(Meaning::Called), ours(Meaning::Extension));
    record.direction = match (from.is_some(), to.is_some() || last.is_some()) {
        (true, true) => Direction::Internal,
        (true, false) => Direction::Outbound,
        (false, true) => Direction::Inbound,
        (false, false) => Direction::Transit,
    };
    let outside = |meaning| row.text(meaning);
    (record.extension, record.from_extension, record.number, record.trunk, record.did) =
        (None, None, None, None, None);
    match record.direction {
        Direction::Internal => (record.from_extension, record.extension) = (from, last.or(to)),
        Direction::Outbound => {
            record.extension = from;
            (record.number, record.trunk) = (outside(Meaning::Called), outside(Meaning::OtherChannel));
        }
        Direction::Inbound => {
            record.extension = last.or(to);
            (record.number, record.trunk) = (outside(Meaning::Caller), outside(Meaning::Channel));
        }
        _ => (record.number, record.trunk) = (outside(Meaning::Called), outside(Meaning::OtherChannel)),
    }
    Ok(record)
}
