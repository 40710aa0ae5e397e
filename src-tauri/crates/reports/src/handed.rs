//! Calls that were handed on: by whom, to whom, how, and what became of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use calls::{Outcome, TransferKind};

use crate::{
    Asked, Chart, ChartKind, Column, Field, HandedOn, Handing, Narrowing, Report, ReportKind, Result, Row,
    Setting, Span, SumKey, Traffic, Unit, Value,
    report::blank,
    sentence::{calls, counted},
    tally::Sorter,
};

/// From whom to whom calls went.
#[derive(Debug)]
pub struct Transfers;

/// Rows of which there are more are left out from here on.
const MOST_ROWS: usize = 1000;

/// What a column counts of the handings-on of a row.
const COLUMNS: [(&str, &str, Which); 7] = [
    ("blind", "Without asking", Which::Kinds(&[TransferKind::Blind])),
    ("attended", "After asking", Which::Kinds(&[TransferKind::Attended])),
    ("forward", "Diverted or joined", Which::Kinds(&[TransferKind::Forward, TransferKind::Conference])),
    ("kind-unknown", "Not told how", Which::Kinds(&[TransferKind::Unknown])),
    ("taken", "Answered there", Which::Answered(true)),
    ("not-taken", "Not answered there", Which::Answered(false)),
    ("lost", "Lost", Which::Lost),
];

#[derive(Debug, Clone, Copy)]
enum Which {
    Kinds(&'static [TransferKind]),
    Answered(bool),
    /// Nobody answered after it, and the call was lost.
    Lost,
}

impl Which {
    fn is(self, handing: &Handing, outcome: Outcome) -> bool {
        match self {
            Self::Kinds(kinds) => kinds.contains(&handing.kind),
            Self::Answered(answered) => handing.answered == answered,
            Self::Lost => !handing.answered && outcome == Outcome::LostAfterTransfer,
        }
    }

    fn opens(self) -> Vec<Narrowing> {
        let same = HandedOn { same: true, ..HandedOn::default() };
        let handed = match self {
            Self::Kinds(kinds) => {
                let words = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
                HandedOn { kinds: Some(words), ..same }
            }
            Self::Answered(answered) => HandedOn { answered: Some(answered), ..same },
            Self::Lost => HandedOn { answered: Some(false), ..same },
        };
        let handed = Narrowing { handed: Some(handed), ..Narrowing::default() };
        match self {
            Self::Lost => vec![handed, Narrowing::outcomes([Outcome::LostAfterTransfer])],
            _ => vec![handed],
        }
    }
}

/// Calls of one way, or of all.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    calls: u64,
    of: [u64; COLUMNS.len()],
}

impl Counts {
    /// Adds so many calls in which these handings-on happened.
    fn add(&mut self, handings: &[&Handing], outcome: Outcome, calls: u64) {
        self.calls += calls;
        for (sum, (.., which)) in self.of.iter_mut().zip(COLUMNS) {
            if handings.iter().any(|handing| which.is(handing, outcome)) {
                *sum += calls;
            }
        }
    }

    fn cells(&self) -> impl Iterator<Item = Value> {
        std::iter::once(self.calls).chain(self.of).map(Value::Whole)
    }
}

