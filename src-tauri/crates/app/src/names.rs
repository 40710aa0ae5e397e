//! Names that the exchange did not print: of contacts by their numbers, of people by their extensions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use calls::{Call, Direction};
use ledger::{DirectoryEntry, Ledger, NamedNumber, PrintedNumber, SourceId};

use crate::{
    AppError, StoredCall,
    views::{CallRow, PartyView},
};

/// What is known of the parties of some calls: asked for all of them together.
#[derive(Debug, Default)]
pub(crate) struct Names {
    exchanges: BTreeMap<SourceId, u32>,
    numbers: HashMap<PrintedNumber, NamedNumber>,
    directory: Directory,
}

/// Who had which extension when.
#[derive(Debug, Default)]
pub(crate) struct Directory(HashMap<String, Vec<DirectoryEntry>>);

impl Names {
    pub fn of(ledger: &Ledger, calls: &[StoredCall]) -> Result<Self, AppError> {
        let mut names = Self::default();
        for source in calls.iter().map(|stored| stored.source).collect::<BTreeSet<_>>() {
            if let Some(about) = ledger.source(source)? {
                names.exchanges.insert(source, about.exchange);
            }
        }
        let mut asked: Vec<PrintedNumber> = calls.iter().filter_map(|stored| names.number(stored)).collect();
        asked.sort_unstable();
        asked.dedup();
        names.numbers = ledger.named_numbers(&asked)?;
        names.directory = Directory::of(ledger, calls.iter().flat_map(|stored| extensions(&stored.call)))?;
        Ok(names)
    }

    /// Fills in what a row shows of the parties and was not printed.
    pub fn complete(&self, stored: &StoredCall, row: &mut CallRow) {
        let call = &stored.call;
        let local = call.start.local();
        if let Some(number) = self.number(stored).and_then(|number| self.numbers.get(&number)) {
            row.class = Some(number.classed.class.clone());
            row.country.clone_from(&number.classed.country);
            let outside =
                if call.direction == Direction::Outbound { &mut row.called } else { &mut row.caller };
            look_up(outside, number.name.as_deref());
        }
        for party in [&mut row.caller, &mut row.called] {
            let person = party.extension.as_deref().and_then(|extension| self.directory.at(extension, local));
            look_up(party, person);
        }
        row.answered_by_name = row
            .answered_by
            .as_deref()
            .and_then(|extension| self.directory.at(extension, local))
            .map(str::to_owned);
    }

    /// The outside party's number of a call, as the ledger keeps it.
    fn number(&self, stored: &StoredCall) -> Option<PrintedNumber> {
        let outline = stored.call.outline(stored.live);
        let (printed, dialled) = ledger::outside_number(&outline)?;
        let exchange = *self.exchanges.get(&stored.source)?;
        Some(PrintedNumber { exchange, dialled, printed: printed.to_owned() })
    }
}

impl Directory {
    /// The entries of some extensions.
    pub fn of<'a>(ledger: &Ledger, extensions: impl Iterator<Item = &'a str>) -> Result<Self, AppError> {
        let asked: Vec<String> = extensions.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect();
        let mut entries: HashMap<String, Vec<DirectoryEntry>> = HashMap::new();
        for entry in ledger.directory_of(&asked)? {
            entries.entry(entry.extension.clone()).or_default().push(entry);
        }
        Ok(Self(entries))
    }

    /// Whose an extension was at a wall-clock second.
    pub fn at(&self, extension: &str, local: i64) -> Option<&str> {
        let entries = self.0.get(extension)?;
        entries.iter().find(|entry| entry.holds_at(local)).map(DirectoryEntry::shown)
    }
}

/// Extensions of ours that a call names.
pub(crate) fn extensions(call: &Call) -> impl Iterator<Item = &str> {
    let parties = [&call.caller, &call.called].into_iter().filter_map(|party| party.extension.as_deref());
    let others = call.talked.iter().chain(&call.rung).chain(&call.answered_by).map(String::as_str);
    parties.chain(others)
}

fn look_up(party: &mut PartyView, name: Option<&str>) {
    let unnamed = party.name.as_deref().is_none_or(|name| name.trim().is_empty());
    if let Some(name) = name.filter(|_| unnamed) {
        party.name = Some(name.to_owned());
        party.looked_up = true;
    }
}
