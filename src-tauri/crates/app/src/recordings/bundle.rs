//! Many recordings as one archive or folder, with a table of contents. Each stands in the listening log.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use ledger::ListeningKind;
use recordings::endings;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    RecordingError, Secret, Wanted, export::refuse_existing, filters, list, listening::Heard, narrow,
};
use crate::{
    App, AppError, Progress,
    export::{Draft, harmless},
    views::{
        ArchiveWish, ConfirmedRecording, ErrorView, KeptRecording, PartyView, RecordingRow, RecordingsForm,
        RecordingsPacking, WrittenRecordings,
    },
};

/// The table of contents.
const INDEX: &str = "index.csv";

const TITLES: [&str; 10] =
    ["file", "recording", "folder", "call", "start", "caller", "called", "milliseconds", "bytes", "result"];

/// Letters that some system allows in no name of a file (Windows: Naming Files, Paths, and Namespaces).
const FORBIDDEN: [char; 9] = ['/', '\\', '<', '>', ':', '"', '|', '?', '*'];

impl App {
    /// Writes recordings into an archive, in the background; see [`App::jobs`]. The number of the job. That there is something
    /// in its place already is told at once.
    pub fn start_archive(
        self: &Arc<Self>,
        wish: ArchiveWish,
        secret: Option<&str>,
        to: &Path,
    ) -> Result<u32, AppError> {
        refuse_existing(to)?;
        Ok(self.start_packing(wish, Secret::new(secret), to))
    }

    pub(crate) fn pack_in_background(
        &self,
        job: u32,
        wish: &ArchiveWish,
        secret: &Secret,
        to: &Path,
        progress: &Progress,
    ) -> Result<(), AppError> {
        let wanted = Wanted { secret: secret.text(), ..Wanted::default() };
        let zip = RecordingsPacking::Zip;
        let written = self.export_recordings(&wish.recordings, wish.form, zip, wanted, to, progress)?;
        self.jobs.written(job, written);
        Ok(())
    }

    /// Writes recordings into an archive or a folder that is not there yet; it appears when it is whole. Each is named as it
    /// was shown to whoever asked for it. Those that cannot be written are told, and stand in the table of contents. Once
    /// `progress` is cancelled, a filter at work is ended, and nothing is left of what was written.
    pub fn export_recordings(
        &self,
        chosen: &[ConfirmedRecording],
        form: RecordingsForm,
        packing: RecordingsPacking,
        wanted: Wanted<'_>,
        to: &Path,
        progress: &Progress,
    ) -> Result<WrittenRecordings, AppError> {
        refuse_existing(to)?;
        let told = |error| AppError::File(to.to_owned(), error);
        let wanted = Wanted { cancelled: Some(progress.cancelled()), ..wanted };
        let mut bundle = Bundle::create(packing, to).map_err(told)?;
        progress.expects(chosen.len() as u64);
        let mut done = WrittenRecordings { files: 0, bytes: 0, failed: Vec::new() };
        let mut index = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        index.write_record(TITLES).map_err(|error| told(error.into()))?;
        let mut names = HashSet::from([INDEX.to_owned()]);
        for (place, recording) in (1..).zip(chosen) {
            let row = self.recording(recording.id)?;
            let name = unused(&row, form, &mut names);
            let put = self.put(recording, form, wanted, (&name, to), &mut bundle);
            if progress.is_cancelled() {
                return Err(AppError::Cancelled);
            }
            let (result, bytes) = match put {
                Ok(bytes) => {
                    done.files += 1;
                    done.bytes += bytes;
                    ("done".to_owned(), Some(bytes))
                }
                Err(error @ AppError::Ledger(_)) => return Err(error),
                // The place itself fails: the next file would, too.
                Err(AppError::File(place, error)) if place == *to => {
                    return Err(AppError::File(place, error));
                }
                Err(error) => {
                    let why = ErrorView::from(&error);
                    let result = why.message.clone();
                    done.failed.push(KeptRecording { file: recording.file.clone(), why });
                    (result, None)
                }
            };
            let cells = cells(&row, &name, bytes, &result);
            index
                .write_record(cells.iter().map(|cell| harmless(cell).into_owned()))
                .map_err(|error| told(error.into()))?;
            progress.advances(1, Some(place));
            self.tell_jobs();
        }
        let index = index.into_inner().map_err(|error| told(error.into_error()))?;
        // Without the mark Excel takes UTF-8 for the computer's own code page.
        let index = [b"\xef\xbb\xbf".as_slice(), &index].concat();
        bundle.add(INDEX, &mut index.as_slice()).map_err(told)?;
        bundle.keep().map_err(told)?;
        Ok(done)
    }

    /// The bytes written.
    fn put(
        &self,
        chosen: &ConfirmedRecording,
        form: RecordingsForm,
        wanted: Wanted<'_>,
        (name, to): (&str, &Path),
        bundle: &mut Bundle,
    ) -> Result<u64, AppError> {
        let (entry, call) = self.read(|ledger| {
            let entry = list::entry(ledger, chosen.id)?;
            let call = list::call_of(ledger, &entry)?;
            Ok((entry, call))
        })?;
        if super::words::shown(&entry.path) != chosen.file {
            return Err(RecordingError::NotConfirmed(chosen.file.clone()).into());
        }
        let told = |error| AppError::File(to.to_owned(), error);
        if form == RecordingsForm::Wav {
            let mut sound = self.sound_of(&entry, call, wanted, ListeningKind::Exported)?;
            sound.decode_to(usize::MAX);
            return bundle.add(name, &mut sound.wav(0, sound.frames()).as_slice()).map_err(told);
        }
        let (shown, path) = self.place_of(narrow(entry.id))?;
        let mut heard = Heard { call, ..Heard::new(ListeningKind::Copied, shown) };
        let copied = match File::open(&path) {
            Ok(file) => {
                let mut source = Source { file, wanted, failed: false };
                let copied = bundle.add(name, &mut source);
                copied.map_err(|error| match source.failed {
                    _ if !wanted.still() => AppError::Cancelled,
                    true => AppError::File(path, error),
                    false => told(error),
                })
            }
            Err(error) => Err(AppError::File(path, error)),
        };
        match &copied {
            Ok(bytes) => heard.bytes = Some(*bytes),
            Err(error) => heard.result = filters::result_of(error),
        }
        self.log(heard)?;
        copied
    }
}

