//! How many calls went on at once: exact, from where each begins and ends, not from samples.

use std::collections::BTreeMap;

use calls::{CallId, Direction};

use crate::{
    Asked, Bucketed, Chart, ChartKind, Column, Field, Narrowing, Period, Report, ReportKind, Result, Row,
    Setting, Span, Traffic, Unit, Value,
    bucket::utc_of,
    longest::moment,
    report::blank,
    tally::{Sorter, real},
};

const DAY: i64 = 24 * 60 * 60;

/// A call's time in seconds since 1970, the second exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Interval {
    pub from: i64,
    pub to: i64,
}

/// What went on between two edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stretch {
    pub peak: u32,
    /// When it was first reached.
    pub peak_at: i64,
    /// Seconds of all calls together.
    pub occupied: i64,
}

/// Levels over time. A call that ends in the second in which another begins does not meet it.
#[derive(Debug, Default)]
pub(crate) struct Sweep {
    pub stretches: Vec<Stretch>,
    /// Seconds for which so many calls went on, by their number, between the first edge and the last.
    pub seconds_at: Vec<i64>,
}

impl Sweep {
    /// `edges` are ascending.
    pub fn new(intervals: &[Interval], edges: &[i64]) -> Self {
        let mut sweeping = Sweeping::new(edges.to_vec());
        for interval in intervals {
            sweeping.add(*interval);
        }
        sweeping.end()
    }

    fn passes(&mut self, level: usize, seconds: i64, stretch: &mut Stretch) {
        if self.seconds_at.len() <= level {
            self.seconds_at.resize(level + 1, 0);
        }
        self.seconds_at[level] += seconds;
        stretch.occupied += seconds * i64::try_from(level).unwrap_or(0);
    }

    /// Over all stretches.
    pub fn peak(&self) -> Stretch {
        let mut peak = Stretch::default();
        for stretch in &self.stretches {
            if stretch.peak > peak.peak {
                (peak.peak, peak.peak_at) = (stretch.peak, stretch.peak_at);
            }
            peak.occupied += stretch.occupied;
        }
        peak
    }

    /// Seconds for which at least so many calls went on.
    pub fn seconds_from(&self, level: u32) -> i64 {
        self.seconds_at.iter().skip(level as usize).sum()
    }
}

/// A sweep while calls still come: of those that have ended nothing is kept.
#[derive(Debug)]
pub(crate) struct Sweeping {
    edges: Vec<i64>,
    sweep: Sweep,
    /// Edges that have been passed.
    passed: usize,
    at: i64,
    level: usize,
    stretch: Stretch,
    /// Still to come.
    starts: Vec<i64>,
    ends: Vec<i64>,
}

/// So many calls are kept before those that nobody can come before any more are swept.
const MANY: usize = 1 << 14;

impl Sweeping {
    /// `edges` are ascending.
    pub fn new(edges: Vec<i64>) -> Self {
        Self {
            at: edges.first().copied().unwrap_or(0),
            edges,
            sweep: Sweep::default(),
            passed: 0,
            level: 0,
            stretch: Stretch::default(),
            starts: Vec::new(),
            ends: Vec::new(),
        }
    }

    pub fn add(&mut self, interval: Interval) {
        self.starts.push(interval.from);
        self.ends.push(interval.to);
    }

    /// Whatever is added from now on begins at this moment or later.
    pub fn reach(&mut self, moment: i64) {
        if self.starts.len() > MANY {
            self.sweep_to(moment);
        }
    }

    pub fn end(mut self) -> Sweep {
        self.sweep_to(i64::MAX);
        self.pass_edges(i64::MAX);
        self.sweep
    }

    /// Sweeps all that happens before a moment.
    fn sweep_to(&mut self, moment: i64) {
        let (mut starts, mut ends) = (std::mem::take(&mut self.starts), std::mem::take(&mut self.ends));
        starts.sort_unstable();
        ends.sort_unstable();
        let (mut start, mut end) = (0, 0);
        loop {
            let next = [starts.get(start), ends.get(end)].into_iter().flatten().min();
            let Some(at) = next.copied().filter(|at| *at < moment) else { break };
            self.pass_edges(at - 1);
            if self.is_within() {
                self.pass_to(at);
            }
            while ends.get(end) == Some(&at) {
                end += 1;
                self.level = self.level.saturating_sub(1);
            }
            // A stretch that begins now has what goes on from before, and then what begins.
            self.pass_edges(at);
            while starts.get(start) == Some(&at) {
                start += 1;
                self.level += 1;
            }
            if self.is_within() && narrow(self.level) > self.stretch.peak {
                (self.stretch.peak, self.stretch.peak_at) = (narrow(self.level), at);
            }
        }
        starts.drain(..start);
        ends.drain(..end);
        (self.starts, self.ends) = (starts, ends);
    }

    /// After the first edge and before the last.
    fn is_within(&self) -> bool {
        (1..self.edges.len()).contains(&self.passed)
    }

