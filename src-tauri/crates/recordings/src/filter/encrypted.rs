//! Whether a recording is encrypted. Two things must be so: it does not look like sound, and its first bytes or its
//! ending say that it is encrypted. Anything else is played as it is, and the list says why.

use crate::{Hint, container};

/// So many first bytes are enough to tell.
pub const LOOKED_AT: usize = 4096;

/// What a file is encrypted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encryption {
    OpenPgp,
    Age,
    /// `openssl enc` with a salt.
    OpenSsl,
    Zip,
    /// Its ending says so; nothing is known of what is inside.
    ByName,
}

/// Why a file counts as plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plainness {
    /// Its first bytes are those of known sound.
    Sound,
    /// Neither sound nor anything that is known to be encrypted.
    NoSign,
    Encrypted(Encryption),
}

/// How encrypted files begin.
const MAGIC: [(&[u8], Encryption); 10] = [
    (b"age-encryption.org/v1", Encryption::Age),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", Encryption::Age),
    (b"-----BEGIN PGP MESSAGE-----", Encryption::OpenPgp),
    (b"Salted__", Encryption::OpenSsl),
    (b"PK\x03\x04", Encryption::Zip),
    // RFC 9580: packets of a session key, with a pass phrase or for a key, in the old form of headers and in the new.
    (b"\x8c\x0d", Encryption::OpenPgp),
    (b"\x84", Encryption::OpenPgp),
    (b"\x85", Encryption::OpenPgp),
    (b"\xc1", Encryption::OpenPgp),
    (b"\xc3", Encryption::OpenPgp),
];

/// Endings of encrypted files, without regard to filters.
pub(crate) const ENDINGS: [&str; 7] = ["gpg", "pgp", "asc", "enc", "age", "aes", "p7m"];

/// What a recording is, from its name and its first bytes. `endings` are those of the site's filters.
pub fn plainness(name: &str, head: &[u8], endings: &[String]) -> Plainness {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let says_encrypted = ENDINGS.contains(&ending.as_str()) || endings.contains(&ending);
    // A name that ends in `.ulaw` makes anything sound: it counts only where nothing else says otherwise.
    let by_bytes = container(head, Hint::default()).is_some();
    let known = encryption(head);
    match (by_bytes, known, says_encrypted) {
        (true, ..) => Plainness::Sound,
        (false, Some(known), _) => Plainness::Encrypted(known),
        (false, None, true) => Plainness::Encrypted(Encryption::ByName),
        (false, None, false) if container(head, Hint { name, law: None }).is_some() => Plainness::Sound,
        (false, None, false) => Plainness::NoSign,
    }
}

/// What the first bytes say.
pub fn encryption(head: &[u8]) -> Option<Encryption> {
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, encryption)| *encryption)
}
