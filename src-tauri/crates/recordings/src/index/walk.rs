//! One walk over a folder and all below it.

use std::{
    ffi::OsStr,
    fs::{self, Metadata},
    io::ErrorKind,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use walkdir::{DirEntry, WalkDir};

use crate::endings;

use super::{
    Change, Known, Look, PROGRESS_STEP, Seen, Settings, Stamp, State, Walked,
    known::Before,
    look::{look, reason},
};

/// Walks a folder and tells the listener what is new, changed, gone or barred; it may stop the walk. Links are followed,
/// but never in a circle. Blocks for as long as the disk takes.
pub fn walk(
    folder: &Path,
    known: &mut Known,
    settings: &Settings,
    now: SystemTime,
    tell: &mut dyn FnMut(Change) -> ControlFlow<()>,
) -> Walked {
    known.begin();
    // Listing it, not only asking whether it is there: a network folder may be there and unreachable.
    let any = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) => return Walked::Unreachable { why: reason(&error) },
    };
    if !any && !known.is_empty() && !settings.believe_empty {
        return Walked::EmptyNow;
    }
    let mut walk = Walk { folder, known, settings, now, tell, seen: Seen::default(), barred: Vec::new() };
    if walk.all().is_break() {
        return Walked::Cancelled(walk.seen);
    }
    // The folder may have gone while it was walked.
    if let Err(error) = fs::read_dir(folder) {
        return Walked::Unreachable { why: reason(&error) };
    }
    let Walk { known, tell, seen, barred, .. } = walk;
    for key in known.gone(&barred) {
        if tell(Change::Gone { key }).is_break() {
            return Walked::Cancelled(seen);
        }
    }
    Walked::Whole(seen)
}

/// What there was at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visited {
    /// A file, or nothing any more: what is to be told was told.
    File,
    /// A folder, or nothing that was known: files may have come or gone with it, which only a walk finds out.
    Folder,
}

/// Looks at one file of a folder, as a walk would. `known` holds what was known of it, if anything was.
pub fn visit(
    folder: &Path,
    file: &Path,
    known: &mut Known,
    settings: &Settings,
    now: SystemTime,
    tell: &mut dyn FnMut(Change) -> ControlFlow<()>,
) -> Visited {
    known.begin();
    let path = relative(folder, file);
    let before = known.find(&path);
    let metadata = match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound && folder.is_dir() => {
            let Some(before) = before else { return Visited::Folder };
            let _ = tell(Change::Gone { key: before.key });
            return Visited::File;
        }
        Ok(_) | Err(_) => return Visited::Folder,
    };
    if endings(path.rsplit(|byte| *byte == b'/').next().unwrap_or(&path)).are_a_recordings(&settings.endings)
    {
        let mut walk = Walk { folder, known, settings, now, tell, seen: Seen::default(), barred: Vec::new() };
        let _ = walk.known_or_new(path, file, stamp(&metadata));
    }
    Visited::File
}

/// Where a file lies whose path a change told. `None`: on this system no file can have that name.
pub fn path_of(folder: &Path, path: &[u8]) -> Option<PathBuf> {
    #[cfg(unix)]
    let name = Some(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(path));
    #[cfg(not(unix))]
    let name = std::str::from_utf8(path).ok().map(OsStr::new);
    name.map(|name| folder.join(name))
}

struct Walk<'a> {
    folder: &'a Path,
    known: &'a mut Known,
    settings: &'a Settings,
    now: SystemTime,
    tell: &'a mut dyn FnMut(Change) -> ControlFlow<()>,
    seen: Seen,
    barred: Vec<Vec<u8>>,
}

impl Walk<'_> {
    fn all(&mut self) -> ControlFlow<()> {
        for entry in WalkDir::new(self.folder).follow_links(true) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => self.file(&entry)?,
                Ok(_) => {}
                Err(error) => self.barred(&error)?,
            }
        }
        ControlFlow::Continue(())
    }

    fn file(&mut self, entry: &DirEntry) -> ControlFlow<()> {
        if !endings(entry.file_name().as_encoded_bytes()).are_a_recordings(&self.settings.endings) {
            self.seen.others += 1;
            return ControlFlow::Continue(());
        }
        let path = relative(self.folder, entry.path());
        let stamp = match entry.metadata() {
            Ok(metadata) => stamp(&metadata),
            Err(error) => return self.barred(&error),
        };
        self.known_or_new(path, entry.path(), stamp)
    }

    fn known_or_new(&mut self, path: Vec<u8>, file: &Path, stamp: Stamp) -> ControlFlow<()> {
        self.seen.recordings += 1;
        if self.seen.recordings.is_multiple_of(PROGRESS_STEP) {
            (self.tell)(Change::Progress(self.seen))?;
        }
        let before = self.known.find(&path);
        if let Some(before) = before {
            self.known.see(before.place);
        }
        let too_new = self.is_too_new(stamp, before);
        match before {
            Some(before) if before.stamp == stamp && before.is_settled != too_new => {
                self.seen.unchanged += 1;
                ControlFlow::Continue(())
            }
            Some(before) => {
                let look = self.look(file, stamp, too_new);
                (self.tell)(Change::Changed { key: before.key, stamp, look })
            }
            None => {
                let look = self.look(file, stamp, too_new);
                (self.tell)(Change::New { path, stamp, look })
            }
        }
    }

    /// Written to a moment ago. A time in the future, as a server with a wrong clock gives, counts as settled once the
    /// file has been the same twice.
    fn is_too_new(&self, stamp: Stamp, before: Option<Before>) -> bool {
        let settles = i64::try_from(self.settings.settles_after.as_millis()).unwrap_or(i64::MAX);
        let age = milliseconds(self.now).saturating_sub(stamp.modified);
        if age < -settles { before.is_none_or(|before| before.stamp != stamp) } else { age < settles }
    }

    fn look(&self, file: &Path, stamp: Stamp, too_new: bool) -> Look {
        let mut look = look(file, stamp.size, self.settings);
        if too_new && !matches!(look.state, State::Unreadable(_)) {
            look.state = State::TooNew;
        }
        look
    }

    fn barred(&mut self, error: &walkdir::Error) -> ControlFlow<()> {
        let is_gone = error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound);
        let is_link = error.path().is_some_and(Path::is_symlink);
        let why = match error.io_error() {
            // A file that went while its folder was read bars nothing.
            Some(_) if is_gone && !is_link && error.depth() > 0 => return ControlFlow::Continue(()),
            // What it led to may only be out of reach.
            Some(_) if is_gone && is_link => "the link leads to nothing that is there".to_owned(),
            Some(error) => reason(error),
            None => "the link leads back to a folder that it is in".to_owned(),
        };
        let path = error.path().map(|path| relative(self.folder, path)).unwrap_or_default();
        self.barred.push(path.clone());
        (self.tell)(Change::Barred { path, why })
    }
}

/// Bytes as the system has them, `/` between folders.
fn relative(folder: &Path, path: &Path) -> Vec<u8> {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let bytes = inside.as_os_str().as_encoded_bytes();
    if cfg!(windows) {
        bytes.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect()
    } else {
        bytes.to_vec()
    }
}

fn stamp(metadata: &Metadata) -> Stamp {
    Stamp { size: metadata.len(), modified: metadata.modified().map(milliseconds).unwrap_or_default() }
}

/// Since 1970; negative before.
fn milliseconds(time: SystemTime) -> i64 {
    let whole = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => whole(after),
        Err(error) => -whole(error.duration()),
    }
}
