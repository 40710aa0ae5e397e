//! One question about many calls at a time.

use calls::CallId;
use rusqlite::{Row, params_from_iter};

use crate::{Ledger, Result};

/// Values bound at a time: SQLite's usual limit is some 32,000.
const AT_ONCE: usize = 10_000;

/// Runs `sql`, whose `(CALLS)` are the calls and whose first column is a call's id, for all of `calls`.
pub(crate) fn of_calls<T>(
    ledger: &Ledger,
    sql: &str,
    calls: &[CallId],
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<(CallId, T)>> {
    let mut found = Vec::new();
    for calls in calls.chunks(AT_ONCE) {
        let places = vec!["?"; calls.len()].join(", ");
        let mut statement =
            ledger.connection.prepare_cached(&sql.replace("(CALLS)", &format!("({places})")))?;
        let mut rows = statement.query(params_from_iter(calls.iter().map(|call| call.0.cast_signed())))?;
        while let Some(row) = rows.next()? {
            found.push((CallId(row.get::<_, i64>(0)?.cast_unsigned()), read(row)?));
        }
    }
    Ok(found)
}
