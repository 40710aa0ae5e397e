//! From the bytes of a recording to samples.

mod container;
mod error;
mod gsm;
mod opus;
mod packed;
mod peaks;
mod raw;
mod riff;
mod samples;

pub use container::{Container, container};
pub use error::SoundError;
pub use peaks::Peaks;
pub use raw::Law;
pub use samples::Sound;

/// What the bytes alone do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hint<'a> {
    /// The name of the file, without what a filter takes off it (`call.wav.gpg` → `call.wav`): sound without a header
    /// is known by its ending alone.
    pub name: &'a str,
    /// How the site's exchange codes sound without a header of whose name nobody can tell.
    pub law: Option<Law>,
}

/// The sound of a recording.
///
/// # Errors
/// A sentence about what is wrong: nothing recorded, a codec that cannot be played, damaged beyond reading.
pub fn decode(bytes: &[u8], hint: Hint<'_>) -> Result<Sound, SoundError> {
    match container(bytes, hint) {
        Some(Container::Wav) => riff::decode(bytes),
        Some(Container::Opus) => opus::decode(bytes),
        Some(Container::Gsm) => gsm::decode_raw(bytes),
        Some(Container::Raw(law)) => raw::decode(bytes, law),
        Some(Container::Amr) => Err(SoundError::CannotPlay("AMR")),
        Some(Container::Packed(_)) => packed::decode(bytes, hint),
        None => Err(SoundError::NotSound),
    }
}
