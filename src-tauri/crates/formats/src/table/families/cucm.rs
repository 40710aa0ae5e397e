//! Cisco Unified Communications Manager: the names of the devices tell phones from gateways.

use calls::{Direction, Record};

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
    if record.kind != calls::Kind::Call {
        return Ok(record);
    }
    let (near, far) = (row.text(Meaning::Channel), row.text(Meaning::OtherChannel));
    let (from, to) = (row.text(Meaning::Caller), row.text(Meaning::Called));
    (record.extension, record.from_extension, record.number, record.trunk) = (None, None, None, None);
    record.direction = match (near.as_deref().map(is_phone), far.as_deref().map(is_phone)) {
        (Some(true), Some(true)) => Direction::Internal,
        (Some(true), _) => Direction::Outbound,
        (_, Some(true)) => Direction::Inbound,
        (Some(false), Some(false)) => Direction::Transit,
        _ => Direction::Unknown,
    };
    record.did = None;
    match record.direction {
        Direction::Internal => (record.from_extension, record.extension) = (from, to),
        Direction::Outbound => {
            (record.extension, record.number, record.trunk) = (from, to, far);
        }
        Direction::Inbound => {
            record.did = row.text(Meaning::Did).filter(|first| Some(first) != to.as_ref());
            (record.extension, record.number, record.trunk) = (to, from, near);
        }
        _ => (record.number, record.trunk) = (from.or(to), near),
    }
    Ok(record)
}

/// How the names of phones begin, soft ones and adaptors included (Cisco, device name formats); gateways and trunks
/// are named otherwise or as the administrator likes.
fn is_phone(name: &str) -> bool {
    ["SEP", "ATA", "CSF", "BOT", "TCT", "TAB", "CIPC"].iter().any(|prefix| name.starts_with(prefix))
}
