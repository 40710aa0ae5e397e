//! Recordings, the calls they belong to, and who listened.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ErrorView, PartyView};

/// A folder that recordings are looked for in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordingFolderView {
    pub id: u32,
    pub path: String,
    /// Why nothing of it can be seen now, in a sentence; what was found in it is still known.
    pub unreachable: Option<String>,
    /// How far the clock of its names is ahead of that of the calls, in sentences: one for each difference.
    pub clocks: Vec<String>,
    /// How sound without a header is read: a-law, mu-law, linear; `None`: as its ending says.
    pub law: Option<String>,
    /// `None`: everything is kept.
    pub retention: Option<RetentionRule>,
}

/// How long recordings of a folder are kept. Recordings on hold are kept whatever it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionRule {
    /// Older ones may go; `None`: however old.
    pub days: Option<u32>,
    /// The oldest may go until there are no more than so many; `None`: however many.
    pub most_megabytes: Option<u32>,
    /// Those of which there is no other copy may go, too.
    pub only_copies: bool,
}

/// What the rules would delete now. Nothing is, until it is asked for with `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RetentionPreview {
    /// Names exactly these files; another list has another one.
    pub token: String,
    pub files: u32,
    #[ts(type = "number")]
    pub bytes: u64,
    /// Kept because they are on hold, though a rule would have them go.
    pub held: u32,
    /// Kept because there is no other copy, though a rule would have them go.
    pub only_copies: u32,
    /// The first of them, the oldest first.
    pub rows: Vec<RetentionRow>,
}

/// A file that a rule would delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RetentionRow {
    pub id: u32,
    pub folder: String,
    pub file: String,
    #[ts(type = "number")]
    pub bytes: u64,
    /// RFC 3339.
    pub modified: String,
    pub call: Option<String>,
    /// The rule, in words.
    pub rule: String,
}

/// What came of deleting recordings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
pub struct DeletedRecordings {
    pub files: u32,
    #[ts(type = "number")]
    pub bytes: u64,
    /// Those that are still there, and why.
    pub kept: Vec<KeptRecording>,
}

/// A recording that was not deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeptRecording {
    pub file: String,
    pub why: ErrorView,
}

/// A recording as a person saw it when they said what is to be done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConfirmedRecording {
    pub id: u32,
    /// As [`RecordingRow::file`].
    pub file: String,
}

/// An entry of the log of deletions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeletionView {
    pub id: u32,
    /// RFC 3339.
    pub at: String,
    pub who: String,
    pub file: String,
    #[ts(type = "number")]
    pub bytes: u64,
    /// `None`: somebody chose this recording.
    pub rule: Option<String>,
    /// begun, done, or the code of the error.
    pub result: String,
    pub calls: Vec<String>,
    /// `Deleted on 2026-11-20 by anna.`
    pub sentence: String,
}

/// Why a recording must not be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HoldView {
    pub who: String,
    /// RFC 3339.
    pub at: String,
    pub why: String,
}

/// All recordings of the calls of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NumberRecordings {
    pub number: String,
    /// Calls of the number, with recordings or without.
    pub calls: u32,
    #[ts(type = "number")]
    pub bytes: u64,
    /// Those that are encrypted.
    pub locked: u32,
    pub rows: Vec<RecordingRow>,
}

/// How recordings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RecordingsPacking {
    /// One ZIP archive.
    Zip,
    /// A new folder.
    Folder,
}

/// In what form recordings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RecordingsForm {
    /// The files as they are, encrypted if they are.
    Original,
    /// What is to be heard, as WAV.
    Wav,
}

/// Recordings that are to be written into one archive. The pass phrase goes apart from this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchiveWish {
    pub recordings: Vec<ConfirmedRecording>,
    pub form: RecordingsForm,
}

/// What was written of many recordings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WrittenRecordings {
    pub files: u32,
    #[ts(type = "number")]
    pub bytes: u64,
    /// Those that could not be written; the table of contents names them, too.
    pub failed: Vec<KeptRecording>,
}

/// How plain recordings of a folder are to be encrypted. The pass phrase goes apart from this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EncryptionWish {
    /// A folder of recordings.
    pub folder: u32,
    /// age or gpg.
    pub with: String,
    /// Keys of age (`age1…`) that it is encrypted for; empty: with a pass phrase. gpg takes a pass phrase alone.
    pub recipients: Vec<String>,
}

/// What there is to be encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EncryptionPreview {
    pub files: u32,
    #[ts(type = "number")]
    pub bytes: u64,
}

/// What came of encrypting a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
pub struct EncryptedRecordings {
    pub files: u32,
    #[ts(type = "number")]
    pub bytes: u64,
    /// Those that are still plain, and why. Nothing was lost.
    pub failed: Vec<KeptRecording>,
}

/// Which recordings to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RecordingFilterShow {
    #[default]
    All,
    Matched,
    /// Several calls fit equally well.
    Ambiguous,
    Unmatched,
    /// Still being written, perhaps.
    TooNew,
    /// No sound in it.
    Empty,
    Unreadable,
    Gone,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordingPage {
    pub rows: Vec<RecordingRow>,
    /// Asked for as `after`, it gives the next page; `None`: this is the last.
    pub next: Option<RecordingPlaceView>,
    pub counts: RecordingCountsView,
}

/// A place in the list of recordings, whether or not the recording that gave it is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RecordingPlaceView {
    #[ts(type = "number")]
    pub begun: i64,
    pub id: u32,
}

