//! `parse`: reads lines without a ledger.

use std::{collections::HashMap, fs, path::Path};

use ::app::{AppError, CallKeys, ReadLine, views::ImportOptions};
use ::calls::{Stitched, Text};
use numbering::SiteRules;

use crate::{Done, arguments::Parse, input, json, text};

pub(crate) fn run(arguments: &Parse) -> anyhow::Result<Done> {
    let input = input::File::of(&arguments.file)?;
    let options = ImportOptions {
        format: Some(arguments.format.clone()).filter(|format| format != "auto"),
        zone: arguments.zone.clone(),
        ..ImportOptions::default()
    };
    let rules = arguments.dial_plan.as_deref().map(dial_plan).transpose()?;
    // A file that is no table may be lines; why it is neither is told by whoever reads lines.
    let table = match ::app::open_table(input.path(), &options, rules.as_ref()) {
        Ok(table) => table,
        Err(AppError::NotRecognised(_) | AppError::Table(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let mut reading = Reading { arguments, rejected: 0, lines: Vec::new(), written: Ok(()) };
    let calls = if let Some(table) = table {
        let format = table.format.clone();
        table.each(|line| reading.take(line, &format))?;
        ::app::stitch_rows
    } else {
        let zone = input::zone(arguments.zone.as_deref())?;
        let opened = input::open(input.path())?;
        let (format, opened) = input::recognise(&arguments.format, &arguments.file, opened)?;
        let read = ::app::read_lines(opened, format, zone, |line| reading.take(line, format.id()));
        read.map_err(|error| AppError::File(arguments.file.clone(), error))?;
        return reading.finish(|lines| ::app::stitch_lines(lines, format));
    };
    reading.finish(calls)
}

/// What is read, printed as it comes or kept for calls.
struct Reading<'a> {
    arguments: &'a Parse,
    rejected: u64,
    lines: Vec<ReadLine>,
    written: std::io::Result<()>,
}

impl Reading<'_> {
    /// Takes a line; `false` when nobody reads what is printed any more.
    fn take(&mut self, line: ReadLine, format: &str) -> bool {
        self.rejected += u64::from(line.record.is_err());
        if self.arguments.records {
            self.written = if self.arguments.json {
                text::out(json::read_line(&line, format))
            } else {
                text::out(told(&line))
            };
        } else {
            if let Err(reject) = &line.record {
                text::say(&format!("line {}: {}", line.line, reject.reason));
            }
            self.lines.push(line);
        }
        self.written.is_ok()
    }

    fn finish(self, stitched: impl FnOnce(&[ReadLine]) -> Vec<Stitched>) -> anyhow::Result<Done> {
        self.written?;
        if self.arguments.calls {
            let by_key: HashMap<_, _> = self.lines.iter().rev().map(|line| (line.key, line)).collect();
            for stitched in stitched(&self.lines) {
                let call = &stitched.call;
                if self.arguments.json {
                    let lines: Vec<&ReadLine> =
                        call.evidence.iter().filter_map(|key| by_key.get(key).copied()).collect();
                    let numbers = lines.iter().map(|line| line.line).collect();
                    let records = lines.iter().filter_map(|line| line.record.as_ref().ok());
                    text::out(json::call(call, stitched.live, numbers, &CallKeys::of(records)))?;
                } else {
                    text::out(text::call(call))?;
                }
            }
        }
        Ok(if self.rejected > 0 { Done::WithRejects } else { Done::Well })
    }
}

/// Dial rules as JSON, as the ledger keeps them.
fn dial_plan(path: &Path) -> anyhow::Result<SiteRules> {
    let text = fs::read_to_string(path).map_err(|error| AppError::File(path.to_owned(), error))?;
    Ok(serde_json::from_str(&text).map_err(|error| AppError::Rules(error.to_string()))?)
}

fn told(line: &ReadLine) -> String {
    match &line.record {
        Ok(record) => {
            let part = |name: &str, value: &Option<Text>| {
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
