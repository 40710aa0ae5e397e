//! The file of its recording, where a row names it in a column that means something else elsewhere.

use crate::table::Meaning;
use crate::table::row::Row;

/// What it is called in a record's `extra`.
pub(in crate::table) const RECORDING: &str = "recording";

/// Endings of files of sound that exchanges write, and what may stand behind them.
const SOUND: [&str; 11] = ["wav", "wav49", "gsm", "ulaw", "alaw", "sln", "raw", "mp3", "ogg", "g722", "opus"];
const ENCRYPTED: [&str; 5] = ["gpg", "pgp", "age", "enc", "aes"];

/// A file of sound in the user field, where dial plans before `recordingfile` put it.
pub(in crate::table) fn in_user_field(row: &Row<'_>) -> Option<String> {
    let field = row.bytes(Meaning::UserField);
    // Most rows have none.
    if field.len() < 5 || !field.contains(&b'.') {
        return None;
    }
    let text = String::from_utf8_lossy(field.trim_ascii());
    let (before, ending) = text.rsplit_once('.')?;
    let is_one_of =
        |known: &[&str], ending: &str| known.iter().any(|known| known.eq_ignore_ascii_case(ending));
    let is_sound = is_one_of(&SOUND, ending)
        || is_one_of(&ENCRYPTED, ending)
            && before.rsplit_once('.').is_some_and(|(_, ending)| is_one_of(&SOUND, ending));
    (is_sound && !text.chars().any(char::is_control)).then(|| text.into_owned())
}
