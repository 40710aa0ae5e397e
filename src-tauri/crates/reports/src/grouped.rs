//! Reports that count calls by something: time, where they came from, how they ended.

use std::collections::HashMap;

use calls::Direction;

use crate::{
    ANSWERED_OUTSIDE, Asked, Block, Chart, ChartKind, Column, Dimension, Field, Lacking, Measured, Metric,
    Narrowing, NumberKey, Period, Report, ReportKind, Result, Row, Setting, Span, Traffic, Unit, Value,
    bucket::{Buckets, hours},
    causes::cause_label,
    report::blank,
    sentence as said,
    sums::{Counts, Needs, SumKey, Summed},
    tally::{Sorter, Tally},
    world,
};

/// A report that groups calls by one thing.
#[derive(Debug)]
pub struct Grouped {
    pub id: &'static str,
    pub title: &'static str,
    pub question: &'static str,
    pub by: Dimension,
    /// A person may choose what calls are grouped by.
    pub any: bool,
    /// Ids of metrics; the first is drawn and compared unless a person chooses another.
    pub metrics: &'static [&'static str],
    pub span: Span,
    /// Only these calls.
    pub only: fn() -> Vec<Narrowing>,
    /// Rows of which there are too many are left out from here on.
    pub limit: usize,
    /// Calls that a row must have to be shown.
    pub least: u64,
}

impl Grouped {
    pub const EACH: Self = Self {
        id: "",
        title: "",
        question: "",
        by: Dimension::Day,
        any: false,
        metrics: &["calls", "answered", "missed", "answered-percent", "average-wait", "talk", "average-talk"],
        span: Span::Month,
        only: Vec::new,
        limit: 1000,
        least: 1,
    };
}

