//! Opening a recording: found, decrypted in memory, decoded. What a filter gave counts only once it has ended well.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    RecordingError, filters, folders,
    list::{self, has_sound},
    listening::Heard,
    of_call, words,
};
use crate::{App, AppError};
use calls::CallId;
use ledger::{ListeningKind, RecordingEntry};
use recordings::{
    Buffer, Hint, LOOKED_AT, Limits, Peaks, Plainness, Sound, begin, index::path_of, matching::Label,
    plainness,
};

/// How long a stretch of the picture of a sound is, in milliseconds.
pub(super) const PEAKS: u32 = 50;

/// A recording that was opened.
#[derive(Debug)]
pub struct Opened {
    pub sound: Sound,
    pub peaks: Peaks,
    /// The files it was made of: two where the sides of a call were recorded apart.
    pub recordings: Vec<u32>,
}

/// The same, of whose sound perhaps nothing is decoded yet.
pub(super) struct Begun {
    pub sound: Sound,
    pub recordings: Vec<u32>,
    /// The call that it was opened for, else the one that it belongs to.
    pub call: Option<CallId>,
}

/// How a recording is to be decrypted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The call in whose place it is opened: for the log, and for the other side of it.
    pub call: Option<&'a str>,
    /// The filter to ask; `None`: the first that fits.
    pub filter: Option<&'a str>,
    /// The pass phrase; `None`: the one that is kept.
    pub secret: Option<&'a str>,
    /// Nobody waits for it any more once this is true: a filter at work is ended.
    pub cancelled: Option<&'a AtomicBool>,
}

impl Wanted<'_> {
    /// Somebody still waits for it.
    pub(super) fn still(&self) -> bool {
        !self.cancelled.is_some_and(|cancelled| cancelled.load(Ordering::Relaxed))
    }
}

impl App {
    /// Opens a recording, with its other side where the two sides of the call are in files of their own. Each file that
    /// was touched stands in the listening log, whatever came of it.
    pub fn open_recording(&self, id: u32, wanted: Wanted<'_>) -> Result<Opened, AppError> {
        let Begun { mut sound, recordings, .. } = self.open_as(id, wanted, ListeningKind::Opened)?;
        sound.decode_to(usize::MAX);
        Ok(Opened { peaks: Peaks::of(&sound, PEAKS), sound, recordings })
    }

    pub(super) fn open_as(
        &self,
        id: u32,
        wanted: Wanted<'_>,
        kind: ListeningKind,
    ) -> Result<Begun, AppError> {
        let (entries, call) = self.sides(id, wanted.call)?;
        let mut sounds = Vec::with_capacity(entries.len());
        for entry in &entries {
            sounds.push(self.sound_of(entry, call, wanted, kind)?);
        }
        let mut sounds = sounds.into_iter();
        let Some(first) = sounds.next() else { return Err(RecordingError::NoSuchRecording(id).into()) };
        let sound = match sounds.next() {
            Some(second) => first.joined(second).map_err(RecordingError::from)?,
            None => first,
        };
        let recordings = entries.iter().map(|entry| super::narrow(entry.id)).collect();
        Ok(Begun { sound, recordings, call })
    }

    /// The recording itself, or both sides, the caller's first; and the call.
    fn sides(&self, id: u32, call: Option<&str>) -> Result<(Vec<RecordingEntry>, Option<CallId>), AppError> {
        let named: Option<CallId> =
            call.map(|call| call.parse().map_err(|_| AppError::NoSuchCall(call.to_owned()))).transpose()?;
        self.read(|ledger| {
            let entry = list::entry(ledger, id)?;
            let call = match named {
                Some(named) => Some(named),
                None => list::call_of(ledger, &entry)?,
            };
            let of_call = call.map(|call| of_call::labelled(ledger, call)).transpose()?.unwrap_or_default();
            let of_side = |side| {
                let mut all =
                    of_call.iter().filter(move |found| found.label == side && has_sound(&found.entry));
                all.next().filter(|_| all.next().is_none()).map(|found| &found.entry)
            };
            let pair = of_side(Label::CallerSide).zip(of_side(Label::CalledSide));
            let pair = pair.filter(|(left, right)| left.id == entry.id || right.id == entry.id);
            Ok(match pair {
                Some((left, right)) => (vec![left.clone(), right.clone()], call),
                None => (vec![entry], call),
            })
        })
    }

