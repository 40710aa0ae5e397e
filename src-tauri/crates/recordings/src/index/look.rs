//! A look at one file: its first bytes, never more.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::{Encryption, Hint, LOOKED_AT, Plainness, container, plainness, sound};

use super::{Look, Settings, State};

impl Look {
    fn without_reading(state: State) -> Self {
        Self { state, plainness: None, container: None, sound_milliseconds: None, channels: None }
    }
}

/// Looks at a file of so many bytes. Blocks; opens the file for reading and for nothing else.
pub fn look(file: &Path, size: u64, settings: &Settings) -> Look {
    if size == 0 {
        return Look::without_reading(State::Empty);
    }
    let head = match head(file) {
        Ok(head) => head,
        Err(error) => return Look::without_reading(State::Unreadable(reason(&error))),
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let plainness = plainness(&name, &head, &settings.endings);
    if let Plainness::Encrypted(encryption) = plainness {
        return Look { plainness: Some(plainness), ..Look::without_reading(encrypted(encryption, size)) };
    }
    let container = container(&head, Hint { name: inner(&name), law: settings.law });
    let stated = container.map(|container| sound::stated(container, &head, size)).unwrap_or_default();
    Look {
        state: if stated.is_empty { State::HeaderOnly } else { State::Found },
        plainness: Some(plainness),
        container,
        sound_milliseconds: stated.milliseconds,
        channels: stated.channels,
    }
}

/// What is shorter than any header of its cipher holds nothing.
fn encrypted(encryption: Encryption, size: u64) -> State {
    // "Salted__", eight bytes of salt, and not one block behind them.
    let is_header = encryption == Encryption::OpenSsl && size <= 16;
    if is_header { State::HeaderOnly } else { State::Found }
}

/// A plain file may be called `x.ulaw.gpg` all the same: it is then sound without a header.
fn inner(name: &str) -> &str {
    let is_encrypted = crate::endings(name.as_bytes()).encryption.is_some();
    name.rsplit_once('.').filter(|_| is_encrypted).map_or(name, |(inner, _)| inner)
}

fn head(file: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(LOOKED_AT);
    File::open(file)?.take(u64::try_from(LOOKED_AT).unwrap_or(u64::MAX)).read_to_end(&mut head)?;
    Ok(head)
}

/// A sentence's end for people.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "there is no permission to read it".to_owned(),
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        _ => error.to_string(),
    }
}
