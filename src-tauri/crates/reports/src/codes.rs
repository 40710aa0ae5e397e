//! What people and the exchange say came of calls, and the tags that people put to them.

use crate::{
    Asked, Chart, ChartKind, Column, Lacking, Metric, Narrowing, Report, ReportKind, Result, Row, Setting,
    Span, Traffic, Value,
    grouped::add,
    report::blank,
    sentence::calls,
    sums::{Counts, Needs},
};

/// By outcome code; one call has one at most.
#[derive(Debug)]
pub struct OutcomeCodes;

/// By tag; one call may have several.
#[derive(Debug)]
pub struct Tags;

const METRICS: [&str; 5] = ["calls", "answered", "missed", "talk", "average-talk"];

impl ReportKind for OutcomeCodes {
    fn id(&self) -> &'static str {
        "outcome-codes"
    }

    fn title(&self) -> &'static str {
        "Outcomes"
    }

    fn question(&self) -> &'static str {
        "What came of the calls, in our own words?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let codes = traffic.outcome_codes()?;
        let mut rows: Vec<(String, String, Narrowing)> = Vec::new();
        for (code, name) in codes {
            let opens = Narrowing { outcome_code: Some(code.clone()), ..Narrowing::default() };
            rows.push((code, name, opens));
        }
        let none = ("(no code)".to_owned(), Narrowing::lacking(Lacking::OutcomeCode));
        let mut report = narrowed(self, asked, traffic, ("code", "Code"), rows, Some(none))?;
        report.notes.push("A code that a person gave holds over the exchange's.".to_owned());
        Ok(report)
    }
}

impl ReportKind for Tags {
    fn id(&self) -> &'static str {
        "tags"
    }

    fn title(&self) -> &'static str {
        "Tags"
    }

    fn question(&self) -> &'static str {
        "What did people mark calls with?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let rows = traffic.tags()?.into_iter().map(|tag| {
            let opens = Narrowing { tag: Some(tag.clone()), ..Narrowing::default() };
            (tag, String::new(), opens)
        });
        let mut report = narrowed(self, asked, traffic, ("tag", "Tag"), rows.collect(), None)?;
        report
            .notes
            .push("A call with several tags stands in several rows; the last row has all calls.".to_owned());
        Ok(report)
    }
}

/// `rest` is the row of calls that are in none of these; then none is in two.
fn narrowed(
    kind: &dyn ReportKind,
    asked: &Asked,
    traffic: &dyn Traffic,
    (key, title): (&str, &str),
    rows: Vec<(String, String, Narrowing)>,
    rest: Option<(String, Narrowing)>,
) -> Result<Report> {
    let within = asked.settings.within();
    let metrics: Vec<&Metric> = METRICS.iter().map(|id| Metric::of(id)).collect::<Result<_>>()?;
    let mut report = blank(kind, asked, traffic.facts());
    report.columns.push(Column::text(key, title));
    report.columns.push(Column::text("name", "Name"));
    report.columns.extend(metrics.iter().map(|metric| metric.column(within)));
    let cells = |label: String, name: String, sum: &crate::tally::Tally| {
        let name = if name.is_empty() { Value::Unknown } else { Value::Text(name) };
        let mut cells = vec![Value::Text(label), name];
        cells.extend(metrics.iter().map(|metric| metric.value(sum, f64::NAN)));
        cells
    };
    // The first place is that of all calls.
    let needs = Needs::of(&metrics, within);
    let mut counts = Counts::new(&needs);
    add(traffic, &asked.period, &[], &needs, (&mut counts, 0))?;
    let (mut used, all_rows) = (0, rows.len());
    for (place, (label, name, opens)) in (1..).zip(rows) {
        add(traffic, &asked.period, std::slice::from_ref(&opens), &needs, (&mut counts, place))?;
        let sum = counts.tally(place);
        used += u64::from(sum.calls > 0);
        report.rows.push(Row::new(cells(label, name, &sum), vec![opens]));
    }
    if let Some((label, opens)) = rest {
        let sum = counts.rest_of(0, 1..=all_rows);
        report.rows.push(Row::new(cells(label, String::new(), &sum), vec![opens]));
    }
    let all = counts.tally(0);
    report.totals = Some(Row::new(cells("All".to_owned(), String::new(), &all), Vec::new()));
    report.charts.push(Chart::new(ChartKind::Bars, key, &["calls"]));
    report.sentence = format!(
        "{}, {}; {}.",
        calls(all.calls),
        asked.period,
        match used {
            0 => "none is in use".to_owned(),
            used => format!("{used} in use"),
        }
    );
    Ok(report)
}