/// What is being written; gone if it is never kept.
enum Bundle {
    Zip(Box<ZipWriter<File>>, Draft),
    Folder(FolderDraft),
}

impl Bundle {
    fn create(packing: RecordingsPacking, to: &Path) -> io::Result<Self> {
        match packing {
            RecordingsPacking::Zip => {
                let (draft, file) = Draft::create(to)?;
                Ok(Self::Zip(Box::new(ZipWriter::new(file)), draft))
            }
            RecordingsPacking::Folder => Ok(Self::Folder(FolderDraft::create(to)?)),
        }
    }

    fn add(&mut self, name: &str, from: &mut dyn Read) -> io::Result<u64> {
        match self {
            Self::Zip(zip, _) => {
                // Sound is packed already, encrypted, or worth little packing; and a recording may be larger than 4 GB.
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Stored)
                    .large_file(true);
                zip.start_file(name, options)?;
                let copied = io::copy(from, zip);
                if copied.is_err() {
                    zip.abort_file()?;
                }
                copied
            }
            Self::Folder(folder) => {
                let path = folder.part.join(name);
                let mut file = File::options().write(true).create_new(true).open(&path)?;
                let copied = io::copy(from, &mut file).and_then(|bytes| file.sync_all().map(|()| bytes));
                if copied.is_err() {
                    fs::remove_file(&path)?;
                }
                copied
            }
        }
    }

    fn keep(self) -> io::Result<()> {
        match self {
            Self::Zip(zip, draft) => {
                zip.finish()?.sync_all()?;
                draft.keep()
            }
            Self::Folder(folder) => folder.keep(),
        }
    }
}

/// A folder in the making: beside its place until it is whole, and gone if it never is.
struct FolderDraft {
    part: PathBuf,
    place: PathBuf,
    kept: bool,
}

impl FolderDraft {
    fn create(place: &Path) -> io::Result<Self> {
        let mut name = place.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
        name.push(".part");
        let part = place.with_file_name(name);
        fs::create_dir(&part)?;
        Ok(Self { part, place: place.to_owned(), kept: false })
    }

    fn keep(mut self) -> io::Result<()> {
        fs::rename(&self.part, &self.place)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for FolderDraft {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing can be done about a disk that is gone.
            let _ = fs::remove_dir_all(&self.part);
        }
    }
}

/// Tells whether it was reading that failed, or writing; ends once nobody wants it any more.
struct Source<'a> {
    file: File,
    wanted: Wanted<'a>,
    failed: bool,
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.wanted.still() {
            return Err(io::Error::other("not wanted any more"));
        }
        let read = self.file.read(into);
        self.failed |= read.is_err();
        read
    }
}

/// A name that any system allows and no other file of the bundle has, however it is written.
fn unused(row: &RecordingRow, form: RecordingsForm, names: &mut HashSet<String>) -> String {
    let name = row.file.rsplit('/').next().unwrap_or(&row.file);
    let plain: String = name
        .chars()
        .map(|letter| if FORBIDDEN.contains(&letter) || letter.is_control() { '_' } else { letter })
        .collect();
    let plain = plain.trim_matches(['.', ' ']);
    let plain = if plain.is_empty() { "recording" } else { plain };
    // Numbers and endings are the same to whoever looks for the last dot alone.
    let found = endings(plain.as_bytes());
    let mut stem = plain;
    for _ in [found.encryption, found.sound].into_iter().flatten() {
        stem = stem.rsplit_once('.').map_or(stem, |(before, _)| before);
    }
    let ending = match form {
        RecordingsForm::Original => &plain[stem.len()..],
        RecordingsForm::Wav => ".wav",
    };
    let mut name = format!("{stem}{ending}");
    let mut count = 1;
    while !names.insert(name.to_lowercase()) {
        count += 1;
        name = format!("{stem} ({count}){ending}");
    }
    name
}

fn cells(row: &RecordingRow, name: &str, bytes: Option<u64>, result: &str) -> [String; 10] {
    let call = row.calls.first().filter(|_| row.verdict == "matched");
    let party = |party: Option<&PartyView>| {
        let shown = party.map(|party| {
            let words = [&party.number, &party.name, &party.extension];
            words.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
        });
        shown.unwrap_or_default()
    };
    [
        bytes.map(|_| name.to_owned()).unwrap_or_default(),
        row.file.clone(),
        row.folder.clone(),
        call.map(|call| call.call.clone()).unwrap_or_default(),
        call.and_then(|call| call.start.clone()).unwrap_or_default(),
        party(call.and_then(|call| call.caller.as_ref())),
        party(call.and_then(|call| call.called.as_ref())),
        row.sound_milliseconds.map(|length| length.to_string()).unwrap_or_default(),
        bytes.map(|bytes| bytes.to_string()).unwrap_or_default(),
        result.to_owned(),
    ]
}
