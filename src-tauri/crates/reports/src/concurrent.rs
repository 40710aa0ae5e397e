//! How many calls went on at once.

use crate::{
    Asked, Bucketed, Chart, ChartKind, Field, Report, ReportKind, Result, Setting, Span, Traffic, Value,
    bucket::offset_at,
    levels::{LEVELS, Peaks, columns, formula, new_sets, set_of},
    occupied::{add_calls, unknown_lengths},
    report::blank,
    sentence::calls,
    sweep::{Sweep, Swept},
};

/// Calls at once, by half-hours of a day or by days.
#[derive(Debug)]
pub struct Concurrent;

/// Rows that open their calls: of more nobody looks at each.
const MOST_OPENED: usize = 400;

/// Calls of a peak are named one by one: of so many altogether no more rows are opened.
const MOST_NAMED: u64 = 50_000;

/// Whether rows of these levels open the calls that they are made of.
pub(crate) fn open(levels: &[Swept]) -> bool {
    let named = |swept: &Swept| -> u64 { swept.stretches.iter().map(|one| u64::from(one.peak)).sum() };
    levels.first().is_some_and(|all| named(all) <= MOST_NAMED)
}

/// The levels of all calls of a period and of each direction between these edges. Comes back with how many there are of
/// which nobody knows how long they were, and the seconds of the longest.
pub(crate) fn levels(
    traffic: &dyn Traffic,
    asked: &crate::Period,
    edges: &[i64],
) -> Result<(Vec<Swept>, u64, i64)> {
    let mut sweep = Sweep::new(edges.to_vec());
    let sets: [usize; LEVELS] = new_sets(&mut sweep);
    let found = add_calls(traffic, asked, Field::Direction, &mut sweep, |sweep, direction, _| {
        Some(sweep.kind([sets[0], set_of(sets, direction)]))
    })?;
    Ok((sweep.end(), found.unknown, found.longest))
}

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
        let Bucketed { labels, edges } = Bucketed::of(&asked.period, traffic.facts());
        let (levels, unknown, longest) = levels(traffic, &asked.period, &edges)?;
        let opens = labels.len() <= MOST_OPENED && open(&levels);
        let mut report = blank(self, asked, traffic.facts());
        report.columns = columns("time", "Time");
        let mut rows = Peaks::new(traffic, &asked.period, Field::Direction);
        for (place, (label, edge)) in labels.iter().zip(edges.windows(2)).enumerate() {
            let seconds = edge[1] - edge[0];
            rows.add(Value::text(label), seconds, (&levels, None), opens, |swept| swept.stretches[place]);
        }
        let whole = edges.last().copied().unwrap_or(0) - edges.first().copied().unwrap_or(0);
        rows.add(Value::text("All"), whole, (&levels, None), true, Swept::peak);
        report.rows = rows.opened(longest)?;
        report.totals = report.rows.pop();
        report.charts.push(Chart::new(ChartKind::Lines, "time", &["most", "mean"]));
        let peak = levels.first().map(Swept::peak).unwrap_or_default();
        report.sentence = if peak.peak == 0 {
            format!("No calls, {}.", asked.period)
        } else {
            let local = peak.peak_at + i64::from(offset_at(traffic.facts().zone, peak.peak_at));
            let when = chrono::DateTime::from_timestamp(local, 0).unwrap_or_default();
            format!(
                "At most {} at once, on {}.",
                calls(peak.peak.into()),
                when.format("%Y-%m-%d at %H:%M:%S")
            )
        };
        report.notes.push(formula("row"));
        unknown_lengths(&mut report, unknown);
        Ok(report)
    }
}
