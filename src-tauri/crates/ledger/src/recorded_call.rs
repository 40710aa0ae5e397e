//! Which calls have a recording: what lists of calls are narrowed to.
//!
//! Recordings are found for calls that have long been in their parts. So triggers keep `recorded_call`, and the column
//! of a part follows at the end of the transaction.

use std::ops::ControlFlow;

use calls::CallId;
use rusqlite::params;

use crate::{
    Ledger, Result,
    column::{Column, WINDOW_SLOTS},
    many,
    scan::Way,
    values::pack,
};

impl Ledger {
    /// Of some calls (ascending) those with a recording, ascending.
    pub(crate) fn recorded_of(&self, calls: &[CallId]) -> Result<Vec<CallId>> {
        let (Some(first), Some(last)) = (calls.first(), calls.last()) else { return Ok(Vec::new()) };
        // A range and not each by itself: mostly there is nothing at all in it.
        let sql = "SELECT call FROM recorded_call WHERE call BETWEEN ? AND ? ORDER BY call";
        let mut statement = self.connection.prepare_cached(sql)?;
        let range = [first, last].map(|call| call.0.cast_signed());
        let mut recorded = Vec::new();
        let mut rows = statement.query(range)?;
        while let Some(row) = rows.next()? {
            let call = CallId(row.get::<_, i64>(0)?.cast_unsigned());
            if calls.binary_search(&call).is_ok() {
                recorded.push(call);
            }
        }
        Ok(recorded)
    }

    /// Of some calls those with a recording, in no order.
    pub fn recorded_among(&self, calls: &[CallId]) -> Result<Vec<CallId>> {
        let sql = "SELECT call FROM recorded_call WHERE call IN (CALLS)";
        Ok(many::of_calls(self, sql, calls, |_| Ok(()))?.into_iter().map(|(call, ())| call).collect())
    }

