//! The derived part as a whole: emptied before a rebuild, and summed up to prove that a rebuild is identical.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;

use crate::{Ledger, Result};

/// Derived tables, each with the columns that a rebuild must reproduce, and which rows of it in which order.
/// Row numbers are left out: they name nothing outside the file. So are numbers that no call has any more, for a
/// call that is told otherwise may leave one behind.
const DERIVED: [(&str, &str, &str); 10] = [
    ("line", "source, position, number, length, received_at, verdict, marks, reason", "ORDER BY source, position"),
    (
        "record",
        "key, source, position, arrived, exchange, format, trunk, number, start_utc, end_utc, joins, call, body",
        "ORDER BY key",
    ),
    (
        "call",
        "id, source, live, start_local, start_utc, direction, outcome, caller, called,
         (SELECT printed FROM number WHERE number.id = outside), answered_by, trunk, wait, talk, parties, extra, rows,
         body",
        "ORDER BY id",
    ),
    ("call_party", "extension, call, rung, talked, talk", "ORDER BY extension, call"),
    (
        "call_number",
        "(SELECT printed FROM number WHERE number.id = call_number.number), call",
        "ORDER BY call",
    ),
    ("call_thread", "thread, call", "ORDER BY thread, call"),
    ("number", "exchange, dialled, printed, class, country, normal", "WHERE EXISTS (SELECT 1 FROM call_number WHERE call_number.number = number.id)
         ORDER BY exchange, dialled, printed"),
    (
        "half_hour",
        "slot, direction, outcome, live, calls, wait, waited, talk, talked",
        "ORDER BY slot, direction, outcome, live",
    ),
    ("reject", "source, line, block, row, reason", "ORDER BY source, line"),
    (
        "tally",
        "source, made_with, framed_to, lines, inserted, known, ignored, rejected, decode, framing, parse, last_line_at",
        "ORDER BY source",
    ),
];

impl Ledger {
    /// Empties every derived table; what people typed and the spool stay.
    pub fn clear_derived(&self) -> Result<()> {
        for (table, ..) in DERIVED {
            self.connection.execute(&format!("DELETE FROM {table}"), [])?;
        }
        Ok(())
    }

    /// Rows and a checksum of every derived table: equal before and after a rebuild, or the rebuild differs.
    pub fn derived_digest(&self) -> Result<BTreeMap<&'static str, (u64, u64)>> {
        let mut digests = BTreeMap::new();
        for (table, columns, which) in DERIVED {
            let mut statement = self.connection.prepare(&format!("SELECT {columns} FROM {table} {which}"))?;
            let width = statement.column_count();
            let mut rows = statement.query([])?;
            let (mut count, mut sum) = (0_u64, Fnv::new());
            while let Some(row) = rows.next()? {
                count += 1;
                for column in 0..width {
                    match row.get_ref(column)? {
                        ValueRef::Null => sum.write(b"\0"),
                        ValueRef::Integer(number) => sum.write(&number.to_le_bytes()),
                        ValueRef::Real(number) => sum.write(&number.to_le_bytes()),
                        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                            sum.write(&bytes.len().to_le_bytes());
                            sum.write(bytes);
                        }
                    }
                }
            }
            digests.insert(table, (count, sum.0));
        }
        Ok(digests)
    }

    /// The version of the rules by which the derived part was made; `None` before anything was derived.
    pub fn derived_by(&self) -> Result<Option<String>> {
        use rusqlite::OptionalExtension;
        let sql = "SELECT value FROM meta WHERE name = 'derived-by'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0)).optional()?)
    }

    pub fn set_derived_by(&self, version: &str) -> Result<()> {
        self.connection
            .execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('derived-by', ?)", [version])?;
        Ok(())
    }
}

/// FNV-1a, 64 bits: tells equal from different; nobody has an interest in forging it.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
