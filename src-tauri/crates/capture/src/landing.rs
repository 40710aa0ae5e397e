//! The landing: a mapped file per source into which the kernel writes what it reads, so that a process killed
//! between `read()` and commit loses nothing.
//!
//! # Why it works
//!
//! The mapping is shared: its pages belong to the kernel's page cache, not to the process. Bytes that `read()` has
//! copied there outlive a `kill -9`. They do not outlive a power cut before the page is written back; what is
//! committed within 100 ms by the spool does.
//!
//! # The order, and every point at which the process may die
//!
//! Header: magic, number of the landing (N), continuity, time, position. Area: zero up to its end.
//!
//! | died | state of the file | at the next start |
//! |---|---|---|
//! | before the read, or while the header was prepared | area zero, N not committed | nothing to do; the header is prepared again |
//! | in or after `read()` | bytes in the area, N not committed | they are appended as N, then as below |
//! | after the commit | bytes in the area, N committed | dropped: the spool has them |
//! | while zeroing | some bytes in the area, N committed | dropped |
//! | after zeroing, before the number is raised | area zero, N committed | **the number is raised**: else the next bytes would land as N and be taken for committed |
//! | after the number is raised | area zero, N + 1 not committed | nothing to do |
//! | while recovering | one of the above | the same again: recovering twice is recovering once |
//! | while the file is made | no magic | nothing can have landed; made again |
//!
//! Raising the number before zeroing would let old bytes pass for new ones, so the order is kept by a fence.
//! The number is eight aligned bytes, written at once.
//!
//! # Limits
//!
//! - The length of an unfinished landing is found by looking for the last byte that is not zero: **trailing NUL
//!   bytes cannot be told from emptiness and are dropped**. (Between other bytes they are kept; and only what was
//!   in flight when the process was killed is concerned.)
//! - On Windows the runtime reads up to 4 KiB of a serial port ahead into memory of its own, which dies with the
//!   process.
//! - A power cut may leave pages of different moments. A number that went back is raised past the committed ones;
//!   old bytes under a new number are appended once more rather than guessed away.
//! - Numbers of a new file begin at the microseconds since 1970, so that a file somebody deleted does not begin
//!   again below numbers that are committed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{Ordering, fence};

use chrono::{DateTime, Utc};
use memmap2::MmapMut;

use crate::spool::{Arrival, Continuity, Position, SourceId, Spool, SpoolError};

/// Bytes that fit into one landing: two of the longest datagrams, so that a datagram always fits whole after others.
pub const AREA: usize = 128 * 1024;

const HEADER: usize = 64;
const MAGIC: u64 = u64::from_le_bytes(*b"RLLAND01");
const NO_OFFSET: u64 = u64::MAX;

/// The words of the header, each eight bytes little-endian.
#[derive(Clone, Copy)]
enum Word {
    Magic,
    Number,
    Continuity,
    /// Microseconds since 1970 of the first byte; 0 = not noted yet.
    At,
    File,
    Offset,
}

/// Where the bytes of one source land before they are committed.
#[derive(Debug)]
pub struct Landing {
    source: SourceId,
    map: MmapMut,
    used: usize,
    /// Keeps the lock: two processes must not land in one file.
    _lock: File,
}

impl Landing {
    /// Opens the source's file in `folder`, or makes it (and the folder). What an earlier process left unfinished is
    /// in [`Landing::bytes`] until [`Landing::recover`].
    pub fn open(folder: &Path, source: SourceId) -> Result<Self, LandingError> {
        let path = Self::path(folder, source);
        let failed = |error| LandingError::File { path: path.clone(), error };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let mut file = lock(&path)?;
        let found = map(&file).map_err(failed)?;
        let magic = found.as_deref().map_or(0, |map| word(map, Word::Magic));
        let map = match found {
            Some(map) if magic == MAGIC && map.len() == HEADER + AREA => map,
            found => {
                drop(found);
                if magic != 0 {
                    set_aside(&path).map_err(failed)?;
                    file = lock(&path)?;
                }
                make(&mut file).map_err(failed)?
            }
        };
        let used = map[HEADER..].iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        Ok(Self { source, map, used, _lock: file })
    }

    /// The file of a source in a folder.
    pub fn path(folder: &Path, source: SourceId) -> PathBuf {
        folder.join(format!("source-{}.landing", source.0))
    }

    pub fn source(&self) -> SourceId {
        self.source
    }

    /// What has landed and is not committed.
    pub fn bytes(&self) -> &[u8] {
        &self.map[HEADER..HEADER + self.used]
    }

    /// Notes how the bytes that land next follow the ones before, and for a growing file where they begin.
    /// To be called while nothing has landed.
    pub fn begin(&mut self, continuity: Continuity, position: Option<Position>) {
        let continuity = match continuity {
            Continuity::Contiguous => 0,
            Continuity::Restarted => 1,
            Continuity::Broken => 2,
        };
        self.set(Word::Continuity, continuity);
        self.set(Word::At, 0);
        self.set(Word::File, position.map_or(0, |position| position.file));
        self.set(Word::Offset, position.map_or(NO_OFFSET, |position| position.offset));
    }

    /// Where to read into: the free part of the area, all zero.
    pub fn room(&mut self) -> &mut [u8] {
        &mut self.map[HEADER + self.used..]
    }

    /// So many bytes of the room were just written.
    pub fn filled(&mut self, count: usize) {
        if self.used == 0 {
            self.set(Word::At, u64::try_from(Utc::now().timestamp_micros()).unwrap_or(0));
        }
        self.used = (self.used + count).min(AREA);
    }

