//! What a command is pointed at: a ledger, a file, a format, a zone.

use std::{
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
};

use ::app::AppError;
use ::calls::Zone;
use ::formats::Format;

/// The ledger named on the command line, or the user's.
pub(crate) fn ledger(named: Option<PathBuf>) -> Result<PathBuf, AppError> {
    named.map_or_else(::app::default_ledger, Ok)
}

/// An existing ledger: a command that only looks must not make one.
pub(crate) fn existing_ledger(named: Option<PathBuf>) -> Result<PathBuf, AppError> {
    let path = ledger(named)?;
    if path.exists() { Ok(path) } else { Err(::ledger::LedgerError::NotFound(path).into()) }
}

/// A file that can be read more than once: standard input is put into a file for temporary ones first.
pub(crate) enum File {
    Named(PathBuf),
    Copied(tempfile::NamedTempFile),
}

impl File {
    pub fn of(file: &Path) -> Result<Self, AppError> {
        if file != Path::new("-") {
            return Ok(Self::Named(file.to_owned()));
        }
        let told = |error| AppError::File(file.to_owned(), error);
        let mut copy = tempfile::NamedTempFile::new().map_err(told)?;
        io::copy(&mut io::stdin().lock(), &mut copy).map_err(told)?;
        Ok(Self::Copied(copy))
    }

    pub fn path(&self) -> &Path {
        match self {
            Self::Named(path) => path,
            Self::Copied(copy) => copy.path(),
        }
    }
}

/// A file, or standard input for `-`.
pub(crate) fn open(file: &Path) -> Result<Box<dyn Read>, AppError> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let told = |error| AppError::File(file.to_owned(), error);
    if file.is_dir() {
        return Err(told(io::ErrorKind::IsADirectory.into()));
    }
    Ok(Box::new(std::fs::File::open(file).map_err(told)?))
}

/// The named format, or for `auto` the one that explains the input best; the input is handed back whole.
pub(crate) fn recognise(
    name: &str,
    file: &Path,
    mut input: Box<dyn Read>,
) -> Result<(&'static dyn Format, Box<dyn Read>), AppError> {
    if name != "auto" {
        return Ok((::formats::format(name)?, input));
    }
    let head = ::app::head(&mut input).map_err(|error| AppError::File(file.to_owned(), error))?;
    let best = ::formats::detect(&head)?
        .into_iter()
        .next()
        .ok_or_else(|| AppError::NotRecognised(file.to_owned()))?;
    Ok((::formats::format(best.format)?, Box::new(Cursor::new(head).chain(input))))
}

pub(crate) fn zone(named: Option<&str>) -> Result<Zone, AppError> {
    named.map_or_else(|| Ok(::app::local_zone()), ::app::zone)
}
