//! Calls at once, looked at more closely: minute by minute, and line by line.

use std::collections::BTreeMap;

use crate::{
    Asked, Chart, ChartKind, Field, Period, Report, ReportKind, Result, Row, Setting, Span, Traffic, Value,
    bucket::offset_at,
    concurrent::{levels, open},
    levels::{LEVELS, Peaks, columns, formula, new_sets, set_of},
    occupied::{add_calls, edges, unknown_lengths},
    report::blank,
    sentence::{calls, lasting},
    sweep::{Sweep, Swept},
};

/// Each minute of a day.
#[derive(Debug)]
pub struct ConcurrentMinutes;

/// Each trunk.
#[derive(Debug)]
pub struct ConcurrentTrunks;

const MINUTE: i64 = 60;

impl ReportKind for ConcurrentMinutes {
    fn id(&self) -> &'static str {
        "concurrent-minutes"
    }

    fn title(&self) -> &'static str {
        "Calls at once, by minutes"
    }

    fn question(&self) -> &'static str {
        "In which minute of the day were the lines full?"
    }

    fn span(&self) -> Span {
        Span::Day
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        // Minutes of more than one day nobody reads: the last one.
        let period = Period::of_day(asked.period.to);
        let facts = traffic.facts();
        let zone = facts.zone;
        let [from, to] = edges(traffic, &period);
        let edges: Vec<i64> = (0..=(to - from) / MINUTE).map(|minute| from + minute * MINUTE).collect();
        let (levels, unknown, longest) = levels(traffic, &period, &edges)?;
        let opens = open(&levels);

        let mut report =
            blank(self, &Asked { period: period.clone(), settings: asked.settings.clone() }, facts);
        report.columns = columns("time", "Time");
        let mut rows = Peaks::new(traffic, &period, Field::Direction);
        let before = facts.first_day.is_none_or(|first| period.to < first);
        for (place, edge) in edges.windows(2).enumerate() {
            let local = edge[0] + i64::from(offset_at(zone, edge[0]));
            let of_day = local.rem_euclid(24 * 60 * MINUTE) / MINUTE;
            let label = clock(of_day, zone, edge[0]);
            if before || local > facts.now_local {
                let unknown = vec![Value::Unknown; report.columns.len() - 1];
                rows.rows.push(Row::new([vec![label], unknown].concat(), Vec::new()));
                continue;
            }
            rows.add(label, MINUTE, (&levels, None), opens, |swept| swept.stretches[place]);
        }
        rows.add(Value::text("All"), to - from, (&levels, None), true, Swept::peak);
        report.rows = rows.opened(longest)?;
        report.totals = report.rows.pop();
        report.charts.push(Chart::new(ChartKind::Lines, "time", &["most"]));
        report.sentence = match levels.first().map(|all| (all.peak(), all.busy)) {
            Some((peak, full)) if peak.peak > 0 => {
                let local = peak.peak_at + i64::from(offset_at(zone, peak.peak_at));
                let when = chrono::DateTime::from_timestamp(local, 0).unwrap_or_default();
                format!(
                    "At most {} at once, on {}; for {} altogether.",
                    calls(peak.peak.into()),
                    when.format("%Y-%m-%d at %H:%M:%S"),
                    lasting(u64::try_from(full).unwrap_or(0))
                )
            }
            _ => format!("No calls, {period}."),
        };
        if asked.period.days() > 1 {
            report.notes.push("Of the last day of the period alone.".to_owned());
        }
        report.notes.push(formula("minute"));
        unknown_lengths(&mut report, unknown);
        Ok(report)
    }
}

/// `09:30`; of an hour that comes twice the second time says so.
fn clock(minute: i64, zone: chrono_tz::Tz, utc: i64) -> Value {
    let again = offset_at(zone, utc) < offset_at(zone, utc - 60 * MINUTE)
        && utc_of_earlier(zone, utc).is_some_and(|earlier| earlier < utc);
    let word = if again { " again" } else { "" };
    Value::Text(format!("{:02}:{:02}{word}", minute / 60, minute % 60))
}

