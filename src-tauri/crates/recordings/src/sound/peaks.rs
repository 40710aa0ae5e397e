//! The picture of a sound: how loud it is from moment to moment.

use super::Sound;

/// Loudest samples of equal stretches, channel by channel; 0 is silence, 255 as loud as can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peaks {
    /// How long a stretch is, in milliseconds.
    pub step_milliseconds: u32,
    /// One row for each channel.
    pub channels: Vec<Vec<u8>>,
}

impl Peaks {
    /// Stretches of `step_milliseconds`, at least one frame each.
    pub fn of(sound: &Sound, step_milliseconds: u32) -> Self {
        let step_milliseconds = step_milliseconds.max(1);
        let frames = (u64::from(sound.rate) * u64::from(step_milliseconds) / 1000).max(1);
        let channels = usize::from(sound.channels);
        let stretch = usize::try_from(frames).unwrap_or(usize::MAX).saturating_mul(channels);
        let mut rows = vec![Vec::with_capacity(sound.samples.len() / stretch + 1); channels];
        for part in sound.samples.chunks(stretch) {
            for (channel, row) in rows.iter_mut().enumerate() {
                let samples = part.iter().skip(channel).step_by(channels);
                let loudest = samples.map(|sample| sample.unsigned_abs()).max().unwrap_or_default();
                row.push(u8::try_from(loudest.min(0x7fff) >> 7).unwrap_or(u8::MAX));
            }
        }
        Self { step_milliseconds, channels: rows }
    }
}
