//! Filters that behave and filters that do not.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot set itself up has failed; one that must be skipped says so"
)]

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use recordings::{
    Buffer, Decrypted, Encryption, Filter, FilterError, FilterFailure, Given, Limits, Plainness, Program,
    Way, plainness, ready_made,
};

const SECRET: &str = "correct horse";

/// A file with a made-up sound, and what is in it.
fn recording(folder: &Path, name: &str) -> (PathBuf, Vec<u8>) {
    let sound = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sounds/pcm16.wav")).unwrap();
    let path = folder.join(name);
    fs::write(&path, &sound).unwrap();
    (path, sound)
}

/// A filter that does what a script says; `$2` is the file.
fn script(text: &str, given: Given) -> Filter {
    let arguments = ["-c", text, "filter", "--", "{file}"];
    Filter {
        id: "own".to_owned(),
        label: "Our own".to_owned(),
        way: Way::Program(Program {
            program: "sh".to_owned(),
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
            given,
        }),
        endings: vec!["own".to_owned()],
        notices_tampering: false,
        limits: Limits { time: Duration::from_secs(20), ..Limits::default() },
    }
}

fn run(text: &str, given: Given) -> Result<Decrypted, FilterFailure> {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = recording(folder.path(), "call.wav.own");
    script(text, given).decrypt(&file, Some(SECRET))
}

fn whole(bytes: &Buffer) -> Vec<u8> {
    bytes.parts(0..bytes.len()).collect::<Vec<_>>().concat()
}

fn named(id: &str) -> Filter {
    ready_made().into_iter().find(|filter| filter.id == id).unwrap()
}

#[test]
fn a_filter_gives_what_it_writes() {
    let folder = tempfile::tempdir().unwrap();
    let (file, sound) = recording(folder.path(), "call.wav.own");
    let filter =
        script(r#"read -r word; [ "$word" = "correct horse" ] || exit 3; cat -- "$2""#, Given::PassPhrase);
    assert_eq!(whole(&filter.decrypt(&file, Some(SECRET)).unwrap().bytes), sound);
    assert_eq!(filter.decrypt(&file, None).unwrap_err().why, FilterError::NoSecret);
    assert!(matches!(filter.decrypt(&file, Some("wrong")).unwrap_err().why, FilterError::Ended(_)));
    assert_eq!(filter.inner_name("a/call.wav.OWN"), "a/call.wav");
    let by_input = script("cat", Given::File);
    assert_eq!(whole(&by_input.decrypt(&file, None).unwrap().bytes), sound);
}

#[test]
fn a_name_is_never_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let (file, sound) = recording(folder.path(), "; touch harm #$(touch harm).wav.own");
    let filter = script(r#"cat -- "$2""#, Given::Nothing);
    assert_eq!(whole(&filter.decrypt(&file, None).unwrap().bytes), sound);
    assert!(!folder.path().join("harm").exists() && !Path::new("harm").exists());
    let (file, _) = recording(folder.path(), "two\nlines.own");
    assert_eq!(filter.decrypt(&file, None).unwrap_err().why, FilterError::Name);
}

#[test]
fn the_pass_phrase_is_in_no_argument_and_no_environment() {
    let seen = run(
        r"read -r word; tr '\0' '\n' < /proc/$$/cmdline; tr '\0' '\n' < /proc/$$/environ",
        Given::PassPhrase,
    );
    let text = String::from_utf8_lossy(&whole(&seen.unwrap().bytes)).into_owned();
    assert!(text.contains("call.wav.own") && !text.contains(SECRET), "{text}");
}

#[test]
fn a_filter_that_hangs_is_stopped_with_all_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = recording(folder.path(), "call.own");
    let mark = folder.path().join("children");
    let text = format!("sleep 300 & echo $! > {0}; echo $$ >> {0}; wait", mark.display());
    let mut filter = script(&text, Given::Nothing);
    filter.limits.time = Duration::from_millis(700);
    let began = Instant::now();
    assert!(matches!(filter.decrypt(&file, None).unwrap_err().why, FilterError::TimedOut(_)));
    assert!(began.elapsed() < Duration::from_secs(10));
    for process in fs::read_to_string(mark).unwrap().lines() {
        assert!(gone(process), "{process} is still running");
    }
}

