//! Samples without a header, as exchanges write them: 8,000 a second, one channel; and whatever else has its samples one
//! after the other.

use audio_codec_algorithms::{decode_alaw, decode_ulaw};
use zeroize::Zeroizing;

use super::{Sound, SoundError, Track};
use crate::buffer::{Buffer, Drain};

const RATE: u32 = 8000;

/// Samples read at a time.
const AT_ONCE: usize = 4096;

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

pub(super) fn decode(bytes: Buffer, law: Law) -> Result<Sound, SoundError> {
    let all = 0..bytes.len();
    Sound::of(RATE, 1, samples(bytes, all, law))
}

/// The samples in a range. Half a sample at the end is left out.
pub(super) fn samples(bytes: Buffer, place: std::ops::Range<usize>, law: Law) -> Track {
    match law {
        Law::A => converted(Drain::new(bytes, place), |[byte]| decode_alaw(*byte)),
        Law::Mu => converted(Drain::new(bytes, place), |[byte]| decode_ulaw(*byte)),
        // They are what they shall be.
        Law::Linear => Track::new(bytes, place),
    }
}

/// Samples of `WIDTH` bytes each as 16-bit ones.
pub(super) fn converted<const WIDTH: usize>(mut bytes: Drain, sample: impl Fn(&[u8; WIDTH]) -> i16) -> Track {
    let mut all = Buffer::default();
    let mut read = Zeroizing::new(vec![0; WIDTH * AT_ONCE]);
    let mut samples = Zeroizing::new(Vec::with_capacity(AT_ONCE));
    loop {
        let filled = bytes.fill(&mut read);
        samples.clear();
        samples.extend(read[..filled].as_chunks().0.iter().map(&sample));
        all.extend_samples(&samples);
        if filled < read.len() {
            let place = 0..all.len();
            return Track::new(all, place);
        }
    }
}
