//! What Symphonia reads: MP3, FLAC, Ogg Vorbis, AAC, M4A, AIFF, CAF, and ADPCM within WAV.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use symphonia::core::{
    audio::sample::Sample,
    codecs::audio::AudioDecoderOptions,
    errors::Error,
    formats::{FormatOptions, FormatReader, TrackType, probe::Hint as Name},
    io::{MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
};
use zeroize::Zeroizing;

use super::{Hint, Sound, SoundError};

pub(super) fn decode(bytes: &[u8], hint: Hint<'_>) -> Result<Sound, SoundError> {
    guarded(|| read(bytes, hint))
}

/// Runs what other people's decoders do with bytes that may be damaged on purpose. Some of them panic (Symphonia's MS
/// ADPCM overflows), and a damaged recording must not end the program.
pub(super) fn guarded(read: impl FnOnce() -> Result<Sound, SoundError>) -> Result<Sound, SoundError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(SoundError::Damaged("its decoder gave up".to_owned())))
}

fn read(bytes: &[u8], hint: Hint<'_>) -> Result<Sound, SoundError> {
    let mut file = open(bytes, hint)?;
    let track = file.default_track(TrackType::Audio).ok_or(SoundError::NotSound)?;
    let form = track.codec_params.as_ref().and_then(|form| form.audio()).ok_or(SoundError::NotSound)?;
    let wanted = track.id;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(form, &AudioDecoderOptions::default())
        .map_err(damaged)?;
    let mut all: Vec<i16> = Vec::new();
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
                all.extend_from_slice(&piece);
            }
            Err(Error::DecodeError(_)) => {}
            Err(_) => break,
        }
    }
    two_at_most(rate, channels, all)
}

/// Takes a file apart into packets.
pub(super) fn open(bytes: &[u8], hint: Hint<'_>) -> Result<Box<dyn FormatReader>, SoundError> {
    let source = Cursor::new(Zeroizing::new(bytes.to_vec()));
    let stream = MediaSourceStream::new(Box::new(source), MediaSourceStreamOptions::default());
    let mut name = Name::new();
    if let Some((_, ending)) = hint.name.rsplit_once('.') {
        name.with_extension(ending);
    }
    symphonia::default::get_probe()
        .probe(&name, stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(damaged)
}

/// Of more than two channels the first two.
fn two_at_most(rate: u32, channels: usize, samples: Vec<i16>) -> Result<Sound, SoundError> {
    if channels <= 2 {
        return Sound::new(rate, u16::try_from(channels).unwrap_or_default(), samples);
    }
    let samples = Zeroizing::new(samples);
    let first_two = samples.chunks(channels).flat_map(|frame| frame.iter().take(2).copied());
    Sound::new(rate, 2, first_two.collect())
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err wants it")]
fn damaged(error: Error) -> SoundError {
    SoundError::Damaged(error.to_string())
}
