//! Files of recordings: as they were seen, and which calls they belong to.

use calls::CallId;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Ledger, Result};

/// What was seen of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingSeen {
    /// Bytes.
    pub size: u64,
    /// Last written to: milliseconds since 1970, UTC.
    pub modified: i64,
    pub state: RecordingState,
    /// Why it cannot be read.
    pub why: Option<String>,
    /// 0 none, it is sound; 1 none that is known; above, which one. `None`: not looked at.
    pub cipher: Option<u8>,
    pub sound_milliseconds: Option<u64>,
    pub channels: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingState {
    Found,
    TooNew,
    Empty,
    HeaderOnly,
    Unreadable,
    Gone,
}

/// By their numbers in the ledger.
const STATES: [RecordingState; 6] = [
    RecordingState::Found,
    RecordingState::TooNew,
    RecordingState::Empty,
    RecordingState::HeaderOnly,
    RecordingState::Unreadable,
    RecordingState::Gone,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingVerdict {
    NotAsked,
    Matched,
    Ambiguous,
    /// The number of the reason.
    Unmatched(u8),
}

/// A file of recordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingEntry {
    pub id: i64,
    pub folder: i64,
    /// Relative to the folder, `/` between the parts; bytes as the system has them.
    pub path: Vec<u8>,
    pub seen: RecordingSeen,
    pub verdict: RecordingVerdict,
    /// Where it stands in lists.
    pub place: RecordingPlace,
}

/// A place in the list of recordings. It stays one when the recording that gave it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordingPlace {
    /// Seconds of the wall clock: the start of its call, else when the file was last written to.
    pub begun: i64,
    pub id: i64,
}

/// A call that a recording belongs to, or may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordingMatch {
    pub call: CallId,
    /// The number of what speaks for it.
    pub evidence: u8,
    /// Seconds from the start of the call to the time of the file.
    pub after_start: Option<i64>,
}

/// Which recordings are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordingShow {
    #[default]
    All,
    Matched,
    Ambiguous,
    /// Neither gone nor still being written.
    Unmatched,
    TooNew,
    /// No bytes, or a header and no sound.
    Empty,
    Unreadable,
    Gone,
}

/// How many recordings there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecordingCounts {
    pub all: u64,
    pub matched: u64,
    pub ambiguous: u64,
    pub unmatched: u64,
    pub too_new: u64,
    pub empty: u64,
    pub unreadable: u64,
    pub gone: u64,
}

/// A measured difference between the clock of names and that of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordingClock {
    pub folder: i64,
    /// Times with their zone; otherwise of the wall.
    pub utc: bool,
    /// First second of the week, by the clock of the names.
    pub week: i64,
    /// Time in the name minus start of the call.
    pub seconds: i64,
    /// Of `files` that were looked at.
    pub agree: u32,
    pub files: u32,
    /// Ids said so. Otherwise equal numbers did.
    pub by_ids: bool,
}

const COLUMNS: &str =
    "id, folder, path, size, modified, state, why, cipher, sound_ms, channels, verdict, reason, begun";

/// When a file of which no more is known was begun: seconds of the wall clock of this computer.
const BEGUN_BY_FILE: &str =
    "coalesce(CAST(strftime('%s', modified / 1000, 'unixepoch', 'localtime') AS INTEGER), 0)";

impl RecordingShow {
    fn sql(self) -> &'static str {
        match self {
            Self::All => "TRUE",
            Self::Matched => "verdict = 1 AND state != 5",
            // `verdict != 1`, `state != 0`: by the indexes of these.
            Self::Ambiguous => "verdict = 2 AND verdict != 1 AND state != 5",
            Self::Unmatched => "verdict = 3 AND verdict != 1 AND state NOT IN (1, 5)",
            Self::TooNew => "state = 1 AND state != 0",
            Self::Empty => "state IN (2, 3) AND state != 0",
            Self::Unreadable => "state = 4 AND state != 0",
            Self::Gone => "state = 5 AND state != 0",
        }
    }
}

