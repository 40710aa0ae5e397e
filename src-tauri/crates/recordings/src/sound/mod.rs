//! From the bytes of a recording to samples.

mod au;
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
use samples::{LEAD, Rest, Track};

use crate::buffer::Buffer;

/// What the bytes alone do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hint<'a> {
    /// The name of the file, without what a filter takes off it (`call.wav.gpg` → `call.wav`): sound without a header
    /// is known by its ending alone.
    pub name: &'a str,
    /// How the site's exchange codes sound without a header of whose name nobody can tell.
    pub law: Option<Law>,
}

/// What the beginning of a file and its size say of the sound in it, without decoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stated {
    pub milliseconds: Option<u64>,
    pub channels: Option<u16>,
    /// There is a header and nothing behind it.
    pub is_empty: bool,
}

pub(crate) fn stated(container: Container, head: &[u8], bytes: u64) -> Stated {
    let of_one_channel =
        |milliseconds| Stated { milliseconds: Some(milliseconds), channels: Some(1), is_empty: false };
    match container {
        // A WAV file without sound is a header of 44 bytes or a little more.
        Container::Wav => match riff::stated(head, bytes) {
            Some((milliseconds, channels)) => {
                Stated { milliseconds, channels: Some(channels), is_empty: milliseconds == Some(0) }
            }
            None => Stated { is_empty: bytes <= 44, ..Stated::default() },
        },
        // 160 samples in 33 bytes.
        Container::Gsm => of_one_channel(bytes / 33 * 20),
        Container::Raw(Law::Linear) => of_one_channel(bytes / 16),
        Container::Raw(_) => of_one_channel(bytes / 8),
        Container::Au => au::stated(head, bytes),
        Container::Amr => Stated { is_empty: bytes <= 9, ..Stated::default() },
        Container::Opus | Container::Packed(_) => Stated::default(),
    }
}

/// The sound of a recording. Samples of 16 bits stay where they are; of anything else, bytes go as they are decoded.
///
/// # Errors
/// A sentence about what is wrong: nothing recorded, a codec that cannot be played, damaged beyond reading.
pub fn decode(bytes: Buffer, hint: Hint<'_>) -> Result<Sound, SoundError> {
    let mut sound = begin(bytes, hint)?;
    sound.decode_to(usize::MAX);
    Ok(sound)
}

/// The same, of which perhaps only the beginning is decoded: [`Sound::decode_to`]. So it is wherever decoding takes a while.
/// Until all is decoded its length is what the file says, or all its packets: in the end there is as much as was decoded.
///
/// # Errors
/// Those of [`decode`].
pub fn begin(bytes: Buffer, hint: Hint<'_>) -> Result<Sound, SoundError> {
    match container(bytes.beginning(), hint) {
        Some(Container::Wav) => riff::begin(bytes),
        Some(Container::Au) => au::begin(bytes),
        Some(Container::Opus) => opus::begin(bytes),
        Some(Container::Gsm) => gsm::begin_raw(bytes),
        Some(Container::Raw(law)) => raw::decode(bytes, law),
        Some(Container::Amr) => Err(SoundError::CannotPlay("AMR")),
        Some(Container::Packed(_)) => {
            let all = 0..bytes.len();
            packed::begin(bytes, all, hint)
        }
        None => Err(SoundError::NotSound),
    }
}
