//! Stretches of time that calls are counted in: none is left out because it is empty, and none overlaps another.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

use crate::{Dimension, Facts, Narrowing, Period, ReportError, Result, asked::start_of};

const DAY: i64 = 24 * 60 * 60;
const HALF_HOUR: i64 = 30 * 60;
/// A century of days: more rows than anybody reads, and few enough to be kept.
const MOST_DAYS: u32 = 36_525;

pub(crate) const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    pub label: String,
    pub opens: Narrowing,
    /// The ledger cannot know of it: before its first call, or still to come.
    pub unseen: bool,
}

/// All buckets of a period.
#[derive(Debug)]
pub(crate) struct Buckets {
    pub all: Vec<Bucket>,
    by: Dimension,
    first_day: i64,
    /// For each day of the period its bucket.
    of_day: Vec<usize>,
    /// Of a day on which the clock is changed: the half-hour and the least offset, and its bucket.
    of_changed_day: Option<Vec<(u32, i32, usize)>>,
}

impl Buckets {
    pub fn new(by: Dimension, period: &Period, facts: &Facts) -> Result<Self> {
        if period.days() > MOST_DAYS {
            return Err(ReportError::TooLong(MOST_DAYS));
        }
        let mut buckets = Self {
            all: Vec::new(),
            by,
            first_day: start_of(period.from) / DAY,
            of_day: Vec::new(),
            of_changed_day: None,
        };
        let none_seen = period.to < facts.first_day.unwrap_or(NaiveDate::MAX) || period.from > facts.today;
        match by {
            Dimension::HalfHour if period.from == period.to => buckets.half_hours_of(period.from, facts),
            Dimension::HalfHour => buckets.times_of_day(30, none_seen),
            Dimension::Hour => buckets.times_of_day(60, none_seen),
            Dimension::Weekday => {
                for (weekday, name) in (0_u8..).zip(WEEKDAYS) {
                    let opens = Narrowing { weekdays: Some(vec![weekday]), ..Narrowing::default() };
                    buckets.all.push(Bucket { label: name.to_owned(), opens, unseen: none_seen });
                }
            }
            _ => buckets.dates(period, facts),
        }
        Ok(buckets)
    }

    fn times_of_day(&mut self, minutes: u32, unseen: bool) {
        for from in (0..24 * 60).step_by(minutes as usize) {
            let opens = Narrowing { minutes: Some(vec![(from, from + minutes)]), ..Narrowing::default() };
            self.all.push(Bucket { label: clock(from), opens, unseen });
        }
    }

    /// A day on which summer time begins or ends has other half-hours than 48.
    fn half_hours_of(&mut self, day: NaiveDate, facts: &Facts) {
        let before = facts.first_day.is_none_or(|first| day < first);
        let unseen = |minute: u32| before || start_of(day) + i64::from(minute) * 60 > facts.now_local;
        let passed = half_hours(day, facts.zone);
        let plain = passed.len() == 48 && passed.iter().all(|(_, offset)| *offset == passed[0].1);
        let mut of_changed_day = Vec::new();
        // Half-hours that the clock leaves out stay, so that a call of a clock that was not changed has a place.
        for minute in (0..24 * 60).step_by(30) {
            let mut offsets: Vec<i32> =
                passed.iter().filter(|(at, _)| *at == minute).map(|(_, offset)| *offset).collect();
            offsets.sort_unstable();
            offsets.reverse();
            if offsets.is_empty() {
                offsets.push(0);
            }
            let skipped = !plain && passed.iter().all(|(at, _)| *at != minute);
            let last = offsets.len() - 1;
            for (place, offset) in offsets.iter().enumerate() {
                let twice = last > 0;
                let label = match (twice, place, skipped) {
                    (_, _, true) => format!("{} (not on the clock)", clock(minute)),
                    (false, ..) | (true, 0, _) => clock(minute),
                    _ => format!("{} again", clock(minute)),
                };
                let opens = Narrowing {
                    minutes: Some(vec![(minute, minute + 30)]),
                    offset_at_least: (twice && place < last).then_some(*offset),
                    offset_below: (twice && place > 0).then(|| offsets[place - 1]),
                    ..Narrowing::default()
                };
                of_changed_day.push((
                    minute / 30,
                    if twice && place < last { *offset } else { i32::MIN },
                    self.all.len(),
                ));
                self.all.push(Bucket { label, opens, unseen: skipped || unseen(minute) });
            }
        }
        if !plain {
            self.of_changed_day = Some(of_changed_day);
        }
    }