impl ReportKind for Grouped {
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
        self.span
    }

    fn settings(&self) -> &'static [Setting] {
        if self.any {
            &[Setting::By, Setting::Compare, Setting::Metric, Setting::WithinSeconds, Setting::Limit]
        } else {
            &[Setting::Compare, Setting::Metric, Setting::WithinSeconds, Setting::Limit]
        }
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let settings = &asked.settings;
        let by = match settings.by.as_deref().filter(|_| self.any) {
            Some(word) => Dimension::from_word(word)?,
            None => self.by,
        };
        let mut metrics: Vec<&Metric> =
            self.metrics.iter().map(|id| Metric::of(id)).collect::<Result<_>>()?;
        let chosen = settings.metric.as_deref().map_or(Ok(metrics[0]), Metric::of)?;
        if metrics.iter().all(|metric| metric.id != chosen.id) {
            metrics.push(chosen);
        }
        let only = (self.only)();
        let within = settings.within();
        let needs = Needs::of(&metrics, within);
        let now = group_for(traffic, &asked.period, &only, by, &needs, None)?;
        let mut report = blank(self, asked, traffic.facts());
        let zone = traffic.facts().zone;

        let title = if self.any { by.title() } else { self.by.title() };
        report.columns.push(Column::text(by.word(), title));
        let with_name = matches!(by, Dimension::Number | Dimension::Country);
        if with_name {
            report.columns.push(Column::text("name", "Name"));
        }
        for metric in &metrics {
            let mut column = metric.column(within);
            column.opens.get_or_insert_default().extend(only.iter().cloned());
            report.columns.push(column);
        }
        let other = match settings.compare {
            Some(compare) => {
                let period = asked.period.compared(compare);
                let column = |key: &str, title: &str, unit, opens| Column {
                    compared: true,
                    ..Column::of(
                        &format!("{}-{key}", chosen.id),
                        &format!("{}{title}", chosen.title),
                        unit,
                        opens,
                    )
                };
                let mut opens = chosen.column(within).opens.unwrap_or_default();
                opens.extend(only.iter().cloned());
                report.columns.push(column("before", " before", chosen.unit, Some(opens)));
                report.columns.push(column("change", ", change in %", Unit::Number, None));
                let then = group_for(traffic, &period, &only, by, &needs, Some(&now))?;
                report.compared = Some(period);
                Some(then)
            }
            None => None,
        };

        let mut order: Vec<usize> = (0..now.rows.len()).collect();
        if !now.is_time && !matches!(by, Dimension::Talk | Dimension::Wait | Dimension::Ring) {
            let rank = |place: &usize| {
                let row = &now.rows[*place];
                let value = chosen.value(&row.tally, row.hours(&asked.period, zone));
                value.number().unwrap_or(-1.0)
            };
            order.sort_by(|one, another| {
                let label = |place: &usize| &now.rows[*place].label;
                rank(another).total_cmp(&rank(one)).then_with(|| label(one).cmp(label(another)))
            });
            order.retain(|place| now.rows[*place].tally.calls >= self.least);
        }
        let limit = settings.limit.map_or(self.limit, |limit| limit as usize);
        let left_out = order.len().saturating_sub(limit);
        if !now.is_time {
            order.truncate(limit);
        }
        let names = match by {
            Dimension::Number => {
                let groups: Vec<u32> = order.iter().map(|place| now.rows[*place].value).collect();
                traffic.number_names(&groups)?
            }
            _ => std::collections::BTreeMap::new(),
        };
        let beside = other.as_ref().map(|then| now.beside(then));
        for place in order {
            let group = &now.rows[place];
            let mut cells = vec![Value::text(group.label.clone())];
            if with_name {
                let name = match by {
                    Dimension::Country => traffic.country_name(&group.label).map(str::to_owned),
                    _ => names.get(&group.value).cloned(),
                };
                cells.push(name.map_or(Value::Unknown, Value::Text));
            }
            let hours = group.hours(&asked.period, zone);
            let unseen = group.unseen && group.tally.calls == 0;
            let value =
                |metric: &Metric| if unseen { Value::Unknown } else { metric.value(&group.tally, hours) };
            cells.extend(metrics.iter().map(|metric| value(metric)));
            let mut compared = None;
            if let (Some(then), Some(beside)) = (&other, &beside) {
                let before = beside[place].map(|place| &then.rows[place]);
                let nothing = Tally::default();
                // What the other period does not have was not there: nobody called.
                let (known, tally) = match before {
                    Some(row) => (!row.unseen || row.tally.calls > 0, &row.tally),
                    None => (!then.is_time && !then.unseen, &nothing),
                };
                let then_hours = report
                    .compared
                    .as_ref()
                    .map_or(hours, |period| before.map_or(hours, |row| row.hours(period, zone)));
                let was = if known { chosen.value(tally, then_hours) } else { Value::Unknown };
                cells.extend([was.clone(), change(&value(chosen), &was)]);
                compared = before.map(|row| row.opens.clone());
            }
            report.rows.push(Row { compared, ..Row::new(cells, group.opens.clone()) });
        }
        let mut cells = vec![Value::text("All")];
        if with_name {
            cells.push(Value::Unknown);
        }
        let all_hours = hours(&asked.period, zone);
        cells.extend(metrics.iter().map(|metric| now.of_all(metric, all_hours)));
        let mut compared = None;
        if let (Some(then), Some(period)) = (&other, &report.compared) {
            let was = then.of_all(chosen, hours(period, zone));
            cells.extend([was.clone(), change(&now.of_all(chosen, all_hours), &was)]);
            compared = Some(Vec::new());
        }
        report.totals = Some(Row { compared, ..Row::new(cells, Vec::new()) });

        let mut drawn = match by {
            // Who calls us is seen beside whom we call.
            Dimension::Country
                if settings.metric.is_none() && self.metrics.contains(&"outbound") && other.is_none() =>
            {
                vec!["inbound".to_owned(), "outbound".to_owned()]
            }
            _ => vec![chosen.id.to_owned()],
        };
        drawn.extend(other.iter().map(|_| format!("{}-before", chosen.id)));
        let drawn: Vec<&str> = drawn.iter().map(String::as_str).collect();
        // Only what follows in time is a line.
        let map = (by == Dimension::Country).then(|| world::map(&report, by.word(), &drawn)).flatten();
        report.charts.extend(map);
        let kind = if now.is_time && report.rows.len() > 62 { ChartKind::Lines } else { ChartKind::Bars };
        report.charts.push(Chart::new(kind, by.word(), &drawn));
        if left_out > 0 && !now.is_time {
            report.notes.push(format!("{left_out} more rows are not shown; the last row counts them, too."));
        }
        if metrics.iter().any(|metric| metric.id.starts_with("served") || metric.id.starts_with("sl-")) {
            report.notes.push(format!("In time: within {within} s of waiting."));
        }
        report.notes.extend(
            metrics
                .iter()
                .filter(|metric| !metric.formula.is_empty())
                .map(|metric| format!("{}: {}.", metric.title, metric.formula)),
        );
        let name = |label: &str| match by {
            Dimension::Country => traffic.country_name(label).unwrap_or(label).to_owned(),
            _ => label.to_owned(),
        };
        report.sentence = sentence(&now, &asked.period, name);
        Ok(report)
    }
}

