//! WAV files, whatever their sizes say: after a crash the header says 0 or what it was at the last flush, so the length
//! of the file is believed where the two differ.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{Hint, Law, Sound, SoundError, gsm, packed, raw};
use crate::buffer::{Buffer, Drain};

/// What the chunk `fmt ` says.
struct Form {
    code: u16,
    channels: u16,
    rate: u32,
    /// Bytes of a block: a frame of PCM, a packet of anything else.
    block: u16,
    bits: u16,
    /// All of it, as it stands.
    chunk: Vec<u8>,
}

/// Codes of `fmt ` (Microsoft's list of wave formats).
mod code {
    pub const PCM: u16 = 0x0001;
    pub const MS_ADPCM: u16 = 0x0002;
    pub const FLOAT: u16 = 0x0003;
    pub const A_LAW: u16 = 0x0006;
    pub const MU_LAW: u16 = 0x0007;
    pub const IMA_ADPCM: u16 = 0x0011;
    pub const GSM: u16 = 0x0031;
    pub const MP3: u16 = 0x0055;
    /// The true code is the beginning of a longer one, 24 bytes into the chunk.
    pub const EXTENSIBLE: u16 = 0xfffe;
}

/// Bytes looked at of the chunk `fmt `: no code known here has more.
const LONGEST_FORM: usize = 1 << 16;

/// Codes that are met and for which there is no kept decoder in Rust.
const CANNOT: [(u16, &str); 7] = [
    (0x0028, "G.721"),
    (0x0040, "G.721"),
    (0x0042, "G.723.1"),
    (0x0045, "G.726"),
    (0x0064, "G.726"),
    (0x0083, "G.729"),
    (0x028f, "G.722"),
];

pub(super) fn begin(bytes: Buffer) -> Result<Sound, SoundError> {
    let (form, data) = cut(&bytes)?;
    if data.is_empty() {
        return Err(SoundError::Empty);
    }
    let plain = |samples| Sound::of(form.rate, form.channels, samples);
    match (form.code, form.bits) {
        (code::PCM, 8) => {
            plain(raw::converted(Drain::new(bytes, data), |[byte]| (i16::from(*byte) - 128) << 8))
        }
        (code::PCM, 16) => plain(raw::samples(bytes, data, Law::Linear)),
        (code::PCM, 24) => {
            plain(raw::converted(Drain::new(bytes, data), |[_, low, high]| i16::from_le_bytes([*low, *high])))
        }
        (code::PCM, 32) => plain(raw::converted(Drain::new(bytes, data), |[_, _, low, high]| {
            i16::from_le_bytes([*low, *high])
        })),
        (code::A_LAW, _) => plain(raw::samples(bytes, data, Law::A)),
        (code::MU_LAW, _) => plain(raw::samples(bytes, data, Law::Mu)),
        (code::GSM, _) => gsm::begin_wav(Drain::new(bytes, data), form.rate),
        (code::MP3, _) => packed::begin(bytes, data, Hint::default()),
        (code::MS_ADPCM | code::IMA_ADPCM | code::FLOAT, _) if form.block > 0 => {
            let whole = whole(&form, bytes, data);
            let all = 0..whole.len();
            packed::begin(whole, all, Hint::default())
        }
        (other, _) => Err(CANNOT
            .iter()
            .find(|(code, _)| *code == other)
            .map_or(SoundError::UnknownCode(other), |(_, name)| SoundError::CannotPlay(name))),
    }
}

/// The form and where the sound is, as much of it as there is.
fn cut(bytes: &Buffer) -> Result<(Form, Range<usize>), SoundError> {
    let mut form = None;
    let mut at = 12;
    while let Some((name, size)) = bytes.array(at).and_then(chunk) {
        let body = at + 8;
        let there = bytes.len() - body;
        match &name {
            b"fmt " => {
                let mut chunk = vec![0; size.min(there).min(LONGEST_FORM)];
                bytes.copy(body, &mut chunk);
                form = Some(read_form(&chunk)?);
            }
            b"data" => {
                let form = form.ok_or_else(|| damaged("the sound comes before what it is"))?;
                // 0 and the largest number were written before anybody knew.
                let unknown = size == 0 || size >= 0xffff_ff00 || size > there;
                return Ok((form, body..body + if unknown { there } else { size }));
            }
            _ => {}
        }
        // Chunks begin at even places.
        at = body.saturating_add(size + size % 2);
    }
    if form.is_some() { Err(SoundError::Empty) } else { Err(damaged("its header is cut off")) }
}

