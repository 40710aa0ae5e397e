use std::path::PathBuf;

use recordings::{FilterError, SoundError, TemplateError};
use secrets::SecretError;

/// What can go wrong with recordings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingError {
    #[error(transparent)]
    Filter(#[from] FilterError),
    #[error(transparent)]
    Sound(#[from] SoundError),
    #[error(transparent)]
    Secret(#[from] SecretError),
    #[error("{0}")]
    Template(#[from] TemplateError),
    /// The filter's label, and why its pass phrase could not be fetched.
    #[error("The filter {0} needs its pass phrase.")]
    SecretNeeded(String, Option<SecretError>),
    #[error("{0} is encrypted, and no filter fits it.")]
    NoFilter(String),
    #[error("There is no filter {0}.")]
    NoSuchFilter(String),
    #[error("There is no recording {0}.")]
    NoSuchRecording(u32),
    #[error("No recording belongs to call {0}.")]
    NoneOf(String),
    #[error("Call {0} has several recordings.")]
    SeveralOf(String),
    #[error("There is no folder of recordings yet.")]
    NoFolder,
    #[error("{0} is not a folder of recordings.")]
    NoSuchFolder(PathBuf),
    #[error("Nobody has said which call this recording belongs to.")]
    NotChosen,
    #[error("{0} is no text that can be kept: use a name in UTF-8.")]
    FolderName(PathBuf),
    #[error("No file can have this name on this computer.")]
    FileName,
    /// A whole sentence.
    #[error("{0}")]
    FilterSettings(&'static str),
}

impl RecordingError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Filter(error) => error.code(),
            Self::Sound(error) => error.code(),
            Self::Secret(error) => error.code(),
            Self::Template(error) => error.code(),
            Self::SecretNeeded(..) => "secret-needed",
            Self::NoFilter(_) => "filter-none",
            Self::NoSuchFilter(_) => "filter-unknown",
            Self::NoSuchRecording(_) => "recording-unknown",
            Self::NoneOf(_) => "recording-none",
            Self::SeveralOf(_) => "recording-several",
            Self::NoFolder => "recording-folder-none",
            Self::NoSuchFolder(_) => "recording-folder-unknown",
            Self::NotChosen => "recording-not-chosen",
            Self::FolderName(_) => "recording-folder-name",
            Self::FileName => "recording-name",
            Self::FilterSettings(_) => "filter-settings",
        }
    }

    /// The next step, when there is one.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::SecretNeeded(_, Some(store)) => return Some(store.to_string()),
            Self::SecretNeeded(_, None) => "Give the pass phrase; it can be kept in the credential store.",
            Self::Filter(FilterError::NoProgram(_)) => "Install the program, or choose another filter.",
            Self::Filter(FilterError::WrongSecret) => {
                "Try another pass phrase; one that is kept may be out of date."
            }
            Self::NoFilter(_) => "Add a filter for files with this ending.",
            Self::NoFolder => "Name a folder to look in.",
            Self::SeveralOf(_) => "Choose one of them.",
            Self::NoneOf(_) => "Look through the folders again, or choose a recording by hand.",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}
