//! What extensions did in the calls of a selection.

use std::ops::ControlFlow;

use calls::Direction;

use crate::{CallSelection, Ledger, PartyRole, Result, column::Column, part::damaged, scan::Way};

/// What one extension did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartyCount {
    pub extension: String,
    /// Calls in which they talked, but for those that they made.
    pub answered: u32,
    /// Of these, calls that they answered before anybody else of ours.
    pub answered_first: u32,
    /// Calls in which they were tried.
    pub rung: u32,
    /// Calls that they handed on.
    pub transferred: u32,
    /// Calls that nobody answered and in which nobody else was rung.
    pub missed_alone: u32,
    /// Calls that they made.
    pub made: u32,
    pub talk_seconds: u64,
}

impl Ledger {
    /// Who was tried and who answered in inbound calls, most answered first. Somebody a call was passed on to
    /// was tried, too, whether or not the exchange printed that it rang.
    pub fn people(&self, selection: &CallSelection) -> Result<Vec<PartyCount>> {
        let mut inbound = selection.clone();
        let word = Direction::Inbound.as_str();
        if !inbound.directions.is_empty() && !inbound.directions.iter().any(|direction| direction == word) {
            return Ok(Vec::new());
        }
        inbound.directions = vec![word.to_owned()];
        self.parties(&inbound)
    }

    /// What extensions did in all calls of a selection, most answered first.
    pub fn parties(&self, selection: &CallSelection) -> Result<Vec<PartyCount>> {
        let sieve = self.sieve(selection)?;
        // By the number of the extension's text.
        let mut sums: Vec<Option<PartyCount>> = Vec::new();
        let columns = [Column::Parties, Column::PartyExtension, Column::PartyDid, Column::PartyTalk];
        self.each_match(&sieve, &columns, Way::OldestFirst, |part, kept| {
            let [counts, extensions, did, talks] = columns.map(|column| part.values(column));
            let (counts, extensions, did, talks) =
                (counts?.to_vec(), extensions?.to_vec(), did?.to_vec(), talks?.to_vec());
            if did.len() != extensions.len() || talks.len() != extensions.len() {
                return Err(damaged(part.number));
            }
            let mut first = 0;
            for (place, kept) in kept.iter().enumerate() {
                let parties = first..extensions.len().min(first + counts[place] as usize);
                first = parties.end;
                for party in parties.filter(|_| *kept) {
                    let extension = extensions[party] as usize;
                    if sums.len() <= extension {
                        sums.resize(extension + 1, None);
                    }
                    let did = did[party];
                    let one_if = |role: PartyRole| u32::from(role.is_in(did));
                    let sum = sums[extension].get_or_insert_default();
                    sum.answered += one_if(PartyRole::Answered);
                    sum.answered_first += one_if(PartyRole::AnsweredFirst);
                    sum.rung += one_if(PartyRole::Rung);
                    sum.transferred += one_if(PartyRole::Transferred);
                    sum.missed_alone += one_if(PartyRole::MissedAlone);
                    sum.made += one_if(PartyRole::Made);
                    sum.talk_seconds += u64::from(talks[party]);
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let mut people = Vec::new();
        for (id, sum) in (0..).zip(sums) {
            if let Some(sum) = sum {
                people.push(PartyCount { extension: self.term_text(id)?, ..sum });
            }
        }
        people.sort_by(|one, other| {
            let most = |party: &PartyCount| (party.answered, party.talk_seconds);
            most(other).cmp(&most(one)).then_with(|| one.extension.cmp(&other.extension))
        });
        Ok(people)
    }
}
