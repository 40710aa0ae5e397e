//! What each extension did in the calls under a filter: from the same calls as the list, so that both agree.

use std::collections::HashMap;

use ledger::{DirectoryEntry, Ledger};

use crate::{
    App, AppError, call_selection, days,
    totals::{narrow, totals},
    views::{CallFilter, ExtensionRow, PeopleView},
};

impl App {
    /// Who answered most stands first.
    pub fn people(&self, filter: &CallFilter) -> Result<PeopleView, AppError> {
        self.spell_contacts()?;
        self.read(|ledger| {
            ledger.at_one_moment(|ledger| {
                let selection = call_selection::selection(ledger, filter)?;
                let parties = ledger.parties(&selection)?;
                // People may have moved: the directory of the last moment that is looked at.
                let at = match selection.to_local {
                    Some(end) => end - 1,
                    None => days::end_of(days::today(ledger)?) - 1,
                };
                let holders = holders(ledger, at)?;
                let rows = parties.into_iter().map(|party| {
                    let holder = holders.get(&party.extension);
                    let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
                    ExtensionRow {
                        person: holder.and_then(|holder| filled(&holder.person)),
                        department: holder.and_then(|holder| filled(&holder.department)),
                        extension: party.extension,
                        rung: party.rung,
                        answered: party.answered,
                        first_answerer: party.answered_first,
                        transferred: party.transferred,
                        missed_alone: party.missed_alone,
                        made: party.made,
                        talk_seconds: narrow(party.talk_seconds),
                    }
                });
                Ok(PeopleView { rows: rows.collect(), totals: totals(ledger, &selection)? })
            })
        })
    }
}

/// Who has each extension at a moment (wall-clock seconds).
fn holders(ledger: &Ledger, at: i64) -> Result<HashMap<String, DirectoryEntry>, AppError> {
    let entries = ledger.directory()?.into_iter().filter(|entry| entry.holds_at(at));
    Ok(entries.map(|entry| (entry.extension.clone(), entry)).collect())
}
