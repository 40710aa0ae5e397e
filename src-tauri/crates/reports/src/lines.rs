//! Lines to the outside: how busy they are, and how many are needed.

use std::collections::BTreeMap;

use calls::Direction;
use chrono::NaiveDate;

use crate::{
    Asked, Chart, ChartKind, Column, Facts, Field, Lacking, Narrowing, Period, Report, ReportKind, Result,
    Row, Setting, Span, Traffic, Unit, Value,
    asked::start_of,
    bucket::offset_at,
    engset, erlang_b, lines_needed,
    occupied::{add_calls, edges, mean, unknown_lengths},
    offered_from_carried,
    report::blank,
    sentence::{calls, counted},
    sweep::{Busy, Sweep, Swept},
    tally::real,
};

/// Each trunk: how much it is used and when.
#[derive(Debug)]
pub struct Trunks;

/// What would be with more lines or fewer.
#[derive(Debug)]
pub struct LineNeed;

/// The grade of service that trunks are usually planned for.
const USUAL_SHARE: f64 = 0.01;
const HOURS: usize = 24;

/// What some calls put on the lines of a period.
#[derive(Debug, Default)]
struct Load {
    /// Calls that began in it.
    calls: u64,
    inbound: u64,
    outbound: u64,
    /// By the clock's hour: calls that began, and seconds that lines were occupied.
    begun: [u64; HOURS],
    occupied: [i64; HOURS],
    /// On which a call began.
    days: u64,
    /// Lines at once, and for how long as many were busy as there are.
    most: u32,
    all_busy: i64,
}

impl Load {
    /// `from_before` went on when the period began.
    fn new(swept: &Swept, edges: &[i64], zone: chrono_tz::Tz, from_before: u64) -> Self {
        let mut load = Self { most: swept.peak().peak, all_busy: swept.busy, ..Self::default() };
        let mut from_before = Some(from_before);
        let mut last_day = None;
        for (stretch, edge) in swept.stretches.iter().zip(edges) {
            let begun = stretch.begun.saturating_sub(from_before.take().unwrap_or(0));
            if begun == 0 && stretch.occupied == 0 {
                continue;
            }
            let local = edge + i64::from(offset_at(zone, *edge));
            let hour = usize::try_from(local.rem_euclid(DAY) / HOUR).unwrap_or(0);
            load.begun[hour] += begun;
            load.occupied[hour] += stretch.occupied;
            let day = Some(local.div_euclid(DAY));
            if begun > 0 && day != last_day {
                (load.days, last_day) = (load.days + 1, day);
            }
        }
        load
    }

    /// The hour with most traffic, and its Erlangs on an average day with calls.
    fn busy_hour(&self) -> Option<(usize, f64)> {
        let (hour, most) = self.occupied.iter().enumerate().rev().max_by_key(|(_, seconds)| **seconds)?;
        (*most > 0 && self.days > 0).then(|| (hour, self.erlangs(hour)))
    }

    fn erlangs(&self, hour: usize) -> f64 {
        if self.days == 0 { 0.0 } else { seconds(self.occupied[hour]) / 3600.0 / real(self.days) }
    }
}

const DAY: i64 = 24 * 60 * 60;
const HOUR: i64 = 60 * 60;
/// Clocks are changed by whole quarter-hours.
const QUARTER: i64 = 15 * 60;

fn seconds(seconds: i64) -> f64 {
    real(u64::try_from(seconds).unwrap_or(0))
}

/// What went over lines.
struct Loads {
    of_trunks: BTreeMap<u32, Load>,
    all: Load,
    /// Calls of which nobody knows how long they were.
    unknown: u64,
}

