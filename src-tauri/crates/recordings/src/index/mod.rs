//! Which recordings there are: walks a folder and tells what is new, changed or gone since the last time. A file that
//! is as it was is not opened. Most systems tell of changes (`watch`); looking again from time to time is the caller's:
//! folders on the network, where most recordings lie, tell nobody.

mod known;
mod look;
mod walk;
mod watch;

use std::time::Duration;

use crate::{Container, Law, Plainness};

pub use known::Known;
pub use look::look;
pub use walk::{Visited, path_of, visit, walk};
pub use watch::{Noticed, Watch, tells_of_changes};

/// By what a file is known to be as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Last written to: milliseconds since 1970, UTC.
    pub modified: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Found,
    /// Written to a moment ago, so probably still being written.
    TooNew,
    /// No bytes at all.
    Empty,
    /// A header and no sound behind it.
    HeaderOnly,
    /// Why it cannot be read, in the words of the system.
    Unreadable(String),
}

/// What was seen of a file, by its first [`crate::LOOKED_AT`] bytes and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub state: State,
    /// Plain sound or encrypted, and how that is known. `None` where nothing was read.
    pub plainness: Option<Plainness>,
    /// What kind of sound. `None` where it is encrypted or unknown.
    pub container: Option<Container>,
    /// Where the header or the size says so without decoding.
    pub sound_milliseconds: Option<u64>,
    pub channels: Option<u16>,
}

/// What a walk found, told while it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    New {
        /// Relative to the folder, `/` between the parts; bytes as the system has them.
        path: Vec<u8>,
        stamp: Stamp,
        look: Look,
    },
    /// Written to since, or not settled the last time.
    Changed { key: i64, stamp: Stamp, look: Look },
    /// It was known and is not there any more.
    Gone { key: i64 },
    /// Something that could not be looked into: a folder without permission, a link that leads back to itself. Files
    /// known to be below it are not called gone.
    Barred { path: Vec<u8>, why: String },
    /// Every [`PROGRESS_STEP`] files.
    Progress(Seen),
}

/// How many files of what kind were seen so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Files that are recordings by their endings.
    pub recordings: u64,
    pub unchanged: u64,
    /// Files with other endings: neither opened nor told.
    pub others: u64,
}

/// How a walk ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walked {
    Whole(Seen),
    /// The listener said so. Nothing is called gone.
    Cancelled(Seen),
    /// The folder itself cannot be reached. Nothing is called gone.
    Unreachable {
        why: String,
    },
    /// There is nothing in the folder, though recordings were: as when a disk or a network folder is not mounted.
    /// Nothing is called gone unless [`Settings::believe_empty`] says to.
    EmptyNow,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// A file written to less than so long ago is [`State::TooNew`].
    pub settles_after: Duration,
    /// Endings of recordings besides those that are known, lower case, without the dot: those of the site's filters.
    pub endings: Vec<String>,
    pub believe_empty: bool,
    /// How the site's exchange codes sound without a header of whose name nobody can tell.
    pub law: Option<Law>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { settles_after: Duration::from_secs(10), endings: Vec::new(), believe_empty: false, law: None }
    }
}

/// How many files go by between two [`Change::Progress`].
pub const PROGRESS_STEP: u64 = 1_000;
