//! Recordings as lists show them.

use calls::CallId;
use ledger::{
    Ledger, RecordingCounts, RecordingEntry, RecordingPlace, RecordingShow, RecordingState, RecordingVerdict,
};
use recordings::{Filter, matching::LENGTH_AGREES_MILLISECONDS};

use super::{AT_ONCE, RecordingError, delete, filters, hold, locks, narrow, words};
use crate::{
    App, AppError,
    import::KeptRows,
    intake::time,
    rfc3339, rows, told,
    views::{
        CallRow, RecordingCallView, RecordingCountsView, RecordingFilterShow, RecordingPage,
        RecordingPlaceView, RecordingRow,
    },
};

impl App {
    /// A page of recordings, newest first: by the start of their call, else by when the file was last written to. `after` is the
    /// `next` of the page before.
    pub fn list_recordings(
        &self,
        show: RecordingFilterShow,
        after: Option<RecordingPlaceView>,
        limit: u32,
    ) -> Result<RecordingPage, AppError> {
        let limit = limit.clamp(1, AT_ONCE);
        let after = after.map(|place| RecordingPlace { begun: place.begun, id: place.id.into() });
        self.read(|ledger| {
            let entries = ledger.recordings(shown(show), after, limit)?;
            let more = entries.len() == limit as usize;
            let next = entries
                .last()
                .filter(|_| more)
                .map(|last| RecordingPlaceView { begun: last.place.begun, id: narrow(last.place.id) });
            let mut rows = Rows::new(ledger)?;
            Ok(RecordingPage {
                rows: entries.iter().map(|entry| rows.row(ledger, entry)).collect::<Result<_, _>>()?,
                next,
                counts: counts(ledger.recording_counts()?),
            })
        })
    }

    /// Recordings from the place `offset` on, in the same order.
    pub fn recordings_from(
        &self,
        show: RecordingFilterShow,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<RecordingRow>, AppError> {
        self.read(|ledger| {
            let entries = ledger.recordings_from(shown(show), offset, limit.clamp(1, AT_ONCE))?;
            let mut rows = Rows::new(ledger)?;
            entries.iter().map(|entry| rows.row(ledger, entry)).collect()
        })
    }

    pub fn recording_counts(&self) -> Result<RecordingCountsView, AppError> {
        self.read(|ledger| Ok(counts(ledger.recording_counts()?)))
    }

    pub fn recording(&self, id: u32) -> Result<RecordingRow, AppError> {
        self.read(|ledger| Rows::new(ledger)?.row(ledger, &entry(ledger, id)?))
    }
}

/// The call that a recording belongs to beyond doubt; of several the one with the strongest evidence.
pub(super) fn call_of(ledger: &Ledger, entry: &RecordingEntry) -> Result<Option<CallId>, AppError> {
    if entry.verdict != RecordingVerdict::Matched {
        return Ok(None);
    }
    Ok(ledger.recording_matches(entry.id)?.first().map(|found| found.call))
}

pub(super) fn entry(ledger: &Ledger, id: u32) -> Result<RecordingEntry, AppError> {
    Ok(ledger.recording(id.into())?.ok_or(RecordingError::NoSuchRecording(id))?)
}

/// What rows of recordings need, looked up once.
pub(super) struct Rows {
    folders: Vec<ledger::RecordingFolder>,
    filters: Vec<Filter>,
    unpacked: KeptRows,
}

impl Rows {
    pub fn new(ledger: &Ledger) -> Result<Self, AppError> {
        Ok(Self {
            folders: ledger.recording_folders()?,
            filters: filters::all(ledger)?,
            unpacked: KeptRows::default(),
        })
    }