impl Ledger {
    /// Adds a file, or finds one again that was gone; it is to be asked for its call.
    pub fn add_recording(&self, folder: i64, path: &[u8], seen: &RecordingSeen) -> Result<()> {
        let begun = BEGUN_BY_FILE.replace("modified", "?4");
        let sql = format!(
            "INSERT INTO recording (folder, path, size, modified, state, why, cipher, sound_ms, channels, verdict, begun)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, {begun})
             ON CONFLICT (folder, path) DO UPDATE SET size = ?3, modified = ?4, state = ?5, why = ?6,
             cipher = ?7, sound_ms = ?8, channels = ?9, verdict = 0, reason = NULL, begun = {begun}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.execute(params![
            folder,
            path,
            seen.size,
            seen.modified,
            number(seen.state),
            seen.why,
            seen.cipher,
            seen.sound_milliseconds,
            seen.channels
        ])?;
        Ok(())
    }

    /// A file is otherwise than it was; it is to be asked again for its call.
    pub fn change_recording(&self, id: i64, seen: &RecordingSeen) -> Result<()> {
        let begun = BEGUN_BY_FILE.replace("modified", "?2");
        let sql = format!(
            "UPDATE recording SET size = ?1, modified = ?2, state = ?3, why = ?4, cipher = ?5, sound_ms = ?6,
             channels = ?7, verdict = 0, reason = NULL, begun = {begun} WHERE id = ?8"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.execute(params![
            seen.size,
            seen.modified,
            number(seen.state),
            seen.why,
            seen.cipher,
            seen.sound_milliseconds,
            seen.channels,
            id
        ])?;
        Ok(())
    }

    /// A file is not there any more; which call it belonged to stays.
    pub fn recording_is_gone(&self, id: i64) -> Result<()> {
        let mut statement = self.connection.prepare_cached("UPDATE recording SET state = ? WHERE id = ?")?;
        statement.execute(params![number(RecordingState::Gone), id])?;
        Ok(())
    }

