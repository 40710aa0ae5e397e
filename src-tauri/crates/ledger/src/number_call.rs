//! Calls by the outside number that they were with: who was missed, and what became of them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    ops::ControlFlow,
};

use calls::{CallId, Direction, Outcome};
use rusqlite::OptionalExtension;

use crate::{
    CallSelection, Ledger, Result,
    call_query::marked,
    column::{Column, Shown, id_of, offset_of, value_of},
    report_number::is_callable,
    scan::{PartView, Way},
    values::NumberSet,
};

/// A call with an outside number, as far as it matters for ringing back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberCall {
    pub id: CallId,
    /// Seconds since 1970.
    pub start_utc: i64,
    /// Wall-clock seconds at the source.
    pub start_local: i64,
    pub direction: Direction,
    pub outcome: Outcome,
    /// A device is ringing now.
    pub live: bool,
    pub wait_seconds: Option<u32>,
    pub talk_seconds: Option<u32>,
    /// Our side of an answered call: who answered, or who had called; `None` where the exchange does not say.
    pub ours: Option<String>,
    /// The outside party's name, if the exchange printed one.
    pub name: Option<String>,
    pub exchange: u32,
    /// The outside party's number as printed.
    pub printed: String,
}

/// The caller of an inbound call with this outcome spoke with nobody. A message is an answer to nobody: who left one
/// waits for a call.
pub fn is_to_be_rung_back(outcome: Outcome) -> bool {
    outcome.is_missed() || matches!(outcome, Outcome::VoicemailLeft | Outcome::VoicemailNoMessage)
}

/// What wall clocks differ from UTC at most, with summer time, in seconds.
const FARTHEST_ZONE: i64 = 15 * 60 * 60;

/// Calls that missed a caller, as they are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissedCalls {
    /// Seconds since 1970, inclusive.
    pub from: i64,
    /// Exclusive.
    pub to: Option<i64>,
    /// The caller waited at least so long, in seconds, where that is known.
    pub shortest_wait: u32,
}

/// A number as it was printed.
struct Printed {
    exchange: u32,
    text: String,
}

/// What the columns say of a call; its texts are looked up later.
struct Found {
    call: NumberCall,
    outside: u32,
    ours: Shown,
    name: Shown,
}

impl Ledger {
    /// Numbers, in one spelling each, of callers who were missed.
    pub fn missed_callers(&self, missed: MissedCalls) -> Result<BTreeSet<String>> {
        let mut outside = NumberSet::default();
        let mut numbers = Vec::new();
        self.each_missed(missed, |_, number| {
            if !outside.contains(number) {
                outside.insert(number);
                numbers.push(number);
            }
        })?;
        numbers.into_iter().filter_map(|number| self.callable(number).transpose()).collect()
    }

