//! Why calls were taken down, as far as the exchange says.

use crate::{
    Asked, Narrowing, Report, ReportKind, Result, Setting, Span, Traffic, Value,
    grouped::{Grouped, count, tally},
};

/// Calls by hang-up cause.
#[derive(Debug)]
pub struct Causes(pub Grouped);

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
        let all = tally(traffic, &asked.period, &[], 0)?.calls;
        let untold = count(traffic, &asked.period, &[Narrowing::lacking(crate::Lacking::Cause)])?;
        let told = all - untold.min(all);
        report.sentence = match (all, told) {
            (0, _) => format!("No calls, {}.", asked.period),
            (_, 0) => format!("{all} calls, {}. No source says why its calls ended.", asked.period),
            _ => {
                let cause = |row: &&crate::Row| !row.opens.iter().any(|one| one.without.is_some());
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
            report.notes.push("(not told): the source of these calls has no cause in its lines.".to_owned());
        }
        Ok(report)
    }
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
