//! Samples without a header, as exchanges write them: 8,000 a second, one channel.

use audio_codec_algorithms::{decode_alaw, decode_ulaw};

use super::{Sound, SoundError};

const RATE: u32 = 8000;

/// How a sample is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Law {
    /// G.711 as in Europe.
    A,
    /// G.711 as in North America and Japan.
    Mu,
    /// 16 bits, little-endian.
    Linear,
}

pub(super) fn decode(bytes: &[u8], law: Law) -> Result<Sound, SoundError> {
    Sound::new(RATE, 1, samples(bytes, law))
}

/// Half a sample at the end is left out.
pub(super) fn samples(bytes: &[u8], law: Law) -> Vec<i16> {
    match law {
        Law::A => bytes.iter().map(|byte| decode_alaw(*byte)).collect(),
        Law::Mu => bytes.iter().map(|byte| decode_ulaw(*byte)).collect(),
        Law::Linear => bytes.as_chunks().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect(),
    }
}
