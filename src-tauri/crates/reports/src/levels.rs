//! How many calls went on at once: all of them, and those of each direction, with the calls that each peak is made of.

use calls::Direction;
use chrono_tz::Tz;

use crate::{
    Column, Field, Narrowing, Period, Result, Row, Traffic, Unit, Value,
    bucket::offset_at,
    longest::moment,
    occupied::{Moment, calls_at, mean},
    sweep::{Busy, Stretch, Sweep, Swept},
};

/// Key and title of the column of each direction.
const DIRECTIONS: [(&str, &str, Direction); 3] = [
    ("most-inbound", "Incoming", Direction::Inbound),
    ("most-outbound", "Outgoing", Direction::Outbound),
    ("most-internal", "Internal", Direction::Internal),
];

/// Sets of calls: all, those of each direction, and those of none of these.
pub(crate) const LEVELS: usize = DIRECTIONS.len() + 2;

/// Adds the sets of some calls to a sweep; the first is that of all.
pub(crate) fn new_sets<const SETS: usize>(sweep: &mut Sweep<SETS>) -> [usize; LEVELS] {
    std::array::from_fn(|_| sweep.set(Busy::AtPeak))
}

/// The set of a direction.
pub(crate) fn set_of(sets: [usize; LEVELS], wanted: Direction) -> usize {
    let place = DIRECTIONS.iter().position(|(.., direction)| *direction == wanted);
    place.map_or(sets[LEVELS - 1], |place| sets[place + 1])
}

/// Rows of peaks, of which the calls are still to be found.
pub(crate) struct Peaks<'a> {
    pub traffic: &'a dyn Traffic,
    pub period: &'a Period,
    /// By what rows narrow further.
    pub field: Field,
    pub zone: Tz,
    pub rows: Vec<Row>,
    wanted: Vec<(usize, &'static str, Moment)>,
}

impl<'a> Peaks<'a> {
    pub fn new(traffic: &'a dyn Traffic, period: &'a Period, field: Field) -> Self {
        let zone = traffic.facts().zone;
        Self { traffic, period, field, zone, rows: Vec::new(), wanted: Vec::new() }
    }

    /// Adds a row of what `stretch` picks from the levels of all and of each direction; `value` is that of the field.
    /// Unless it `opens`, none of its calls are looked for.
    pub fn add(
        &mut self,
        label: Value,
        seconds: i64,
        (levels, value): (&[Swept], Option<u32>),
        opens: bool,
        stretch: impl Fn(&Swept) -> Stretch,
    ) {
        let keys = std::iter::once(("most", None)).chain(DIRECTIONS.map(|(key, _, of)| (key, Some(of))));
        let mut cells = vec![label];
        for ((key, direction), swept) in keys.zip(levels) {
            let own = stretch(swept);
            cells.push(Value::count(own.peak));
            if direction.is_none() {
                let reached = moment(own.peak_at + i64::from(offset_at(self.zone, own.peak_at)));
                cells.push(if own.peak > 0 { reached } else { Value::Unknown });
                cells.push(mean(own.occupied, seconds));
            }
            if opens && own.peak > 0 {
                self.wanted.push((self.rows.len(), key, Moment { at: own.peak_at, direction, value }));
            }
        }
        self.rows.push(Row::new(cells, Vec::new()));
    }

    /// The rows with the calls of their peaks, none of which was longer than so many seconds.
    pub fn opened(mut self, longest: i64) -> Result<Vec<Row>> {
        let moments: Vec<Moment> = self.wanted.iter().map(|(.., moment)| *moment).collect();
        let calls: Vec<Narrowing> = calls_at(self.traffic, self.period, self.field, longest, &moments)?;
        for ((row, key, _), calls) in self.wanted.into_iter().zip(calls) {
            self.rows[row].of_cells.insert(key.to_owned(), vec![calls]);
        }
        Ok(self.rows)
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
