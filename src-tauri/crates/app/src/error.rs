//! Errors of use cases: a code for programs, a sentence for the person, a next step when there is one.

use std::path::PathBuf;

use crate::views::ErrorView;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    #[error(transparent)]
    Ledger(#[from] ledger::LedgerError),
    #[error("{0}.")]
    Format(#[from] formats::FormatError),
    #[error("There is no time zone called {0}.")]
    Zone(String),
    #[error("There is no call {0}.")]
    NoSuchCall(String),
    #[error("There is no source {0}.")]
    NoSuchSource(u32),
    #[error("{0} is not a day.")]
    Day(String),
    #[error("{0} is read already, by the source {1}.")]
    PlaceTaken(String, String),
    #[error("{0} could not be read: {1}.")]
    File(PathBuf, std::io::Error),
    #[error("{0} has no lines that a known exchange prints.")]
    NotRecognised(PathBuf),
    #[error("{0} is larger than {1} MB.")]
    TooLarge(PathBuf, u64),
    #[error("This source is not a serial port.")]
    NotSerial,
    #[error("These settings do not fit a serial port: {0}.")]
    SerialSettings(String),
    #[error("This computer has no folder for a user's data.")]
    NoDataFolder,
    #[error("Nothing was changed: the work was cancelled.")]
    Cancelled,
    #[error("A line cannot be collected: {0}")]
    Capture(String),
    #[error(transparent)]
    Table(#[from] tables::TableError),
    #[error("The columns of this file cannot be read so: {0}.")]
    Mapping(#[from] formats::MappingError),
    #[error("There is no kept mapping called {0}.")]
    NoSuchMapping(String),
    #[error("{0} is not a choice that can be made here.")]
    Choice(String),
    #[error("There is no import {0}.")]
    NoSuchBatch(i64),
    #[error("Import {0} was taken back already.")]
    AlreadyUndone(i64),
    #[error("The dial rules cannot be used: {0}.")]
    Rules(String),
    #[error("Imported rows could not be packed or unpacked: {0}.")]
    Packing(std::io::Error),
    #[error("The program is being closed.")]
    Stopped,
}

impl AppError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ledger(error) => error.code(),
            Self::Format(error) => error.code(),
            Self::Zone(_) => "zone-unknown",
            Self::NoSuchCall(_) => "call-unknown",
            Self::NoSuchSource(_) => "source-unknown",
            Self::Day(_) => "day-unknown",
            Self::PlaceTaken(..) => "place-taken",
            Self::File(..) => "file",
            Self::NotRecognised(_) => "format-not-recognised",
            Self::TooLarge(..) => "file-too-large",
            Self::NotSerial => "source-not-serial",
            Self::SerialSettings(_) => "serial-settings",
            Self::NoDataFolder => "no-data-folder",
            Self::Cancelled => "cancelled",
            Self::Capture(_) => "capture",
            Self::Table(error) => error.code(),
            Self::Mapping(error) => error.code(),
            Self::NoSuchMapping(_) => "mapping-unknown",
            Self::Choice(_) => "choice-unknown",
            Self::NoSuchBatch(_) => "batch-unknown",
            Self::AlreadyUndone(_) => "batch-undone",
            Self::Rules(_) => "dial-rules",
            Self::Packing(_) => "packing",
            Self::Stopped => "stopped",
        }
    }

    /// The next step, when there is one.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Ledger(error) => return error.hint().map(str::to_owned),
            Self::Table(error) => return error.hint().map(str::to_owned),
            Self::Mapping(_) => "Say of each column what it means; at least one must tell when a call was.",
            Self::NoSuchBatch(_) => "The history of imports lists what was imported.",
            Self::Zone(_) => "Zones are named like Europe/Dublin.",
            Self::Day(_) => "Write days as 2026-11-20.",
            Self::PlaceTaken(..) => "Change or remove that source first; one port can only be read once.",
            Self::NotRecognised(_) => {
                "Choose the format yourself if you know it."
            }
            Self::TooLarge(..) => {
                "Cut the file into smaller ones; each can be read on its own, in any order."
            }
            Self::NoDataFolder => "Set RINGLEDGER_LEDGER to the file that shall be the ledger.",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

impl From<&AppError> for ErrorView {
    fn from(error: &AppError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), hint: error.hint() }
    }
}