    /// Those of them that show no number to call, in the order of time.
    pub fn hidden_missed_calls(&self, missed: MissedCalls) -> Result<Vec<CallId>> {
        let mut calls: Vec<(CallId, u32)> = Vec::new();
        self.each_missed(missed, |call, number| calls.push((call, number)))?;
        let mut callable: HashMap<u32, bool> = HashMap::new();
        let mut hidden = Vec::new();
        for (call, number) in calls {
            let callable = match callable.entry(number) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(self.callable(number)?.is_some()),
            };
            if !callable {
                hidden.push(call);
            }
        }
        Ok(hidden)
    }

    /// Calls with these numbers (each in its one spelling) that start at `from` (seconds since 1970) or later; of each
    /// number in the order of time. Numbers without any are left out.
    pub fn calls_with(
        &self,
        numbers: &BTreeSet<String>,
        from: i64,
    ) -> Result<BTreeMap<String, Vec<NumberCall>>> {
        let mut wanted = NumberSet::default();
        let mut known: HashMap<u32, (&str, Printed)> = HashMap::new();
        let mut statement =
            self.connection.prepare_cached("SELECT id, exchange, printed FROM number WHERE normal = ?")?;
        for number in numbers {
            let mut rows = statement.query([number])?;
            while let Some(row) = rows.next()? {
                let id = row.get(0)?;
                wanted.insert(id);
                known.insert(id, (number, Printed { exchange: row.get(1)?, text: row.get(2)? }));
            }
        }
        let mut texts = HashMap::new();
        let mut calls: BTreeMap<String, Vec<NumberCall>> = BTreeMap::new();
        for found in self.found(wanted, from)? {
            let Some((number, printed)) = known.get(&found.outside) else { continue };
            let call = self.with_texts(&found, printed, &mut texts)?;
            calls.entry((*number).to_owned()).or_default().push(call);
        }
        for calls in calls.values_mut() {
            calls.sort_by_key(|call| (call.start_utc, call.id));
        }
        Ok(calls)
    }

    fn found(&self, numbers: NumberSet, from: i64) -> Result<Vec<Found>> {
        let since = CallSelection { from_local: Some(from - FARTHEST_ZONE), ..CallSelection::default() };
        let mut sieve = self.sieve(&since)?;
        sieve.only_numbers(numbers);
        let mut found = Vec::new();
        self.each_match(&sieve, &Found::COLUMNS, Way::OldestFirst, |part, kept| {
            for place in marked(kept) {
                let one = Found::at(part, place)?;
                if one.call.start_utc >= from {
                    found.push(one);
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    fn with_texts(
        &self,
        found: &Found,
        printed: &Printed,
        texts: &mut HashMap<u32, String>,
    ) -> Result<NumberCall> {
        let mut text = |shown: Shown| match shown {
            Shown::Nothing => Ok(None),
            Shown::Outside => Ok(Some(printed.text.clone())),
            Shown::Term(id) => {
                if let Some(text) = texts.get(&id) {
                    return Ok(Some(text.clone()));
                }
                let text = self.term_text(id)?;
                texts.insert(id, text.clone());
                Ok::<_, crate::LedgerError>(Some(text))
            }
        };
        Ok(NumberCall {
            ours: text(found.ours)?.filter(|ours| !ours.is_empty() && ours != "?"),
            name: text(found.name)?.filter(|name| !name.is_empty() && *name != printed.text),
            exchange: printed.exchange,
            printed: printed.text.clone(),
            ..found.call.clone()
        })
    }

    /// Hands out the caller's number of each missed call; 0 where none was shown.
    fn each_missed(&self, missed: MissedCalls, mut take: impl FnMut(CallId, u32)) -> Result<()> {
        let MissedCalls { from, to, shortest_wait } = missed;
        let outcomes = Outcome::all().filter(|outcome| is_to_be_rung_back(*outcome));
        let sieve = self.sieve(&CallSelection {
            from_local: Some(from - FARTHEST_ZONE),
            to_local: to.map(|to| to + FARTHEST_ZONE),
            directions: vec![Direction::Inbound.as_str().to_owned()],
            outcomes: outcomes.map(|outcome| outcome.as_str().to_owned()).collect(),
            ..CallSelection::default()
        })?;
        let columns =
            [Column::Start, Column::Hash, Column::Offset, Column::Live, Column::Wait, Column::Outside];
        self.each_match(&sieve, &columns, Way::OldestFirst, |part, kept| {
            let [starts, hashes, offsets, lives, waits, outsides] = columns.map(|column| part.values(column));
            let (starts, hashes, offsets) = (starts?, hashes?, offsets?);
            let (lives, waits, outsides) = (lives?, waits?, outsides?);
            for place in marked(kept).filter(|place| lives.get(*place) == 0) {
                let call = id_of(part.number, starts.get(place), hashes.get(place));
                let start = call.moment() - offset_of(offsets.get(place));
                let waited = value_of(waits.get(place)).is_none_or(|wait| wait >= shortest_wait);
                if waited && start >= from && to.is_none_or(|to| start < to) {
                    take(call, outsides.get(place));
                }
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    /// The one spelling of a number, unless it or some of its digits are hidden.
    fn callable(&self, id: u32) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached("SELECT normal FROM number WHERE id = ?")?;
        let normal: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
        Ok(normal.filter(|normal| is_callable(normal)))
    }
}

impl Found {
    const COLUMNS: [Column; 14] = [
        Column::Start,
        Column::Hash,
        Column::Offset,
        Column::Direction,
        Column::Outcome,
        Column::Live,
        Column::Wait,
        Column::Talk,
        Column::Caller,
        Column::Called,
        Column::AnsweredBy,
        Column::Outside,
        Column::Parties,
        Column::PartyExtension,
    ];

    fn at(part: &PartView<'_>, place: usize) -> Result<Self> {
        let value = |column: Column| part.values(column).map(|values| values.get(place));
        let id = id_of(part.number, value(Column::Start)?, value(Column::Hash)?);
        let direction = direction(value(Column::Direction)?);
        let outcome = outcome(value(Column::Outcome)?);
        let outbound = direction == Direction::Outbound;
        let ours = match outcome {
            Outcome::Answered if outbound => first_party(part, place)?,
            Outcome::Answered => Shown::of(value(Column::AnsweredBy)?),
            _ => Shown::Nothing,
        };
        let call = NumberCall {
            id,
            start_utc: id.moment() - offset_of(value(Column::Offset)?),
            start_local: id.moment(),
            direction,
            outcome,
            live: value(Column::Live)? > 0,
            wait_seconds: value_of(value(Column::Wait)?),
            talk_seconds: value_of(value(Column::Talk)?),
            ours: None,
            name: None,
            exchange: 0,
            printed: String::new(),
        };
        let name = Shown::of(value(if outbound { Column::Called } else { Column::Caller })?);
        Ok(Self { call, outside: value(Column::Outside)?, ours, name })
    }
}

/// On an outgoing call the extension that dialled comes first.
fn first_party(part: &PartView<'_>, place: usize) -> Result<Shown> {
    let parties = part.values(Column::Parties)?;
    if parties.get(place) == 0 {
        return Ok(Shown::Nothing);
    }
    let before: usize = parties.iter().take(place).map(|count| count as usize).sum();
    Ok(Shown::Term(part.values(Column::PartyExtension)?.get(before)))
}

fn direction(number: u32) -> Direction {
    let known = [Direction::Inbound, Direction::Outbound, Direction::Internal, Direction::Transit];
    known.into_iter().find(|direction| u32::from(direction.number()) == number).unwrap_or_default()
}

fn outcome(number: u32) -> Outcome {
    Outcome::all().find(|outcome| u32::from(outcome.number()) == number).unwrap_or_default()
}
