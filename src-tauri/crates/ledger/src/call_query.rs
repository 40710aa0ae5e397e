//! Questions about calls: lists and counts under one selection, so that a number and its list always agree.

use calls::{CallId, Direction, Outcome};
use std::sync::LazyLock;

use rusqlite::{ToSql, params_from_iter};

use crate::{KeptCall, Ledger, Result, call};

/// Which calls are meant. Every field narrows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallSelection {
    /// Wall-clock seconds at the source, inclusive.
    pub from_local: Option<i64>,
    /// Exclusive.
    pub to_local: Option<i64>,
    /// Any of these; empty for all.
    pub outcomes: Vec<String>,
    pub directions: Vec<String>,
    pub extension: Option<String>,
    pub trunk: Option<String>,
    /// A piece of a number, name, extension or code.
    pub text: Option<String>,
    pub min_talk_seconds: Option<u32>,
    pub live: bool,
    pub ids: Vec<CallId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    Start,
    Caller,
    Called,
    AnsweredBy,
    Outcome,
    Wait,
    Talk,
    Trunk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallOrder {
    pub by: OrderBy,
    pub descending: bool,
}

/// Counts of one selection, from one query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub calls: u32,
    /// Inbound calls that are over and whose outcome is known.
    pub inbound: u32,
    pub inbound_answered: u32,
    pub missed: u32,
    /// Seconds callers waited in answered inbound calls, all together.
    pub wait_seconds: u64,
    /// Answered inbound calls whose wait is known.
    pub waited: u32,
    pub talk_seconds: u64,
    /// Calls whose talk is known and not nothing.
    pub talked: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfHourCount {
    /// Half-hours since midnight.
    pub half_hour: u32,
    pub calls: u32,
    pub missed: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyCount {
    pub extension: String,
    pub answered: u32,
    /// Calls in which they were tried.
    pub rung: u32,
    pub talk_seconds: u32,
}

/// Conditions on the columns of a call, or of the half-hourly sums.
struct Words {
    /// Somebody rang us and got nobody.
    missed: String,
    /// Inbound calls that can be judged: over, and the exchange said enough.
    judged: String,
    inbound: String,
    answered: String,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let missed: Vec<String> = Outcome::all()
        .filter(|outcome| outcome.is_missed())
        .map(|outcome| outcome.number().to_string())
        .collect();
    let inbound = format!("direction = {}", Direction::Inbound.number());
    let answered = format!("outcome = {}", Outcome::Answered.number());
    Words {
        missed: format!("outcome IN ({})", missed.join(", ")),
        judged: format!("{inbound} AND live = 0 AND outcome <> {}", Outcome::Unknown.number()),
        inbound,
        answered,
    }
});

