//! Walks over folders: what is told, and what is not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::{
    collections::BTreeMap,
    fs,
    ops::ControlFlow,
    path::Path,
    time::{Duration, SystemTime},
};

use recordings::{
    Container, Encryption, Plainness,
    index::{Change, Known, Look, Settings, Stamp, State, Walked, path_of, walk},
};

fn sound() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sounds/pcm16.wav")).unwrap()
}

/// A folder and what was kept of it, as an application would.
#[derive(Default)]
struct Kept {
    files: BTreeMap<i64, (Vec<u8>, Stamp, State)>,
    settings: Settings,
}

impl Kept {
    fn known(&self) -> Known {
        let mut known = Known::new();
        for (key, (path, stamp, state)) in &self.files {
            known.add(*key, path, *stamp, *state != State::TooNew);
        }
        known
    }

    /// Walks a minute from now, so that nothing is too new, and keeps what was told.
    fn walk(&mut self, folder: &Path) -> (Vec<Change>, Walked) {
        self.walk_at(folder, SystemTime::now() + Duration::from_mins(1))
    }

    fn walk_at(&mut self, folder: &Path, now: SystemTime) -> (Vec<Change>, Walked) {
        let mut told = Vec::new();
        let walked = walk(folder, &mut self.known(), &self.settings, now, &mut |change| {
            told.push(change);
            ControlFlow::Continue(())
        });
        for change in &told {
            match change {
                Change::New { path, stamp, look } => {
                    let key = self.files.keys().next_back().map_or(1, |key| key + 1);
                    self.files.insert(key, (path.clone(), *stamp, look.state.clone()));
                }
                Change::Changed { key, stamp, look } => {
                    let path = self.files[key].0.clone();
                    self.files.insert(*key, (path, *stamp, look.state.clone()));
                }
                Change::Gone { key } => {
                    self.files.remove(key);
                }
                Change::Barred { .. } | Change::Progress(_) => {}
            }
        }
        (told, walked)
    }

    fn key(&self, path: &str) -> i64 {
        *self.files.iter().find(|(_, (known, ..))| known == path.as_bytes()).unwrap().0
    }
}

fn look_of<'a>(changes: &'a [Change], path: &str) -> &'a Look {
    changes
        .iter()
        .find_map(|change| match change {
            Change::New { path: found, look, .. } if found == path.as_bytes() => Some(look),
            _ => None,
        })
        .unwrap_or_else(|| panic!("{path} was not told: {changes:?}"))
}

#[test]
fn what_is_in_a_file_is_seen_by_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let wav = sound();
    put("a.wav", &wav);
    put("header.WAV", &wav[..44]);
    put("empty.wav", b"");
    put("locked.wav.gpg", b"\x8c\x0d\x04\x09\x03\x08 and so on");
    put("plain.wav.gpg", &wav);
    put("samples.ulaw", &[0xff; 8000]);
    put("notes.txt", b"no recording");
    let (told, walked) = Kept::default().walk(folder.path());
    let Walked::Whole(seen) = walked else { panic!("{walked:?}") };
    assert_eq!((seen.recordings, seen.others, seen.unchanged), (6, 1, 0));

    let whole = look_of(&told, "a.wav");
    assert_eq!(
        (&whole.state, whole.container, whole.channels),
        (&State::Found, Some(Container::Wav), Some(1))
    );
    assert_eq!(whole.sound_milliseconds, Some(1500));
    assert_eq!(look_of(&told, "header.WAV").state, State::HeaderOnly);
    assert_eq!(look_of(&told, "empty.wav").state, State::Empty);
    assert_eq!(look_of(&told, "locked.wav.gpg").plainness, Some(Plainness::Encrypted(Encryption::OpenPgp)));
    assert_eq!(look_of(&told, "plain.wav.gpg").plainness, Some(Plainness::Sound));
    assert_eq!(look_of(&told, "samples.ulaw").sound_milliseconds, Some(1000));
}

