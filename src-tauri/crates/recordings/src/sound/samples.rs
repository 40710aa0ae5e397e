//! Plain samples.

use std::{fmt, iter, ops::Range};

use zeroize::Zeroizing;

use super::SoundError;
use crate::buffer::Buffer;

/// Sound as 16-bit samples, one or two channels. Overwritten when let go: it may have been encrypted.
#[derive(Debug)]
pub struct Sound {
    /// Samples a second of each channel.
    pub rate: u32,
    /// 1 or 2.
    pub channels: u16,
    /// One, with left and right in turn where there are two channels; or one for each.
    tracks: Vec<Track>,
}

/// Samples as bytes, the low one first: those of a WAV file stay where they were read.
pub(super) struct Track {
    bytes: Buffer,
    /// Where in `bytes` they are, or will be once all are decoded.
    place: Range<usize>,
    /// What is not decoded yet.
    rest: Option<Box<dyn Rest>>,
}

/// A decoder at work.
pub(super) trait Rest: Send {
    /// Decodes some more samples; `false`: these were the last.
    fn go_on(&mut self, samples: &mut Buffer) -> bool;

    /// Decodes samples further on, counted like all that are decoded, and keeps none of them: what is between is decoded in its
    /// turn. `None` where this can only be read from the beginning, or nothing is there.
    fn ahead(&self, wanted: Range<usize>) -> Option<Track>;
}

/// A decoder that begins within a sound is let hear so many seconds before what is wanted of it: what it makes of a packet depends
/// on those before (RFC 7845, 4.6, asks for 80 ms; GSM repeats what it said, MP3 keeps bits for later).
pub(super) const LEAD: usize = 1;

impl fmt::Debug for Track {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Track {{ {} samples, {} there }}", self.len(), self.there())
    }
}

/// Bytes of the header that [`Sound::wav`] writes.
const HEADER: usize = 44;

impl Track {
    /// What of `bytes` is samples begins at an even place.
    pub fn new(bytes: Buffer, place: Range<usize>) -> Self {
        Self { bytes, place, rest: None }
    }

    /// What is decoded of about `all` samples, which are counted behind the first `skipped`. Once all are decoded, there are as many
    /// as there are.
    pub fn begun(bytes: Buffer, skipped: usize, all: usize, rest: Box<dyn Rest>) -> Self {
        let start = skipped * 2;
        let mut track = Self { bytes, place: start..start + all * 2, rest: Some(rest) };
        // Whether there is any sound is known by the first of it.
        track.go_on(1);
        track
    }

    /// Samples of a stretch, of which those from the one numbered `first` on were decoded. `None` where these come too late.
    pub fn within(bytes: Buffer, first: usize, wanted: Range<usize>) -> Option<Self> {
        let place = |sample: usize| Some(sample.checked_sub(first)?.saturating_mul(2).min(bytes.len()));
        let place = place(wanted.start)?..place(wanted.end)?;
        Some(Self::new(bytes, place))
    }

    fn len(&self) -> usize {
        // There may be more than was said.
        (self.place.len() / 2).max(self.there())
    }

    /// Samples that are decoded.
    fn there(&self) -> usize {
        match self.rest {
            Some(_) => self.bytes.len().saturating_sub(self.place.start) / 2,
            None => self.place.len() / 2,
        }
    }

    /// Decodes until so many samples are there, or all.
    fn go_on(&mut self, to: usize) {
        let to = to.saturating_mul(2).saturating_add(self.place.start);
        while let Some(rest) = &mut self.rest
            && self.bytes.len() < to
        {
            if !rest.go_on(&mut self.bytes) {
                self.rest = None;
                let end = self.bytes.len();
                self.place = self.place.start.min(end)..end;
            }
        }
    }

    /// Samples `from .. to` in a track of their own, whatever is between.
    fn ahead(&self, from: usize, to: usize) -> Option<Self> {
        let skipped = self.place.start / 2;
        if let Some(rest) = &self.rest {
            return rest.ahead(skipped.saturating_add(from)..skipped.saturating_add(to));
        }
        let mut bytes = Buffer::default();
        self.parts(from, to).for_each(|part| bytes.extend(part.as_flattened()));
        let place = 0..bytes.len();
        Some(Self::new(bytes, place))
    }

