//! Opening: made when missing, copied before it is migrated, refused with a sentence when it must not be touched.

use std::{
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::{
    LedgerError, Result, SCHEMA_VERSION, number_text::NumberTexts, report_number::NumberGroups, schema,
    term::KnownTerms,
};

/// How long a statement waits for another program's write.
const BUSY: Duration = Duration::from_secs(5);

/// One connection to a ledger. The program has one that writes (see [`crate::Writer`]) and a few that read.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) known_terms: KnownTerms,
    pub(crate) number_texts: NumberTexts,
    pub(crate) number_groups: NumberGroups,
    path: PathBuf,
}

/// Pages the writer keeps: the ends of all tables and indexes that an import writes to, many times over.
const CACHE_KIB: i32 = 32 * 1024;

/// Pages a reader keeps at most: the columns that a list is narrowed by, which are read with every question. Those that
/// numbers and names are looked for in are a sixth of a ledger: of ten million calls, 130 MiB.
const READ_CACHE_KIB: RangeInclusive<u64> = 64 * 1024..=160 * 1024;
const SHARE_OF_LEDGER: u64 = 6;

/// Bytes of a page of a new ledger. Twice as much as SQLite takes by itself: blocks and columns are longer than a page,
/// and each page is written to the log and home by calls of its own.
const PAGE_BYTES: i32 = 8 * 1024;

/// Bytes after which the log is brought home: pages that change often go home once and not with every transaction.
/// Bringing so many home takes some 50 ms.
const LOG_BYTES: i32 = 16 * 1024 * 1024;

impl Ledger {
    /// Opens for writing; makes the file and its folder when missing.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| LedgerError::File(folder.to_owned(), error))?;
        }
        if let Ok(about) = fs::metadata(path)
            && about.permissions().readonly()
        {
            return Err(LedgerError::ReadOnly(path.to_owned()));
        }
        Self::open_writable(path).map_err(|error| told_of(path, error))
    }

    /// Opens an existing ledger for reading only.
    pub fn open_reader(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(LedgerError::NotFound(path.to_owned()));
        }
        Self::open_readable(path).map_err(|error| told_of(path, error))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that changes when another connection has committed.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.connection.query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// Runs `work` in one transaction: all of it is kept, or nothing.
    pub fn transaction<T, E: From<LedgerError>>(
        &mut self,
        work: impl FnOnce(&Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(LedgerError::from)?;
        let result = work(self).and_then(|done| {
            self.write_recorded()?;
            Ok(done)
        });
        let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
        if result.is_err() {
            self.forget_texts();
        }
        if let Err(error) = self.connection.execute_batch(end) {
            // A commit that failed (disk full) leaves the transaction open.
            let _ = self.connection.execute_batch("ROLLBACK");
            self.forget_texts();
            if result.is_ok() {
                return Err(LedgerError::from(error).into());
            }
        }
        result
    }

    /// Runs `work` and takes all of it back: to see what would come of it.
    pub fn trial<T, E: From<LedgerError>>(
        &mut self,
        work: impl FnOnce(&Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(LedgerError::from)?;
        let result = work(self);
        self.forget_texts();
        self.connection.execute_batch("ROLLBACK").map_err(LedgerError::from)?;
        result
    }

    fn open_writable(path: &Path) -> Result<Self> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        check_kind(&connection, path)?;
        if connection.is_readonly("main")? {
            return Err(LedgerError::ReadOnly(path.to_owned()));
        }
        // Says nothing to a ledger that has pages.
        connection.pragma_update(None, "page_size", PAGE_BYTES)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        let page_bytes: i32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_BYTES / page_bytes.max(1))?;
        connection.set_prepared_statement_cache_capacity(128);
        let found = schema::version(&connection)?;
        if found < SCHEMA_VERSION {
            if found > 0 {
                keep_copy(&connection, path, found)?;
            }
            schema::migrate(&mut connection)?;
        }
        Ok(Self::of(connection, path))
    }

    /// What a transaction made that is taken back was never there.
    fn forget_texts(&self) {
        self.known_terms.forget();
        self.number_texts.forget();
        self.number_groups.forget();
    }

    fn of(connection: Connection, path: &Path) -> Self {
        Self {
            connection,
            known_terms: KnownTerms::default(),
            number_texts: NumberTexts::default(),
            number_groups: NumberGroups::default(),
            path: path.to_owned(),
        }
    }

    fn open_readable(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        check_kind(&connection, path)?;
        if schema::version(&connection)? < SCHEMA_VERSION {
            // Only a writer may migrate; do so once, then read.
            drop(connection);
            drop(Self::open(path)?);
            return Self::open_readable(path);
        }
        let kib = fs::metadata(path).map_or(0, |file| file.len() / 1024 / SHARE_OF_LEDGER);
        let kib = kib.clamp(*READ_CACHE_KIB.start(), *READ_CACHE_KIB.end());
        connection.pragma_update(None, "cache_size", -i64::try_from(kib).unwrap_or(64 * 1024))?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Self::of(connection, path))
    }
}

/// Refuses files that are not ours or are of a version that only a newer program understands.
fn check_kind(connection: &Connection, path: &Path) -> Result<()> {
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let found = schema::version(connection)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, found, tables) {
        (0, 0, 0) => Ok(()),
        (schema::APPLICATION_ID, found, _) if found > SCHEMA_VERSION => {
            Err(LedgerError::Newer { path: path.to_owned(), found, known: SCHEMA_VERSION })
        }
        (schema::APPLICATION_ID, ..) => Ok(()),
        _ => Err(LedgerError::NotALedger(path.to_owned())),
    }
}

/// The file as it was before a migration, beside it.
fn keep_copy(connection: &Connection, path: &Path, version: i64) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-version-{}", version + 1));
    let copy = PathBuf::from(name);
    if !copy.exists() {
        // Under its name only when it is whole: a copy that was cut off is no way back.
        let mut name = copy.as_os_str().to_owned();
        name.push(format!(".part-{}", std::process::id()));
        let part = PathBuf::from(name);
        let kept = connection.backup("main", &part, None).map_err(LedgerError::from);
        let kept = kept.and_then(|()| {
            let told = |error| LedgerError::File(copy.clone(), error);
            fs::File::open(&part).and_then(|file| file.sync_all()).map_err(told)?;
            fs::rename(&part, &copy).map_err(told)
        });
        if kept.is_err() {
            let _ = fs::remove_file(&part);
        }
        kept?;
    }
    Ok(())
}

/// SQLite's codes in the words of somebody who has a file, not a database.
fn told_of(path: &Path, error: LedgerError) -> LedgerError {
    let cause = match &error {
        LedgerError::DamagedWithin => return LedgerError::Damaged(path.to_owned()),
        LedgerError::Sqlite(cause) => cause,
        _ => return error,
    };
    match cause.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => LedgerError::NotALedger(path.to_owned()),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => LedgerError::ReadOnly(path.to_owned()),
        Some(ErrorCode::CannotOpen) => {
            let cause =
                fs::File::open(path).err().unwrap_or_else(|| std::io::Error::other("it cannot be opened"));
            LedgerError::File(path.to_owned(), cause)
        }
        _ => error,
    }
}
