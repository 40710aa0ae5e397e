//! The collecting lock: of several programs on one ledger, one collects.

use std::{
    ffi::OsString,
    fmt,
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Local, Utc};
use serde::{Deserialize, Serialize};

use crate::{LedgerError, Result};

/// Held as long as it lives; the operating system lets go of it when the program ends, however it ends.
#[derive(Debug)]
pub struct CollectingLock {
    _file: File,
}

/// Who collects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// "the Ringledger window", "ringledger listen".
    pub program: String,
    pub process: u32,
    pub since: DateTime<Utc>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since.with_timezone(&Local);
        write!(
            f,
            "Another program collects into this ledger: {} (process {}), since {}.",
            self.program,
            self.process,
            since.format("%H:%M on %-d %B")
        )
    }
}

impl CollectingLock {
    /// Takes the lock of a ledger, or says who has it.
    pub fn take(ledger: &Path, program: &str, now: DateTime<Utc>) -> Result<Self> {
        let path = lock_path(ledger);
        let told = |error| LedgerError::File(path.clone(), error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(told)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LedgerError::CollectedElsewhere(holder(&mut file, now)));
            }
            Err(TryLockError::Error(error)) => return Err(LedgerError::File(path, error)),
        }
        let holder = Holder { program: program.to_owned(), process: std::process::id(), since: now };
        let text =
            serde_json::to_string(&holder).map_err(|error| LedgerError::File(path.clone(), error.into()))?;
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(text.as_bytes()))
            .map_err(told)?;
        Ok(Self { _file: file })
    }

    /// Who holds the lock of a ledger, if anybody does.
    pub fn holder(ledger: &Path, now: DateTime<Utc>) -> Option<Holder> {
        let mut file = OpenOptions::new().read(true).write(true).open(lock_path(ledger)).ok()?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Some(holder(&mut file, now)),
            _ => None,
        }
    }
}

fn lock_path(ledger: &Path) -> PathBuf {
    let mut name: OsString = ledger.as_os_str().to_owned();
    name.push(".collecting");
    PathBuf::from(name)
}

fn holder(file: &mut File, now: DateTime<Utc>) -> Holder {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut text));
    let told = read.ok().and_then(|_| serde_json::from_str(&text).ok());
    // Between taking the lock and writing its name the holder is there, but nameless.
    told.unwrap_or(Holder {
        program: "a Ringledger that is just starting".to_owned(),
        process: 0,
        since: now,
    })
}
