//! From the spool to calls: new chunks are cut into lines, lines read as records, records stitched.
//!
//! The spool is read strictly in order of arrival and nothing here asks the time, so reading it again from the
//! beginning gives the same ledger; [`rederive`] proves it.

mod rederive;
mod restitch;
mod stream;

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use calls::CallId;
use chrono::{DateTime, TimeDelta, Utc};
use ledger::{Ledger, LedgerError, SourceId};

pub(crate) use rederive::follow_rules;
pub use rederive::{Rederived, rederive};
use restitch::restitch;
use stream::Stream;

use crate::{
    AppError,
    import::{SameCalls, TABLE, tell_rows_again},
    numbers::Numbers,
};

/// Which rules made the derived part. Raised whenever a rule, a layout or the framing changes what comes of a
/// line; a ledger made by other rules is derived anew when it is opened for collecting.
pub const RULES: &str = "4";

/// Chunks looked at in one transaction: bounds how long a live line waits to be committed (some 20 ms).
const CHUNKS_AT_ONCE: usize = 256;

/// Bytes that arrived so recently may not be in the spool yet; silence is judged as of before.
const IN_FLIGHT: TimeDelta = TimeDelta::seconds(1);

/// Reads the spool on. Holds the unfinished line of every source.
#[derive(Debug, Default)]
pub struct Intake {
    streams: BTreeMap<SourceId, Stream>,
    numbers: Numbers,
    read_to: Option<i64>,
}

/// What one step changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// Calls that are new or different, or that are gone.
    pub calls: BTreeSet<CallId>,
    /// Good lines by source.
    pub good_lines: BTreeMap<SourceId, u32>,
    /// Lines found, good or not.
    pub lines: u32,
    /// More chunks are waiting.
    pub more: bool,
}

impl Intake {
    /// Takes the next chunks in, all of them or (on an error) none.
    pub fn step(&mut self, ledger: &mut Ledger, now: DateTime<Utc>) -> Result<Step, AppError> {
        let result = ledger.transaction(|ledger| self.digest(ledger, CHUNKS_AT_ONCE, now));
        if result.is_err() {
            // What was read is not in the ledger: begin again from what is.
            *self = Self::default();
        }
        result
    }

    /// Gives up on silence: an unfinished line that is whole but for its end, devices that rang and of which
    /// nothing more was heard.
    pub fn settle(&mut self, ledger: &mut Ledger, now: DateTime<Utc>) -> Result<Step, AppError> {
        let silent_line = self.streams.values().any(|stream| stream.pending().is_some());
        if !silent_line && self.read_to.is_some() && ledger.live_calls()?.is_empty() {
            return Ok(Step::default());
        }
        let result = ledger.transaction(|ledger| self.settle_in(ledger, now));
        if result.is_err() {
            *self = Self::default();
        }
        result
    }

    /// Everything that waits, and then what silence ends; inside the caller's transaction. On an error the
    /// caller must [`forget`](Self::forget).
    pub(crate) fn take_in_all(&mut self, ledger: &Ledger, now: DateTime<Utc>) -> Result<(), AppError> {
        while self.digest(ledger, CHUNKS_AT_ONCE, now)?.more {}
        self.settle_in(ledger, now).map(drop)
    }

    /// Takes up to `limit` records of a source away and tells their calls without them; `false` when there was
    /// none left.
    pub(crate) fn take_records_away(
        &mut self,
        ledger: &Ledger,
        source: SourceId,
        limit: u32,
        now: DateTime<Utc>,
    ) -> Result<bool, AppError> {
        let gone = ledger.records_of_source(source, limit)?;
        let mut found = restitch::Found::default();
        let mut calls = BTreeSet::new();
        let exchange = ledger.source(source)?.map_or(1, |source| source.exchange);
        for record in &gone {
            calls.extend(record.call);
        }
        let ids: BTreeSet<i64> = gone.iter().map(|record| record.id).collect();
        let mut changes = ledger::CallChanges::default();
        for &call in &calls {
            for record in ledger.records_of_call(call)? {
                if !ids.contains(&record.id) {
                    let origin = ledger.origin_of_record(record.id)?;
                    found.add(&origin, record);
                }
            }
            ledger.delete_call(call, &mut changes)?;
        }
        ledger.write_changes(changes)?;
        for id in ids {
            ledger.delete_record(id)?;
        }
        restitch(ledger, found, &mut self.numbers, now, &mut Step::default())?;
        // Tables may have told of them, too.
        let mut changes = ledger::CallChanges::default();
        let calls = calls.into_iter();
        SameCalls::line_calls_changed(ledger, exchange, calls, &mut self.numbers, &mut changes)?;
        ledger.write_changes(changes)?;
        Ok(!gone.is_empty())
    }