    fn pass_to(&mut self, at: i64) {
        self.sweep.passes(self.level, at - self.at, &mut self.stretch);
        self.at = at;
    }

    /// Ends the stretches that end at this moment or before, and begins the next.
    fn pass_edges(&mut self, moment: i64) {
        while let Some(edge) = self.edges.get(self.passed).copied().filter(|edge| *edge <= moment) {
            if self.passed > 0 {
                self.pass_to(edge);
                self.sweep.stretches.push(self.stretch);
            }
            self.passed += 1;
            self.at = edge;
            self.stretch = Stretch { peak: narrow(self.level), peak_at: edge, occupied: 0 };
        }
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Calls of a period with where they begin and end.
pub(crate) struct Occupied {
    pub calls: Vec<(Interval, CallId, Direction, u32)>,
    /// Calls of which nobody knows how long they were.
    pub unknown: u64,
}

/// Calls that went on in a period, those that began up to a day before it included; `field` is kept of each.
pub(crate) fn occupied(traffic: &dyn Traffic, period: &Period, field: Field) -> Result<Occupied> {
    let mut calls = Vec::new();
    let unknown = each_occupied(traffic, period, field, |call, _| {
        calls.push((call.interval, call.id, call.direction, call.value));
    })?;
    Ok(Occupied { calls, unknown })
}

/// A call while it went on.
pub(crate) struct Occupying {
    pub interval: Interval,
    pub id: CallId,
    pub direction: Direction,
    /// Of the field that was asked for.
    pub value: u32,
}

/// What wall clocks differ from UTC at most, with summer time, in seconds.
const FARTHEST_ZONE: i64 = 15 * 60 * 60;

/// The same one by one, each with a moment before which none of those begins that are still to come. Comes back with how
/// many there are of which nobody knows how long they were.
pub(crate) fn each_occupied(
    traffic: &dyn Traffic,
    period: &Period,
    field: Field,
    mut visit: impl FnMut(Occupying, i64) + Send,
) -> Result<u64> {
    let sorter = Sorter::new();
    let zone = traffic.facts().zone;
    let (local_from, local_to) = period.seconds();
    let (from, to) = (utc_of(zone, local_from), utc_of(zone, local_to));
    // A day more at both ends: calls that go on over midnight, and clocks of other zones.
    let wide = Period {
        from: period.from.pred_opt().unwrap_or(period.from),
        to: period.to.succ_opt().unwrap_or(period.to),
    };
    let mut unknown = 0;
    let mut fields = vec![Field::Start, Field::Hash, Field::Offset, Field::Direction, Field::Total];
    if !fields.contains(&field) {
        fields.push(field);
    }
    traffic.each_block(&wide, &[], &fields, &mut |block| {
        let earliest = block.begin - FARTHEST_ZONE;
        for place in 0..block.calls {
            let start = block.start_utc(place);
            let Some(total) = block.seconds(Field::Total, place) else {
                unknown += u64::from((from..to).contains(&start));
                continue;
            };
            let interval = Interval { from: start, to: start + i64::from(total) };
            if interval.to > from && interval.from < to && total > 0 {
                let direction = sorter.direction(block.get(Field::Direction, place));
                let value = block.get(field, place);
                visit(Occupying { interval, id: block.id(place), direction, value }, earliest);
            }
        }
    })?;
    Ok(unknown)
}

/// Calls at once, by half-hours of a day or by days.
#[derive(Debug)]
pub struct Concurrent;

/// Peaks that open their calls: of more stretches nobody looks at each.
const MOST_PEAKS: usize = 400;

impl ReportKind for Concurrent {
    fn id(&self) -> &'static str {
        "concurrent"
    }

    fn title(&self) -> &'static str {
        "Calls at once"
    }

