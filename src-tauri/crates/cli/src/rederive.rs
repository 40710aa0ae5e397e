//! `rederive`: rebuilds everything derived, or proves that it could.

use std::path::PathBuf;

use ::app::App;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::{Done, arguments::Rederive, input, text};

pub(crate) fn run(ledger: Option<PathBuf>, arguments: &Rederive) -> anyhow::Result<Done> {
    let app = App::open(&input::existing_ledger(ledger)?, "ringledger rederive")?;
    // Hidden by itself where standard error is no terminal.
    let bar = ProgressBar::new(0).with_style(
        ProgressStyle::with_template("{bar:40} {percent} %  {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let shown = bar.clone();
    let came = app.rederive(arguments.check, move |done, total| {
        shown.set_length(total);
        shown.set_position(done);
        true
    })?;
    bar.finish_and_clear();
    if arguments.json {
        text::out(json!({
            "identical": came.identical,
            "differing": came.differing,
            "lines": came.lines,
            "calls": came.calls,
            "changed": !arguments.check,
        }))?;
    } else {
        let sum = format!("{} lines, {} calls", came.lines, came.calls);
        text::out(match (came.identical, arguments.check) {
            (true, true) => format!("A rebuild would be identical: {sum}."),
            (true, false) => format!("Rebuilt, identical: {sum}."),
            (false, true) => format!("A rebuild would differ in {}: {sum}.", came.differing.join(", ")),
            (false, false) => format!("Rebuilt; {} came out different: {sum}.", came.differing.join(", ")),
        })?;
    }
    Ok(if arguments.check && !came.identical { Done::Badly } else { Done::Well })
}
