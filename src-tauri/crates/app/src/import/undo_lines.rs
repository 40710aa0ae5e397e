//! Taking back an import of an exchange's lines, which lie in the spool beside those of the wires.

use chrono::Utc;
use ledger::Batch;

use crate::{App, AppError, intake};

/// Records taken away in one transaction.
const RECORDS_A_SLICE: u32 = 500;

impl App {
    pub(super) fn take_lines_back(&self, batch: &Batch) -> Result<(), AppError> {
        let source = batch.source;
        // The calls are told again without these records.
        while self.take_in(move |ledger, intake| {
            ledger.transaction(|ledger| intake.take_records_away(ledger, source, RECORDS_A_SLICE, Utc::now()))
        })? {}
        let others_knew = self.take_in(move |ledger, intake| {
            intake.forget();
            ledger.transaction(|ledger| {
                ledger.delete_stream(source)?;
                Ok::<_, AppError>(ledger.known_lines()? > 0)
            })
        })?;
        self.forget_numbers()?;
        if others_knew {
            // Lines that came over a wire, too, or in another file, and were known because this one had them:
            // which they are is only seen by reading them again.
            self.take_in(|ledger, intake| {
                intake::rederive(ledger, false, Utc::now(), |_, _| true)?;
                intake.forget();
                Ok(())
            })?;
        }
        Ok(())
    }
}
