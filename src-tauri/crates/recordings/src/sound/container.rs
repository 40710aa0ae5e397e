//! What kind of sound a file holds, by its first bytes; by its name only where there is no header.

use super::{Hint, Law};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// RIFF with any code in it, GSM ("WAV49") included.
    Wav,
    /// Sun's AU.
    Au,
    /// Ogg with Opus in it.
    Opus,
    /// GSM 06.10 frames and nothing else.
    Gsm,
    /// Samples and nothing else.
    Raw(Law),
    Amr,
    /// What a library reads: its name for people.
    Packed(&'static str),
}

/// First bytes of what a library reads.
const PACKED: [(&[u8], &str); 5] =
    [(b"fLaC", "FLAC"), (b"OggS", "Ogg"), (b"ID3", "MP3"), (b"FORM", "AIFF"), (b"caff", "CAF")];

/// Endings of sound without a header whose code they name.
const RAW: [(&str, Container); 10] = [
    ("gsm", Container::Gsm),
    ("ulaw", Container::Raw(Law::Mu)),
    ("ul", Container::Raw(Law::Mu)),
    ("pcmu", Container::Raw(Law::Mu)),
    ("mulaw", Container::Raw(Law::Mu)),
    ("alaw", Container::Raw(Law::A)),
    ("al", Container::Raw(Law::A)),
    ("pcma", Container::Raw(Law::A)),
    ("sln", Container::Raw(Law::Linear)),
    ("slin", Container::Raw(Law::Linear)),
];

/// Endings of sound without a header that say no more than that: it is coded as the site says, else in samples.
const NAMELESS: [&str; 2] = ["raw", "pcm"];

/// What a recording is by its first bytes, or `None` when it is none.
pub fn container(bytes: &[u8], hint: Hint<'_>) -> Option<Container> {
    if bytes.starts_with(b"RIFF") || bytes.starts_with(b"RF64") {
        return Some(Container::Wav);
    }
    if bytes.starts_with(b".snd") {
        return Some(Container::Au);
    }
    if bytes.starts_with(b"OggS") && within(bytes, b"OpusHead") {
        return Some(Container::Opus);
    }
    if bytes.starts_with(b"#!AMR") {
        return Some(Container::Amr);
    }
    if let Some((_, name)) = PACKED.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(Container::Packed(name));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Container::Packed("MP4"));
    }
    let ending = hint.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let raw = RAW.iter().find(|(known, _)| Some(*known) == ending.as_deref());
    let is_nameless = ending.as_deref().is_some_and(|ending| NAMELESS.contains(&ending));
    match (raw, bytes) {
        (Some((_, container)), _) => Some(*container),
        (None, _) if is_nameless => Some(Container::Raw(hint.law.unwrap_or(Law::Linear))),
        // Eleven bits set begin a frame of MPEG audio, layer 0 is AAC in ADTS.
        (None, [0xff, second, ..]) if second & 0xe0 == 0xe0 => {
            Some(Container::Packed(if second & 0x06 == 0 { "AAC" } else { "MP3" }))
        }
        // A name that says what is inside, and does not say this, is believed: what a filter made of a wrong pass phrase
        // would be sound otherwise.
        _ => hint.law.filter(|_| !bytes.is_empty() && ending.is_none()).map(Container::Raw),
    }
}

/// In the first page of an Ogg file.
fn within(bytes: &[u8], word: &[u8]) -> bool {
    bytes[..bytes.len().min(128)].windows(word.len()).any(|part| part == word)
}
