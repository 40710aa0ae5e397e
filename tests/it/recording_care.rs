//! Recordings that are held, deleted, kept by rules, given away, encrypted and watched: nothing goes that nobody meant, and
//! whatever goes is known afterwards.

use std::{
    fs::{self, File},
    io::Read,
    ops::ControlFlow,
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use age::secrecy::ExposeSecret;
use app::{
    App, Progress, Wanted,
    views::{
        ArchiveWish, CallFilter, CallSort, ConfirmedRecording, DeletedRecordings, EncryptionWish, JobPhase,
        RecordingFilterShow, RecordingFilterView, RecordingRow, RecordingsForm, RecordingsPacking,
        RetentionRule, SortColumn,
    },
};
use serde_json::Value;

use crate::{
    patience::until,
    program::json_lines,
    recordings::{Office, TITLES, is_there, row, settle, wav},
};

fn shown(row: &RecordingRow) -> ConfirmedRecording {
    ConfirmedRecording { id: row.id, file: row.file.clone() }
}

/// Calls with a recording, or without, as lists and counts tell them.
fn recorded(office: &Office, recorded: bool) -> Vec<String> {
    let filter = CallFilter { recorded: Some(recorded), ..CallFilter::default() };
    let sort = CallSort { column: SortColumn::Start, descending: false };
    let mut calls = Vec::new();
    let take = |listed: app::ListedCall| {
        calls.push(listed.stored.call.id.to_string());
        true
    };
    office.app.each_call(&filter, sort, None, take).unwrap();
    let word = if recorded { "yes" } else { "no" };
    let ledger = office.app.path().to_str().unwrap();
    let ran = crate::program::run(&["--ledger", ledger, "calls", "--json", "--recording", word]);
    let mut told: Vec<String> =
        json_lines(&ran.well()).iter().map(|call| call["id"].as_str().unwrap().to_owned()).collect();
    told.sort();
    let mut sorted = calls.clone();
    sorted.sort();
    assert_eq!(told, sorted);
    calls
}

fn why(deleted: &DeletedRecordings) -> Vec<&str> {
    deleted.kept.iter().map(|kept| kept.why.code.as_str()).collect()
}

#[test]
fn what_is_deleted_was_seen_and_meant_and_is_known_afterwards() {
    let office = Office::new();
    let calls = office.calls();
    let path = office.recording("in-1773047663.10.wav", &wav(12, 20));
    let other = office.recording("queue-400-anna.wav", &wav(7, 20));
    office.scan();
    assert_eq!(recorded(&office, true), calls[..2]);
    assert_eq!(recorded(&office, false), calls[2..]);
    let seen = office.named("in-1773047663.10.wav");

    // Nobody said so; another one was seen; it is another file by now; it is on hold.
    let id = seen.id.to_string();
    let ran = office.run(&["delete", &id], "").ended(1);
    assert!(ran.err.contains("Nothing was changed"), "{ran:?}");
    let wrong = ConfirmedRecording { file: "queue-400-anna.wav".to_owned(), ..shown(&seen) };
    assert_eq!(why(&office.app.delete_recordings(&[wrong]).unwrap()), ["recording-not-confirmed"]);
    let held = office.app.hold_recording(seen.id, "complaint of 3 March").unwrap();
    assert_eq!(held.hold.unwrap().why, "complaint of 3 March");
    assert_eq!(why(&office.app.delete_recordings(&[shown(&seen)]).unwrap()), ["recording-held"]);
    office.app.rederive(false, |_, _| true).unwrap();
    office.scan();
    let told = office.run(&["delete", &id, "--yes"], "").ended(1);
    assert!(told.err.contains("on hold") && told.err.contains("complaint of 3 March"), "{told:?}");
    office.app.release_recording(seen.id).unwrap();
    assert_eq!(office.app.release_recording(seen.id).unwrap_err().code(), "recording-not-held");
    File::options().append(true).open(&path).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
    assert_eq!(why(&office.app.delete_recordings(&[shown(&seen)]).unwrap()), ["recording-changed"]);
    settle(&path);
    assert!(path.exists() && office.app.deleted_recordings_of_call(&calls[0]).unwrap().is_empty());
    fs::rename(&other, office.folder.path().join("elsewhere.wav")).unwrap();
    std::os::unix::fs::symlink(office.folder.path().join("elsewhere.wav"), &other).unwrap();
    let link = shown(&office.named("queue-400-anna.wav"));
    assert_eq!(why(&office.app.delete_recordings(&[link]).unwrap()), ["recording-link"]);

    office.run(&["delete", &id, "--yes"], "").well();
    assert!(!path.exists());
    let gone = office.named("in-1773047663.10.wav");
    assert_eq!(gone.state, "gone");
    assert!(gone.deleted.as_ref().unwrap().starts_with("Deleted on 20"), "{gone:?}");
    assert_eq!(recorded(&office, true), calls[1..2]);
    assert_eq!(office.logged("deleted")[0].0, "done");
    // Whatever becomes of the ledger's own knowledge of files.
    office.app.rederive(false, |_, _| true).unwrap();
    office.scan();
    for folder in office.app.recording_folders().unwrap() {
        office.app.remove_recording_folder(folder.id).unwrap();
    }
    let known = office.app.deleted_recordings_of_call(&calls[0]).unwrap();
    assert_eq!(known.len(), 1, "{known:?}");
    assert!(known[0].file.ends_with("in-1773047663.10.wav") && known[0].rule.is_none());

    let log = json_lines(&office.run(&["deletions", "--json"], "").well());
    let results: Vec<&str> = log.iter().map(|entry| entry["result"].as_str().unwrap()).collect();
    // Newest first: of each attempt that was not refused outright, what came of it and that it was begun.
    assert_eq!(results, ["done", "begun", "recording-link", "begun", "recording-changed", "begun"]);
    let ledger = rusqlite::Connection::open(office.app.path()).unwrap();
    for attempt in [
        "DELETE FROM recording_deletion",
        "UPDATE recording_deletion SET author = 'nobody'",
        "INSERT OR REPLACE INTO recording_deletion (id, folder, path, file, bytes, author, at, result)
         VALUES (1, 1, X'', '', 0, '', 0, '')",
    ] {
        let refused = ledger.execute(attempt, []).unwrap_err().to_string();
        assert!(refused.contains("log of deletions cannot be"), "{attempt}: {refused}");
    }
}

#[test]
fn rules_delete_nothing_that_was_not_shown_nor_what_is_held_nor_the_only_copy() {
    let office = Office::new();
    office.recording("in-1773047663.10.wav", &wav(12, 20));
    office.recording("backup/in-1773047663.10.wav", &wav(12, 20));
    office.recording("in-1773049200.20.wav", &wav(7, 20));
    office.recording("holiday.wav", &wav(1, 20));
    office.scan();
    let folder = office.app.recording_folders().unwrap()[0].id;
    let preview = office.app.retention_preview().unwrap();
    assert_eq!((preview.files, preview.bytes), (0, 0), "nothing goes without a rule");
    let rule = |days, most_megabytes, only_copies| {
        office.app.save_retention_rule(folder, Some(&RetentionRule { days, most_megabytes, only_copies }))
    };
    for (days, most) in [(None, None), (Some(0), None), (None, Some(0))] {
        assert_eq!(rule(days, most, true).unwrap_err().code(), "retention-settings");
    }
    rule(Some(10_000), None, true).unwrap();
    assert_eq!(office.app.retention_preview().unwrap().files, 0);

    // One of two copies, and never both.
    rule(Some(30), None, false).unwrap();
    let preview = office.app.retention_preview().unwrap();
    assert_eq!((preview.files, preview.only_copies), (1, 3), "{preview:?}");
    assert_eq!(preview.rows[0].rule, "older than 30 days");
    let copy = preview.rows[0].file.clone();

    rule(Some(30), None, true).unwrap();
    let held = office.named("in-1773049200.20.wav").id;
    office.app.hold_recording(held, "for the court").unwrap();
    let preview = office.app.retention_preview().unwrap();
    assert_eq!((preview.files, preview.held), (3, 1), "{preview:?}");
    let go_on = &mut |_: u64, _: u64| ControlFlow::Continue(());
    assert_eq!(office.app.apply_retention("another", go_on).unwrap_err().code(), "retention-changed");
    // Something is held that was shown as going.
    office.app.hold_recording(office.named("holiday.wav").id, "").unwrap();
    assert_eq!(office.app.apply_retention(&preview.token, go_on).unwrap_err().code(), "retention-changed");
    office.app.release_recording(office.named("holiday.wav").id).unwrap();

    rule(Some(30), None, false).unwrap();
    let ran = office.run(&["retention", "--apply"], "").ended(1);
    assert!(ran.err.contains("Nothing was changed"), "{ran:?}");
    let done: Value =
        serde_json::from_str(&office.run(&["retention", "--apply", "--yes", "--json"], "").well()).unwrap();
    assert_eq!(done["files"], 1, "{done}");
    assert_eq!(office.named(&copy).state, "gone");
    let sentence = office.named(&copy).deleted.unwrap();
    assert!(sentence.contains("because of the rule “older than 30 days”"), "{sentence}");
    assert_eq!(office.app.retention_preview().unwrap().files, 0, "the other one is the only copy now");

    // The oldest go until there is room.
    rule(None, Some(1), true).unwrap();
    let big = wav(56, 20);
    office.recording("in-1773050710.30.wav", &big);
    let newest = office.recording("new-1773050710.30.wav", &big);
    let later = newest.metadata().unwrap().modified().unwrap() + Duration::from_mins(1);
    File::options().write(true).open(&newest).unwrap().set_modified(later).unwrap();
    office.scan();
    let preview = office.app.retention_preview().unwrap();
    assert_eq!(preview.rows.last().unwrap().rule, "no more than 1 MB");
    let deleted = office.app.apply_retention(&preview.token, go_on).unwrap();
    assert!(deleted.kept.is_empty(), "{deleted:?}");
    assert!(
        newest.exists() && office.named("in-1773049200.20.wav").state == "found",
        "the newest, and what is held"
    );
    assert!(!office.monitor().join("in-1773050710.30.wav").exists());
    office.app.save_retention_rule(folder, None).unwrap();
    assert_eq!(office.app.recording_folders().unwrap()[0].retention, None);
}

#[test]
fn deleting_by_a_rule_tells_how_far_it_is_and_can_be_ended() {
    let office = Office::new();
    for name in ["in-1773047663.10.wav", "in-1773049200.20.wav", "in-1773050710.30.wav"] {
        office.recording(name, &wav(2, 20));
    }
    office.scan();
    let folder = office.app.recording_folders().unwrap()[0].id;
    let rule = RetentionRule { days: Some(30), most_megabytes: None, only_copies: true };
    office.app.save_retention_rule(folder, Some(&rule)).unwrap();
    let preview = office.app.retention_preview().unwrap();
    assert_eq!(preview.files, 3);
    let mut told = Vec::new();
    let deleted = office.app.apply_retention(&preview.token, &mut |files, expected| {
        told.push((files, expected));
        if files == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(told, [(0, 3), (1, 3)]);
    assert_eq!(deleted.unwrap().files, 1, "what was deleted before it was ended is told");
    assert_eq!(fs::read_dir(office.monitor()).unwrap().count(), 2);

    // The rest as long work beside the window.
    let app = Arc::new(App::open(office.app.path(), "another test").unwrap());
    assert_eq!(app.start_retention(&preview.token).unwrap_err().code(), "retention-changed");
    assert!(app.jobs().is_empty());
    app.start_retention(&app.retention_preview().unwrap().token).unwrap();
    let job = until("the rule was applied", || app.jobs().pop().filter(|job| job.phase == JobPhase::Done));
    assert_eq!((job.kind.as_str(), job.rows, job.deleted.unwrap().files), ("retention", 2, 2));
    assert_eq!(fs::read_dir(office.monitor()).unwrap().count(), 0);
    let log = app.deletion_log(None, 10).unwrap();
    assert_eq!(log.iter().filter(|entry| entry.result == "done").count(), 3);
}

#[test]
fn all_recordings_of_a_number_are_given_with_a_table_that_computes_nothing() {
    let office = Office::new();
    office.import(&format!(
        "{TITLES}\n{}\n",
        row("11:00:00", "0209100417", 4, "1773054000.40", "=HYPERLINK(1).wav")
    ));
    let calls = office.calls();
    office.recording("in-1773047663.10.wav", &wav(12, 20));
    office.recording("a/part.1773054000.40.wav", &wav(3, 20));
    office.recording("b/Part.1773054000.40.wav", &wav(4, 30));
    office.recording("=HYPERLINK(1).wav", &wav(4, 20));
    let identity = age::x25519::Identity::generate();
    let locked = age::encrypt(&identity.to_public(), &wav(2, 20)).unwrap();
    office.recording("late-1773054000.40.wav.age", &locked);
    office.recording("in-1773049200.20.wav", &wav(7, 20));
    office.scan();
    let found = office.app.recordings_of_number("0209100417").unwrap();
    assert_eq!((found.calls, found.rows.len(), found.locked), (2, 5, 1), "{found:?}");
    assert_eq!(found.rows[0].calls[0].call, calls[0]);

    let zip = office.folder.path().join("anna.zip");
    let words = ["of", "0209100417", "-o", zip.to_str().unwrap()];
    office.run(&words, "").ended(1);
    assert!(!zip.exists());
    office.run(&[&words[..], &["--yes"]].concat(), "").well();
    let mut archive = zip::ZipArchive::new(File::open(&zip).unwrap()).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    // Which of the two parts is found first is the disk's affair.
    for name in &mut names {
        *name = name.to_lowercase();
    }
    names.sort();
    assert_eq!(
        names,
        [
            "=hyperlink(1).wav",
            "in-1773047663.10.wav",
            "index.csv",
            "late-1773054000.40.wav.age",
            "part.1773054000.40 (2).wav",
            "part.1773054000.40.wav"
        ]
    );
    let mut index = String::new();
    archive.by_name("index.csv").unwrap().read_to_string(&mut index).unwrap();
    let mut sound = Vec::new();
    archive.by_name("late-1773054000.40.wav.age").unwrap().read_to_end(&mut sound).unwrap();
    assert_eq!(sound, locked);
    for line in csv::Reader::from_reader(index.trim_start_matches('\u{feff}').as_bytes()).records() {
        let line = line.unwrap();
        assert!(line.iter().all(|cell| !cell.starts_with(['=', '-', '@'])), "{line:?}");
        assert_eq!(&line[9], "done");
    }
    assert_eq!(office.logged("copied").len(), 5);
    let again = office.run(&[&words[..], &["--yes"]].concat(), "").ended(1);
    assert!(again.err.contains("There is already a file"), "{again:?}");

    // As sound, one of them without its pass phrase: told, named in the table, and the rest is there.
    let folder = office.folder.path().join("anna");
    let chosen: Vec<ConfirmedRecording> = found.rows.iter().map(shown).collect();
    let none = Progress::default();
    let written = office
        .app
        .export_recordings(
            &chosen,
            RecordingsForm::Wav,
            RecordingsPacking::Folder,
            Wanted::default(),
            &folder,
            &none,
        )
        .unwrap();
    assert_eq!((written.files, written.failed.len()), (4, 1));
    assert_eq!(written.failed[0].why.code, "secret-needed");
    assert_eq!(fs::read(folder.join("in-1773047663.10.wav")).unwrap(), wav(12, 20));
    assert!(fs::read_to_string(folder.join("index.csv")).unwrap().contains("needs its pass phrase"));
    assert!(!folder.join("late-1773054000.40.wav").exists());
    none.cancel();
    let never = office.folder.path().join("never");
    let cancelled = office.app.export_recordings(
        &chosen,
        RecordingsForm::Original,
        RecordingsPacking::Folder,
        Wanted::default(),
        &never,
        &none,
    );
    assert_eq!(cancelled.unwrap_err().code(), "cancelled");
    assert!(!never.exists() && !office.folder.path().join("never.part").exists());
}

#[test]
fn an_archive_is_written_beside_the_window_and_leaves_nothing_when_it_is_cancelled() {
    let office = Office::new();
    let calls = office.calls();
    office.recording("in-1773047663.10.wav", &wav(12, 20));
    let mark = office.folder.path().join("process");
    let slow = RecordingFilterView {
        id: "slow".to_owned(),
        label: "Slow".to_owned(),
        program: Some("sh".to_owned()),
        arguments: vec![
            "-c".to_owned(),
            format!("echo $$ > {}; sleep 300", mark.display()),
            "{file}".to_owned(),
        ],
        given: "nothing".to_owned(),
        endings: vec!["slow".to_owned()],
        notices_tampering: false,
        seconds: 300,
        seconds_per_megabyte: 0,
        most_megabytes: 16,
        ready_made: false,
    };
    office.app.save_recording_filters(&[slow]).unwrap();
    office.recording("in-1773049200.20.wav.slow", b"Salted__ and more than sixteen bytes");
    office.scan();
    let app = Arc::new(App::open(office.app.path(), "another test").unwrap());
    let rows = ["in-1773047663.10.wav", "in-1773049200.20.wav.slow"].map(|name| shown(&office.named(name)));
    let wish = |form| ArchiveWish { recordings: rows.to_vec(), form };
    let ended = |id, phase| {
        let job = || app.jobs().into_iter().find(|job| job.id == id).unwrap();
        until("the job has ended", || Some(job()).filter(|job| job.phase == phase))
    };

    let to = office.folder.path().join("all.zip");
    let id = app.start_archive(wish(RecordingsForm::Original), None, &to).unwrap();
    let job = ended(id, JobPhase::Done);
    let written = job.written.unwrap();
    assert_eq!((job.kind.as_str(), job.rows, written.files, written.failed), ("archive", 2, 2, vec![]));
    assert!(to.is_file());
    assert_eq!(app.start_archive(wish(RecordingsForm::Wav), None, &to).unwrap_err().code(), "file-exists");

    let never = office.folder.path().join("never.zip");
    let id = app.start_archive(wish(RecordingsForm::Wav), None, &never).unwrap();
    let process = until("the filter runs", || {
        fs::read_to_string(&mark).ok().filter(|text| text.ends_with('\n')).map(|text| text.trim().to_owned())
    });
    let job = app.jobs().into_iter().find(|job| job.id == id).unwrap();
    assert!(job.can_cancel && job.share > 0.4, "{job:?}");
    app.cancel_job(id);
    assert_eq!(ended(id, JobPhase::Cancelled).written, None);
    assert!(!never.exists() && !office.folder.path().join("never.zip.part").exists());
    until("the filter is gone", || (!Path::new("/proc").join(&process).exists()).then_some(()));

    let log = app.listening_log(None, 100).unwrap();
    let told: Vec<_> = log
        .iter()
        .rev()
        .map(|entry| (entry.what.as_str(), entry.result.as_str(), entry.call.as_ref()))
        .collect();
    let (first, second) = (Some(&calls[0]), Some(&calls[1]));
    let expected = [
        ("copied", "done", first),
        ("copied", "done", second),
        ("exported", "done", first),
        ("exported", "cancelled", second),
    ];
    assert_eq!(told, expected);
}

/// A key of age: the secret one and the public one.
fn key() -> (String, String) {
    let identity = age::x25519::Identity::generate();
    (identity.to_string().expose_secret().to_owned(), identity.to_public().to_string())
}

#[test]
fn what_belongs_to_a_recording_goes_along_when_it_is_encrypted() {
    let office = Office::new();
    let calls = office.calls();
    let names = ["in-1773047663.10.wav", "deep/er/queue-400-anna.wav", "holiday.wav"];
    for name in names {
        office.recording(name, &wav(3, 20));
    }
    office.recording("held-1773050710.30.wav", &wav(3, 20));
    office.recording("taken-1773050710.30.wav", &wav(3, 20));
    fs::write(office.monitor().join("taken-1773050710.30.wav.age"), b"somebody's own").unwrap();
    settle(&office.monitor().join("taken-1773050710.30.wav.age"));
    office.scan();
    office.app.choose_recording(office.named("holiday.wav").id, Some(&calls[2])).unwrap();
    office.app.hold_recording(office.named("held-1773050710.30.wav").id, "as it is").unwrap();
    let before: Vec<RecordingRow> = names.iter().map(|name| office.named(name)).collect();
    let (secret, public) = key();
    let folder = office.monitor();
    let words =
        ["encrypt", folder.to_str().unwrap(), "--recipient", &public, "--pass-phrase-stdin", "--json"];
    office.run(&words, &secret).ended(1);
    let yes = [&words[..], &["--yes"]].concat();
    let wrong = office.run(&yes, &key().0).ended(1);
    assert!(wrong.err.contains("does not fit"), "{wrong:?}");
    assert!(names.iter().all(|name| folder.join(name).exists()), "nothing is begun that cannot be checked");

    let done: Value = serde_json::from_str(&office.run(&yes, &secret).ended(1).out).unwrap();
    assert_eq!(done["files"], 3, "{done}");
    let failed: Vec<&str> = done["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failed| failed["why"]["code"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["recording-held", "file-exists"]);
    assert_eq!(fs::read(folder.join("taken-1773050710.30.wav.age")).unwrap(), b"somebody's own");
    for (name, before) in names.iter().zip(&before) {
        let after = office.named(&format!("{name}.age"));
        assert_eq!(after.lock.code, "closed");
        assert_eq!((after.id, &after.calls), (before.id, &before.calls), "the same call for the same reason");
        assert!(!folder.join(name).exists());
        let wanted = Wanted { secret: Some(&secret), ..Wanted::default() };
        assert_eq!(office.app.open_recording(after.id, wanted).unwrap().sound.milliseconds(), 3_000);
    }
    assert_eq!(recorded(&office, true), calls);
    // A scan finds all of it as it is, and asks nothing.
    let scan = office.scan();
    assert_eq!(scan["folders"][0]["unchanged"], 6, "{scan}");
    assert_eq!(scan["asked"], 0, "{scan}");
    assert_eq!(office.logged("encrypted").iter().filter(|(result, _)| result == "done").count(), 3);
    // What a person said holds by the new name, also when all is asked anew.
    office.app.save_name_templates(&["{text}-{id}".to_owned()]).unwrap();
    office.scan();
    assert_eq!(office.named("holiday.wav.age").calls[0].evidence, "by-hand");
}

#[test]
fn killed_at_any_moment_every_recording_is_there() {
    let office = Office::new();
    let count = 60;
    let sound = |place: u32| wav(1, i16::try_from(20 + place).unwrap());
    let name = |place: u32| format!("in-{place}-1773047663.10.wav");
    for place in 0..count {
        office.recording(&name(place), &sound(place));
    }
    office.scan();
    let (secret, public) = key();
    let folder = office.monitor();
    let words = ["encrypt", folder.to_str().unwrap(), "--recipient", &public, "--pass-phrase-stdin", "--yes"];
    let decrypted = |path: &Path| {
        let identity: age::x25519::Identity = secret.parse().unwrap();
        age::decrypt(&identity, &fs::read(path).unwrap()).unwrap()
    };
    let mut kills = 0;
    for round in 0..40 {
        use std::io::Write;
        let mut command = office.command(&words);
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
        let mut child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{secret}\n").as_bytes()).unwrap();
        // Another moment each time; whoever was quicker than that has ended well.
        let until = Instant::now() + Duration::from_millis(20 + round * 13);
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if Instant::now() >= until {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
                break None;
            }
            thread::sleep(Duration::from_millis(1));
        };
        for place in 0..count {
            let plain = folder.join(name(place));
            let is_plain = fs::read(&plain).is_ok_and(|bytes| bytes == sound(place));
            assert!(
                is_plain || decrypted(&folder.join(format!("{}.age", name(place)))) == sound(place),
                "{} after {kills} kills",
                name(place)
            );
        }
        if ended.is_some_and(|status| status.success()) {
            break;
        }
    }
    assert!(kills > 0, "it was never killed");
    office.run(&words, &secret).well();
    office.scan();
    office.run(&words, &secret).well();
    let mut left: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    let mut all: Vec<String> = (0..count).map(|place| format!("{}.age", name(place))).collect();
    all.sort();
    assert_eq!(left, all, "nothing plain and nothing half-written is left after {kills} kills");
    office.scan();
    let page = office.app.list_recordings(RecordingFilterShow::Matched, None, 1000).unwrap();
    assert_eq!(page.rows.len(), all.len());
}

#[test]
fn wishes_that_cannot_be_are_told_at_once() {
    let office = Office::new();
    office.recording("in-1773047663.10.wav", &wav(1, 20));
    office.scan();
    let folder = office.app.recording_folders().unwrap()[0].id;
    let wish = |with: &str, recipients: &[&str]| EncryptionWish {
        folder,
        with: with.to_owned(),
        recipients: recipients.iter().map(|key| (*key).to_owned()).collect(),
    };
    let app = &office.app;
    let go_on = &mut |_: u64, _: u64| ControlFlow::Continue(());
    let (secret, public) = key();
    for (wish, secret, code) in [
        (wish("rot13", &[]), Some("x"), "choice-unknown"),
        (wish("gpg", &[&public]), Some("x"), "recipient-gpg"),
        (wish("age", &["age1nokey"]), Some("x"), "recipient-unknown"),
        (wish("age", &[&public]), None, "secret-needed"),
        (wish("age", &[]), Some(secret.as_str()), "secret-wrong"),
    ] {
        assert_eq!(app.encrypt_recordings(&wish, secret, go_on).unwrap_err().code(), code);
    }
    if is_there("gpg") {
        let wish = wish("gpg", &[]);
        let done = app.encrypt_recordings(&wish, Some("correct horse"), go_on).unwrap();
        assert_eq!((done.files, done.failed.len()), (1, 0), "{done:?}");
        assert_eq!(office.named("in-1773047663.10.wav.gpg").lock.filter.as_deref(), Some("gpg"));
    }
}

/// Waits until it is so.
#[track_caller]
fn so(what: &str, mut is_so: impl FnMut() -> bool) {
    until(what, || is_so().then_some(()));
}

#[test]
fn folders_are_watched_and_calls_that_come_find_their_recordings() {
    let mut office = Office::new();
    let early = office.recording("in-1773047663.10.wav", &wav(12, 20));
    office.app.add_recording_folder(&office.monitor()).unwrap();
    let folder = std::mem::replace(&mut office.folder, tempfile::TempDir::new().unwrap());
    drop(office);
    let path = folder.path().join("calls.ringledger");
    let app = Arc::new(App::open(&path, "a test").unwrap());
    let row = |name: &str| {
        let page = app.list_recordings(RecordingFilterShow::All, None, 1000).unwrap();
        page.rows.into_iter().find(|row| row.file == name)
    };
    let is = |name: &str, state: &str, verdict: &str| {
        row(name).is_some_and(|row| (row.state.as_str(), row.verdict.as_str()) == (state, verdict))
    };
    app.watch_recordings();
    so("what was there is found", || is("in-1773047663.10.wav", "found", "matched"));
    let monitor = folder.path().join("monitor");
    let write = |name: &str| {
        fs::create_dir_all(monitor.join(name).parent().unwrap()).unwrap();
        fs::write(monitor.join(name), wav(4, 20)).unwrap();
    };
    write("2026/03/late-1773054000.40.wav");
    write("x-1773049200.20.wav");
    so("a new file is found once nobody writes to it", || is("x-1773049200.20.wav", "found", "matched"));
    so("also in a new folder", || is("2026/03/late-1773054000.40.wav", "found", "unmatched"));
    fs::remove_file(&early).unwrap();
    so("a file that went is gone", || is("in-1773047663.10.wav", "gone", "matched"));

    let table = folder.path().join("more.csv");
    fs::write(
        &table,
        format!("{TITLES}\n{}\n", crate::recordings::row("11:00:00", "0409100999", 4, "1773054000.40", "")),
    )
    .unwrap();
    let options =
        app::views::ImportOptions { zone: Some("UTC".to_owned()), ..app::views::ImportOptions::default() };
    app.import(&table, &options, &Progress::default()).unwrap();
    so("a call that comes finds its recording", || is("2026/03/late-1773054000.40.wav", "found", "matched"));
    let stopping = Instant::now();
    app.stop();
    assert!(stopping.elapsed() < Duration::from_secs(5));
}

#[test]
fn sound_without_a_header_is_read_as_the_site_says() {
    let office = Office::new();
    let bytes: Vec<u8> = (0..16_000_u32).map(|at| (at % 200) as u8).collect();
    office.recording("in-1773047663.10.raw", &bytes);
    office.recording("in-1773049200.20.ulaw", &bytes);
    office.scan();
    let length = |name: &str| office.named(name).sound_milliseconds;
    assert_eq!((length("in-1773047663.10.raw"), length("in-1773049200.20.ulaw")), (Some(1_000), Some(2_000)));
    let folder = office.monitor();
    office.run(&["raw", folder.to_str().unwrap(), "a-law"], "").well();
    let scan = office.scan();
    assert_eq!(scan["folders"][0]["changed"], 1, "{scan}");
    assert_eq!((length("in-1773047663.10.raw"), length("in-1773049200.20.ulaw")), (Some(2_000), Some(2_000)));
    let opened =
        office.app.open_recording(office.named("in-1773047663.10.raw").id, Wanted::default()).unwrap();
    assert_eq!(opened.sound.milliseconds(), 2_000);
    let id = office.app.recording_folders().unwrap()[0].id;
    assert_eq!(office.app.set_recording_law(id, Some("b-law")).unwrap_err().code(), "choice-unknown");
    assert_eq!(office.app.set_recording_law(id, None).unwrap().law, None);
}

#[test]
fn a_file_that_the_exchange_names_anywhere_belongs_to_its_call() {
    let office = Office::new();
    let named = row("11:00:00", "0409100999", 4, "1773054000.40", "")
        .replace(",1773054000.40,,6714710,", ",1773054000.40,anna-and-the-bank.WAV,6714710,");
    office.import(&format!("{TITLES}\n{named}\n"));
    // A channel event log tells of a file whose name says nothing.
    let event = |name: &str, at: &str, extra: &str| {
        format!(
            "{name},1773050{at},Carol,0309100111,201,from-trunk,PJSIP/line1-0000000a,,,,1773050710.30,1773050710.30,,,{extra}"
        )
    };
    let events = [
        "eventtype,eventtime,cidname,cidnum,exten,context,channame,appname,appdata,accountcode,uniqueid,linkedid,peer,userdeftype,eventextra".to_owned(),
        event("CHAN_START", "710.000000", ""),
        event("ANSWER", "712.000000", ""),
        event(
            "MIXMONITOR_START",
            "712.100000",
            r#""{""filename"":""/var/spool/asterisk/monitor/x/board-room.wav"",""mixmonitor_id"":""1""}""#,
        ),
        event("HANGUP", "724.000000", r#""{""hangupcause"":16}""#),
        event("CHAN_END", "724.000000", ""),
        event("LINKEDID_END", "724.000000", ""),
    ];
    office.import(&format!("{}\n", events.join("\n")));
    let calls = office.calls();
    office.recording("anna-and-the-bank.WAV", &wav(4, 20));
    office.recording("x/board-room.wav", &wav(4, 20));
    office.scan();
    for (name, call) in [("anna-and-the-bank.WAV", &calls[3]), ("x/board-room.wav", &calls[2])] {
        let row = office.named(name);
        let [found] = row.calls.as_slice() else { panic!("{row:?}") };
        assert_eq!((found.evidence.as_str(), &found.call), ("source-field", call), "{name}");
    }
}