    /// Appends what an earlier process left unfinished, unless it is committed; `None` if there was nothing.
    /// Must come before the first [`Landing::begin`]. May be called again after an error.
    pub fn recover(&mut self, spool: &dyn Spool) -> Result<Option<Recovered>, SpoolError> {
        let number = self.number();
        if spool.landed(self.source, number)? {
            self.wipe();
            // Growing steps: a file from before a power cut or a wrong clock may be far behind.
            let (mut next, mut step) = (number.saturating_add(1), 1_u64);
            while spool.landed(self.source, next)? {
                next = next.saturating_add(step);
                step = step.saturating_mul(2);
            }
            self.set(Word::Number, next);
            return Ok(None);
        }
        let recovered = Recovered { bytes: self.used, position: self.arrival().position };
        self.settle(spool)?;
        Ok((recovered.bytes > 0).then_some(recovered))
    }

    /// Commits what has landed and makes the area ready for the next bytes. After an error everything is as before.
    pub fn settle(&mut self, spool: &dyn Spool) -> Result<(), SpoolError> {
        if self.used == 0 {
            return Ok(());
        }
        spool.append(self.arrival())?;
        self.wipe();
        self.raise();
        Ok(())
    }

    fn arrival(&self) -> Arrival<'_> {
        let at = match word(&self.map, Word::At) {
            // Killed before the time could be noted: now is the best that is known.
            0 => None,
            micros => i64::try_from(micros).ok().and_then(DateTime::from_timestamp_micros),
        };
        let offset = word(&self.map, Word::Offset);
        Arrival {
            source: self.source,
            at: at.unwrap_or_else(Utc::now),
            continuity: match word(&self.map, Word::Continuity) {
                0 => Continuity::Contiguous,
                1 => Continuity::Restarted,
                _ => Continuity::Broken,
            },
            landing: self.number(),
            position: (offset != NO_OFFSET).then(|| Position {
                file: word(&self.map, Word::File),
                offset: offset.saturating_add(self.used as u64),
            }),
            bytes: self.bytes(),
        }
    }

    fn number(&self) -> u64 {
        word(&self.map, Word::Number)
    }

    fn wipe(&mut self) {
        let end = HEADER + self.used;
        self.map[HEADER..end].fill(0);
        self.used = 0;
        // The zeros must be there before the number is raised, see the table above.
        fence(Ordering::SeqCst);
    }

    fn raise(&mut self) {
        self.set(Word::Number, self.number().saturating_add(1));
        fence(Ordering::SeqCst);
    }

    fn set(&mut self, at: Word, value: u64) {
        set_word(&mut self.map, at, value);
    }
}

fn word(map: &[u8], at: Word) -> u64 {
    let begin = at as usize * 8;
    map.get(begin..begin + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
}

fn set_word(map: &mut [u8], at: Word, value: u64) {
    let begin = at as usize * 8;
    map[begin..begin + 8].copy_from_slice(&value.to_le_bytes());
}

fn lock(path: &Path) -> Result<File, LandingError> {
    let failed = |error| LandingError::File { path: path.to_owned(), error };
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // It holds numbers of callers.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(failed)?;
    // A child process being started holds copies of all handles, and so of a lock just given up, for a moment.
    let mut tries = 20;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if tries > 0 => {
                tries -= 1;
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => return Err(LandingError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// `None` for a file too short for a header.
fn map(file: &File) -> std::io::Result<Option<MmapMut>> {
    if file.metadata()?.len() < HEADER as u64 {
        return Ok(None);
    }
    // SAFETY: a mapping is sound while nobody else changes or shortens the file. It lies in this program's own data
    // folder, is held under an exclusive lock for as long as the mapping lives, and is only ever replaced by renaming.
    #[allow(unsafe_code, reason = "mapping a file cannot be expressed otherwise")]
    let map = unsafe { MmapMut::map_mut(file)? };
    Ok(Some(map))
}

/// Writes real zeros instead of only setting the length: a hole in a mapped file on a full disk would kill the process
/// (SIGBUS) at the very moment the landing is needed most. The magic comes last: without it nothing has landed.
fn make(file: &mut File) -> std::io::Result<MmapMut> {
    use std::io::{Error, Seek as _};
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&vec![0; HEADER + AREA])?;
    file.sync_all()?;
    let mut map = map(file)?.ok_or_else(|| Error::other("the file was shortened while it was made"))?;
    set_word(&mut map, Word::Number, u64::try_from(Utc::now().timestamp_micros()).unwrap_or(1));
    set_word(&mut map, Word::Offset, NO_OFFSET);
    fence(Ordering::SeqCst);
    set_word(&mut map, Word::Magic, MAGIC);
    map.flush()?;
    Ok(map)
}

/// A file that is not ours, or of another version, is kept beside and never in the way.
fn set_aside(path: &Path) -> std::io::Result<()> {
    let aside = path.with_extension(format!("landing.{}", Utc::now().timestamp_micros()));
    tracing::warn!(file = %aside.display(), "landing file has another layout; set aside");
    std::fs::rename(path, aside)
}

/// What a killed process left behind and is committed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recovered {
    pub bytes: usize,
    /// Where a growing file is to be read on: further than anything noted before.
    pub position: Option<Position>,
}

/// Why a landing could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum LandingError {
    #[error("Another process is collecting from this source ({path}).", path = path.display())]
    InUse { path: PathBuf },
    #[error("The landing file {path} cannot be used: {error}.", path = path.display())]
    File { path: PathBuf, error: std::io::Error },
}

impl LandingError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::InUse { .. } => "landing-in-use",
            Self::File { .. } => "landing-file",
        }
    }
}

#[cfg(test)]
#[path = "landing_tests.rs"]
mod tests;
