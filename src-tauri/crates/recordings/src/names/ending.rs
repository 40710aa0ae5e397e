//! The end of a name: what encrypted it, what kind of sound it is, and what is left when both are taken off.

use crate::filter::ENCRYPTED_ENDINGS;

/// Endings of sound, and of packets that hold it. What is in a file, its first bytes say; these only say which files
/// of a folder are meant.
const SOUND: [&str; 36] = [
    "wav", "wav49", "wave", "wava", "gsm", "ulaw", "ul", "pcmu", "mulaw", "alaw", "al", "pcma", "sln",
    "slin", "sln16", "raw", "pcm", "au", "mp3", "ogg", "oga", "opus", "flac", "aac", "m4a", "mp4", "amr",
    "3gp", "aif", "aiff", "caf", "wma", "g722", "g729", "vox", "pcap",
];

/// The endings of a name, lower case, without their dots.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Endings {
    /// What the sound inside is called: `wav` of `x.wav.gpg`.
    pub sound: Option<String>,
    /// `gpg` of `x.wav.gpg`.
    pub encryption: Option<String>,
}

impl Endings {
    /// Whether a file with these endings is a recording. `more` are endings besides the known ones.
    pub fn are_a_recordings(&self, more: &[String]) -> bool {
        let known = |ending: &Option<String>| {
            ending.as_ref().is_some_and(|ending| SOUND.contains(&ending.as_str()) || more.contains(ending))
        };
        self.encryption.is_some() || known(&self.sound)
    }
}

/// The endings of a name or a path.
pub fn endings(path: &[u8]) -> Endings {
    File::new(path).endings
}

/// A name, taken apart.
pub(super) struct File<'a> {
    /// With the folders before it, without endings.
    pub whole: &'a [u8],
    /// Without folders and endings.
    pub stem: &'a [u8],
    pub endings: Endings,
}

impl<'a> File<'a> {
    pub fn new(path: &'a [u8]) -> Self {
        let name_at = path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        let mut stem = &path[name_at..];
        let mut endings = Endings::default();
        if let Some((rest, ending)) = cut(stem)
            && ENCRYPTED_ENDINGS.contains(&ending.as_str())
        {
            (stem, endings.encryption) = (rest, Some(ending));
        }
        if let Some((rest, ending)) = cut(stem) {
            (stem, endings.sound) = (rest, Some(ending));
        }
        Self { whole: &path[..name_at + stem.len()], stem, endings }
    }
}

/// Something before a dot, and behind it two to five letters and digits that are not a number: `1706415046.9` has no
/// ending.
fn cut(name: &[u8]) -> Option<(&[u8], String)> {
    let dot = name.iter().rposition(|byte| *byte == b'.').filter(|dot| *dot > 0)?;
    let ending = &name[dot + 1..];
    let is_one = (2..=5).contains(&ending.len())
        && ending.iter().all(u8::is_ascii_alphanumeric)
        && ending.iter().any(u8::is_ascii_alphabetic);
    is_one.then(|| (&name[..dot], String::from_utf8_lossy(ending).to_ascii_lowercase()))
}
