//! `parse`: reads lines without a ledger.

use std::collections::HashMap;

use ::app::{AppError, ReadLine};

use crate::{Done, arguments::Parse, input, json, text};

pub(crate) fn run(arguments: &Parse) -> anyhow::Result<Done> {
    let zone = input::zone(arguments.zone.as_deref())?;
    let opened = input::open(&arguments.file)?;
    let (format, opened) = input::recognise(&arguments.format, &arguments.file, opened)?;
    let mut rejected = 0_u64;
    let mut lines: Vec<ReadLine> = Vec::new();
    let mut written = Ok(());
    let read = ::app::read_lines(opened, format, zone, |line| {
        rejected += u64::from(line.record.is_err());
        if arguments.records {
            written = if arguments.json {
                text::out(json::read_line(&line, format.id()))
            } else {
                text::out(told(&line))
            };
        } else {
            if let Err(reject) = &line.record {
                text::say(&format!("line {}: {}", line.line, reject.reason));
            }
            lines.push(line);
        }
        written.is_ok()
    });
    read.map_err(|error| AppError::File(arguments.file.clone(), error))?;
    written?;
    if arguments.calls {
        let numbers: HashMap<_, _> = lines.iter().rev().map(|line| (line.key, line.line)).collect();
        for stitched in ::app::stitch_lines(&lines, format) {
            let call = &stitched.call;
            if arguments.json {
                let evidence: Vec<u64> =
                    call.evidence.iter().filter_map(|key| numbers.get(key).copied()).collect();
                text::out(json::call(call, stitched.live, evidence))?;
            } else {
                text::out(text::call(call))?;
            }
        }
    }
    Ok(if rejected > 0 { Done::WithRejects } else { Done::Well })
}

fn told(line: &ReadLine) -> String {
    match &line.record {
        Ok(record) => {
            let part = |name: &str, value: &Option<String>| {
                value.as_ref().map_or_else(String::new, |value| format!("  {name} {value}"))
            };
            let seconds = |name: &str, value: Option<u32>| {
                value.map_or_else(String::new, |value| format!("  {name} {value} s"))
            };
            format!(
                "{:>6}  {}  {}{}{}{}{}{}",
                line.line,
                record.end.map_or_else(|| "no time".to_owned(), |end| end.printed().to_string()),
                record.direction.as_str(),
                part("trunk", &record.trunk),
                part("extension", &record.extension),
                part("number", &record.number),
                seconds("ring", record.ring_seconds),
                seconds("talk", record.talk_seconds),
            )
        }
        Err(reject) => format!("{:>6}  rejected: {}", line.line, reject.reason),
    }
}
