//! Summing up months whose calls have come to rest.

use std::sync::mpsc;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::{Ledger, LedgerError, Writer};

/// Sums up the months whose calls have changed, one at a time, behind whatever cannot wait. Blocks until it is done.
///
/// Each but once: where lines come all the time, calls of this month change as often as it is summed up.
pub(crate) fn sum_up(writer: &Writer) {
    // Reports count a month without sums call by call; the next import or day tries again.
    let failed = |error: LedgerError| tracing::warn!(%error, "months could not be summed up");
    let months = match later(writer, |ledger| ledger.unsummed_months()) {
        Ok(months) => months,
        Err(error) => return failed(error),
    };
    for month in months {
        let summed = later(writer, move |ledger| ledger.transaction(|ledger| ledger.sum_up_month(month)));
        if let Err(error) = summed {
            return failed(error);
        }
    }
}

/// Runs `work` behind whatever cannot wait, and waits for it.
fn later<T: Send + 'static>(
    writer: &Writer,
    work: impl FnOnce(&mut Ledger) -> ledger::Result<T> + Send + 'static,
) -> ledger::Result<T> {
    let (answer, done) = mpsc::sync_channel(1);
    // Nobody waits any more if the asking thread ended.
    writer.post_later(move |ledger| drop(answer.send(work(ledger))))?;
    done.recv().map_err(|_| LedgerError::Stopped)?
}

/// Tells when another day begins: calls of the day before come to rest then.
#[derive(Debug, Default)]
pub(crate) struct Days(Option<NaiveDate>);

impl Days {
    /// Whether this is the first moment of its day; the first of all is one.
    pub fn begins(&mut self, now: DateTime<Utc>) -> bool {
        self.0.replace(now.date_naive()) != Some(now.date_naive())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_day_begins_once() {
        let (mut days, midnight) = (Days::default(), DateTime::<Utc>::UNIX_EPOCH);
        let begin = [-2, -1, 0, 1].map(|seconds| days.begins(midnight + TimeDelta::seconds(seconds)));
        assert_eq!(begin, [true, false, true, false]);
    }
}
