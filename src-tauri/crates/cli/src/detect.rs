//! `detect`: which format some lines or a table have.

use ::app::{AppError, TableDetection};
use serde_json::json;

use crate::{Done, arguments::Detect, input, text};

pub(crate) fn run(arguments: &Detect) -> anyhow::Result<Done> {
    let input = input::File::of(&arguments.file)?;
    let mut opened = input::open(input.path())?;
    let head = ::app::head(&mut opened).map_err(|error| AppError::File(arguments.file.clone(), error))?;
    let lines = ::formats::detect(&head)?.into_iter().map(|detection| TableDetection {
        format: detection.format.to_owned(),
        name: detection.name.to_owned(),
        confidence: detection.confidence,
        parsed: detection.parsed,
        rejected: detection.rejected,
        questions: detection.questions,
    });
    let mut found: Vec<TableDetection> = lines.collect();
    // What is no table at all may still be lines.
    found.extend(::app::detect_table(input.path()).unwrap_or_default());
    found.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
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
            let (percent, name) = (detection.confidence * 100.0, &detection.name);
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
