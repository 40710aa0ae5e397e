//! The lines of many calls in the order in which the exchange prints them.

use std::{cmp::Reverse, collections::BinaryHeap};

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::{Office, OfficeSettings, hours::Hours};

/// Lines of calls, streaming: only calls that are going on are kept.
#[derive(Debug)]
pub struct Lines {
    office: Office,
    waiting: BinaryHeap<Reverse<PrintedLine>>,
    calls: u64,
    planned: u64,
    over: bool,
}

/// A line and when it is printed; ordered by that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrintedLine {
    pub at: NaiveDateTime,
    /// Breaks ties: lines of one second come in the order in which the exchange works.
    sequence: u64,
    /// Which call of the office it belongs to, counted from 0.
    pub call: u64,
    /// Without CR LF.
    pub text: String,
}

impl Lines {
    pub fn new(office: Office) -> Self {
        Self { office, waiting: BinaryHeap::new(), calls: 0, planned: 0, over: false }
    }

    /// Plans calls until the first waiting line cannot be overtaken any more.
    fn plan(&mut self) {
        while !self.over && self.waiting.peek().is_none_or(|line| line.0.at > self.office.reached()) {
            let Some(call) = self.office.next() else {
                self.over = true;
                return;
            };
            for (at, text) in call.lines {
                self.waiting.push(Reverse(PrintedLine {
                    at,
                    sequence: self.planned,
                    call: self.calls,
                    text,
                }));
                self.planned += 1;
            }
            self.calls += 1;
        }
    }
}

impl Iterator for Lines {
    type Item = PrintedLine;

    fn next(&mut self) -> Option<PrintedLine> {
        self.plan();
        self.waiting.pop().map(|line| line.0)
    }
}

/// The lines of exactly `calls` calls of an office, in order of printing; all begin before the end of `end_date`.
///
/// Small numbers are some days of a small office; for large ones the time grows to five years, then the office.
/// Streaming: any size in the same memory, the same lines for the same seed. `end_date` is best in 2000 to 2098,
/// for the exchange prints two digits of the year.
pub fn history(seed: u64, calls: u32, end_date: NaiveDate) -> impl Iterator<Item = String> {
    Lines::new(Office::exactly(seed, history_settings(calls, end_date), calls)).map(|line| line.text)
}

fn history_settings(calls: u32, end_date: NaiveDate) -> OfficeSettings {
    const CALLS_A_WEEK: u64 = 1800;
    const FIVE_YEARS: u64 = 5 * 365;

    let days = (u64::from(calls) * 7).div_ceil(CALLS_A_WEEK).clamp(7, FIVE_YEARS);
    spread(calls, days, end_date)
}

/// An office as large as it must be for so many calls within the last `days` days up to `end_date`.
pub(crate) fn spread(calls: u32, days: u64, end_date: NaiveDate) -> OfficeSettings {
    /// Conversation, ringing and the pause between calls, all scenarios together, at the top of a busy day.
    const HOURS_A_CALL: f64 = 0.07;

    let start = end_date.checked_sub_days(Days::new(days - 1)).unwrap_or(end_date);
    let mut settings = OfficeSettings::new(start.into());
    settings.days = u32::try_from(days).ok();
    let load = Hours::new(settings.start, true).load_until(super::closing(&settings));
    settings.calls_per_hour = f64::from(calls) / load.max(1.0);
    let at_once = settings.calls_per_hour * HOURS_A_CALL;
    settings.trunks = (8..999).find(|&trunks| f64::from(trunks) > at_once * 1.4 + 6.0).unwrap_or(999);
    settings.extensions = (20..3000).find(|&people| f64::from(people) > at_once * 2.5 + 15.0).unwrap_or(3000);
    settings
}
