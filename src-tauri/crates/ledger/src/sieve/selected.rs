//! A selection in the terms of the columns: its words looked up.

use calls::{CallId, Direction, Outcome};

use super::{Sieve, Test};
use crate::{
    Between, CallSelection, Ledger, MatchBy, PartyMatch, Result,
    column::{Column, Shown},
    term::Term,
    values::{NumberSet, Wanted},
};

impl Ledger {
    pub(crate) fn sieve(&self, selection: &CallSelection) -> Result<Sieve> {
        let mut sieve = Sieve {
            from: selection.from_local,
            to: selection.to_local,
            weekdays: selection.weekdays.clone(),
            ids: ids(selection),
            ..Sieve::default()
        };
        let minutes = |(from, to): &(u32, u32)| (i64::from(*from) * 60, i64::from(*to) * 60 - 1);
        sieve.times = selection.minutes_of_day.iter().map(minutes).collect();
        // The cheapest and narrowest first.
        if selection.live {
            sieve.add([(Column::Live, Wanted::Between(1, 1))]);
        }
        // A word that is none selects nothing.
        let outcome = |word: &String| Outcome::from_word(word).map(|outcome| outcome.number().into());
        let direction = |word: &String| Direction::from_word(word).map(|direction| direction.number().into());
        if !selection.outcomes.is_empty() {
            sieve.add([(Column::Outcome, Wanted::any(selection.outcomes.iter().filter_map(outcome)))]);
        }
        if !selection.directions.is_empty() {
            sieve.add([(Column::Direction, Wanted::any(selection.directions.iter().filter_map(direction)))]);
        }
        if let Some(recorded) = selection.recorded {
            sieve.add([(Column::Recorded, Wanted::Between(recorded.into(), recorded.into()))]);
        }
        for (column, bounds) in [
            (Column::Ring, selection.ring),
            (Column::Wait, selection.wait),
            (Column::Talk, selection.talk),
            (Column::Billed, selection.billed),
            (Column::Total, selection.total),
        ] {
            if bounds.is_bounded() {
                sieve.add([(column, kept_between(bounds))]);
            }
        }
        if selection.transfers.is_bounded() {
            let Between { at_least, at_most } = selection.transfers;
            let wanted = Wanted::Between(at_least.unwrap_or(0), at_most.unwrap_or(u32::MAX));
            sieve.add([(Column::Transfers, wanted)]);
        }
        for (column, words) in [
            (Column::Trunk, &selection.trunks),
            (Column::Did, &selection.dids),
            (Column::Queue, &selection.queues),
            (Column::AccountCode, &selection.account_codes),
        ] {
            if !words.is_empty() {
                sieve.add([(column, Wanted::any(self.terms(words)?))]);
            }
        }
        if !selection.outcome_codes.is_empty() {
            let any =
                vec![(Column::OutcomeCode, Wanted::any(self.exchange_codes(&selection.outcome_codes)?))];
            let or_of = self.calls_given(&selection.outcome_codes)?;
            sieve.push(Test { any, or_of, except: self.calls_given_any()?, ..Test::default() });
        }
        if !selection.extensions.is_empty() {
            let extensions = Wanted::any(self.terms(&selection.extensions)?);
            let any = vec![(Column::PartyExtension, extensions)];
            sieve.push(Test { any, role: selection.role, ..Test::default() });
        }
        if !selection.answered_by.is_empty() {
            let terms = self.terms(&selection.answered_by)?;
            let mut numbers = Vec::new();
            for word in &selection.answered_by {
                // The other side of an outgoing call.
                numbers.extend(self.numbers_printed(word)?);
            }
            sieve.push(Test {
                any: vec![(
                    Column::AnsweredBy,
                    Wanted::any(terms.into_iter().map(|id| Shown::Term(id).kept())),
                )],
                or_shows: Some((Column::AnsweredBy, Wanted::any(numbers))),
                ..Test::default()
            });
        }
        if !selection.classes.is_empty() {
            sieve.add([(Column::Outside, Wanted::any_of(self.numbers_of_classes(&selection.classes)?))]);
        }
        if !selection.countries.is_empty() {
            sieve.add([(Column::Outside, Wanted::any_of(self.numbers_of_countries(&selection.countries)?))]);
        }
        if !selection.parties.is_empty() {
            self.add_parties(&mut sieve, &selection.parties)?;
        }
        if let Some(text) = selection.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            self.add_text(&mut sieve, text)?;
        }
        self.add_exactly(&mut sieve, &selection.exactly)?;
        Ok(sieve)
    }

    fn terms(&self, words: &[String]) -> Result<Vec<u32>> {
        let mut terms = Vec::with_capacity(words.len());
        for word in words {
            terms.extend(self.term(word)?);
        }
        Ok(terms)
    }

    fn add_parties(&self, sieve: &mut Sieve, parties: &[PartyMatch]) -> Result<()> {
        let mut numbers = NumberSet::default();
        let mut terms: Vec<Term> = Vec::new();
        let mut calls: Vec<CallId> = Vec::new();
        for party in parties {
            numbers.add(&self.numbers_with(party.by, &party.text)?);
            terms.extend(self.terms_with(party.by, &party.text)?);
            self.add_named(party.by, &party.text, &mut numbers, &mut terms, &mut calls)?;
        }
        sieve.add([
            (Column::Outside, Wanted::any_of(numbers)),
            (Column::Caller, shown_in(Column::Caller, &terms)),
            (Column::Called, shown_in(Column::Called, &terms)),
            (Column::PartyExtension, stands_in(Column::PartyExtension, &terms)),
        ]);
        sieve.or_of(calls);
        Ok(())
    }

    /// Adds what stands for people whose names the exchange did not print.
    fn add_named(
        &self,
        by: MatchBy,
        text: &str,
        numbers: &mut NumberSet,
        terms: &mut Vec<Term>,
        calls: &mut Vec<CallId>,
    ) -> Result<()> {
        let named = self.named(by, text)?;
        named.numbers.into_iter().for_each(|id| numbers.insert(id));
        for extension in named.extensions {
            terms.extend(self.term(&extension)?.map(Term::anywhere));
        }
        calls.extend(named.calls);
        Ok(())
    }

    fn add_text(&self, sieve: &mut Sieve, text: &str) -> Result<()> {
        let mut numbers = self.numbers_with(MatchBy::Piece, text)?;
        let mut terms = self.terms_with(MatchBy::Piece, text)?;
        // Or in what people wrote to the call.
        let mut calls = self.calls_remarked(text)?;
        self.add_named(MatchBy::Piece, text, &mut numbers, &mut terms, &mut calls)?;
        let shown = |column| (column, shown_in(column, &terms));
        let stands = |column| (column, stands_in(column, &terms));
        sieve.add([
            // Shown numbers are the outside party's, too.
            (Column::Outside, Wanted::any_of(numbers)),
            shown(Column::Caller),
            shown(Column::Called),
            shown(Column::AnsweredBy),
            stands(Column::Did),
            stands(Column::Queue),
            stands(Column::AccountCode),
            stands(Column::PartyExtension),
        ]);
        sieve.or_of(calls);
        Ok(())
    }
}

/// Calls asked for by name, ascending, each once.
fn ids(selection: &CallSelection) -> Option<Vec<CallId>> {
    let sorted = |ids: &[CallId]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let within = selection.within.as_deref().map(sorted);
    let ids = Some(selection.ids.as_slice()).filter(|ids| !ids.is_empty()).map(sorted);
    match (within, ids) {
        (Some(within), Some(ids)) => {
            Some(ids.into_iter().filter(|id| within.binary_search(id).is_ok()).collect())
        }
        (within, ids) => within.or(ids),
    }
}

fn stands_in(column: Column, terms: &[Term]) -> Wanted {
    Wanted::any(terms.iter().filter(|term| term.may_stand_in(column)).map(|term| term.id))
}

fn shown_in(column: Column, terms: &[Term]) -> Wanted {
    let there = terms.iter().filter(|term| term.may_stand_in(column));
    Wanted::any(there.map(|term| Shown::Term(term.id).kept()))
}

/// Known values between the bounds, as they are kept.
fn kept_between(bounds: Between) -> Wanted {
    let kept = |value: u32| value.saturating_add(1);
    Wanted::Between(bounds.at_least.map_or(1, kept), bounds.at_most.map_or(u32::MAX, kept))
}
