//! Rebuilding everything derived from the spool, and proving that the rebuild is identical.

use chrono::{DateTime, Utc};
use ledger::Ledger;

use super::{Intake, RULES, stream::made_with};
use crate::{
    AppError,
    import::{TABLE, rederive_batches},
};

/// What came of a rebuild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rederived {
    /// Every derived table has the same rows as before.
    pub identical: bool,
    /// Tables that came out different.
    pub differing: Vec<String>,
    pub lines: u64,
    pub calls: u64,
}

/// Chunks between two signs of life; all of them are one transaction.
const CHUNKS_AT_ONCE: usize = 4096;

/// Rebuilds the derived part; with `check` the ledger is left as it is and only the comparison is told.
///
/// `progress` is told how many chunks of how many were read; it ends the work by returning `false`, and
/// nothing is changed then.
pub fn rederive(
    ledger: &mut Ledger,
    check: bool,
    now: DateTime<Utc>,
    mut progress: impl FnMut(u64, u64) -> bool,
) -> Result<Rederived, AppError> {
    let work = |ledger: &Ledger| rebuild(ledger, now, &mut progress);
    if check { ledger.trial(work) } else { ledger.transaction(work) }
}

fn rebuild(
    ledger: &Ledger,
    now: DateTime<Utc>,
    progress: &mut impl FnMut(u64, u64) -> bool,
) -> Result<Rederived, AppError> {
    // What waits in the spool is not a difference: take it in first.
    let mut present = Intake::default();
    present.take_in_all(ledger, now)?;
    let before = ledger.derived_digest()?;

    ledger.clear_derived()?;
    let total = u64::try_from(ledger.last_chunk()?).unwrap_or_default();
    let mut intake = Intake::default();
    loop {
        let more = intake.digest(ledger, CHUNKS_AT_ONCE, now)?.more;
        let done = intake.read_to.and_then(|id| u64::try_from(id).ok()).unwrap_or_default();
        if !progress(done, total) {
            return Err(AppError::Cancelled);
        }
        if !more {
            break;
        }
    }
    intake.settle_in(ledger, now)?;
    rederive_batches(ledger, || if progress(total, total) { Ok(()) } else { Err(AppError::Cancelled) })?;
    ledger.set_derived_by(RULES)?;
    let after = ledger.derived_digest()?;

    let differing: Vec<String> = after
        .iter()
        .filter(|(table, digest)| before.get(*table) != Some(digest))
        .map(|(table, _)| (*table).to_owned())
        .collect();
    let rows = |table: &str| after.get(table).map_or(0, |(rows, _)| *rows);
    Ok(Rederived {
        identical: differing.is_empty(),
        differing,
        lines: rows("line"),
        calls: rows("call_column"),
    })
}

/// Derives the ledger anew when it was made by other rules, or a source's lines by another format or zone.
/// Whether it did.
pub(crate) fn follow_rules(ledger: &mut Ledger, now: DateTime<Utc>) -> Result<bool, AppError> {
    let version = ledger.derived_by()?;
    if version.is_none() {
        ledger.transaction(|ledger| ledger.set_derived_by(RULES))?;
    }
    let other_rules = version.is_some_and(|version| version != RULES);
    if !other_rules && !other_reading(ledger)? {
        return Ok(false);
    }
    tracing::info!("rules or settings have changed: deriving the calls anew");
    rederive(ledger, false, now, |_, _| true)?;
    Ok(true)
}

fn other_reading(ledger: &Ledger) -> Result<bool, AppError> {
    for source in ledger.every_source()?.into_iter().filter(|source| source.draft.kind != TABLE) {
        let tally = ledger.tally(source.id)?;
        if tally.lines > 0 && tally.made_with != made_with(&source) {
            return Ok(true);
        }
    }
    Ok(false)
}
