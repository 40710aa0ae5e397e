//! What Symphonia reads: MP3, FLAC, Ogg Vorbis, AAC, M4A, AIFF, CAF, and ADPCM within WAV.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use symphonia::core::{
    audio::sample::Sample,
    codecs::audio::{AudioDecoder, AudioDecoderOptions, well_known::CODEC_ID_MP3},
    errors::Error,
    formats::{FormatOptions, FormatReader, TrackType, probe::Hint as Name},
    io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
    packet::Packet,
};
use zeroize::Zeroizing;

use super::{Hint, Rest, Sound, SoundError, Track};
use crate::buffer::{Buffer, Reader};

/// Packets decoded at a time: about a second.
const AT_ONCE: usize = 32;

/// Frames that a file is believed to have at most.
const MOST: u64 = u32::MAX as u64;

pub(super) fn begin(bytes: Buffer, place: Range<usize>, hint: Hint<'_>) -> Result<Sound, SoundError> {
    guarded(|| read(&Reader::new(Arc::new(bytes), place), hint)).unwrap_or_else(|| Err(gave_up()))
}

/// Runs what other people's decoders do with bytes that may be damaged on purpose. Some of them panic (Symphonia's MS
/// ADPCM overflows), and a damaged recording must not end the program.
pub(super) fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

pub(super) fn gave_up() -> SoundError {
    SoundError::Damaged("its decoder gave up".to_owned())
}

fn read(bytes: &Reader, hint: Hint<'_>) -> Result<Sound, SoundError> {
    let packets = Packets::open(bytes.clone(), hint)?;
    let track = packets.file.default_track(TrackType::Audio).ok_or(SoundError::NotSound)?;
    let form = track.codec_params.as_ref().and_then(|form| form.audio()).ok_or(SoundError::NotSound)?;
    let decoder = symphonia::default::get_codecs()
        .make_audio_decoder(form, &AudioDecoderOptions::default())
        .map_err(damaged)?;
    let mut rest = Packed { packets, decoder, piece: Zeroizing::default(), rate: 0, channels: 0 };
    let mut samples = Buffer::default();
    // Which form the sound has is known once some of it is there.
    while samples.is_empty() && rest.decode(&mut samples) {}
    let (rate, channels) = (rest.rate, u16::try_from(rest.channels).unwrap_or_default());
    let all = Packets::open(bytes.clone(), hint)?.frames() * rest.channels;
    Sound::of(rate, channels, Track::begun(samples, 0, all, Box::new(rest)))
}

/// The packets of the sound in a file, one after the other.
pub(super) struct Packets {
    file: Box<dyn FormatReader>,
    wanted: u32,
}

impl Packets {
    /// Takes a file apart.
    pub fn open(bytes: Reader, hint: Hint<'_>) -> Result<Self, SoundError> {
        let stream = MediaSourceStream::new(Box::new(bytes), MediaSourceStreamOptions::default());
        let mut name = Name::new();
        if let Some((_, ending)) = hint.name.rsplit_once('.') {
            name.with_extension(ending);
        }
        let file = symphonia::default::get_probe()
            .probe(&name, stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(damaged)?;
        let wanted = file.default_track(TrackType::Audio).ok_or(SoundError::NotSound)?.id;
        Ok(Self { file, wanted })
    }

    /// What was heard until the file breaks off is still worth hearing.
    pub fn next(&mut self) -> Option<Packet> {
        loop {
            let packet = self.file.next_packet().ok()??;
            if packet.track_id == self.wanted {
                return Some(packet);
            }
        }
    }

    /// How many frames the file says that it has; where it does not, or its format is known to guess, what all packets say.
    /// Neither need be so: in the end there are as many as were decoded.
    pub fn frames(self) -> usize {
        let track = self.file.default_track(TrackType::Audio);
        let form = track.and_then(|track| track.codec_params.as_ref()?.audio());
        let guesses = form.is_some_and(|form| form.codec == CODEC_ID_MP3);
        let stated = track.and_then(|track| track.num_frames).filter(|_| !guesses);
        usize::try_from(stated.unwrap_or_else(|| self.count()).min(MOST)).unwrap_or_default()
    }

    fn count(mut self) -> u64 {
        let mut frames = 0_u64;
        while let Some(packet) = self.next() {
            frames = frames.saturating_add(packet.dur.get());
        }
        frames
    }
}

/// Sound that is decoded as far as it is wanted.
struct Packed {
    packets: Packets,
    decoder: Box<dyn AudioDecoder>,
    piece: Zeroizing<Vec<i16>>,
    rate: u32,
    /// Of what is decoded: of more than two channels the first two.
    channels: usize,
}

impl Packed {
    fn decode(&mut self, samples: &mut Buffer) -> bool {
        for _ in 0..AT_ONCE {
            let Some(packet) = self.packets.next() else { return false };
            match self.decoder.decode(&packet) {
                Ok(sound) => {
                    let (rate, channels) = (sound.spec().rate(), sound.spec().channels().count());
                    if samples.is_empty() {
                        (self.rate, self.channels) = (rate, channels.min(2));
                    }
                    self.piece.resize(sound.samples_interleaved(), i16::MID);
                    sound.copy_to_slice_interleaved(&mut *self.piece);
                    if channels > 2 {
                        first_two(&mut self.piece, channels);
                    }
                    // Nothing says how the two would have to be heard one after the other.
                    if channels.min(2) == self.channels {
                        samples.extend_samples(&self.piece);
                    }
                }
                Err(Error::DecodeError(_)) => {}
                Err(_) => return false,
            }
        }
        true
    }
}

impl Rest for Packed {
    fn go_on(&mut self, samples: &mut Buffer) -> bool {
        guarded(|| self.decode(samples)).unwrap_or_default()
    }
}

/// Of more than two channels the first two.
fn first_two(samples: &mut Vec<i16>, channels: usize) {
    let frames = samples.len() / channels;
    for frame in 0..frames {
        samples.copy_within(frame * channels..frame * channels + 2, frame * 2);
    }
    samples.truncate(frames * 2);
}

impl MediaSource for Reader {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        u64::try_from(self.len()).ok()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err wants it")]
fn damaged(error: Error) -> SoundError {
    SoundError::Damaged(error.to_string())
}
