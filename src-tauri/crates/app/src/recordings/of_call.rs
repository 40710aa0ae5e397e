//! The recordings of one call, told apart.

use calls::CallId;
use ledger::{Ledger, RecordingEntry};
use recordings::matching::{Candidate, Decision, Evidence, FileFacts, Label, Length, Verdict, labels};

use super::{facts, list::Rows, names};
use crate::{App, AppError, told, views::CallRecordingView};

impl App {
    /// All recordings of a call in the order in which they are to be shown, those without sound and those that are gone
    /// included.
    pub fn recordings_of_call(&self, call: &str) -> Result<Vec<CallRecordingView>, AppError> {
        let id: CallId = call.parse().map_err(|_| AppError::NoSuchCall(call.to_owned()))?;
        self.read(|ledger| {
            let id = told::one(ledger, id)?.call.id;
            let mut rows = Rows::new(ledger)?;
            let found = labelled(ledger, id)?;
            found
                .iter()
                .map(|found| {
                    let (label, part) = match found.label {
                        Label::Whole => ("whole", None),
                        Label::Stereo => ("stereo", None),
                        Label::CallerSide => ("caller-side", None),
                        Label::CalledSide => ("called-side", None),
                        Label::Part(part) => ("part", Some(part)),
                    };
                    Ok(CallRecordingView {
                        recording: rows.row(ledger, &found.entry)?,
                        label: label.to_owned(),
                        part,
                        shared: found.shared,
                    })
                })
                .collect()
        })
    }
}

/// A recording of a call, with what it holds of it.
pub(super) struct LabelledEntry {
    pub entry: RecordingEntry,
    pub label: Label,
    pub shared: bool,
}

pub(super) fn labelled(ledger: &Ledger, call: CallId) -> Result<Vec<LabelledEntry>, AppError> {
    let entries = ledger.recordings_of(call)?;
    let reader = names::reader(&ledger.name_templates()?);
    let files: Vec<FileFacts> = entries.iter().map(|entry| facts::file(entry, &reader)).collect();
    let mut decisions = Vec::with_capacity(entries.len());
    for entry in &entries {
        // Which evidence it was does not matter to labels; how many calls use the file does.
        let candidates = ledger.recording_matches(entry.id)?.into_iter().map(|found| Candidate {
            call: facts::number(found.call),
            evidence: Evidence::SourceField,
            after_start: found.after_start,
            length: Length::Unknown,
        });
        decisions.push(Decision { file: entry.id, verdict: Verdict::Matched(candidates.collect()) });
    }
    let mut of_calls = labels(&files, &decisions);
    let found = of_calls.remove(&facts::number(call)).unwrap_or_default();
    Ok(found
        .into_iter()
        .filter_map(|found| {
            let entry = entries.iter().find(|entry| entry.id == found.file)?.clone();
            Some(LabelledEntry { entry, label: found.label, shared: found.is_shared })
        })
        .collect())
}