/// The difference in percent of what was before.
fn change(now: &Value, then: &Value) -> Value {
    match (now.number(), then.number()) {
        (Some(now), Some(then)) if then > 0.0 => Value::decimal((now - then) * 100.0 / then, 1),
        _ => Value::Unknown,
    }
}

fn sentence(groups: &Groups, period: &Period, name: impl Fn(&str) -> String) -> String {
    let Tally { calls, answered, missed, .. } = groups.total;
    if calls == 0 {
        return format!("No calls, {period}.");
    }
    // Calls without a number, a code or a queue are not what anybody asks for here, and equals are no most.
    let most = groups.rows.iter().filter(|row| !row.label.starts_with('(')).max_by_key(|row| row.tally.calls);
    let most = most
        .filter(|most| groups.rows.iter().filter(|row| row.tally.calls >= most.tally.calls).count() == 1)
        .filter(|_| groups.rows.len() > 1)
        .map(|row| format!(" Most: {} with {}.", name(&row.label), row.tally.calls));
    let most = most.unwrap_or_default();
    format!("{}, {period}: {answered} answered, {missed} missed.{most}", said::calls(calls))
}

/// Calls counted by one thing.
#[derive(Debug)]
pub(crate) struct Groups {
    pub rows: Vec<Group>,
    pub total: Tally,
    is_time: bool,
    unseen: bool,
    buckets: Option<Buckets>,
}

#[derive(Debug)]
pub(crate) struct Group {
    pub label: String,
    pub opens: Vec<Narrowing>,
    pub tally: Tally,
    pub unseen: bool,
    /// Of numbers, their group.
    value: u32,
}

impl Group {
    /// Hours of the row, if it is a stretch of time; of a part of every day nothing is known.
    fn hours(&self, period: &Period, zone: chrono_tz::Tz) -> f64 {
        let narrowing = self.opens.first();
        let day = |text: Option<&String>| text.and_then(|text| text.parse().ok());
        match narrowing.map(|narrowing| (day(narrowing.from.as_ref()), day(narrowing.to.as_ref()))) {
            Some((Some(from), Some(to))) => hours(&Period { from, to }, zone),
            _ if narrowing.is_some_and(|one| one.minutes.is_some() || one.weekdays.is_some()) => f64::NAN,
            _ => hours(period, zone),
        }
    }
}

impl Groups {
    /// Of all calls together.
    fn of_all(&self, metric: &Metric, hours: f64) -> Value {
        if self.unseen && self.total.calls == 0 { Value::Unknown } else { metric.value(&self.total, hours) }
    }

