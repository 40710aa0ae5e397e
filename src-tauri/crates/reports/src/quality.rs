//! How far the numbers can be trusted: what was read, and what calls do not say.

use calls::Outcome;

use crate::{
    Asked, Column, Dimension, Field, Lacking, Narrowing, Report, ReportKind, Result, Row, Setting, Span,
    Traffic, Unit, Value,
    grouped::{group, tally},
    report::blank,
};

#[derive(Debug)]
pub struct DataQuality;

impl ReportKind for DataQuality {
    fn id(&self) -> &'static str {
        "data-quality"
    }

    fn title(&self) -> &'static str {
        "Data quality"
    }

    fn question(&self) -> &'static str {
        "What was not seen, and what is not known?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("of", "Of"),
            Column::text("what", "What"),
            Column::calls("calls", "Calls"),
            Column::of("count", "Lines or days", Unit::Count, None),
        ];
        let unknown = [
            ("outcome not known", Narrowing::outcomes([Outcome::Unknown])),
            ("direction not known", Narrowing::directions(&[calls::Direction::Unknown])),
            (
                "no outside number",
                Narrowing {
                    without: Some(vec![Lacking::Number]),
                    ..Narrowing::directions(&[calls::Direction::Inbound, calls::Direction::Outbound])
                },
            ),
            (
                "wait not known, incoming",
                Narrowing {
                    without: Some(vec![Lacking::Wait]),
                    ..Narrowing::directions(&[calls::Direction::Inbound])
                },
            ),
            ("talk not known", Narrowing::lacking(Lacking::Talk)),
            ("length not known", Narrowing::lacking(Lacking::Total)),
        ];
        let mut unsure = 0;
        for (what, opens) in unknown {
            let mut count = 0;
            traffic.each_block(
                &asked.period,
                std::slice::from_ref(&opens),
                &[Field::Outcome],
                &mut |block| {
                    count += block.calls as u64;
                },
            )?;
            unsure += u64::from(count > 0);
            let cells = vec![Value::text("Calls"), Value::text(what), Value::Whole(count), Value::Unknown];
            report.rows.push(Row::new(cells, vec![opens]));
        }
        let days = group(traffic, &asked.period, &[], Dimension::Day, 0, None)?;
        let facts = traffic.facts();
        let quiet = days.rows.iter().filter(|day| {
            let weekend = day.label.parse().is_ok_and(|day: chrono::NaiveDate| {
                chrono::Datelike::weekday(&day).num_days_from_monday() >= 5
            });
            let today = day.label == facts.today.to_string();
            !day.unseen && !weekend && !today && day.tally.calls == 0
        });
        let quiet = quiet.count() as u64;
        report.rows.push(Row::new(
            vec![
                Value::text("Days"),
                Value::text("Monday to Friday without any call"),
                Value::Unknown,
                Value::Whole(quiet),
            ],
            Vec::new(),
        ));
        for fact in traffic.quality()? {
            let cells = vec![
                Value::Text(fact.source),
                Value::Text(fact.what),
                Value::Unknown,
                Value::Whole(fact.count),
            ];
            report.rows.push(Row::new(cells, Vec::new()));
        }
        let all = tally(traffic, &asked.period, &[], 0)?;
        report.sentence = format!(
            "{} calls, {}; {} kinds of gaps in what they say, {quiet} working days without any call, {} lines that \
             could not be read.",
            all.calls, asked.period, unsure, facts.rejected_lines
        );
        report
            .notes
            .push("Lines are counted over all time: they have no day until they have been read.".to_owned());
        Ok(report)
    }
}