    /// Writes [`Column::Recorded`] of parts in which a call got or lost a recording in this transaction.
    pub(crate) fn write_recorded(&self) -> Result<()> {
        let mut slots = self.connection.prepare_cached("SELECT slot FROM recorded_since ORDER BY slot")?;
        let slots: Vec<i64> = slots.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        if slots.is_empty() {
            return Ok(());
        }
        // A part is the quarter-hour or the window that it lies in.
        let mut parts: Vec<i64> =
            slots.into_iter().flat_map(|slot| [slot, slot - slot.rem_euclid(WINDOW_SLOTS)]).collect();
        parts.sort_unstable();
        parts.dedup();
        let sql = "INSERT OR REPLACE INTO call_column (id, body) VALUES (?, ?)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for number in parts {
            let Some(calls) = self.ids_of_part(number)? else { continue };
            let recorded = self.recorded_of(&calls)?;
            let values: Vec<u32> =
                calls.iter().map(|call| recorded.binary_search(call).is_ok().into()).collect();
            insert.execute(params![Column::Recorded.key(number), pack(&values)])?;
        }
        self.connection.execute("DELETE FROM recorded_since", [])?;
        Ok(())
    }

    /// The calls of a part, ascending, if there is such a part.
    fn ids_of_part(&self, number: i64) -> Result<Option<Vec<CallId>>> {
        let mut ids = None;
        let columns = [Column::Start, Column::Hash];
        let _all = self.each_part(&columns, (number, number), Way::OldestFirst, |part| {
            ids = Some((0..part.calls).map(|place| part.id(place)).collect::<Result<_>>()?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;
    use crate::{RecordingMatch, RecordingSeen, RecordingState, RecordingVerdict};

    const STATES: [RecordingState; 4] = [
        RecordingState::Found,
        RecordingState::TooNew,
        RecordingState::HeaderOnly,
        RecordingState::Unreadable,
    ];

    #[derive(Debug, Clone)]
    enum Deed {
        Add(u8, usize),
        Change(u8, usize),
        Gone(u8),
        Verdict(u8, bool, Vec<u8>),
        Move(u8, u8),
        Rename(u8, u8),
        RemoveFolder,
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let file = || 0..5_u8;
        prop_oneof![
            3 => (file(), 0..4_usize).prop_map(|(file, state)| Deed::Add(file, state)),
            2 => (file(), 0..4_usize).prop_map(|(file, state)| Deed::Change(file, state)),
            2 => file().prop_map(Deed::Gone),
            6 => (file(), any::<bool>(), prop::collection::vec(0..4_u8, 0..3))
                .prop_map(|(file, sure, calls)| Deed::Verdict(file, sure, calls)),
            2 => (0..4_u8, 0..4_u8).prop_map(|(old, new)| Deed::Move(old, new)),
            1 => (file(), file()).prop_map(|(one, other)| Deed::Rename(one, other)),
            1 => Just(Deed::RemoveFolder),
        ]
    }

    fn seen(state: usize) -> RecordingSeen {
        RecordingSeen {
            size: 100,
            modified: 0,
            state: STATES[state],
            why: None,
            cipher: Some(0),
            sound_milliseconds: None,
            channels: None,
        }
    }

    fn call(number: u8) -> CallId {
        CallId::new(1_000 + i64::from(number), number.into())
    }

    fn apply(ledger: &Ledger, deed: &Deed) {
        let id = |file: &u8| ledger.recording_at(1, &[*file]).unwrap().map(|entry| entry.id);
        match deed {
            Deed::Add(file, state) => ledger.add_recording(1, &[*file], &seen(*state)).unwrap(),
            Deed::Change(file, state) => {
                if let Some(id) = id(file) {
                    ledger.change_recording(id, &seen(*state)).unwrap();
                }
            }
            Deed::Gone(file) => {
                if let Some(id) = id(file) {
                    ledger.recording_is_gone(id).unwrap();
                }
            }
            Deed::Verdict(file, sure, calls) => {
                let verdict = if *sure { RecordingVerdict::Matched } else { RecordingVerdict::Ambiguous };
                let matches: Vec<RecordingMatch> = calls
                    .iter()
                    .map(|number| RecordingMatch { call: call(*number), evidence: 1, after_start: None })
                    .collect();
                if let Some(id) = id(file) {
                    ledger.set_recording_verdict(id, verdict, &matches).unwrap();
                }
            }
            Deed::Move(old, new) => ledger.move_remarks(call(*old), call(*new)).unwrap(),
            Deed::Rename(one, other) => {
                if let Some(id) = id(one) {
                    ledger.rename_recording(id, 1, &[*other], &seen(0)).unwrap();
                }
            }
            Deed::RemoveFolder => {
                ledger.remove_recording_folder(1, 0).unwrap();
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_is_what_a_look_at_every_recording_says(deeds in prop::collection::vec(deed(), 1..40)) {
            let folder = TempDir::new().unwrap();
            let ledger = Ledger::open(&folder.path().join("l")).unwrap();
            for deed in &deeds {
                apply(&ledger, deed);
                let looked: Vec<i64> = ledger
                    .connection
                    .prepare(
                        "SELECT DISTINCT call FROM recording_match JOIN recording ON id = recording
                         WHERE verdict = 1 AND state IN (0, 1, 4) ORDER BY call",
                    )
                    .unwrap()
                    .query_map([], |row| row.get(0))
                    .unwrap()
                    .collect::<Result<_, _>>()
                    .unwrap();
                let sql = "SELECT call FROM recorded_call ORDER BY call";
                let kept: Vec<i64> = ledger
                    .connection
                    .prepare(sql)
                    .unwrap()
                    .query_map([], |row| row.get(0))
                    .unwrap()
                    .collect::<Result<_, _>>()
                    .unwrap();
                prop_assert_eq!(kept, looked, "{:?}", deed);
            }
        }
    }
}