/// Lengths told from headers are those of the decoded sound.
#[test]
fn lengths_are_right_without_decoding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sounds");
    let (told, _) = Kept::default().walk(&folder);
    let mut compared = 0;
    for change in &told {
        let Change::New { path, look, .. } = change else { continue };
        let name = std::str::from_utf8(path).unwrap();
        let Some(said) = look.sound_milliseconds else { continue };
        let bytes = fs::read(folder.join(name)).unwrap();
        let sound = recordings::decode(bytes[..].into(), recordings::Hint { name, law: None });
        let Ok(sound) = sound else { continue };
        let heard = sound.milliseconds();
        // Packets are whole; the last one is filled up.
        assert!(said.abs_diff(heard) <= 130, "{name}: said {said}, heard {heard}");
        compared += 1;
    }
    assert!(compared >= 10, "only {compared} compared");
}

#[test]
fn only_what_has_changed_is_told_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("2024/02")).unwrap();
    for name in ["2024/02/a.wav", "2024/02/b.wav", "2024/c.wav"] {
        fs::write(at(name), sound()).unwrap();
    }
    let mut kept = Kept::default();
    kept.walk(folder.path());
    assert_eq!(kept.files.len(), 3);
    let (told, walked) = kept.walk(folder.path());
    assert_eq!(told, []);
    assert!(matches!(walked, Walked::Whole(seen) if seen.unchanged == 3));

    let (longer, lost) = (kept.key("2024/02/a.wav"), kept.key("2024/c.wav"));
    fs::write(at("2024/02/a.wav"), [sound(), sound()].concat()).unwrap();
    fs::remove_file(at("2024/c.wav")).unwrap();
    let (told, _) = kept.walk(folder.path());
    assert!(
        matches!(told[..], [Change::Changed { key, .. }, Change::Gone { key: gone }] if key == longer && gone == lost)
    );
}

#[test]
fn a_file_that_is_still_written_is_too_new_and_looked_at_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.wav"), sound()).unwrap();
    let mut kept = Kept::default();
    let now = SystemTime::now();
    let (told, _) = kept.walk_at(folder.path(), now);
    assert_eq!(look_of(&told, "a.wav").state, State::TooNew);
    assert_eq!(kept.walk_at(folder.path(), now).0, [], "nothing has changed, and it is still too new");
    let (told, _) = kept.walk_at(folder.path(), now + Duration::from_secs(11));
    assert!(matches!(&told[..], [Change::Changed { look, .. }] if look.state == State::Found), "{told:?}");

    // A server whose clock is an hour ahead: settled once it has been the same twice.
    let mut ahead = Kept::default();
    let early = now - Duration::from_hours(1);
    assert_eq!(look_of(&ahead.walk_at(folder.path(), early).0, "a.wav").state, State::TooNew);
    let (told, _) = ahead.walk_at(folder.path(), early);
    assert!(matches!(&told[..], [Change::Changed { look, .. }] if look.state == State::Found), "{told:?}");
}

#[test]
fn a_folder_that_cannot_be_reached_has_lost_nothing() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("share");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.wav"), sound()).unwrap();
    let mut kept = Kept::default();
    kept.walk(&folder);
    fs::rename(&folder, parent.path().join("away")).unwrap();
    let (told, walked) = kept.walk(&folder);
    assert_eq!((told.len(), walked), (0, Walked::Unreachable { why: "it is not there".to_owned() }));

    // A mount point without its mount.
    fs::create_dir(&folder).unwrap();
    let (told, walked) = kept.walk(&folder);
    assert_eq!((told.len(), walked), (0, Walked::EmptyNow));
    kept.settings.believe_empty = true;
    let (told, _) = kept.walk(&folder);
    assert!(matches!(told[..], [Change::Gone { .. }]));
}

