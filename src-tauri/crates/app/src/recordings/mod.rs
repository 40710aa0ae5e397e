//! Recordings of calls: which there are, which calls they belong to, opening them, and who did.
//!
//! Nothing that was decrypted is written anywhere, but for the file that a person asked to have written; and whoever
//! opens a recording stands in the listening log, whatever came of it.

mod ask;
mod choose;
mod error;
mod export;
mod facts;
mod filters;
mod folders;
mod list;
mod listening;
mod locks;
mod names;
mod of_call;
mod open;
mod scan;
mod words;

pub use error::RecordingError;
pub use export::Written;
pub use open::{Opened, Wanted};
pub use scan::{ScanProgress, Scanned, ScannedFolder};

/// Rows of a page of a list, and files written in one transaction.
const AT_ONCE: u32 = 1_000;

/// Seconds and counts as they are shown: what is larger than any is shown as the largest.
fn narrow<T: TryInto<u32>>(number: T) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
