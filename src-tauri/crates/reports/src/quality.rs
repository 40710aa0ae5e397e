//! How far the numbers can be trusted: what was read, and what calls do not say.

use calls::{Direction, Outcome};
use chrono::{Datelike, NaiveDate};

use crate::{
    Asked, Column, Dimension, Field, Lacking, Narrowing, Period, Report, ReportKind, Result, Row, Setting,
    Span, SumKey, Summed, Traffic, Unit, Value,
    asked::start_of,
    grouped::{Group, group},
    longest::moment,
    report::blank,
    sentence::{calls, counted},
};

const DAY: i64 = 24 * 60 * 60;
const COLUMNS: usize = 7;
/// Of more stretches than these nobody reads each.
const MOST_STRETCHES: usize = 100;

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
            Column::of("count", "Lines, days or files", Unit::Count, None),
            Column::of("from", "From", Unit::Moment, None),
            Column::of("to", "To", Unit::Moment, None),
            Column::of("seconds", "How long", Unit::Seconds, None),
        ];
        let unknown = [
            ("outcome not known", Narrowing::outcomes([Outcome::Unknown])),
            ("direction not known", Narrowing::directions(&[Direction::Unknown])),
            (
                "no outside number",
                Narrowing {
                    without: Some(vec![Lacking::Number]),
                    ..Narrowing::directions(&[Direction::Inbound, Direction::Outbound])
                },
            ),
            (
                "wait not known, incoming",
                Narrowing {
                    without: Some(vec![Lacking::Wait]),
                    ..Narrowing::directions(&[Direction::Inbound])
                },
            ),
            ("talk not known", Narrowing::lacking(Lacking::Talk)),
            ("length not known", Narrowing::lacking(Lacking::Total)),
        ];
        let (all, counts) = unknown_things(traffic, &asked.period)?;
        let mut unsure = 0;
        for ((what, opens), count) in unknown.into_iter().zip(counts) {
            unsure += u64::from(count > 0);
            let cells = vec![Value::text("Calls"), Value::text(what), Value::Whole(count)];
            report.rows.push(Row::new(filled(cells), vec![opens]));
        }
        let days = group(traffic, &asked.period, &[], Dimension::Day, 0, None)?;
        let facts = traffic.facts();
        let quiet = |day: &Group| {
            let weekend =
                day.label.parse().is_ok_and(|day: NaiveDate| day.weekday().num_days_from_monday() >= 5);
            let today = day.label == facts.today.to_string();
            !day.unseen && !weekend && !today && day.tally.calls == 0
        };
        let stretches = stretches(&days.rows, &quiet);
        let quiet_days: u64 = stretches.iter().map(|(.., days)| days).sum();
        let cells = vec![
            Value::text("Days"),
            Value::text("Monday to Friday without any call"),
            Value::Unknown,
            Value::Whole(quiet_days),
        ];
        report.rows.push(Row::new(filled(cells), Vec::new()));
        for (from, to, days) in stretches.iter().take(MOST_STRETCHES) {
            let (from, to) = (start_of(*from), start_of(*to) + DAY);
            let cells = vec![
                Value::text("Days"),
                Value::text("no call at all"),
                Value::Unknown,
                Value::Whole(*days),
                moment(from),
                moment(to),
                Value::known(u64::try_from(to - from).ok()),
            ];
            report.rows.push(Row::new(cells, Vec::new()));
        }
        if stretches.len() > MOST_STRETCHES {
            let more = stretches.len() - MOST_STRETCHES;
            report.notes.push(format!("{more} more stretches of days without any call are not shown."));
        }
        let mut interruptions = 0;
        for fact in traffic.quality(&asked.period)? {
            interruptions += u64::from(fact.stretch.is_some());
            let edge = |edge: Option<i64>| edge.map_or(Value::Unknown, moment);
            let cells = vec![
                Value::Text(fact.source),
                Value::Text(fact.what),
                Value::Unknown,
                Value::known(fact.count),
                edge(fact.stretch.map(|(from, _)| from)),
                edge(fact.stretch.map(|(_, to)| to)),
                Value::known(fact.seconds),
            ];
            report.rows.push(Row::new(cells, Vec::new()));
        }
        report.sentence = format!(
            "{}, {}; {} in what they say, {} without any call, {} at which nobody listened, {} that could not be read.",
            calls(all),
            asked.period,
            counted(unsure, "kind of gap", "kinds of gaps"),
            counted(quiet_days, "working day", "working days"),
            counted(interruptions, "time", "times"),
            counted(facts.rejected_lines, "line", "lines")
        );
        report
            .notes
            .push("Lines are counted over all time: they have no day until they have been read.".to_owned());
        report.notes.push(
            "Nobody listened: from the last bytes before to the first ones after; what the exchange printed meanwhile \
             is missing unless it was imported. The clock of an exchange is measured by when its lines come: behind it is, too, \
             where they come late."
                .to_owned(),
        );
        report.notes.push(
            "Recordings: the time in the name of a file less the start of its call, for as many files as have this \
             difference. Calls are found with it in mind, so it needs no mending."
                .to_owned(),
        );
        Ok(report)
    }
}

