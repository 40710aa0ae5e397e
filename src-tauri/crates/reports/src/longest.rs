//! The longest calls and waits, one by one.

use calls::CallId;

use crate::{
    Asked, Column, Field, Narrowing, NumberKey, Report, ReportKind, Result, Row, Setting, Span, Traffic,
    Unit, Value,
    grouped::{direction_words, outcome_words},
    report::blank,
    tally::Sorter,
};

#[derive(Debug)]
pub struct Longest {
    pub id: &'static str,
    pub title: &'static str,
    pub question: &'static str,
    /// What is measured.
    pub field: Field,
    pub only: fn() -> Vec<Narrowing>,
}

const ROWS: u32 = 10;
const MOST_ROWS: u32 = 1000;

struct Found {
    seconds: u32,
    id: CallId,
    start: i64,
    values: [u32; 4],
}

const SHOWN: [Field; 4] = [Field::Direction, Field::Outcome, Field::Outside, Field::AnsweredBy];

impl ReportKind for Longest {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn question(&self) -> &'static str {
        self.question
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Limit]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let most = asked.settings.limit.unwrap_or(ROWS).min(MOST_ROWS) as usize;
        let mut fields = vec![Field::Start, Field::Hash, self.field];
        fields.extend(SHOWN);
        let mut found: Vec<Found> = Vec::new();
        // Whoever is not longer than this is not among them.
        let mut bound = 0;
        traffic.each_block(&asked.period, &(self.only)(), &fields, &mut |block| {
            for place in 0..block.calls {
                let Some(seconds) = block.seconds(self.field, place).filter(|seconds| *seconds > bound)
                else {
                    continue;
                };
                found.push(Found {
                    seconds,
                    id: block.id(place),
                    start: block.start(place),
                    values: SHOWN.map(|field| block.get(field, place)),
                });
                if found.len() >= most * 2 + 100 {
                    shorten(&mut found, most);
                    // Those that are as long and came earlier stay.
                    bound = found.last().map_or(u32::MAX, |last| last.seconds);
                }
            }
        })?;
        shorten(&mut found, most);

        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::of("start", "Start", Unit::Moment, None),
            Column::of("seconds", "Seconds", Unit::Seconds, Some(Vec::new())),
            Column::text("direction", "Direction"),
            Column::text("number", "Outside number"),
            Column::text("answered-by", "Answered by"),
            Column::text("outcome", "How it ended"),
        ];
        let groups = traffic.number_groups(NumberKey::Party)?;
        let sorter = Sorter::new(0);
        for Found { seconds, id, start, values: [direction, outcome, outside, answered_by] } in &found {
            let group = groups.get(*outside as usize).copied().unwrap_or(0);
            let number =
                if group == 0 { String::new() } else { traffic.number_text(NumberKey::Party, group)? };
            let filled = |text: String| if text.is_empty() { Value::Unknown } else { Value::Text(text) };
            let cells = vec![
                moment(*start),
                Value::count(*seconds),
                Value::text(direction_words(sorter.direction(*direction))),
                filled(number),
                filled(traffic.text(Field::AnsweredBy, *answered_by)?),
                Value::text(outcome_words(sorter.outcome(*outcome))),
            ];
            let opens = Narrowing { ids: Some(vec![id.to_string()]), ..Narrowing::default() };
            report.rows.push(Row::new(cells, vec![opens]));
        }
        report.sentence = match found.first() {
            Some(longest) => format!("The longest took {} s, {}.", longest.seconds, asked.period),
            None => format!("Nothing to measure, {}.", asked.period),
        };
        Ok(report)
    }
}

fn order(one: &Found, other: &Found) -> std::cmp::Ordering {
    other.seconds.cmp(&one.seconds).then(one.id.cmp(&other.id))
}

fn shorten(found: &mut Vec<Found>, most: usize) {
    found.sort_unstable_by(order);
    found.truncate(most);
}

/// Wall-clock seconds, as one reads them.
pub(crate) fn moment(local: i64) -> Value {
    let moment = chrono::DateTime::from_timestamp(local, 0).unwrap_or_default();
    Value::text(moment.format("%Y-%m-%dT%H:%M:%S").to_string())
}