    fn beside(&self, other: &Self) -> Vec<Option<usize>> {
        if let (Some(now), Some(then)) = (&self.buckets, &other.buckets) {
            return now.beside(then);
        }
        let places: HashMap<&str, usize> =
            other.rows.iter().enumerate().map(|(place, row)| (row.label.as_str(), place)).collect();
        self.rows.iter().map(|row| places.get(row.label.as_str()).copied()).collect()
    }
}

/// How calls get their group: a number for each, which is turned into a place when it is first seen.
pub(crate) enum Key {
    Time(Buckets),
    Field(Field),
    Numbers(NumberKey, Vec<u32>),
    Bands(Field, &'static [u32]),
}

/// Bounds between bands of seconds.
const TALK_BANDS: [u32; 8] = [1, 10, 30, 60, 180, 300, 600, 1800];
const WAIT_BANDS: [u32; 8] = [5, 10, 20, 30, 60, 120, 180, 300];

/// Groups of numbers that are looked at more closely than by their calls.
const MOST_NUMBERS: usize = 2000;

/// Counts calls by something; without a limit for waits only how many there are.
pub(crate) fn group(
    traffic: &dyn Traffic,
    period: &Period,
    only: &[Narrowing],
    by: Dimension,
    within: u32,
    beside: Option<&Groups>,
) -> Result<Groups> {
    group_for(traffic, period, only, by, &Needs::all(within), beside)
}

/// Counts calls by something. `beside`: of numbers, those that the other period has shown.
pub(crate) fn group_for(
    traffic: &dyn Traffic,
    period: &Period,
    only: &[Narrowing],
    by: Dimension,
    needs: &Needs,
    beside: Option<&Groups>,
) -> Result<Groups> {
    let key = Key::of(traffic, by, period)?;
    let mut fields = needs.fields();
    fields.extend(key.fields());
    fields.sort_unstable();
    fields.dedup();

    let shown = match (&key, beside) {
        (Key::Numbers(NumberKey::Party, groups), Some(beside)) => {
            Some(chosen(groups.len(), beside.rows.iter().map(|row| row.value)))
        }
        (Key::Numbers(NumberKey::Party, groups), None) => Some(most_called(traffic, period, only, groups)?),
        _ => None,
    };
    let mut counted = Counted::new(&key, needs);
    let mut rest = vec![period.clone()];
    if let Some(kept) = key.kept().filter(|kept| needs.are_met_by(*kept)) {
        rest = traffic.each_sum(period, only, kept, &mut |summed| {
            counted.add_summed(summed, &key, shown.as_deref());
        })?;
    }
    for period in rest {
        traffic.each_block(&period, only, &fields, &mut |block| {
            counted.add_block(block, &key, shown.as_deref());
        })?;
    }
    let (is_time, unseen) = (matches!(key, Key::Time(_)), unseen(traffic, period));
    let (total, rows) = (counted.counts.total(), counted.rows(traffic, &key)?);
    Ok(Groups {
        rows,
        total,
        is_time,
        unseen,
        buckets: if let Key::Time(buckets) = key { Some(buckets) } else { None },
    })
}

fn unseen(traffic: &dyn Traffic, period: &Period) -> bool {
    let facts = traffic.facts();
    facts.first_day.is_none_or(|first| period.to < first) || period.from > facts.today
}

/// Adds calls at a place, all together.
pub(crate) fn add(
    traffic: &dyn Traffic,
    period: &Period,
    only: &[Narrowing],
    needs: &Needs,
    (counts, at): (&mut Counts, usize),
) -> Result<()> {
    let mut rest = vec![period.clone()];
    if needs.are_met_by(SumKey::HalfHour) {
        rest =
            traffic.each_sum(period, only, SumKey::HalfHour, &mut |summed| counts.add_summed(summed, at))?;
    }
    for period in rest {
        traffic
            .each_block(&period, only, &needs.fields(), &mut |block| counts.add_block(block, |_| Some(at)))?;
    }
    Ok(())
}

/// Counts calls that are narrowed to: whichever sums tell how many, or all of them one by one.
pub(crate) fn count(traffic: &dyn Traffic, period: &Period, only: &[Narrowing]) -> Result<u64> {
    let mut calls = 0;
    for by in [SumKey::HalfHour, SumKey::Seconds(Field::Wait), SumKey::Seconds(Field::Talk)] {
        let rest = traffic.each_sum(period, only, by, &mut |summed| calls += summed.sums.calls)?;
        if rest.as_slice() != std::slice::from_ref(period) {
            for period in rest {
                traffic
                    .each_block(&period, only, &[Field::Live], &mut |block| calls += block.calls as u64)?;
            }
            return Ok(calls);
        }
    }
    traffic.each_block(period, only, &[Field::Live], &mut |block| calls += block.calls as u64)?;
    Ok(calls)
}

/// Marks groups.
fn chosen(groups: usize, values: impl Iterator<Item = u32>) -> Vec<bool> {
    let mut marks = vec![false; groups];
    for value in values {
        if let Some(mark) = marks.get_mut(value as usize) {
            *mark = true;
        }
    }
    marks
}

/// There may be a million numbers: only those with most calls are looked at closely.
fn most_called(
    traffic: &dyn Traffic,
    period: &Period,
    only: &[Narrowing],
    groups: &[u32],
) -> Result<Vec<bool>> {
    if groups.len() <= MOST_NUMBERS {
        return Ok((0..groups.len()).map(|group| group > 0).collect());
    }
    let mut counts: Vec<u64> = vec![0; groups.len()];
    let mut add = |number: u32, calls: u64| {
        let group = groups.get(number as usize).copied().unwrap_or(0);
        if let Some(count) = counts.get_mut(group as usize) {
            *count += calls;
        }
    };
    let rest = traffic.each_sum(period, only, SumKey::Field(Field::Outside), &mut |summed| {
        add(summed.value, summed.sums.calls);
    })?;
    for period in rest {
        traffic.each_block(&period, only, &[Field::Outside], &mut |block| {
            block.values(Field::Outside).iter().for_each(|number| add(*number, 1));
        })?;
    }
    let mut called: Vec<(u32, u64)> =
        (0..).zip(counts).filter(|(group, calls)| *calls > 0 && *group > 0).collect();
    called.sort_unstable_by_key(|(group, calls)| (std::cmp::Reverse(*calls), *group));
    called.truncate(MOST_NUMBERS);
    Ok(chosen(groups.len(), called.into_iter().map(|(group, _)| group)))
}

impl Key {
    pub(crate) fn of(traffic: &dyn Traffic, by: Dimension, period: &Period) -> Result<Self> {
        Ok(match by {
            Dimension::HalfHour
            | Dimension::Hour
            | Dimension::Weekday
            | Dimension::Day
            | Dimension::Week
            | Dimension::Month
            | Dimension::Year => Self::Time(Buckets::new(by, period, traffic.facts())?),
            Dimension::Direction => Self::Field(Field::Direction),
            Dimension::Outcome => Self::Field(Field::Outcome),
            Dimension::AnsweredBy => Self::Field(Field::AnsweredBy),
            Dimension::Trunk => Self::Field(Field::Trunk),
            Dimension::Did => Self::Field(Field::Did),
            Dimension::Queue => Self::Field(Field::Queue),
            Dimension::AccountCode => Self::Field(Field::AccountCode),
            Dimension::Cause => Self::Field(Field::Cause),
            Dimension::Number => Self::Numbers(NumberKey::Party, traffic.number_groups(NumberKey::Party)?),
            Dimension::Class => Self::Numbers(NumberKey::Class, traffic.number_groups(NumberKey::Class)?),
            Dimension::Country => {
                Self::Numbers(NumberKey::Country, traffic.number_groups(NumberKey::Country)?)
            }
            Dimension::Talk => Self::Bands(Field::Talk, &TALK_BANDS),
            Dimension::Wait => Self::Bands(Field::Wait, &WAIT_BANDS),
            Dimension::Ring => Self::Bands(Field::Ring, &WAIT_BANDS),
        })
    }

