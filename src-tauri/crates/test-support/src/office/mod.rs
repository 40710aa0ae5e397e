//! An office on the telephone: an endless stream of calls, each with its true story and the lines
//! that a HiPath prints for it.
//!
//! The successions of lines follow what live exchanges print; every number is made up. The same seed and
//! settings give the same calls. Times are the exchange's local time, whole seconds.

mod hours;
mod lines;
mod numbers;
mod scene;
mod switchboard;
mod truth;

use std::collections::VecDeque;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rand::{Rng, SeedableRng, rngs::StdRng};

use hours::Hours;
pub(crate) use lines::spread;
pub use lines::{Lines, PrintedLine, history};
use scene::Scene;
use switchboard::Switchboard;
pub use truth::{Direction, OfficeCall, Outcome, Scenario, Transfer, TransferKind, Truth};

/// Two-digit years: a HiPath cannot print later ones without seeming to go back.
const LAST_YEAR: i32 = 2098;

#[derive(Debug, Clone, PartialEq)]
pub struct OfficeSettings {
    /// No call begins before.
    pub start: NaiveDateTime,
    /// Calls begin within so many days of the start; `None` for an office that never closes down.
    pub days: Option<u32>,
    /// Calls per hour in the middle of a working day.
    pub calls_per_hour: f64,
    /// Share of plain incoming and outgoing calls that nobody answers, 0 to 1; none of the transferred are.
    pub unanswered: f64,
    /// Share of calls that are transferred or joined with another, 0 to 1.
    pub transferred: f64,
    /// At least 2, at most 999.
    pub trunks: u16,
    /// At least 10, at most 3000; numbered from 100, or from 1000 where there are more than 300.
    pub extensions: u16,
    /// Quiet nights and weekends; without, every hour is a busy one.
    pub office_hours: bool,
    /// Durations are divided by this, so that a demonstration shows whole calls in seconds; 1 for real life.
    pub haste: f64,
}

impl OfficeSettings {
    /// A small office: 8 trunks, 20 extensions, 40 calls in a busy hour.
    pub fn new(start: NaiveDateTime) -> Self {
        Self {
            start,
            days: None,
            calls_per_hour: 40.0,
            unanswered: 0.2,
            transferred: 0.15,
            trunks: 8,
            extensions: 20,
            office_hours: true,
            haste: 1.0,
        }
    }
}

/// Yields calls in order of their start; a consultation comes right after the call it belongs to.
#[derive(Debug)]
pub struct Office {
    seed: u64,
    rng: StdRng,
    settings: OfficeSettings,
    hours: Hours,
    arrivals: Arrivals,
    board: Switchboard,
    reached: NaiveDateTime,
    /// No call begins at or after this.
    closes: NaiveDateTime,
    upcoming: VecDeque<OfficeCall>,
}

impl Office {
    pub fn new(seed: u64, settings: OfficeSettings) -> Self {
        let pace = Arrivals::Random { calls_per_hour: settings.calls_per_hour.max(0.001) };
        Self::with_arrivals(seed, settings, pace)
    }

    /// Exactly `calls` calls, spread over the days of the settings.
    pub(crate) fn exactly(seed: u64, settings: OfficeSettings, calls: u32) -> Self {
        let load = Hours::new(settings.start, settings.office_hours).load_until(closing(&settings));
        Self::with_arrivals(seed, settings, Arrivals::Exactly { calls, given: 0, load, reached: 0.0 })
    }

    fn with_arrivals(seed: u64, mut settings: OfficeSettings, arrivals: Arrivals) -> Self {
        settings.trunks = settings.trunks.clamp(2, 999);
        settings.extensions = settings.extensions.clamp(10, 3000);
        settings.unanswered = share(settings.unanswered);
        settings.transferred = share(settings.transferred);
        Self {
            seed,
            rng: StdRng::seed_from_u64(seed),
            hours: Hours::new(settings.start, settings.office_hours),
            arrivals,
            board: Switchboard::new(&settings),
            reached: settings.start,
            closes: closing(&settings),
            upcoming: VecDeque::new(),
            settings,
        }
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Every line of the calls still to come is printed at this moment or later.
    pub(crate) fn reached(&self) -> NaiveDateTime {
        self.reached
    }
}

impl Iterator for Office {
    type Item = OfficeCall;

    fn next(&mut self) -> Option<OfficeCall> {
        if self.upcoming.is_empty() {
            let load = self.arrivals.next(&mut self.rng)?;
            let arrival = self.hours.advance(load)?;
            if arrival >= self.closes {
                return None;
            }
            // With all trunks or people busy the caller tries again later.
            let at = self.board.room_from(arrival).max(self.reached);
            self.reached = at;
            let may_consult = self.arrivals.allow_another();
            let mut scene = Scene {
                rng: &mut self.rng,
                settings: &self.settings,
                board: &mut self.board,
                at,
                may_consult,
            };
            self.upcoming.extend(scene.play());
            self.arrivals.note_further(self.upcoming.len().saturating_sub(1));
        }
        self.upcoming.pop_front()
    }
}

/// From 0 to 1, whatever is given; what is no number is 0.
fn share(given: f64) -> f64 {
    if given > 0.0 { given.min(1.0) } else { 0.0 }
}

fn closing(settings: &OfficeSettings) -> NaiveDateTime {
    let last = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).map_or(NaiveDateTime::MAX, Into::into);
    let asked = settings
        .days
        .and_then(|days| settings.start.checked_add_days(chrono::Days::new(u64::from(days))))
        .unwrap_or(last);
    // A start before the exchange's century would print as a date of this one.
    if settings.start.year() < 2000 { settings.start } else { asked.min(last) }
}

/// How much traffic lies between one call and the next, in hours of a busy day.
#[derive(Debug)]
enum Arrivals {
    /// As people call: independently of each other.
    Random { calls_per_hour: f64 },
    /// One call in each of so many equal parts of the traffic.
    Exactly { calls: u32, given: u32, load: f64, reached: f64 },
}

impl Arrivals {
    fn next(&mut self, rng: &mut StdRng) -> Option<f64> {
        match self {
            Self::Random { calls_per_hour } => {
                let chance: f64 = rng.random();
                Some(-(1.0 - chance).ln() / *calls_per_hour)
            }
            Self::Exactly { calls, given, load, reached } => {
                if given == calls {
                    return None;
                }
                let within: f64 = rng.random();
                let target = (f64::from(*given) + within) / f64::from(*calls) * *load;
                let gap = target - *reached;
                *given += 1;
                *reached = target;
                Some(gap.max(0.0))
            }
        }
    }

    /// Whether a call may bring a second one with it.
    fn allow_another(&self) -> bool {
        match self {
            Self::Random { .. } => true,
            Self::Exactly { calls, given, .. } => given < calls,
        }
    }

    /// So many calls came with the last one.
    fn note_further(&mut self, further: usize) {
        if let Self::Exactly { given, .. } = self {
            *given += u32::try_from(further).unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests;
