//! `recordings` that change something: holding, deleting, keeping, encrypting. What cannot be taken back is asked first.

use std::{
    io::{self, BufRead, IsTerminal},
    ops::ControlFlow,
    path::Path,
};

use ::app::{
    App, Progress, Wanted, harmless,
    views::{
        ConfirmedRecording, DeletedRecordings, DeletionView, EncryptionWish, KeptRecording,
        RecordingFolderView, RecordingsForm, RecordingsPacking, RetentionRule,
    },
};
use anyhow::{Context as _, bail};
use indicatif::ProgressBar;
use serde_json::json;

use crate::{
    Done,
    long_work::shown,
    recording_arguments::{
        DeleteRecordings, Deletions, EncryptRecordings, EncryptWith, HoldRecording, LawArgument, RawLaw,
        RecordingsOf, Retention,
    },
    recording_log::Log,
    recordings::{asked, given, line},
    text,
};

pub(crate) fn hold(app: &App, arguments: &HoldRecording) -> anyhow::Result<Done> {
    let row = match &arguments.why {
        Some(why) => app.hold_recording(arguments.recording, why)?,
        None => app.release_recording(arguments.recording)?,
    };
    if arguments.json {
        text::out(serde_json::to_string(&row)?)?;
    } else {
        let state = if row.hold.is_some() { "is on hold" } else { "may be deleted" };
        text::out(format!("{} {state}.", row.file))?;
    }
    Ok(Done::Well)
}

pub(crate) fn delete(app: &App, arguments: &DeleteRecordings) -> anyhow::Result<Done> {
    let mut chosen = Vec::new();
    for id in &arguments.recordings {
        let row = app.recording(*id)?;
        text::say(&line(&row));
        chosen.push(ConfirmedRecording { id: row.id, file: row.file });
    }
    sure(arguments.yes, "Delete for good?")?;
    deleted(&app.delete_recordings(&chosen)?, arguments.json)
}

fn deleted(deleted: &DeletedRecordings, json: bool) -> anyhow::Result<Done> {
    if json {
        text::out(serde_json::to_string(deleted)?)?;
    } else {
        text::out(format!("Deleted: {} recordings, {} bytes.", deleted.files, deleted.bytes))?;
        kept(&deleted.kept);
    }
    Ok(if deleted.kept.is_empty() { Done::Well } else { Done::Badly })
}

fn kept(recordings: &[KeptRecording]) {
    for kept in recordings {
        text::say(&format!("{}: {}", kept.file, kept.why.message));
    }
}

pub(crate) fn of(app: &App, arguments: &RecordingsOf) -> anyhow::Result<Done> {
    let found = app.recordings_of_number(&arguments.number)?;
    let Some(to) = &arguments.output else {
        if arguments.json {
            text::out(serde_json::to_string(&found)?)?;
        } else {
            for row in &found.rows {
                text::out(line(row))?;
            }
            text::say(&format!(
                "{} recordings of {} calls, {} bytes; {} are encrypted.",
                found.rows.len(),
                found.calls,
                found.bytes,
                found.locked
            ));
        }
        return Ok(Done::Well);
    };
    let question = format!("Write {} recordings of {} to {}?", found.rows.len(), found.number, to.display());
    sure(arguments.yes, &question)?;
    let secret = given(arguments.pass_phrase_stdin)?;
    let wanted = Wanted { secret: secret.as_ref().map(|secret| secret.as_str()), ..Wanted::default() };
    let chosen: Vec<ConfirmedRecording> =
        found.rows.into_iter().map(|row| ConfirmedRecording { id: row.id, file: row.file }).collect();
    let is_archive = to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let packing = if is_archive { RecordingsPacking::Zip } else { RecordingsPacking::Folder };
    let form = if arguments.wav { RecordingsForm::Wav } else { RecordingsForm::Original };
    let written = shown(&Progress::default(), "recordings", |progress| {
        app.export_recordings(&chosen, form, packing, wanted, to, progress)
    })?;
    if arguments.json {
        text::out(serde_json::to_string(&written)?)?;
    } else {
        text::out(format!(
            "Written: {} ({} recordings, {} bytes).",
            to.display(),
            written.files,
            written.bytes
        ))?;
        kept(&written.failed);
    }
    Ok(if written.failed.is_empty() { Done::Well } else { Done::Badly })
}

pub(crate) fn retention(app: &App, arguments: &Retention) -> anyhow::Result<Done> {
    if let Some(folder) = &arguments.folder {
        return rule(app, folder, arguments);
    }
    let preview = app.retention_preview()?;
    if !arguments.apply {
        if arguments.json {
            text::out(serde_json::to_string(&preview)?)?;
            return Ok(Done::Well);
        }
        for row in &preview.rows {
            text::out(format!("{:>6}  {}  {}: {}", row.id, &row.modified[..10], row.file, row.rule))?;
        }
    }
    let would = format!(
        "The rules would delete {} recordings, {} bytes; {} more are on hold, and {} are the only copies.",
        preview.files, preview.bytes, preview.held, preview.only_copies
    );
    text::say(&would);
    if !arguments.apply || preview.files == 0 {
        return Ok(Done::Well);
    }
    sure(arguments.yes, "Delete them for good?")?;
    // Hidden by itself where standard error is no terminal.
    let bar = ProgressBar::new(u64::from(preview.files));
    let done = app.apply_retention(&preview.token, &mut |files, _| {
        bar.set_position(files);
        ControlFlow::Continue(())
    })?;
    bar.finish_and_clear();
    deleted(&done, arguments.json)
}

