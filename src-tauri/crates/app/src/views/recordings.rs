//! Recordings, the calls they belong to, and who listened.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A folder that recordings are looked for in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordingFolderView {
    pub id: u32,
    pub path: String,
    /// How far the clock of its names is ahead of that of the calls, in sentences: one for each difference.
    pub clocks: Vec<String>,
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
    pub next: Option<u32>,
    pub counts: RecordingCountsView,
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

/// An entry of the listening log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ListeningView {
    pub id: u32,
    /// RFC 3339.
    pub at: String,
    /// The person logged in to the computer.
    pub who: String,
    /// opened, played, exported, copied, tried.
    pub what: String,
    pub file: String,
    pub call: Option<String>,
    pub from_milliseconds: Option<u32>,
    pub to_milliseconds: Option<u32>,
    pub filter: Option<String>,
    /// done, or the code of the error.
    pub result: String,
    pub bytes: Option<u64>,
    pub took_milliseconds: Option<u32>,
}
