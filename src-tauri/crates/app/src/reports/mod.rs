//! Reports about calls: which there are, and each made from the calls under a filter.

mod file;
mod gallery;
mod narrowing;
mod quality;
mod traffic;
mod words;

use ledger::Ledger;
use reports::{Asked, Opened, Period, ReportError, ReportKind, Row, Span};

use self::traffic::LedgerTraffic;
use crate::{
    App, AppError, call_selection, days,
    views::{CallFilter, ReportEntry, ReportQuery, ReportView},
};

pub use file::{report_png, report_svg};
pub(crate) use narrowing::selections;
pub(crate) use words::filter_words;

impl App {
    /// The gallery, in the order in which it is shown.
    pub fn list_reports(&self) -> Vec<ReportEntry> {
        Self::report_entries()
    }

    /// The same, without a ledger.
    pub fn report_entries() -> Vec<ReportEntry> {
        let entry = |kind: &&dyn ReportKind| ReportEntry {
            id: kind.id().to_owned(),
            title: kind.title().to_owned(),
            question: kind.question().to_owned(),
            span: kind.span(),
            settings: kind.settings().to_vec(),
        };
        reports::REPORTS.iter().map(entry).collect()
    }

    /// A report of the calls under the query's filter. Without days in the filter it is about the report's own period.
    pub fn report(&self, id: &str, query: &ReportQuery) -> Result<ReportView, AppError> {
        let kind = reports::report(id)?;
        self.spell_contacts()?;
        self.read(|ledger| {
            ledger.at_one_moment(|ledger| {
                let facts = traffic::facts(ledger)?;
                let period = period(&query.filter, kind.span(), &facts)?;
                let filter = CallFilter { from: None, to: None, ..query.filter.clone() };
                let selection = call_selection::selection(ledger, &filter)?;
                let asked = Asked { period, settings: query.settings.clone() };
                let traffic = LedgerTraffic { ledger, selection, facts };
                let report = kind.answer(&asked, &traffic).map_err(told)?;
                let filter = of_period(&query.filter, &report.period);
                Ok(ReportView { report, filter })
            })
        })
    }
}

/// The days of a list of calls, and when it is looked at, to be read.
pub(crate) fn listed(ledger: &Ledger, filter: &CallFilter) -> Result<(Period, String), AppError> {
    let facts = traffic::facts(ledger)?;
    let (zone, now) = now(ledger)?;
    Ok((period(filter, Span::Everything, &facts)?, format!("{}, {zone}", now.format("%Y-%m-%d %H:%M"))))
}

/// The filter under which the list shows the calls behind a cell; `None` where a cell opens none.
pub fn cell_filter(view: &ReportView, row: &Row, column: usize) -> Option<CallFilter> {
    let Opened { period, also } = view.report.opened(row, view.report.columns.get(column)?)?;
    let mut filter = of_period(&view.filter, &period);
    filter.also.get_or_insert_default().extend(also);
    Some(filter)
}

fn of_period(filter: &CallFilter, period: &Period) -> CallFilter {
    CallFilter { from: Some(period.from.to_string()), to: Some(period.to.to_string()), ..filter.clone() }
}

/// What goes wrong in reading calls is an error of its own, not of the report.
fn told(error: ReportError) -> AppError {
    match error {
        ReportError::Traffic(error) => match error.downcast::<AppError>() {
            Ok(error) => *error,
            Err(error) => AppError::Report(ReportError::Traffic(error)),
        },
        error => AppError::Report(error),
    }
}

fn period(filter: &CallFilter, span: Span, facts: &reports::Facts) -> Result<Period, AppError> {
    use chrono::Datelike;
    let day = |text: &Option<String>| text.as_deref().map(days::day).transpose();
    let (from, to) = (day(&filter.from)?, day(&filter.to)?);
    let today = facts.today;
    let (first, last) = (facts.first_day.unwrap_or(today), facts.last_day.unwrap_or(today));
    let back = |days: u32| today - chrono::TimeDelta::days(days.into());
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) => (from, to),
        // Open at one end: as far as there are calls.
        (Some(from), None) => (from, last.max(today).max(from)),
        (None, Some(to)) => (first.min(to), to),
        (None, None) => match span {
            Span::Day => (today, today),
            Span::Week => (back(today.weekday().num_days_from_monday()), today),
            Span::Month => (back(today.day0()), today),
            Span::Year => (back(today.ordinal0()), today),
            Span::Everything => (first, last),
        },
    };
    Period::new(from, to).map_err(|error| match error {
        ReportError::DaysReversed(from, to) => AppError::DaysReversed(from, to),
        error => AppError::Report(error),
    })
}

/// Today and the wall clock now at the first source's exchange.
fn now(ledger: &Ledger) -> Result<(chrono_tz::Tz, chrono::NaiveDateTime), AppError> {
    let zone = match ledger.sources()?.first() {
        Some(source) => crate::sources::zone(&source.draft.zone)?,
        None => crate::sources::local_zone(),
    };
    Ok((zone, chrono::Utc::now().with_timezone(&zone).naive_local()))
}
