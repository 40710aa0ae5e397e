//! `doctor`: what is wrong, and what to do.

use std::path::PathBuf;

use ::app::App;
use serde_json::json;

use crate::{Done, arguments::Doctor, input, text};

pub(crate) fn run(ledger: Option<PathBuf>, arguments: &Doctor) -> anyhow::Result<Done> {
    let path = input::existing_ledger(ledger)?;
    let app = App::open(&path, "ringledger doctor")?;
    let found = app.diagnose()?;
    let health = &found.health;
    if arguments.json {
        text::out(json!({
            "ledger": path,
            "healthy": found.findings.is_empty(),
            "problems": found.findings,
            "calls": health.calls,
            "lines": health.lines,
            "rejected": health.rejected,
            "raw_bytes": health.raw_bytes,
            "file_bytes": health.file_bytes,
            "collected_by": found.collected_by,
        }))?;
    } else {
        text::out(format!("{}: {} calls from {} lines", path.display(), health.calls, health.lines))?;
        if health.rejected > 0 {
            text::out(format!("{} lines could not be read; they are kept.", health.rejected))?;
        }
        if let Some(collected_by) = &found.collected_by {
            text::out(collected_by)?;
        }
        for finding in &found.findings {
            text::out(&finding.message)?;
            text::out(format!("  {}", finding.hint.as_deref().unwrap_or_default()))?;
        }
        if found.findings.is_empty() {
            text::out("Nothing is wrong with it.")?;
        }
    }
    Ok(if found.findings.is_empty() { Done::Well } else { Done::Badly })
}
