//! Opus within Ogg (RFC 7845). Symphonia takes the pages apart but has no decoder of its own.

use opus_decoder::OpusDecoder;
use symphonia::core::formats::TrackType;
use zeroize::Zeroizing;

use super::{Hint, Sound, SoundError, Track, packed};
use crate::buffer::{Buffer, Reader};

/// Rates that Opus can be decoded to.
const RATES: [u32; 5] = [8000, 12_000, 16_000, 24_000, 48_000];

/// The rate in which Opus counts.
const FULL_RATE: u32 = 48_000;

/// What stands in the first packet.
struct Head {
    channels: u16,
    /// Samples to be left out at the beginning, at [`FULL_RATE`].
    skipped: u32,
    /// What was recorded with; 0 where nobody knows.
    rate: u32,
}

pub(super) fn decode(bytes: Buffer) -> Result<Sound, SoundError> {
    packed::guarded(|| read(bytes))
}

fn read(bytes: Buffer) -> Result<Sound, SoundError> {
    let head =
        head(bytes.beginning()).ok_or_else(|| SoundError::Damaged("its header is cut off".to_owned()))?;
    let rate = RATES.into_iter().find(|rate| *rate >= head.rate && head.rate > 0).unwrap_or(FULL_RATE);
    let channels = usize::from(head.channels);
    let mut decoder =
        OpusDecoder::new(rate, channels).map_err(|error| SoundError::Damaged(error.to_string()))?;
    let all = 0..bytes.len();
    let mut file = packed::open(Reader::new(bytes, all), Hint::default())?;
    let wanted = file.default_track(TrackType::Audio).ok_or(SoundError::NotSound)?.id;
    let mut piece = Zeroizing::new(vec![0; decoder.max_frame_size_per_channel() * channels]);
    let mut samples = Buffer::default();
    // What was heard until the file breaks off is still worth hearing.
    while let Ok(Some(packet)) = file.next_packet() {
        if packet.track_id != wanted {
            continue;
        }
        if let Ok(frames) = decoder.decode(&packet.data, &mut piece, false) {
            samples.extend_samples(&piece[..frames * channels]);
        }
    }
    let skipped = head.skipped as usize * rate as usize / FULL_RATE as usize * channels;
    let place = (skipped * 2).min(samples.len())..samples.len();
    Sound::of(rate, head.channels, Track::new(samples, place))
}

fn head(bytes: &[u8]) -> Option<Head> {
    let place = bytes.windows(8).take(256).position(|word| word == b"OpusHead")?;
    let head = bytes.get(place + 8..)?;
    let channels = u16::from(*head.get(1)?);
    Some(Head {
        // More than two come in streams of their own, which nobody records calls with.
        channels: if matches!(channels, 1 | 2) { channels } else { return None },
        skipped: u32::from(u16::from_le_bytes([*head.get(2)?, *head.get(3)?])),
        rate: u32::from_le_bytes(head.get(4..8)?.try_into().ok()?),
    })
}
