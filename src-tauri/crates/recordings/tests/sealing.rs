//! Plain recordings are put away encrypted, and none is ever lost: ended at any step, even by a signal that no program can
//! answer, begun again, disturbed.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot set itself up has failed; one that must be skipped says so"
)]

use std::{
    fs::{self, File},
    ops::ControlFlow,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, SystemTime},
};

use age::secrecy::ExposeSecret;
use proptest::prelude::*;
use recordings::{Cipher, SealError, Sealer, Step, ready_made};
use tempfile::TempDir;

const STEPS: [Step; 5] = [Step::Begun, Step::Written, Step::InPlace, Step::Checked, Step::Removed];

/// What the child process of a test is told by.
const CHILD: &str = "RINGLEDGER_TEST_SEALING";

struct Room {
    folder: TempDir,
    key: String,
    public: String,
}

impl Room {
    fn new() -> Self {
        let identity = age::x25519::Identity::generate();
        Self {
            folder: TempDir::new().unwrap(),
            key: identity.to_string().expose_secret().to_owned(),
            public: identity.to_public().to_string(),
        }
    }

    fn sealer(&self) -> Sealer {
        Sealer::new(Cipher::for_keys(std::slice::from_ref(&self.public)).unwrap(), &self.key).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn plain(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_047_663);
        File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
        path
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn decrypted(&self, name: &str) -> Vec<u8> {
        let age = ready_made().into_iter().find(|filter| filter.id == "age").unwrap();
        let opened = age.decrypt(&self.path(name), Some(&self.key)).unwrap();
        opened.bytes.parts(0..usize::MAX).collect::<Vec<_>>().concat()
    }

    /// The recording is there, plain or encrypted, with every byte.
    #[track_caller]
    fn has(&self, name: &str, bytes: &[u8]) {
        let plain = fs::read(self.path(name)).ok();
        if plain.as_deref() != Some(bytes) {
            assert_eq!(self.decrypted(&format!("{name}.age")), bytes, "{:?}", self.names());
        }
    }
}

fn to_the_end(_: Step) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[test]
fn a_file_goes_in_and_comes_out_with_its_time_and_its_rights() {
    let room = Room::new();
    let bytes: Vec<u8> = (0..300_000_u32).map(|at| (at % 251) as u8).collect();
    let plain = room.plain("call.wav", &bytes);
    fs::set_permissions(&plain, fs::Permissions::from_mode(0o640)).unwrap();
    let before = plain.metadata().unwrap();
    let mut steps = Vec::new();
    let sealed = room.sealer().seal(&plain, &mut |step| {
        steps.push(step);
        ControlFlow::Continue(())
    });
    let sealed = sealed.unwrap();
    assert_eq!((sealed.path.clone(), sealed.bytes), (room.path("call.wav.age"), 300_000));
    assert_eq!(steps, STEPS);
    assert_eq!(room.names(), ["call.wav.age"]);
    assert_eq!(room.decrypted("call.wav.age"), bytes);
    let after = sealed.path.metadata().unwrap();
    assert_eq!(after.modified().unwrap(), before.modified().unwrap());
    assert_eq!(after.permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_pass_phrase_does_as_well() {
    let room = Room::new();
    let plain = room.plain("call.wav", b"RIFF and so on");
    let sealer = Sealer::new(Cipher::AgePassPhrase, "correct horse").unwrap();
    sealer.seal(&plain, &mut to_the_end).unwrap();
    let age = ready_made().into_iter().find(|filter| filter.id == "age").unwrap();
    let opened = age.decrypt(&room.path("call.wav.age"), Some("correct horse")).unwrap();
    assert_eq!(opened.bytes.beginning(), b"RIFF and so on");
}

#[test]
fn gpg_does_as_well() {
    if Command::new("gpg").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: gpg is not there");
        return;
    }
    let room = Room::new();
    let plain = room.plain("; rm -rf ~ #.wav", b"RIFF and so on");
    let sealer = Sealer::new(Cipher::Gpg, "correct horse").unwrap();
    sealer.seal(&plain, &mut to_the_end).unwrap();
    assert_eq!(room.names(), ["; rm -rf ~ #.wav.gpg"]);
}

#[test]
fn what_cannot_be_checked_is_not_begun() {
    let room = Room::new();
    let other = age::x25519::Identity::generate();
    let keys = || Cipher::for_keys(std::slice::from_ref(&room.public)).unwrap();
    for secret in [other.to_string().expose_secret(), "correct horse"] {
        assert_eq!(Sealer::new(keys(), secret).unwrap_err().why.code(), "secret-wrong");
    }
    assert_eq!(Sealer::new(keys(), "").unwrap_err().why.code(), "secret-needed");
    assert_eq!(Sealer::new(Cipher::AgePassPhrase, &room.key).unwrap_err().why.code(), "secret-wrong");
    assert!(Cipher::for_keys(&["age1nokey".to_owned()]).is_err());
}

#[test]
fn nothing_is_overwritten_and_what_an_earlier_run_made_is_taken() {
    let room = Room::new();
    let plain = room.plain("call.wav", b"RIFF and so on");
    fs::write(room.path("call.wav.age"), b"somebody's own").unwrap();
    let error = room.sealer().seal(&plain, &mut to_the_end).unwrap_err();
    assert!(matches!(error, SealError::Exists(_)), "{error}");
    assert_eq!(fs::read(room.path("call.wav.age")).unwrap(), b"somebody's own");
    assert_eq!(fs::read(&plain).unwrap(), b"RIFF and so on");
    // Of another recording: decrypts, and is not the same.
    let identity: age::x25519::Identity = room.key.parse().unwrap();
    fs::write(room.path("call.wav.age"), age::encrypt(&identity.to_public(), b"RIFF and so").unwrap())
        .unwrap();
    assert!(matches!(room.sealer().seal(&plain, &mut to_the_end).unwrap_err(), SealError::Exists(_)));
    let made = age::encrypt(&identity.to_public(), b"RIFF and so on").unwrap();
    fs::write(room.path("call.wav.age"), &made).unwrap();
    room.sealer().seal(&plain, &mut to_the_end).unwrap();
    assert_eq!(fs::read(room.path("call.wav.age")).unwrap(), made);
    assert_eq!(room.names(), ["call.wav.age"]);
    let link = room.path("link.wav");
    std::os::unix::fs::symlink(room.path("call.wav.age"), &link).unwrap();
    assert!(matches!(room.sealer().seal(&link, &mut to_the_end).unwrap_err(), SealError::Link));
}

#[test]
fn a_file_that_changes_meanwhile_stays() {
    for when in [Step::Begun, Step::Written, Step::InPlace] {
        for bytes in [&b"RIFF and more"[..], b"RIFF and so oN"] {
            let room = Room::new();
            let plain = room.plain("call.wav", b"RIFF and so on");
            let result = room.sealer().seal(&plain, &mut |step| {
                if step == when {
                    fs::write(room.path("call.wav"), bytes).unwrap();
                }
                ControlFlow::Continue(())
            });
            // What was written before a byte was read is only a file that was written to.
            assert!(matches!(result.unwrap_err(), SealError::Changed | SealError::Differs), "{when:?}");
            assert_eq!(room.names(), ["call.wav"]);
            assert_eq!(fs::read(&plain).unwrap(), bytes);
        }
    }
}

#[test]
fn what_is_ended_leaves_all_as_it_was() {
    for last in &STEPS[..4] {
        let room = Room::new();
        let plain = room.plain("call.wav", b"RIFF and so on");
        let result = room.sealer().seal(&plain, &mut |step| {
            if step == *last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(result.unwrap_err(), SealError::Stopped));
        assert_eq!(room.names(), ["call.wav"], "{last:?}");
    }
}

/// What a process that was killed does; it is the child of the next test.
#[test]
fn a_process_that_is_killed() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let mut told = told.splitn(4, '|');
    let mut next = || told.next().unwrap();
    let (step, public, key, plain) = (next().parse::<usize>().unwrap(), next(), next(), next());
    let sealer = Sealer::new(Cipher::for_keys(&[public.to_owned()]).unwrap(), key).unwrap();
    let _ = sealer.seal(Path::new(plain), &mut |now| {
        if now == STEPS[step] {
            let own = std::process::id().to_string();
            Command::new("kill").args(["-9", &own]).status().unwrap();
            loop {
                std::thread::park();
            }
        }
        ControlFlow::Continue(())
    });
}

#[test]
fn killed_at_any_step_nothing_is_lost_and_the_next_run_ends_it() {
    let bytes: Vec<u8> = (0..200_000_u32).map(|at| (at % 241) as u8).collect();
    for (place, step) in STEPS.iter().enumerate() {
        let room = Room::new();
        let plain = room.plain("call.wav", &bytes);
        let told = format!("{place}|{}|{}|{}", room.public, room.key, plain.display());
        let ended = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_process_that_is_killed"])
            .env(CHILD, told)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert_eq!(ended.signal(), Some(9), "{step:?}");
        room.has("call.wav", &bytes);
        if plain.exists() {
            room.sealer().seal(&plain, &mut to_the_end).unwrap();
        }
        assert_eq!(room.names(), ["call.wav.age"], "{step:?}");
        assert_eq!(room.decrypted("call.wav.age"), bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Any bytes, ended politely at any steps any number of times, with a half-written file left by somebody in the way.
    #[test]
    fn whatever_happens_every_byte_is_there(
        bytes in prop::collection::vec(any::<u8>(), 0..70_000),
        ends in prop::collection::vec(0..4_usize, 0..4),
        litter in any::<bool>(),
    ) {
        let room = Room::new();
        let plain = room.plain("call.wav", &bytes);
        if litter {
            fs::write(room.path("call.wav.age.ringledger-part"), b"half").unwrap();
        }
        let sealer = room.sealer();
        for end in ends {
            let result = sealer.seal(&plain, &mut |step| {
                if step == STEPS[end] { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            prop_assert!(matches!(result, Err(SealError::Stopped)));
            prop_assert_eq!(&fs::read(&plain).unwrap(), &bytes);
        }
        let result = sealer.seal(&plain, &mut to_the_end);
        if bytes.is_empty() {
            // A filter that gives nothing is never believed.
            prop_assert!(result.is_err());
            prop_assert_eq!(room.names(), ["call.wav"]);
        } else {
            prop_assert!(result.is_ok());
            prop_assert_eq!(room.decrypted("call.wav.age"), bytes);
            prop_assert_eq!(room.names(), ["call.wav.age"]);
        }
    }
}
