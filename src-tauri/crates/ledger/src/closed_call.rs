//! Open calls that people closed.

use calls::CallId;
use rusqlite::params;

use crate::{Ledger, Result, many};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedCall {
    pub reason: String,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub closed_at: i64,
}

impl Ledger {
    pub fn close_call(&self, call: CallId, closed: &ClosedCall) -> Result<()> {
        self.connection.execute(
            "INSERT OR REPLACE INTO closed_call (call, reason, author, closed_at) VALUES (?, ?, ?, ?)",
            params![call.0.cast_signed(), closed.reason, closed.author, closed.closed_at],
        )?;
        Ok(())
    }

    pub fn reopen_call(&self, call: CallId) -> Result<()> {
        self.connection.execute("DELETE FROM closed_call WHERE call = ?", [call.0.cast_signed()])?;
        Ok(())
    }

    /// Those of some calls that people closed.
    pub fn closed_calls(&self, calls: &[CallId]) -> Result<Vec<(CallId, ClosedCall)>> {
        let sql = "SELECT call, reason, author, closed_at FROM closed_call WHERE call IN (CALLS)";
        many::of_calls(self, sql, calls, |row| {
            Ok(ClosedCall { reason: row.get(1)?, author: row.get(2)?, closed_at: row.get(3)? })
        })
    }

    /// Imported calls that people closed: they are told from their rows, which know nothing of it.
    pub fn closed_imported_calls(&self) -> Result<Vec<CallId>> {
        // In this order: few are closed, and SQLite would rather go through all calls.
        let mut statement = self.connection.prepare_cached(
            "SELECT call.id FROM closed_call CROSS JOIN call ON call.id = closed_call.call
             WHERE call.rows IS NOT NULL",
        )?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        rows.map(|id| Ok(CallId(id?.cast_unsigned()))).collect()
    }
}
