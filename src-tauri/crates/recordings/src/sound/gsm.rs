//! GSM 06.10 full rate (ETSI EN 300 961): 160 samples in 33 bytes, or two such frames in 65 as Microsoft packs them
//! into WAV files. No kept decoder in Rust was found, so this follows the standard's own integer arithmetic.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{LEAD, Rest, Sound, SoundError, Track};
use crate::buffer::{Buffer, Drain};

const RATE: u32 = 8000;
const FRAME_SAMPLES: usize = 160;
const FRAME_BYTES: usize = 33;
const PAIR_BYTES: usize = 65;

/// Upper half of the first byte of every frame outside WAV files.
const MAGIC: u8 = 0xd;

/// Frames, or pairs, decoded at a time: a fifth of a second of sound, or two.
const AT_ONCE: usize = 10;

/// Frames and nothing else.
pub(super) fn begin_raw(bytes: Buffer) -> Result<Sound, SoundError> {
    if bytes.beginning().first().is_some_and(|first| first >> 4 != MAGIC) {
        return Err(SoundError::NotSound);
    }
    let frames = bytes.len() / FRAME_BYTES;
    let all = 0..bytes.len();
    Sound::of(RATE, 1, track(frames, Drain::new(bytes, all), Packing::Single))
}

/// The data of a WAV file.
pub(super) fn begin_wav(data: Drain, rate: u32) -> Result<Sound, SoundError> {
    let frames = data.len() / PAIR_BYTES * 2;
    Sound::of(rate, 1, track(frames, data, Packing::Pairs))
}

fn track(frames: usize, bytes: Drain, packing: Packing) -> Track {
    let coded = Coded { bytes, packing, decoded: 0, decoder: Decoder::default() };
    Track::begun(Buffer::default(), 0, frames * FRAME_SAMPLES, Box::new(coded))
}

/// Frames to be decoded.
struct Coded {
    bytes: Drain,
    packing: Packing,
    /// Frames, or pairs, that were.
    decoded: usize,
    decoder: Decoder,
}

/// How frames lie in the bytes.
#[derive(Debug, Clone, Copy)]
enum Packing {
    Single,
    /// Two in 65 bytes.
    Pairs,
}

impl Packing {
    fn bytes(self) -> usize {
        match self {
            Self::Single => FRAME_BYTES,
            Self::Pairs => PAIR_BYTES,
        }
    }

    fn samples(self) -> usize {
        match self {
            Self::Single => FRAME_SAMPLES,
            Self::Pairs => 2 * FRAME_SAMPLES,
        }
    }

    fn decode(self, bytes: &[u8], decoder: &mut Decoder, samples: &mut Buffer) {
        match self {
            Self::Single => {
                let mut bits = HighFirst { bytes, place: 4 };
                decoder.frame(&Frame::read(|width| bits.take(width)), samples);
            }
            Self::Pairs => {
                let mut bits = LowFirst { bytes, place: 0 };
                for _ in 0..2 {
                    decoder.frame(&Frame::read(|width| bits.take(width)), samples);
                }
            }
        }
    }
}

impl Rest for Coded {
    fn go_on(&mut self, samples: &mut Buffer) -> bool {
        let mut read = Zeroizing::new([0; PAIR_BYTES]);
        let bytes = &mut read[..self.packing.bytes()];
        for _ in 0..AT_ONCE {
            if self.bytes.fill(bytes) < bytes.len() {
                return false;
            }
            self.packing.decode(bytes, &mut self.decoder, samples);
            self.decoded += 1;
        }
        self.bytes.len() > 0
    }

    fn ahead(&self, wanted: Range<usize>) -> Option<Track> {
        let mut read = Zeroizing::new([0; PAIR_BYTES]);
        let bytes = &mut read[..self.packing.bytes()];
        let each = self.packing.samples();
        let lead = LEAD * RATE as usize / each;
        // What was read is gone.
        let first = (wanted.start / each).saturating_sub(lead).max(self.decoded);
        let mut decoder = Decoder::default();
        let mut samples = Buffer::default();
        for number in first..wanted.end.div_ceil(each) {
            if self.bytes.look((number - self.decoded).saturating_mul(bytes.len()), bytes) < bytes.len() {
                break;
            }
            self.packing.decode(bytes, &mut decoder, &mut samples);
        }
        Track::within(samples, first * each, wanted)
    }
}

