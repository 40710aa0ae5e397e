//! age (age-encryption.org/v1): the one filter that needs no program.

use std::{fs::File, path::Path};

use age::{DecryptError, Decryptor, Identity, armor::ArmoredReader, scrypt, secrecy::SecretString, x25519};

use super::FilterError;
use crate::buffer::Buffer;

/// A pass phrase may be made so costly (as a power of two) and no costlier: a file could ask for hours of work.
const MOST_WORK: u8 = 22;

/// How identities begin.
pub(crate) const IDENTITY: &str = "AGE-SECRET-KEY-1";

pub(super) fn decrypt(
    file: &Path,
    secret: Option<&str>,
    most: usize,
    wanted: &dyn Fn() -> bool,
) -> Result<Buffer, FilterError> {
    let secret = secret.ok_or(FilterError::NoSecret)?;
    let file = File::open(file).map_err(|error| FilterError::File(error.to_string()))?;
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(file)).map_err(sentence)?;
    let identity = identity(secret)?;
    let mut reader = decryptor.decrypt(std::iter::once(&*identity)).map_err(sentence)?;
    let mut bytes = Buffer::default();
    while wanted() {
        let read = bytes.read_block(&mut reader);
        if read.map_err(|error| FilterError::Damaged(error.to_string()))? == 0 {
            return if bytes.is_empty() { Err(FilterError::Nothing) } else { Ok(bytes) };
        }
        if bytes.len() > most {
            return Err(FilterError::TooMuch(most >> 20));
        }
    }
    Err(FilterError::Cancelled)
}

/// What decrypts: a key where the secret is one, else a pass phrase.
pub(crate) fn identity(secret: &str) -> Result<Box<dyn Identity>, FilterError> {
    if secret.trim().starts_with(IDENTITY) {
        let identity: x25519::Identity = secret.trim().parse().map_err(|_| FilterError::WrongSecret)?;
        return Ok(Box::new(identity));
    }
    let mut identity = scrypt::Identity::new(SecretString::from(secret.to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    Ok(Box::new(identity))
}

fn sentence(error: DecryptError) -> FilterError {
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => FilterError::WrongSecret,
        DecryptError::NoMatchingKeys => FilterError::NoKey,
        DecryptError::Io(error) => FilterError::File(error.to_string()),
        other => FilterError::Damaged(other.to_string()),
    }
}