/// The name of a chunk and its bytes, by its first eight.
fn chunk([a, b, c, d, size @ ..]: [u8; 8]) -> Option<([u8; 4], usize)> {
    Some(([a, b, c, d], usize::try_from(u32::from_le_bytes(size)).ok()?))
}

fn read_form(chunk: &[u8]) -> Result<Form, SoundError> {
    let word = |at: usize| chunk.get(at..at + 2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let cut_off = || damaged("its header is cut off");
    let rate = chunk.get(4..8).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    let code = word(0).ok_or_else(cut_off)?;
    Ok(Form {
        code: if code == code::EXTENSIBLE { word(24).ok_or_else(cut_off)? } else { code },
        channels: word(2).ok_or_else(cut_off)?,
        rate: rate.ok_or_else(cut_off)?,
        block: word(12).ok_or_else(cut_off)?,
        bits: word(14).unwrap_or_default(),
        chunk: chunk.to_vec(),
    })
}

/// The same file with sizes that hold, for a reader that believes them.
fn whole(form: &Form, bytes: Buffer, data: Range<usize>) -> Buffer {
    let length = data.len() - data.len() % usize::from(form.block.max(1));
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let mut file = Buffer::default();
    file.extend(b"RIFF");
    file.extend(&size(20 + form.chunk.len() + length));
    file.extend(b"WAVEfmt ");
    file.extend(&size(form.chunk.len()));
    file.extend(&form.chunk);
    file.extend(b"data");
    file.extend(&size(length));
    let mut sound = Drain::new(bytes, data.start..data.start + length);
    let mut piece = Zeroizing::new(vec![0; 1 << 16]);
    loop {
        match sound.fill(&mut piece) {
            0 => return file,
            filled => file.extend(&piece[..filled]),
        }
    }
}

/// Length in milliseconds and channels by the first bytes of a file and the bytes it has, without decoding. A code whose
/// packets differ in length gives no length.
pub(super) fn stated(head: &[u8], bytes: u64) -> Option<(Option<u64>, u16)> {
    let mut form = None;
    let mut at = 12;
    while let Some((name, size)) = head.get(at..)?.first_chunk().copied().and_then(chunk) {
        let body = at + 8;
        match &name {
            b"fmt " => form = Some(read_form(head.get(body..)?).ok()?),
            b"data" => {
                let form = form?;
                let there = bytes.saturating_sub(u64::try_from(body).ok()?);
                let said = u64::try_from(size).ok()?;
                let sound = if said == 0 || said > there { there } else { said };
                return Some((form.milliseconds(sound), form.channels));
            }
            _ => {}
        }
        at = body.checked_add(size)?.checked_add(size % 2)?;
    }
    None
}

impl Form {
    fn milliseconds(&self, sound: u64) -> Option<u64> {
        let block = u64::from(self.block.max(1));
        let frames = match self.code {
            code::PCM | code::FLOAT | code::A_LAW | code::MU_LAW => sound / block,
            // Two frames of 160 samples in 65 bytes.
            code::GSM => sound / 65 * 320,
            // Packets of equal size; how many samples each has stands behind the common fields.
            code::MS_ADPCM | code::IMA_ADPCM => {
                let samples = self.chunk.get(18..20).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))?;
                sound.div_ceil(block) * u64::from(samples)
            }
            _ => return None,
        };
        frames.saturating_mul(1000).checked_div(u64::from(self.rate))
    }
}

fn damaged(what: &str) -> SoundError {
    SoundError::Damaged(what.to_owned())
}