    /// The first of so many values are there whether or not anybody called: stretches of time and bands.
    pub(crate) fn always(&self) -> usize {
        match self {
            Self::Time(buckets) => buckets.all.len(),
            Self::Bands(_, bounds) => bounds.len() + 1,
            Self::Field(_) | Self::Numbers(..) => 0,
        }
    }

    /// The value of a call; `None` if no row counts it.
    #[inline]
    pub(crate) fn value_of(&self, block: &Block<'_>, place: usize) -> Option<usize> {
        match self {
            Self::Time(buckets) => {
                let (start, utc) = (block.start(place), block.start_utc(place));
                buckets.place(start, start - utc)
            }
            Self::Field(field) => Some(block.get(*field, place) as usize),
            Self::Numbers(_, groups) => shown_group(groups, block.get(Field::Outside, place), None),
            Self::Bands(field, bounds) => Some(band(bounds, block.seconds(*field, place))),
        }
    }

    /// What of calls has to be known.
    pub(crate) fn fields(&self) -> &[Field] {
        match self {
            Self::Time(_) => &[Field::Start, Field::Offset],
            Self::Field(field) | Self::Bands(field, _) => std::slice::from_ref(field),
            Self::Numbers(..) => &[Field::Outside],
        }
    }

    /// By what their sums are kept, if they are.
    fn kept(&self) -> Option<SumKey> {
        match self {
            Self::Time(buckets) => buckets.are_of_half_hours().then_some(SumKey::HalfHour),
            Self::Field(Field::Direction | Field::Outcome) => Some(SumKey::HalfHour),
            Self::Field(
                field @ (Field::Trunk
                | Field::Did
                | Field::Queue
                | Field::AccountCode
                | Field::AnsweredBy
                | Field::Cause),
            ) => Some(SumKey::Field(*field)),
            Self::Bands(field @ (Field::Wait | Field::Talk), _) => Some(SumKey::Seconds(*field)),
            Self::Numbers(..) => Some(SumKey::Field(Field::Outside)),
            Self::Field(_) | Self::Bands(..) => None,
        }
    }
}

/// The band of so many seconds; unknown ones have the last of all.
fn band(bounds: &[u32], seconds: Option<u32>) -> usize {
    seconds.map_or(bounds.len() + 1, |seconds| bounds.iter().take_while(|bound| seconds >= **bound).count())
}

/// The group of a number, unless it is not to be shown.
fn shown_group(groups: &[u32], number: u32, shown: Option<&[bool]>) -> Option<usize> {
    let group = groups.get(number as usize).copied().unwrap_or(0) as usize;
    shown.is_none_or(|shown| shown.get(group) == Some(&true)).then_some(group)
}

struct Counted {
    counts: Counts,
    /// For each value its place, 0 for none yet.
    place_of: Vec<u32>,
    /// By their places; the first place is that of calls which no row counts.
    values: Vec<u32>,
}

impl Counted {
    fn new(key: &Key, needs: &Needs) -> Self {
        let mut counted = Self { counts: Counts::new(needs), place_of: Vec::new(), values: vec![0] };
        for value in 0..key.always() {
            place(&mut counted.place_of, &mut counted.values, value);
        }
        counted
    }

