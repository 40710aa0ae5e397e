use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use proptest::prelude::*;

use super::*;

const SOURCE: SourceId = SourceId(7);

/// What was committed, by number.
#[derive(Default)]
struct Kept(Mutex<BTreeMap<u64, Chunk>>);

type Chunk = (Continuity, Option<Position>, Vec<u8>);

impl Kept {
    fn all(&self) -> Vec<u8> {
        self.0.lock().unwrap().values().flat_map(|(.., bytes)| bytes.clone()).collect()
    }

    fn last(&self) -> Chunk {
        self.0.lock().unwrap().values().next_back().unwrap().clone()
    }
}

impl Spool for Kept {
    fn append(&self, arrival: Arrival<'_>) -> Result<(), SpoolError> {
        assert_eq!(arrival.source, SOURCE);
        let value = (arrival.continuity, arrival.position, arrival.bytes.to_vec());
        let twice = self.0.lock().unwrap().insert(arrival.landing, value);
        assert!(twice.is_none(), "landing {} was appended twice", arrival.landing);
        Ok(())
    }

    fn landed(&self, source: SourceId, landing: u64) -> Result<bool, SpoolError> {
        assert_eq!(source, SOURCE);
        Ok(self.0.lock().unwrap().contains_key(&landing))
    }
}

fn land(landing: &mut Landing, bytes: &[u8]) {
    landing.room()[..bytes.len()].copy_from_slice(bytes);
    landing.filled(bytes.len());
}

/// The points of the table in the module's text at which the process may die.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Death {
    BeforeRead,
    /// The kernel has written, the process was never told how much.
    AfterRead,
    BeforeAppend,
    AfterAppend,
    /// After so many percent.
    WhileZeroing(u8),
    BeforeRaise,
    AfterRaise,
}

const DEATHS: [Death; 8] = [
    Death::BeforeRead,
    Death::AfterRead,
    Death::BeforeAppend,
    Death::AfterAppend,
    Death::WhileZeroing(0),
    Death::WhileZeroing(50),
    Death::BeforeRaise,
    Death::AfterRaise,
];

/// Lands and settles as [`Landing`] does, up to the point of death. Says whether the bytes were taken from the kernel.
fn die(landing: &mut Landing, kept: &Kept, bytes: &[u8], death: Death) -> bool {
    landing.begin(Continuity::Contiguous, None);
    if death == Death::BeforeRead {
        return false;
    }
    landing.room()[..bytes.len()].copy_from_slice(bytes);
    if death == Death::AfterRead {
        return true;
    }
    landing.filled(bytes.len());
    if death == Death::BeforeAppend {
        return true;
    }
    kept.append(landing.arrival()).unwrap();
    match death {
        Death::AfterAppend => {}
        Death::WhileZeroing(percent) => {
            let count = bytes.len() * usize::from(percent) / 100;
            landing.map[HEADER..HEADER + count].fill(0);
        }
        Death::BeforeRaise => landing.wipe(),
        _ => {
            landing.wipe();
            landing.raise();
        }
    }
    true
}

/// The same for recovering: dies in the middle of it.
fn die_recovering(landing: &mut Landing, kept: &Kept, death: Death) {
    if kept.landed(SOURCE, landing.number()).unwrap() {
        match death {
            Death::BeforeRead | Death::AfterRead | Death::BeforeAppend | Death::AfterAppend => {}
            Death::WhileZeroing(_) | Death::BeforeRaise => landing.wipe(),
            Death::AfterRaise => {
                landing.wipe();
                landing.raise();
            }
        }
        return;
    }
    let bytes = landing.bytes().to_vec();
    if bytes.is_empty() || matches!(death, Death::BeforeRead | Death::AfterRead | Death::BeforeAppend) {
        return;
    }
    kept.append(landing.arrival()).unwrap();
    match death {
        Death::WhileZeroing(percent) => {
            let count = bytes.len() * usize::from(percent) / 100;
            landing.map[HEADER..HEADER + count].fill(0);
        }
        Death::BeforeRaise => landing.wipe(),
        Death::AfterRaise => {
            landing.wipe();
            landing.raise();
        }
        _ => {}
    }
}

