//! Asks files for their calls: new ones, and those that found none when other calls have come.

use std::ops::ControlFlow;

use ledger::{Ledger, RecordingClock, RecordingEntry, RecordingMatch, RecordingVerdict};
use recordings::{
    Clock,
    matching::{Calls, ClockOffset, Clocks, Decision, FileFacts, Reach, Verdict, decide, reach},
};

use super::{AT_ONCE, facts, names, words};
use crate::{App, AppError};

/// Calls of times this near are looked up together.
const NEAR: i64 = 24 * 60 * 60;

const WEEK: i64 = 7 * 24 * 60 * 60;

impl App {
    /// Asks all files that are to be asked; how many were. `go_on` may end the work: what is decided is kept, and the rest
    /// is asked the next time.
    ///
    /// `since`: no call is new or different that began before (milliseconds since 1970), so files that were written earlier
    /// and found no call need not be asked again.
    pub(super) fn ask_recordings(
        &self,
        since: Option<i64>,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<ControlFlow<(), u64>, AppError> {
        let (mark, mut open) = self.read(|ledger| {
            let mark = ledger.calls_mark()?;
            let same = ledger.recordings_asked_of()?.as_deref() == Some(mark.as_str());
            Ok((mark, !same))
        })?;
        let mut asked = 0;
        loop {
            let mut entries = self.read(|ledger| Ok(ledger.recordings_to_ask(open)?))?;
            entries.retain(|entry| {
                entry.verdict == RecordingVerdict::NotAsked
                    || since.is_none_or(|since| entry.seen.modified >= since)
            });
            let Some(clocks_changed) = self.ask(&entries, go_on)? else {
                return Ok(ControlFlow::Break(()));
            };
            asked += entries.len() as u64;
            // Those that found nothing may find something by a clock that is known only now.
            if open || !clocks_changed {
                break;
            }
            open = true;
        }
        self.write(move |ledger| Ok(ledger.set_recordings_asked_of(Some(&mark))?))?;
        Ok(ControlFlow::Continue(asked))
    }

    /// Whether other clocks were measured; `None` when it was ended.
    fn ask(
        &self,
        entries: &[RecordingEntry],
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<bool>, AppError> {
        if entries.is_empty() {
            return Ok(Some(false));
        }
        let (kept, reader, choices) = self.read(|ledger| {
            Ok((kept_clocks(ledger)?, names::reader(&ledger.name_templates()?), ledger.recording_choices()?))
        })?;
        let mut chosen = Vec::new();
        let mut files: Vec<FileFacts> = Vec::new();
        for entry in entries {
            match choices.get(&(entry.folder, entry.path.clone())) {
                Some(choice) => chosen.push(by_hand(entry.id, choice.call)),
                None => files.push(facts::file(entry, &reader)),
            }
        }
        let mut calls = Calls::new();
        let mut ended = false;
        self.read(|ledger| {
            for between in reaches(&files, &kept) {
                facts::add_calls(ledger, between, &mut calls, || {
                    ended |= go_on().is_break();
                    !ended
                })?;
            }
            Ok(())
        })?;
        if ended {
            return Ok(None);
        }
        let measured = kept.with(&Clocks::measure(&files, &mut calls));
        let clocks = with_zones(&measured, &files, &self.zones()?);
        let mut found = chosen;
        for slice in files.chunks(AT_ONCE as usize) {
            if go_on().is_break() {
                return Ok(None);
            }
            found.extend(decide(slice, &mut calls, &clocks).iter().map(in_numbers));
            self.keep_verdicts(std::mem::take(&mut found))?;
        }
        self.keep_verdicts(found)?;
        let changed = measured != kept;
        let offsets: Vec<RecordingClock> = measured.offsets().iter().map(clock_of).collect();
        self.write(move |ledger| Ok(ledger.transaction(|ledger| ledger.set_recording_clocks(&offsets))?))?;
        Ok(Some(changed))
    }

    fn keep_verdicts(
        &self,
        found: Vec<(i64, RecordingVerdict, Vec<RecordingMatch>)>,
    ) -> Result<(), AppError> {
        self.write(move |ledger| {
            Ok(ledger.transaction(|ledger| {
                for (recording, verdict, matches) in &found {
                    ledger.set_recording_verdict(*recording, *verdict, matches)?;
                }
                Ok::<_, ledger::LedgerError>(())
            })?)
        })
    }

    /// Zones of the sources: what names of recordings most probably are in until their clock is measured.
    fn zones(&self) -> Result<Vec<calls::Zone>, AppError> {
        let names = self.read(|ledger| {
            Ok(ledger.sources()?.into_iter().map(|source| source.draft.zone).collect::<Vec<_>>())
        })?;
        names.iter().map(|name| crate::zone(name)).collect()
    }
}

pub(super) fn by_hand(
    recording: i64,
    call: Option<calls::CallId>,
) -> (i64, RecordingVerdict, Vec<RecordingMatch>) {
    match call {
        Some(call) => (
            recording,
            RecordingVerdict::Matched,
            vec![RecordingMatch { call, evidence: words::BY_HAND, after_start: None }],
        ),
        None => (recording, RecordingVerdict::Unmatched(words::NONE_BY_HAND), Vec::new()),
    }
}

/// The times of which calls are needed, each once; `None`: of all times.
fn reaches(files: &[FileFacts], clocks: &Clocks) -> Vec<Option<(i64, i64)>> {
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for file in files {
        match reach(std::slice::from_ref(file), clocks) {
            // The exchange may name it all the same: then it was written at the time of the call, or copied later.
            Reach::Nothing => spans.extend(file.modified.map(|written| (written - NEAR, written))),
            Reach::Between(from, to) => spans.push((from, to)),
            Reach::All => return vec![None],
        }
    }
    spans.sort_unstable();
    let mut together: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match together.last_mut() {
            Some(last) if from <= last.1.saturating_add(NEAR) => last.1 = last.1.max(to),
            _ => together.push((from, to)),
        }
    }
    together.into_iter().map(Some).collect()
}

fn in_numbers(decision: &Decision) -> (i64, RecordingVerdict, Vec<RecordingMatch>) {
    let matches = decision.verdict.candidates().iter().map(|found| RecordingMatch {
        call: facts::call_of(found.call),
        evidence: words::evidence_number(found.evidence),
        after_start: found.after_start,
    });
    let verdict = match &decision.verdict {
        Verdict::Matched(_) => RecordingVerdict::Matched,
        Verdict::Ambiguous(_) => RecordingVerdict::Ambiguous,
        Verdict::Unmatched(reason) => RecordingVerdict::Unmatched(words::reason_number(*reason)),
    };
    (decision.file, verdict, matches.collect())
}

fn kept_clocks(ledger: &Ledger) -> Result<Clocks, AppError> {
    let offset = |clock: RecordingClock| ClockOffset {
        folder: clock.folder,
        clock: if clock.utc { Clock::Utc } else { Clock::Wall },
        week: clock.week,
        seconds: clock.seconds,
        agree: clock.agree as usize,
        files: clock.files as usize,
        by_ids: clock.by_ids,
    };
    Ok(Clocks::new(ledger.recording_clocks()?.into_iter().map(offset).collect()))
}

fn clock_of(offset: &ClockOffset) -> RecordingClock {
    RecordingClock {
        folder: offset.folder,
        utc: offset.clock == Clock::Utc,
        week: offset.week,
        seconds: offset.seconds,
        agree: super::narrow(offset.agree),
        files: super::narrow(offset.files),
        by_ids: offset.by_ids,
    }
}

/// Folders of which no clock of the wall was measured go by the zone of the exchange, where there is one zone only. That
/// is an assumption: it is not kept, and gives way to the first measurement.
fn with_zones(measured: &Clocks, files: &[FileFacts], zones: &[calls::Zone]) -> Clocks {
    let Some((zone, others)) = zones.split_first() else { return measured.clone() };
    if others.iter().any(|other| other != zone) {
        return measured.clone();
    }
    let known = |folder| {
        measured.offsets().iter().any(|offset| offset.folder == folder && offset.clock == Clock::Wall)
    };
    let mut offsets = measured.offsets().to_vec();
    for file in files.iter().filter(|file| !known(file.folder)) {
        for time in file.names.iter().filter_map(|name| name.time).filter(|time| time.clock == Clock::Wall) {
            let week = time.seconds.div_euclid(WEEK) * WEEK;
            let assumed = |offset: &ClockOffset| {
                (offset.folder, offset.clock, offset.week) == (file.folder, Clock::Wall, week)
            };
            if offsets.iter().any(assumed) {
                continue;
            }
            let Some(printed) = chrono::DateTime::from_timestamp(time.seconds, 0) else { continue };
            let moment = calls::CallTime::from_printed(printed.naive_utc(), *zone, None);
            offsets.push(ClockOffset {
                folder: file.folder,
                clock: Clock::Wall,
                week,
                seconds: moment.utc_offset().into(),
                agree: 0,
                files: 0,
                by_ids: false,
            });
        }
    }
    Clocks::new(offsets)
}
