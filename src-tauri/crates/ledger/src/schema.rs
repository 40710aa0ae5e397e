//! The tables and their versions. A version is never edited once released; a new one is added to [`VERSIONS`].

use rusqlite::Connection;

use crate::Result;

/// Marks the file as a ledger: "RING" in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x5249_4e47;

/// The version this program writes: as many as there are [`VERSIONS`].
pub const SCHEMA_VERSION: i64 = 4;

/// Each entry takes a ledger from the version before to the next.
const VERSIONS: &[&str] = &[
    concat!(
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;",
        include_str!("source.sql"),
        include_str!("spool.sql"),
        include_str!("line.sql"),
        include_str!("record.sql"),
        include_str!("call_1.sql"),
        include_str!("tally.sql"),
    ),
    concat!(
        include_str!("version_2.sql"),
        include_str!("call_2.sql"),
        include_str!("number_2.sql"),
        include_str!("half_hour.sql"),
        include_str!("batch.sql"),
        include_str!("settings.sql"),
    ),
    concat!(
        include_str!("version_3.sql"),
        include_str!("call.sql"),
        include_str!("part.sql"),
        include_str!("term.sql"),
        include_str!("number.sql"),
        include_str!("note.sql"),
        include_str!("tag.sql"),
        include_str!("outcome_code.sql"),
        include_str!("closed_call.sql"),
        include_str!("contact.sql"),
        include_str!("directory.sql"),
        include_str!("saved_view.sql"),
        include_str!("ring_back.sql"),
    ),
    concat!(
        include_str!("version_4.sql"),
        include_str!("recording_folder.sql"),
        include_str!("recording_filter.sql"),
        include_str!("name_template.sql"),
        include_str!("recording_choice.sql"),
        include_str!("listening.sql"),
        include_str!("recording.sql"),
    ),
];

pub(crate) fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Brings the ledger to [`SCHEMA_VERSION`] in one transaction: all steps or none.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Read under the lock: another program may have migrated in the meantime.
    let found = usize::try_from(version(&transaction)?).unwrap_or(usize::MAX);
    for step in VERSIONS.iter().skip(found) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_number_of_steps() {
        assert_eq!(usize::try_from(SCHEMA_VERSION).unwrap(), VERSIONS.len());
    }
}
