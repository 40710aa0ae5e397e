//! What Symphonia reads: MP3, FLAC, Ogg Vorbis, AAC, M4A, AIFF, CAF, and ADPCM within WAV.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use symphonia::core::{
    audio::sample::Sample,
    codecs::audio::AudioDecoderOptions,
    errors::Error,
    formats::{FormatOptions, FormatReader, TrackType, probe::Hint as Name},
    io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
};
use zeroize::Zeroizing;

use super::{Hint, Sound, SoundError};
use crate::buffer::{Buffer, Reader};

pub(super) fn decode(bytes: Buffer, place: Range<usize>, hint: Hint<'_>) -> Result<Sound, SoundError> {
    guarded(|| read(Reader::new(bytes, place), hint))
}

/// Runs what other people's decoders do with bytes that may be damaged on purpose. Some of them panic (Symphonia's MS
/// ADPCM overflows), and a damaged recording must not end the program.
pub(super) fn guarded(read: impl FnOnce() -> Result<Sound, SoundError>) -> Result<Sound, SoundError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(SoundError::Damaged("its decoder gave up".to_owned())))
}

fn read(bytes: Reader, hint: Hint<'_>) -> Result<Sound, SoundError> {
    let mut file = open(bytes, hint)?;
    let track = file.default_track(TrackType::Audio).ok_or(SoundError::NotSound)?;
    let form = track.codec_params.as_ref().and_then(|form| form.audio()).ok_or(SoundError::NotSound)?;
    let wanted = track.id;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(form, &AudioDecoderOptions::default())
        .map_err(damaged)?;
    let mut all = Buffer::default();
    let mut piece = Zeroizing::new(Vec::new());
    let (mut rate, mut channels) = (0, 0);
    // What was heard until the file breaks off is still worth hearing.
    while let Ok(Some(packet)) = file.next_packet() {
        if packet.track_id != wanted {
            continue;
        }
        match decoder.decode(&packet) {
            Ok(sound) => {
                (rate, channels) = (sound.spec().rate(), sound.spec().channels().count());
                piece.resize(sound.samples_interleaved(), i16::MID);
                sound.copy_to_slice_interleaved(&mut piece);
                if channels > 2 {
                    first_two(&mut piece, channels);
                }
                all.extend_samples(&piece);
            }
            Err(Error::DecodeError(_)) => {}
            Err(_) => break,
        }
    }
    Sound::new(rate, u16::try_from(channels.min(2)).unwrap_or_default(), all)
}

/// Takes a file apart into packets.
pub(super) fn open(bytes: Reader, hint: Hint<'_>) -> Result<Box<dyn FormatReader>, SoundError> {
    let stream = MediaSourceStream::new(Box::new(bytes), MediaSourceStreamOptions::default());
    let mut name = Name::new();
    if let Some((_, ending)) = hint.name.rsplit_once('.') {
        name.with_extension(ending);
    }
    symphonia::default::get_probe()
        .probe(&name, stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(damaged)
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
