//! How is today going? Six numbers, each with the day before beside it and the calls behind it.

use chrono::NaiveDate;
use ledger::{CallOrder, CallSelection, Ledger, OrderBy, Position, Summary};

use crate::{
    App, AppError, days, ring_back, rows, told,
    views::{
        CallFilter, Comparison, DurationFilter, DurationOf, HalfHour, Metric, MetricKind, PersonRow,
        TodayView,
    },
};

const LATEST: u32 = 12;

impl App {
    /// The numbers of a day (`2026-11-20`), today if none is named.
    pub fn today(&self, day: Option<&str>) -> Result<TodayView, AppError> {
        self.spell_contacts()?;
        self.read(|ledger| {
            let day = day.map(days::day).transpose()?.map_or_else(|| days::today(ledger), Ok)?;
            let previous = days::before(day);
            let selection = of_day(day);
            let newest = CallOrder { by: OrderBy::Start, descending: true };
            Ok(TodayView {
                day: day.to_string(),
                previous_day: previous.to_string(),
                numbers: numbers(ledger, day, previous)?,
                half_hours: half_hours(ledger, &selection)?,
                latest: rows::rows(
                    ledger,
                    &told::all(ledger, ledger.calls(&selection, newest, Position::Offset(0), LATEST)?)?,
                )?,
                people: people(ledger, &selection)?,
            })
        })
    }
}

fn of_day(day: NaiveDate) -> CallSelection {
    CallSelection::of_time(days::start_of(day), days::end_of(day))
}

/// What is counted, and the filter under which the list shows the same calls: one table, so that a number and
/// its list cannot differ.
fn numbers(ledger: &Ledger, day: NaiveDate, previous: NaiveDate) -> Result<Vec<Metric>, AppError> {
    let (now, then) = (ledger.summary(&of_day(day))?, ledger.summary(&of_day(previous))?);
    let not_called_back = |day| ring_back::not_called_back(ledger, days::start_of(day), days::end_of(day));
    let (waiting, waiting_then) = (not_called_back(day)?, not_called_back(previous)?);
    let filter = |outcomes: &[&str], directions: &[&str]| CallFilter {
        from: Some(day.to_string()),
        to: Some(day.to_string()),
        outcomes: outcomes.iter().map(|word| (*word).to_owned()).collect(),
        directions: directions.iter().map(|word| (*word).to_owned()).collect(),
        ..CallFilter::default()
    };
    let missed = ["lost-ringing", "lost-in-queue", "short-lost", "lost-after-transfer"];
    let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let metric = |kind, value: fn(&Summary) -> Option<u32>, of_calls, filter| Metric {
        kind,
        value: value(&now),
        previous: value(&then),
        of_calls,
        filter,
        call_ids: Vec::new(),
    };
    let mut talked = filter(&[], &[]);
    talked.durations =
        vec![DurationFilter { of: DurationOf::Talk, comparison: Comparison::AtLeast, seconds: 1 }];
    Ok(vec![
        metric(MetricKind::Calls, |sum| Some(sum.calls), now.calls, filter(&[], &[])),
        metric(
            MetricKind::AnsweredPercent,
            |sum| share(sum.inbound_answered, sum.inbound),
            now.inbound,
            filter(&["answered"], &["inbound"]),
        ),
        metric(MetricKind::Missed, |sum| Some(sum.missed), now.inbound, filter(&missed, &[])),
        Metric {
            kind: MetricKind::NotCalledBack,
            value: Some(narrow(waiting.calls.len())),
            previous: Some(narrow(waiting_then.calls.len())),
            of_calls: waiting.missed,
            filter: filter(&[], &[]),
            call_ids: waiting.calls.iter().map(ToString::to_string).collect(),
        },
        metric(
            MetricKind::AverageWait,
            |sum| mean(sum.wait_seconds, sum.waited),
            now.waited,
            filter(&["answered"], &["inbound"]),
        ),
        metric(
            MetricKind::TalkTime,
            |sum| Some(u32::try_from(sum.talk_seconds).unwrap_or(u32::MAX)),
            now.talked,
            talked,
        ),
    ])
}

fn share(part: u32, whole: u32) -> Option<u32> {
    (whole > 0).then(|| (part * 100 + whole / 2) / whole)
}

fn mean(sum: u64, count: u32) -> Option<u32> {
    let count = u64::from(count);
    (count > 0).then(|| u32::try_from((sum + count / 2) / count).unwrap_or(u32::MAX))
}

fn half_hours(ledger: &Ledger, selection: &CallSelection) -> Result<Vec<HalfHour>, AppError> {
    let mut half_hours: Vec<HalfHour> =
        (0..48).map(|half_hour| HalfHour { minute: half_hour * 30, calls: 0, missed: 0 }).collect();
    for count in ledger.half_hours(selection)? {
        if let Some(half_hour) = half_hours.get_mut(count.half_hour as usize) {
            half_hour.calls = count.calls;
            half_hour.missed = count.missed;
        }
    }
    Ok(half_hours)
}

fn people(ledger: &Ledger, selection: &CallSelection) -> Result<Vec<PersonRow>, AppError> {
    let people = ledger.people(selection)?.into_iter().map(|person| PersonRow {
        extension: person.extension,
        answered: person.answered,
        rung: person.rung,
        talk_seconds: u32::try_from(person.talk_seconds).unwrap_or(u32::MAX),
    });
    Ok(people.collect())
}
