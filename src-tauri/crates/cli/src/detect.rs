//! `detect`: which format some lines have.

use ::app::AppError;
use serde_json::json;

use crate::{Done, arguments::Detect, input, text};

pub(crate) fn run(arguments: &Detect) -> anyhow::Result<Done> {
    let mut opened = input::open(&arguments.file)?;
    let head = ::app::head(&mut opened).map_err(|error| AppError::File(arguments.file.clone(), error))?;
    let found = ::formats::detect(&head)?;
    if arguments.json {
        let ranked: Vec<_> = found
            .iter()
            .map(|detection| {
                json!({
                    "format": detection.format,
                    "name": detection.name,
                    "confidence": (detection.confidence * 1000.0).round() / 1000.0,
                    "parsed": detection.parsed,
                    "rejected": detection.rejected,
                    "open_questions": detection.questions,
                })
            })
            .collect();
        text::out(json!(ranked))?;
    } else if found.is_empty() {
        text::out("No known format reads any of these lines.")?;
    } else {
        for detection in &found {
            let (percent, name) = (detection.confidence * 100.0, detection.name);
            text::out(format!(
                "{:<20} {percent:>3.0} %  {} lines read, {} not  ({name})",
                detection.format, detection.parsed, detection.rejected
            ))?;
            for question in &detection.questions {
                text::out(format!("  ? {question}"))?;
            }
        }
    }
    Ok(if found.is_empty() { Done::Badly } else { Done::Well })
}