/// The first moment at which the clock on the wall showed what it shows at this one.
fn utc_of_earlier(zone: chrono_tz::Tz, utc: i64) -> Option<i64> {
    let shift = i64::from(offset_at(zone, utc - 60 * MINUTE) - offset_at(zone, utc));
    let earlier = utc - shift;
    (earlier + i64::from(offset_at(zone, earlier)) == utc + i64::from(offset_at(zone, utc)))
        .then_some(earlier)
}

impl ReportKind for ConcurrentTrunks {
    fn id(&self) -> &'static str {
        "concurrent-trunks"
    }

    fn title(&self) -> &'static str {
        "Calls at once, by trunk"
    }

    fn question(&self) -> &'static str {
        "How many calls does each line carry at once?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let edges = edges(traffic, &asked.period);
        let seconds = edges[1] - edges[0];
        let mut sweep = Sweep::new(edges.to_vec());
        let all = new_sets(&mut sweep);
        let mut trunks: BTreeMap<u32, [usize; LEVELS]> = BTreeMap::new();
        let found =
            add_calls(traffic, &asked.period, Field::Trunk, &mut sweep, |sweep, direction, trunk| {
                let own = *trunks.entry(trunk).or_insert_with(|| new_sets(sweep));
                Some(sweep.kind([all[0], set_of(all, direction), own[0], set_of(own, direction)]))
            })?;
        let swept = sweep.end();
        let levels = |sets: [usize; LEVELS]| sets.map(|set| swept[set].clone());

        let mut report = blank(self, asked, traffic.facts());
        report.columns = columns("trunk", "Trunk");
        let mut labels: Vec<(u32, String, u32)> = Vec::new();
        for (trunk, sets) in &trunks {
            let text = traffic.text(Field::Trunk, *trunk)?;
            let label = if text.is_empty() { "(no trunk)".to_owned() } else { text };
            labels.push((swept[sets[0]].peak().peak, label, *trunk));
        }
        // Of a call that was not in the period nothing is to be seen.
        labels.retain(|(peak, ..)| *peak > 0);
        labels.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let mut rows = Peaks::new(traffic, &asked.period, Field::Trunk);
        for (_, label, trunk) in &labels {
            let levels = levels(trunks[trunk]);
            rows.add(Value::text(label.clone()), seconds, (&levels, Some(*trunk)), true, Swept::peak);
        }
        rows.add(Value::text("All"), seconds, (&levels(all), None), true, Swept::peak);
        report.rows = rows.opened(found.longest)?;
        report.totals = report.rows.pop();
        report.charts.push(Chart::new(ChartKind::Bars, "trunk", &["most", "most-inbound", "most-outbound"]));
        report.sentence = match labels.first() {
            Some((peak, label, _)) => {
                format!("At most {} at once on {label}, {}.", calls((*peak).into()), asked.period)
            }
            None => format!("No calls, {}.", asked.period),
        };
        report.notes.push(formula("period"));
        report.notes.push(
            "The most of all trunks together is not the sum of the rows: each has its own busiest moment."
                .to_owned(),
        );
        unknown_lengths(&mut report, found.unknown);
        Ok(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_that_come_twice_are_told_apart() {
        let dublin = chrono_tz::Europe::Dublin;
        let label = |utc: i64, minute: i64| match clock(minute, dublin, utc) {
            Value::Text(label) => label,
            other => format!("{other:?}"),
        };
        // 25 October 2026: at 01:00 UTC the clock goes from 02:00 back to 01:00.
        let change = 1_792_890_000;
        assert_eq!(label(change - 60, 119), "01:59");
        assert_eq!(label(change, 60), "01:00 again");
        assert_eq!(label(change + 3540, 119), "01:59 again");
        assert_eq!(label(change + 3600, 120), "02:00");
    }
}
