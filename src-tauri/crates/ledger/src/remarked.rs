//! Calls that something was put to: sets that a list of calls is narrowed to.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
};

use calls::CallId;
use rusqlite::{Params, params, params_from_iter};

use crate::{CallSelection, Ledger, Result, column::Column, outcome_code::LAST, scan::Way};

impl Ledger {
    /// Calls with a note.
    pub fn calls_noted(&self) -> Result<Vec<CallId>> {
        self.call_ids("SELECT DISTINCT call FROM note WHERE deleted_at IS NULL ORDER BY call", [])
    }

    /// Calls with this tag.
    pub fn calls_tagged(&self, tag: &str) -> Result<Vec<CallId>> {
        self.call_ids("SELECT call FROM tag WHERE folded = ? ORDER BY call", [tag.trim().to_lowercase()])
    }

    /// Calls with a note or tag that has this piece of text.
    pub fn calls_remarked(&self, text: &str) -> Result<Vec<CallId>> {
        let sql = "SELECT call FROM note WHERE deleted_at IS NULL AND instr(folded, ?1) > 0
             UNION SELECT call FROM tag WHERE instr(folded, ?1) > 0 ORDER BY call";
        self.call_ids(sql, [text.trim().to_lowercase()])
    }

    /// Calls of which people said that one of these came.
    pub fn calls_given(&self, codes: &[String]) -> Result<Vec<CallId>> {
        let places = vec!["?"; codes.len()].join(", ");
        let sql = format!("SELECT call FROM given_outcome WHERE code IN ({places}) AND {LAST} ORDER BY call");
        self.call_ids(&sql, params_from_iter(codes))
    }

    /// Calls of which people said anything: what the exchange said does not hold for these.
    pub fn calls_given_any(&self) -> Result<Vec<CallId>> {
        let sql = format!("SELECT call FROM given_outcome WHERE code IS NOT NULL AND {LAST} ORDER BY call");
        self.call_ids(&sql, params![])
    }

    /// How many calls of lists have each code, by what people say or, where none says anything, the exchange.
    pub fn outcome_code_counts(&self) -> Result<BTreeMap<String, u32>> {
        self.at_one_moment(|ledger| {
            let mut counts = ledger.given_counts()?;
            let mut by_exchange = ledger.sieve(&CallSelection::default())?;
            by_exchange.only_coded_by_exchange(ledger.calls_given_any()?);
            let mut of_codes: HashMap<u32, u32> = HashMap::new();
            ledger.each_match(&by_exchange, &[Column::OutcomeCode], Way::OldestFirst, |part, kept| {
                for (code, kept) in part.values(Column::OutcomeCode)?.iter().zip(kept) {
                    if *kept {
                        *of_codes.entry(code).or_default() += 1;
                    }
                }
                Ok(ControlFlow::Continue(()))
            })?;
            for (code, calls) in of_codes {
                *counts.entry(ledger.exchange_code(code)?).or_default() += calls;
            }
            Ok(counts)
        })
    }

    fn given_counts(&self) -> Result<BTreeMap<String, u32>> {
        let sql = format!(
            "SELECT code, count(*) FROM given_outcome WHERE code IS NOT NULL AND {LAST}
             AND EXISTS (SELECT 1 FROM call WHERE call.id = given_outcome.call AND call.same_as IS NULL)
             GROUP BY code"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn call_ids(&self, sql: &str, values: impl Params) -> Result<Vec<CallId>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(values, |row| row.get::<_, i64>(0))?;
        rows.map(|id| Ok(CallId(id?.cast_unsigned()))).collect()
    }
}
