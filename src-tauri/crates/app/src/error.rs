//! Errors of use cases: a code for programs, a sentence for the person, a next step when there is one.

use std::path::PathBuf;

use crate::{RecordingError, views::ErrorView};

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
    #[error("{0} looks like a table of calls, but what its columns mean is only a guess.")]
    GuessUnsure(PathBuf),
    #[error("The clock of {0} cannot be set to another zone while a file is imported or taken back.")]
    ClockInUse(String),
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
    #[error("There is no missed call of {0} that anybody could be rung back for.")]
    NoSuchCaller(String),
    #[error("A sheet holds {most} calls, and there are {rows} to be written.")]
    TooManyRows { rows: u32, most: u32 },
    #[error("Pages are made of {most} calls at most, and there are {rows} to be printed.")]
    TooManyToPrint { rows: u32, most: u32 },
    #[error("The program is being closed.")]
    Stopped,
    #[error("There is no saved report called {0}.")]
    NoSuchSavedReport(String),
    #[error("There is no note {0}.")]
    NoSuchNote(u32),
    #[error("There is no contact {0}.")]
    NoSuchContact(u32),
    #[error("The directory has no entry {0}.")]
    NoSuchEntry(u32),
    #[error("There is no import of contacts {0}.")]
    NoSuchContactImport(u32),
    #[error("Import {0} of contacts was taken back already.")]
    ContactImportUndone(u32),
    /// Something that cannot be left out: a whole sentence.
    #[error("{0}")]
    Incomplete(&'static str),
    #[error("{0} is not on the list of outcome codes.")]
    NoSuchOutcomeCode(String),
    #[error("The code {0} is on the list twice.")]
    CodeTwice(String),
    /// The extension, who has it, and from when to when.
    #[error("Extension {0} is {1}'s {2}; two people cannot have it on the same day.")]
    ExtensionTaken(String, String, String),
    #[error("The last day, {1}, is before the first, {0}.")]
    DaysReversed(String, String),
    #[error("Call {0} is over: only an open call can be closed.")]
    NotOpen(String),
    #[error("Nobody has closed call {0} by hand.")]
    NotClosed(String),
    #[error("{0} has no columns that look like names and numbers.")]
    NotContacts(PathBuf),
    #[error("{0} has no columns that look like extensions and people.")]
    NotADirectory(PathBuf),
    #[error(transparent)]
    Recording(#[from] RecordingError),
    #[error(transparent)]
    Report(#[from] reports::ReportError),
    #[error("There is no marker {0}.")]
    NoSuchMarker(u32),
}

impl AppError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ledger(error) => error.code(),
            Self::Report(error) => error.code(),
            Self::Format(error) => error.code(),
            Self::Zone(_) => "zone-unknown",
            Self::NoSuchCall(_) => "call-unknown",
            Self::NoSuchSource(_) => "source-unknown",
            Self::Day(_) => "day-unknown",
            Self::PlaceTaken(..) => "place-taken",
            Self::File(..) => "file",
            Self::NotRecognised(_) => "format-not-recognised",
            Self::GuessUnsure(_) => "format-unsure",
            Self::ClockInUse(_) => "clock-in-use",
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
            Self::TooManyRows { .. } => "too-many-rows",
            Self::TooManyToPrint { .. } => "too-many-to-print",
            Self::NoSuchCaller(_) => "caller-unknown",
            Self::Stopped => "stopped",
            Self::NoSuchNote(_) => "note-unknown",
            Self::NoSuchContact(_) => "contact-unknown",
            Self::NoSuchEntry(_) => "directory-entry-unknown",
            Self::NoSuchContactImport(_) => "contact-import-unknown",
            Self::ContactImportUndone(_) => "contact-import-undone",
            Self::Incomplete(_) => "incomplete",
            Self::NoSuchSavedReport(_) => "saved-report-unknown",
            Self::NoSuchOutcomeCode(_) => "outcome-code-unknown",
            Self::CodeTwice(_) => "outcome-code-twice",
            Self::ExtensionTaken(..) => "extension-taken",
            Self::DaysReversed(..) => "days-reversed",
            Self::NotOpen(_) => "call-not-open",
            Self::NotClosed(_) => "call-not-closed",
            Self::NotContacts(_) => "contacts-not-recognised",
            Self::NotADirectory(_) => "directory-not-recognised",
            Self::Recording(error) => error.code(),
            Self::NoSuchMarker(_) => "marker-unknown",
        }
    }

    /// The next step, when there is one.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Ledger(error) => return error.hint().map(str::to_owned),
            Self::Table(error) => return error.hint().map(str::to_owned),
            Self::Recording(error) => return error.hint(),
            Self::Mapping(_) => "Say of each column what it means; at least one must tell when a call was.",
            Self::NoSuchBatch(_) => "The history of imports lists what was imported.",
            Self::Zone(_) => "Zones are named like Europe/Dublin.",
            Self::Day(_) => "Write days as 2026-11-20.",
            Self::PlaceTaken(..) => "Change or remove that source first; one port can only be read once.",
            Self::NotRecognised(_) => "Choose the format yourself if you know it.",
            Self::GuessUnsure(_) => {
                "Open it in the window, look at the preview and say what is not as it should be; keep that as a mapping for files like it."
            }
            Self::ClockInUse(_) => "Wait until that has ended, or cancel it, and try again.",
            Self::TooLarge(..) => {
                "Cut the file into smaller ones; each can be read on its own, in any order."
            }
            Self::NoDataFolder => "Set RINGLEDGER_LEDGER to the file that shall be the ledger.",
            Self::TooManyRows { .. } => "Write CSV, which has no end, or choose a shorter period.",
            Self::TooManyToPrint { .. } => {
                "Choose a shorter period or a filter, or write a spreadsheet (XLSX)."
            }
            Self::NoSuchOutcomeCode(_) => "Put it on the list first.",
            Self::ExtensionTaken(..) => "End that entry first, or choose other days.",
            Self::NotContacts(_) => {
                "A table of contacts has a column called name and one called number or phone; a vCard file (.vcf) needs neither."
            }
            Self::NotADirectory(_) => {
                "A directory has columns called extension, person, department, from and to."
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

impl From<&AppError> for ErrorView {
    fn from(error: &AppError) -> Self {
        let detail = match error {
            AppError::Recording(error) => error.said(),
            _ => None,
        };
        Self { code: error.code().to_owned(), message: error.to_string(), hint: error.hint(), detail }
    }
}
