//! Opus within Ogg (RFC 7845). Symphonia takes the pages apart but has no decoder of its own.

use std::{ops::Range, sync::Arc};

use opus_decoder::OpusDecoder;
use symphonia::core::packet::Packet;
use zeroize::Zeroizing;

use super::{
    Hint, Rest, Sound, SoundError, Track,
    packed::{self, Packets},
};
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

/// Packets decoded at a time: about a second.
const AT_ONCE: usize = 50;

pub(super) fn begin(bytes: Buffer) -> Result<Sound, SoundError> {
    packed::guarded(|| read(bytes)).unwrap_or_else(|| Err(packed::gave_up()))
}

fn read(bytes: Buffer) -> Result<Sound, SoundError> {
    let head =
        head(bytes.beginning()).ok_or_else(|| SoundError::Damaged("its header is cut off".to_owned()))?;
    let rate = RATES.into_iter().find(|rate| *rate >= head.rate && head.rate > 0).unwrap_or(FULL_RATE);
    let channels = usize::from(head.channels);
    let decoder = OpusDecoder::new(rate, channels).map_err(|error| SoundError::Damaged(error.to_string()))?;
    let all = 0..bytes.len();
    let bytes = Reader::new(Arc::new(bytes), all);
    // A file that was cut off says nothing at its end; then packets are counted.
    let frames = Packets::open(bytes.clone(), Hint::default())?.frames();
    let packets = Packets::open(bytes.clone(), Hint::default())?;
    let piece = Zeroizing::new(vec![0; decoder.max_frame_size_per_channel() * channels]);
    let at_rate = |frames: usize| frames * rate as usize / FULL_RATE as usize * channels;
    let skipped = at_rate(head.skipped as usize);
    let coded = Coded { packets, decoder, piece, bytes, rate, channels };
    let track = Track::begun(Buffer::default(), skipped, at_rate(frames), Box::new(coded));
    Sound::of(rate, head.channels, track)
}

/// Packets to be decoded.
struct Coded {
    packets: Packets,
    decoder: OpusDecoder,
    piece: Zeroizing<Vec<i16>>,
    /// The file, for another look at it.
    bytes: Reader,
    rate: u32,
    channels: usize,
}

impl Coded {
    fn decode(&mut self, samples: &mut Buffer) -> bool {
        for _ in 0..AT_ONCE {
            let Some(packet) = self.packets.next() else { return false };
            one(&mut self.decoder, &packet, &mut self.piece, self.channels, samples);
        }
        true
    }

    fn decode_ahead(&self, wanted: Range<usize>) -> Option<Track> {
        let others = Packets::open(self.bytes.clone(), Hint::default()).ok()?;
        let mut decoder = OpusDecoder::new(self.rate, self.channels).ok()?;
        let mut piece = Zeroizing::new(vec![0; self.piece.len()]);
        self.packets.ahead(others, wanted, (self.rate, self.channels), |packet, samples| {
            one(&mut decoder, packet, &mut piece, self.channels, samples);
        })
    }
}

impl Rest for Coded {
    fn go_on(&mut self, samples: &mut Buffer) -> bool {
        packed::guarded(|| self.decode(samples)).unwrap_or_default()
    }

    fn ahead(&self, wanted: Range<usize>) -> Option<Track> {
        packed::guarded(|| self.decode_ahead(wanted)).flatten()
    }
}

/// What is damaged is left out.
fn one(decoder: &mut OpusDecoder, packet: &Packet, piece: &mut [i16], channels: usize, samples: &mut Buffer) {
    if let Ok(frames) = decoder.decode(&packet.data, piece, false) {
        samples.extend_samples(&piece[..frames * channels]);
    }
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