/// How many calls there are, and of how many the outcome, the direction, the outside number (of those that came or went
/// out), the wait (of those that came), the talk and the length are not known.
fn unknown_things(traffic: &dyn Traffic, period: &Period) -> Result<(u64, [u64; 6])> {
    let numbers = [Direction::Inbound, Direction::Outbound, Direction::Unknown].map(Direction::number);
    let [inbound, outbound, no_direction] = numbers.map(u32::from);
    let no_outcome = u32::from(Outcome::Unknown.number());
    let (mut all, mut unknown) = (0, [0; 6]);
    // So many calls of a kind, and how many of them have a number, a wait, a talk and a length.
    let mut add = |direction: u32, outcome: u32, calls: u64, [numbered, waited, talked, long]: [u64; 4]| {
        let of = |is: bool, calls: u64| if is { calls } else { 0 };
        let came_or_went = direction == inbound || direction == outbound;
        all += calls;
        for (sum, more) in unknown.iter_mut().zip([
            of(outcome == no_outcome, calls),
            of(direction == no_direction, calls),
            of(came_or_went, calls.saturating_sub(numbered)),
            of(direction == inbound, calls.saturating_sub(waited)),
            calls.saturating_sub(talked),
            calls.saturating_sub(long),
        ]) {
            *sum += more;
        }
    };
    let rest = traffic.each_sum(period, &[], SumKey::HalfHour, &mut |summed| {
        let Summed { direction, outcome, numbered, sums, .. } = *summed;
        add(direction, outcome, sums.calls, [numbered, sums.waited, sums.talk_known, sums.total_known]);
    })?;
    let fields = [Field::Direction, Field::Outcome, Field::Outside, Field::Wait, Field::Talk, Field::Total];
    for period in rest {
        traffic.each_block(&period, &[], &fields, &mut |block| {
            for place in 0..block.calls {
                let there = |field: Field| u64::from(block.get(field, place) > 0);
                let known = [Field::Outside, Field::Wait, Field::Talk, Field::Total].map(there);
                add(block.get(Field::Direction, place), block.get(Field::Outcome, place), 1, known);
            }
        })?;
    }
    Ok((all, unknown))
}

/// The other cells of a row are not known.
fn filled(mut cells: Vec<Value>) -> Vec<Value> {
    cells.resize(COLUMNS, Value::Unknown);
    cells
}

/// First and last day of each stretch of quiet days, weekends between them included, and how many are quiet.
fn stretches(days: &[Group], quiet: &dyn Fn(&Group) -> bool) -> Vec<(NaiveDate, NaiveDate, u64)> {
    let mut stretches: Vec<(NaiveDate, NaiveDate, u64)> = Vec::new();
    let mut broken = true;
    for day in days {
        let Ok(date) = day.label.parse() else { continue };
        match stretches.last_mut() {
            Some((_, to, count)) if quiet(day) && !broken => (*to, *count) = (date, *count + 1),
            _ if quiet(day) => stretches.push((date, date, 1)),
            _ => {}
        }
        broken = if quiet(day) { false } else { broken || day.tally.calls > 0 || day.unseen };
    }
    stretches
}
