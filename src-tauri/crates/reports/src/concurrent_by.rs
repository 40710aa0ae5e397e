//! Calls at once, looked at more closely: minute by minute, and line by line.

use std::collections::BTreeMap;

use crate::{
    Asked, Chart, ChartKind, Field, Period, Report, ReportKind, Result, Row, Setting, Span, Traffic, Value,
    bucket::{offset_at, utc_of},
    concurrent::{Sweep, occupied, unknown_lengths},
    levels::{Levels, Occupying, columns, formula},
    report::blank,
};

/// Each minute of a day.
#[derive(Debug)]
pub struct ConcurrentMinutes;

/// Each trunk.
#[derive(Debug)]
pub struct ConcurrentTrunks;

const MINUTE: i64 = 60;

/// Calls of a peak are named one by one: of so many altogether no more rows are opened.
const MOST_NAMED: u64 = 50_000;

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
        let (local_from, local_to) = period.seconds();
        let (from, to) = (utc_of(zone, local_from), utc_of(zone, local_to));
        let edges: Vec<i64> = (0..=(to - from) / MINUTE).map(|minute| from + minute * MINUTE).collect();
        let found = occupied(traffic, &period, Field::Direction)?;
        let levels = Levels::new(&found.calls, &edges);
        let named: u64 = levels.of[0].1.stretches.iter().map(|stretch| u64::from(stretch.peak)).sum();

        let mut report =
            blank(self, &Asked { period: period.clone(), settings: asked.settings.clone() }, facts);
        report.columns = columns("time", "Time");
        let before = facts.first_day.is_none_or(|first| period.to < first);
        for (place, edge) in edges.windows(2).enumerate() {
            let local = edge[0] + i64::from(offset_at(zone, edge[0]));
            let of_day = local.rem_euclid(24 * 60 * MINUTE) / MINUTE;
            let label = clock(of_day, zone, edge[0]);
            if before || local > facts.now_local {
                let unknown = vec![Value::Unknown; report.columns.len() - 1];
                report.rows.push(Row::new([vec![label], unknown].concat(), Vec::new()));
                continue;
            }
            let opens = named <= MOST_NAMED;
            report.rows.push(levels.row(label, MINUTE, zone, opens, |sweep| sweep.stretches[place]));
        }
        report.totals = Some(levels.row(Value::text("All"), to - from, zone, true, Sweep::peak));
        report.charts.push(Chart::new(ChartKind::Lines, "time", &["most"]));
        let peak = levels.of[0].1.peak();
        report.sentence = if peak.peak == 0 {
            format!("No calls, {period}.")
        } else {
            let local = peak.peak_at + i64::from(offset_at(zone, peak.peak_at));
            let when = chrono::DateTime::from_timestamp(local, 0).unwrap_or_default();
            let full = levels.of[0].1.seconds_at.get(peak.peak as usize).copied().unwrap_or(0);
            format!(
                "At most {} calls at once, on {}; for {full} s altogether.",
                peak.peak,
                when.format("%Y-%m-%d at %H:%M:%S")
            )
        };
        if asked.period.days() > 1 {
            report.notes.push("Of the last day of the period alone.".to_owned());
        }
        report.notes.push(formula("minute"));
        unknown_lengths(&mut report, found.unknown);
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
        let facts = traffic.facts();
        let zone = facts.zone;
        let (local_from, local_to) = asked.period.seconds();
        let edges = [utc_of(zone, local_from), utc_of(zone, local_to)];
        let seconds = edges[1] - edges[0];
        let found = occupied(traffic, &asked.period, Field::Trunk)?;
        let mut trunks: BTreeMap<u32, Vec<Occupying>> = BTreeMap::new();
        for call in &found.calls {
            trunks.entry(call.3).or_default().push(*call);
        }

        let mut report = blank(self, asked, facts);
        report.columns = columns("trunk", "Trunk");
        let mut rows: Vec<(u32, String, Row)> = Vec::new();
        for (trunk, calls) in trunks {
            let text = traffic.text(Field::Trunk, trunk)?;
            let label = if text.is_empty() { "(no trunk)".to_owned() } else { text };
            let levels = Levels::new(&calls, &edges);
            let row = levels.row(Value::text(label.clone()), seconds, zone, true, Sweep::peak);
            rows.push((levels.of[0].1.peak().peak, label, row));
        }
        rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let most = rows.first().map(|(peak, label, _)| (*peak, label.clone()));
        report.rows = rows.into_iter().map(|(.., row)| row).collect();
        let all = Levels::new(&found.calls, &edges);
        report.totals = Some(all.row(Value::text("All"), seconds, zone, true, Sweep::peak));
        report.charts.push(Chart::new(ChartKind::Bars, "trunk", &["most", "most-inbound", "most-outbound"]));
        report.sentence = match most {
            Some((peak, label)) => {
                format!("At most {peak} calls at once on {label}, {}.", asked.period)
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
