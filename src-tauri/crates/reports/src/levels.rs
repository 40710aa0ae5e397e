//! How many calls went on at once: all of them, and those of each direction, with the calls that each peak is made of.

use std::collections::BTreeMap;

use calls::{CallId, Direction};

use crate::{
    Column, Row, Unit, Value,
    bucket::offset_at,
    concurrent::{Interval, Stretch, Sweep, at, mean},
    longest::moment,
};

/// When a call went on, its id and direction, and what else is asked of it.
pub(crate) type Occupying = (Interval, CallId, Direction, u32);
pub(crate) type Calls = Vec<(Interval, CallId)>;

/// Calls in the order in which they began, of one direction or all.
fn of(calls: &[Occupying], wanted: Option<Direction>) -> Calls {
    let wanted = calls.iter().filter(|(.., direction, _)| wanted.is_none_or(|wanted| wanted == *direction));
    let mut calls: Calls = wanted.map(|(interval, id, ..)| (*interval, *id)).collect();
    calls.sort_unstable_by_key(|(interval, id)| (interval.from, *id));
    calls
}

fn sweep(calls: &Calls, edges: &[i64]) -> Sweep {
    let intervals: Vec<Interval> = calls.iter().map(|(interval, _)| *interval).collect();
    Sweep::new(&intervals, edges)
}

const DIRECTIONS: [(&str, &str, Direction); 3] = [
    ("most-inbound", "Incoming", Direction::Inbound),
    ("most-outbound", "Outgoing", Direction::Outbound),
    ("most-internal", "Internal", Direction::Internal),
];

/// Peaks of all calls and of each direction, with the calls that each is made of.
pub(crate) struct Levels {
    pub of: [(Calls, Sweep); 1 + DIRECTIONS.len()],
}

impl Levels {
    pub fn new(calls: &[Occupying], edges: &[i64]) -> Self {
        let level = |wanted: Option<Direction>| {
            let calls = of(calls, wanted);
            let sweep = sweep(&calls, edges);
            (calls, sweep)
        };
        let [inbound, outbound, internal] = DIRECTIONS.map(|(.., direction)| Some(direction));
        Self { of: [level(None), level(inbound), level(outbound), level(internal)] }
    }

    /// A row of what `stretch` picks from each.
    pub fn row(
        &self,
        label: Value,
        seconds: i64,
        zone: chrono_tz::Tz,
        opens: bool,
        stretch: impl Fn(&Sweep) -> Stretch,
    ) -> Row {
        let all = stretch(&self.of[0].1);
        let reached = moment(all.peak_at + i64::from(offset_at(zone, all.peak_at)));
        let mut cells = vec![label, Value::count(all.peak)];
        cells.push(if all.peak > 0 { reached } else { Value::Unknown });
        cells.push(mean(all.occupied, seconds));
        let mut of_cells = BTreeMap::new();
        let keys = std::iter::once("most").chain(DIRECTIONS.map(|(key, ..)| key));
        for (place, (key, (calls, sweep))) in keys.zip(&self.of).enumerate() {
            let own = stretch(sweep);
            if place > 0 {
                cells.push(Value::count(own.peak));
            }
            if opens && own.peak > 0 {
                of_cells.insert(key.to_owned(), vec![at(calls, own.peak_at)]);
            }
        }
        Row { of_cells, ..Row::new(cells, Vec::new()) }
    }
}

pub(crate) fn columns(key: &str, title: &str) -> Vec<Column> {
    let mut columns = vec![
        Column::text(key, title),
        Column::of("most", "Most at once", Unit::Calls, None),
        Column::of("at", "Reached at", Unit::Moment, None),
        Column::of("mean", "On average", Unit::Number, None),
    ];
    columns.extend(DIRECTIONS.map(|(key, title, _)| Column::of(key, title, Unit::Calls, None)));
    columns
}

pub(crate) fn formula(of: &str) -> String {
    format!(
        "From the start of each call to its end, ringing and waiting included, by the second. On average: seconds of \
         all calls ÷ seconds of the {of}, so Erlangs."
    )
}
