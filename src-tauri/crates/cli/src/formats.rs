//! `formats`: the catalogue, and definitions put to the test of their own examples.

use std::{fs, path::Path};

use ::app::AppError;
use ::formats::{Format, Layout, TableLayout};
use serde_json::{Value, json};

use crate::{
    Done,
    arguments::{Formats, FormatsCommand},
    text,
};

pub(crate) fn run(arguments: Formats) -> anyhow::Result<Done> {
    match arguments.what {
        None => list(arguments.json),
        Some(FormatsCommand::Show { id, json }) => show(&id, json),
        Some(FormatsCommand::Check { files }) => check(&files),
    }
}

fn list(as_json: bool) -> anyhow::Result<Done> {
    let formats = ::formats::formats().map_err(AppError::from)?;
    if as_json {
        let lines = formats.iter().map(|format| about(format.as_ref()));
        text::out(json!(lines.chain(tables()?.iter().map(about_table)).collect::<Vec<_>>()))?;
    } else {
        for format in formats {
            text::out(format!("{:<20} {}", format.id(), format.name()))?;
        }
        for table in tables()? {
            text::out(format!("{:<20} {} (table)", table.id(), table.name()))?;
        }
    }
    Ok(Done::Well)
}

fn tables() -> Result<&'static [TableLayout], AppError> {
    Ok(::formats::tables()?)
}

fn show_table(table: &TableLayout, as_json: bool) -> anyhow::Result<Done> {
    if as_json {
        text::out(about_table(table))?;
        return Ok(Done::Well);
    }
    text::out(table.name())?;
    for (title, sentences) in [("Good to know:", table.advice()), ("Known from:", table.sources())] {
        text::out(title)?;
        for sentence in sentences {
            text::out(format!("  - {sentence}"))?;
        }
    }
    Ok(Done::Well)
}

fn about_table(table: &TableLayout) -> Value {
    json!({
        "id": table.id(),
        "name": table.name(),
        "reads": "tables",
        "advice": table.advice(),
        "sources": table.sources(),
    })
}

fn show(id: &str, as_json: bool) -> anyhow::Result<Done> {
    if let Some(table) = tables()?.iter().find(|table| table.id() == id) {
        return show_table(table, as_json);
    }
    let format = ::formats::format(id).map_err(AppError::from)?;
    if as_json {
        text::out(about(format))?;
        return Ok(Done::Well);
    }
    let serial = format.serial();
    text::out(format.name())?;
    text::out(format!("Serial line: {} bits per second, {} data bits", serial.baud, serial.data_bits))?;
    text::out("At the exchange:")?;
    for advice in format.advice() {
        text::out(format!("  - {advice}"))?;
    }
    text::out("Known from:")?;
    for source in format.sources() {
        text::out(format!("  - {source}"))?;
    }
    text::out("Lines look like:")?;
    for example in format.examples().iter().take(5) {
        text::out(format!("  {}", example.line))?;
    }
    Ok(Done::Well)
}

fn about(format: &dyn Format) -> Value {
    json!({
        "id": format.id(),
        "name": format.name(),
        "reads": "lines",
        "serial": format.serial(),
        "advice": format.advice(),
        "sources": format.sources(),
        "examples": format.examples().iter().map(|example| example.line.clone()).collect::<Vec<_>>(),
    })
}

fn check(files: &[std::path::PathBuf]) -> anyhow::Result<Done> {
    let mut good = true;
    for file in files {
        good &= check_one(file)?;
    }
    Ok(if good { Done::Well } else { Done::Badly })
}

fn check_one(file: &Path) -> anyhow::Result<bool> {
    let toml = fs::read_to_string(file).map_err(|error| AppError::File(file.to_owned(), error))?;
    let name = file.display();
    match Layout::from_toml(&toml) {
        Err(error) => {
            text::out(format!("{name}: {error}"))?;
            Ok(false)
        }
        Ok(layout) => {
            let failures = layout.check_examples();
            for failure in &failures {
                text::out(format!("{name}: {failure}"))?;
            }
            let count = layout.examples().len();
            text::out(format!(
                "{name}: {} of {count} examples are read as they should be",
                count - failures.len()
            ))?;
            Ok(failures.is_empty())
        }
    }
}
