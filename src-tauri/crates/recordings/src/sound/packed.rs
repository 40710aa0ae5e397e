//! What Symphonia reads: MP3, FLAC, Ogg Vorbis, AAC, M4A, AIFF, CAF, and ADPCM within WAV.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use symphonia::core::{
    audio::sample::Sample,
    codecs::audio::{
        AudioDecoder, AudioDecoderOptions,
        well_known::{CODEC_ID_ADPCM_IMA_WAV, CODEC_ID_ADPCM_MS, CODEC_ID_MP3},
    },
    errors::Error,
    formats::{FormatOptions, FormatReader, SeekMode, SeekTo, TrackType, probe::Hint as Name},
    io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
    packet::Packet,
    units::Timestamp,
};
use zeroize::Zeroizing;

use super::{Hint, LEAD, Rest, Sound, SoundError, Track};
use crate::buffer::{Buffer, Reader};

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
    let decoder = Decoder::of(&packets)?;
    let mut rest = Packed { packets, decoder, bytes: bytes.clone(), name: hint.name.to_owned() };
    let mut samples = Buffer::default();
    // Which form the sound has is known once some of it is there.
    while samples.is_empty() && rest.decode(&mut samples) {}
    let (rate, channels) = (rest.decoder.rate, rest.decoder.channels);
    let all = Packets::open(bytes.clone(), hint)?.frames() * channels;
    let track = Track::begun(samples, 0, all, Box::new(rest));
    Sound::of(rate, u16::try_from(channels).unwrap_or_default(), track)
}

/// The packets of the sound in a file, one after the other.
pub(super) struct Packets {
    file: Box<dyn FormatReader>,
    wanted: u32,
    /// Where the sound begins, once a packet of it was met.
    first: Option<Timestamp>,
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
        Ok(Self { file, wanted, first: None })
    }

    /// What was heard until the file breaks off is still worth hearing.
    pub fn next(&mut self) -> Option<Packet> {
        loop {
            let packet = self.file.next_packet().ok()??;
            if packet.track_id == self.wanted {
                // Coders begin with what is not to be heard, in one packet or more.
                if self.first.is_none() || !packet.trim_start.is_zero() {
                    self.first = packet.pts.checked_add(packet.trim_start);
                }
                return Some(packet);
            }
        }
    }

    /// A stretch of the sound that these begin, out of the packets of the same file taken apart once more (`others`). `rate` and
    /// `channels` are those of what `decode` makes of a packet.
    pub fn ahead(
        &self,
        mut others: Self,
        wanted: Range<usize>,
        (rate, channels): (u32, usize),
        mut decode: impl FnMut(&Packet, &mut Buffer),
    ) -> Option<Track> {
        let first = self.first?;
        // Ticks for each frame, as a fraction.
        let base = others.file.default_track(TrackType::Audio)?.time_base?;
        let (ticks, frames) = (i128::from(base.denom.get()), i128::from(base.numer.get()) * i128::from(rate));
        let lead = LEAD * usize::try_from(rate).ok()?;
        let from = i128::try_from((wanted.start / channels).saturating_sub(lead)).ok()?;
        let ts = Timestamp::new(first.get().checked_add(i64::try_from(from * ticks / frames).ok()?)?);
        if !others.is_walked() {
            others.file.seek(SeekMode::Accurate, SeekTo::Timestamp { ts, track_id: others.wanted }).ok()?;
        }
        let mut samples = Buffer::default();
        let mut start = None;
        while start.is_none_or(|start| start + samples.len() / 2 < wanted.end) {
            let Some(packet) = others.next() else { break };
            if packet.pts.saturating_add(packet.dur) <= ts {
                continue;
            }
            decode(&packet, &mut samples);
            if start.is_none() && !samples.is_empty() {
                let behind = i128::from(packet.pts.get()) - i128::from(first.get());
                start = Some(usize::try_from(behind * frames / ticks).ok()? * channels);
            }
        }
        Track::within(samples, start?, wanted)
    }

    /// Symphonia takes frames for packets where it seeks in ADPCM (symphonia-format-riff 0.6.1, `seek`), and ends far behind the
    /// place. To walk there is to copy, and quick.
    fn is_walked(&self) -> bool {
        let track = self.file.default_track(TrackType::Audio);
        let form = track.and_then(|track| track.codec_params.as_ref()?.audio());
        form.is_some_and(|form| matches!(form.codec, CODEC_ID_ADPCM_MS | CODEC_ID_ADPCM_IMA_WAV))
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
    decoder: Decoder,
    /// The file, and its name, for another look at it.
    bytes: Reader,
    name: String,
}

impl Packed {
    /// A second more, or a packet where nobody knows yet how much that is.
    fn decode(&mut self, samples: &mut Buffer) -> bool {
        let second = self.decoder.rate as usize * self.decoder.channels * 2;
        let enough = samples.len() + second.max(1);
        while samples.len() < enough {
            if !self.packets.next().is_some_and(|packet| self.decoder.packet(&packet, samples)) {
                return false;
            }
        }
        true
    }

    fn decode_ahead(&self, wanted: Range<usize>) -> Option<Track> {
        let others = Packets::open(self.bytes.clone(), Hint { name: &self.name, law: None }).ok()?;
        let mut decoder = Decoder::of(&others).ok()?;
        let form = (self.decoder.rate, self.decoder.channels);
        let track = self.packets.ahead(others, wanted, form, |packet, samples| {
            decoder.packet(packet, samples);
        });
        track.filter(|_| (decoder.rate, decoder.channels) == form)
    }
}

impl Rest for Packed {
    fn go_on(&mut self, samples: &mut Buffer) -> bool {
        guarded(|| self.decode(samples)).unwrap_or_default()
    }

    fn ahead(&self, wanted: Range<usize>) -> Option<Track> {
        guarded(|| self.decode_ahead(wanted)).flatten()
    }
}

/// From packets to samples.
struct Decoder {
    inner: Box<dyn AudioDecoder>,
    piece: Zeroizing<Vec<i16>>,
    rate: u32,
    /// Of what is decoded: of more than two channels the first two.
    channels: usize,
}

impl Decoder {
    fn of(packets: &Packets) -> Result<Self, SoundError> {
        let track = packets.file.default_track(TrackType::Audio).ok_or(SoundError::NotSound)?;
        let form = track.codec_params.as_ref().and_then(|form| form.audio()).ok_or(SoundError::NotSound)?;
        let inner = symphonia::default::get_codecs()
            .make_audio_decoder(form, &AudioDecoderOptions::default())
            .map_err(damaged)?;
        Ok(Self { inner, piece: Zeroizing::default(), rate: 0, channels: 0 })
    }

    /// Whether more may follow.
    fn packet(&mut self, packet: &Packet, samples: &mut Buffer) -> bool {
        match self.inner.decode(packet) {
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
                true
            }
            Err(Error::DecodeError(_)) => true,
            Err(_) => false,
        }
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