/// How many recordings there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RecordingCountsView {
    pub all: u32,
    pub matched: u32,
    pub ambiguous: u32,
    pub unmatched: u32,
    pub too_new: u32,
    pub empty: u32,
    pub unreadable: u32,
    pub gone: u32,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordingRow {
    pub id: u32,
    pub folder: String,
    /// Relative to the folder; what is not UTF-8 is shown with escapes.
    pub file: String,
    #[ts(type = "number")]
    pub size_bytes: u64,
    /// RFC 3339: when it was last written to.
    pub modified: String,
    /// found, too-new, empty, header-only, unreadable, gone.
    pub state: String,
    /// matched, ambiguous, unmatched, not-asked.
    pub verdict: String,
    /// Why it has no call, as a code; and what is to be said of it, in sentences.
    pub reason: Option<String>,
    pub because: String,
    pub sound_milliseconds: Option<u32>,
    pub channels: Option<u8>,
    pub lock: LockView,
    /// The calls it belongs to; where it is ambiguous, those it may belong to.
    pub calls: Vec<RecordingCallView>,
    /// Why it must not be deleted.
    pub hold: Option<HoldView>,
    /// `Deleted on 2026-11-20 by anna.`
    pub deleted: Option<String>,
}

/// Whether a recording is encrypted, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LockView {
    /// open: plain; closed: encrypted, and a filter fits; broken: encrypted, and none does; unknown: not looked at.
    pub code: String,
    /// The filter that is asked first.
    pub filter: Option<String>,
    /// What its first bytes say: the first of the two conditions.
    pub contents: String,
    /// What its ending says: the second.
    pub ending: String,
}

/// A call that a recording belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordingCallView {
    pub call: String,
    /// RFC 3339; `None`, like the parties: the call is not in the ledger any more.
    pub start: Option<String>,
    pub caller: Option<PartyView>,
    pub called: Option<PartyView>,
    /// by-hand, id, uuid, reference, source-field, time-extension-number, time-number.
    pub evidence: String,
    pub because: String,
    /// Seconds from the start of the call to the time in the name.
    pub after_start: Option<i32>,
    pub talk_seconds: Option<u32>,
    /// A sentence where sound and talk differ by more than two seconds.
    pub length: Option<String>,
}

/// A recording of one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CallRecordingView {
    pub recording: RecordingRow,
    /// whole, stereo, caller-side, called-side, part.
    pub label: String,
    /// Which of the parts, from 1.
    pub part: Option<u8>,
    /// Other calls use the file, too.
    pub shared: bool,
}

/// How encrypted recordings are decrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordingFilterView {
    pub id: String,
    pub label: String,
    /// `None`: age, which is built in.
    pub program: Option<String>,
    /// `{file}` stands for the path of the file.
    pub arguments: Vec<String>,
    /// What it reads from its standard input: nothing, file, pass-phrase.
    pub given: String,
    pub endings: Vec<String>,
    pub notices_tampering: bool,
    pub seconds: u32,
    pub seconds_per_megabyte: u32,
    pub most_megabytes: u32,
    /// It came with the program and was not changed. Ignored when it is saved.
    pub ready_made: bool,
}

/// What a filter made of a file. Nothing was to be heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FilterTrialView {
    pub filter: String,
    pub file: String,
    /// It ended well, and what it gave is sound.
    pub fits: bool,
    /// done, or the code of the error.
    pub result: String,
    /// How it ended, in a sentence.
    pub ended: String,
    #[ts(type = "number | null")]
    pub bytes: Option<u64>,
    /// At most 16 bytes in hexadecimal.
    pub first_bytes: Option<String>,
    /// What kind of sound: WAV, GSM 06.10 …
    pub format: Option<String>,
    pub milliseconds: Option<u32>,
    pub notices_tampering: bool,
    /// What the program said, for whoever looks after it.
    pub said: Option<String>,
}

/// Whether the pass phrase of a filter is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PassPhraseView {
    pub filter: String,
    /// kept, none, not-needed, no-store.
    pub state: String,
    /// Why it cannot be kept, in a sentence.
    pub because: Option<String>,
}

/// A part that a template of names may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamePartView {
    /// Written in braces: `date` is `{date}`.
    pub name: String,
    pub meaning: String,
    pub example: String,
}

/// What a template made of the names that were found last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NameTrialView {
    pub hits: u32,
    pub misses: u32,
    /// It fits in several ways.
    pub ambiguous: u32,
    pub rows: Vec<NameTrialRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NameTrialRow {
    /// Relative to its folder.
    pub file: String,
    /// What the template reads in it, in words: nothing where it does not fit, several where it fits in several ways.
    pub readings: Vec<String>,
}

/// What came of looking through the folders.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
pub struct ScannedView {
    pub folders: Vec<ScannedFolderView>,
    /// Recordings whose calls were looked for.
    pub asked: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ScannedFolderView {
    pub path: String,
    /// Why nothing is known of it: a sentence. Its recordings are as they were.
    pub unreachable: Option<String>,
    pub recordings: u32,
    pub new: u32,
    pub changed: u32,
    pub gone: u32,
    /// How many files and folders in it could not be looked into, and of the first of them which and why.
    pub barred: u32,
    pub barred_first: Option<String>,
}

/// An entry of the listening log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ListeningView {
    pub id: u32,
    /// RFC 3339.
    pub at: String,
    /// The person logged in to the computer.
    pub who: String,
    /// opened, played, exported, copied, tried, encrypted, deleted.
    pub what: String,
    pub file: String,
    pub call: Option<String>,
    pub from_milliseconds: Option<u32>,
    pub to_milliseconds: Option<u32>,
    pub filter: Option<String>,
    /// done, or the code of the error.
    pub result: String,
    #[ts(type = "number | null")]
    pub bytes: Option<u64>,
    pub took_milliseconds: Option<u32>,
}
