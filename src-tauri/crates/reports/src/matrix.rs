//! Reports of two times: days beside each other, hours of weekdays.

use chrono::{Days, NaiveDate};

use crate::{
    Asked, Chart, ChartKind, Column, Dimension, Field, Metric, Narrowing, Period, Report, ReportKind, Result,
    Row, Setting, Span, Traffic, Value,
    bucket::{Buckets, WEEKDAYS},
    report::blank,
    sentence::calls,
    sums::{Counts, Needs, SumKey},
    tally::Tally,
};

const DAY: i64 = 24 * 60 * 60;
/// What fits beside each other.
const MOST_DAYS: u32 = 31;

/// One day beside some before it.
#[derive(Debug)]
pub struct CompareDays;

/// Weekdays by hours: when there is most to do.
#[derive(Debug)]
pub struct WeekHours;

impl ReportKind for CompareDays {
    fn id(&self) -> &'static str {
        "compare-days"
    }

    fn title(&self) -> &'static str {
        "Days beside each other"
    }

    fn question(&self) -> &'static str {
        "Was this day like the ones before it?"
    }

    fn span(&self) -> Span {
        Span::Day
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Days, Setting::SameWeekday, Setting::Metric, Setting::WithinSeconds]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let chosen = asked.period.to;
        let step = if asked.settings.same_weekday.unwrap_or(false) { 7 } else { 1 };
        let count = asked.settings.days.unwrap_or(6).clamp(1, MOST_DAYS);
        let mut days: Vec<NaiveDate> = (0..=count)
            .filter_map(|back| chosen.checked_sub_days(Days::new(u64::from(back * step))))
            .collect();
        days.reverse();
        let period = Period { from: days.first().copied().unwrap_or(chosen), to: chosen };
        let rows = Buckets::new(Dimension::HalfHour, &period, traffic.facts())?;
        let column_of = |local: i64| {
            let day = chrono::DateTime::from_timestamp(local, 0)?.date_naive();
            days.binary_search(&day).ok()
        };
        let asked = Asked { period, settings: asked.settings.clone() };
        let columns: Vec<(String, Narrowing)> = days
            .iter()
            .map(|day| {
                let only = Some(vec![day.to_string()]);
                (format!("{} {day}", day.format("%a")), Narrowing { days: only, ..Narrowing::default() })
            })
            .collect();
        let facts = traffic.facts();
        let unseen = |row: usize, column: usize| {
            let day = days[column];
            let begin = crate::asked::start_of(day) + i64::try_from(row).unwrap_or(0) * 1800;
            facts.first_day.is_none_or(|first| day < first) || begin > facts.now_local
        };
        let mut report = matrix(self, &asked, traffic, &rows, &columns, &column_of, &unseen)?;
        if let Some(chart) = report.charts.first_mut() {
            chart.kind = ChartKind::Lines;
            chart.beside = true;
        }
        report.notes.push(
            "Half-hours are those of the clock on the wall; an hour that comes twice is one.".to_owned(),
        );
        Ok(report)
    }
}

impl ReportKind for WeekHours {
    fn id(&self) -> &'static str {
        "week-hours"
    }

    fn title(&self) -> &'static str {
        "Week by hours"
    }

    fn question(&self) -> &'static str {
        "When in the week are we too few?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Metric, Setting::WithinSeconds]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let rows = Buckets::new(Dimension::Weekday, &asked.period, traffic.facts())?;
        let column_of = |local: i64| usize::try_from(local.rem_euclid(DAY) / 3600).ok();
        let columns: Vec<(String, Narrowing)> = (0..24)
            .map(|hour| {
                let minutes = Some(vec![(hour * 60, hour * 60 + 60)]);
                (format!("{hour:02}:00"), Narrowing { minutes, ..Narrowing::default() })
            })
            .collect();
        let all_unseen = rows.all.iter().all(|bucket| bucket.unseen);
        let mut occurring = [false; WEEKDAYS.len()];
        for day in asked.period.each_day().take(WEEKDAYS.len()) {
            occurring[chrono::Datelike::weekday(&day).num_days_from_monday() as usize] = true;
        }
        let unseen = |row: usize, _: usize| all_unseen || !occurring[row];
        matrix(self, asked, traffic, &rows, &columns, &column_of, &unseen)
    }
}

