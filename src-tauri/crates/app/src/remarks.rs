//! What people put to calls: notes, tags, what came of them.

use std::collections::HashMap;

use calls::{Call, CallId};
use chrono::Utc;
use ledger::{CodeEntry, Ledger, Note};

use crate::{
    App, AppError, Change, author,
    intake::time,
    rfc3339,
    views::{CodeGiven, NoteView, OutcomeCode, OutcomeCodeEntry, TagView},
};

impl App {
    pub fn add_note(&self, call: &str, text: &str) -> Result<NoteView, AppError> {
        let text = worded(text)?;
        let note = self.put_to(call, move |ledger, call| {
            Ok(ledger.add_note(call, &text, &author::name(), Utc::now().timestamp_millis())?)
        })?;
        Ok(view(note))
    }

    pub fn change_note(&self, id: u32, text: &str) -> Result<NoteView, AppError> {
        let text = worded(text)?;
        self.with_note(id, move |ledger| {
            Ok(ledger.change_note(id.into(), &text, Utc::now().timestamp_millis())?)
        })?;
        self.note(id)
    }

    pub fn delete_note(&self, id: u32) -> Result<(), AppError> {
        self.with_note(id, move |ledger| {
            Ok(ledger.delete_note(id.into(), Some(Utc::now().timestamp_millis()))?)
        })
    }

    /// Takes [`delete_note`](Self::delete_note) back.
    pub fn restore_note(&self, id: u32) -> Result<NoteView, AppError> {
        self.write(move |ledger| Ok(ledger.delete_note(id.into(), None)?))?;
        self.with_note(id, |_| Ok(()))?;
        self.note(id)
    }

    /// All tags of the ledger, most used first.
    pub fn tags(&self) -> Result<Vec<TagView>, AppError> {
        let tags = self.read(|ledger| Ok(ledger.tags()?))?;
        Ok(tags.into_iter().map(|(tag, calls)| TagView { tag, calls }).collect())
    }

    /// The call has exactly these tags from now on; empty ones are left out, and of those that differ only in case
    /// the later.
    pub fn set_tags(&self, call: &str, tags: &[String]) -> Result<(), AppError> {
        let tags: Vec<String> =
            tags.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
        self.put_to(call, move |ledger, call| Ok(ledger.set_tags(call, &tags)?))
    }

    /// The site's list, and behind it codes that calls have and the list has not.
    pub fn outcome_codes(&self) -> Result<Vec<OutcomeCodeEntry>, AppError> {
        self.read(outcome_codes)
    }

    /// Puts a list in the place of the present one. Calls keep codes that are no longer on it.
    pub fn save_outcome_codes(&self, codes: &[OutcomeCodeEntry]) -> Result<Vec<OutcomeCodeEntry>, AppError> {
        let mut list: Vec<CodeEntry> = Vec::with_capacity(codes.len());
        for entry in codes {
            let code = entry.code.trim().to_owned();
            if code.is_empty() {
                return Err(AppError::Incomplete("An outcome code cannot be empty."));
            }
            if list.iter().any(|other| other.code == code) {
                return Err(AppError::CodeTwice(code));
            }
            let name = if entry.name.trim().is_empty() { code.as_str() } else { entry.name.trim() };
            list.push(CodeEntry {
                name: name.to_owned(),
                code,
                contact: entry.contact,
                success: entry.success,
                retired: entry.retired,
            });
        }
        self.write(move |ledger| Ok(ledger.transaction(|ledger| ledger.set_outcome_codes(&list))?))?;
        let _ = self.changes.send(Change { any_calls: true, ..Change::default() });
        self.outcome_codes()
    }

    /// What came of a call, as a person says; `None` takes that away, and what the exchange said holds again.
    pub fn set_outcome_code(&self, call: &str, code: Option<&str>) -> Result<(), AppError> {
        let code = code.map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
        self.put_to(call, move |ledger, call| {
            if let Some(code) = &code
                && !outcome_codes(ledger)?.iter().any(|known| known.code == *code)
            {
                return Err(AppError::NoSuchOutcomeCode(code.clone()));
            }
            Ok(ledger.give_outcome(call, code.as_deref(), &author::name(), Utc::now().timestamp_millis())?)
        })
    }