    /// Samples `from .. to`, in parts as they lie in memory.
    fn parts(&self, from: usize, to: usize) -> impl Iterator<Item = &[[u8; 2]]> {
        let at = |sample: usize| self.place.start + sample.min(self.there()) * 2;
        // A block has an even number of bytes, and so has what is in front of the samples: none lies in two.
        self.bytes.parts(at(from)..at(to)).map(|part| part.as_chunks().0)
    }

    /// The same one by one; silence where there are none.
    fn samples(&self, from: usize, to: usize) -> impl Iterator<Item = i16> {
        let missing = to.saturating_sub(from.max(self.there()));
        let samples = self.parts(from, to).flatten().map(|sample| i16::from_le_bytes(*sample));
        samples.chain(iter::repeat_n(0, missing))
    }
}

impl Sound {
    pub(super) fn of(rate: u32, channels: u16, track: Track) -> Result<Self, SoundError> {
        if track.len() == 0 {
            return Err(SoundError::Empty);
        }
        if rate == 0 || !matches!(channels, 1 | 2) {
            return Err(SoundError::Damaged(format!("{rate} Hz and {channels} channels")));
        }
        Ok(Self { rate, channels, tracks: vec![track] })
    }

    /// Samples of one channel, whether or not they are decoded.
    pub fn frames(&self) -> usize {
        let longest = self.tracks.iter().map(Track::len).max().unwrap_or_default();
        longest / self.channels_of_a_track()
    }

    /// Of these, how many are decoded: from the first on.
    pub fn decoded(&self) -> usize {
        let behind = self.tracks.iter().filter(|track| track.rest.is_some()).map(Track::there).min();
        behind.map_or(self.frames(), |samples| samples / self.channels_of_a_track())
    }

    /// All is decoded, so its length is known.
    pub fn is_whole(&self) -> bool {
        self.tracks.iter().all(|track| track.rest.is_none())
    }

    /// Decodes until so many frames are there, or all; a few more may come with them.
    pub fn decode_to(&mut self, frames: usize) {
        let samples = frames.saturating_mul(self.channels_of_a_track());
        for track in &mut self.tracks {
            track.go_on(samples);
        }
    }

    /// The frames `from .. to` as a sound of their own, decoded before what is between: whoever goes far on need not wait for
    /// that. `None` where they are decoded, or will be in a moment, or cannot be had before the others.
    pub fn ahead(&self, from: usize, to: usize) -> Option<Self> {
        let lead = LEAD * usize::try_from(self.rate).ok()?;
        if self.is_whole() || from <= self.decoded().saturating_add(lead) {
            return None;
        }
        let samples = self.channels_of_a_track();
        let (from, to) = (from.saturating_mul(samples), to.saturating_mul(samples));
        let tracks = self.tracks.iter().map(|track| track.ahead(from, to)).collect::<Option<Vec<_>>>()?;
        let ahead = Self { rate: self.rate, channels: self.channels, tracks };
        (ahead.frames() > 0).then_some(ahead)
    }

    /// Bytes of the samples of all channels.
    pub fn bytes(&self) -> usize {
        self.frames() * usize::from(self.channels) * 2
    }

    /// Length in milliseconds.
    pub fn milliseconds(&self) -> u64 {
        self.frames() as u64 * 1000 / u64::from(self.rate)
    }

    /// The frames `from .. to` as a WAV file of PCM, which every web view plays; of those, what is decoded.
    pub fn wav(&self, from: usize, to: usize) -> Zeroizing<Vec<u8>> {
        let to = to.min(self.decoded());
        let from = from.min(to);
        let mut wav = self.header(to - from, self.channels);
        match self.tracks.as_slice() {
            [track] => {
                let channels = usize::from(self.channels);
                for part in track.parts(from * channels, to * channels) {
                    wav.extend_from_slice(part.as_flattened());
                }
            }
            _ => self.each(from, to, |sample| wav.extend_from_slice(&sample.to_le_bytes())),
        }
        wav
    }

