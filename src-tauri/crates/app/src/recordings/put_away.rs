//! Plain recordings of a folder are encrypted, one after the other. What belongs to a recording goes along to its new name:
//! its call, what people said of it, its markers.

use std::{io::ErrorKind, ops::ControlFlow, path::Path, sync::Arc, time::UNIX_EPOCH};

use ledger::{Ledger, ListeningKind, RecordingEntry, RecordingSeen, RecordingState};
use recordings::{Cipher, Encryption, Plainness, SealError, Sealer, Step};
use zeroize::Zeroizing;

use super::{AT_ONCE, RecordingError, delete, filters, hold, list, listening::Heard, narrow, words};
use crate::{
    App, AppError, Progress,
    views::{EncryptedRecordings, EncryptionPreview, EncryptionWish, ErrorView, KeptRecording},
};

/// A pass phrase on its way to a job, which must not show it.
#[derive(Clone, Default)]
pub(crate) struct Secret(Option<Zeroizing<String>>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    pub fn new(secret: Option<&str>) -> Self {
        Self(secret.map(|secret| Zeroizing::new(secret.to_owned())))
    }

    pub fn text(&self) -> Option<&str> {
        self.0.as_ref().map(|secret| secret.as_str())
    }
}

impl App {
    /// The plain recordings of a folder, as far as it was looked through.
    pub fn encryption_preview(&self, folder: u32) -> Result<EncryptionPreview, AppError> {
        self.folder_view(folder)?;
        let (files, bytes) = self.read(|ledger| Ok(ledger.plain_recordings(folder.into())?))?;
        Ok(EncryptionPreview { files: narrow(files), bytes })
    }

    /// Encrypts them in the background; see [`App::jobs`]. What is wrong with the wish or the pass phrase is told at once.
    pub fn start_encrypting(
        self: &Arc<Self>,
        wish: EncryptionWish,
        secret: Option<&str>,
    ) -> Result<(), AppError> {
        self.sealer(&wish, secret)?;
        let folder = self.folder_view(wish.folder)?.path;
        self.start_sealing(wish, Secret::new(secret), folder);
        Ok(())
    }

