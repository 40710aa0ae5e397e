//! Wall-clock readings as moments, fast: a zone is asked once for each quarter of an hour that rows speak of.

use calls::{CallTime, Certainty, Zone};
use chrono::{DateTime, Utc};

const QUARTER: i64 = 15 * 60;
/// Rows stand near each other in time; sixteen quarters are four hours.
const REMEMBERED: usize = 16;
/// Zones change at quarters of an hour since 1972 (before, Liberia was at 44 minutes and 30 seconds).
const EVEN_SINCE: i64 = 63_072_000;

/// Turns readings into moments; keeps what it asked the zone.
#[derive(Debug)]
pub(super) struct Clock {
    zone: Option<Zone>,
    wall: [Answer; REMEMBERED],
    utc: [Answer; REMEMBERED],
}

#[derive(Debug, Clone, Copy)]
struct Answer {
    quarter: i64,
    offset: i32,
    certainty: Certainty,
}

const NOTHING: Answer = Answer { quarter: i64::MIN, offset: 0, certainty: Certainty::Certain };

impl Clock {
    pub fn new() -> Self {
        Self { zone: None, wall: [NOTHING; REMEMBERED], utc: [NOTHING; REMEMBERED] }
    }

    /// Must be called before the others whenever the zone may have changed.
    pub fn set_zone(&mut self, zone: Zone) {
        if self.zone != Some(zone) {
            *self = Self { zone: Some(zone), ..Self::new() };
        }
    }

    fn zone(&self) -> Zone {
        self.zone.unwrap_or(Zone::UTC)
    }

    /// A wall-clock reading, as seconds from 1970-01-01 00:00 on the same wall.
    pub fn wall(&mut self, local: i64) -> CallTime {
        let quarter = local.div_euclid(QUARTER);
        let known = self.wall[slot(quarter)];
        if known.quarter == quarter {
            return CallTime::from_parts(local - i64::from(known.offset), known.offset, known.certainty);
        }
        let time = DateTime::from_timestamp(local, 0).unwrap_or_default().naive_utc();
        let time = CallTime::from_printed(time, self.zone(), None);
        if local >= EVEN_SINCE {
            let answer = Answer { quarter, offset: time.utc_offset(), certainty: time.certainty };
            self.wall[slot(quarter)] = answer;
        }
        time
    }

    /// Seconds since 1970 in UTC.
    pub fn utc(&mut self, utc: i64) -> CallTime {
        let quarter = utc.div_euclid(QUARTER);
        let known = self.utc[slot(quarter)];
        if known.quarter == quarter {
            return CallTime::from_parts(utc, known.offset, known.certainty);
        }
        let moment: DateTime<Utc> = DateTime::from_timestamp(utc, 0).unwrap_or_default();
        let time = CallTime::from_utc(moment, self.zone());
        if utc >= EVEN_SINCE {
            self.utc[slot(quarter)] =
                Answer { quarter, offset: time.utc_offset(), certainty: Certainty::Certain };
        }
        time
    }

    /// The moment `seconds` later or, if negative, earlier. A clock that had not been put forward stays so.
    pub fn moved(&mut self, time: CallTime, seconds: i64) -> CallTime {
        if seconds == 0 || time.certainty == Certainty::Skipped {
            return time.shifted(seconds);
        }
        let moved = self.utc(time.unix().saturating_add(seconds));
        CallTime::from_parts(moved.unix(), moved.utc_offset(), time.certainty)
    }
}

fn slot(quarter: i64) -> usize {
    usize::try_from(quarter).map_or(0, |quarter| quarter % REMEMBERED)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUBLIN: Zone = Zone::Europe__Dublin;

    #[test]
    fn every_quarter_of_two_years_is_what_the_zone_says() {
        for zone in [DUBLIN, Zone::America__New_York, Zone::Asia__Kathmandu, Zone::Australia__Lord_Howe] {
            let mut clock = Clock::new();
            clock.set_zone(zone);
            for minute in 0..2 * 366 * 24 * 12 {
                let local = 1_767_225_600 + minute * 300 + 7;
                let printed = DateTime::from_timestamp(local, 0).unwrap().naive_utc();
                assert_eq!(
                    clock.wall(local),
                    CallTime::from_printed(printed, zone, None),
                    "{printed} {zone}"
                );
                let utc = DateTime::from_timestamp(local, 0).unwrap();
                assert_eq!(clock.utc(local), CallTime::from_utc(utc, zone), "{utc} {zone}");
            }
        }
    }

    #[test]
    fn an_end_on_the_other_side_of_the_change_has_its_own_offset() {
        let mut clock = Clock::new();
        clock.set_zone(DUBLIN);
        // 29 March 2026, 00:50 before clocks are put forward at 01:00.
        let start = clock.wall(1_774_745_400);
        assert_eq!(clock.moved(start, 20 * 60).rfc3339(), "2026-03-29T02:10:00+01:00");
    }

    #[test]
    fn another_zone_forgets_the_answers_of_the_first() {
        let mut clock = Clock::new();
        clock.set_zone(Zone::UTC);
        let in_utc = clock.wall(1_780_000_000);
        clock.set_zone(DUBLIN);
        assert_eq!(in_utc.unix() - clock.wall(1_780_000_000).unix(), 3600);
    }
}
