//! Words that people put to calls, compared without regard to case.

use std::collections::BTreeMap;

use calls::CallId;
use rusqlite::params;

use crate::{Ledger, Result, many};

impl Ledger {
    /// The call has exactly these tags from now on. Of tags that differ only in case the first is taken.
    pub fn set_tags(&self, call: CallId, tags: &[String]) -> Result<()> {
        let call = call.0.cast_signed();
        self.connection.execute("DELETE FROM tag WHERE call = ?", [call])?;
        let mut statement = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO tag (folded, call, tag) VALUES (?, ?, ?)")?;
        for tag in tags {
            statement.execute(params![tag.to_lowercase(), call, tag])?;
        }
        Ok(())
    }

    /// The tags of some calls, in the order of the alphabet.
    pub fn tags_of(&self, calls: &[CallId]) -> Result<Vec<(CallId, String)>> {
        many::of_calls(
            self,
            "SELECT call, tag FROM tag WHERE call IN (CALLS) ORDER BY call, folded",
            calls,
            |row| row.get(1),
        )
    }

    /// All tags of calls that are there, each as most of them spell it, and how many calls have it; most used first.
    pub fn tags(&self) -> Result<Vec<(String, u32)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT folded, tag, count(*) FROM tag WHERE EXISTS (SELECT 1 FROM call WHERE call.id = tag.call)
             GROUP BY folded, tag ORDER BY folded, 3 DESC, tag",
        )?;
        let mut rows = statement.query([])?;
        let mut tags: BTreeMap<String, (String, u32)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let calls: u32 = row.get(2)?;
            tags.entry(row.get(0)?).or_insert((row.get(1)?, 0)).1 += calls;
        }
        let mut tags: Vec<(String, u32)> = tags.into_values().collect();
        // A stable sort: those that are used alike keep the order of the alphabet.
        tags.sort_by_key(|(_, calls)| std::cmp::Reverse(*calls));
        Ok(tags)
    }
}
