//! The derived part as a whole: emptied before a rebuild, and summed up to prove that a rebuild is identical.

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    ops::ControlFlow,
};

use rusqlite::types::ValueRef;

use crate::{
    CallSelection, Ledger, Result,
    column::{Column, Meaning, Shown},
    scan::Way,
};

/// Tables that are emptied before a rebuild.
const DERIVED: [&str; 13] = [
    "line",
    "record",
    "call",
    "call_part",
    "call_column",
    "month_sum",
    "unsummed_month",
    "call_thread",
    "term",
    "exchange_code",
    "number",
    "reject",
    "tally",
];

/// Derived tables, each with the columns that a rebuild must reproduce, and which rows of it in which order.
/// Row numbers are left out: they name nothing outside the file. So are numbers that no call has any more, for a
/// call that is told otherwise may leave one behind. What calls' columns say is told call by call.
const REPRODUCED: [(&str, &str, &str); 6] = [
    (
        "line",
        "source, position, number, length, received_at, verdict, marks, reason",
        "ORDER BY source, position",
    ),
    (
        "record",
        "key, source, position, arrived, exchange, format, trunk, number, start_utc, end_utc, joins, call, body",
        "ORDER BY key",
    ),
    ("call", "id, source, live, rows, body, same_as", "ORDER BY id"),
    ("call_thread", "thread, call", "ORDER BY thread, call"),
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
        for table in DERIVED {
            self.connection.execute(&format!("DELETE FROM {table}"), [])?;
        }
        self.forget_known_from_lines()?;
        // Recordings are of other calls then, perhaps.
        self.set_recordings_asked_of(None)?;
        self.known_terms.forget();
        Ok(())
    }

    /// Rows and a checksum of every derived table: equal before and after a rebuild, or the rebuild differs.
    pub fn derived_digest(&self) -> Result<BTreeMap<&'static str, (u64, u64)>> {
        let mut digests = BTreeMap::new();
        for (table, columns, which) in REPRODUCED {
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
        digests.insert("call_part", self.parts_digest()?);
        digests.insert("call_column", self.columns_digest()?);
        digests.insert("month_sum", self.sums_digest()?);
        digests.insert("number", self.numbers_digest()?);
        Ok(digests)
    }

    fn parts_digest(&self) -> Result<(u64, u64)> {
        let mut statement =
            self.connection.prepare("SELECT part, calls, sums FROM call_part ORDER BY part")?;
        let mut rows = statement.query([])?;
        let (mut count, mut sum) = (0, Fnv::new());
        while let Some(row) = rows.next()? {
            count += 1;
            sum.write(&row.get::<_, i64>(0)?.to_le_bytes());
            sum.write(&row.get::<_, i64>(1)?.to_le_bytes());
            sum.write(row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?);
        }
        Ok((count, sum.0))
    }

    /// Every value of every call, texts and numbers written out.
    fn columns_digest(&self) -> Result<(u64, u64)> {
        let columns: Vec<Column> = Column::SINGLE.into_iter().chain(Column::OF_PARTIES).collect();
        let everything = self.sieve(&CallSelection::default())?;
        let mut texts: HashMap<(Meaning, u32), String> = HashMap::new();
        let (mut count, mut sum) = (0, Fnv::new());
        self.each_match(&everything, &columns, Way::OldestFirst, |part, kept| {
            count += kept.len() as u64;
            sum.write(&part.number.to_le_bytes());
            for column in &columns {
                for value in part.values(*column)?.iter() {
                    if *column == Column::OutcomeCode {
                        sum.write(self.exchange_code(value)?.as_bytes());
                        sum.write(b"\0");
                        continue;
                    }
                    let named = match (column.meaning(), value) {
                        (Meaning::Itself, _) | (Meaning::Term | Meaning::Number, 0) => None,
                        (Meaning::Shown, _) => match Shown::of(value) {
                            Shown::Term(id) => Some((Meaning::Term, id)),
                            // The number stands in a column of its own.
                            Shown::Nothing | Shown::Outside => None,
                        },
                        (meaning, id) => Some((meaning, id)),
                    };
                    let Some(named) = named else {
                        sum.write(&value.to_le_bytes());
                        continue;
                    };
                    let text = match texts.entry(named) {
                        Entry::Occupied(present) => present.into_mut(),
                        Entry::Vacant(empty) => empty.insert(match named {
                            (Meaning::Number, id) => self.printed(id)?,
                            (_, id) => self.term_text(id)?,
                        }),
                    };
                    sum.write(text.as_bytes());
                    sum.write(b"\0");
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok((count, sum.0))
    }

    fn numbers_digest(&self) -> Result<(u64, u64)> {
        let used = self.calls_by_number()?;
        let mut statement = self.connection.prepare(
            "SELECT id, exchange, dialled, printed, class, country, normal FROM number
             ORDER BY exchange, dialled, printed",
        )?;
        let mut rows = statement.query([])?;
        let (mut count, mut sum) = (0, Fnv::new());
        while let Some(row) = rows.next()? {
            if used.of(row.get(0)?) == 0 {
                continue;
            }
            count += 1;
            sum.write(&row.get::<_, i64>(1)?.to_le_bytes());
            sum.write(&row.get::<_, i64>(2)?.to_le_bytes());
            for column in 3..7 {
                let text: Option<String> = row.get(column)?;
                sum.write(text.unwrap_or_default().as_bytes());
                sum.write(b"\0");
            }
        }
        Ok((count, sum.0))
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
