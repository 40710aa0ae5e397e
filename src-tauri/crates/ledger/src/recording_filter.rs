//! How a site decrypts its recordings.

use rusqlite::params;

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingFilter {
    pub id: String,
    pub label: String,
    /// `None`: age, which is built in.
    pub program: Option<String>,
    /// None holds a line end.
    pub arguments: Vec<String>,
    /// What it reads from its standard input: 0 nothing, 1 the file, 2 the pass phrase.
    pub given: u8,
    pub endings: Vec<String>,
    pub notices_tampering: bool,
    /// How long it may take for any file, and besides for each megabyte.
    pub seconds: u32,
    pub seconds_per_megabyte: u32,
    pub most_megabytes: u32,
}

impl Ledger {
    /// Puts a list in the place of the present one.
    pub fn set_recording_filters(&self, filters: &[RecordingFilter]) -> Result<()> {
        self.connection.execute("DELETE FROM recording_filter", [])?;
        for (place, filter) in (0_i64..).zip(filters) {
            self.connection.execute(
                "INSERT INTO recording_filter (id, place, label, program, arguments, given, endings,
                 notices_tampering, seconds, seconds_per_megabyte, most_megabytes)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    filter.id,
                    place,
                    filter.label,
                    filter.program,
                    filter.arguments.join("\n"),
                    filter.given,
                    filter.endings.join(" "),
                    filter.notices_tampering,
                    filter.seconds,
                    filter.seconds_per_megabyte,
                    filter.most_megabytes
                ],
            )?;
        }
        Ok(())
    }

    /// In their order.
    pub fn recording_filters(&self) -> Result<Vec<RecordingFilter>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, label, program, arguments, given, endings, notices_tampering, seconds,
             seconds_per_megabyte, most_megabytes FROM recording_filter ORDER BY place",
        )?;
        let rows = statement.query_map([], |row| {
            let words = |text: String, between: char| {
                text.split(between).filter(|word| !word.is_empty()).map(str::to_owned).collect()
            };
            Ok(RecordingFilter {
                id: row.get(0)?,
                label: row.get(1)?,
                program: row.get(2)?,
                arguments: words(row.get(3)?, '\n'),
                given: row.get(4)?,
                endings: words(row.get(5)?, ' '),
                notices_tampering: row.get(6)?,
                seconds: row.get(7)?,
                seconds_per_megabyte: row.get(8)?,
                most_megabytes: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
