//! What a flow has to itself: a home, a ledger, a port, and the programs that are started in it.

use std::{
    ffi::OsString,
    fs,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use chrono::{Local, NaiveTime, TimeDelta};
use tempfile::TempDir;

/// WebKit knows it as "this person wants no motion": nothing is caught half-way in a transition.
const GTK_SETTINGS: &str = "[Settings]\ngtk-enable-animations=0\n";

#[derive(Debug)]
pub struct Room {
    folder: TempDir,
    dialog: OsString,
}

impl Room {
    pub fn new() -> Self {
        wait_for_the_next_day();
        let folder = tempfile::Builder::new().prefix("ringledger-").tempdir().unwrap();
        let place = folder.path();
        fs::create_dir_all(place.join("home/.config/gtk-3.0")).unwrap();
        fs::write(place.join("home/.config/gtk-3.0/settings.ini"), GTK_SETTINGS).unwrap();
        fs::DirBuilder::new().mode(0o700).create(place.join("run")).unwrap();
        Self { folder, dialog: OsString::new() }
    }

    /// What the person will choose when a dialog asks for files; nothing, so "cancel", until told.
    pub fn answer_dialogs_with(&mut self, files: &[&Path]) {
        self.dialog = std::env::join_paths(files).expect("folders for temporary files have plain names");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn ledger(&self) -> PathBuf {
        self.path("calls.ringledger")
    }

    /// A program that is at home here.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .current_dir(self.folder.path())
            .env("HOME", self.path("home"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("RINGLEDGER_LEDGER", self.ledger())
            .env("RINGLEDGER_DIALOG_ANSWER", &self.dialog);
        for own in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LC_ALL"] {
            command.env_remove(own);
        }
        command
    }

    /// The command line, on this ledger.
    pub fn ringledger(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(built("ringledger"));
        command.args(arguments);
        command
    }

    /// The calls of a ledger as the command line lists them.
    pub fn calls_of(&self, ledger: &Path, arguments: &[&str]) -> Vec<serde_json::Value> {
        let output = self
            .ringledger(&["calls", "--json", "--ledger", ledger.to_str().unwrap()])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The window's program: what `RINGLEDGER_DESKTOP` names, else the one built beside this test.
pub fn desktop() -> PathBuf {
    std::env::var_os("RINGLEDGER_DESKTOP").map_or_else(|| built("ringledger-desktop"), PathBuf::from)
}

fn built(name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap();
    // target/debug/deps/e2e-…
    let program = here.ancestors().nth(2).unwrap().join(name);
    assert!(program.exists(), "{} is not built; start these flows with ./dev e2e", program.display());
    program
}

/// Today must not become yesterday in the middle of a flow, nor a call of a minute ago be one of yesterday.
fn wait_for_the_next_day() {
    let now = Local::now().time();
    let early = NaiveTime::from_hms_opt(0, 2, 0).unwrap();
    let late = NaiveTime::from_hms_opt(23, 57, 0).unwrap();
    let wait = if now < early {
        early - now
    } else if now > late {
        TimeDelta::days(1) - (now - early)
    } else {
        return;
    };
    println!("waiting out midnight");
    std::thread::sleep(wait.to_std().unwrap_or(Duration::ZERO));
}
