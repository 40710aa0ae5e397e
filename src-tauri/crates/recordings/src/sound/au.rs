//! Sun's AU (`.au`, `.snd`): six numbers, the high byte first, and the samples after them. Exchanges write it with μ-law in it.

use std::ops::Range;

use super::{Law, Sound, SoundError, Stated, raw};
use crate::buffer::{Buffer, Drain};

/// Bytes of the six numbers: what it is, where the samples begin, their bytes, their code, rate and channels. A remark may
/// stand behind them.
const HEADER: usize = 24;

/// Codes of what is met and for which there is no kept decoder in Rust.
const CANNOT: [(u32, &str); 4] = [(23, "G.721"), (24, "G.722"), (25, "G.723"), (26, "G.723")];

struct Form {
    start: usize,
    /// `None`: as many as there are.
    size: Option<usize>,
    code: u32,
    rate: u32,
    channels: u32,
}

impl Form {
    fn read(head: &[u8]) -> Option<Self> {
        let [_, start, size, code, rate, channels] = head.first_chunk::<HEADER>()?.as_chunks::<4>().0 else {
            return None;
        };
        let number = |bytes: &[u8; 4]| u32::from_be_bytes(*bytes);
        // The largest number was written before anybody knew, and 0 by what was ended before it did.
        let size = Some(number(size)).filter(|size| !matches!(*size, 0 | u32::MAX));
        Some(Self {
            start: usize::try_from(number(start)).ok()?.max(HEADER),
            size: size.and_then(|size| usize::try_from(size).ok()),
            code: number(code),
            rate: number(rate),
            channels: number(channels),
        })
    }

    /// Where the samples are in a file of so many bytes.
    fn place(&self, bytes: usize) -> Range<usize> {
        let start = self.start.min(bytes);
        let there = bytes - start;
        start..start + self.size.filter(|size| *size <= there).unwrap_or(there)
    }

    /// Bytes of a sample.
    fn width(&self) -> Option<usize> {
        match self.code {
            1 | 2 | 27 => Some(1),
            3 => Some(2),
            4 => Some(3),
            5 => Some(4),
            _ => None,
        }
    }
}

pub(super) fn begin(bytes: Buffer) -> Result<Sound, SoundError> {
    let form = Form::read(bytes.beginning())
        .ok_or_else(|| SoundError::Damaged("its header is cut off".to_owned()))?;
    let place = form.place(bytes.len());
    let samples = match form.code {
        1 => raw::samples(bytes, place, Law::Mu),
        27 => raw::samples(bytes, place, Law::A),
        2 => raw::converted(Drain::new(bytes, place), |[byte]| i16::from(byte.cast_signed()) << 8),
        3 => raw::converted(Drain::new(bytes, place), |sample| i16::from_be_bytes(*sample)),
        4 => raw::converted(Drain::new(bytes, place), |[high, low, _]| i16::from_be_bytes([*high, *low])),
        5 => raw::converted(Drain::new(bytes, place), |[high, low, _, _]| i16::from_be_bytes([*high, *low])),
        other => {
            let known = CANNOT.iter().find(|(code, _)| *code == other);
            return Err(SoundError::CannotPlay(known.map_or("AU of an unusual code", |(_, name)| name)));
        }
    };
    Sound::of(form.rate, u16::try_from(form.channels).unwrap_or(u16::MAX), samples)
}

/// Length and channels by the first bytes of a file and the bytes it has.
pub(super) fn stated(head: &[u8], bytes: u64) -> Stated {
    let Some(form) = Form::read(head) else { return Stated { is_empty: true, ..Stated::default() } };
    let sound = form.place(usize::try_from(bytes).unwrap_or(usize::MAX)).len() as u64;
    let frame = form.width().map(|width| width as u64 * u64::from(form.channels) * u64::from(form.rate));
    Stated {
        milliseconds: frame.and_then(|second| sound.saturating_mul(1000).checked_div(second)),
        channels: u16::try_from(form.channels).ok(),
        is_empty: sound == 0,
    }
}
