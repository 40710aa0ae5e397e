//! The tables and their versions. A version is never edited once released; a new one is added to [`VERSIONS`].

use rusqlite::Connection;

use crate::Result;

/// Marks the file as a ledger: "RING" in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x5249_4e47;

/// The version this program writes: as many as there are [`VERSIONS`].
pub const SCHEMA_VERSION: i64 = 8;

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
    concat!(
        include_str!("version_5.sql"),
        include_str!("recording_hold.sql"),
        include_str!("retention_rule.sql"),
        include_str!("recording_deletion.sql"),
        include_str!("recorded_call.sql"),
        include_str!("recording_marker.sql"),
    ),
    concat!(
        include_str!("version_6.sql"),
        include_str!("recorded_column.sql"),
        include_str!("recording_begun.sql"),
        include_str!("saved_report.sql"),
    ),
    concat!(include_str!("version_7.sql"), include_str!("interrupted.sql"), include_str!("call_sum.sql")),
    concat!(include_str!("month_sum.sql"), include_str!("version_8.sql")),
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

    /// A ledger as a program of an older version left it.
    fn of_version(version: usize) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        for step in &VERSIONS[..version] {
            connection.execute_batch(step).unwrap();
        }
        connection.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
        connection
    }

    #[test]
    fn every_version_becomes_the_present_one() {
        let tables = |connection: &Connection| -> Vec<String> {
            let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY sql";
            let mut statement = connection.prepare(sql).unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        let mut new = Connection::open_in_memory().unwrap();
        migrate(&mut new).unwrap();
        for version in 1..=VERSIONS.len() {
            let mut old = of_version(version);
            migrate(&mut old).unwrap();
            assert_eq!(tables(&old), tables(&new), "from version {version}");
            assert_eq!(super::version(&old).unwrap(), SCHEMA_VERSION);
        }
    }

    #[test]
    fn what_people_said_of_recordings_goes_along_from_version_4() {
        let mut old = of_version(4);
        old.execute_batch(
            "INSERT INTO recording_folder (id, path) VALUES (1, '/monitor');
             INSERT INTO recording (id, folder, path, size, modified, state, verdict)
                 VALUES (1, 1, X'61', 9, 9, 0, 1), (2, 1, X'62', 9, 9, 5, 1), (3, 1, X'63', 9, 9, 0, 2);
             INSERT INTO recording_match VALUES (1, 71, 1, NULL), (2, 72, 1, NULL), (3, 73, 1, NULL);
             INSERT INTO recording_choice (folder, path, call, author, chosen_at) VALUES (1, X'61', 71, 'anna', 1);
             INSERT INTO listening (author, at, kind, file, result) VALUES ('anna', 1, 1, 'a', 'done');",
        )
        .unwrap();
        migrate(&mut old).unwrap();
        let one = |sql: &str| old.query_row(sql, [], |row| row.get::<_, Option<i64>>(0)).unwrap();
        assert_eq!(
            one("SELECT group_concat(call) + 0 FROM recorded_call"),
            Some(71),
            "found and beyond doubt"
        );
        assert_eq!(one("SELECT count(*) FROM recording_choice"), Some(1));
        assert_eq!(one("SELECT count(*) FROM listening"), Some(1));
        assert_eq!(one("SELECT law FROM recording_folder"), None);
        assert_eq!(
            one("SELECT count(*) FROM retention_rule"),
            Some(0),
            "nothing is deleted unless somebody says so"
        );
    }
}
