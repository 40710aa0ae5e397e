//! Days as the exchange's clock has them.

use chrono::{Days, NaiveDate, Utc};
use ledger::Ledger;

use crate::{AppError, sources};

/// Reads `2026-11-20`.
pub(crate) fn day(text: &str) -> Result<NaiveDate, AppError> {
    text.parse().map_err(|_| AppError::Day(text.to_owned()))
}

/// Wall-clock seconds at the beginning of a day.
pub(crate) fn start_of(day: NaiveDate) -> i64 {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
}

/// Wall-clock seconds at the end of a day (the beginning of the next).
pub(crate) fn end_of(day: NaiveDate) -> i64 {
    start_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
}

pub(crate) fn before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// The day of a wall-clock second, `2026-11-20`.
pub(crate) fn of(local: i64) -> String {
    chrono::DateTime::from_timestamp(local, 0).unwrap_or_default().date_naive().to_string()
}

/// Today at the first source's exchange; at this computer when there is no source.
pub(crate) fn today(ledger: &Ledger) -> Result<NaiveDate, AppError> {
    let zone = match ledger.sources()?.first() {
        Some(source) => sources::zone(&source.draft.zone)?,
        None => sources::local_zone(),
    };
    Ok(Utc::now().with_timezone(&zone).date_naive())
}
