//! Who listened to what. Written on, never changed: triggers in the ledger see to that.

use calls::CallId;
use rusqlite::{Row, params};

use crate::{Ledger, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// 0 before it is written.
    pub id: i64,
    pub author: String,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub kind: ListeningKind,
    /// With its folder; what is not UTF-8 is shown with escapes.
    pub file: String,
    pub call: Option<CallId>,
    /// The part that was played, in milliseconds of the sound.
    pub played: Option<(i64, i64)>,
    /// The filter that decrypted it; `None`: it was plain, or no filter was tried.
    pub filter: Option<String>,
    /// `done`, or the code of the error.
    pub result: String,
    pub bytes: Option<i64>,
    pub took_milliseconds: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListeningKind {
    /// Decrypted and decoded, to be looked at or played.
    Opened,
    Played,
    /// Written as a WAV file.
    Exported,
    /// Copied as it is.
    Copied,
    /// A filter was tried on it; nothing was to be heard.
    Tried,
    /// A plain file was put away encrypted.
    Encrypted,
    Deleted,
}

/// By their numbers in the ledger.
const KINDS: [ListeningKind; 7] = [
    ListeningKind::Opened,
    ListeningKind::Played,
    ListeningKind::Exported,
    ListeningKind::Copied,
    ListeningKind::Tried,
    ListeningKind::Encrypted,
    ListeningKind::Deleted,
];

const COLUMNS: &str = "id, author, at, kind, file, call, from_ms, to_ms, filter, result, bytes, took_ms";

impl Ledger {
    pub fn log_listening(&self, entry: &Listening) -> Result<()> {
        let kind = KINDS.iter().position(|known| *known == entry.kind);
        self.connection.execute(
            "INSERT INTO listening (author, at, kind, file, call, from_ms, to_ms, filter, result, bytes, took_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                entry.author,
                entry.at,
                kind,
                entry.file,
                entry.call.map(|call| call.0.cast_signed()),
                entry.played.map(|played| played.0),
                entry.played.map(|played| played.1),
                entry.filter,
                entry.result,
                entry.bytes,
                entry.took_milliseconds
            ],
        )?;
        Ok(())
    }

    /// Entries older than `before` (an id; `None`: from the last), newest first.
    pub fn listenings(&self, before: Option<i64>, limit: u32) -> Result<Vec<Listening>> {
        let sql = format!("SELECT {COLUMNS} FROM listening WHERE id < ? ORDER BY id DESC LIMIT ?");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![before.unwrap_or(i64::MAX), limit], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Listening> {
    let kind: usize = row.get(3)?;
    let part: (Option<i64>, Option<i64>) = (row.get(6)?, row.get(7)?);
    Ok(Listening {
        id: row.get(0)?,
        author: row.get(1)?,
        at: row.get(2)?,
        kind: KINDS.get(kind).copied().unwrap_or(ListeningKind::Opened),
        file: row.get(4)?,
        call: row.get::<_, Option<i64>>(5)?.map(|call| CallId(call.cast_unsigned())),
        played: part.0.zip(part.1),
        filter: row.get(8)?,
        result: row.get(9)?,
        bytes: row.get(10)?,
        took_milliseconds: row.get(11)?,
    })
}
