/// Why there is no sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SoundError {
    #[error("This is no sound that is known here.")]
    NotSound,
    /// A header and nothing behind it: the exchange opened the file, and nobody talked.
    #[error("Nothing was recorded: the file holds a header and no sound.")]
    Empty,
    #[error("{0} cannot be played here.")]
    CannotPlay(&'static str),
    #[error("The sound has a code that is not known here ({0:#06x}).")]
    UnknownCode(u16),
    #[error("The file is damaged: {0}.")]
    Damaged(String),
}

impl SoundError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotSound => "not-sound",
            Self::Empty => "sound-empty",
            Self::CannotPlay(_) | Self::UnknownCode(_) => "sound-cannot-play",
            Self::Damaged(_) => "sound-damaged",
        }
    }
}