/// Also where it has gone into a session of its own, and where whoever started it there has ended.
#[cfg(target_os = "linux")]
#[test]
fn a_filter_that_is_stopped_leaves_nothing_in_another_session() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = recording(folder.path(), "call.own");
    let mark = folder.path().join("children");
    let text = format!(
        "setsid sleep 300 & (setsid sh -c 'echo $$ >> {0}; exec sleep 301' >/dev/null 2>&1 &); echo $! >> {0}; wait",
        mark.display()
    );
    let mut filter = script(&text, Given::Nothing);
    filter.limits.time = Duration::from_millis(700);
    assert!(matches!(filter.decrypt(&file, None).unwrap_err().why, FilterError::TimedOut(_)));
    let children = fs::read_to_string(mark).unwrap();
    assert_eq!(children.lines().count(), 2);
    for process in children.lines() {
        assert!(gone(process), "{process} is still running");
    }
}

/// A process is gone, or a body that only its parent has still to bury.
fn gone(process: &str) -> bool {
    let began = Instant::now();
    loop {
        let state = fs::read_to_string(format!("/proc/{process}/stat")).ok();
        match state {
            None => return true,
            Some(state) if state.contains(") Z ") => return true,
            Some(_) if began.elapsed() > Duration::from_secs(5) => return false,
            Some(_) => std::thread::yield_now(),
        }
    }
}

#[test]
fn a_child_left_behind_ends_with_its_filter() {
    let folder = tempfile::tempdir().unwrap();
    let (file, sound) = recording(folder.path(), "call.own");
    let mark = folder.path().join("child");
    let text = format!("sleep 300 >/dev/null 2>&1 & echo $! > {}; cat -- \"$2\"", mark.display());
    let filter = script(&text, Given::Nothing);
    assert_eq!(whole(&filter.decrypt(&file, None).unwrap().bytes), sound);
    assert!(gone(fs::read_to_string(mark).unwrap().trim()));
}

#[test]
fn a_filter_that_writes_without_end_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = recording(folder.path(), "call.own");
    let mut filter = script("exec cat /dev/zero", Given::Nothing);
    filter.limits.output = 8 << 20;
    assert_eq!(filter.decrypt(&file, None).unwrap_err().why, FilterError::TooMuch(8));
}

#[test]
fn what_goes_wrong_has_a_sentence_of_its_own() {
    assert_eq!(run("exit 0", Given::Nothing).unwrap_err().why, FilterError::Nothing);
    assert!(matches!(run("echo half; exit 1", Given::Nothing).unwrap_err().why, FilterError::Ended(_)));
    assert_eq!(
        run("echo 'gpg: decryption failed: Bad session key' >&2; exit 2", Given::Nothing).unwrap_err().why,
        FilterError::WrongSecret
    );
    assert!(matches!(run("kill -9 $$", Given::Nothing).unwrap_err().why, FilterError::Ended(_)));
    // There is no terminal to ask at, and nothing on the standard input.
    assert!(run("read -r word < /dev/tty && echo \"$word\"", Given::Nothing).is_err());
    let flood = run("head -c 3000000 /dev/zero >&2; cat -- \"$2\"", Given::Nothing).unwrap();
    assert!(flood.said.len() <= 64 * 1024);
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = recording(folder.path(), "call.own");
    let mut filter = script("cat", Given::Nothing);
    let Way::Program(program) = &mut filter.way else { panic!("a program") };
    program.program = "/no/such/program".to_owned();
    assert_eq!(filter.decrypt(&file, None).unwrap_err().why.code(), "filter-missing");
}

#[test]
fn a_program_that_others_may_change_is_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = recording(folder.path(), "call.own");
    let path = folder.path().join("filter");
    fs::write(&path, "#!/bin/sh\ncat -- \"$2\"\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o777)).unwrap();
    let mut filter = script("", Given::Nothing);
    let Way::Program(program) = &mut filter.way else { panic!("a program") };
    program.program = path.display().to_string();
    assert_eq!(filter.decrypt(&file, None).unwrap_err().why.code(), "filter-untrusted");
}

