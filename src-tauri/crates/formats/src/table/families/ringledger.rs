//! Our own list of calls: one row is one call, told from its end.

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
    let party = |meaning| row.text(meaning).filter(|text| text != "not known");
    let (source, target) = (party(Meaning::Caller), party(Meaning::Called));
    (record.extension, record.from_extension, record.number) = match record.direction {
        Direction::Outbound => (source, None, target),
        Direction::Internal => (target, source, None),
        _ => (party(Meaning::Extension).or(target), None, source),
    };
    record.did = party(Meaning::Did);
    Ok(record)
}
