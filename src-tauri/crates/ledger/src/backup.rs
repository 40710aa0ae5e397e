//! Backup and restore: whole, verified, never over an existing file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use crate::{Ledger, LedgerError, Result};

/// Copies a ledger while it is in use, checks the copy, and only then gives it its name.
pub fn back_up(ledger: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(LedgerError::Exists(to.to_owned()));
    }
    let source = Ledger::open_reader(ledger)?;
    let unfinished = beside(to, ".unfinished");
    remove_if_there(&unfinished)?;
    let copied = source.connection.backup("main", &unfinished, None).map_err(LedgerError::from);
    let checked = copied.and_then(|()| check_copy(&unfinished));
    if let Err(error) = checked {
        remove_if_there(&unfinished)?;
        return Err(match error {
            // The copy is what the ledger is; its own name is gone again.
            LedgerError::Damaged(_) | LedgerError::DamagedWithin => LedgerError::Damaged(ledger.to_owned()),
            error => error,
        });
    }
    fs::rename(&unfinished, to).map_err(|error| LedgerError::File(to.to_owned(), error))
}

/// Puts a checked backup where the ledger is; the present file stays beside it under another name, which is
/// returned.
pub fn restore(backup: &Path, ledger: &Path) -> Result<Option<PathBuf>> {
    drop(Ledger::open_reader(backup)?);
    check_copy(backup)?;
    let _lock = crate::CollectingLock::take(ledger, "ringledger restore", chrono::Utc::now())?;
    let fresh = beside(ledger, ".restoring");
    fs::copy(backup, &fresh).map_err(|error| LedgerError::File(fresh.clone(), error))?;
    let kept = ledger
        .exists()
        .then(|| {
            (0..u16::MAX)
                .map(|number| beside(ledger, &format!(".replaced-{number}")))
                .find(|path| !path.exists())
        })
        .flatten();
    if let Some(kept) = &kept {
        for tail in ["", "-wal", "-shm"] {
            let (from, to) = (beside(ledger, tail), beside(kept, tail));
            if from.exists() {
                fs::rename(&from, &to).map_err(|error| LedgerError::File(from, error))?;
            }
        }
    }
    fs::rename(&fresh, ledger).map_err(|error| LedgerError::File(ledger.to_owned(), error))?;
    Ok(kept)
}

fn check_copy(path: &Path) -> Result<()> {
    let connection = Connection::open(path)?;
    // A single file, without a log beside it, can be carried on a stick.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(LedgerError::Damaged(path.to_owned())) }
}

fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(LedgerError::File(path.to_owned(), error))
        }
        _ => Ok(()),
    }
}