    fn add_summed(&mut self, summed: &Summed, key: &Key, shown: Option<&[bool]>) {
        let mut at = |value: usize| place(&mut self.place_of, &mut self.values, value);
        match key {
            Key::Time(buckets) => {
                let place = buckets.place(summed.begin, 0).map_or(0, at);
                self.counts.add_summed(summed, place);
            }
            Key::Bands(field, bounds) => {
                let seconds = summed.value.checked_sub(1);
                let place = at(band(bounds, seconds));
                self.counts.add_seconds(summed, *field, seconds, place);
            }
            Key::Numbers(_, groups) => {
                let place = shown_group(groups, summed.value, shown).map_or(0, at);
                self.counts.add_summed(summed, place);
            }
            Key::Field(_) => {
                let place = at(match key {
                    Key::Field(Field::Direction) => summed.direction as usize,
                    Key::Field(Field::Outcome) => summed.outcome as usize,
                    _ => summed.value as usize,
                });
                self.counts.add_summed(summed, place);
            }
        }
    }

    fn add_block(&mut self, block: &Block<'_>, key: &Key, shown: Option<&[bool]>) {
        let Self { counts, place_of, values } = self;
        let mut at = |value: usize| Some(place(place_of, values, value));
        match key {
            Key::Time(buckets) => counts.add_block(block, |place| {
                let (start, utc) = (block.start(place), block.start_utc(place));
                buckets.place(start, start - utc).map_or(Some(0), &mut at)
            }),
            Key::Field(field) => {
                let keys = block.values(*field);
                counts.add_block(block, |place| at(keys.get(place).copied().unwrap_or(0) as usize));
            }
            Key::Numbers(_, groups) => {
                let numbers = block.values(Field::Outside);
                counts.add_block(block, |place| {
                    let number = numbers.get(place).copied().unwrap_or(0);
                    shown_group(groups, number, shown).map_or(Some(0), &mut at)
                });
            }
            Key::Bands(field, bounds) => {
                counts.add_block(block, |place| at(band(bounds, block.seconds(*field, place))));
            }
        }
    }

