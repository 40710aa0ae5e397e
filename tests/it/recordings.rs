//! Recordings: found in folders, matched to calls, decrypted, written out, and all of it in the listening log.

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, SystemTime},
};

use app::{
    App, Progress, Wanted,
    views::{
        CallFilter, CallSort, ImportOptions, RecordingFilterShow, RecordingFilterView, RecordingRow,
        SortColumn,
    },
};
use chrono::NaiveDateTime;
use secrets::{MemoryStore, SecretStore};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Ran, json_lines, ringledger};

pub(crate) const SECRET: &str = "correct horse";
pub(crate) const TITLES: &str = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence";

/// An office with a FreePBX whose clock shows UTC, and a folder of recordings.
pub(crate) struct Office {
    pub app: App,
    pub folder: TempDir,
}

/// A call of 2026-03-09 that 201 answered.
pub(crate) fn row(time: &str, number: &str, talk: u32, unique: &str, recording: &str) -> String {
    format!(
        "2026-03-09 {time},\"\"\"\"\" <{number}>\",{number},201,from-did-direct,PJSIP/line1-0000000a,PJSIP/201-0000000b,Dial,PJSIP/201/sip:201@192.0.2.7:5060,{},{talk},ANSWERED,3,,{unique},,6714710,{recording},{number},,,,,{unique},,7",
        talk + 5
    )
}

