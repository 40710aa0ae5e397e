//! `recordings`: which there are, which calls they belong to, one of them as a file, and who listened.

use std::{
    io::{BufRead, IsTerminal},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use ::app::{
    App, AppError, ScanProgress, Scanned, Wanted, harmless,
    views::{FilterTrialView, ListeningView, RecordingFilterShow, RecordingRow},
};
use anyhow::Context as _;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::{
    Done,
    arguments::{
        CheckFilter, ExportRecording, ListRecordings, ListeningLog, RecordingsCommand, ScanRecordings,
    },
    input, recording_care,
    recording_log::Log,
    text,
};

/// Rows asked for at a time.
pub(crate) const A_PAGE: u32 = 500;

pub(crate) fn run(ledger: Option<PathBuf>, command: &RecordingsCommand) -> anyhow::Result<Done> {
    let app = App::open(&input::existing_ledger(ledger)?, "ringledger recordings")?;
    match command {
        RecordingsCommand::Scan(arguments) => scan(&app, arguments),
        RecordingsCommand::List(arguments) => list(&app, arguments),
        RecordingsCommand::Export(arguments) => export(&app, arguments),
        RecordingsCommand::CheckFilter(arguments) => check_filter(&app, arguments),
        RecordingsCommand::Log(arguments) => log(&app, arguments),
        RecordingsCommand::Of(arguments) => recording_care::of(&app, arguments),
        RecordingsCommand::Hold(arguments) => recording_care::hold(&app, arguments),
        RecordingsCommand::Delete(arguments) => recording_care::delete(&app, arguments),
        RecordingsCommand::Deletions(arguments) => recording_care::deletions(&app, arguments),
        RecordingsCommand::Retention(arguments) => recording_care::retention(&app, arguments),
        RecordingsCommand::Encrypt(arguments) => recording_care::encrypt(&app, arguments),
        RecordingsCommand::Raw(arguments) => recording_care::raw(&app, arguments),
    }
}

fn scan(app: &App, arguments: &ScanRecordings) -> anyhow::Result<Done> {
    // Hidden by itself where standard error is no terminal.
    let bar = ProgressBar::new_spinner();
    let shown = bar.clone();
    let scanned = app.scan_recordings(&arguments.folders, &mut |progress| {
        shown.set_message(match progress {
            ScanProgress::Looking { folder, recordings } => format!("{folder}: {recordings} recordings"),
            ScanProgress::Matching => "looking for their calls".to_owned(),
        });
        shown.tick();
        ControlFlow::Continue(())
    })?;
    bar.finish_and_clear();
    let counts = app.list_recordings(RecordingFilterShow::All, None, 1)?.counts;
    if arguments.json {
        text::out(json!({
            "folders": folders(app, &scanned)?,
            "asked": scanned.asked,
            "recordings": counts,
        }))?;
    } else {
        for folder in &scanned.folders {
            if folder.unreachable.is_none() {
                text::out(format!(
                    "{}: {} recordings; {} new, {} changed, {} as they were, {} gone.",
                    folder.path, folder.recordings, folder.new, folder.changed, folder.unchanged, folder.gone
                ))?;
            }
        }
        text::out(format!(
            "Of {} recordings {} belong to a call, {} fit several, {} fit none, {} have no sound, {} are too new, {} are gone.",
            counts.all,
            counts.matched,
            counts.ambiguous,
            counts.unmatched,
            counts.empty,
            counts.too_new,
            counts.gone
        ))?;
    }
    let mut done = Done::Well;
    for folder in &scanned.folders {
        for (place, why) in &folder.barred {
            text::say(&format!("{}/{place} could not be looked into: {why}.", folder.path));
            done = Done::Badly;
        }
        if let Some(why) = &folder.unreachable {
            text::say(why);
            done = Done::Badly;
        }
    }
    Ok(done)
}

fn folders(app: &App, scanned: &Scanned) -> Result<Vec<Value>, AppError> {
    let kept = app.recording_folders()?;
    let clocks = |path: &str| {
        kept.iter().find(|folder| folder.path == path).map(|folder| folder.clocks.clone()).unwrap_or_default()
    };
    let told = scanned.folders.iter().map(|folder| {
        let barred: Vec<Value> =
            folder.barred.iter().map(|(file, why)| json!({ "file": file, "why": why })).collect();
        json!({
            "folder": folder.path,
            "recordings": folder.recordings,
            "new": folder.new,
            "changed": folder.changed,
            "unchanged": folder.unchanged,
            "gone": folder.gone,
            "unreachable": folder.unreachable,
            "barred": barred,
            "clocks": clocks(&folder.path),
        })
    });
    Ok(told.collect())
}

fn list(app: &App, arguments: &ListRecordings) -> anyhow::Result<Done> {
    let show = if arguments.unmatched { RecordingFilterShow::Unmatched } else { RecordingFilterShow::All };
    let mut after = None;
    let mut any = false;
    loop {
        let page = app.list_recordings(show, after, A_PAGE)?;
        for row in &page.rows {
            any = true;
            text::out(if arguments.json { serde_json::to_string(row)? } else { line(row) })?;
        }
        let Some(next) = page.next else { break };
        after = Some(next);
    }
    if !any && !arguments.json {
        text::say(match show {
            RecordingFilterShow::All => {
                "There are no recordings; `ringledger recordings scan FOLDER` looks for them."
            }
            _ => "Every recording has a call.",
        });
    }
    Ok(Done::Well)
}

/// A recording in one line: its number, whether it is locked, its file, its length, its calls, and why.
pub(crate) fn line(row: &RecordingRow) -> String {
    let length = row.sound_milliseconds.map_or_else(String::new, |milliseconds| {
        let seconds = (milliseconds + 500) / 1000;
        format!("  {}:{:02}", seconds / 60, seconds % 60)
    });
    let lock = match row.lock.code.as_str() {
        "closed" => "  encrypted",
        "broken" => "  encrypted, no filter fits",
        _ => "",
    };
    let calls = match row.verdict.as_str() {
        "matched" => row.calls.iter().map(|found| found.call.as_str()).collect::<Vec<_>>().join(", "),
        "ambiguous" => format!(
            "perhaps {}",
            row.calls.iter().map(|found| found.call.as_str()).collect::<Vec<_>>().join(" or ")
        ),
        _ => "no call".to_owned(),
    };
    let because =
        std::iter::once(&row.because).chain(row.calls.iter().filter_map(|found| found.length.as_ref()));
    let because = because.map(String::as_str).collect::<Vec<_>>().join(" ");
    format!("{:>6}  {}{length}{lock}  {calls}: {because}", row.id, row.file)
}

fn export(app: &App, arguments: &ExportRecording) -> anyhow::Result<Done> {
    let call = arguments.call.as_str();
    let id = match arguments.recording {
        Some(id) => id,
        None => match app.recording_to_export(call) {
            Err(error) if error.code() == "recording-several" => {
                for found in app.recordings_of_call(call)? {
                    text::say(&line(&found.recording));
                }
                return Err(error.into());
            }
            result => result?,
        },
    };
    let written = if arguments.original {
        app.copy_recording(id, Some(call), &arguments.output)?
    } else {
        let mut secret = given(arguments.pass_phrase_stdin)?;
        loop {
            let wanted = Wanted {
                call: Some(call),
                filter: arguments.filter.as_deref(),
                secret: secret.as_ref().map(|secret| secret.as_str()),
                cancelled: None,
            };
            match app.export_recording(id, wanted, &arguments.output) {
                Err(error) if error.code() == "secret-needed" && secret.is_none() => {
                    secret = Some(asked(error)?);
                }
                result => break result?,
            }
        }
    };
    if arguments.json {
        text::out(json!({
            "file": arguments.output,
            "call": call,
            "recordings": written.recordings,
            "bytes": written.bytes,
            "milliseconds": written.milliseconds,
        }))?;
    } else {
        text::out(format!("Written: {} ({} bytes).", arguments.output.display(), written.bytes))?;
    }
    Ok(Done::Well)
}

fn check_filter(app: &App, arguments: &CheckFilter) -> anyhow::Result<Done> {
    let mut secret = given(arguments.pass_phrase_stdin)?;
    if secret.is_none() && app.asks_for_pass_phrase(&arguments.name)? {
        // The error says why it is asked for.
        let error = trial(app, arguments, &arguments.files[0], None).err();
        secret = error.map(asked).transpose()?;
    }
    let mut done = Done::Well;
    for file in &arguments.files {
        let trial = trial(app, arguments, file, secret.as_ref().map(|secret| secret.as_str()))?;
        if !trial.fits {
            done = Done::Badly;
        }
        text::out(if arguments.json { serde_json::to_string(&trial)? } else { told(&trial) })?;
    }
    Ok(done)
}

fn trial(
    app: &App,
    arguments: &CheckFilter,
    file: &Path,
    secret: Option<&str>,
) -> Result<FilterTrialView, AppError> {
    app.try_recording_filter(&arguments.name, file, secret)
}

/// What came of a trial, a line for each thing that is known.
fn told(trial: &FilterTrialView) -> String {
    let mut lines = vec![trial.file.clone(), format!("  {}", trial.ended)];
    lines.extend(trial.bytes.map(|bytes| format!("  bytes: {bytes}")));
    lines.extend(trial.first_bytes.as_ref().map(|first| format!("  first: {first}")));
    if trial.bytes.is_some() {
        lines.push(format!("  format: {}", trial.format.as_deref().unwrap_or("none that is known")));
    }
    lines.push(
        if trial.notices_tampering {
            "  A file that was changed after it was encrypted is noticed."
        } else {
            "  A file that was changed after it was encrypted is NOT noticed."
        }
        .to_owned(),
    );
    let said = trial.said.iter().flat_map(|said| said.lines());
    lines.extend(said.map(|said| format!("  it said: {}", said.escape_debug())));
    lines.join("\n")
}

/// The pass phrase on standard input, where it was said to be there. Never an argument, never in the environment: others
/// can read both.
pub(crate) fn given(on_standard_input: bool) -> anyhow::Result<Option<Zeroizing<String>>> {
    if !on_standard_input {
        return Ok(None);
    }
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line).context("The pass phrase could not be read.")?;
    let length = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(length);
    Ok(Some(line))
}