    /// Does something with a call that is there, and tells of it.
    pub(crate) fn put_to<T: Send + 'static>(
        &self,
        call: &str,
        work: impl FnOnce(&Ledger, CallId) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let unknown = AppError::NoSuchCall(call.to_owned());
        let Ok(id) = call.parse::<CallId>() else { return Err(unknown) };
        let (id, done) = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let kept = ledger.call(id)?.ok_or(unknown)?;
                // A table's call that came over a line is the line's.
                let id = kept.same_as.unwrap_or(id);
                Ok::<_, AppError>((id, work(ledger, id)?))
            })
        })?;
        self.calls_changed([id]);
        Ok(done)
    }

    /// Does something with a note that is there, and tells of it.
    fn with_note(
        &self,
        id: u32,
        work: impl FnOnce(&Ledger) -> Result<(), AppError> + Send + 'static,
    ) -> Result<(), AppError> {
        let call = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let note = ledger.note(id.into())?.ok_or(AppError::NoSuchNote(id))?;
                work(ledger)?;
                Ok::<_, AppError>(note.call)
            })
        })?;
        self.calls_changed([call]);
        Ok(())
    }

    fn note(&self, id: u32) -> Result<NoteView, AppError> {
        self.read(|ledger| ledger.note(id.into())?.map(view).ok_or(AppError::NoSuchNote(id)))
    }

    pub(crate) fn calls_changed(&self, calls: impl IntoIterator<Item = CallId>) {
        let calls = calls.into_iter().collect();
        let _ = self.changes.send(Change { calls, any_calls: true, ..Change::default() });
    }
}

/// The notes of a call, oldest first.
pub(crate) fn notes(ledger: &Ledger, call: CallId) -> Result<Vec<NoteView>, AppError> {
    Ok(ledger.notes_of(call)?.into_iter().map(view).collect())
}

/// Everything that was said of what came of a call, newest first. The last word of a person holds; where none did say
/// anything, or took it away, the exchange's.
pub(crate) fn codes_given(ledger: &Ledger, call: &Call) -> Result<Vec<CodeGiven>, AppError> {
    let names = CodeNames::of(ledger)?;
    let by_exchange = call.outcome_code.as_ref().map(|code| CodeGiven {
        code: Some(names.named(code)),
        holds: false,
        author: None,
        given_at: call.outcome_code_at.map(calls::CallTime::rfc3339),
    });
    let by_people = ledger.outcome_history(call.id)?.into_iter().map(|given| CodeGiven {
        code: given.code.map(|code| names.named(&code)),
        holds: false,
        author: Some(given.author),
        given_at: Some(rfc3339(time(given.given_at))),
    });
    let exchange_said = by_exchange.is_some();
    let mut given: Vec<CodeGiven> = by_exchange.into_iter().chain(by_people).collect();
    let holding = match given.last() {
        Some(CodeGiven { code: None, .. }) if exchange_said => 0,
        _ => given.len().saturating_sub(1),
    };
    if let Some(holding) = given.get_mut(holding).filter(|given| given.code.is_some()) {
        holding.holds = true;
    }
    given.reverse();
    Ok(given)
}

/// Names of the codes on the site's list, by the code.
pub(crate) struct CodeNames(HashMap<String, String>);

impl CodeNames {
    pub fn of(ledger: &Ledger) -> Result<Self, AppError> {
        Ok(Self(ledger.outcome_codes()?.into_iter().map(|entry| (entry.code, entry.name)).collect()))
    }

    /// The code by itself where the list has no name for it.
    pub fn named(&self, code: &str) -> OutcomeCode {
        OutcomeCode { name: self.0.get(code).map_or(code, String::as_str).to_owned(), code: code.to_owned() }
    }
}

fn outcome_codes(ledger: &Ledger) -> Result<Vec<OutcomeCodeEntry>, AppError> {
    let mut counts = ledger.outcome_code_counts()?;
    let listed = ledger.outcome_codes()?.into_iter().map(|entry| OutcomeCodeEntry {
        calls: counts.remove(&entry.code).unwrap_or_default(),
        code: entry.code,
        name: entry.name,
        contact: entry.contact,
        success: entry.success,
        retired: entry.retired,
    });
    let mut codes: Vec<OutcomeCodeEntry> = listed.collect();
    codes.extend(counts.into_iter().map(|(code, calls)| OutcomeCodeEntry {
        name: code.clone(),
        code,
        contact: false,
        success: false,
        retired: false,
        calls,
    }));
    Ok(codes)
}

fn worded(text: &str) -> Result<String, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::Incomplete("A note needs some words."));
    }
    Ok(text.to_owned())
}

fn view(note: Note) -> NoteView {
    NoteView {
        id: u32::try_from(note.id).unwrap_or(u32::MAX),
        text: note.text,
        author: note.author,
        written_at: rfc3339(time(note.written_at)),
        changed_at: note.changed_at.map(|at| rfc3339(time(at))),
    }
}