fn matrix(
    kind: &dyn ReportKind,
    asked: &Asked,
    traffic: &dyn Traffic,
    rows: &Buckets,
    columns: &[(String, Narrowing)],
    column_of: &(dyn Fn(i64) -> Option<usize> + Sync),
    unseen: &dyn Fn(usize, usize) -> bool,
) -> Result<Report> {
    let within = asked.settings.within();
    let metric = asked.settings.metric.as_deref().map_or_else(|| Metric::of("calls"), Metric::of)?;
    let needs = Needs::of(&[metric], within);
    let mut counts = Counts::new(&needs);
    let place = |start: i64| Some(rows.place(start, 0)? * columns.len() + column_of(start)?);
    let mut rest = vec![asked.period.clone()];
    if needs.are_met_by(SumKey::HalfHour) {
        rest = traffic.each_sum(&asked.period, &[], SumKey::HalfHour, &mut |summed| {
            if let Some(place) = place(summed.begin) {
                counts.add_summed(summed, place);
            }
        })?;
    }
    let mut fields = needs.fields();
    fields.push(Field::Start);
    for period in rest {
        traffic.each_block(&period, &[], &fields, &mut |block| {
            counts.add_block(block, |at| place(block.start(at)));
        })?;
    }
    let all = counts.total();
    let of_row = |row: usize| counts.tally_of(row * columns.len()..(row + 1) * columns.len());
    let of_column =
        |column: usize| counts.tally_of((column..rows.all.len() * columns.len()).step_by(columns.len()));

    let mut report = blank(kind, asked, traffic.facts());
    report.columns.push(Column::text("time", "Time"));
    for (title, narrowing) in columns {
        let mut column = metric.column(within);
        column.key = format!("{}-{title}", metric.id).to_lowercase().replace([' ', ':'], "-");
        column.title.clone_from(title);
        column.opens.get_or_insert_default().push(narrowing.clone());
        report.columns.push(column);
    }
    // All columns together are fewer calls than the period has, where only some of its days are shown.
    let several =
        columns.iter().filter_map(|(_, narrowing)| narrowing.days.clone()).flatten().collect::<Vec<_>>();
    let mut total = metric.column(within);
    "all".clone_into(&mut total.key);
    "All".clone_into(&mut total.title);
    if !several.is_empty() {
        total.opens.get_or_insert_default().push(Narrowing { days: Some(several), ..Narrowing::default() });
    }
    report.columns.push(total);

    let value = |sum: &Tally, unseen: bool| {
        if unseen && sum.calls == 0 { Value::Unknown } else { metric.value(sum, f64::NAN) }
    };
    for (row, bucket) in rows.all.iter().enumerate() {
        let mut cells = vec![Value::text(bucket.label.clone())];
        for column in 0..columns.len() {
            cells.push(value(&counts.tally(row * columns.len() + column), unseen(row, column)));
        }
        let none_seen = (0..columns.len()).all(|column| unseen(row, column));
        cells.push(value(&of_row(row), none_seen));
        report.rows.push(Row::new(cells, vec![bucket.opens.clone()]));
    }
    let mut cells = vec![Value::text("All")];
    for column in 0..columns.len() {
        cells.push(value(&of_column(column), (0..rows.all.len()).all(|row| unseen(row, column))));
    }
    cells.push(value(&all, false));
    report.totals = Some(Row::new(cells, Vec::new()));
    let keys: Vec<String> =
        report.columns[1..=columns.len()].iter().map(|column| column.key.clone()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    report.charts.push(Chart::new(ChartKind::Heat, "time", &keys));
    report.sentence = format!("{}, {}.", calls(all.calls), asked.period);
    if !metric.formula.is_empty() {
        report.notes.push(format!("{}: {}.", metric.title, metric.formula));
    }
    Ok(report)
}