    fn dates(&mut self, period: &Period, facts: &Facts) {
        let first_seen = facts.first_day.unwrap_or(NaiveDate::MAX);
        let mut last: Option<(i64, NaiveDate, NaiveDate, String)> = None;
        let mut stretches: Vec<(NaiveDate, NaiveDate, String)> = Vec::new();
        for day in period.each_day() {
            let (key, label) = self.stretch(day);
            match &mut last {
                Some((same, _, to, _)) if *same == key => *to = day,
                _ => {
                    stretches.extend(last.take().map(|(_, from, to, label)| (from, to, label)));
                    last = Some((key, day, day, label));
                }
            }
            self.of_day.push(stretches.len());
        }
        stretches.extend(last.map(|(_, from, to, label)| (from, to, label)));
        for (from, to, label) in stretches {
            let opens =
                Narrowing { from: Some(from.to_string()), to: Some(to.to_string()), ..Narrowing::default() };
            self.all.push(Bucket { label, opens, unseen: to < first_seen || from > facts.today });
        }
    }

    /// What a day belongs to, and what that is called.
    fn stretch(&self, day: NaiveDate) -> (i64, String) {
        let year = i64::from(day.year());
        match self.by {
            Dimension::Week => {
                let week = day.iso_week();
                let key = i64::from(week.year()) * 100 + i64::from(week.week());
                (key, format!("{}-W{:02}", week.year(), week.week()))
            }
            Dimension::Month => (year * 12 + i64::from(day.month()), day.format("%Y-%m").to_string()),
            Dimension::Year => (year, year.to_string()),
            _ => (start_of(day) / DAY, day.to_string()),
        }
    }

    /// Where a call belongs that starts at this wall-clock second, the clock being so far east of UTC.
    pub fn place(&self, local: i64, offset: i64) -> Option<usize> {
        let of_day = |seconds: i64| usize::try_from(local.rem_euclid(DAY) / seconds).ok();
        match self.by {
            Dimension::HalfHour => {
                let half_hour = of_day(HALF_HOUR)?;
                let Some(changed) = &self.of_changed_day else { return Some(half_hour) };
                let fits = |(at, least, _): &&(u32, i32, usize)| {
                    *at as usize == half_hour && offset >= i64::from(*least)
                };
                changed.iter().find(fits).map(|(.., place)| *place)
            }
            Dimension::Hour => of_day(60 * 60),
            // The first day of 1970 was a Thursday.
            Dimension::Weekday => usize::try_from((local.div_euclid(DAY) + 3).rem_euclid(7)).ok(),
            _ => {
                let day = usize::try_from(local.div_euclid(DAY) - self.first_day).ok()?;
                self.of_day.get(day).copied()
            }
        }
    }

    /// Whether calls of half an hour are all of one bucket, however the clock is off UTC.
    pub fn are_of_half_hours(&self) -> bool {
        self.of_changed_day.is_none()
    }

    /// The bucket of another period that stands beside one of these.
    pub fn beside(&self, other: &Self) -> Vec<Option<usize>> {
        if matches!(self.by, Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Year) {
            return (0..self.all.len()).map(|place| (place < other.all.len()).then_some(place)).collect();
        }
        let places: HashMap<&str, usize> =
            other.all.iter().enumerate().map(|(place, bucket)| (bucket.label.as_str(), place)).collect();
        self.all.iter().map(|bucket| places.get(bucket.label.as_str()).copied()).collect()
    }
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The half-hours that really pass on a day: minutes after midnight on the wall, and seconds east of UTC.
fn half_hours(day: NaiveDate, zone: Tz) -> Vec<(u32, i32)> {
    let local = start_of(day);
    let mut passed = Vec::new();
    // A wall clock is less than a day off UTC.
    for utc in (local - DAY..local + 2 * DAY).step_by(1800) {
        let offset = offset_at(zone, utc);
        let of_day = utc + i64::from(offset) - local;
        if (0..DAY).contains(&of_day) {
            passed.push((u32::try_from(of_day / HALF_HOUR * 30).unwrap_or(0), offset));
        }
    }
    passed
}

/// Seconds east of UTC.
pub(crate) fn offset_at(zone: Tz, utc: i64) -> i32 {
    let moment = DateTime::from_timestamp(utc, 0).unwrap_or_default().naive_utc();
    zone.offset_from_utc_datetime(&moment).fix().local_minus_utc()
}

/// Hours that really pass in a period.
pub(crate) fn hours(period: &Period, zone: Tz) -> f64 {
    let (from, to) = period.seconds();
    f64::from(u32::try_from((utc_of(zone, to) - utc_of(zone, from)) / 60).unwrap_or(u32::MAX)) / 60.0
}

/// When the clock on the wall shows this; where it is set forward over it, the moment at which that happens.
pub(crate) fn utc_of(zone: Tz, local: i64) -> i64 {
    let wall = DateTime::from_timestamp(local, 0).unwrap_or_default().naive_utc();
    match zone.offset_from_local_datetime(&wall).earliest() {
        Some(offset) => local - i64::from(offset.fix().local_minus_utc()),
        None => local - i64::from(offset_at(zone, local - DAY)),
    }
}

/// Stretches between moments, without gaps: half-hours that pass on one day, or days.
#[derive(Debug)]
pub struct Bucketed {
    pub labels: Vec<String>,
    /// Seconds since 1970, one more than there are labels.
    pub edges: Vec<i64>,
}

impl Bucketed {
    pub fn of(period: &Period, facts: &Facts) -> Self {
        let zone = facts.zone;
        let (from, to) = period.seconds();
        if period.from == period.to {
            let (from, to) = (utc_of(zone, from), utc_of(zone, to));
            let mut edges: Vec<i64> = (from..to).step_by(1800).collect();
            let mut labels: Vec<String> = Vec::with_capacity(edges.len());
            for utc in &edges {
                let local = utc + i64::from(offset_at(zone, *utc));
                let label = clock(u32::try_from(local.rem_euclid(DAY) / 60).unwrap_or(0));
                let again = labels.contains(&label);
                labels.push(if again { format!("{label} again") } else { label });
            }
            edges.push(to);
            return Self { labels, edges };
        }
        let mut edges: Vec<i64> = period.each_day().map(|day| utc_of(zone, start_of(day))).collect();
        edges.push(utc_of(zone, to));
        Self { labels: period.each_day().map(|day| day.to_string()).collect(), edges }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            zone: chrono_tz::Europe::Dublin,
            today: "2026-11-20".parse().unwrap(),
            now_local: start_of("2026-11-20".parse().unwrap()) + 12 * 3600 + 60,
            first_day: Some("2026-01-01".parse().unwrap()),
            last_day: Some("2026-11-20".parse().unwrap()),
            rejected_lines: 0,
        }
    }