    pub(crate) fn encrypt_in_background(
        &self,
        job: u32,
        wish: &EncryptionWish,
        secret: &Secret,
        progress: &Progress,
    ) -> Result<(), AppError> {
        let mut is_begun = false;
        let encrypted = self.encrypt_recordings(wish, secret.text(), &mut |files, expected| {
            if !is_begun {
                progress.expects(expected);
                is_begun = true;
            }
            if files > progress.rows() || files == 0 {
                progress.advances(files - progress.rows(), Some(files));
                self.tell_jobs();
            }
            if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        self.jobs.encrypted(job, encrypted);
        if progress.is_cancelled() { Err(AppError::Cancelled) } else { Ok(()) }
    }

    /// Encrypts the plain recordings of a folder; each is decrypted again and compared before the plain file goes. May be
    /// ended, or killed, at any moment, and begun anew. Recordings on hold stay as they are.
    ///
    /// `tell` hears how many are done, of how many, and may end it: also within a file, which is plain again then.
    pub fn encrypt_recordings(
        &self,
        wish: &EncryptionWish,
        secret: Option<&str>,
        tell: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<EncryptedRecordings, AppError> {
        let sealer = self.sealer(wish, secret)?;
        let (expected, _) = self.read(|ledger| Ok(ledger.plain_recordings(wish.folder.into())?))?;
        let mut done = EncryptedRecordings::default();
        let mut flow = tell(0, expected);
        let (mut after, mut files) = (0, 0);
        while flow.is_continue() {
            let page =
                self.read(|ledger| Ok(ledger.plain_recordings_after(wish.folder.into(), after, AT_ONCE)?))?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for entry in &page {
                match self.encrypt_one(entry, wish, &sealer, &mut || tell(files, expected)) {
                    Ok(bytes) => {
                        done.files += 1;
                        done.bytes += bytes;
                    }
                    Err(AppError::Recording(RecordingError::Seal(SealError::Stopped))) => {}
                    Err(error) if concerns_all(&error) => return Err(error),
                    Err(error) => {
                        let why = ErrorView::from(&error);
                        done.failed.push(KeptRecording { file: words::shown(&entry.path), why });
                    }
                }
                files += 1;
                flow = tell(files, expected);
                if flow.is_break() {
                    break;
                }
            }
        }
        self.recordings_changed();
        Ok(done)
    }

    fn sealer(&self, wish: &EncryptionWish, secret: Option<&str>) -> Result<Sealer, AppError> {
        let cipher = match (wish.with.as_str(), wish.recipients.is_empty()) {
            ("age", false) => Cipher::for_keys(&wish.recipients).map_err(RecordingError::from)?,
            ("age", true) => Cipher::AgePassPhrase,
            ("gpg", true) => Cipher::Gpg,
            ("gpg", false) => return Err(RecordingError::GpgRecipients.into()),
            (other, _) => return Err(AppError::Choice(other.to_owned())),
        };
        let filter = self.read(|ledger| filters::named(ledger, &wish.with))?;
        let secret = self.secret_of(&filter, secret)?;
        let secret = secret.ok_or_else(|| RecordingError::SecretNeeded(filter.label.clone(), None))?;
        Ok(Sealer::new(cipher, &secret).map_err(RecordingError::from)?)
    }

    /// The bytes that the plain file had.
    fn encrypt_one(
        &self,
        entry: &RecordingEntry,
        wish: &EncryptionWish,
        sealer: &Sealer,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<u64, AppError> {
        // A scan would take the one file for gone and the other for a new one.
        let _nobody_scans = self.scanning();
        let id = narrow(entry.id);
        let (shown, plain) = self.place_of(id)?;
        let call = self.read(|ledger| {
            may_be_replaced(ledger, entry)?;
            Ok(ledger.recording_matches(entry.id)?.first().map(|found| found.call))
        })?;
        delete::is_as_seen(entry, &plain)?;
        let mut heard = Heard { call, ..Heard::new(ListeningKind::Encrypted, shown) };
        heard.filter = Some(wish.with.clone());
        let (mut is_renamed, mut failed) = (false, None);
        let result = sealer.seal(&plain, &mut |step| {
            match step {
                // Before the plain file goes: what people said of it shall not be without a file for a moment.
                Step::Checked => {
                    if let Err(error) = self.rename_to(entry, &sealer.target(&plain), &wish.with) {
                        failed = Some(error);
                        return ControlFlow::Break(());
                    }
                    is_renamed = true;
                    ControlFlow::Continue(())
                }
                _ => go_on(),
            }
        });
        if result.is_err() && is_renamed {
            let (id, folder, path, seen) = (entry.id, entry.folder, entry.path.clone(), entry.seen.clone());
            self.write(move |ledger| {
                Ok(ledger.transaction(|ledger| ledger.rename_recording(id, folder, &path, &seen))?)
            })?;
        }
        let bytes = match (result, failed) {
            (Ok(done), _) => Ok(done.bytes),
            (Err(_), Some(error)) => Err(error),
            (Err(error), None) => Err(RecordingError::from(error).into()),
        };
        match &bytes {
            Ok(had) => heard.bytes = Some(*had),
            Err(error) => heard.result = filters::result_of(error),
        }
        self.log(heard)?;
        bytes
    }

    /// The recording has this file from now on.
    fn rename_to(&self, entry: &RecordingEntry, target: &Path, with: &str) -> Result<(), AppError> {
        let told = |error| AppError::File(target.to_owned(), error);
        let about = target.metadata().map_err(told)?;
        let modified = about.modified().map_err(told)?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let encryption = if with == "gpg" { Encryption::OpenPgp } else { Encryption::Age };
        let seen = RecordingSeen {
            size: about.len(),
            modified: i64::try_from(modified.as_millis()).unwrap_or(i64::MAX),
            state: RecordingState::Found,
            why: None,
            cipher: words::cipher_number(Plainness::Encrypted(encryption)),
            sound_milliseconds: entry.seen.sound_milliseconds,
            channels: entry.seen.channels,
        };
        let mut path = entry.path.clone();
        path.extend_from_slice(b".");
        path.extend_from_slice(with.as_bytes());
        let (id, folder) = (entry.id, entry.folder);
        self.write(move |ledger| {
            Ok(ledger.transaction(|ledger| ledger.rename_recording(id, folder, &path, &seen))?)
        })
    }
}

/// A recording on hold is kept as it is, and one that is known otherwise by now is looked at first.
fn may_be_replaced(ledger: &Ledger, entry: &RecordingEntry) -> Result<(), AppError> {
    if let Some(held) = ledger.recording_hold(entry.folder, &entry.path)? {
        return Err(hold::refusal(&held).into());
    }
    let now = list::entry(ledger, narrow(entry.id))?;
    if now.seen != entry.seen || now.path != entry.path {
        return Err(RecordingError::Changed(words::shown(&entry.path)).into());
    }
    Ok(())
}

/// The next file would fail for the same reason.
fn concerns_all(error: &AppError) -> bool {
    let is_full = |error: &std::io::Error| error.kind() == ErrorKind::StorageFull;
    match error {
        AppError::Ledger(_) | AppError::Stopped => true,
        AppError::Recording(RecordingError::Seal(SealError::File(_, error))) => is_full(error),
        error => {
            ["secret-wrong", "secret-needed", "filter-missing", "filter-untrusted"].contains(&error.code())
        }
    }
}