/// The load of every trunk, and of all; calls within the house occupy no line. Busy are as many lines as there are, or
/// as ever were.
fn loads(traffic: &dyn Traffic, period: &Period, lines: Option<u32>) -> Result<Loads> {
    let zone = traffic.facts().zone;
    let [from, to] = edges(traffic, period);
    let whole_hours = |utc: &i64| i64::from(offset_at(zone, *utc)) % HOUR == 0;
    let step = if (from..to).step_by(30 * 86_400).all(|utc| whole_hours(&utc)) { HOUR } else { QUARTER };
    let edges: Vec<i64> = (0..(to - from) / step).map(|place| from + place * step).chain([to]).collect();
    let mut sweep = Sweep::new(edges.clone());
    let busy = lines.map_or(Busy::AtPeak, Busy::At);
    let all = sweep.set(busy);
    let mut trunks: BTreeMap<u32, usize> = BTreeMap::new();
    let mut kinds: Vec<(Direction, usize)> = Vec::new();
    let found = add_calls(traffic, period, Field::Trunk, &mut sweep, |sweep, direction, trunk| {
        if direction == Direction::Internal {
            return None;
        }
        let own = *trunks.entry(trunk).or_insert_with(|| sweep.set(busy));
        kinds.push((direction, own));
        Some(sweep.kind([all, own]))
    })?;
    let swept = sweep.end();
    let load = |set: usize| {
        let of_set = |(_, own): &(Direction, usize)| set == all || *own == set;
        let kinds = kinds.iter().zip(&found.calls).filter(|(kind, _)| of_set(kind));
        let from_before = kinds.clone().map(|(_, [_, before])| before).sum();
        let mut load = Load::new(&swept[set], &edges, zone, from_before);
        for ((direction, _), [begun, _]) in kinds {
            load.calls += begun;
            load.inbound += if *direction == Direction::Inbound { *begun } else { 0 };
            load.outbound += if *direction == Direction::Outbound { *begun } else { 0 };
        }
        load
    };
    let mut of_trunks: BTreeMap<u32, Load> =
        trunks.into_iter().map(|(trunk, set)| (trunk, load(set))).collect();
    // Of a call that was not in the period nothing is to be seen.
    of_trunks.retain(|_, load| load.most > 0);
    Ok(Loads { of_trunks, all: load(all), unknown: found.unknown })
}

fn clock(hour: usize) -> String {
    format!("{hour:02}:00")
}

