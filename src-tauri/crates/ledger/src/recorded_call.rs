//! Which calls have a recording: what lists of calls are narrowed to.

use calls::CallId;

use crate::{CallSelection, Ledger, Result, many};

impl Ledger {
    /// Calls with a recording that start in the time of a selection, ascending. What else it asks for does not count.
    pub(crate) fn calls_recorded(&self, selection: &CallSelection) -> Result<Vec<CallId>> {
        let first = selection.from_local.map_or(0, |from| CallId::first_of(from).0.cast_signed());
        let last =
            selection.to_local.map_or(i64::MAX, |to| CallId::last_of(to.saturating_sub(1)).0.cast_signed());
        let sql = "SELECT call FROM recorded_call WHERE call BETWEEN ? AND ? ORDER BY call";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([first, last], |row| row.get::<_, i64>(0))?;
        rows.map(|call| Ok(CallId(call?.cast_unsigned()))).collect()
    }

    /// Of some calls those with a recording, in no order.
    pub fn recorded_among(&self, calls: &[CallId]) -> Result<Vec<CallId>> {
        let sql = "SELECT call FROM recorded_call WHERE call IN (CALLS)";
        Ok(many::of_calls(self, sql, calls, |_| Ok(()))?.into_iter().map(|(call, ())| call).collect())
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
                let kept: Vec<i64> = ledger
                    .calls_recorded(&CallSelection::default())
                    .unwrap()
                    .into_iter()
                    .map(|call| call.0.cast_signed())
                    .collect();
                prop_assert_eq!(kept, looked, "{:?}", deed);
            }
        }
    }

    #[test]
    fn only_those_of_the_time() {
        let folder = TempDir::new().unwrap();
        let ledger = Ledger::open(&folder.path().join("l")).unwrap();
        for number in 0..4 {
            apply(&ledger, &Deed::Add(number, 0));
            apply(&ledger, &Deed::Verdict(number, true, vec![number]));
        }
        let found = ledger.calls_recorded(&CallSelection::of_time(1_001, 1_003)).unwrap();
        assert_eq!(found, [call(1), call(2)]);
    }
}
