//! What people decided about callers who are to be rung back, and by which limits they are found.

use rusqlite::{OptionalExtension, params};

use crate::{Ledger, NumberCall, Result};

/// Something that a person decided about a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingBackDecision {
    pub kind: RingBackDecisionKind,
    /// To whom, the note, the reason; `None`: taken away.
    pub text: Option<String>,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub decided_at: i64,
    /// Start of the missed call that was the caller's last then; seconds since 1970. It speaks of that call and those
    /// before it. Times of the exchange are compared with each other alone: its clock need not be this computer's.
    pub last_try: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RingBackDecisionKind {
    Given,
    Noted,
    Dismissed,
    Reopened,
}

/// By their numbers in the ledger.
const KINDS: [RingBackDecisionKind; 4] = [
    RingBackDecisionKind::Given,
    RingBackDecisionKind::Noted,
    RingBackDecisionKind::Dismissed,
    RingBackDecisionKind::Reopened,
];

/// Decisions by the callers' numbers, each in its one spelling; those of one caller in order.
pub type RingBackDecisions = std::collections::HashMap<String, Vec<RingBackDecision>>;

impl Ledger {
    /// Keeps a decision about the caller of a missed call.
    pub fn decide_ring_back(&self, about: &NumberCall, decision: &RingBackDecision) -> Result<()> {
        let RingBackDecision { kind, text, author, decided_at, last_try } = decision;
        let kind = KINDS.iter().position(|known| known == kind);
        self.connection.execute(
            "INSERT INTO ring_back (exchange, printed, kind, text, author, decided_at, last_try)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![about.exchange, about.printed, kind, text, author, decided_at, last_try],
        )?;
        Ok(())
    }

    /// What was decided about callers whose last missed call then was at `from` (seconds since 1970) or later.
    pub fn ring_back_decisions(&self, from: i64) -> Result<RingBackDecisions> {
        let mut statement = self.connection.prepare_cached(
            "SELECT normal, kind, text, author, decided_at, last_try FROM ring_back
             JOIN number ON number.exchange = ring_back.exchange AND dialled = 0
                 AND number.printed = ring_back.printed
             WHERE last_try >= ? ORDER BY ring_back.id",
        )?;
        let mut decisions = RingBackDecisions::new();
        let mut rows = statement.query([from])?;
        while let Some(row) = rows.next()? {
            let Some(kind) = KINDS.get(row.get::<_, usize>(1)?).copied() else { continue };
            decisions.entry(row.get(0)?).or_default().push(RingBackDecision {
                kind,
                text: row.get(2)?,
                author: row.get(3)?,
                decided_at: row.get(4)?,
                last_try: row.get(5)?,
            });
        }
        Ok(decisions)
    }

    /// Hours of the window and seconds of a short ring, if a person chose them.
    pub fn ring_back_settings(&self) -> Result<Option<(u32, u32)>> {
        let sql = "SELECT window_hours, short_ring_seconds FROM ring_back_settings";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    pub fn set_ring_back_settings(&self, window_hours: u32, short_ring_seconds: u32) -> Result<()> {
        self.connection.execute(
            "INSERT OR REPLACE INTO ring_back_settings (id, window_hours, short_ring_seconds) VALUES (1, ?, ?)",
            [window_hours, short_ring_seconds],
        )?;
        Ok(())
    }
}
