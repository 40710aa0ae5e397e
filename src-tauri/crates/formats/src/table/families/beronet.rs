//! beroNet gateways: a call leads from one leg to another, and the exchange is at the side of the ISDN.

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
    let isdn = |meaning| row.bytes(meaning).starts_with(b"ISDN");
    record.direction = match (isdn(Meaning::Channel), isdn(Meaning::OtherChannel)) {
        (true, false) => Direction::Outbound,
        (false, true) => Direction::Inbound,
        (true, true) => Direction::Transit,
        (false, false) => Direction::Unknown,
    };
    // Calls of a SIP leg have numbers and addresses the other way round.
    let number = |plain, other| {
        let said = |meaning| row.text(meaning).filter(|text| !text.contains('<'));
        said(plain).or_else(|| said(other))
    };
    let from = number(Meaning::Caller, Meaning::CallerName);
    let to = number(Meaning::Called, Meaning::CalledName);
    let leg = |meaning| row.text(meaning);
    (record.caller_name, record.from_extension, record.did) = (None, None, None);
    (record.extension, record.number, record.trunk) = match record.direction {
        Direction::Outbound => (from, to, leg(Meaning::OtherChannel)),
        Direction::Inbound => (to, from, leg(Meaning::Channel)),
        _ => (None, to.or(from), None),
    };
    Ok(record)
}