impl Ledger {
    pub fn calls(
        &self,
        selection: &CallSelection,
        order: CallOrder,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<KeptCall>> {
        let (condition, mut values) = condition(selection);
        values.push(Box::new(limit));
        values.push(Box::new(offset));
        let direction = if order.descending { "DESC" } else { "ASC" };
        let column = match order.by {
            OrderBy::Start => "start_local",
            OrderBy::Caller => "caller",
            OrderBy::Called => "called",
            OrderBy::AnsweredBy => "answered_by",
            OrderBy::Outcome => "outcome",
            OrderBy::Wait => "wait",
            OrderBy::Talk => "talk",
            OrderBy::Trunk => "trunk",
        };
        // Equal values keep the order of time, so that pages neither repeat nor skip a call.
        let columns = call::COLUMNS;
        let sql = format!(
            "SELECT {columns} FROM call WHERE {condition}
             ORDER BY {column} {direction}, start_local {direction}, id {direction} LIMIT ? OFFSET ?"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok(call::read(row)))?;
        rows.map(|row| row?).collect()
    }

    pub fn count_calls(&self, selection: &CallSelection) -> Result<u32> {
        if whole_half_hours(selection).is_some() {
            return Ok(self.summary(selection)?.calls);
        }
        let (condition, values) = condition(selection);
        let sql = format!("SELECT count(*) FROM call WHERE {condition}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row(params_from_iter(values), |row| row.get(0))?)
    }

    /// Sums over the selection; from the half-hourly sums where those are enough.
    pub fn summary(&self, selection: &CallSelection) -> Result<Summary> {
        let Words { missed, judged, inbound, answered } = &*WORDS;
        let (sql, values) = if let Some((condition, values)) = whole_half_hours(selection) {
            (
                format!(
                "SELECT total(calls), total(calls * ({judged})), total(calls * ({judged} AND {answered})),
                 total(calls * ({missed})), total(wait * ({inbound} AND {answered})),
                 total(waited * ({inbound} AND {answered})), total(talk), total(talked)
                 FROM half_hour WHERE {condition}"
            ),
                values,
            )
        } else {
            let (condition, values) = condition(selection);
            let sql = format!(
                "SELECT total(1), total({judged}), total({judged} AND {answered}), total({missed}),
                 total(CASE WHEN {inbound} AND {answered} THEN wait END),
                 total({inbound} AND {answered} AND wait IS NOT NULL), total(talk), total(talk > 0)
                 FROM call WHERE {condition}"
            );
            (sql, values)
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count = |row: &rusqlite::Row<'_>, column: usize| row.get::<_, f64>(column).map(whole);
        Ok(statement.query_row(params_from_iter(values), |row| {
            Ok(Summary {
                calls: narrow(count(row, 0)?),
                inbound: narrow(count(row, 1)?),
                inbound_answered: narrow(count(row, 2)?),
                missed: narrow(count(row, 3)?),
                wait_seconds: count(row, 4)?,
                waited: narrow(count(row, 5)?),
                talk_seconds: count(row, 6)?,
                talked: narrow(count(row, 7)?),
            })
        })?)
    }

    pub fn half_hours(&self, selection: &CallSelection) -> Result<Vec<HalfHourCount>> {
        let missed = &WORDS.missed;
        let (sql, values) = if let Some((condition, values)) = whole_half_hours(selection) {
            (
                format!(
                    "SELECT slot % 48, sum(calls), sum(calls * ({missed})) FROM half_hour WHERE {condition}
                 GROUP BY 1 ORDER BY 1"
                ),
                values,
            )
        } else {
            let (condition, values) = condition(selection);
            let sql = format!(
                "SELECT start_local % 86400 / 1800, count(*), sum({missed}) FROM call WHERE {condition}
                 GROUP BY 1 ORDER BY 1"
            );
            (sql, values)
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(HalfHourCount { half_hour: row.get(0)?, calls: row.get(1)?, missed: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Who was tried and who answered in inbound calls, most answered first. Somebody a call was passed on to
    /// was tried, too, whether or not the exchange printed that it rang.
    pub fn people(&self, selection: &CallSelection) -> Result<Vec<PartyCount>> {
        let (condition, values) = condition(selection);
        let inbound = &WORDS.inbound;
        let sql = format!(
            "SELECT extension, sum(talked), sum(rung OR talked), sum(call_party.talk)
             FROM call_party JOIN call ON call.id = call_party.call WHERE {inbound} AND {condition}
             GROUP BY extension ORDER BY 2 DESC, 4 DESC, extension"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(PartyCount {
                extension: row.get(0)?,
                answered: row.get(1)?,
                rung: row.get(2)?,
                talk_seconds: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Missed calls whose caller has not been spoken with since, by either side. Hidden numbers cannot be
    /// called back and are left out.
    pub fn not_called_back(&self, selection: &CallSelection) -> Result<Vec<CallId>> {
        let Words { missed, answered, .. } = &*WORDS;
        let (condition, values) = condition(selection);
        let sql = format!(
            "SELECT id FROM call WHERE {condition} AND {missed} AND outside IN (SELECT id FROM number WHERE normal <> '') AND NOT EXISTS (
                 SELECT 1 FROM number JOIN number AS same ON same.normal = number.normal
                 JOIN call_number ON call_number.number = same.id JOIN call AS later ON later.id = call_number.call
                 WHERE number.id = call.outside AND later.start_utc > call.start_utc AND later.{answered})
             ORDER BY start_local, id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, i64>(0))?;
        rows.map(|id| Ok(CallId(id?.cast_unsigned()))).collect()
    }

    /// Wall-clock seconds of the newest call, if there is one.
    pub fn newest_start_local(&self) -> Result<Option<i64>> {
        Ok(self.connection.query_row("SELECT max(start_local) FROM call", [], |row| row.get(0))?)
    }
}

/// The selection as a condition with its values.
fn condition(selection: &CallSelection) -> (String, Vec<Box<dyn ToSql>>) {
    let mut parts = vec!["1".to_owned()];
    let mut values: Vec<Box<dyn ToSql>> = Vec::new();
    let mut add = |part: &str, value: Box<dyn ToSql>| {
        parts.push(part.to_owned());
        values.push(value);
    };
    if let Some(from) = selection.from_local {
        add("start_local >= ?", Box::new(from));
    }
    if let Some(to) = selection.to_local {
        add("start_local < ?", Box::new(to));
    }
    if let Some(extension) = &selection.extension {
        add("call.id IN (SELECT call FROM call_party WHERE extension = ?)", Box::new(extension.clone()));
    }
    if let Some(trunk) = &selection.trunk {
        add("trunk = ?", Box::new(trunk.clone()));
    }
    if let Some(text) = &selection.text {
        let searched =
            "lower(caller || ' ' || called || ' ' || answered_by || ' ' || parties || ' ' || extra)";
        add(&format!("instr({searched}, ?) > 0"), Box::new(text.trim().to_lowercase()));
    }
    if let Some(seconds) = selection.min_talk_seconds {
        add("call.talk >= ?", Box::new(seconds));
    }
    // A word that is none selects nothing.
    let outcome = |word: &String| Outcome::from_word(word).map_or(u8::MAX, Outcome::number);
    let direction = |word: &String| Direction::from_word(word).map_or(u8::MAX, Direction::number);
    let numbers: [(&str, Vec<u8>); 2] = [
        ("outcome", selection.outcomes.iter().map(outcome).collect()),
        ("direction", selection.directions.iter().map(direction).collect()),
    ];
    for (column, numbers) in numbers {
        if !numbers.is_empty() {
            parts.push(format!("{column} IN ({})", placeholders(numbers.len())));
            values.extend(numbers.into_iter().map(|number| Box::new(number) as Box<dyn ToSql>));
        }
    }
    if !selection.ids.is_empty() {
        parts.push(format!("call.id IN ({})", placeholders(selection.ids.len())));
        values.extend(selection.ids.iter().map(|id| Box::new(id.0.cast_signed()) as Box<dyn ToSql>));
    }
    if selection.live {
        parts.push("live = 1".to_owned());
    }
    (parts.join(" AND "), values)
}

/// The selection as a condition on half-hours, if it is one of time alone, from one half-hour to another.
fn whole_half_hours(selection: &CallSelection) -> Option<(String, Vec<Box<dyn ToSql>>)> {
    let CallSelection { from_local, to_local, .. } = *selection;
    let only_time = CallSelection { from_local, to_local, ..CallSelection::default() } == *selection;
    let whole = |edge: Option<i64>| edge.is_none_or(|edge| edge.rem_euclid(1800) == 0);
    (only_time && whole(from_local) && whole(to_local)).then(|| {
        let slot = |edge: Option<i64>, otherwise: i64| edge.map_or(otherwise, |edge| edge.div_euclid(1800));
        let values: Vec<Box<dyn ToSql>> =
            vec![Box::new(slot(from_local, i64::MIN)), Box::new(slot(to_local, i64::MAX))];
        ("slot >= ? AND slot < ?".to_owned(), values)
    })
}

fn placeholders(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// SQLite's `total()` is a float; counts and seconds are whole and far below 2^53.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, far below 2^53")]
fn whole(total: f64) -> u64 {
    total as u64
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