#[test]
fn age_needs_nothing_installed() {
    let folder = tempfile::tempdir().unwrap();
    let (_, sound) = recording(folder.path(), "call.wav");
    let file = folder.path().join("call.wav.age");
    let mut recipient = age::scrypt::Recipient::new(SECRET.to_owned().into());
    recipient.set_work_factor(4);
    fs::write(&file, age::encrypt(&recipient, &sound).unwrap()).unwrap();
    assert_eq!(whole(&named("age").decrypt(&file, Some(SECRET)).unwrap().bytes), sound);
    assert_eq!(named("age").decrypt(&file, Some("wrong")).unwrap_err().why, FilterError::WrongSecret);

    let identity = age::x25519::Identity::generate();
    fs::write(&file, age::encrypt(&identity.to_public(), &sound).unwrap()).unwrap();
    let key = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
    assert_eq!(whole(&named("age").decrypt(&file, Some(&key)).unwrap().bytes), sound);
    let mut changed = fs::read(&file).unwrap();
    let place = changed.len() - 100;
    changed[place] ^= 1;
    fs::write(&file, &changed).unwrap();
    assert_eq!(named("age").decrypt(&file, Some(&key)).unwrap_err().why.code(), "recording-damaged");
}

#[test]
fn gpg_and_openssl_as_they_come() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, sound) = recording(folder.path(), "call.wav");
    let made = [
        (
            "gpg",
            "call.wav.gpg",
            vec![
                "--batch",
                "--yes",
                "--pinentry-mode",
                "loopback",
                "--passphrase-fd",
                "0",
                "--symmetric",
                "-o",
            ],
        ),
        ("openssl", "call.wav.enc", vec!["enc", "-aes-256-cbc", "-pbkdf2", "-pass", "stdin", "-out"]),
    ];
    for (id, name, arguments) in made {
        let file = folder.path().join(name);
        let mut command = Command::new(id);
        command.args(arguments).arg(&file);
        if id == "openssl" {
            command.arg("-in");
        }
        let Ok(mut encrypting) = command
            .arg(&plain)
            .env("GNUPGHOME", folder.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
        else {
            println!("{id} is not installed: left out");
            continue;
        };
        writeln!(encrypting.stdin.take().unwrap(), "{SECRET}").unwrap();
        assert!(encrypting.wait().unwrap().success(), "{id}");
        let head = &fs::read(&file).unwrap()[..64];
        assert!(matches!(plainness(name, head, &[]), Plainness::Encrypted(_)), "{id}");
        let decrypted =
            named(id).decrypt(&file, Some(SECRET)).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(whole(&decrypted.bytes), sound);
        // OpenSSL does not notice a wrong pass phrase for certain: what comes out is then no sound.
        match named(id).decrypt(&file, Some("wrong")) {
            Err(error) => assert_eq!(error.why, FilterError::WrongSecret, "{id}"),
            Ok(garbage) => assert_ne!(whole(&garbage.bytes), sound),
        }
    }
}

#[test]
fn both_conditions_of_being_encrypted() {
    let none: &[String] = &[];
    assert_eq!(plainness("a.wav.gpg", b"RIFF....WAVEfmt ", none), Plainness::Sound);
    assert_eq!(plainness("a.wav", b"Salted__12345678", none), Plainness::Encrypted(Encryption::OpenSsl));
    assert_eq!(plainness("a.wav.enc", b"whatever it is", none), Plainness::Encrypted(Encryption::ByName));
    assert_eq!(
        plainness("a.own", b"whatever it is", &["own".to_owned()]),
        Plainness::Encrypted(Encryption::ByName)
    );
    assert_eq!(plainness("a.txt", b"whatever it is", none), Plainness::NoSign);
    assert_eq!(plainness("a.ulaw", b"whatever it is", none), Plainness::Sound);
    assert_eq!(plainness("a.age", b"age-encryption.org/v1\n", none), Plainness::Encrypted(Encryption::Age));
}