fn rule(app: &App, folder: &Path, arguments: &Retention) -> anyhow::Result<Done> {
    let mut kept = known_folder(app, folder)?;
    let says = arguments.days.is_some() || arguments.most_megabytes.is_some() || arguments.only_copies;
    if says || arguments.for_ever {
        let rule = RetentionRule {
            days: arguments.days,
            most_megabytes: arguments.most_megabytes,
            only_copies: arguments.only_copies,
        };
        kept = app.save_retention_rule(kept.id, says.then_some(&rule))?;
    }
    if arguments.json {
        text::out(json!({ "folder": kept.path, "rule": kept.retention }))?;
    } else {
        text::out(format!("{}: {}", kept.path, in_words(kept.retention.as_ref())))?;
    }
    Ok(Done::Well)
}

fn in_words(rule: Option<&RetentionRule>) -> String {
    let Some(rule) = rule else { return "everything is kept.".to_owned() };
    let mut bounds = Vec::new();
    bounds.extend(rule.days.map(|days| format!("older than {days} days")));
    bounds.extend(rule.most_megabytes.map(|most| format!("the oldest above {most} MB")));
    let copies = if rule.only_copies { "also the only copies" } else { "if there is another copy" };
    format!("may go: {}; {copies}.", bounds.join(", "))
}

pub(crate) fn encrypt(app: &App, arguments: &EncryptRecordings) -> anyhow::Result<Done> {
    let folder = known_folder(app, &arguments.folder)?;
    let preview = app.encryption_preview(folder.id)?;
    let with = match arguments.with {
        EncryptWith::Age => "age",
        EncryptWith::Gpg => "gpg",
    };
    let asked_for =
        EncryptionWish { folder: folder.id, with: with.to_owned(), recipients: arguments.recipient.clone() };
    let mut secret = given(arguments.pass_phrase_stdin)?;
    let question = format!(
        "Encrypt {} plain recordings ({} bytes) of {}? Each plain file goes once its encrypted one was checked.",
        preview.files, preview.bytes, folder.path
    );
    sure(arguments.yes, &question)?;
    // Hidden by itself where standard error is no terminal.
    let bar = ProgressBar::new(u64::from(preview.files));
    let encrypted = loop {
        let told = &mut |files, _| {
            bar.set_position(files);
            ControlFlow::Continue(())
        };
        match app.encrypt_recordings(&asked_for, secret.as_ref().map(|secret| secret.as_str()), told) {
            Err(error) if error.code() == "secret-needed" && secret.is_none() => {
                secret = Some(asked(error)?);
            }
            result => break result?,
        }
    };
    bar.finish_and_clear();
    if arguments.json {
        text::out(serde_json::to_string(&encrypted)?)?;
    } else {
        text::out(format!("Encrypted: {} recordings, {} bytes.", encrypted.files, encrypted.bytes))?;
        kept(&encrypted.failed);
    }
    Ok(if encrypted.failed.is_empty() { Done::Well } else { Done::Badly })
}

pub(crate) fn raw(app: &App, arguments: &RawLaw) -> anyhow::Result<Done> {
    let folder = known_folder(app, &arguments.folder)?;
    let law = match arguments.law {
        LawArgument::ALaw => "a-law",
        LawArgument::MuLaw => "mu-law",
        LawArgument::Linear => "linear",
    };
    app.set_recording_law(folder.id, Some(law))?;
    text::out(format!("Sound without a header in {} is read as {law}.", folder.path))?;
    Ok(Done::Well)
}

pub(crate) fn deletions(app: &App, arguments: &Deletions) -> anyhow::Result<Done> {
    let log = Log {
        titles: ["id", "at", "who", "file", "bytes", "rule", "result", "calls"],
        cells,
        sentence: |entry: &DeletionView| {
            format!("{}  {}  {}", entry.at.get(..10).unwrap_or(&entry.at), entry.file, entry.sentence)
        },
        id: |entry| entry.id,
        none: "No recording was deleted yet.",
    };
    log.print(arguments.csv, arguments.json, |before, limit| app.deletion_log(before, limit))
}

fn cells(entry: &DeletionView) -> [String; 8] {
    let word = |text: &str| harmless(text).into_owned();
    [
        entry.id.to_string(),
        entry.at.clone(),
        word(&entry.who),
        word(&entry.file),
        entry.bytes.to_string(),
        word(entry.rule.as_deref().unwrap_or_default()),
        entry.result.clone(),
        entry.calls.join(" "),
    ]
}

fn known_folder(app: &App, folder: &Path) -> anyhow::Result<RecordingFolderView> {
    let path = std::path::absolute(folder).context("The folder has no path.")?;
    let found = app.recording_folders()?.into_iter().find(|known| Path::new(&known.path) == path);
    found.with_context(|| {
        format!("{} is no folder of recordings yet: `ringledger recordings scan` adds it.", path.display())
    })
}

/// Goes on once somebody has said yes; an error otherwise, so that nothing is done.
fn sure(said: bool, question: &str) -> anyhow::Result<()> {
    if said {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        bail!("{question} Nobody is here to be asked: say --yes if it is to be done. Nothing was changed.");
    }
    text::say(&format!("{question} [y/N]"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).context("The answer could not be read.")?;
    if ["y", "yes"].contains(&answer.trim().to_ascii_lowercase().as_str()) {
        return Ok(());
    }
    bail!("Nothing was changed.")
}