    pub fn row(&mut self, ledger: &Ledger, entry: &RecordingEntry) -> Result<RecordingRow, AppError> {
        let matches = ledger.recording_matches(entry.id)?;
        let mut calls = Vec::with_capacity(matches.len());
        for found in &matches {
            let told = self.call(ledger, found.call)?;
            let talk = told.as_ref().and_then(|told| told.talk_seconds);
            let (evidence, because) = words::evidence(found.evidence);
            let because = if found.evidence == words::BY_HAND { by_whom(ledger, entry)? } else { None }
                .unwrap_or_else(|| because.to_owned());
            calls.push(RecordingCallView {
                call: found.call.to_string(),
                start: told.as_ref().map(|told| told.start.clone()),
                caller: told.as_ref().map(|told| told.caller.clone()),
                called: told.map(|told| told.called),
                evidence: evidence.to_owned(),
                because,
                after_start: found.after_start.and_then(|seconds| i32::try_from(seconds).ok()),
                talk_seconds: talk,
                length: entry.seen.sound_milliseconds.zip(talk).and_then(|(sound, talk)| length(sound, talk)),
            });
        }
        let reason = match entry.verdict {
            RecordingVerdict::Unmatched(number) => Some(words::reason(number).0.to_owned()),
            _ => None,
        };
        let folder = self.folders.iter().find(|folder| folder.id == entry.folder);
        Ok(RecordingRow {
            id: narrow(entry.id),
            folder: folder.map_or_else(String::new, |folder| folder.path.clone()),
            file: words::shown(&entry.path),
            size_bytes: entry.seen.size,
            modified: rfc3339(time(entry.seen.modified)),
            state: words::state(entry.seen.state).to_owned(),
            verdict: words::verdict(entry.verdict).to_owned(),
            reason,
            because: words::because(entry, matches.first().map(|found| found.evidence)),
            sound_milliseconds: entry.seen.sound_milliseconds.map(narrow),
            channels: entry.seen.channels.and_then(|channels| u8::try_from(channels).ok()),
            lock: locks::lock(&self.filters, &entry.path, entry.seen.cipher),
            calls,
            hold: ledger.recording_hold(entry.folder, &entry.path)?.map(hold::view),
            deleted: delete::of(ledger, entry)?,
        })
    }

    fn call(&mut self, ledger: &Ledger, call: CallId) -> Result<Option<CallRow>, AppError> {
        let mut kept = ledger.call(call)?;
        // A table's call that came over a line is the line's.
        if let Some(line) = kept.as_ref().and_then(|kept| kept.same_as) {
            kept = ledger.call(line)?;
        }
        // A call may have gone since: then the next scan asks again.
        let Some(kept) = kept else { return Ok(None) };
        let stored = told::whole(ledger, &mut self.unpacked, kept)?;
        Ok(rows::rows(ledger, &[stored])?.pop())
    }
}

/// `anna said on 2026-11-20 that it belongs to this call.`
fn by_whom(ledger: &Ledger, entry: &RecordingEntry) -> Result<Option<String>, AppError> {
    let choice = ledger.recording_choice(entry.folder, &entry.path)?;
    Ok(choice.map(|choice| {
        let who = if choice.author.is_empty() { "Somebody" } else { choice.author.as_str() };
        let day = time(choice.chosen_at).date_naive();
        format!("{who} said on {day} that it belongs to this call.")
    }))
}

/// A sentence where sound and talk are not equally long.
fn length(sound: u64, talk: u32) -> Option<String> {
    let talk = u64::from(talk) * 1000;
    let seconds = (sound.abs_diff(talk) + 500) / 1000;
    if sound.abs_diff(talk) <= LENGTH_AGREES_MILLISECONDS {
        return None;
    }
    let way = if sound > talk { "longer" } else { "shorter" };
    Some(format!("The recording is {seconds} s {way} than the talk."))
}

fn shown(show: RecordingFilterShow) -> RecordingShow {
    match show {
        RecordingFilterShow::All => RecordingShow::All,
        RecordingFilterShow::Matched => RecordingShow::Matched,
        RecordingFilterShow::Ambiguous => RecordingShow::Ambiguous,
        RecordingFilterShow::Unmatched => RecordingShow::Unmatched,
        RecordingFilterShow::TooNew => RecordingShow::TooNew,
        RecordingFilterShow::Empty => RecordingShow::Empty,
        RecordingFilterShow::Unreadable => RecordingShow::Unreadable,
        RecordingFilterShow::Gone => RecordingShow::Gone,
    }
}

fn counts(counts: RecordingCounts) -> RecordingCountsView {
    RecordingCountsView {
        all: narrow(counts.all),
        matched: narrow(counts.matched),
        ambiguous: narrow(counts.ambiguous),
        unmatched: narrow(counts.unmatched),
        too_new: narrow(counts.too_new),
        empty: narrow(counts.empty),
        unreadable: narrow(counts.unreadable),
        gone: narrow(counts.gone),
    }
}

/// Whether there is something to be opened.
pub(super) fn has_sound(entry: &RecordingEntry) -> bool {
    matches!(entry.seen.state, RecordingState::Found | RecordingState::TooNew)
}