#[test]
fn whoever_listens_may_stop_the_walk() {
    let folder = tempfile::tempdir().unwrap();
    for name in 0..5 {
        fs::write(folder.path().join(format!("{name}.wav")), sound()).unwrap();
    }
    let mut known = Known::new();
    known.add(1, b"lost.wav", Stamp { size: 1, modified: 0 }, true);
    let mut told = 0;
    let walked = walk(folder.path(), &mut known, &Settings::default(), SystemTime::now(), &mut |change| {
        assert!(!matches!(change, Change::Gone { .. }));
        told += 1;
        if told == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(walked, Walked::Cancelled(_)));
    assert_eq!(told, 2);
}

#[cfg(unix)]
mod unix {
    use std::{
        ffi::OsStr,
        os::unix::{
            ffi::OsStrExt,
            fs::{PermissionsExt, symlink},
        },
    };

    use super::{Change, Kept, State, Walked, fs, look_of, path_of, sound};

    #[test]
    fn links_are_followed_but_never_in_a_circle() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("a.wav"), sound()).unwrap();
        symlink(elsewhere.path(), folder.path().join("nas")).unwrap();
        symlink(folder.path(), folder.path().join("again")).unwrap();
        symlink("/nowhere/at/all.wav", folder.path().join("lost.wav")).unwrap();
        let (told, walked) = Kept::default().walk(folder.path());
        assert!(matches!(walked, Walked::Whole(seen) if seen.recordings == 1), "{walked:?}");
        assert_eq!(look_of(&told, "nas/a.wav").state, State::Found);
        let mut barred: Vec<(&[u8], &str)> = told
            .iter()
            .filter_map(|change| match change {
                Change::Barred { path, why } => Some((path.as_slice(), why.as_str())),
                _ => None,
            })
            .collect();
        barred.sort_unstable();
        assert_eq!(
            barred,
            [
                (&b"again"[..], "the link leads back to a folder that it is in"),
                (&b"lost.wav"[..], "the link leads to nothing that is there"),
            ]
        );
    }

    #[test]
    fn files_behind_a_link_that_is_broken_are_not_gone() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::create_dir(elsewhere.path().join("nas")).unwrap();
        fs::write(elsewhere.path().join("nas/a.wav"), sound()).unwrap();
        fs::write(folder.path().join("b.wav"), sound()).unwrap();
        symlink(elsewhere.path().join("nas"), folder.path().join("nas")).unwrap();
        let mut kept = Kept::default();
        kept.walk(folder.path());
        assert_eq!(kept.files.len(), 2);
        fs::rename(elsewhere.path().join("nas"), elsewhere.path().join("away")).unwrap();
        let (told, _) = kept.walk(folder.path());
        assert!(matches!(&told[..], [Change::Barred { path, .. }] if path == b"nas"), "{told:?}");
    }

    #[test]
    fn a_name_that_is_not_utf8_is_told_and_opens() {
        let folder = tempfile::tempdir().unwrap();
        let name = OsStr::from_bytes(b"B\xfcro.wav");
        fs::write(folder.path().join(name), sound()).unwrap();
        let (told, _) = Kept::default().walk(folder.path());
        let [Change::New { path, .. }] = &told[..] else { panic!("{told:?}") };
        assert_eq!(path, b"B\xfcro.wav");
        assert!(path_of(folder.path(), path).unwrap().exists());
    }

    /// Root reads everything, so there is nothing to see then.
    #[test]
    #[allow(clippy::print_stdout, reason = "a test that must be skipped says so")]
    fn what_may_not_be_read_says_so_and_is_not_gone() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("a.wav"), sound()).unwrap();
        fs::write(folder.path().join("b.wav"), sound()).unwrap();
        let mut kept = Kept::default();
        kept.walk(folder.path());
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o0)).unwrap();
        fs::set_permissions(folder.path().join("b.wav"), fs::Permissions::from_mode(0o0)).unwrap();
        if fs::read_dir(&inner).is_ok() {
            println!("skipped: whoever runs this may read everything");
            return;
        }
        let (told, _) = kept.walk(folder.path());
        let (unread, _) = Kept::default().walk(folder.path());
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o700)).unwrap();
        let why = "there is no permission to read it".to_owned();
        assert_eq!(told, [Change::Barred { path: b"inner".to_vec(), why: why.clone() }]);
        assert_eq!(look_of(&unread, "b.wav").state, State::Unreadable(why));
    }
}
