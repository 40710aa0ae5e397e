use std::path::PathBuf;

use recordings::{FilterError, FilterFailure, RecipientError, SealError, SoundError, TemplateError};
use secrets::SecretError;

/// What can go wrong with recordings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingError {
    #[error(transparent)]
    Filter(#[from] FilterFailure),
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
    /// Others that were opened later have taken its place.
    #[error("This recording is not open any more.")]
    NotOpen,
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
    /// A whole sentence.
    #[error("{0}")]
    RetentionSettings(&'static str),
    #[error("Other recordings would be deleted by now than those that were shown.")]
    RetentionChanged,
    /// By whom, and why.
    #[error("This recording is on hold: {0} said so ({1}).")]
    Held(String, String),
    #[error("This recording is not on hold.")]
    NotHeld,
    #[error("{0} is not the recording that was shown.")]
    NotConfirmed(String),
    #[error("{0} is another file than when it was last looked at.")]
    Changed(String),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Recipient(#[from] RecipientError),
    #[error("With GnuPG recordings are encrypted with a pass phrase; for keys of people take age.")]
    GpgRecipients,
    #[error("{0} is a link to a file in another place.")]
    Link(String),
}

impl RecordingError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Filter(failure) => failure.why.code(),
            Self::Sound(error) => error.code(),
            Self::Secret(error) => error.code(),
            Self::Template(error) => error.code(),
            Self::SecretNeeded(..) => "secret-needed",
            Self::NoFilter(_) => "filter-none",
            Self::NoSuchFilter(_) => "filter-unknown",
            Self::NoSuchRecording(_) => "recording-unknown",
            Self::NotOpen => "recording-not-open",
            Self::NoneOf(_) => "recording-none",
            Self::SeveralOf(_) => "recording-several",
            Self::NoFolder => "recording-folder-none",
            Self::NoSuchFolder(_) => "recording-folder-unknown",
            Self::NotChosen => "recording-not-chosen",
            Self::FolderName(_) => "recording-folder-name",
            Self::FileName => "recording-name",
            Self::FilterSettings(_) => "filter-settings",
            Self::RetentionSettings(_) => "retention-settings",
            Self::RetentionChanged => "retention-changed",
            Self::Held(..) => "recording-held",
            Self::NotHeld => "recording-not-held",
            Self::NotConfirmed(_) => "recording-not-confirmed",
            Self::Changed(_) => "recording-changed",
            Self::Link(_) => "recording-link",
            Self::Seal(error) => error.code(),
            Self::Recipient(_) => "recipient-unknown",
            Self::GpgRecipients => "recipient-gpg",
        }
    }

    /// What a program said that failed, for whoever looks after it.
    pub fn said(&self) -> Option<String> {
        match self {
            Self::Filter(failure) | Self::Seal(SealError::Cipher(failure)) => {
                Some(failure.said.clone()).filter(|said| !said.trim().is_empty())
            }
            _ => None,
        }
    }

    /// The next step, when there is one.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::SecretNeeded(_, Some(store)) => return Some(store.to_string()),
            Self::SecretNeeded(_, None) => "Give the pass phrase; it can be kept in the credential store.",
            Self::Filter(FilterFailure { why: FilterError::NoProgram(_), .. }) => {
                "Install the program, or choose another filter."
            }
            Self::Filter(FilterFailure { why: FilterError::WrongSecret, .. }) => {
                "Try another pass phrase; one that is kept may be out of date."
            }
            Self::NoFilter(_) => "Add a filter for files with this ending.",
            Self::NoFolder => "Name a folder to look in.",
            Self::RetentionChanged => "Look at the list again. Nothing was deleted.",
            Self::Held(..) => "Release it first, if it may go.",
            Self::NotConfirmed(_) => "Look at the list again. It was not touched.",
            Self::Changed(_) => "Look through the folder again. It was not touched.",
            Self::Link(_) => "Do it where the file itself lies. Nothing was touched.",
            Self::SeveralOf(_) => "Choose one of them.",
            Self::NoneOf(_) => "Look through the folders again, or choose a recording by hand.",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}