    fn question(&self) -> &'static str {
        "How many calls go on at the same time?"
    }

    fn span(&self) -> Span {
        Span::Day
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let found = occupied(traffic, &asked.period, Field::Direction)?;
        let Bucketed { labels, edges } = Bucketed::of(&asked.period, traffic.facts());
        let every: Vec<Interval> = found.calls.iter().map(|(interval, ..)| *interval).collect();
        let all = Sweep::new(&every, &edges);
        let of = |wanted: Direction| {
            let intervals: Vec<Interval> = found
                .calls
                .iter()
                .filter(|(_, _, direction, _)| *direction == wanted)
                .map(|(interval, ..)| *interval)
                .collect();
            Sweep::new(&intervals, &edges)
        };
        let by_direction = [Direction::Inbound, Direction::Outbound, Direction::Internal].map(of);

        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("time", "Time"),
            Column::of("most", "Most at once", Unit::Calls, None),
            Column::of("at", "Reached at", Unit::Moment, None),
            Column::of("mean", "On average", Unit::Number, None),
            Column::of("most-inbound", "Incoming", Unit::Count, None),
            Column::of("most-outbound", "Outgoing", Unit::Count, None),
            Column::of("most-internal", "Internal", Unit::Count, None),
        ];
        let mut sorted: Vec<(Interval, CallId)> =
            found.calls.iter().map(|(interval, id, ..)| (*interval, *id)).collect();
        sorted.sort_unstable_by_key(|(interval, id)| (interval.from, *id));
        let zone = traffic.facts().zone;
        let local = |utc: i64| utc + i64::from(crate::bucket::offset_at(zone, utc));
        let opens_peaks = labels.len() <= MOST_PEAKS;
        let row = |label: &str, stretch: &Stretch, seconds: i64, others: [u32; 3], opens: bool| {
            let mut cells = vec![Value::text(label), Value::count(stretch.peak)];
            cells.push(if stretch.peak > 0 { moment(local(stretch.peak_at)) } else { Value::Unknown });
            cells.push(mean(stretch.occupied, seconds));
            cells.extend(others.map(Value::count));
            let mut row = Row::new(cells, Vec::new());
            if opens && stretch.peak > 0 {
                row.of_cells = BTreeMap::from([("most".to_owned(), vec![at(&sorted, stretch.peak_at)])]);
            }
            row
        };
        for (place, label) in labels.iter().enumerate() {
            let others = [0, 1, 2].map(|which: usize| by_direction[which].stretches[place].peak);
            let seconds = edges[place + 1] - edges[place];
            report.rows.push(row(label, &all.stretches[place], seconds, others, opens_peaks));
        }
        let peak = all.peak();
        let whole = edges.last().copied().unwrap_or(0) - edges.first().copied().unwrap_or(0);
        let others = [0, 1, 2].map(|which: usize| by_direction[which].peak().peak);
        report.totals = Some(row("All", &peak, whole, others, true));
        report.charts.push(Chart::new(ChartKind::Lines, "time", &["most", "mean"]));
        report.sentence = if peak.peak == 0 {
            format!("No calls, {}.", asked.period)
        } else {
            let when = chrono::DateTime::from_timestamp(local(peak.peak_at), 0).unwrap_or_default();
            format!("At most {} calls at once, on {}.", peak.peak, when.format("%Y-%m-%d at %H:%M:%S"))
        };
        report.notes.push(
            "From the start of each call to its end, ringing and waiting included. On average: seconds of all calls ÷ \
             seconds of the row, so Erlangs."
                .to_owned(),
        );
        unknown_lengths(&mut report, found.unknown);
        Ok(report)
    }
}

/// The calls that went on at a moment.
pub(crate) fn at(sorted: &[(Interval, CallId)], moment: i64) -> Narrowing {
    let end = sorted.partition_point(|(interval, _)| interval.from <= moment);
    // The longest call known of is not much longer than a day; before that nothing that matters can have begun.
    let begin = sorted.partition_point(|(interval, _)| interval.from < moment - 2 * DAY);
    let ids = sorted.get(begin..end).unwrap_or_default().iter();
    let ids = ids.filter(|(interval, _)| interval.to > moment).map(|(_, id)| id.to_string());
    Narrowing { ids: Some(ids.collect()), ..Narrowing::default() }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn intervals() -> impl Strategy<Value = Vec<Interval>> {
        let one = (0..200_i64, 1..60_i64).prop_map(|(from, length)| Interval { from, to: from + length });
        prop::collection::vec(one, 0..40)
    }

    #[test]
    fn calls_that_only_touch_do_not_meet() {
        let calls =
            [Interval { from: 0, to: 10 }, Interval { from: 10, to: 20 }, Interval { from: 15, to: 30 }];
        let sweep = Sweep::new(&calls, &[0, 12, 40]);
        assert_eq!(
            sweep.stretches,
            [Stretch { peak: 1, peak_at: 0, occupied: 12 }, Stretch { peak: 2, peak_at: 15, occupied: 23 }]
        );
        assert_eq!(sweep.seconds_at, [10, 25, 5]);
        assert_eq!((sweep.peak().peak, sweep.seconds_from(1)), (2, 30));
    }

    proptest! {
        #[test]
        fn every_second_is_as_if_it_was_counted(calls in intervals(), edge in 1..120_i64) {
            let sweep = Sweep::new(&calls, &[20, 20 + edge, 300]);
            let level = |second: i64| {
                calls.iter().filter(|call| call.from <= second && second < call.to).count()
            };
            for (stretch, (from, to)) in sweep.stretches.iter().zip([(20, 20 + edge), (20 + edge, 300)]) {
                let peak = (from..to).map(level).max().unwrap();
                prop_assert_eq!(stretch.peak as usize, peak);
                prop_assert_eq!(level(stretch.peak_at), peak);
                let occupied: usize = (from..to).map(level).sum();
                prop_assert_eq!(stretch.occupied, i64::try_from(occupied).unwrap());
            }
            let busy = (20..300).filter(|second| level(*second) >= 2).count();
            prop_assert_eq!(sweep.seconds_from(2), i64::try_from(busy).unwrap());
        }
    }
}