    /// Whether chunks are waiting.
    pub fn is_behind(&self, ledger: &Ledger) -> Result<bool, AppError> {
        let read_to = match self.read_to {
            Some(read_to) => read_to,
            None => ledger.digested_to()?,
        };
        Ok(ledger.last_chunk()? > read_to)
    }

    /// One step inside the caller's transaction.
    fn digest(&mut self, ledger: &Ledger, limit: usize, now: DateTime<Utc>) -> Result<Step, AppError> {
        let read_to = match self.read_to {
            Some(read_to) => read_to,
            None => ledger.digested_to()?,
        };
        self.restore(ledger, read_to)?;
        let chunks = ledger.chunks_after(read_to, limit)?;
        let mut found = restitch::Found::default();
        let mut step = Step { more: chunks.len() == limit, ..Step::default() };
        for chunk in &chunks {
            let at = time(chunk.received_at);
            for stream in self.streams.values_mut().filter(|stream| stream.source() != chunk.source) {
                stream.idle(ledger, at, &mut found, &mut step)?;
            }
            self.stream(ledger, chunk.source)?.push(ledger, chunk, at, &mut found, &mut step)?;
            self.read_to = Some(chunk.id);
        }
        restitch(ledger, found, &mut self.numbers, now, &mut step)?;
        self.write_tallies(ledger)?;
        Ok(step)
    }

    fn settle_in(&mut self, ledger: &Ledger, now: DateTime<Utc>) -> Result<Step, AppError> {
        let read_to = match self.read_to {
            Some(read_to) => read_to,
            None => ledger.digested_to()?,
        };
        self.restore(ledger, read_to)?;
        let mut found = restitch::Found::default();
        let mut step = Step::default();
        // A chunk that is not looked at yet may end the line: only when all are read is silence silence.
        if ledger.last_chunk()? <= read_to {
            for stream in self.streams.values_mut() {
                stream.idle(ledger, now - IN_FLIGHT, &mut found, &mut step)?;
            }
        }
        for call in ledger.live_calls()? {
            for record in ledger.records_of_call(call.id)? {
                let origin = ledger.origin_of_record(record.id)?;
                found.add(&origin, record);
            }
        }
        restitch(ledger, found, &mut self.numbers, now, &mut step)?;
        if step.lines > 0 {
            self.write_tallies(ledger)?;
        }
        Ok(step)
    }

    /// After a start: the unfinished lines of all sources are read again from the spool.
    fn restore(&mut self, ledger: &Ledger, read_to: i64) -> Result<(), AppError> {
        if self.read_to.is_none() {
            for source in ledger.every_source()?.iter().filter(|source| source.draft.kind != TABLE) {
                self.stream(ledger, source.id)?.restore(ledger, read_to)?;
            }
            self.read_to = Some(read_to);
        }
        Ok(())
    }

    fn stream(&mut self, ledger: &Ledger, source: SourceId) -> Result<&mut Stream, AppError> {
        match self.streams.entry(source) {
            Entry::Occupied(present) => Ok(present.into_mut()),
            Entry::Vacant(place) => {
                let about = ledger.source(source)?.ok_or_else(|| {
                    LedgerError::Row(format!("bytes of source {} are there, but not the source", source.0))
                })?;
                Ok(place.insert(Stream::new(&about, ledger.tally(source)?)?))
            }
        }
    }

    fn write_tallies(&mut self, ledger: &Ledger) -> Result<(), AppError> {
        for (source, stream) in &mut self.streams {
            if let Some(tally) = stream.changed_tally() {
                ledger.write_tally(*source, &tally)?;
            }
        }
        Ok(())
    }

    /// Forgets what it knows of the sources, after their settings changed.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// The bytes of a source that are no whole line yet, and when the last of them came.
    pub fn pending(&self, source: SourceId) -> Option<(Vec<u8>, DateTime<Utc>)> {
        self.streams.get(&source)?.pending()
    }
}

/// Tells a call anew from its records or rows, because of what a person said of it.
pub(crate) fn tell_again(ledger: &Ledger, call: CallId, now: DateTime<Utc>) -> Result<(), AppError> {
    let mut numbers = Numbers::default();
    restitch::tell_again(ledger, call, &mut numbers, now)?;
    tell_rows_again(ledger, call, &mut numbers)
}

/// A stored time of arrival.
pub(crate) fn time(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}