#[test]
fn nothing_is_lost_or_doubled_at_any_point_of_death() {
    for first in DEATHS {
        for second in DEATHS {
            let (folder, kept) = (tempfile::tempdir().unwrap(), Kept::default());
            let mut expected = Vec::new();
            for (bytes, death) in
                [(&b"first line\r\n"[..], first), (b"second", second), (b"x", Death::AfterRaise)]
            {
                let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
                landing.recover(&kept).unwrap();
                assert_eq!(landing.bytes(), b"");
                if die(&mut landing, &kept, bytes, death) {
                    expected.extend_from_slice(bytes);
                }
            }
            Landing::open(folder.path(), SOURCE).unwrap().recover(&kept).unwrap();
            assert_eq!(kept.all(), expected, "{first:?}, then {second:?}");
        }
    }
}

#[test]
fn a_number_whose_raising_was_missed_is_raised() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), Kept::default());
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    die(&mut landing, &kept, b"one", Death::BeforeRaise);
    let number = landing.number();
    drop(landing);
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    assert_eq!(landing.number(), number);
    assert_eq!(landing.recover(&kept).unwrap(), None);
    assert_eq!(landing.number(), number + 1);
}

#[test]
fn a_number_far_behind_is_raised_past_everything_committed() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), Kept::default());
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    let old = landing.number();
    for _ in 0..1000 {
        land(&mut landing, b"line\n");
        landing.settle(&kept).unwrap();
    }
    // A power cut: the page with the header was last written back long ago, with bytes that are committed.
    set_word(&mut landing.map, Word::Number, old);
    landing.map[HEADER..HEADER + 5].copy_from_slice(b"line\n");
    drop(landing);
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    assert_eq!(landing.recover(&kept).unwrap(), None);
    assert!(!kept.landed(SOURCE, landing.number()).unwrap());
    assert!(landing.number() >= old + 1000);
    land(&mut landing, b"next");
    landing.settle(&kept).unwrap();
    assert_eq!(kept.last().2, b"next");
}

#[test]
fn what_is_recovered_keeps_its_continuity_time_and_position() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), Kept::default());
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    landing.begin(Continuity::Broken, Some(Position { file: 9, offset: 100 }));
    land(&mut landing, b"a\0b\0\0");
    let at = landing.arrival().at;
    drop(landing);

    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    assert_eq!(landing.arrival().at, at);
    assert!((Utc::now() - at).num_seconds() < 60);
    let recovered = landing.recover(&kept).unwrap().unwrap();
    let position = Some(Position { file: 9, offset: 103 });
    assert_eq!(recovered, Recovered { bytes: 3, position });
    assert_eq!(kept.last(), (Continuity::Broken, position, b"a\0b".to_vec()), "trailing NULs are dropped");
    assert_eq!(landing.recover(&kept).unwrap(), None);
}

#[test]
fn an_error_of_the_spool_leaves_everything_as_it_was() {
    struct Full;
    impl Spool for Full {
        fn append(&self, _: Arrival<'_>) -> Result<(), SpoolError> {
            Err(SpoolError::Full("No room.".to_owned()))
        }
        fn landed(&self, _: SourceId, _: u64) -> Result<bool, SpoolError> {
            Ok(false)
        }
    }
    let (folder, kept) = (tempfile::tempdir().unwrap(), Kept::default());
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    land(&mut landing, b"line\n");
    let number = landing.number();
    assert_eq!(landing.settle(&Full).unwrap_err().code(), "spool-full");
    assert_eq!(landing.recover(&Full).unwrap_err().code(), "spool-full");
    assert_eq!((landing.number(), landing.bytes()), (number, &b"line\n"[..]));
    land(&mut landing, b"more\n");
    landing.settle(&kept).unwrap();
    assert_eq!(kept.all(), b"line\nmore\n");
    assert!(landing.room().iter().all(|byte| *byte == 0));
}

#[test]
fn a_full_area_is_settled_whole() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), Kept::default());
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    let bytes: Vec<u8> = (0..AREA).map(|n| u8::try_from(n % 251 + 1).unwrap()).collect();
    land(&mut landing, &bytes);
    assert_eq!(landing.room().len(), 0);
    drop(landing);
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    landing.recover(&kept).unwrap();
    assert_eq!(kept.all(), bytes);
}