    /// The same of one channel alone (0 is the left one), to be heard on both sides; of the last where there are fewer.
    pub fn wav_of(&self, channel: u16, from: usize, to: usize) -> Zeroizing<Vec<u8>> {
        let to = to.min(self.decoded());
        let from = from.min(to);
        let channel = usize::from(channel.min(self.channels - 1));
        let mut wav = self.header(to - from, 1);
        let write = |sample: i16| wav.extend_from_slice(&sample.to_le_bytes());
        match self.tracks.as_slice() {
            [track] => {
                let channels = usize::from(self.channels);
                let samples = track.samples(from * channels, to * channels);
                samples.skip(channel).step_by(channels).for_each(write);
            }
            tracks => {
                tracks.iter().skip(channel).take(1).flat_map(|track| track.samples(from, to)).for_each(write);
            }
        }
        wav
    }

    /// How loud the loudest samples of the frames `from .. to` are, channel by channel.
    pub(super) fn loudest(&self, from: usize, to: usize) -> [u16; 2] {
        let mut loudest = [0; 2];
        if let ([track], 2) = (self.tracks.as_slice(), self.channels) {
            let mut side = 0;
            for sample in track.parts(from * 2, to * 2).flatten() {
                loudest[side] = loudest[side].max(i16::from_le_bytes(*sample).unsigned_abs());
                side ^= 1;
            }
            return loudest;
        }
        for (track, loudest) in self.tracks.iter().zip(&mut loudest) {
            for part in track.parts(from, to) {
                let heights = part.iter().map(|sample| i16::from_le_bytes(*sample).unsigned_abs());
                *loudest = heights.fold(*loudest, u16::max);
            }
        }
        loudest
    }

    /// Two one-sided recordings of one call (`-in`, `-out`) as one: `self` to the left, the other to the right. The
    /// shorter one ends in silence.
    ///
    /// # Errors
    /// When they are not alike: both must have one channel and the same rate.
    pub fn joined(self, right: Self) -> Result<Self, SoundError> {
        if self.channels != 1 || right.channels != 1 || self.rate != right.rate {
            return Err(SoundError::Damaged("the two sides of this recording are not alike".to_owned()));
        }
        let tracks = self.tracks.into_iter().chain(right.tracks).collect();
        Ok(Self { rate: self.rate, channels: 2, tracks })
    }

    fn channels_of_a_track(&self) -> usize {
        if self.tracks.len() == 1 { usize::from(self.channels) } else { 1 }
    }

    /// Samples of the frames `from .. to`, left and right in turn where there are two channels.
    fn each(&self, from: usize, to: usize, mut take: impl FnMut(i16)) {
        match self.tracks.as_slice() {
            [left, right] => left.samples(from, to).zip(right.samples(from, to)).for_each(|(left, right)| {
                take(left);
                take(right);
            }),
            tracks => {
                let channels = usize::from(self.channels);
                tracks.iter().flat_map(|track| track.samples(from * channels, to * channels)).for_each(take);
            }
        }
    }

    /// The beginning of a WAV file, with room for so many frames behind it.
    fn header(&self, frames: usize, channels: u16) -> Zeroizing<Vec<u8>> {
        let frame = channels * 2;
        let bytes = frames * usize::from(frame);
        let size = u32::try_from(bytes).unwrap_or(u32::MAX);
        let mut wav = Zeroizing::new(Vec::with_capacity(HEADER + bytes));
        wav.extend_from_slice(b"RIFF");
        wav.extend_from_slice(&size.saturating_add(36).to_le_bytes());
        wav.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0");
        wav.extend_from_slice(&channels.to_le_bytes());
        wav.extend_from_slice(&self.rate.to_le_bytes());
        wav.extend_from_slice(&self.rate.saturating_mul(u32::from(frame)).to_le_bytes());
        wav.extend_from_slice(&frame.to_le_bytes());
        wav.extend_from_slice(b"\x10\0data");
        wav.extend_from_slice(&size.to_le_bytes());
        wav
    }
}
