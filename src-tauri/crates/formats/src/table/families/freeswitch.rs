//! FreeSWITCH: rows of mod_cdr_csv's templates, one of which writes whole statements for a database.

use calls::{Record, Text};

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
    // INSERT INTO cdr VALUES ("Anna","100",…,""): the statement stands in the first and the last cell.
    if row.bytes(Meaning::CallerName).starts_with(b"INSERT INTO") {
        let name = record.caller_name.take().unwrap_or_default();
        let name = name.split_once('(').map_or("", |(_, name)| name).trim_matches('"');
        record.caller_name = (!name.is_empty()).then(|| name.into());
        let account = record.account_code.take().unwrap_or_default();
        let account = account.trim_end_matches([')', ';']).trim_matches('"');
        record.account_code = (!account.is_empty()).then(|| account.into());
        if record.account_code.is_none() {
            record.account_code = context.account_code.map(Text::from);
        }
    }
    Ok(record)
}