#[test]
fn a_file_half_made_is_made_again_and_a_foreign_one_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = Landing::path(folder.path(), SOURCE);
    for half in [0, 10, HEADER, HEADER + 100, HEADER + AREA] {
        std::fs::write(&path, vec![0; half]).unwrap();
        let landing = Landing::open(folder.path(), SOURCE).unwrap();
        assert!(landing.number() > 1_700_000_000_000_000);
        assert_eq!(landing.bytes(), b"");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let foreign = vec![b'?'; 500];
    std::fs::write(&path, &foreign).unwrap();
    let landing = Landing::open(folder.path(), SOURCE).unwrap();
    assert_eq!(landing.bytes(), b"");
    let aside =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).find(|it| *it != path);
    assert_eq!(std::fs::read(aside.unwrap()).unwrap(), foreign);
}

#[test]
fn one_process_lands_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Landing::open(folder.path(), SOURCE).unwrap();
    assert_eq!(Landing::open(folder.path(), SOURCE).unwrap_err().code(), "landing-in-use");
    Landing::open(folder.path(), SourceId(8)).unwrap();
}

const CHILD: &str = "RINGLEDGER_TEST_LANDING";

/// The other process of the next test; does nothing by itself.
#[test]
fn child_reads_and_hangs() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let mut landing = Landing::open(Path::new(&folder), SOURCE).unwrap();
    landing.begin(Continuity::Restarted, None);
    let count = std::io::stdin().lock().read(landing.room()).unwrap();
    // Neither `filled` nor the spool hears of it.
    println!("read {count} bytes");
    loop {
        std::thread::park();
    }
}

#[test]
fn kill_9_between_read_and_commit_loses_nothing() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), Kept::default());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "landing::tests::child_reads_and_hangs", "--nocapture", "--test-threads=1"])
        .env(CHILD, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let line = b"11.04.1900:35:48  1   104\r\n".repeat(500);
    child.stdin.as_mut().unwrap().write_all(&line).unwrap();
    let mut said = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    while !text.contains("bytes\n") {
        assert_ne!(std::io::BufRead::read_line(&mut said, &mut text).unwrap(), 0, "the child said: {text}");
    }
    let count: usize = text.split_once("read ").unwrap().1.split_once(' ').unwrap().0.parse().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();

    assert!(count > 0);
    let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
    assert_eq!(landing.recover(&kept).unwrap().unwrap().bytes, count);
    assert_eq!(kept.all(), line[..count]);
}

fn a_death() -> impl Strategy<Value = Death> {
    prop_oneof![
        Just(Death::BeforeRead),
        Just(Death::AfterRead),
        Just(Death::BeforeAppend),
        Just(Death::AfterAppend),
        (0_u8..=100).prop_map(Death::WhileZeroing),
        Just(Death::BeforeRaise),
        Just(Death::AfterRaise),
    ]
}

/// Bytes that do not end in NUL, which could not be told from emptiness.
fn some_bytes() -> impl Strategy<Value = Vec<u8>> {
    (prop::collection::vec(any::<u8>(), 0..200), 1_u8..).prop_map(|(mut bytes, last)| {
        bytes.push(last);
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_sequence_of_deaths_loses_and_doubles_nothing(
        lives in prop::collection::vec(
            (prop::collection::vec(some_bytes(), 0..4), prop::collection::vec(a_death(), 0..3), some_bytes(), a_death()),
            1..8,
        )
    ) {
        let (folder, kept, mut expected) = (tempfile::tempdir().unwrap(), Kept::default(), Vec::new());
        for (good, recovering, bytes, death) in lives {
            for death in recovering {
                die_recovering(&mut Landing::open(folder.path(), SOURCE).unwrap(), &kept, death);
            }
            let mut landing = Landing::open(folder.path(), SOURCE).unwrap();
            landing.recover(&kept).unwrap();
            for bytes in good {
                landing.begin(Continuity::Contiguous, None);
                land(&mut landing, &bytes);
                landing.settle(&kept).unwrap();
                expected.extend_from_slice(&bytes);
            }
            if die(&mut landing, &kept, &bytes, death) {
                expected.extend_from_slice(&bytes);
            }
        }
        Landing::open(folder.path(), SOURCE).unwrap().recover(&kept).unwrap();
        prop_assert_eq!(kept.all(), expected);
    }
}
