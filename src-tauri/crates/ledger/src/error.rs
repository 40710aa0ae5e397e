//! What can go wrong with the file, each told apart by what the person can do about it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    #[error("The ledger {0} cannot be written to.")]
    ReadOnly(PathBuf),
    #[error(
        "The ledger {path} was made by a newer Ringledger (its version is {found}, this program knows {known})."
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("The ledger {0} is damaged.")]
    Damaged(PathBuf),
    /// Found while reading or writing rows, where nobody knows the path.
    #[error("The ledger is damaged.")]
    DamagedWithin,
    #[error("{0} is not a ledger.")]
    NotALedger(PathBuf),
    #[error("There is no room left on the disk that holds the ledger.")]
    DiskFull,
    #[error("The ledger is in use by another program.")]
    Busy,
    #[error("{0}")]
    CollectedElsewhere(crate::Holder),
    #[error("There is no ledger at {0}.")]
    NotFound(PathBuf),
    #[error("There is already a file at {0}.")]
    Exists(PathBuf),
    #[error("{0} could not be read or written: {1}.")]
    File(PathBuf, std::io::Error),
    #[error("The ledger's writer has stopped.")]
    Stopped,
    #[error("The ledger refused the request: {0}.")]
    Sqlite(rusqlite::Error),
    #[error("A row of the ledger could not be read: {0}.")]
    Row(String),
}

impl LedgerError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ReadOnly(_) => "ledger-read-only",
            Self::Newer { .. } => "ledger-newer",
            Self::Damaged(_) | Self::DamagedWithin => "ledger-damaged",
            Self::NotALedger(_) => "not-a-ledger",
            Self::DiskFull => "disk-full",
            Self::Busy => "ledger-busy",
            Self::CollectedElsewhere(_) => "collected-elsewhere",
            Self::NotFound(_) => "ledger-not-found",
            Self::Exists(_) => "file-exists",
            Self::File(..) => "file",
            Self::Stopped => "ledger-stopped",
            Self::Sqlite(_) => "ledger-refused",
            Self::Row(_) => "ledger-row",
        }
    }

    /// The next step, when there is one.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::ReadOnly(_) => "Make the file and its folder writable for you, or choose another ledger.",
            Self::Newer { .. } => {
                "Install the newer Ringledger, or open another ledger. Nothing was changed."
            }
            Self::Damaged(_) | Self::DamagedWithin => {
                "Put a backup in its place with `ringledger restore FILE`; keep the damaged file, its raw lines may still be readable."
            }
            Self::NotALedger(_) => {
                "Choose a ledger made by Ringledger, or a new name. The file was not touched."
            }
            Self::DiskFull => {
                "Free some space; collecting goes on by itself, and what the line sent is kept until then."
            }
            Self::Busy => "Close the other program, or wait until it has finished, and try again.",
            Self::CollectedElsewhere(_) => {
                "Calls appear here as the other program collects them. Stop it first if this one is to collect."
            }
            Self::NotFound(_) => {
                "Check the path, or start collecting: the ledger is made with the first line."
            }
            Self::Exists(_) => "Choose another name; existing files are not overwritten.",
            Self::File(..) => "Check that the path names a file, and that you may read and write there.",
            Self::Stopped | Self::Sqlite(_) | Self::Row(_) => return None,
        })
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        // ENOSPC reaches SQLite as FULL from a write and as IOERR from the write-ahead log.
        let full_log = error.to_string().contains("disk I/O error")
            && {
                matches!(&error, rusqlite::Error::SqliteFailure(failure, _)
                if [rusqlite::ffi::SQLITE_IOERR_WRITE, rusqlite::ffi::SQLITE_IOERR_SHMSIZE].contains(&failure.extended_code))
            };
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            _ if full_log => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt) => Self::DamagedWithin,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<postcard::Error> for LedgerError {
    fn from(error: postcard::Error) -> Self {
        Self::Row(error.to_string())
    }
}
