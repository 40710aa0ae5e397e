//! When calls went on: read into a sweep, and those of one moment by their ids.

use std::collections::HashMap;

use calls::Direction;
use chrono::TimeDelta;

use crate::{
    Field, Narrowing, Period, Report, Result, Traffic, Value,
    bucket::utc_of,
    sweep::Sweep,
    tally::{Sorter, real},
};

/// What wall clocks differ from UTC at most, with summer time, in seconds.
const FARTHEST_ZONE: i64 = 15 * 60 * 60;

/// What is known of the calls of a period besides their levels.
#[derive(Debug, Default)]
pub(crate) struct Occupied {
    /// By kinds: calls that began in it, and those that began before and went on in it.
    pub calls: Vec<[u64; 2]>,
    /// Calls that began in it of which nobody knows how long they were.
    pub unknown: u64,
    /// Seconds of the longest that went on in it.
    pub longest: i64,
}

/// A day more at both ends: calls that go on over midnight, and clocks of other zones.
fn wide(period: &Period) -> Period {
    Period {
        from: period.from.pred_opt().unwrap_or(period.from),
        to: period.to.succ_opt().unwrap_or(period.to),
    }
}

/// Where a period begins and ends, in seconds since 1970.
pub(crate) fn edges(traffic: &dyn Traffic, period: &Period) -> [i64; 2] {
    let zone = traffic.facts().zone;
    let (from, to) = period.seconds();
    [utc_of(zone, from), utc_of(zone, to)]
}

/// Adds the calls that went on in a period, those included that began up to a day before it. The first of each direction
/// and value of `field` is given a kind; those without one are left out.
pub(crate) fn add_calls<const SETS: usize>(
    traffic: &dyn Traffic,
    period: &Period,
    field: Field,
    sweep: &mut Sweep<SETS>,
    mut kind_of: impl FnMut(&mut Sweep<SETS>, Direction, u32) -> Option<u32> + Send,
) -> Result<Occupied> {
    let [from, to] = edges(traffic, period);
    let sorter = Sorter::new();
    let mut occupied = Occupied::default();
    let mut kinds: HashMap<(u32, u32), Option<u32>> = HashMap::new();
    // Mostly calls of few kinds follow each other.
    let mut known: Vec<((u32, u32), Option<u32>)> = vec![((u32::MAX, u32::MAX), None); KNOWN];
    let mut fields = vec![Field::Start, Field::Offset, Field::Direction, Field::Total];
    if !fields.contains(&field) {
        fields.push(field);
    }
    traffic.each_block(&wide(period), &[], &fields, &mut |block| {
        sweep.reach(block.begin - FARTHEST_ZONE);
        let [directions, values] = [Field::Direction, field].map(|field| block.values(field));
        for (place, (direction, value)) in directions.iter().zip(values).enumerate() {
            let start = block.start_utc(place);
            let Some(total) = block.seconds(Field::Total, place) else {
                occupied.unknown += u64::from((from..to).contains(&start));
                continue;
            };
            let of = (*direction, *value);
            let known = &mut known[(direction ^ value.wrapping_mul(5)) as usize % KNOWN];
            if known.0 != of {
                let new = || kind_of(sweep, sorter.direction(*direction), *value);
                *known = (of, *kinds.entry(of).or_insert_with(new));
            }
            let Some(kind) = known.1 else { continue };
            if sweep.add(start, start + i64::from(total), kind) {
                occupied.longest = occupied.longest.max(total.into());
                let kind = kind as usize;
                if occupied.calls.len() <= kind {
                    occupied.calls.resize(kind + 1, [0; 2]);
                }
                occupied.calls[kind][usize::from(start < from)] += 1;
            }
        }
    })?;
    Ok(occupied)
}

/// Kinds that are found without being looked for.
const KNOWN: usize = 64;

/// Calls that are to be found by when they went on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// In seconds since 1970.
    pub at: i64,
    pub direction: Option<Direction>,
    /// The value of a field that they have.
    pub value: Option<u32>,
}

/// The calls of a period that went on at each of these moments; none was longer than so many seconds.
pub(crate) fn calls_at(
    traffic: &dyn Traffic,
    period: &Period,
    field: Field,
    longest: i64,
    moments: &[Moment],
) -> Result<Vec<Narrowing>> {
    let sorter = Sorter::new();
    let mut found: Vec<Vec<String>> = vec![Vec::new(); moments.len()];
    let mut order: Vec<usize> = (0..moments.len()).collect();
    order.sort_unstable_by_key(|place| moments[*place].at);
    let mut fields = vec![Field::Start, Field::Hash, Field::Offset, Field::Direction, Field::Total];
    if !fields.contains(&field) {
        fields.push(field);
    }
    for days in days_before(&order, moments, longest, &wide(period)) {
        traffic.each_block(&days, &[], &fields, &mut |block| {
            for place in 0..block.calls {
                let start = block.start_utc(place);
                let first = order.partition_point(|moment| moments[*moment].at < start);
                let end = start + i64::from(block.seconds(Field::Total, place).unwrap_or(0));
                let then = order[first..].iter().take_while(|moment| moments[**moment].at < end);
                for moment in then {
                    let Moment { direction, value, .. } = moments[*moment];
                    let of = sorter.direction(block.get(Field::Direction, place));
                    if direction.is_none_or(|wanted| wanted == of)
                        && value.is_none_or(|wanted| wanted == block.get(field, place))
                    {
                        found[*moment].push(block.id(place).to_string());
                    }
                }
            }
        })?;
    }
    Ok(found.into_iter().map(|ids| Narrowing { ids: Some(ids), ..Narrowing::default() }).collect())
}

/// The days in which calls of these moments can have begun, ascending and apart from each other.
fn days_before(order: &[usize], moments: &[Moment], longest: i64, within: &Period) -> Vec<Period> {
    let day = |utc: i64| chrono::DateTime::from_timestamp(utc, 0).unwrap_or_default().date_naive();
    let mut periods: Vec<Period> = Vec::new();
    for moment in order {
        let at = moments[*moment].at;
        let from = day(at - longest - FARTHEST_ZONE).max(within.from);
        let to = day(at + FARTHEST_ZONE).min(within.to);
        match periods.last_mut() {
            Some(last) if from <= last.to + TimeDelta::days(1) => last.to = last.to.max(to),
            _ if from <= to => periods.push(Period { from, to }),
            _ => {}
        }
    }
    periods
}

pub(crate) fn unknown_lengths(report: &mut Report, unknown: u64) {
    if unknown > 0 {
        report.notes.push(format!("{unknown} calls whose length is not known are not in these numbers."));
    }
}

/// Erlangs.
pub(crate) fn mean(occupied: i64, seconds: i64) -> Value {
    let count = |seconds: i64| real(u64::try_from(seconds).unwrap_or(0));
    Value::decimal(count(occupied) / count(seconds), 3)
}
