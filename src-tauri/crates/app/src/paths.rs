//! Where things are on this computer.

use std::path::{Path, PathBuf};

use crate::AppError;

/// The user's ledger: `RINGLEDGER_LEDGER`, else in the user's data folder.
pub fn default_ledger() -> Result<PathBuf, AppError> {
    if let Some(path) = std::env::var_os("RINGLEDGER_LEDGER").filter(|path| !path.is_empty()) {
        return Ok(PathBuf::from(path));
    }
    let folders = directories::ProjectDirs::from("", "", "ringledger").ok_or(AppError::NoDataFolder)?;
    Ok(folders.data_dir().join("calls.ringledger"))
}

/// The ledger of made-up calls, beside the user's.
pub(crate) fn sample_ledger(ledger: &Path) -> PathBuf {
    beside(ledger, ".sample.ringledger")
}

/// Where bytes land before they are committed.
pub(crate) fn landings(ledger: &Path) -> PathBuf {
    beside(ledger, ".landings")
}

fn beside(ledger: &Path, tail: &str) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}
