//! Whether a recording is encrypted: two conditions, each told in a sentence.

use recordings::{Encryption, Filter, Plainness, endings};

use super::{filters, words};
use crate::views::LockView;

/// `cipher`: what was seen of its first bytes.
pub(super) fn lock(filters: &[Filter], path: &[u8], cipher: Option<u8>) -> LockView {
    let name = words::shown(path.rsplit(|byte| *byte == b'/').next().unwrap_or(path));
    let found = cipher.and_then(words::plainness);
    let contents = match found {
        None => "Its first bytes were not read.",
        Some(Plainness::Sound) => "Its first bytes are those of sound, so it is played as it is.",
        Some(Plainness::NoSign) => "Its first bytes are neither those of sound nor of anything encrypted.",
        Some(Plainness::Encrypted(Encryption::OpenPgp)) => "Its first bytes are those of OpenPGP.",
        Some(Plainness::Encrypted(Encryption::Age)) => "Its first bytes are those of age.",
        Some(Plainness::Encrypted(Encryption::OpenSsl)) => "Its first bytes are those of openssl enc.",
        Some(Plainness::Encrypted(Encryption::Zip)) => "Its first bytes are those of a ZIP archive.",
        Some(Plainness::Encrypted(Encryption::ByName)) => "Its first bytes are not those of sound.",
    };
    let own = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).filter(|ending| {
        endings(path).encryption.as_ref() == Some(ending)
            || filters.iter().any(|filter| filter.endings.contains(ending))
    });
    let ending = match &own {
        Some(ending) => format!("Its ending .{ending} says that it is encrypted."),
        None => "Its ending does not say that it is encrypted.".to_owned(),
    };
    let fitting = found.map(|found| filters::fitting(filters.to_vec(), &name, found)).unwrap_or_default();
    let code = match (found, fitting.first()) {
        (None, _) => "unknown",
        (Some(Plainness::Encrypted(_)), Some(_)) => "closed",
        (Some(Plainness::Encrypted(_)), None) => "broken",
        (Some(_), _) => "open",
    };
    LockView {
        code: code.to_owned(),
        filter: fitting.first().map(|filter| filter.id.clone()),
        contents: contents.to_owned(),
        ending,
    }
}

#[cfg(test)]
mod tests {
    use recordings::ready_made;

    use super::*;

    #[test]
    fn both_conditions_are_told() {
        let number = |plainness| words::cipher_number(plainness);
        let lock = |path: &str, plainness| lock(&ready_made(), path.as_bytes(), number(plainness));
        let closed = lock("a/call.wav.GPG", Plainness::Encrypted(Encryption::OpenPgp));
        assert_eq!((closed.code.as_str(), closed.filter.as_deref()), ("closed", Some("gpg")));
        assert_eq!(closed.contents, "Its first bytes are those of OpenPGP.");
        assert_eq!(closed.ending, "Its ending .gpg says that it is encrypted.");
        let misnamed = lock("call.wav", Plainness::Encrypted(Encryption::Age));
        assert_eq!((misnamed.code.as_str(), misnamed.filter.as_deref()), ("closed", Some("age")));
        assert_eq!(misnamed.ending, "Its ending does not say that it is encrypted.");
        let plain = lock("call.wav.gpg", Plainness::Sound);
        assert_eq!((plain.code.as_str(), plain.filter), ("open", None));
        let keyless = lock("call.wav.p7m", Plainness::Encrypted(Encryption::ByName));
        assert_eq!((keyless.code.as_str(), keyless.filter), ("broken", None));
    }
}