impl ReportKind for Transfers {
    fn id(&self) -> &'static str {
        "transfer-ways"
    }

    fn title(&self) -> &'static str {
        "Transfers"
    }

    fn question(&self) -> &'static str {
        "Who hands calls on to whom, and what becomes of them?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Limit]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        // By values of the field, then by outcomes.
        let mut calls_of: HashMap<u32, Vec<u64>> = HashMap::new();
        let mut all_calls = 0;
        let mut add = |handed: u32, outcome: u32, calls: u64| {
            all_calls += calls;
            if handed > 0 {
                let of = calls_of.entry(handed).or_default();
                of.resize(of.len().max(outcome as usize + 1), 0);
                of[outcome as usize] += calls;
            }
        };
        let rest = traffic.each_sum(&asked.period, &[], SumKey::Field(Field::Handed), &mut |summed| {
            add(summed.value, summed.outcome, summed.sums.calls);
        })?;
        for period in rest {
            traffic.each_block(&period, &[], &[Field::Outcome, Field::Handed], &mut |block| {
                for (handed, outcome) in block.values(Field::Handed).iter().zip(block.values(Field::Outcome))
                {
                    add(*handed, *outcome, 1);
                }
            })?;
        }
        let sorter = Sorter::new();
        let mut ways: BTreeMap<(String, String), Counts> = BTreeMap::new();
        let mut all = Counts::default();
        let mut known: HashMap<u32, Vec<Handing>> = HashMap::with_capacity(calls_of.len());
        for value in calls_of.keys() {
            known.insert(*value, traffic.handings(*value)?);
        }
        let each = calls_of.iter().flat_map(|(value, calls)| (0..).zip(calls).map(move |one| (value, one)));
        for (value, (outcome, calls)) in each.filter(|(_, (_, calls))| **calls > 0) {
            let (handings, outcome, calls) = (&known[value], sorter.outcome(outcome), *calls);
            all.add(&handings.iter().collect::<Vec<_>>(), outcome, calls);
            let pairs: BTreeSet<(&String, &String)> =
                handings.iter().map(|handing| (&handing.from, &handing.to)).collect();
            for (from, to) in pairs {
                let same = |handing: &&Handing| handing.from == *from && handing.to == *to;
                let of_pair: Vec<&Handing> = handings.iter().filter(same).collect();
                ways.entry((from.clone(), to.clone())).or_default().add(&of_pair, outcome, calls);
            }
        }

        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("way", "From and to"),
            Column::text("from-person", "Who handed on"),
            Column::text("to-person", "To whom"),
            Column::calls("calls", "Calls"),
        ];
        let columns =
            COLUMNS.map(|(key, title, which)| Column::of(key, title, Unit::Calls, Some(which.opens())));
        report.columns.extend(columns);
        let mut ways: Vec<((String, String), Counts)> = ways.into_iter().collect();
        ways.sort_by(|one, other| other.1.calls.cmp(&one.1.calls).then_with(|| one.0.cmp(&other.0)));
        let left_out =
            ways.len().saturating_sub(asked.settings.limit.map_or(MOST_ROWS, |limit| limit as usize));
        ways.truncate(ways.len() - left_out);
        let holders = traffic.holders(asked.period.to)?;
        let person = |party: &String| match holders.get(party).map(|holder| &holder.person) {
            Some(person) if !person.is_empty() => Value::text(person.clone()),
            _ => Value::Unknown,
        };
        let narrowed = |handed: HandedOn| vec![Narrowing { handed: Some(handed), ..Narrowing::default() }];
        for ((from, to), counts) in &ways {
            let mut cells = vec![Value::Text(format!("{from} to {to}")), person(from), person(to)];
            cells.extend(counts.cells());
            let handed = HandedOn { from: Some(from.clone()), to: Some(to.clone()), ..HandedOn::default() };
            report.rows.push(Row::new(cells, narrowed(handed)));
        }
        let mut cells = vec![Value::text("All"), Value::Unknown, Value::Unknown];
        cells.extend(all.cells());
        report.totals = Some(Row::new(cells, narrowed(HandedOn::default())));
        report.charts.push(Chart::new(ChartKind::Bars, "way", &["calls"]));
        report.sentence = match ways.first() {
            Some(((from, to), most)) => format!(
                "{} of {} handed on, {}; lost after it: {}. Most: from {from} to {to}, {}.",
                all.calls,
                counted(all_calls, "call was", "calls were"),
                asked.period,
                all.of[COLUMNS.len() - 1],
                most.calls
            ),
            None => format!("None of {} was handed on, {}.", calls(all_calls), asked.period),
        };
        if left_out > 0 {
            report.notes.push(format!("{left_out} more rows are not shown; the last row counts them, too."));
        }
        report.notes.push(
            "A call that was handed on twice stands in two rows, and in the last one once. Lost: nobody answered after \
             it, and the caller was gone. Not told how: the exchange says that it was passed on, but not in which way."
                .to_owned(),
        );
        Ok(report)
    }
}
