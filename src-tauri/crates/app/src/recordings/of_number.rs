//! All recordings of the calls of a number: what somebody may ask to be given, or to have deleted.

use ledger::{CallOrder, CallSelection, MatchBy, OrderBy, PartyMatch, Position};

use super::{AT_ONCE, list::Rows, narrow};
use crate::{App, AppError, views::NumberRecordings};

impl App {
    /// The recordings of all calls of a number, name or extension, however it is printed; each once, in the order of the
    /// calls. Those that are gone are left out.
    pub fn recordings_of_number(&self, number: &str) -> Result<NumberRecordings, AppError> {
        let number = number.trim();
        if number.is_empty() {
            return Err(AppError::Incomplete("Say whose recordings are meant."));
        }
        let party = PartyMatch { by: MatchBy::Whole, text: number.to_owned() };
        let all = CallSelection { parties: vec![party], ..CallSelection::default() };
        let recorded = CallSelection { recorded: Some(true), ..all.clone() };
        let order = CallOrder { by: OrderBy::Start, descending: false };
        self.read(|ledger| {
            let mut found = NumberRecordings {
                number: number.to_owned(),
                calls: ledger.count_calls(&all)?,
                bytes: 0,
                locked: 0,
                rows: Vec::new(),
            };
            let mut rows = Rows::new(ledger)?;
            let mut from = Position::Offset(0);
            loop {
                let page = ledger.calls(&recorded, order, from, AT_ONCE)?;
                let Some(last) = page.last() else { return Ok(found) };
                from = Position::After(last.id);
                for call in &page {
                    for entry in ledger.recordings_of(call.id)? {
                        let is_gone = entry.seen.state == ledger::RecordingState::Gone;
                        if is_gone || found.rows.iter().any(|row| row.id == narrow(entry.id)) {
                            continue;
                        }
                        let row = rows.row(ledger, &entry)?;
                        found.bytes += row.size_bytes;
                        found.locked += u32::from(row.lock.code == "closed" || row.lock.code == "broken");
                        found.rows.push(row);
                    }
                }
            }
        })
    }
}
