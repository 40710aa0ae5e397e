//! The one spelling of contacts' numbers, by which calls find them however their numbers are printed.

use ledger::{ContactEntry, Ledger};
use numbering::Plan;

use crate::{App, AppError, numbers};

/// Contacts looked at in one go.
const A_PAGE: u32 = 1000;

impl App {
    /// Spells the numbers of all contacts anew when the dial rules are others than those they were spelled by: rules were
    /// changed, or the first line of an exchange told in which country it stands.
    pub(crate) fn spell_contacts(&self) -> Result<(), AppError> {
        let stale = self.read(|ledger| {
            let none = ledger.contacts_after(0, 1)?.is_empty();
            Ok(!none && ledger.contacts_spelled_by()? != Some(rules(ledger)?))
        })?;
        if stale {
            self.write(|ledger| ledger.transaction(spell_all))?;
        }
        Ok(())
    }
}

/// Spells the numbers of one contact, which was changed.
pub(super) fn spell(ledger: &Ledger, contact: &ContactEntry) -> Result<(), AppError> {
    spell_by(ledger, &plans(ledger)?, contact)
}

pub(super) fn spell_all(ledger: &Ledger) -> Result<(), AppError> {
    let plans = plans(ledger)?;
    let mut after = 0;
    loop {
        let page = ledger.contacts_after(after, A_PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for contact in &page {
            spell_by(ledger, &plans, contact)?;
        }
    }
    Ok(ledger.set_contacts_spelled_by(&rules(ledger)?)?)
}

/// The dial rules of every exchange, ready to read what people write: numbers as a caller's are printed, without
/// a digit for an outside line.
pub(super) fn plans(ledger: &Ledger) -> Result<Vec<(u32, Plan)>, AppError> {
    let exchanges = ledger.exchanges()?;
    exchanges.into_iter().map(|exchange| Ok((exchange, numbers::plan(ledger, exchange)?))).collect()
}

pub(super) fn normals(plans: &[(u32, Plan)], number: &str) -> Vec<(u32, String)> {
    plans.iter().map(|(exchange, plan)| (*exchange, numbers::classed(plan, number, false).normal)).collect()
}

fn spell_by(ledger: &Ledger, plans: &[(u32, Plan)], contact: &ContactEntry) -> Result<(), AppError> {
    let all: Vec<(u32, String)> = contact.numbers.iter().flat_map(|number| normals(plans, number)).collect();
    Ok(ledger.set_contact_normals(contact.id, &all)?)
}

/// All rules as one text, to tell whether they are the same.
fn rules(ledger: &Ledger) -> Result<String, AppError> {
    let mut rules = Vec::new();
    for exchange in ledger.exchanges()? {
        rules.push((exchange, numbers::site_rules(ledger, exchange)?));
    }
    serde_json::to_string(&rules).map_err(|error| AppError::Rules(error.to_string()))
}
