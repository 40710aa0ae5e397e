//! What can go wrong while pretending.

use std::{io, path::PathBuf};

use thiserror::Error;

#[derive(Debug, Error)]
pub enum PretendError {
    #[error("a pseudo-terminal could not be opened: {0}")]
    Terminal(#[source] io::Error),
    #[error("the link {} could not be made: {source}", path.display())]
    Link { path: PathBuf, source: io::Error },
    #[error("{} exists and is not a link to a pseudo-terminal; it was left alone", .0.display())]
    Occupied(PathBuf),
    #[error("writing to the wire failed: {0}")]
    Wire(#[source] io::Error),
    #[error("the port is unplugged")]
    Unplugged,
    #[error("the pretend exchange was stopped")]
    Stopped,
    #[error("the address cannot be listened on: {0}")]
    Listen(#[source] io::Error),
    #[error("a thread could not be started: {0}")]
    Thread(#[source] io::Error),
}

impl PretendError {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Terminal(_) => "pretend-terminal",
            Self::Link { .. } => "pretend-link",
            Self::Occupied(_) => "pretend-link-occupied",
            Self::Wire(_) => "pretend-wire",
            Self::Unplugged => "pretend-unplugged",
            Self::Stopped => "pretend-stopped",
            Self::Listen(_) => "pretend-listen",
            Self::Thread(_) => "pretend-thread",
        }
    }
}
