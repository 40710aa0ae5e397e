//! Recordings of calls: which there are, which calls they belong to, opening them, and who did.
//!
//! Nothing that was decrypted is written anywhere, but for the file that a person asked to have written; and whoever
//! opens a recording stands in the listening log, whatever came of it.

mod ask;
mod bundle;
mod choose;
mod delete;
mod error;
mod export;
mod facts;
mod filters;
mod folders;
mod hold;
mod list;
mod listening;
mod locks;
mod markers;
mod names;
mod of_call;
mod of_number;
mod open;
mod put_away;
mod retention;
mod scan;
mod scan_job;
mod sounds;
mod watch;
mod words;

pub use error::RecordingError;
pub use export::Written;
pub(crate) use folders::differences;
pub use open::{Opened, Wanted};
pub(crate) use put_away::Secret;
pub use scan::{ScanProgress, Scanned, ScannedFolder};
pub use sounds::Side;
pub(crate) use sounds::Sounds;
pub(crate) use watch::RecordingWatch;

/// Rows of a page of a list, and files written in one transaction.
const AT_ONCE: u32 = 1_000;

/// Seconds and counts as they are shown: what is larger than any is shown as the largest.
fn narrow<T: TryInto<u32>>(number: T) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