    /// The files of a folder that are not gone: number, path, size, when it was written to, state.
    pub fn each_known_recording(
        &self,
        folder: i64,
        mut take: impl FnMut(i64, &[u8], u64, i64, RecordingState),
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, path, size, modified, state FROM recording WHERE folder = ? AND state != 5",
        )?;
        let mut rows = statement.query([folder])?;
        while let Some(row) = rows.next()? {
            let path = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            take(row.get(0)?, path, row.get(2)?, row.get(3)?, state(row.get(4)?));
        }
        Ok(())
    }

    /// Files that were not asked yet for their calls; with `open` those as well that found none or several, and those
    /// whose call is not there any more. Not those that are gone or still being written.
    pub fn recordings_to_ask(&self, open: bool) -> Result<Vec<RecordingEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM recording WHERE state NOT IN (1, 5) AND (verdict = 0 OR (?1 AND (verdict != 1
             OR NOT EXISTS (SELECT 1 FROM recording_match JOIN call ON call.id = recording_match.call
                 WHERE recording = recording.id)))) ORDER BY id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([open], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many files of a folder were written to a moment before they were looked at.
    pub fn too_new_recordings(&self, folder: i64) -> Result<u64> {
        // `state != 0`: by the index of these.
        let sql = "SELECT count(*) FROM recording WHERE folder = ? AND state = 1 AND state != 0";
        Ok(self.connection.prepare_cached(sql)?.query_row([folder], |row| row.get(0))?)
    }

    /// How many recordings of a folder are plain sound, and their bytes.
    pub fn plain_recordings(&self, folder: i64) -> Result<(u64, u64)> {
        let sql = "SELECT count(*), coalesce(sum(size), 0) FROM recording
             WHERE folder = ? AND state = 0 AND cipher = 0";
        Ok(self.connection.query_row(sql, [folder], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Of these, those with a number after `after`.
    pub fn plain_recordings_after(&self, folder: i64, after: i64, limit: u32) -> Result<Vec<RecordingEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM recording
             WHERE folder = ? AND state = 0 AND cipher = 0 AND id > ? ORDER BY id LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![folder, after, limit], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A file has another name and other bytes: what people said of it goes along, and which call it belongs to stays. What
    /// was known by the new name is forgotten.
    pub fn rename_recording(&self, id: i64, folder: i64, to: &[u8], seen: &RecordingSeen) -> Result<()> {
        let Some(entry) = self.recording(id)? else { return Ok(()) };
        for sql in [
            "DELETE FROM recording_match
             WHERE recording = (SELECT id FROM recording WHERE folder = ?1 AND path = ?2 AND id != ?3)",
            "DELETE FROM recording WHERE folder = ?1 AND path = ?2 AND id != ?3",
        ] {
            self.connection.execute(sql, params![folder, to, id])?;
        }
        for table in ["recording_choice", "recording_marker", "recording_hold"] {
            // Another file of this name may have been on hold: then this one is.
            let sql = format!(
                "UPDATE OR IGNORE {table} SET folder = ?1, path = ?2 WHERE folder = ?3 AND path = ?4"
            );
            self.connection.execute(&sql, params![folder, to, entry.folder, entry.path])?;
        }
        self.connection.execute(
            "UPDATE recording SET folder = ?1, path = ?2, size = ?3, modified = ?4, state = ?5, why = ?6,
             cipher = ?7 WHERE id = ?8",
            params![folder, to, seen.size, seen.modified, number(seen.state), seen.why, seen.cipher, id],
        )?;
        Ok(())
    }

    /// What is known of a file by its name.
    pub fn recording_at(&self, folder: i64, path: &[u8]) -> Result<Option<RecordingEntry>> {
        let sql = format!("SELECT {COLUMNS} FROM recording WHERE folder = ? AND path = ?");
        Ok(self.connection.prepare_cached(&sql)?.query_row(params![folder, path], read).optional()?)
    }

    /// Every file is to be asked again: what names mean has changed.
    pub fn ask_all_recordings(&self) -> Result<()> {
        self.connection.execute("UPDATE recording SET verdict = 0, reason = NULL", [])?;
        Ok(())
    }

    /// What was found for a file, in the place of what was found before.
    pub fn set_recording_verdict(
        &self,
        id: i64,
        verdict: RecordingVerdict,
        matches: &[RecordingMatch],
    ) -> Result<()> {
        let (verdict, reason) = match verdict {
            RecordingVerdict::NotAsked => (0, None),
            RecordingVerdict::Matched => (1, None),
            RecordingVerdict::Ambiguous => (2, None),
            RecordingVerdict::Unmatched(reason) => (3, Some(reason)),
        };
        let begun = matches.iter().map(|found| found.call.moment()).min();
        let begun = begun.filter(|_| verdict == 1);
        let sql = format!(
            "UPDATE recording SET verdict = ?1, reason = ?2, begun = coalesce(?3, {BEGUN_BY_FILE}) WHERE id = ?4"
        );
        self.connection.prepare_cached(&sql)?.execute(params![verdict, reason, begun, id])?;
        self.connection.prepare_cached("DELETE FROM recording_match WHERE recording = ?")?.execute([id])?;
        let mut insert = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO recording_match (recording, call, evidence, after_start) VALUES (?, ?, ?, ?)",
        )?;
        for found in matches {
            insert.execute(params![id, found.call.0.cast_signed(), found.evidence, found.after_start])?;
        }
        Ok(())
    }

    pub fn recording(&self, id: i64) -> Result<Option<RecordingEntry>> {
        let sql = format!("SELECT {COLUMNS} FROM recording WHERE id = ?");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], read).optional()?)
    }

    /// Recordings behind a place, newest first: by the start of their call, else by when the file was last written to. Those of
    /// one second: what was found last comes first.
    pub fn recordings(
        &self,
        show: RecordingShow,
        after: Option<RecordingPlace>,
        limit: u32,
    ) -> Result<Vec<RecordingEntry>> {
        let behind = if after.is_some() { "(begun, id) < (?1, ?2)" } else { "?1 IS NULL AND ?2 IS NULL" };
        let sql = format!(
            "SELECT {COLUMNS} FROM recording WHERE {} AND {behind} ORDER BY begun DESC, id DESC LIMIT ?3",
            show.sql()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let (begun, id) = (after.map(|place| place.begun), after.map(|place| place.id));
        let rows = statement.query_map(params![begun, id, limit], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// So many recordings from the place `offset` on, in the order of [`Ledger::recordings`].
    pub fn recordings_from(
        &self,
        show: RecordingShow,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<RecordingEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM recording WHERE {} ORDER BY begun DESC, id DESC LIMIT ? OFFSET ?",
            show.sql()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![limit, offset], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Paths of the recordings that were found last and are still there, the last first.
    pub fn last_recording_paths(&self, limit: u32) -> Result<Vec<Vec<u8>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT path FROM recording WHERE state != 5 ORDER BY id DESC LIMIT ?")?;
        let rows = statement.query_map([limit], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The calls that a recording belongs to, or may belong to where it is ambiguous; the strongest evidence first.
    pub fn recording_matches(&self, id: i64) -> Result<Vec<RecordingMatch>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT call, evidence, after_start FROM recording_match WHERE recording = ? ORDER BY evidence, call",
        )?;
        let rows = statement.query_map([id], |row| {
            Ok(RecordingMatch {
                call: CallId(row.get::<_, i64>(0)?.cast_unsigned()),
                evidence: row.get(1)?,
                after_start: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The recordings that belong to a call beyond doubt, those that are gone included.
    pub fn recordings_of(&self, call: CallId) -> Result<Vec<RecordingEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM recording WHERE verdict = 1
             AND id IN (SELECT recording FROM recording_match WHERE call = ?) ORDER BY id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([call.0.cast_signed()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub fn recording_counts(&self) -> Result<RecordingCounts> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*), sum(verdict = 1 AND state != 5), sum(verdict = 2 AND state != 5),
             sum(verdict = 3 AND state NOT IN (1, 5)), sum(state = 1), sum(state IN (2, 3)), sum(state = 4),
             sum(state = 5) FROM recording",
        )?;
        let counts = statement.query_row([], |row| {
            let count = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<u64>>(column)?.unwrap_or(0));
            Ok(RecordingCounts {
                all: count(0)?,
                matched: count(1)?,
                ambiguous: count(2)?,
                unmatched: count(3)?,
                too_new: count(4)?,
                empty: count(5)?,
                unreadable: count(6)?,
                gone: count(7)?,
            })
        })?;
        Ok(counts)
    }

    pub fn recording_clocks(&self) -> Result<Vec<RecordingClock>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT folder, clock, week, seconds, agree, files, by_ids FROM recording_clock
             ORDER BY folder, clock, week",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(RecordingClock {
                folder: row.get(0)?,
                utc: row.get(1)?,
                week: row.get(2)?,
                seconds: row.get(3)?,
                agree: row.get(4)?,
                files: row.get(5)?,
                by_ids: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Puts a list in the place of the present one.
    pub fn set_recording_clocks(&self, clocks: &[RecordingClock]) -> Result<()> {
        self.connection.execute("DELETE FROM recording_clock", [])?;
        let mut insert =
            self.connection.prepare_cached("INSERT INTO recording_clock VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for clock in clocks {
            insert.execute(params![
                clock.folder,
                clock.utc,
                clock.week,
                clock.seconds,
                clock.agree,
                clock.files,
                clock.by_ids
            ])?;
        }
        Ok(())
    }

    /// Text that is another once calls have come, changed or gone: then recordings without a call are asked again.
    pub fn calls_mark(&self) -> Result<String> {
        let sql = "SELECT (SELECT coalesce(sum(calls), 0) FROM call_part) || ' '
             || (SELECT coalesce(max(id), 0) FROM record) || ' '
             || (SELECT coalesce(group_concat(id || state, ' '), '') FROM batch)";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// The mark of the calls that recordings were last asked of.
    pub fn recordings_asked_of(&self) -> Result<Option<String>> {
        let sql = "SELECT value FROM meta WHERE name = 'recordings-asked-of'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0)).optional()?)
    }

    /// `None`: all that found no call are to be asked again.
    pub fn set_recordings_asked_of(&self, mark: Option<&str>) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO meta (name, value) VALUES ('recordings-asked-of', ?)";
        self.connection.execute(sql, [mark.unwrap_or_default()])?;
        Ok(())
    }
}

fn number(state: RecordingState) -> Option<usize> {
    STATES.iter().position(|known| *known == state)
}

fn state(number: usize) -> RecordingState {
    STATES.get(number).copied().unwrap_or(RecordingState::Gone)
}

fn read(row: &Row<'_>) -> rusqlite::Result<RecordingEntry> {
    let verdict = match row.get::<_, u8>(10)? {
        1 => RecordingVerdict::Matched,
        2 => RecordingVerdict::Ambiguous,
        3 => RecordingVerdict::Unmatched(row.get::<_, Option<u8>>(11)?.unwrap_or(u8::MAX)),
        _ => RecordingVerdict::NotAsked,
    };
    Ok(RecordingEntry {
        id: row.get(0)?,
        place: RecordingPlace { begun: row.get(12)?, id: row.get(0)? },
        folder: row.get(1)?,
        path: row.get(2)?,
        seen: RecordingSeen {
            size: row.get(3)?,
            modified: row.get(4)?,
            state: state(row.get(5)?),
            why: row.get(6)?,
            cipher: row.get(7)?,
            sound_milliseconds: row.get(8)?,
            channels: row.get(9)?,
        },
        verdict,
    })
}
