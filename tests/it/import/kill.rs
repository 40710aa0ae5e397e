//! An import by the command line that is killed or stopped: afterwards it has never been.

use std::{ffi::OsStr, fs, path::Path, process::Command, thread, time::Duration};

use ledger::Ledger;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::Value;
use tempfile::TempDir;
use test_support::asterisk;

use super::{Digest, in_lines, last_day, office_rows};
use crate::{
    patience::{from_environment, until},
    program::{Running, json_lines, run_on},
    stored,
};

const SEED: u64 = 61;
/// Some seconds of importing.
const ROWS: u64 = 60_000;

struct Attack {
    folder: TempDir,
    before: Digest,
    calls: Vec<Value>,
}

impl Attack {
    /// A ledger with an import that stands, and a large file of which it knows some rows.
    fn prepare() -> Self {
        let folder = TempDir::new().unwrap();
        let rows: Vec<String> = asterisk::exactly_rows(SEED, ROWS, last_day()).collect();
        fs::write(folder.path().join("large.csv"), in_lines(&rows)).unwrap();
        let mut standing = office_rows(SEED + 1, 200);
        standing.extend_from_slice(&rows[..1_000]);
        fs::write(folder.path().join("standing.csv"), in_lines(&standing)).unwrap();
        let mut attack = Self { folder, before: Digest::new(), calls: Vec::new() };
        let standing = attack.folder.path().join("standing.csv");
        let import = ["import", standing.to_str().unwrap(), "--zone", "UTC", "--json"];
        run_on(&attack.ledger(), &import).well();
        attack.before = attack.digest();
        attack.calls = stored::calls(&attack.ledger());
        attack
    }

    fn ledger(&self) -> std::path::PathBuf {
        self.folder.path().join("calls.ringledger")
    }

    fn digest(&self) -> Digest {
        Ledger::open_reader(&self.ledger()).unwrap().derived_digest().unwrap()
    }

    fn large(&self) -> std::path::PathBuf {
        self.folder.path().join("large.csv")
    }

    fn start(&self) -> Running {
        let (ledger, large) = (self.ledger(), self.large());
        let arguments = [OsStr::new("--ledger"), ledger.as_os_str(), OsStr::new("import"), large.as_os_str()];
        Running::start(&[&arguments[..], &["--zone", "UTC", "--json"].map(OsStr::new)].concat())
    }

    /// The import that stands, and nothing else.
    #[track_caller]
    fn assert_as_before(&self) {
        let history = json_lines(&run_on(&self.ledger(), &["import", "--history", "--json"]).well());
        assert_eq!(history.len(), 1, "{history:?}");
        assert_eq!(self.digest(), self.before);
        assert!(stored::calls(&self.ledger()) == self.calls, "calls have changed");
    }

    /// The whole file comes in after all.
    #[track_caller]
    fn assert_imports_whole(&self) {
        let large = self.large();
        let import = ["import", large.to_str().unwrap(), "--zone", "UTC", "--json"];
        let summary = json_lines(&run_on(&self.ledger(), &import).well()).remove(0);
        assert_eq!((&summary["lines"], &summary["known"]), (&ROWS.into(), &1_000.into()), "{summary}");
        assert_eq!(summary["inserted"], ROWS - 1_000);
        stored::assert_sound(&self.ledger());
    }

    /// How many rows of the import that goes on are in the ledger.
    fn progress(&self) -> u64 {
        let ledger = Ledger::open_reader(&self.ledger()).unwrap();
        ledger.batches().unwrap().get(1).map_or(0, |batch| batch.counts.lines)
    }
}

/// Opens the ledger for importing, which ends what was begun: a file that is refused changes nothing else.
fn tidy(ledger: &Path, folder: &Path) {
    let small = folder.join("one.csv");
    fs::write(&small, in_lines(&office_rows(SEED + 1, 200)[..1])).unwrap();
    let out = run_on(ledger, &["import", small.to_str().unwrap(), "--zone", "UTC", "--json"]).well();
    let batch = json_lines(&out)[0]["batch"].to_string();
    run_on(ledger, &["undo-import", &batch]).well();
}

#[test]
fn a_killed_import_has_never_been() {
    let kills = from_environment("RINGLEDGER_IMPORT_KILLS", 10);
    println!("seed {SEED}, {kills} kills");
    let attack = Attack::prepare();
    let mut chance = StdRng::seed_from_u64(SEED);
    let mut seen = Vec::new();
    for kill in 0..kills {
        let running = attack.start();
        if kill % 2 == 0 {
            thread::sleep(Duration::from_millis(chance.random_range(0..2_000)));
        } else {
            until("rows in the ledger", || (attack.progress() > 0).then_some(()));
            thread::sleep(Duration::from_millis(chance.random_range(0..600)));
        }
        running.kill();
        seen.push(attack.progress());
    }
    println!("killed when so many rows were in: {seen:?}");
    assert!(seen.iter().any(|rows| *rows > 0), "every kill came too early to be one");
    tidy(&attack.ledger(), attack.folder.path());
    let history = json_lines(&run_on(&attack.ledger(), &["import", "--history", "--json"]).well());
    assert!(history.iter().all(|batch| batch["file"] != "large.csv"), "{history:?}");
    assert_eq!(attack.digest(), attack.before);
    assert!(stored::calls(&attack.ledger()) == attack.calls, "calls have changed");
    attack.assert_imports_whole();
}

#[test]
fn a_stopped_import_takes_itself_back() {
    let attack = Attack::prepare();
    for signal in ["-INT", "-TERM"] {
        let mut running = attack.start();
        until("rows in the ledger", || (attack.progress() > 0).then_some(()));
        let id = running.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(running.wait().code(), Some(1));
        attack.assert_as_before();
    }
    attack.assert_imports_whole();
}
