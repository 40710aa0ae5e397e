//! Reports with what is asked of them, kept under names.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use ledger::LedgerError;

use crate::{
    App, AppError, days,
    views::{CallFilter, ReportQuery, SavedReport},
};

impl App {
    /// All saved reports, in the order of their names.
    pub fn saved_reports(&self) -> Result<Vec<SavedReport>, AppError> {
        let kept = self.read(|ledger| Ok(ledger.saved_reports()?))?;
        let read = |(name, body): (String, String)| {
            serde_json::from_str(&body)
                .map_err(|error| LedgerError::Row(format!("the report {name}: {error}")).into())
        };
        kept.into_iter().map(read).collect()
    }

    /// The saved report of this name.
    pub fn saved_report(&self, name: &str) -> Result<SavedReport, AppError> {
        let found = self.saved_reports()?.into_iter().find(|saved| saved.name == name.trim());
        found.ok_or_else(|| AppError::NoSuchSavedReport(name.to_owned()))
    }

    /// Keeps a report; one of the same name is replaced. Its days, if any, are those of its period.
    pub fn save_report(&self, report: &SavedReport) -> Result<(), AppError> {
        let name = report.name.trim().to_owned();
        if name.is_empty() {
            return Err(AppError::Incomplete("A saved report needs a name."));
        }
        reports::report(&report.report)?;
        if let Some(period) = &report.period {
            span(period, NaiveDate::default())?;
        }
        let filter = CallFilter { from: None, to: None, ..report.query.filter.clone() };
        let query = ReportQuery { filter, settings: report.query.settings.clone() };
        let kept = SavedReport { name: name.clone(), query, ..report.clone() };
        let body = serde_json::to_string(&kept).map_err(|error| LedgerError::Row(error.to_string()))?;
        self.write(move |ledger| Ok(ledger.keep_report(&name, &body)?))
    }

    pub fn delete_saved_report(&self, name: &str) -> Result<(), AppError> {
        let name = name.trim().to_owned();
        self.write(move |ledger| Ok(ledger.delete_report(&name)?))
    }

    /// What a saved report asks for today: with the days of its period, if it has one.
    pub fn saved_query(&self, saved: &SavedReport) -> Result<ReportQuery, AppError> {
        let mut query = saved.query.clone();
        if let Some(period) = &saved.period {
            let (today, ends) =
                self.read(|ledger| Ok((days::today(ledger)?, ledger.first_and_last_day()?)))?;
            let (from, to) = match span(period, today)? {
                Some(days) => days,
                None => ends.map_or((today, today), |(first, last)| (first, last.max(today))),
            };
            (query.filter.from, query.filter.to) = (Some(from.to_string()), Some(to.to_string()));
        }
        Ok(query)
    }
}

/// The days that a period's word means; `None` for all days.
fn span(period: &str, today: NaiveDate) -> Result<Option<(NaiveDate, NaiveDate)>, AppError> {
    let days = match period {
        "today" => (today, today),
        "yesterday" => (days::before(today), days::before(today)),
        "week" => {
            let monday = today - TimeDelta::days(today.weekday().num_days_from_monday().into());
            (monday, monday + TimeDelta::days(6))
        }
        "month" => {
            let first = today - TimeDelta::days(today.day0().into());
            (first, first.checked_add_months(Months::new(1)).map_or(today, days::before))
        }
        "all" => return Ok(None),
        fixed => {
            let (from, to) = fixed.split_once("..").unwrap_or((fixed, fixed));
            let (first, last) = (days::day(from)?, days::day(to)?);
            if last < first {
                return Err(AppError::DaysReversed(from.to_owned(), to.to_owned()));
            }
            (first, last)
        }
    };
    Ok(Some(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::ReportSettings;

    #[test]
    fn periods_move_with_the_calendar_or_stay() {
        let of = |period: &str, today: &str| {
            let found = span(period, today.parse().unwrap()).unwrap();
            found.map(|(from, to)| format!("{from} {to}"))
        };
        let shown = |text: &str| Some(text.to_owned());
        assert_eq!(of("today", "2026-11-22"), shown("2026-11-22 2026-11-22"));
        assert_eq!(of("yesterday", "2026-03-01"), shown("2026-02-28 2026-02-28"));
        assert_eq!(of("week", "2026-11-22"), shown("2026-11-16 2026-11-22"), "a Sunday ends its week");
        assert_eq!(of("week", "2026-11-23"), shown("2026-11-23 2026-11-29"));
        assert_eq!(of("month", "2024-02-29"), shown("2024-02-01 2024-02-29"));
        assert_eq!(of("month", "2026-12-31"), shown("2026-12-01 2026-12-31"));
        assert_eq!(of("all", "2026-12-31"), None);
        assert_eq!(of("2026-11-20", "2030-01-01"), shown("2026-11-20 2026-11-20"));
        assert_eq!(of("2026-11-01..2026-11-20", "2030-01-01"), shown("2026-11-01 2026-11-20"));
        for odd in ["", "tomorrow", "2026-11-31", "2026-11-02..2026-11-01", "..", "2026-11-01.."] {
            assert!(span(odd, NaiveDate::default()).is_err(), "{odd}");
        }
    }

    #[test]
    fn reports_are_kept_under_their_names_with_all_that_was_asked() {
        let folder = tempfile::TempDir::new().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        let saved = |name: &str, report: &str, period: Option<&str>| SavedReport {
            name: name.to_owned(),
            report: report.to_owned(),
            period: period.map(str::to_owned),
            query: ReportQuery {
                filter: CallFilter {
                    from: Some("2026-01-01".to_owned()),
                    directions: vec!["inbound".to_owned()],
                    ..CallFilter::default()
                },
                settings: ReportSettings { by: Some("trunk".to_owned()), ..ReportSettings::default() },
            },
        };
        app.save_report(&saved("  weekly ", "summary", Some("2026-11-02..2026-11-08"))).unwrap();
        app.save_report(&saved("Boss", "month", None)).unwrap();
        app.save_report(&saved("Boss", "kpis", Some("all"))).unwrap();
        let kept = app.saved_reports().unwrap();
        let named: Vec<_> = kept.iter().map(|one| (one.name.as_str(), one.report.as_str())).collect();
        assert_eq!(named, [("Boss", "kpis"), ("weekly", "summary")]);
        assert_eq!(kept[1].query.settings.by.as_deref(), Some("trunk"));
        assert_eq!(kept[1].query.filter.from, None, "days are the period's");
        let asked = app.saved_query(&kept[1]).unwrap();
        assert_eq!(asked.filter.from.as_deref(), Some("2026-11-02"));
        assert_eq!(asked.filter.to.as_deref(), Some("2026-11-08"));
        assert_eq!(asked.filter.directions, ["inbound"]);
        assert_eq!(
            app.report(&kept[1].report, &asked).unwrap().report.period.to_string(),
            "2026-11-02 to 2026-11-08"
        );

        let code = |report: &SavedReport| app.save_report(report).err().map(|error| error.code());
        assert_eq!(code(&saved(" ", "month", None)), Some("incomplete"));
        assert_eq!(code(&saved("x", "costs", None)), Some("report-unknown"));
        assert_eq!(code(&saved("x", "month", Some("soon"))), Some("day-unknown"));
        assert_eq!(app.saved_report("boss").err().map(|error| error.code()), Some("saved-report-unknown"));
        app.delete_saved_report("Boss").unwrap();
        assert_eq!(app.saved_reports().unwrap().len(), 1);
    }
}