impl ReportKind for Trunks {
    fn id(&self) -> &'static str {
        "trunks"
    }

    fn title(&self) -> &'static str {
        "Trunks"
    }

    fn question(&self) -> &'static str {
        "How busy are the lines, and when?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Lines]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let Loads { of_trunks, all, unknown } = loads(traffic, &asked.period, asked.settings.lines)?;
        let edges = edges(traffic, &asked.period);
        let mut report = blank(self, asked, traffic.facts());
        let known = |direction: Option<Direction>| {
            let directions = direction.map_or_else(
                || vec![Direction::Inbound, Direction::Outbound, Direction::Transit, Direction::Unknown],
                |direction| vec![direction],
            );
            // A call of no length, or of one that is not known, occupied nothing.
            vec![Narrowing::directions(&directions).and_measured(crate::Measured::Total, Some(1), None)]
        };
        report.columns = vec![
            Column::text("trunk", "Trunk"),
            Column::of("calls", "Calls", Unit::Calls, Some(known(None))),
            Column::of("inbound", "Incoming", Unit::Calls, Some(known(Some(Direction::Inbound)))),
            Column::of("outbound", "Outgoing", Unit::Calls, Some(known(Some(Direction::Outbound)))),
            Column::of("occupied", "Occupied", Unit::Seconds, None),
            Column::of("mean", "Erlangs", Unit::Number, None),
            Column::text("busy-hour", "Busy hour"),
            Column::of("busy-hour-erlangs", "Erlangs in it", Unit::Number, None),
            Column::of("most", "Most lines at once", Unit::Count, None),
            Column::of("all-busy", "All lines busy", Unit::Seconds, None),
            Column::of("lines-needed", "Lines for 1 %", Unit::Count, None),
        ];
        let mut rows: Vec<(u64, String, Row)> = Vec::new();
        for (trunk, load) in of_trunks {
            let text = traffic.text(Field::Trunk, trunk)?;
            let (label, opens) = if text.is_empty() {
                ("(no trunk)".to_owned(), Narrowing::lacking(Lacking::Trunk))
            } else {
                (text.clone(), Narrowing { trunk: Some(text), ..Narrowing::default() })
            };
            let calls = load.calls;
            let row = Row::new(cells(&label, &load, edges), vec![opens]);
            rows.push((calls, label, row));
        }
        rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        report.rows = rows.into_iter().map(|(.., row)| row).collect();
        report.sentence = match all.busy_hour() {
            Some((hour, erlangs)) => format!(
                "{} over {}, {}. Busiest hour: {}, {erlangs:.3} Erlangs on an average day.",
                calls(all.calls),
                match report.rows.len() {
                    1 => "one trunk".to_owned(),
                    trunks => format!("{trunks} trunks"),
                },
                asked.period,
                clock(hour)
            ),
            None => format!("No calls over a trunk, {}.", asked.period),
        };
        report.totals = Some(Row::new(cells("All", &all, edges), Vec::new()));
        report.charts.push(Chart::new(ChartKind::Bars, "trunk", &["busy-hour-erlangs", "most"]));
        report.notes.extend([
            "Occupied: from the start of a call to its end, ringing included, because ringing takes a line, too."
                .to_owned(),
            "Busy hour: time-consistent, the hour of the clock with the largest average over all days with calls \
             (ITU-T E.500)."
                .to_owned(),
            match asked.settings.lines {
                Some(lines) => format!("All lines busy: for how long at least {lines} calls went on."),
                None => "All lines busy: nobody said how many lines there are, so: for how long as many were busy as \
                         ever were."
                    .to_owned(),
            },
            "Lines for 1 %: so that no more than 1 call of 100 finds all lines busy in the busy hour (Erlang B)."
                .to_owned(),
            "Exchanges rarely write down calls that found all lines busy: these are carried calls.".to_owned(),
        ]);
        unknown_lengths(&mut report, unknown);
        Ok(report)
    }
}

fn cells(label: &str, load: &Load, edges: [i64; 2]) -> Vec<Value> {
    let busy = load.busy_hour();
    let occupied: i64 = load.occupied.iter().sum();
    vec![
        Value::text(label),
        Value::Whole(load.calls),
        Value::Whole(load.inbound),
        Value::Whole(load.outbound),
        Value::known(u64::try_from(occupied).ok()),
        mean(occupied, edges[1] - edges[0]),
        busy.map_or(Value::Unknown, |(hour, _)| Value::text(clock(hour))),
        busy.map_or(Value::Unknown, |(_, erlangs)| Value::decimal(erlangs, 3)),
        Value::count(load.most),
        Value::known(u64::try_from(load.all_busy).ok()),
        Value::known(busy.and_then(|(_, erlangs)| lines_needed(erlangs, USUAL_SHARE)).map(u64::from)),
    ]
}

/// Days of an average month.
const MONTH: f64 = 365.25 / 12.0;
/// Lines beyond what is needed that are shown, too.
const BEYOND: u32 = 2;
const MOST_LINES: u32 = 200;