/// Bits from the highest of each byte down.
struct HighFirst<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl HighFirst<'_> {
    fn take(&mut self, width: usize) -> i16 {
        // No parameter has more than seven bits, so two bytes hold any.
        let byte = |at: usize| u16::from(self.bytes.get(at).copied().unwrap_or_default());
        let two = byte(self.place / 8) << 8 | byte(self.place / 8 + 1);
        let value = two << (self.place % 8) >> (16 - width);
        self.place += width;
        value.cast_signed()
    }
}

/// Bits from the lowest of each byte up.
struct LowFirst<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl LowFirst<'_> {
    fn take(&mut self, width: usize) -> i16 {
        let byte = |at: usize| u16::from(self.bytes.get(at).copied().unwrap_or_default());
        let two = byte(self.place / 8 + 1) << 8 | byte(self.place / 8);
        let value = two >> (self.place % 8) & ((1 << width) - 1);
        self.place += width;
        value.cast_signed()
    }
}

/// The parameters of a frame, under the standard's names.
struct Frame {
    /// LARc: the filter of the mouth.
    filter: [i16; 8],
    parts: [Part; 4],
}

/// A quarter of a frame: 40 samples.
struct Part {
    /// Nc.
    lag: i16,
    /// bc.
    gain: i16,
    /// Mc.
    grid: i16,
    /// xmaxc.
    size: i16,
    /// xMc.
    pulses: [i16; 13],
}

const FILTER_BITS: [usize; 8] = [6, 6, 5, 5, 4, 4, 3, 3];

impl Frame {
    fn read(mut take: impl FnMut(usize) -> i16) -> Self {
        Self {
            filter: FILTER_BITS.map(&mut take),
            parts: std::array::from_fn(|_| Part {
                lag: take(7),
                gain: take(2),
                grid: take(2),
                size: take(6),
                pulses: std::array::from_fn(|_| take(3)),
            }),
        }
    }
}

/// Tables 4.1 and 4.3 of the standard.
const FILTER_B: [i16; 8] = [0, 0, 2048, -2560, 94, -1792, -341, -1144];
const FILTER_LEAST: [i16; 8] = [-32, -32, -16, -16, -8, -8, -4, -4];
const FILTER_INVERSE: [i16; 8] = [13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708];
const GAINS: [i16; 4] = [3277, 11469, 21299, 32767];
const MANTISSAS: [i16; 8] = [18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767];

/// The longest lag.
const MEMORY: usize = 120;

/// What one frame leaves to the next.
struct Decoder {
    /// drp: what was excited lately.
    excited: [i16; MEMORY],
    /// nrp.
    lag: usize,
    /// LARpp of the frame before.
    filter: [i16; 8],
    /// v.
    lattice: [i16; 9],
    /// msr.
    emphasis: i16,
}

impl Default for Decoder {
    fn default() -> Self {
        Self { excited: [0; MEMORY], lag: 40, filter: [0; 8], lattice: [0; 9], emphasis: 0 }
    }
}

impl Decoder {
    fn frame(&mut self, frame: &Frame, samples: &mut Buffer) {
        let mut sound = [0; FRAME_SAMPLES];
        for (part, excited) in frame.parts.iter().zip(sound.as_chunks_mut::<40>().0) {
            self.excite(part, excited);
        }
        self.filter(&decode_filter(frame.filter), &mut sound);
        for sample in &mut sound {
            self.emphasis = sample.saturating_add(rounded(self.emphasis, 28180));
            *sample = self.emphasis.saturating_add(self.emphasis) & -8;
        }
        samples.extend_samples(&sound);
    }

