//! The same office on an Asterisk: calls with a known true story, as the rows of its `Master.csv`.
//!
//! The file that `cdr_csv` writes with `loguniqueid`, `loguserfield` and `newcdrcolumns`: 21 cells, no header, one
//! row for each *pair of channels* and not for each call. The stories come from [`crate::office`]; the shapes of
//! rows are those of a live Asterisk 22, and every number and name is made up. Its clock shows UTC.
//!
//! ```text
//! office (calls and their truth) ──► exchange (channels, rows) ──► file (the order of writing)
//! ```

mod exchange;
mod file;
mod handed_on;
mod incoming;
mod outgoing;
mod people;
mod row;
mod story;
mod truth;

use chrono::NaiveDate;

use crate::office::{self, Office, OfficeSettings};
use exchange::Exchange;
use file::MasterFile;
pub use row::{Disposition, Row};
pub use truth::{Direction, Truth};

/// A call with its story and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsteriskCall {
    pub truth: Truth,
    /// In the order of writing; rows of other calls may come between.
    pub rows: Vec<Row>,
}

/// The rows of exactly `calls` calls, without line ends, in the order in which the exchange writes them.
///
/// Some 700 calls a day; for very many calls the office grows instead of the time. Streaming: any size in the same
/// memory, the same rows for the same seed.
pub fn rows(seed: u64, calls: u32, until: NaiveDate) -> impl Iterator<Item = String> {
    MasterFile::new(calls_with_truth(seed, calls, until))
}

/// Exactly so many rows; the last calls may lack some of theirs.
pub fn exactly_rows(seed: u64, rows: u64, until: NaiveDate) -> impl Iterator<Item = String> {
    let wanted = usize::try_from(rows).unwrap_or(usize::MAX);
    self::rows(seed, calls_for(rows), until).take(wanted)
}

/// Exactly `calls` calls in the order of their start; [`rows`] are theirs.
pub fn calls_with_truth(seed: u64, calls: u32, until: NaiveDate) -> Calls {
    let settings = settings(calls, until);
    Calls {
        exchange: Exchange::new(seed, settings.extensions),
        office: Office::exactly(seed, settings, calls),
    }
}

/// Calls while they are played.
#[derive(Debug)]
pub struct Calls {
    office: Office,
    exchange: Exchange,
}

impl Iterator for Calls {
    type Item = AsteriskCall;

    fn next(&mut self) -> Option<AsteriskCall> {
        let call = self.office.next()?;
        Some(self.exchange.play(&call.truth))
    }
}

/// As many calls as have at least so many rows, and few more.
fn calls_for(rows: u64) -> u32 {
    /// What the stories come to; a test watches over it.
    const ROWS_OF_A_HUNDRED_CALLS: u64 = 220;

    // Chance takes or gives less than this, however many there are.
    let margin = rows.isqrt() * 2 + 4;
    u32::try_from(rows.saturating_mul(100) / ROWS_OF_A_HUNDRED_CALLS + margin).unwrap_or(u32::MAX)
}

fn settings(calls: u32, until: NaiveDate) -> OfficeSettings {
    const CALLS_A_DAY: u32 = 700;
    const THREE_YEARS: u32 = 1_100;
    const EXTENSIONS: u16 = 40;

    let days = (calls / CALLS_A_DAY).clamp(1, THREE_YEARS);
    let settings = office::spread(calls, days.into(), until);
    OfficeSettings { extensions: settings.extensions.max(EXTENSIONS), ..settings }
}

#[cfg(test)]
mod tests;