    fn day(day: &str) -> Period {
        Period::of_day(day.parse().unwrap())
    }

    fn hours_of(period: &Period) -> f64 {
        hours(period, chrono_tz::Europe::Dublin)
    }

    #[test]
    fn days_have_the_hours_that_the_clock_gives_them() {
        let close = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(close(hours_of(&day("2026-03-29")), 23.0));
        assert!(close(hours_of(&day("2026-10-25")), 25.0));
        assert!(close(hours_of(&day("2026-11-20")), 24.0));
        let seen = |period: &Period| {
            let buckets = Buckets::new(Dimension::HalfHour, period, &facts()).unwrap();
            buckets.all.iter().filter(|bucket| !bucket.unseen).count()
        };
        assert_eq!(seen(&day("2026-03-29")), 46);
        assert_eq!(seen(&day("2026-10-25")), 50);
        assert_eq!(seen(&day("2026-11-19")), 48);
        // Half-hours that have not begun are not empty but unknown.
        assert_eq!(seen(&day("2026-11-20")), 25);
        assert_eq!(seen(&day("2026-11-21")), 0);
        assert_eq!(seen(&day("2025-12-31")), 0);
    }

    #[test]
    fn an_hour_that_comes_twice_is_two() {
        let buckets = Buckets::new(Dimension::HalfHour, &day("2026-10-25"), &facts()).unwrap();
        let at = start_of("2026-10-25".parse().unwrap()) + 3600 + 100;
        let (first, again) = (buckets.place(at, 3600).unwrap(), buckets.place(at, 0).unwrap());
        assert_eq!(buckets.all[first].label, "01:00");
        assert_eq!(buckets.all[again].label, "01:00 again");
        assert_eq!(buckets.all[first].opens.offset_at_least, Some(3600));
        assert_eq!(buckets.all[again].opens.offset_below, Some(3600));
        // A clock of another zone has a place, too.
        assert_eq!(buckets.place(at, -18_000), Some(again));
        assert_eq!(buckets.place(at, 7200), Some(first));
    }

    #[test]
    fn edges_belong_to_what_begins_there() {
        let period = Period::new("2026-02-01".parse().unwrap(), "2026-03-31".parse().unwrap()).unwrap();
        let months = Buckets::new(Dimension::Month, &period, &facts()).unwrap();
        let march = start_of("2026-03-01".parse().unwrap());
        assert_eq!((months.place(march - 1, 0), months.place(march, 0)), (Some(0), Some(1)));
        let hours = Buckets::new(Dimension::Hour, &period, &facts()).unwrap();
        assert_eq!((hours.place(march + 3599, 0), hours.place(march + 3600, 0)), (Some(0), Some(1)));
        let weeks = Buckets::new(Dimension::Week, &period, &facts()).unwrap();
        // 1 February 2026 is a Sunday, the last day of its week.
        assert_eq!(weeks.all[0].label, "2026-W05");
        assert_eq!(weeks.all[0].opens.to.as_deref(), Some("2026-02-01"));
        let weekdays = Buckets::new(Dimension::Weekday, &period, &facts()).unwrap();
        assert_eq!(weekdays.place(march, 0), Some(6));
    }
}
