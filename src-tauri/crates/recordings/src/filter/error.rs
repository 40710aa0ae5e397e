use std::time::Duration;

/// Why a recording could not be decrypted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FilterError {
    #[error("The program {0} is not there.")]
    NoProgram(String),
    #[error("The program {0} could not be started: {1}.")]
    NotStarted(String, String),
    #[error(
        "Others than you and the administrator may change the program {0}, so it is not trusted with recordings."
    )]
    Untrusted(String),
    #[error("The file's name holds characters that no name should have.")]
    Name,
    #[error("The file could not be read: {0}.")]
    File(String),
    #[error("A pass phrase is needed.")]
    NoSecret,
    #[error("The pass phrase or the key does not fit this recording.")]
    WrongSecret,
    #[error("The recording was encrypted for a key that is not here.")]
    NoKey,
    #[error("The recording is damaged, or somebody has changed it: {0}.")]
    Damaged(String),
    #[error("The filter ended with {0}.")]
    Ended(String),
    #[error("The filter was stopped: it had not ended after {} s.", .0.as_secs())]
    TimedOut(Duration),
    #[error("The filter was stopped: it gave more than {0} MB.")]
    TooMuch(usize),
    #[error("The filter ended well, but gave nothing.")]
    Nothing,
    #[error("The filter was stopped: the recording was not wanted any more.")]
    Cancelled,
}

/// A failure, with what the program said of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct FilterFailure {
    pub why: FilterError,
    /// For the administrator, cut at 64 KB; empty where there was no program. Never logged: it may name people.
    pub said: String,
}

impl From<FilterError> for FilterFailure {
    fn from(why: FilterError) -> Self {
        Self { why, said: String::new() }
    }
}

impl FilterError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoProgram(_) => "filter-missing",
            Self::NotStarted(..) => "filter-not-started",
            Self::Untrusted(_) => "filter-untrusted",
            Self::Name => "recording-name",
            Self::File(_) => "file",
            Self::NoSecret => "secret-needed",
            Self::WrongSecret => "secret-wrong",
            Self::NoKey => "key-missing",
            Self::Damaged(_) => "recording-damaged",
            Self::Ended(_) => "filter-failed",
            Self::TimedOut(_) => "filter-timed-out",
            Self::TooMuch(_) => "filter-too-much",
            Self::Nothing => "filter-nothing",
            Self::Cancelled => "cancelled",
        }
    }
}
