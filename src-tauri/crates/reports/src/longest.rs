//! The longest calls and waits, one by one.

use std::{cmp::Reverse, collections::BTreeMap};

use calls::CallId;

use crate::{
    Asked, Column, Field, Narrowing, NumberKey, Period, Report, ReportKind, Result, Row, Setting, Span,
    SumKey, Traffic, Unit, Value,
    grouped::{direction_words, outcome_words},
    report::blank,
    sentence::lasting,
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

const DAY: i64 = 24 * 60 * 60;
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
        let only = (self.only)();
        let mut found: Vec<Found> = Vec::new();
        // Whoever is not as long as this is not among them.
        let mut bound = 0;
        for (longest, period) in self.days(asked, traffic, &only)? {
            if longest.is_some_and(|longest| longest < u64::from(bound)) {
                break;
            }
            traffic.each_block(&period, &only, &fields, &mut |block| {
                for (place, kept) in block.values(self.field).iter().enumerate() {
                    let Some(seconds) = kept.checked_sub(1).filter(|seconds| *seconds >= bound.max(1)) else {
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
                        bound = found.last().map_or(u32::MAX, |last| last.seconds);
                    }
                }
            })?;
            shorten(&mut found, most);
            if found.len() == most {
                bound = found.last().map_or(u32::MAX, |last| last.seconds);
            }
        }

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
        let sorter = Sorter::new();
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
            Some(longest) => {
                format!("The longest took {}, {}.", lasting(longest.seconds), asked.period)
            }
            None => format!("Nothing to measure, {}.", asked.period),
        };
        Ok(report)
    }
}

impl Longest {
    /// Days with how long the longest of their calls took, where that is kept: the longest first, so that most days need
    /// not be looked at. What nothing is kept of comes before them.
    fn days(
        &self,
        asked: &Asked,
        traffic: &dyn Traffic,
        only: &[Narrowing],
    ) -> Result<Vec<(Option<u64>, Period)>> {
        // Nothing takes longest of which it is not known how long it took.
        let of_kinds: Vec<Narrowing> =
            only.iter().map(|one| Narrowing { durations: None, ..one.clone() }).collect();
        let mut longest: BTreeMap<i64, u64> = BTreeMap::new();
        let rest = traffic.each_sum(&asked.period, &of_kinds, SumKey::HalfHour, &mut |summed| {
            let most = if self.field == Field::Wait { summed.sums.wait_most } else { summed.sums.talk_most };
            let day = longest.entry(summed.begin.div_euclid(DAY)).or_default();
            *day = most.max(*day);
        })?;
        let mut days: Vec<(Option<u64>, Period)> = rest.into_iter().map(|period| (None, period)).collect();
        let mut longest: Vec<(i64, u64)> = longest.into_iter().filter(|(_, most)| *most > 0).collect();
        longest.sort_unstable_by_key(|(day, most)| (Reverse(*most), *day));
        for (day, most) in longest {
            let date = chrono::DateTime::from_timestamp(day * DAY, 0).unwrap_or_default().date_naive();
            days.push((Some(most), Period::of_day(date)));
        }
        Ok(days)
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