impl Office {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        // gpg keeps its things here and wants to be alone.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        fs::create_dir(folder.path().join("monitor")).unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        let app = app.with_secrets(Arc::new(MemoryStore::default()));
        let rows = [
            row("09:14:23", "0209100417", 12, "1773047663.10", ""),
            row("09:40:00", "0209100732", 7, "1773049200.20", "queue-400-anna.wav"),
            row("10:05:10", "0309100111", 9, "1773050710.30", ""),
        ];
        let office = Self { app, folder };
        office.import(&format!("{TITLES}\n{}\n", rows.join("\n")));
        office
    }

    pub fn import(&self, text: &str) {
        let file = self.folder.path().join(format!("calls-{}.csv", text.len()));
        fs::write(&file, text).unwrap();
        let options = ImportOptions { zone: Some("UTC".to_owned()), ..ImportOptions::default() };
        assert!(self.app.import(&file, &options, &Progress::default()).unwrap().inserted > 0);
    }

    /// Ids of all calls in the order of their start.
    pub fn calls(&self) -> Vec<String> {
        let mut calls = Vec::new();
        let sort = CallSort { column: SortColumn::Start, descending: false };
        let take = |listed: app::ListedCall| {
            calls.push(listed.stored.call.id.to_string());
            true
        };
        self.app.each_call(&CallFilter::default(), sort, None, take).unwrap();
        calls
    }

    pub fn monitor(&self) -> PathBuf {
        self.folder.path().join("monitor")
    }

    /// A file of recordings, written when the calls were.
    pub fn recording(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.monitor().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        settle(&path);
        path
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = ringledger();
        // No credential store of whoever runs this is asked.
        for name in ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY"] {
            command.env_remove(name);
        }
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
        command.env("GNUPGHOME", self.folder.path());
        command.arg("--ledger").arg(self.app.path()).arg("recordings").args(words);
        command
    }

    pub fn run(&self, words: &[&str], input: &str) -> Ran {
        use std::io::Write;
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that reads nothing breaks the pipe, and that is no failure.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::of(child.wait_with_output().unwrap())
    }

    pub fn scan(&self) -> Value {
        let folder = self.monitor();
        serde_json::from_str(&self.run(&["scan", "--json", folder.to_str().unwrap()], "").well()).unwrap()
    }

    pub fn named(&self, name: &str) -> RecordingRow {
        let page = self.app.list_recordings(RecordingFilterShow::All, None, 1000).unwrap();
        page.rows.into_iter().find(|row| row.file == name).unwrap_or_else(|| panic!("{name} is not listed"))
    }

    /// Results in the log, newest first, of one kind.
    pub fn logged(&self, what: &str) -> Vec<(String, Option<String>)> {
        let log = self.app.listening_log(None, 1000).unwrap();
        log.into_iter().filter(|entry| entry.what == what).map(|entry| (entry.result, entry.filter)).collect()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        // gpg leaves its agent behind.
        let mut end = Command::new("gpgconf");
        let end = end.args(["--kill", "all"]).env("GNUPGHOME", self.folder.path());
        let _ = end.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// As if it had been written when the calls were.
pub(crate) fn settle(path: &Path) {
    let at: NaiveDateTime = "2026-03-09T10:20:00".parse().unwrap();
    let seconds = u64::try_from(at.and_utc().timestamp()).unwrap();
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
}

/// A tone that nobody recorded: 8 kHz, 16 bits, one channel.
pub(crate) fn wav(seconds: u32, period: i16) -> Vec<u8> {
    let samples: Vec<u8> = (0..seconds * 8000)
        .flat_map(|at| ((i16::try_from(at % 8000).unwrap() % period) * 200).to_le_bytes())
        .collect();
    let size = u32::try_from(samples.len()).unwrap();
    let mut wav = b"RIFF".to_vec();
    wav.extend((size + 36).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wav.extend(8000_u32.to_le_bytes());
    wav.extend(16_000_u32.to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(size.to_le_bytes());
    wav.extend(samples);
    wav
}

fn count(scan: &Value, key: &str) -> u64 {
    scan["recordings"][key].as_u64().unwrap_or_else(|| panic!("{key}: {scan}"))
}

pub(crate) fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_err() {
        println!("skipped: {program} is not there");
    }
    found.is_ok()
}

#[test]
fn a_folder_is_looked_through_and_its_files_find_their_calls() {
    let office = Office::new();
    let calls = office.calls();
    let by_id = office.recording("2026/03/in-1773047663.10.wav", &wav(12, 20));
    office.recording("queue-400-anna.wav", &wav(7, 20));
    office.recording("20260309-100515-201-0309100111.wav", &wav(3, 20));
    office.recording("holiday.wav", &wav(1, 20));
    office.recording("empty-1773047663.10.wav", b"");
    office.recording("header-1773049200.20.wav", &wav(0, 20));
    office.recording("notes.txt", b"no recording");
    fs::write(office.monitor().join("new-1773050710.30.wav"), wav(2, 20)).unwrap();

    let first = office.scan();
    let folder = &first["folders"][0];
    assert_eq!((folder["new"].as_u64(), folder["recordings"].as_u64()), (Some(7), Some(7)), "{first}");
    assert_eq!(count(&first, "too_new"), 1);
    assert_eq!(count(&first, "empty"), 2);
    assert_eq!(count(&first, "unmatched"), 1);
    assert_eq!(count(&first, "matched"), 5);

    let evidence = |name: &str| {
        let row = office.named(name);
        let [found] = row.calls.as_slice() else { panic!("{row:?}") };
        (found.call.clone(), found.evidence.clone(), found.length.clone())
    };
    assert_eq!(evidence("2026/03/in-1773047663.10.wav"), (calls[0].clone(), "id".to_owned(), None));
    assert_eq!(evidence("queue-400-anna.wav"), (calls[1].clone(), "source-field".to_owned(), None));
    let (call, kind, length) = evidence("20260309-100515-201-0309100111.wav");
    assert_eq!((call, kind.as_str()), (calls[2].clone(), "time-extension-number"));
    assert_eq!(length.as_deref(), Some("The recording is 6 s shorter than the talk."));
    assert_eq!(office.named("empty-1773047663.10.wav").state, "empty");
    assert!(
        office.named("header-1773049200.20.wav").because.starts_with("There is no sound in it: 44 bytes")
    );
    assert_eq!(office.named("new-1773050710.30.wav").verdict, "not-asked");

    let unmatched = json_lines(&office.run(&["list", "--unmatched", "--json"], "").well());
    assert_eq!(unmatched.len(), 1);
    assert_eq!(unmatched[0]["file"], "holiday.wav");
    assert_eq!(unmatched[0]["reason"], "no-id-nor-number");
    assert!(unmatched[0]["because"].as_str().unwrap().ends_with('.'));

    // Other bytes of the same size and time: nobody notices, because nobody opens it.
    let size = fs::metadata(&by_id).unwrap().len();
    fs::write(&by_id, vec![0x8c; usize::try_from(size).unwrap()]).unwrap();
    settle(&by_id);
    settle(&office.monitor().join("new-1773050710.30.wav"));
    let second = office.scan();
    let folder = &second["folders"][0];
    assert_eq!((folder["new"].as_u64(), folder["changed"].as_u64()), (Some(0), Some(1)), "{second}");
    assert_eq!(folder["unchanged"], 6);
    assert_eq!(office.named("2026/03/in-1773047663.10.wav").lock.code, "open");
    // The one that was too new is matched now, and nothing else was asked.
    assert_eq!(count(&second, "too_new"), 0);
    assert_eq!(second["asked"], 1, "{second}");
    assert_eq!(evidence("new-1773050710.30.wav").0, calls[2]);
    let third = office.scan();
    assert_eq!(third["folders"][0]["unchanged"], 7);
    assert_eq!(third["asked"], 0);
    assert_eq!(office.app.listening_log(None, 10).unwrap(), [], "a scan is no listening");
}

#[test]
fn a_call_that_comes_later_finds_its_recording() {
    let office = Office::new();
    office.recording("in-1773054000.40.wav", &wav(4, 20));
    office.scan();
    assert_eq!(office.named("in-1773054000.40.wav").reason.as_deref(), Some("outside-calls"));
    office.import(&format!("{TITLES}\n{}\n", row("11:00:00", "0409100999", 4, "1773054000.40", "")));
    assert_eq!(office.scan()["asked"], 1);
    let row = office.named("in-1773054000.40.wav");
    assert_eq!((row.verdict.as_str(), &row.calls[0].call), ("matched", &office.calls()[3]));
}

#[test]
fn what_is_gone_is_told_and_what_cannot_be_reached_is_not_called_gone() {
    let office = Office::new();
    let path = office.recording("in-1773047663.10.wav", &wav(12, 20));
    office.recording("queue-400-anna.wav", &wav(7, 20));
    office.scan();
    fs::rename(&path, office.folder.path().join("kept.wav")).unwrap();
    let scan = office.scan();
    assert_eq!((count(&scan, "gone"), count(&scan, "matched")), (1, 1));
    let row = office.named("in-1773047663.10.wav");
    assert_eq!((row.state.as_str(), row.calls.len()), ("gone", 1));
    fs::rename(office.folder.path().join("kept.wav"), &path).unwrap();
    assert_eq!(
        (count(&office.scan(), "gone"), office.named("in-1773047663.10.wav").state.as_str()),
        (0, "found")
    );

    let away = office.folder.path().join("away");
    fs::rename(office.monitor(), &away).unwrap();
    let ran = office.run(&["scan"], "").ended(1);
    assert!(ran.err.contains("cannot be reached: it is not there."), "{ran:?}");
    fs::create_dir(office.monitor()).unwrap();
    let ran = office.run(&["scan"], "").ended(1);
    assert!(ran.err.contains("is empty now, though there were recordings in it"), "{ran:?}");
    assert_eq!(office.named("queue-400-anna.wav").state, "found");
    fs::remove_dir(office.monitor()).unwrap();
    fs::rename(&away, office.monitor()).unwrap();
    assert_eq!(office.scan()["folders"][0]["unchanged"], 2);
}

#[test]
fn what_a_person_said_survives_everything_but_taking_it_back() {
    let office = Office::new();
    let calls = office.calls();
    office.recording("in-1773047663.10.wav", &wav(12, 20));
    office.recording("holiday.wav", &wav(1, 20));
    office.scan();
    let (named, holiday) = (office.named("in-1773047663.10.wav").id, office.named("holiday.wav").id);
    let chosen = office.app.choose_recording(holiday, Some(&calls[2])).unwrap();
    assert_eq!(
        (chosen.calls[0].call.as_str(), chosen.calls[0].evidence.as_str()),
        (calls[2].as_str(), "by-hand")
    );
    assert!(chosen.calls[0].because.ends_with("that it belongs to this call."), "{chosen:?}");
    let none = office.app.choose_recording(named, None).unwrap();
    assert_eq!((none.verdict.as_str(), none.reason.as_deref()), ("unmatched", Some("by-hand")));

    office.app.rederive(false, |_, _| true).unwrap();
    office.app.save_name_templates(&["{text}-{id}".to_owned()]).unwrap();
    assert_eq!(office.scan()["asked"], 2, "every name is read again");
    assert_eq!(office.named("holiday.wav").calls[0].call, calls[2]);
    assert_eq!(office.named("in-1773047663.10.wav").verdict, "unmatched");
    assert_eq!(office.app.recordings_of_call(&calls[2]).unwrap().len(), 1);

    let back = office.app.undo_recording_choice(named).unwrap();
    assert_eq!((back.verdict.as_str(), &back.calls[0].call), ("matched", &calls[0]));
    assert_eq!(office.app.undo_recording_choice(holiday).unwrap().verdict, "unmatched");
    assert_eq!(office.app.undo_recording_choice(holiday).unwrap_err().code(), "recording-not-chosen");
    assert_eq!(office.app.choose_recording(holiday, Some("12")).unwrap_err().code(), "call-unknown");

    // A folder that comes back has what was said of its files.
    office.app.choose_recording(holiday, Some(&calls[1])).unwrap();
    let folder = office.app.recording_folders().unwrap()[0].id;
    office.app.remove_recording_folder(folder).unwrap();
    assert_eq!(office.app.list_recordings(RecordingFilterShow::All, None, 10).unwrap().rows, []);
    office.scan();
    assert_eq!(office.named("holiday.wav").calls[0].call, calls[1]);
}

#[test]
fn the_listening_log_cannot_be_changed_or_emptied() {
    let office = Office::new();
    office.recording("in-1773047663.10.wav", &wav(12, 20));
    office.scan();
    let id = office.named("in-1773047663.10.wav").id;
    let opened = office.app.open_recording(id, Wanted::default()).unwrap();
    assert_eq!((opened.sound.milliseconds(), opened.peaks.channels.len()), (12_000, 1));
    office.app.log_played(id, Some(&office.calls()[0]), 0, 4_000).unwrap();
    let ledger = rusqlite::Connection::open(office.app.path()).unwrap();
    for attempt in [
        "DELETE FROM listening",
        "UPDATE listening SET author = 'nobody'",
        "INSERT OR REPLACE INTO listening (id, author, at, kind, file, result) VALUES (1, '', 0, 0, '', '')",
    ] {
        let refused = ledger.execute(attempt, []).unwrap_err().to_string();
        assert!(refused.contains("listening log cannot be"), "{attempt}: {refused}");
    }
    let log = json_lines(&office.run(&["log", "--json"], "").well());
    assert_eq!(log.len(), 2);
    assert_eq!(log[0]["what"], "played");
    assert_eq!(log[0]["to_milliseconds"], 4_000);
    assert_eq!(log[1]["what"], "opened");
    assert_eq!(log[1]["result"], "done");
    assert_eq!(log[1]["call"], office.calls()[0].as_str());
    let table = office.run(&["log", "--csv"], "").well();
    assert!(table.starts_with("id,at,who,what,file,call,") && table.lines().count() == 3, "{table}");
}

#[test]
fn a_plain_recording_is_written_out_and_two_sides_are_joined() {
    let office = Office::new();
    let calls = office.calls();
    let plain = wav(12, 20);
    office.recording("in-1773047663.10.wav", &plain);
    office.recording("1773049200.20-in.wav", &wav(7, 20));
    office.recording("1773049200.20-out.wav", &wav(5, 50));
    office.recording("part-1-1773050710.30.wav", &wav(1, 20));
    office.recording("part-2-1773050710.30.wav", &wav(1, 20));
    office.scan();
    let to = office.folder.path().join("out.wav");
    let to = to.to_str().unwrap();
    office.run(&["export", &calls[0], "-o", to], "").well();
    assert_eq!(fs::read(to).unwrap(), plain);
    let again = office.run(&["export", &calls[0], "-o", to], "").ended(1);
    assert!(again.err.contains("There is already a file"), "{again:?}");

    let stereo = office.folder.path().join("stereo.wav");
    let told = office.run(&["export", &calls[1], "-o", stereo.to_str().unwrap(), "--json"], "").well();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["recordings"].as_array().unwrap().len(), 2);
    assert_eq!(told["milliseconds"], 7_000);
    assert_eq!(&fs::read(&stereo).unwrap()[22..24], [2, 0], "two channels");

    let several = office.folder.path().join("several.wav");
    let several = several.to_str().unwrap();
    let ran = office.run(&["export", &calls[2], "-o", several], "").ended(1);
    assert!(ran.err.contains("has several recordings.") && ran.err.contains("--recording"), "{ran:?}");
    let id = office.named("part-2-1773050710.30.wav").id.to_string();
    office.run(&["export", &calls[2], "-o", several, "--recording", &id, "--original"], "").well();
    assert_eq!(fs::read(several).unwrap(), wav(1, 20));
    assert_eq!(office.logged("exported").len(), 3);
    assert_eq!(office.logged("copied"), [("done".to_owned(), None)]);
}

/// Encrypts with a program that reads the pass phrase from its standard input.
pub(crate) fn encrypt(program: &str, arguments: &[&str], to: &Path, from: &Path, home: &Path) {
    use std::io::Write;
    let mut child = Command::new(program)
        .args(arguments)
        .arg(to)
        .arg(if program == "openssl" { "-in" } else { "--" })
        .arg(from)
        .env("GNUPGHOME", home)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{SECRET}\n").as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

pub(crate) const GPG: [&str; 10] = [
    "--batch",
    "--no-tty",
    "--quiet",
    "--pinentry-mode",
    "loopback",
    "--passphrase-fd",
    "0",
    "--symmetric",
    "--yes",
    "--output",
];

#[test]
fn encrypted_recordings_come_out_as_they_went_in() {
    let office = Office::new();
    let calls = office.calls();
    let plain = wav(2, 20);
    let source = office.folder.path().join("plain.wav");
    fs::write(&source, &plain).unwrap();
    let monitor = office.monitor();
    let mut made = vec![(calls[0].clone(), "age", "in-1773047663.10.wav.age")];
    let identity = age::x25519::Identity::generate();
    let key = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
    let encrypted = age::encrypt(&identity.to_public(), &plain).unwrap();
    office.recording(made[0].2, &encrypted);
    if is_there("gpg") {
        made.push((calls[1].clone(), "gpg", "; rm -rf ~ #1773049200.20.wav.gpg"));
        encrypt("gpg", &GPG, &monitor.join(made[made.len() - 1].2), &source, office.folder.path());
    }
    if is_there("openssl") {
        made.push((calls[2].clone(), "openssl", "in-1773050710.30.wav.enc"));
        let arguments = ["enc", "-aes-256-cbc", "-pbkdf2", "-pass", "stdin", "-out"];
        encrypt("openssl", &arguments, &monitor.join(made[made.len() - 1].2), &source, office.folder.path());
    }
    for (_, _, name) in &made {
        settle(&monitor.join(name));
    }
    office.scan();
    for (place, (call, filter, name)) in made.iter().enumerate() {
        let row = office.named(name);
        assert_eq!(
            (row.lock.code.as_str(), row.lock.filter.as_deref()),
            ("closed", Some(*filter)),
            "{row:?}"
        );
        let secret = if *filter == "age" { key.as_str() } else { SECRET };
        let to = office.folder.path().join(format!("{place}.wav"));
        let words = ["export", call, "-o", to.to_str().unwrap()];

        // Nobody to be asked, and no credential store.
        office.run(&words, "").told("needs its pass phrase", "--pass-phrase-stdin");
        let with = [words.as_slice(), &["--pass-phrase-stdin"]].concat();
        let wrong = office.run(&with, "wrong\n").ended(1);
        // openssl cannot tell, and now and then takes a wrong pass phrase for the right one.
        let sentences = ["does not fit", "key that is not here", "no sound", "damaged", "cannot be played"];
        assert!(sentences.iter().any(|sentence| wrong.err.contains(sentence)), "{filter}: {wrong:?}");
        assert!(!to.exists() && !to.with_extension("wav.part").exists(), "nothing was written");
        office.run(&with, &format!("{secret}\n")).well();
        assert_eq!(fs::read(&to).unwrap(), plain, "{filter}");

        let file = monitor.join(name);
        let check = ["check-filter", filter, file.to_str().unwrap(), "--json", "--pass-phrase-stdin"];
        let trial = json_lines(&office.run(&check, &format!("{secret}\n")).well()).remove(0);
        assert_eq!(trial["fits"], true, "{trial}");
        assert_eq!(trial["format"], "WAV");
        assert_eq!(trial["bytes"], plain.len());
        assert!(trial["first_bytes"].as_str().unwrap().starts_with("52 49 46 46 "), "{trial}");
        assert_eq!(trial["notices_tampering"], *filter != "openssl");
        let wrong = office.run(&check, "wrong\n").ended(1);
        assert_eq!(json_lines(&wrong.out)[0]["fits"], false);
    }
    // Newest first: each was asked without a pass phrase, with a wrong one, with the right one.
    let exported = office.logged("exported");
    assert_eq!(exported.len(), 3 * made.len());
    for (tries, (_, filter, _)) in exported.rchunks(3).zip(&made) {
        let results: Vec<&str> = tries.iter().map(|(result, _)| result.as_str()).collect();
        assert_eq!((results[0], results[2]), ("done", "secret-needed"));
        assert_ne!(results[1], "done");
        assert!(tries.iter().all(|(_, used)| used.as_deref() == Some(*filter)));
    }
    assert_eq!(office.logged("tried").len(), 2 * made.len());
    let whole = fs::read(office.app.path()).unwrap();
    assert!(
        !whole.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()),
        "no pass phrase in the ledger"
    );
}

#[test]
fn a_kept_pass_phrase_is_used_and_a_missing_program_is_told() {
    let office = Office::new();
    let plain = wav(2, 20);
    let identity = age::x25519::Identity::generate();
    let key = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
    office.recording("in-1773047663.10.wav.age", &age::encrypt(&identity.to_public(), &plain).unwrap());
    office.recording("in-1773049200.20.wav.own", b"Salted__ and more than sixteen bytes");
    let own = RecordingFilterView {
        id: "own".to_owned(),
        label: "Our own".to_owned(),
        program: Some("no-such-program".to_owned()),
        arguments: vec!["-d".to_owned()],
        given: "file".to_owned(),
        endings: vec![".OWN".to_owned()],
        notices_tampering: false,
        seconds: 30,
        seconds_per_megabyte: 2,
        most_megabytes: 64,
        ready_made: false,
    };
    for wrong in [
        RecordingFilterView { id: "no good".to_owned(), ..own.clone() },
        RecordingFilterView { arguments: vec!["{file}".to_owned()], ..own.clone() },
        RecordingFilterView { arguments: vec!["a\nb".to_owned()], ..own.clone() },
        RecordingFilterView { endings: Vec::new(), ..own.clone() },
    ] {
        assert_eq!(office.app.save_recording_filters(&[wrong]).unwrap_err().code(), "filter-settings");
    }
    let filters = office.app.save_recording_filters(std::slice::from_ref(&own)).unwrap();
    let told: Vec<(&str, bool)> =
        filters.iter().map(|filter| (filter.id.as_str(), filter.ready_made)).collect();
    assert_eq!(
        told,
        [("own", false), ("age", true), ("gpg", true), ("gpg-agent", true), ("openssl", true), ("zip", true)]
    );
    office.scan();
    let locked = office.named("in-1773047663.10.wav.age").id;
    assert!(office.app.asks_for_pass_phrase("age").unwrap());
    let needed = office.app.open_recording(locked, Wanted::default()).unwrap_err();
    assert_eq!(needed.code(), "secret-needed");
    office.app.keep_pass_phrase("age", &key).unwrap();
    assert!(!office.app.asks_for_pass_phrase("age").unwrap());
    let opened = office.app.open_recording(locked, Wanted::default()).unwrap();
    assert_eq!(opened.sound.milliseconds(), 2_000);
    office.app.forget_pass_phrase("age").unwrap();
    assert_eq!(office.app.open_recording(locked, Wanted::default()).unwrap_err().code(), "secret-needed");

    let missing = office.named("in-1773049200.20.wav.own");
    assert_eq!(missing.lock.filter.as_deref(), Some("own"));
    let calls = office.calls();
    let to = office.folder.path().join("never.wav");
    office
        .run(&["export", &calls[1], "-o", to.to_str().unwrap()], "")
        .told("The program no-such-program is not there", "Install the program");
    assert_eq!(office.logged("exported"), [("filter-missing".to_owned(), Some("own".to_owned()))]);
}

#[test]
fn without_a_credential_store_there_is_a_sentence() {
    let office = Office::new();
    let app = App::open(&office.folder.path().join("other.ringledger"), "a test").unwrap();
    let app = app.with_secrets(Arc::new(NoStore));
    let error = app.keep_pass_phrase("gpg", SECRET).unwrap_err();
    assert_eq!(error.code(), "secret-store-missing");
    assert!(error.to_string().contains("never kept in plain text"), "{error}");
    assert!(app.asks_for_pass_phrase("gpg").unwrap());
    assert!(!app.asks_for_pass_phrase("gpg-agent").unwrap());
    let needed = app.try_recording_filter("gpg", Path::new("call.wav.gpg"), None).unwrap_err();
    assert_eq!(needed.code(), "secret-needed");
    assert!(needed.hint().unwrap().contains("no credential store"), "{:?}", needed.hint());
}

/// What a computer without a credential store is like.
#[derive(Debug)]
struct NoStore;

impl SecretStore for NoStore {
    fn get(&self, _: &str) -> Result<Option<zeroize::Zeroizing<String>>, secrets::SecretError> {
        Err(secrets::SecretError::NoStore)
    }

    fn keep(&self, _: &str, _: &str) -> Result<(), secrets::SecretError> {
        Err(secrets::SecretError::NoStore)
    }

    fn forget(&self, _: &str) -> Result<(), secrets::SecretError> {
        Err(secrets::SecretError::NoStore)
    }
}

#[test]
fn every_recording_of_a_real_office_finds_its_call() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/asterisk");
    if !samples.exists() {
        println!("skipped: {} is not there", samples.display());
        return;
    }
    let office = Office::new();
    let ledger = office.folder.path().join("office.ringledger");
    let app = App::open(&ledger, "a test").unwrap();
    let options = ImportOptions { zone: Some("UTC".to_owned()), ..ImportOptions::default() };
    app.import(&samples.join("Master.csv"), &options, &Progress::default()).unwrap();
    let go_on = &mut |_: &app::ScanProgress<'_>| std::ops::ControlFlow::Continue(());
    app.scan_recordings(&[samples.join("recordings")], go_on).unwrap();
    let page = app.list_recordings(RecordingFilterShow::All, None, 100).unwrap();
    assert_eq!((page.counts.all, page.counts.matched), (3, 3), "{page:?}");
    for row in page.rows {
        let [found] = row.calls.as_slice() else { panic!("{row:?}") };
        assert_eq!(found.evidence, "id", "{row:?}");
        let listed = app.listed_call(found.call.parse().unwrap()).unwrap().unwrap();
        assert!(listed.keys.uniqueid.iter().any(|id| row.file.contains(id.as_str())), "{row:?}");
        assert_eq!(app.recordings_of_call(&found.call).unwrap().len(), 1);
    }
}
