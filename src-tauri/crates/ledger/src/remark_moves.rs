//! What people put to a call goes with it when it is told under another id.

use calls::CallId;

use crate::{Ledger, Result};

impl Ledger {
    /// Moves everything that people put to the call `old` to the call `new`, which may have something already: notes
    /// and tags are put together, of outcomes the one given last holds, and a closing that is there stays. Its
    /// recordings go along, those that people chose and those that were found, and so does what is known of deleted ones.
    pub fn move_remarks(&self, old: CallId, new: CallId) -> Result<()> {
        if old == new {
            return Ok(());
        }
        let ids = [old.0.cast_signed(), new.0.cast_signed()];
        for table in [
            "note",
            "given_outcome",
            "tag",
            "closed_call",
            "recording_choice",
            "recording_match",
            "deleted_recording_call",
        ] {
            let sql = format!("UPDATE OR IGNORE {table} SET call = ?2 WHERE call = ?1");
            self.connection.prepare_cached(&sql)?.execute(ids)?;
        }
        // What the other call has as well.
        for table in ["tag", "closed_call", "recording_match", "deleted_recording_call"] {
            let sql = format!("DELETE FROM {table} WHERE call = ?");
            self.connection.prepare_cached(&sql)?.execute([ids[0]])?;
        }
        Ok(())
    }
}
