//! What is wrong with the ledger, and what to do.

use chrono::Utc;
use ledger::{CollectingLock, Health, Problem};

use crate::{App, AppError, views::ErrorView};

/// Findings, worst first; healthy when there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    pub findings: Vec<ErrorView>,
    pub health: Health,
    /// Who collects into the ledger now.
    pub collected_by: Option<String>,
}

impl App {
    /// Looks at the whole file; takes a while for a large one.
    pub fn diagnose(&self) -> Result<Diagnosis, AppError> {
        let health = self.read(|ledger| Ok(ledger.health()?))?;
        let findings = health.problems.iter().map(finding).collect();
        let collected_by = CollectingLock::holder(self.path(), Utc::now()).map(|holder| holder.to_string());
        Ok(Diagnosis { findings, health, collected_by })
    }
}

fn finding(problem: &Problem) -> ErrorView {
    let (code, message, hint) = match problem {
        Problem::Damaged(detail) => (
            "ledger-damaged",
            format!("The file is damaged: {detail}."),
            "Put a backup in its place with `ringledger restore FILE`; keep the damaged file.",
        ),
        Problem::Hole { source, position } => (
            "stream-hole",
            format!("Bytes of source {source} are missing at position {position} of its stream."),
            "The file was changed by something else than Ringledger; compare it with a backup.",
        ),
        Problem::Miscounted { source } => (
            "miscounted",
            format!("The lines of source {source} were counted wrongly."),
            "Run `ringledger rederive`; it counts them anew from the raw lines.",
        ),
    };
    ErrorView { code: code.to_owned(), message, hint: Some(hint.to_owned()), detail: None }
}