/// Asks on the terminal, without showing what is typed; without a terminal, the error that made it necessary.
pub(crate) fn asked(why: AppError) -> anyhow::Result<Zeroizing<String>> {
    if !std::io::stdin().is_terminal() {
        return Err(why.into());
    }
    text::say(&why.to_string());
    let typed = rpassword::prompt_password("Pass phrase: ").context("The pass phrase could not be read.")?;
    Ok(Zeroizing::new(typed))
}

fn log(app: &App, arguments: &ListeningLog) -> anyhow::Result<Done> {
    let log = Log {
        titles: TITLES,
        cells,
        sentence,
        id: |entry: &ListeningView| entry.id,
        none: "Nobody has listened to anything yet.",
    };
    log.print(arguments.csv, arguments.json, |before, limit| app.listening_log(before, limit))
}

const TITLES: [&str; 12] = [
    "id",
    "at",
    "who",
    "what",
    "file",
    "call",
    "from_milliseconds",
    "to_milliseconds",
    "filter",
    "result",
    "bytes",
    "took_milliseconds",
];

fn cells(entry: &ListeningView) -> [String; 12] {
    fn number<T: ToString>(value: Option<T>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    let word = |text: &str| harmless(text).into_owned();
    [
        entry.id.to_string(),
        entry.at.clone(),
        word(&entry.who),
        entry.what.clone(),
        word(&entry.file),
        entry.call.clone().unwrap_or_default(),
        number(entry.from_milliseconds),
        number(entry.to_milliseconds),
        word(entry.filter.as_deref().unwrap_or_default()),
        entry.result.clone(),
        number(entry.bytes),
        number(entry.took_milliseconds),
    ]
}

fn sentence(entry: &ListeningView) -> String {
    let who = if entry.who.is_empty() { "somebody" } else { &entry.who };
    let call = entry.call.as_ref().map_or_else(String::new, |call| format!("  call {call}"));
    let filter = entry.filter.as_ref().map_or_else(String::new, |filter| format!("  {filter}"));
    format!(
        "{}  {who}  {}  {}{call}{filter}  {}",
        entry.at.get(..19).unwrap_or(&entry.at).replace('T', " "),
        entry.what,
        entry.file,
        entry.result
    )
}
