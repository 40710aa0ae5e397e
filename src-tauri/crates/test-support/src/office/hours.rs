//! When an office is on the telephone: the traffic of each hour of the week.

use chrono::{Datelike, Days, Duration, NaiveDateTime, NaiveTime, Timelike, Weekday};

/// Traffic of each hour of a working day, 1 being a busy hour. Lunch is quieter, nights hold a stray call.
const WORKDAY: [f64; 24] = [
    0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.02, 0.1, 0.6, 1.0, 1.2, 1.15, 0.7, 0.75, 1.1, 1.1, 0.9, 0.5, 0.12,
    0.05, 0.03, 0.02, 0.02, 0.01,
];

/// Walks through time by traffic instead of by hours.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    now: NaiveDateTime,
    office_hours: bool,
}

impl Hours {
    pub(super) fn new(start: NaiveDateTime, office_hours: bool) -> Self {
        Self { now: start, office_hours }
    }

    /// Goes on by `load` busy hours and says when that is, in whole seconds; `None` at the end of time.
    pub(super) fn advance(&mut self, mut load: f64) -> Option<NaiveDateTime> {
        loop {
            let weight = self.weight();
            let next = next_hour(self.now)?;
            let here = weight * hours(next - self.now);
            if load < here {
                let seconds = std::time::Duration::try_from_secs_f64(load / weight * 3600.0).ok()?;
                self.now = (self.now + Duration::from_std(seconds).ok()?).min(next);
                return self.now.with_nanosecond(0);
            }
            load -= here;
            self.now = next;
        }
    }

    /// The traffic from now until `end`, in busy hours.
    pub(super) fn load_until(mut self, end: NaiveDateTime) -> f64 {
        let mut load = 0.0;
        while self.now < end {
            let Some(next) = next_hour(self.now) else { break };
            let next = next.min(end);
            load += self.weight() * hours(next - self.now);
            self.now = next;
        }
        load
    }

    fn weight(&self) -> f64 {
        if !self.office_hours {
            return 1.0;
        }
        let hour = self.now.hour();
        match (self.now.weekday(), hour) {
            // Clocks go forward and back in these hours: no call begins at a time that does not exist.
            (Weekday::Sun, 0..4) => 0.0,
            (Weekday::Sun, _) => 0.01,
            (Weekday::Sat, 9..13) => 0.2,
            (Weekday::Sat, _) => 0.02,
            _ => usize::try_from(hour).ok().and_then(|hour| WORKDAY.get(hour).copied()).unwrap_or(0.0),
        }
    }
}

fn next_hour(at: NaiveDateTime) -> Option<NaiveDateTime> {
    match NaiveTime::from_hms_opt(at.hour() + 1, 0, 0) {
        Some(time) => Some(at.date().and_time(time)),
        None => at.date().checked_add_days(Days::new(1)).map(|day| day.and_time(NaiveTime::MIN)),
    }
}

fn hours(time: Duration) -> f64 {
    time.to_std().map_or(0.0, |time| time.as_secs_f64() / 3600.0)
}
