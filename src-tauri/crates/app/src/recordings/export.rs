//! A recording as a file: its sound as WAV, or the file as it is. Both stand in the listening log.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use calls::CallId;
use ledger::{LedgerError, ListeningKind};
use recordings::{Sound, matching::Label};

use super::{RecordingError, Wanted, filters, list::has_sound, listening::Heard, narrow, of_call};
use crate::{App, AppError, export::Draft, told};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The recordings that went into it.
    pub recordings: Vec<u32>,
    pub bytes: u64,
    /// Of the sound; `None` where it was copied as it is.
    pub milliseconds: Option<u32>,
}

impl App {
    /// The one recording of a call that has sound, or of its two sides the caller's: opening it joins both.
    pub fn recording_to_export(&self, call: &str) -> Result<u32, AppError> {
        let id: CallId = call.parse().map_err(|_| AppError::NoSuchCall(call.to_owned()))?;
        let mut found = self.read(|ledger| of_call::labelled(ledger, told::one(ledger, id)?.call.id))?;
        found.retain(|found| has_sound(&found.entry));
        let labels: Vec<Label> = found.iter().map(|found| found.label).collect();
        match (found.as_slice(), labels.as_slice()) {
            ([], _) => Err(RecordingError::NoneOf(call.to_owned()).into()),
            ([one], _)
            | ([one, _], [Label::CallerSide, Label::CalledSide] | [Label::CalledSide, Label::CallerSide]) => {
                Ok(narrow(one.entry.id))
            }
            _ => Err(RecordingError::SeveralOf(call.to_owned()).into()),
        }
    }

    /// Writes the sound of a recording as a WAV file, which appears when it is whole. A file that is there stays.
    pub fn export_recording(&self, id: u32, wanted: Wanted<'_>, to: &Path) -> Result<Written, AppError> {
        refuse_existing(to)?;
        let mut opened = self.open_as(id, wanted, ListeningKind::Exported)?;
        Ok(Written {
            bytes: write_sound(&mut opened.sound, to)?,
            recordings: opened.recordings,
            milliseconds: Some(narrow(opened.sound.milliseconds())),
        })
    }

    /// Copies the file of a recording as it is, encrypted if it is. A file that is there stays.
    pub fn copy_recording(&self, id: u32, call: Option<&str>, to: &Path) -> Result<Written, AppError> {
        refuse_existing(to)?;
        let (shown, from) = self.place_of(id)?;
        let call = self.call_heard(id, call)?;
        let mut heard = Heard { call, ..Heard::new(ListeningKind::Copied, shown) };
        let copied = copy(&from, to);
        match &copied {
            Ok(bytes) => heard.bytes = Some(*bytes),
            Err(error) => heard.result = filters::result_of(error),
        }
        self.log(heard)?;
        Ok(Written { recordings: vec![id], bytes: copied?, milliseconds: None })
    }
}

/// Writes a sound as a WAV file; its bytes.
pub(super) fn write_sound(sound: &mut Sound, to: &Path) -> Result<u64, AppError> {
    sound.decode_to(usize::MAX);
    let wav = sound.wav(0, sound.frames());
    let told = |error| AppError::File(to.to_owned(), error);
    let (draft, mut file) = Draft::create(to).map_err(told)?;
    file.write_all(&wav).and_then(|()| file.sync_all()).map_err(told)?;
    draft.keep().map_err(told)?;
    Ok(wav.len() as u64)
}

fn copy(from: &Path, to: &Path) -> Result<u64, AppError> {
    let mut source = File::open(from).map_err(|error| AppError::File(from.to_owned(), error))?;
    let told = |error| AppError::File(to.to_owned(), error);
    let (draft, mut file) = Draft::create(to).map_err(told)?;
    let bytes = io::copy(&mut source, &mut file).and_then(|bytes| file.sync_all().map(|()| bytes));
    let bytes = bytes.map_err(told)?;
    draft.keep().map_err(told)?;
    Ok(bytes)
}

pub(super) fn refuse_existing(to: &Path) -> Result<(), AppError> {
    if to.exists() { Err(LedgerError::Exists(to.to_owned()).into()) } else { Ok(()) }
}
