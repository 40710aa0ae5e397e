//! Missed calls: who was called back, how soon, and who was not.

use std::collections::BTreeMap;

use crate::{
    Asked, Chart, ChartKind, Column, FollowUp, Narrowing, Report, ReportKind, Result, Row, Setting, Span,
    Traffic, Unit, Value, longest::moment, report::blank, spread::Seconds,
};

/// Callers who have not been spoken with since.
#[derive(Debug)]
pub struct NotCalledBack;

/// How long callers waited until somebody spoke with them.
#[derive(Debug)]
pub struct CallBacks;

impl ReportKind for NotCalledBack {
    fn id(&self) -> &'static str {
        "not-called-back"
    }

    fn title(&self) -> &'static str {
        "Missed and not called back"
    }

    fn question(&self) -> &'static str {
        "Who rang us, got nobody, and has not been spoken with since?"
    }

    fn span(&self) -> Span {
        Span::Week
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Limit]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let missed = traffic.follow_ups(&asked.period)?;
        let mut callers: BTreeMap<&str, Vec<&FollowUp>> = BTreeMap::new();
        for one in missed.iter().filter(|one| one.reached.is_none() && !one.dismissed) {
            callers.entry(&one.number).or_default().push(one);
        }
        let mut callers: Vec<(&str, Vec<&FollowUp>)> = callers.into_iter().collect();
        // Who tried last stands first, as in the ring-back list.
        callers
            .sort_by_key(|(number, calls)| (std::cmp::Reverse(calls.last().map(|call| call.call)), *number));

        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("number", "Number"),
            Column::text("name", "Name"),
            Column::calls("missed", "Missed calls"),
            Column::of("last", "Last try", Unit::Moment, None),
            Column::of("tries", "Our tries since", Unit::Count, None),
        ];
        let open: usize = callers.iter().map(|(_, calls)| calls.len()).sum();
        let limit = asked.settings.limit.map_or(1000, |limit| limit as usize);
        for (number, calls) in callers.iter().take(limit) {
            let last = calls.last();
            let cells = vec![
                Value::text(*number),
                calls.iter().rev().find_map(|call| call.name.clone()).map_or(Value::Unknown, Value::Text),
                Value::count(calls.len() as u64),
                last.map_or(Value::Unknown, |call| moment(call.call.moment())),
                Value::known(last.map(|call| call.tries.into())),
            ];
            report.rows.push(Row::new(cells, vec![these(calls.iter().copied())]));
        }
        if callers.len() > limit {
            report.notes.push(format!("{} more callers are not shown.", callers.len() - limit));
        }
        report.notes.push(
            "A missed call without the caller's number cannot be called back and is not here; neither are callers \
             whom somebody decided not to ring."
                .to_owned(),
        );
        report.charts.push(Chart::new(ChartKind::Bars, "number", &["missed"]));
        report.sentence = format!(
            "{} of {} missed calls, {}, have not been called back: {} callers.",
            open,
            missed.len(),
            asked.period,
            callers.len()
        );
        Ok(report)
    }
}

/// Seconds after the missed call, and how that is said.
const SOON: [(i64, &str); 6] = [
    (15 * 60, "within 15 minutes"),
    (60 * 60, "within an hour"),
    (4 * 60 * 60, "within 4 hours"),
    (24 * 60 * 60, "within a day"),
    (72 * 60 * 60, "within three days"),
    (i64::MAX, "later"),
];

impl ReportKind for CallBacks {
    fn id(&self) -> &'static str {
        "call-backs"
    }

    fn title(&self) -> &'static str {
        "Time to call back"
    }

    fn question(&self) -> &'static str {
        "How soon does somebody speak with those who got nobody?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let missed = traffic.follow_ups(&asked.period)?;
        let mut rows: Vec<(&str, Vec<&FollowUp>)> =
            SOON.iter().map(|(_, words)| (*words, Vec::new())).collect();
        rows.extend([("not yet", Vec::new()), ("nobody is to be rung", Vec::new())]);
        let mut seconds = Seconds::default();
        for one in &missed {
            let place = match one.reached {
                Some((_, at)) => {
                    let took = (at - one.missed_at).max(0);
                    seconds.extend(u32::try_from(took));
                    SOON.iter().position(|(most, _)| took <= *most).unwrap_or(SOON.len() - 1)
                }
                None if one.dismissed => SOON.len() + 1,
                None => SOON.len(),
            };
            rows[place].1.push(one);
        }
        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("spoken-with", "Spoken with"),
            Column::calls("missed", "Missed calls"),
            Column::of("percent", "Of all, %", Unit::Percent, None),
        ];
        let all = missed.len() as u64;
        for (words, calls) in rows {
            let count = calls.len() as u64;
            let cells = vec![Value::text(words), Value::Whole(count), Value::percent(count, all)];
            report.rows.push(Row::new(cells, vec![these(calls.into_iter())]));
        }
        report.totals = Some(Row::new(
            vec![Value::text("All"), Value::Whole(all), Value::percent(all, all)],
            vec![these(missed.iter())],
        ));
        report.charts.push(Chart::new(ChartKind::Bars, "spoken-with", &["missed"]));
        report.sentence = match (seconds.percentile(50), seconds.known) {
            (Some(half), known) => format!(
                "{known} of {all} missed calls, {}, were followed by a talk, half of them within {} minutes.",
                asked.period,
                half.div_ceil(60)
            ),
            (None, _) => format!("{all} missed calls, {}; none was followed by a talk.", asked.period),
        };
        report.notes.push(
            "Whoever rang whom: what counts is the next call in which a person spoke with the caller."
                .to_owned(),
        );
        Ok(report)
    }
}

fn these<'a>(calls: impl Iterator<Item = &'a FollowUp>) -> Narrowing {
    Narrowing { ids: Some(calls.map(|call| call.call.to_string()).collect()), ..Narrowing::default() }
}
