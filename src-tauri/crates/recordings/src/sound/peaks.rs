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
    /// Of what is decoded: stretches of `step_milliseconds`, at least one frame each.
    pub fn of(sound: &Sound, step_milliseconds: u32) -> Self {
        let step_milliseconds = step_milliseconds.max(1);
        let frames = (u64::from(sound.rate) * u64::from(step_milliseconds) / 1000).max(1);
        let stretch = usize::try_from(frames).unwrap_or(usize::MAX);
        let decoded = sound.decoded();
        let mut rows = vec![Vec::with_capacity(decoded / stretch + 1); usize::from(sound.channels)];
        for from in (0..decoded).step_by(stretch) {
            let loudest = sound.loudest(from, from.saturating_add(stretch).min(decoded));
            for (row, loudest) in rows.iter_mut().zip(loudest) {
                row.push(u8::try_from(loudest.min(0x7fff) >> 7).unwrap_or(u8::MAX));
            }
        }
        Self { step_milliseconds, channels: rows }
    }
}
