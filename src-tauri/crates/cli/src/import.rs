//! `import` and `undo-import`: files of calls into the ledger, and out of it again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ::app::{
    App, AppError, Progress,
    views::{ImportOptions, ImportSummary},
};
use serde_json::{Value, json};

use crate::{
    Done,
    arguments::{Import, UndoImport},
    hint, input,
    long_work::shown,
    text,
};

const PROGRAM: &str = "ringledger import";

/// Rejected rows told one by one; the rest is counted.
const TOLD: u32 = 1000;

pub(crate) fn run(ledger: Option<PathBuf>, arguments: &Import) -> anyhow::Result<Done> {
    let files = files(&arguments.files)?;
    let path = input::ledger(ledger)?;
    let scratch = Scratch::of(&path, arguments.dry_run)?;
    let app = App::open(scratch.as_ref().map_or(&path, |scratch| &scratch.ledger), PROGRAM)?;
    let mapping = arguments.mapping.as_deref().map(|mapping| mapping_of(&app, mapping)).transpose()?;
    let options = ImportOptions {
        format: Some(arguments.format.clone()).filter(|format| format != "auto"),
        mapping,
        encoding: arguments.encoding.clone(),
        separator: arguments.separator.clone(),
        sheet: arguments.sheet.clone(),
        zone: arguments.zone.clone(),
        exchange: arguments.exchange,
        account_code: arguments.account_code.clone(),
        ..ImportOptions::default()
    };
    let mut rejected = false;
    let mut failed = false;
    for file in &files {
        match import_one(&app, file, &options) {
            Ok(summary) => {
                rejected |= summary.rejected > 0;
                tell(&app, &summary, arguments)?;
            }
            // The other files are imported all the same.
            Err(error) if files.len() > 1 => {
                failed = true;
                text::say(&format!("{}: {error}", file.display()));
                if let Some(hint) = hint::of(&error) {
                    text::say(&hint);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(match (failed, rejected) {
        (true, _) => Done::Badly,
        (false, true) => Done::WithRejects,
        (false, false) => Done::Well,
    })
}

pub(crate) fn undo(ledger: Option<PathBuf>, arguments: &UndoImport) -> anyhow::Result<Done> {
    let app = App::open(&input::existing_ledger(ledger)?, "ringledger undo-import")?;
    let progress = Progress::default();
    shown(&progress, "rows", |progress| app.undo_import(arguments.batch, progress))?;
    let undone = app.import_history()?.into_iter().find(|batch| batch.id == arguments.batch);
    let (file, calls) = undone.map_or_else(Default::default, |batch| (batch.file, batch.summary.calls));
    if arguments.json {
        text::out(json!({ "batch": arguments.batch, "file": file, "undone": true }))?;
    } else {
        text::out(format!("Import {} ({file}, {calls} calls) was taken back.", arguments.batch))?;
    }
    Ok(Done::Well)
}

pub(crate) fn history(ledger: Option<PathBuf>, as_json: bool) -> anyhow::Result<Done> {
    let app = App::open(&input::existing_ledger(ledger)?, PROGRAM)?;
    for batch in app.import_history()? {
        if as_json {
            text::out(serde_json::to_string(&batch)?)?;
        } else {
            let state = match batch.undone_at {
                Some(at) => format!("taken back {at}"),
                None => format!("{} calls", batch.summary.calls),
            };
            text::out(format!(
                "{}  {}  {}: {} rows, {state}",
                batch.id, batch.imported_at, batch.file, batch.summary.lines
            ))?;
        }
    }
    Ok(Done::Well)
}

fn import_one(app: &App, file: &Path, options: &ImportOptions) -> Result<ImportSummary, AppError> {
    let progress = Progress::default();
    shown(&progress, "rows", |progress| app.import_unseen(file, options, progress))
}

fn tell(app: &App, summary: &ImportSummary, arguments: &Import) -> anyhow::Result<()> {
    let rejects =
        if summary.rejected > 0 { app.rejected_rows(summary.batch, 0, TOLD)?.rows } else { Vec::new() };
    if arguments.json {
        let rejects: Vec<Value> = rejects
            .iter()
            .map(|row| json!({ "line": row.line, "reason": row.reason, "raw": row.raw }))
            .collect();
        text::out(json!({
            "batch": (!arguments.dry_run).then_some(summary.batch),
            "file": summary.file,
            "format": summary.format,
            "lines": summary.lines,
            "inserted": summary.inserted,
            "known": summary.known,
            "ignored": summary.ignored,
            "rejected": summary.rejected,
            "updated": summary.updated,
            "known_from_lines": summary.known_from_lines,
            "calls": summary.calls,
            "first": summary.first,
            "last": summary.last,
            "seconds": summary.seconds,
            "rejects": rejects,
        }))?;
        return Ok(());
    }
    let would = if arguments.dry_run { "would be " } else { "" };
    text::out(format!(
        "{}: {} rows of {}; {} {would}new, {} known, {} no calls, {} rejected; {} calls.",
        summary.file,
        summary.lines,
        summary.format_name,
        summary.inserted,
        summary.known,
        summary.ignored,
        summary.rejected,
        summary.calls,
    ))?;
    if let (Some(first), Some(last)) = (&summary.first, &summary.last) {
        text::out(format!("From {first} to {last}, in {:.1} s.", summary.seconds))?;
    }
    if summary.known_from_lines > 0 {
        text::out(format!(
            "{} of the known came over a line, too; their calls are not counted twice.",
            summary.known_from_lines
        ))?;
    }
    for row in &rejects {
        text::say(&format!("line {}: {}: {}", row.line, row.reason, row.raw));
    }
    if summary.rejected > u64::from(TOLD) {
        text::say(&format!("… and {} more rejected rows.", summary.rejected - u64::from(TOLD)));
    }
    if !arguments.dry_run {
        text::say(&format!("ringledger undo-import {} takes this back.", summary.batch));
    }
    Ok(())
}

/// Files as they are named, folders as the files in them.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, AppError> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let told = |error| AppError::File(path.clone(), error);
        let mut within = Vec::new();
        for entry in fs::read_dir(path).map_err(told)? {
            let entry = entry.map_err(told)?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden && entry.path().is_file() {
                within.push(entry.path());
            }
        }
        within.sort();
        files.extend(within);
    }
    Ok(files)
}

/// A kept mapping's name; a file with one is kept under its own name first.
fn mapping_of(app: &App, mapping: &str) -> anyhow::Result<String> {
    let path = Path::new(mapping);
    if app.list_mappings()?.iter().any(|kept| kept.name == mapping) || !path.is_file() {
        return Ok(mapping.to_owned());
    }
    let body = fs::read_to_string(path).map_err(|error| AppError::File(path.to_owned(), error))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    app.keep_mapping_text(&name, &body)?;
    Ok(name)
}

/// A copy of the ledger to try an import on, gone when dropped.
struct Scratch {
    ledger: PathBuf,
    folder: PathBuf,
}

impl Scratch {
    fn of(ledger: &Path, wanted: bool) -> anyhow::Result<Option<Self>> {
        if !wanted {
            return Ok(None);
        }
        let folder = std::env::temp_dir().join(format!("ringledger-dry-run-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| AppError::File(folder.clone(), error))?;
        let scratch = Self { ledger: folder.join("calls.ringledger"), folder };
        if ledger.exists() {
            App::open(ledger, PROGRAM)?.back_up(&scratch.ledger)?;
        }
        Ok(Some(scratch))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left in the folder for temporary files goes with the next start of the computer.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
