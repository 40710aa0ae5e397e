/// Why a pass phrase could not be kept or fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    #[error(
        "This computer has no credential store that can be reached, so pass phrases are asked for each time and never kept in plain text."
    )]
    NoStore,
    #[error(
        "The credential store is locked, so the pass phrase is asked for; it is never kept in plain text."
    )]
    Locked,
    #[error("The credential store refused: {0}.")]
    Refused(String),
}

impl SecretError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoStore => "secret-store-missing",
            Self::Locked => "secret-store-locked",
            Self::Refused(_) => "secret-store-refused",
        }
    }
}

impl From<keyring_core::Error> for SecretError {
    /// What a store says of an error may hold the secret (bad encoding does): only its kind is told.
    fn from(error: keyring_core::Error) -> Self {
        use keyring_core::Error;
        match error {
            Error::NoStorageAccess(_) => Self::Locked,
            Error::PlatformFailure(_) | Error::NoDefaultStore => Self::NoStore,
            Error::BadEncoding(_) => Self::Refused("what it holds is no text".to_owned()),
            Error::TooLong(..) => Self::Refused("the pass phrase is too long for it".to_owned()),
            Error::Ambiguous(_) => Self::Refused("it holds several secrets under this name".to_owned()),
            _ => Self::Refused("it cannot do this".to_owned()),
        }
    }
}