    pub(super) fn sound_of(
        &self,
        entry: &RecordingEntry,
        call: Option<CallId>,
        wanted: Wanted<'_>,
        kind: ListeningKind,
    ) -> Result<Sound, AppError> {
        let (file, path) = self.place_of(super::narrow(entry.id))?;
        let mut heard = Heard { call, ..Heard::new(kind, file) };
        let law = self.read(|ledger| {
            Ok(ledger.recording_folder(entry.folder)?.and_then(|folder| folders::law(folder.law)))
        })?;
        let sound = self.decrypted(&path, wanted, &mut heard).and_then(|(bytes, name)| {
            begin(bytes, Hint { name: &name, law }).map_err(|error| RecordingError::from(error).into())
        });
        if let Err(error) = &sound {
            heard.result = filters::result_of(error);
        }
        // Nothing is heard that does not stand in the log.
        self.log(heard)?;
        sound
    }

    /// The bytes of the sound in a file and its name without what was taken off it.
    fn decrypted(
        &self,
        path: &Path,
        wanted: Wanted<'_>,
        heard: &mut Heard,
    ) -> Result<(Buffer, String), AppError> {
        let told = |error| AppError::File(path.to_owned(), error);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut file = File::open(path).map_err(told)?;
        let mut beginning = Vec::with_capacity(LOOKED_AT);
        file.by_ref().take(LOOKED_AT as u64).read_to_end(&mut beginning).map_err(told)?;
        let (known, endings) = self.read(|ledger| Ok((filters::all(ledger)?, filters::endings(ledger)?)))?;
        let plainness = plainness(&name, &beginning, &endings);
        if !matches!(plainness, Plainness::Encrypted(_)) {
            let size = file.metadata().map_err(told)?.len();
            let most = Limits::default().output as u64;
            if size > most {
                return Err(AppError::TooLarge(path.to_owned(), most >> 20));
            }
            let mut bytes = Buffer::from(&beginning[..]);
            // It may grow while it is read.
            let mut file = file.take(most);
            while bytes.read_block(&mut file).map_err(told)? > 0 {
                if !wanted.still() {
                    return Err(AppError::Cancelled);
                }
            }
            heard.bytes = Some(bytes.len() as u64);
            return Ok((bytes, name));
        }
        drop(file);
        let mut fitting = match wanted.filter {
            Some(id) => vec![self.read(|ledger| filters::named(ledger, id))?],
            None => filters::fitting(known, &name, plainness),
        };
        // For a key, not with a pass phrase: the agent has it (RFC 9580, packet 1).
        if matches!(beginning.first(), Some(0x84 | 0x85 | 0xc1)) {
            fitting.sort_by_key(filters::needs_secret);
        }
        let shown = words::shown(path.as_os_str().as_encoded_bytes());
        let filter = fitting.into_iter().next().ok_or(RecordingError::NoFilter(shown))?;
        heard.filter = Some(filter.id.clone());
        let secret = self.secret_of(&filter, wanted.secret)?;
        let decrypted = filter
            .decrypt_while(path, secret.as_ref().map(|secret| secret.as_str()), &|| wanted.still())
            .map_err(RecordingError::from)?;
        heard.bytes = Some(decrypted.bytes.len() as u64);
        let inner = filter.inner_name(&name).to_owned();
        Ok((decrypted.bytes, inner))
    }

    /// Where a recording lies: as the log shows it, and as the system finds it.
    pub(super) fn place_of(&self, id: u32) -> Result<(String, PathBuf), AppError> {
        self.read(|ledger| {
            let entry = list::entry(ledger, id)?;
            let folder = ledger.recording_folder(entry.folder)?.ok_or(RecordingError::NoSuchRecording(id))?;
            let path = path_of(Path::new(&folder.path), &entry.path).ok_or(RecordingError::FileName)?;
            Ok((words::shown(path.as_os_str().as_encoded_bytes()), path))
        })
    }
}