    /// Pulses and what was heard before (5.3.1, 5.3.2).
    fn excite(&mut self, part: &Part, excited: &mut [i16; 40]) {
        let pulses = pulses(part);
        let grid = usize::try_from(part.grid).unwrap_or_default();
        for (number, pulse) in pulses.into_iter().enumerate() {
            if let Some(place) = excited.get_mut(grid + 3 * number) {
                *place = pulse;
            }
        }
        self.lag =
            usize::try_from(part.lag).ok().filter(|lag| (40..=MEMORY).contains(lag)).unwrap_or(self.lag);
        let gain = GAINS[usize::try_from(part.gain).unwrap_or_default() & 3];
        for (place, sample) in excited.iter_mut().enumerate() {
            // The lag is 40 at least: what is repeated is older than this part.
            *sample = sample.saturating_add(rounded(gain, self.excited[MEMORY - self.lag + place]));
        }
        self.excited.copy_within(40.., 0);
        self.excited[MEMORY - 40..].copy_from_slice(excited);
    }

    /// The filter of the mouth, which moves from the frame before to this one (5.3.3, 5.3.4).
    fn filter(&mut self, filter: &[i16; 8], sound: &mut [i16; FRAME_SAMPLES]) {
        let before = self.filter;
        let between = |mix: fn(i16, i16) -> i16| std::array::from_fn(|at| mix(before[at], filter[at]));
        let steps: [(usize, [i16; 8]); 4] = [
            (13, between(|one, other| (one >> 2).saturating_add(other >> 2).saturating_add(one >> 1))),
            (27, between(|one, other| (one >> 1).saturating_add(other >> 1))),
            (40, between(|one, other| (one >> 2).saturating_add(other >> 2).saturating_add(other >> 1))),
            (FRAME_SAMPLES, *filter),
        ];
        let mut from = 0;
        for (to, ratios) in steps {
            let reflection = ratios.map(reflection);
            for sample in &mut sound[from..to] {
                *sample = self.lattice(&reflection, *sample);
            }
            from = to;
        }
        self.filter = *filter;
    }

    fn lattice(&mut self, reflection: &[i16; 8], excited: i16) -> i16 {
        let mut sample = excited;
        for at in (0..8).rev() {
            sample = sample.saturating_sub(rounded(reflection[at], self.lattice[at]));
            self.lattice[at + 1] = self.lattice[at].saturating_add(rounded(reflection[at], sample));
        }
        self.lattice[0] = sample;
        sample
    }
}

/// 5.2.15, 5.2.16: from the size of a part and its pulses to their heights.
fn pulses(part: &Part) -> [i16; 13] {
    let mut exponent = if part.size > 15 { (part.size >> 3) - 1 } else { 0 };
    let mut mantissa = part.size - (exponent << 3);
    if mantissa == 0 {
        exponent = -4;
        mantissa = 7;
    } else {
        while mantissa <= 7 {
            mantissa = mantissa << 1 | 1;
            exponent -= 1;
        }
        mantissa -= 8;
    }
    let factor = MANTISSAS[usize::try_from(mantissa).unwrap_or_default() & 7];
    let shift = 6 - exponent;
    let half =
        if shift > 0 { 1_i16.checked_shl(u32::from((shift - 1).unsigned_abs())).unwrap_or(0) } else { 0 };
    part.pulses
        .map(|pulse| rounded(factor, ((pulse << 1) - 7) << 12).saturating_add(half) >> shift.clamp(0, 15))
}

/// 5.2.8: the filter from its code.
fn decode_filter(code: [i16; 8]) -> [i16; 8] {
    std::array::from_fn(|at| {
        let value = ((code[at] + FILTER_LEAST[at]) << 10).saturating_sub(FILTER_B[at] << 1);
        let value = rounded(FILTER_INVERSE[at], value);
        value.saturating_add(value)
    })
}

/// 5.2.9.2: a log area ratio as a reflection coefficient.
fn reflection(ratio: i16) -> i16 {
    let size = if ratio == i16::MIN { i16::MAX } else { ratio.abs() };
    let bent = match size {
        ..11059 => size << 1,
        11059..20070 => size + 11059,
        _ => (size >> 2).saturating_add(26112),
    };
    if ratio < 0 { -bent } else { bent }
}

/// The standard's `mult_r`: the product of two fractions of 15 bits, rounded.
fn rounded(one: i16, other: i16) -> i16 {
    let product = (i32::from(one) * i32::from(other) + 16384) >> 15;
    i16::try_from(product).unwrap_or(i16::MAX)
}
