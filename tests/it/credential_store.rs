//! A real credential store, gnome-keyring, on a bus and in a home of its own: a pass phrase is kept in it, opens a recording,
//! is replaced and forgotten; and one that is locked is told.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Stdio},
};

use secrets::{SecretError, SecretStore as _, SystemStore};

use crate::{
    program::Ran,
    recordings::{GPG, Office, SECRET, encrypt, is_there, settle, wav},
};

const KEYRING: &str = "gnome-keyring-daemon";
/// Set where the test runs on the bus of its own: with the store open, or locked.
const INSIDE: &str = "RINGLEDGER_TEST_STORE";
/// What the store shows the pass phrase of gpg's filter under.
const KEPT_AS: &str = "recording-filter/gpg";
const NAME: &str = "in-1773047663.10.wav.gpg";

/// Runs this test once more where there is a store: `start` is what brings it up.
fn on_a_bus(home: &Path, state: &str, start: &str) {
    let run = home.join("run");
    fs::create_dir_all(&run).unwrap();
    fs::set_permissions(&run, fs::Permissions::from_mode(0o700)).unwrap();
    let ran = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", &format!("{start} >/dev/null 2>&1 && exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "credential_store::a_real_store_keeps_what_opens_a_recording"])
        .env(INSIDE, state)
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", &run)
        // Whoever locked it would be asked on their screen.
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("XDG_DATA_HOME")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("GNOME_KEYRING_CONTROL")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success() && told.contains("1 passed"),
        "{state}: {told}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn a_real_store_keeps_what_opens_a_recording() {
    match std::env::var(INSIDE).as_deref() {
        Ok("open") => return open(),
        Ok(_) => return locked(),
        Err(_) => {}
    }
    if ![KEYRING, "dbus-run-session", "gpg"].into_iter().all(is_there) {
        return;
    }
    let home = tempfile::TempDir::new().unwrap();
    on_a_bus(home.path(), "open", &format!("printf login | {KEYRING} --unlock --components=secrets"));
    on_a_bus(home.path(), "locked", &format!("{KEYRING} --start --components=secrets"));
}

/// The command line with the store of this bus.
fn export(office: &Office, to: &str) -> Ran {
    let call = &office.calls()[0];
    let to = office.folder.path().join(to);
    let mut command = office.command(&["export", call, "-o", to.to_str().unwrap()]);
    for name in ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"] {
        command.env(name, std::env::var_os(name).unwrap());
    }
    Ran::of(command.stdin(Stdio::null()).output().unwrap())
}

fn office() -> Office {
    let mut office = Office::new();
    office.app = app::App::open(office.app.path(), "a test").unwrap();
    let plain = office.folder.path().join("plain.wav");
    fs::write(&plain, wav(2, 20)).unwrap();
    let locked = office.monitor().join(NAME);
    encrypt("gpg", &GPG, &locked, &plain, office.folder.path());
    settle(&locked);
    office.scan();
    office
}

fn open() {
    let office = office();
    let app = &office.app;
    assert_eq!(SystemStore.get(KEPT_AS), Ok(None));
    export(&office, "never.wav").told("needs its pass phrase", "--pass-phrase-stdin");

    app.keep_pass_phrase("gpg", SECRET).unwrap();
    export(&office, "first.wav").well();
    assert_eq!(fs::read(office.folder.path().join("first.wav")).unwrap(), wav(2, 20));

    app.keep_pass_phrase("gpg", "battery – staple").unwrap();
    let kept = SystemStore.get(KEPT_AS).unwrap();
    assert_eq!(kept.as_deref().map(String::as_str), Some("battery – staple"));
    export(&office, "never.wav").told("does not fit", "Try another pass phrase");

    app.forget_pass_phrase("gpg").unwrap();
    app.forget_pass_phrase("gpg").unwrap();
    export(&office, "never.wav").told("needs its pass phrase", "--pass-phrase-stdin");
    assert!(!office.folder.path().join("never.wav").exists());
    // For the time when it is locked.
    app.keep_pass_phrase("gpg", SECRET).unwrap();
}

fn locked() {
    let office = office();
    assert_eq!(SystemStore.get(KEPT_AS), Err(SecretError::Locked));
    assert_eq!(office.app.keep_pass_phrase("gpg", SECRET).unwrap_err().code(), "secret-store-locked");
    let needed = export(&office, "never.wav").ended(1);
    assert!(needed.err.contains("needs its pass phrase") && needed.err.contains("is locked"), "{needed:?}");
}
