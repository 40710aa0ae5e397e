//! Avaya IP Office: two parties by their devices, and a flag for internal calls.

use calls::{Direction, Machine, Record, Text, Thread};

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
    // 1 by the manual; a vendor's own example has the letter I.
    if matches!(row.bytes(Meaning::RecordType), b"1" | b"I") {
        make_internal(row, &mut record);
    }
    let started = row.bytes(Meaning::Start);
    let call = row.bytes(Meaning::CallId);
    // Call ids begin again at 1,000,000 when the system restarts; every line of a call repeats its first start.
    let id = format!("{} {}", String::from_utf8_lossy(call), String::from_utf8_lossy(started));
    record.threads = [(!call.is_empty()).then(|| Thread::of(&tools.make, &id)), None];
    Ok(record)
}

/// The caller is an extension, whatever device stands first; who was called is one unless a machine took the call.
fn make_internal(row: &Row<'_>, record: &mut Record) {
    let extension = |meaning| {
        let device = row.text(meaning)?;
        let number = device.strip_prefix('E')?;
        number.starts_with(|letter: char| letter.is_ascii_digit()).then(|| Text::from(number))
    };
    let from = row.text(Meaning::Caller).or_else(|| extension(Meaning::Channel));
    let dialled = row.text(Meaning::Called).filter(|_| record.machine != Some(Machine::Conference));
    record.extension = extension(Meaning::OtherChannel).filter(|to| from.as_ref() != Some(to)).or(dialled);
    record.from_extension = from;
    record.direction = Direction::Internal;
    record.number =
        if record.machine == Some(Machine::Conference) { row.text(Meaning::Called) } else { None };
    record.did = None;
}