impl ReportKind for LineNeed {
    fn id(&self) -> &'static str {
        "line-need"
    }

    fn title(&self) -> &'static str {
        "How many lines are needed"
    }

    fn question(&self) -> &'static str {
        "Do we pay for lines that nobody uses?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Lines, Setting::LinePrice, Setting::Telephones]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let Loads { all, unknown, .. } = loads(traffic, &asked.period, None)?;
        let peak = all.most;
        let facts = traffic.facts();
        let settings = &asked.settings;
        let mut report = blank(self, asked, facts);
        report.columns = vec![
            Column::of("lines", "Lines", Unit::Count, None),
            Column::of("blocked", "Blocked in the busy hour, %", Unit::Percent, None),
            Column::of("blocked-engset", "With so few telephones, %", Unit::Percent, None),
            Column::of("blocked-calls", "Calls blocked a month", Unit::Number, None),
            Column::of("price", "Price a month", Unit::Money, None),
            Column::of("saved", "Saved a month", Unit::Money, None),
        ];
        let Some((hour, carried)) = all.busy_hour() else {
            report.sentence = format!("No calls over a trunk, {}.", asked.period);
            return Ok(report);
        };
        // Whatever found all lines busy is not in the records; how much it was follows from what was carried.
        let offered_in = |hour: usize| {
            let carried = all.erlangs(hour);
            settings.lines.and_then(|lines| offered_from_carried(carried, lines)).unwrap_or(carried)
        };
        let offered = offered_in(hour);
        let days_a_month = MONTH * real(all.days) / f64::from(days_seen(&asked.period, facts).max(1));
        let calls_a_month: Vec<f64> =
            all.begun.iter().map(|calls| real(*calls) / real(all.days.max(1)) * days_a_month).collect();
        let enough = lines_needed(offered, USUAL_SHARE / 10.0).unwrap_or(MOST_LINES);
        let last = enough.max(peak).max(settings.lines.unwrap_or(0)).saturating_add(BEYOND).min(MOST_LINES);
        for lines in 1..=last {
            let blocked_calls: f64 =
                (0..HOURS).map(|hour| calls_a_month[hour] * erlang_b(offered_in(hour), lines)).sum();
            let price = settings.line_price.map(|price| price * f64::from(lines));
            let saved = settings
                .lines
                .zip(settings.line_price)
                .map(|(now, price)| price * (f64::from(now) - f64::from(lines)));
            let money = |value: Option<f64>| value.map_or(Value::Unknown, |value| Value::decimal(value, 2));
            let few = settings.telephones.and_then(|telephones| engset(offered, telephones, lines));
            let cells = vec![
                Value::count(lines),
                Value::decimal(erlang_b(offered, lines) * 100.0, 1),
                few.map_or(Value::Unknown, |share| Value::decimal(share * 100.0, 1)),
                Value::decimal(blocked_calls, 1),
                money(price),
                money(saved),
            ];
            report.rows.push(Row::new(cells, Vec::new()));
        }
        report.charts.push(Chart::new(ChartKind::Lines, "lines", &["blocked"]));
        let needed = lines_needed(offered, USUAL_SHARE).unwrap_or(MOST_LINES);
        report.sentence = format!(
            "{} enough for 1 blocked call of 100: {carried:.3} Erlangs in the busy hour, {}. \
             At most {} ever busy at once, {}.",
            counted(needed.into(), "line is", "lines are"),
            clock(hour),
            counted(peak.into(), "line was", "lines were"),
            asked.period
        );
        report.notes.extend([
            "Blocked, %: Erlang B, for many callers who do not try again at once. With so few telephones: Engset, the \
             share of calls; it is lower where there are fewer than ten telephones for a line."
                .to_owned(),
            "Calls blocked a month: the calls of every hour of an average day times the share that is blocked in it."
                .to_owned(),
            match settings.lines {
                Some(lines) => format!(
                    "What {lines} lines turned away is reckoned in: offered = carried ÷ (1 − blocked) (ITU-T E.501)."
                ),
                None => "Nobody said how many lines there are, so whatever found all of them busy is not reckoned in."
                    .to_owned(),
            },
            "Records that tell only minutes blur how long lines are occupied.".to_owned(),
        ]);
        unknown_lengths(&mut report, unknown);
        Ok(report)
    }
}

/// Days of the period of which something can be known.
fn days_seen(period: &Period, facts: &Facts) -> u32 {
    let from = facts.first_day.map_or(period.from, |first: NaiveDate| first.max(period.from));
    let to = facts.today.min(period.to);
    let days = (start_of(to) - start_of(from)) / 86_400 + 1;
    u32::try_from(days).unwrap_or(0)
}
