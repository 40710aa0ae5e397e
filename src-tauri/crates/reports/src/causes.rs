//! Why calls were taken down, as far as the exchange says.

use crate::{
    Asked, Narrowing, Report, ReportKind, Result, Row, Setting, Span, Traffic, Value,
    grouped::{Grouped, count},
    sentence::calls,
};

/// Calls by hang-up cause.
#[derive(Debug)]
pub struct Causes(pub Grouped);

/// What is said where calls have no cause. The lines of HiPath have no place for one (service manual, table 7-1).
pub(crate) const UNTOLD: &str = "(not told): the lines of these calls have no cause in them; those of a Siemens HiPath \
     never do. What came of each call, by its ringing and talk, is in the report How calls ended.";

/// What a cause is called: the number with its plain words, or the exchange's own word.
pub fn cause_label(cause: &str) -> String {
    match calls::cause_words(cause) {
        _ if cause.is_empty() => "(not told)".to_owned(),
        Some(words) => format!("{cause} {words}"),
        None => cause.to_owned(),
    }
}

impl ReportKind for Causes {
    fn id(&self) -> &'static str {
        self.0.id
    }

    fn title(&self) -> &'static str {
        self.0.title
    }

    fn question(&self) -> &'static str {
        self.0.question
    }

    fn span(&self) -> Span {
        self.0.span
    }

    fn settings(&self) -> &'static [Setting] {
        self.0.settings()
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let mut report = self.0.answer(asked, traffic)?;
        let (all, untold) = counted(&report).map_or_else(|| count_all(traffic, asked), Ok)?;
        let told = all - untold.min(all);
        report.sentence = match (all, told) {
            (0, _) => format!("No calls, {}.", asked.period),
            (_, 0) => format!("{}, {}. No source says why its calls ended.", calls(all), asked.period),
            _ => {
                let cause = |row: &&Row| !is_untold(row);
                let most = report.rows.iter().find(cause).and_then(|row| match row.cells.first() {
                    Some(Value::Text(label)) => Some(label.as_str()),
                    _ => None,
                });
                let most = most.map(|label| format!(" Most: {label}.")).unwrap_or_default();
                format!("Why they ended is told of {told} of {all} calls, {}.{most}", asked.period)
            }
        };
        report.notes.push(
            "As the exchange or the network says it: by numbers of ITU-T Q.850 (from 487 on FreeSWITCH's own), or in \
             the exchange's own word. Somebody hung up: it does not say that anybody answered before."
                .to_owned(),
        );
        if untold > 0 {
            report.notes.push(UNTOLD.to_owned());
        }
        Ok(report)
    }
}

/// All calls, and those of which no cause is told, as the rows have it; `None` where rows are left out.
fn counted(report: &Report) -> Option<(u64, u64)> {
    let column = report.column("calls")?;
    let calls = |row: &Row| row.cells.get(column).and_then(Value::whole);
    let all = report.totals.as_ref().and_then(calls)?;
    let shown: u64 = report.rows.iter().filter_map(calls).sum();
    let untold = report.rows.iter().filter(|row| is_untold(row)).filter_map(calls).sum();
    (shown == all).then_some((all, untold))
}

fn count_all(traffic: &dyn Traffic, asked: &Asked) -> Result<(u64, u64)> {
    let untold = Narrowing::lacking(crate::Lacking::Cause);
    Ok((count(traffic, &asked.period, &[])?, count(traffic, &asked.period, &[untold])?))
}

fn is_untold(row: &Row) -> bool {
    row.opens.iter().any(|one| one.without.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_called_what_they_say() {
        assert_eq!(cause_label("17"), "17 Busy");
        assert_eq!(cause_label("393216"), "393216");
        assert_eq!(cause_label("TerminatedBySrc"), "TerminatedBySrc");
        assert_eq!(cause_label(""), "(not told)");
    }
}