    fn rows(self, traffic: &dyn Traffic, key: &Key) -> Result<Vec<Group>> {
        let row = |(place, value): (usize, u32)| key.group(traffic, value, &self.counts.tally(place));
        self.values.iter().copied().enumerate().skip(1).map(row).collect()
    }
}

impl Key {
    pub(crate) fn group(&self, traffic: &dyn Traffic, value: u32, tally: &Tally) -> Result<Group> {
        let mut unseen = false;
        let (label, opens) = match self {
            Self::Time(buckets) => {
                let bucket = &buckets.all[value as usize];
                unseen = bucket.unseen;
                (bucket.label.clone(), bucket.opens.clone())
            }
            Self::Field(field) => of_field(traffic, &Sorter::new(), *field, value)?,
            Self::Numbers(by, _) => of_number(traffic, *by, value)?,
            Self::Bands(field, bounds) => of_band(*field, bounds, value as usize),
        };
        Ok(Group { label, opens: vec![opens], tally: *tally, unseen, value })
    }
}

/// Where calls of a value are counted.
#[inline]
pub(crate) fn place(place_of: &mut Vec<u32>, values: &mut Vec<u32>, value: usize) -> usize {
    if place_of.len() <= value {
        place_of.resize(value + 1, 0);
    }
    let place = &mut place_of[value];
    if *place == 0 {
        *place = u32::try_from(values.len()).unwrap_or(u32::MAX);
        values.push(u32::try_from(value).unwrap_or(u32::MAX));
    }
    *place as usize
}

fn of_field(traffic: &dyn Traffic, sorter: &Sorter, field: Field, value: u32) -> Result<(String, Narrowing)> {
    let nothing = Narrowing::default;
    Ok(match field {
        Field::Direction => {
            let direction = sorter.direction(value);
            (direction_words(direction).to_owned(), Narrowing::directions(&[direction]))
        }
        Field::Outcome => {
            let outcome = sorter.outcome(value);
            (outcome_words(outcome).to_owned(), Narrowing::outcomes([outcome]))
        }
        Field::AnsweredBy if value == ANSWERED_OUTSIDE => {
            ("(the other side)".to_owned(), Narrowing { answered_outside: true, ..nothing() })
        }
        _ => {
            let text = traffic.text(field, value)?;
            let some = Some(text.clone()).filter(|text| !text.is_empty());
            let none = some.is_none();
            let (opens, lacking, words) = match field {
                Field::Trunk => (Narrowing { trunk: some, ..nothing() }, Lacking::Trunk, "(no trunk)"),
                Field::Did => (Narrowing { did: some, ..nothing() }, Lacking::Did, "(no number of ours)"),
                Field::Queue => (Narrowing { queue: some, ..nothing() }, Lacking::Queue, "(no queue)"),
                Field::AccountCode => {
                    (Narrowing { account_code: some, ..nothing() }, Lacking::AccountCode, "(no account code)")
                }
                Field::Cause => {
                    let label = cause_label(&text);
                    let opens = Narrowing { cause: some, ..nothing() };
                    return Ok(if none {
                        (label, Narrowing::lacking(Lacking::Cause))
                    } else {
                        (label, opens)
                    });
                }
                _ => (Narrowing { answered_by: some, ..nothing() }, Lacking::AnsweredBy, "(nobody)"),
            };
            if none { (words.to_owned(), Narrowing::lacking(lacking)) } else { (text, opens) }
        }
    })
}

fn of_number(traffic: &dyn Traffic, by: NumberKey, group: u32) -> Result<(String, Narrowing)> {
    let text = if group == 0 { String::new() } else { traffic.number_text(by, group)? };
    if group == 0 || text.is_empty() {
        let (lacking, words) = match by {
            NumberKey::Party => (Lacking::Number, "(no outside number)"),
            NumberKey::Class => (Lacking::Class, "(no outside number)"),
            NumberKey::Country => (Lacking::Country, "(no country)"),
        };
        return Ok((words.to_owned(), Narrowing::lacking(lacking)));
    }
    let some = Some(text.clone());
    let opens = match by {
        NumberKey::Party => Narrowing { number: some, ..Narrowing::default() },
        NumberKey::Class => Narrowing { class: some, ..Narrowing::default() },
        NumberKey::Country => Narrowing { country: some, ..Narrowing::default() },
    };
    Ok((text, opens))
}

/// Unknown ones have the last band of all.
fn of_band(field: Field, bounds: &[u32], band: usize) -> (String, Narrowing) {
    let (of, lacking) = match field {
        Field::Talk => (Measured::Talk, Lacking::Talk),
        Field::Wait => (Measured::Wait, Lacking::Wait),
        _ => (Measured::Ring, Lacking::Ring),
    };
    if band > bounds.len() {
        return ("Not known".to_owned(), Narrowing::lacking(lacking));
    }
    let from = if band == 0 { 0 } else { bounds[band - 1] };
    let below = bounds.get(band).copied();
    let label = match below {
        Some(below) if below == from + 1 => format!("{from} s"),
        Some(below) => format!("{from} to {} s", below - 1),
        None => format!("{from} s and more"),
    };
    (label, Narrowing::measured(of, Some(from), below.map(|below| below - 1)))
}

/// What people call a direction.
pub fn direction_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "Incoming",
        Direction::Outbound => "Outgoing",
        Direction::Internal => "Internal",
        Direction::Transit => "Through the exchange",
        Direction::Unknown => "Not known",
    }
}

/// What people call an outcome.
pub fn outcome_words(outcome: calls::Outcome) -> &'static str {
    use calls::Outcome as O;
    match outcome {
        O::Answered => "Answered",
        O::LostRinging => "Missed",
        O::LostInQueue => "Missed in queue",
        O::ShortLost => "Missed, gave up",
        O::LostAfterTransfer => "Missed after transfer",
        O::VoicemailLeft => "Left a message",
        O::VoicemailNoMessage => "Voicemail, no message",
        O::IvrOnly => "Menu only",
        O::OverflowedAway => "Answered elsewhere",
        O::Busy => "Busy",
        O::Blocked => "Blocked",
        O::Failed => "Failed",
        O::Cancelled => "Not reached",
        O::Unknown => "Not known",
    }
}
