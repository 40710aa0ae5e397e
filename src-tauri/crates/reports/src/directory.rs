//! Extensions that the directory and the calls do not agree on.

use std::collections::BTreeSet;

use crate::{
    Asked, Column, Narrowing, Report, ReportKind, Result, Row, Setting, Span, Traffic, Value,
    people::{each_extension, named},
    report::blank,
    sentence::counted,
};

/// In calls and not in the directory, or the other way round.
#[derive(Debug)]
pub struct UnmatchedExtensions;

impl ReportKind for UnmatchedExtensions {
    fn id(&self) -> &'static str {
        "unmatched-extensions"
    }

    fn title(&self) -> &'static str {
        "Unknown and unused extensions"
    }

    fn question(&self) -> &'static str {
        "Which telephones does nobody have, and which does nobody use?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let sums = each_extension(traffic, asked)?;
        let used = named(traffic, &sums)?;
        let holders = traffic.holders(asked.period.to)?;
        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("extension", "Extension"),
            Column::text("person", "Person"),
            Column::text("what", "What"),
            Column::calls("calls", "Calls"),
        ];
        let (mut unknown, mut unused) = (0, 0);
        let opens = |extension: &str| {
            vec![Narrowing { extensions: Some(vec![extension.to_owned()]), ..Narrowing::default() }]
        };
        for (value, extension) in used.iter().filter(|(_, extension)| !holders.contains_key(extension)) {
            unknown += 1;
            let count = sums.get(*value as usize).map_or(0, |sum| sum.calls);
            let cells = vec![
                Value::text(extension.clone()),
                Value::Unknown,
                Value::text("not in the directory"),
                Value::Whole(count),
            ];
            report.rows.push(Row::new(cells, opens(extension)));
        }
        let used: BTreeSet<&String> = used.iter().map(|(_, extension)| extension).collect();
        for (extension, holder) in holders.iter().filter(|(extension, _)| !used.contains(extension)) {
            unused += 1;
            let shown = if holder.person.is_empty() { &holder.department } else { &holder.person };
            let cells = vec![
                Value::text(extension.clone()),
                Value::text(shown.clone()),
                Value::text("in no call"),
                Value::Whole(0),
            ];
            report.rows.push(Row::new(cells, opens(extension)));
        }
        report.sentence = format!(
            "{} in calls but not in the directory; {unused} in the directory but in no call, {}.",
            counted(unknown, "extension", "extensions"),
            asked.period
        );
        report.notes.push("The directory of the last day of the period.".to_owned());
        Ok(report)
    }
}
