//! Plain samples.

use zeroize::Zeroizing;

use super::SoundError;

/// Sound as 16-bit samples, one or two channels. Overwritten when let go: it may have been encrypted.
#[derive(Clone, PartialEq, Eq)]
pub struct Sound {
    /// Samples a second of each channel.
    pub rate: u32,
    /// 1 or 2.
    pub channels: u16,
    /// Left and right in turn where there are two.
    pub samples: Zeroizing<Vec<i16>>,
}

impl std::fmt::Debug for Sound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sound {{ {} Hz, {} channels, {} frames }}", self.rate, self.channels, self.frames())
    }
}

/// Bytes of the header that [`Sound::wav`] writes.
const HEADER: usize = 44;

impl Sound {
    pub(super) fn new(rate: u32, channels: u16, samples: Vec<i16>) -> Result<Self, SoundError> {
        let samples = Zeroizing::new(samples);
        if samples.is_empty() {
            return Err(SoundError::Empty);
        }
        if rate == 0 || !matches!(channels, 1 | 2) {
            return Err(SoundError::Damaged(format!("{rate} Hz and {channels} channels")));
        }
        Ok(Self { rate, channels, samples })
    }

    /// Samples of one channel.
    pub fn frames(&self) -> usize {
        self.samples.len() / usize::from(self.channels)
    }

    /// Length in milliseconds.
    pub fn milliseconds(&self) -> u64 {
        self.frames() as u64 * 1000 / u64::from(self.rate)
    }

    /// The frames `from .. to` as a WAV file of PCM, which every web view plays.
    pub fn wav(&self, from: usize, to: usize) -> Zeroizing<Vec<u8>> {
        self.written(self.between(from, to).iter(), self.channels)
    }

    /// The same of one channel alone (0 is the left one), to be heard on both sides; of the last where there are fewer.
    pub fn wav_of(&self, channel: u16, from: usize, to: usize) -> Zeroizing<Vec<u8>> {
        let first = usize::from(channel.min(self.channels - 1));
        let samples = self.between(from, to).iter().skip(first).step_by(usize::from(self.channels));
        self.written(samples, 1)
    }

    fn between(&self, from: usize, to: usize) -> &[i16] {
        let channels = usize::from(self.channels);
        let to = to.min(self.frames());
        &self.samples[from.min(to) * channels..to * channels]
    }

    fn written<'a>(
        &self,
        samples: impl ExactSizeIterator<Item = &'a i16>,
        channels: u16,
    ) -> Zeroizing<Vec<u8>> {
        let size = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX);
        let mut wav = Zeroizing::new(Vec::with_capacity(HEADER + samples.len() * 2));
        wav.extend_from_slice(b"RIFF");
        wav.extend_from_slice(&size.saturating_add(36).to_le_bytes());
        wav.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0");
        wav.extend_from_slice(&channels.to_le_bytes());
        wav.extend_from_slice(&self.rate.to_le_bytes());
        let frame = channels * 2;
        wav.extend_from_slice(&(self.rate * u32::from(frame)).to_le_bytes());
        wav.extend_from_slice(&frame.to_le_bytes());
        wav.extend_from_slice(b"\x10\0data");
        wav.extend_from_slice(&size.to_le_bytes());
        wav.extend(samples.flat_map(|sample| sample.to_le_bytes()));
        wav
    }

    /// Two one-sided recordings of one call (`-in`, `-out`) as one: `self` to the left, the other to the right. The
    /// shorter one ends in silence.
    ///
    /// # Errors
    /// When they are not alike: both must have one channel and the same rate.
    pub fn joined(&self, right: &Self) -> Result<Self, SoundError> {
        if self.channels != 1 || right.channels != 1 || self.rate != right.rate {
            return Err(SoundError::Damaged("the two sides of this recording are not alike".to_owned()));
        }
        let frames = self.samples.len().max(right.samples.len());
        let at = |side: &Self, frame: usize| side.samples.get(frame).copied().unwrap_or_default();
        let samples = (0..frames).flat_map(|frame| [at(self, frame), at(right, frame)]).collect();
        Self::new(self.rate, 2, samples)
    }
}
