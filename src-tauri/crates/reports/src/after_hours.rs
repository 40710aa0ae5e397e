//! Calls outside office hours.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::{
    Asked, Chart, ChartKind, Column, Field, Metric, Narrowing, Report, ReportKind, Result, Row, Setting,
    Span, Traffic,
    asked::{day, minute},
    report::blank,
    sentence::calls,
    sums::{Counts, Needs, SumKey},
    tally::Tally,
};

#[derive(Debug)]
pub struct AfterHours;

const METRICS: [&str; 7] =
    ["calls", "inbound", "outbound", "answered", "missed", "voicemail", "average-lost-wait"];

impl ReportKind for AfterHours {
    fn id(&self) -> &'static str {
        "after-hours"
    }

    fn title(&self) -> &'static str {
        "After hours, weekends and holidays"
    }

    fn question(&self) -> &'static str {
        "What comes in while nobody is there?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::OfficeHours, Setting::Holidays]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let settings = &asked.settings;
        let opens = minute(settings.opens.as_deref().unwrap_or("09:00"))?;
        let closes = minute(settings.closes.as_deref().unwrap_or("17:30"))?;
        let workdays: BTreeSet<u8> = settings
            .workdays
            .clone()
            .unwrap_or_else(|| (0..5).collect())
            .into_iter()
            .filter(|day| *day < 7)
            .collect();
        let free_days: Vec<u8> = (0..7).filter(|day| !workdays.contains(day)).collect();
        let holidays: BTreeSet<NaiveDate> =
            settings.holidays.iter().flatten().map(|text| day(text)).collect::<Result<_>>()?;
        let of_holidays: Vec<String> = holidays.iter().map(ToString::to_string).collect();
        let not_days = Some(of_holidays.clone()).filter(|days| !days.is_empty());
        let working = Narrowing {
            weekdays: Some(workdays.iter().copied().collect()),
            not_days,
            ..Narrowing::default()
        };
        let at = |minutes: Vec<(u32, u32)>| {
            let minutes = minutes.into_iter().filter(|(from, to)| from < to).collect();
            Narrowing { minutes: Some(minutes), ..working.clone() }
        };
        let kinds = [
            ("In office hours", at(vec![(opens, closes)])),
            ("Before opening", at(vec![(0, opens)])),
            ("After closing", at(vec![(closes.max(opens), 24 * 60)])),
            ("Weekends", Narrowing { weekdays: Some(free_days), ..working.clone() }),
            ("Holidays", Narrowing { days: Some(of_holidays), ..Narrowing::default() }),
        ];
        let place_of = |local: i64| {
            let moment = chrono::DateTime::from_timestamp(local, 0).unwrap_or_default();
            let minute = u32::try_from(local.rem_euclid(24 * 60 * 60) / 60).unwrap_or(0);
            let weekday = u8::try_from(moment.weekday().num_days_from_monday()).unwrap_or(0);
            match () {
                () if holidays.contains(&moment.date_naive()) => 4,
                () if !workdays.contains(&weekday) => 3,
                () if minute < opens => 1,
                () if minute < closes => 0,
                () => 2,
            }
        };
        let metrics: Vec<&Metric> = METRICS.iter().map(|id| Metric::of(id)).collect::<Result<_>>()?;
        let needs = Needs::of(&metrics, settings.within());
        let mut counts = Counts::new(&needs);
        let mut rest = vec![asked.period.clone()];
        if opens % 30 == 0 && closes % 30 == 0 && needs.are_met_by(SumKey::HalfHour) {
            rest = traffic.each_sum(&asked.period, &[], SumKey::HalfHour, &mut |summed| {
                counts.add_summed(summed, place_of(summed.begin));
            })?;
        }
        let mut fields = needs.fields();
        fields.push(Field::Start);
        for period in rest {
            traffic.each_block(&period, &[], &fields, &mut |block| {
                counts.add_block(block, |place| Some(place_of(block.start(place))));
            })?;
        }
        let (sums, all): ([Tally; 5], Tally) =
            (std::array::from_fn(|place| counts.tally(place)), counts.total());

        let mut report = blank(self, asked, traffic.facts());
        report.columns.push(Column::text("when", "When"));
        report.columns.extend(metrics.iter().map(|metric| metric.column(settings.within())));
        let cells = |label: &str, sum: &Tally| {
            let mut cells = vec![crate::Value::text(label)];
            cells.extend(metrics.iter().map(|metric| metric.value(sum, f64::NAN)));
            cells
        };
        for ((label, narrowing), sum) in kinds.into_iter().zip(&sums) {
            report.rows.push(Row::new(cells(label, sum), vec![narrowing]));
        }
        report.totals = Some(Row::new(cells("All", &all), Vec::new()));
        report.charts.push(Chart::new(ChartKind::Bars, "when", &["calls", "missed"]));
        let missed: u64 = sums[1..].iter().map(|sum| sum.missed).sum();
        report.sentence = format!(
            "{} of {}, {}, came outside office hours; {missed} of them missed.",
            all.calls - sums[0].calls,
            calls(all.calls),
            asked.period
        );
        report.notes.push(format!(
            "Office hours: {:02}:{:02} to {:02}:{:02} on working days that are no holidays.",
            opens / 60,
            opens % 60,
            closes / 60,
            closes % 60
        ));
        Ok(report)
    }
}
