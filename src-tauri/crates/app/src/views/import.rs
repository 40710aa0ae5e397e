//! Importing files of calls: what is proposed, what goes on, what came of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CallRow, DeletedRecordings, EncryptedRecordings, ErrorView, ScannedView, WrittenRecordings};

/// What a person decided about how a file is read; what is `None` or empty is found out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ImportOptions {
    /// Id of a format; `None` for the one that explains the rows best.
    pub format: Option<String>,
    /// Name of a kept mapping.
    pub mapping: Option<String>,
    /// Meanings given to columns by hand.
    pub columns: Vec<ColumnChoice>,
    pub header: Option<bool>,
    /// `utf-8`, `utf-16le`, `latin-1`, `cp437` …
    pub encoding: Option<String>,
    /// `,` `;` `|` or `tab`.
    pub separator: Option<String>,
    /// Sheet of a spreadsheet, file inside a zip.
    pub sheet: Option<String>,
    /// Answers to questions: `date-order` → `dmy`.
    pub answers: Vec<Answer>,
    pub zone: Option<String>,
    /// Which exchange it tells of, from 1.
    pub exchange: Option<u32>,
    /// Put on every call that has none.
    pub account_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColumnChoice {
    /// From 0.
    pub column: u32,
    /// Id of a meaning.
    pub meaning: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Answer {
    pub question: String,
    pub value: String,
}

/// A file with how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportFile {
    pub path: String,
    pub options: ImportOptions,
}

/// Something to choose from a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Choice {
    pub id: String,
    pub name: String,
}

/// A file as it will be read, shown before anything is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportPreview {
    pub path: String,
    /// The file's own name.
    pub file: String,
    #[ts(type = "number")]
    pub size_bytes: u64,
    /// `gzip`, `zip`.
    pub packed: Option<String>,
    /// Sheets of a spreadsheet or files in a zip, when there are several.
    pub sheets: Vec<String>,
    pub sheet: Option<String>,
    pub encoding: String,
    pub encodings: Vec<Choice>,
    /// `,` `;` `|` `tab`; `None` for spreadsheets, JSON and lines in columns.
    pub separator: Option<String>,
    pub header: bool,
    /// The format by which it is read: a known one, or `table` with a guessed mapping.
    pub format: String,
    pub format_name: String,
    /// It is a known format and most rows are understood.
    pub recognised: bool,
    /// Other readings, best first.
    pub formats: Vec<Choice>,
    /// Kept mappings that fit.
    pub mappings: Vec<String>,
    pub mapping: Option<String>,
    pub columns: Vec<ColumnView>,
    pub meanings: Vec<Choice>,
    /// The first rows, at most 50.
    pub rows: Vec<PreviewRow>,
    /// The calls that these rows tell of.
    pub calls: Vec<CallRow>,
    /// What only a person can know.
    pub questions: Vec<QuestionView>,
    pub zone: String,
    pub exchange: u32,
    /// Plain sentences about oddities of the file.
    pub notes: Vec<String>,
    /// This very file was imported before, as this batch.
    #[ts(type = "number | null")]
    pub imported_as: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ColumnView {
    /// From 0.
    pub column: u32,
    pub title: Option<String>,
    /// A few values.
    pub samples: Vec<String>,
    pub meaning: String,
    /// `false`: guessed, look at it.
    pub sure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RowVerdict {
    Read,
    Ignored,
    Rejected,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PreviewRow {
    /// Number of its line in the file, from 1.
    #[ts(type = "number")]
    pub line: u64,
    pub cells: Vec<String>,
    pub verdict: RowVerdict,
    /// Why it is rejected.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QuestionView {
    /// `date-order`, `duration-unit`, `stamp`, `zone`.
    pub id: String,
    pub text: String,
    pub choices: Vec<AnswerChoice>,
    /// The value taken now.
    pub value: Option<String>,
    /// Somebody answered; otherwise it was guessed.
    pub answered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnswerChoice {
    pub value: String,
    pub text: String,
    /// The person's own values, read this way.
    pub examples: Vec<String>,
}

/// What came of an import; `lines = inserted + known + ignored + rejected`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportSummary {
    #[ts(type = "number")]
    pub batch: i64,
    /// The file's own name.
    pub file: String,
    pub format: String,
    pub format_name: String,
    #[ts(type = "number")]
    pub lines: u64,
    #[ts(type = "number")]
    pub inserted: u64,
    #[ts(type = "number")]
    pub known: u64,
    #[ts(type = "number")]
    pub ignored: u64,
    #[ts(type = "number")]
    pub rejected: u64,
    /// Of the inserted rows, those that tell of a known row otherwise.
    #[ts(type = "number")]
    pub updated: u64,
    /// Of the known rows, those that had come over a line.
    #[ts(type = "number")]
    pub known_from_lines: u64,
    /// Calls that are new or different.
    #[ts(type = "number")]
    pub calls: u64,
    /// First and last day of the rows, `2026-11-20`.
    pub first: Option<String>,
    pub last: Option<String>,
    pub seconds: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum JobPhase {
    Waiting,
    Reading,
    Indexing,
    Undoing,
    Done,
    Cancelled,
    Failed,
}

/// Work that takes a while. It goes on when the window is closed to the tray, and is undone or finished when the
/// program was ended in the middle of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct JobView {
    pub id: u32,
    /// `import`, `undo`, `renumber`, `export`, `scan`, `encrypt`, `retention`, `archive`.
    pub kind: String,
    /// The file's own name.
    pub file: Option<String>,
    pub phase: JobPhase,
    #[ts(type = "number")]
    pub rows: u64,
    pub rows_per_second: u32,
    /// From 0 to 1.
    pub share: f64,
    pub seconds_left: Option<u32>,
    pub can_cancel: bool,
    pub summary: Option<ImportSummary>,
    /// What came of a scan; what was found before it was cancelled, too.
    pub scanned: Option<ScannedView>,
    /// What was encrypted; before it was cancelled, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub encrypted: Option<EncryptedRecordings>,
    /// What was deleted by rules; before it was cancelled, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub deleted: Option<DeletedRecordings>,
    /// What is in the archive of recordings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub written: Option<WrittenRecordings>,
    pub error: Option<ErrorView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BatchState {
    /// Being taken in.
    Importing,
    Imported,
    /// Being taken back.
    Undoing,
    Undone,
}

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BatchView {
    #[ts(type = "number")]
    pub id: i64,
    pub file: String,
    pub place: String,
    pub state: BatchState,
    /// RFC 3339.
    pub imported_at: String,
    pub undone_at: Option<String>,
    pub zone: String,
    pub mapping: Option<String>,
    /// Corrected rows of this batch.
    #[ts(type = "number | null")]
    pub corrects: Option<i64>,
    pub summary: ImportSummary,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RejectedRow {
    #[ts(type = "number")]
    pub line: u64,
    pub reason: String,
    pub raw: String,
    /// A corrected form of it was read.
    pub corrected: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RejectedRows {
    pub rows: Vec<RejectedRow>,
    #[ts(type = "number")]
    pub total: u64,
    #[ts(type = "number")]
    pub offset: u64,
    /// Rows of a table can; lines of an exchange are kept as they came.
    pub can_correct: bool,
}

/// A rejected row with what a person made of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct CorrectedRow {
    #[ts(type = "number")]
    pub line: u64,
    pub text: String,
}

/// A mapping kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MappingView {
    pub name: String,
    pub format_name: String,
    /// What it fixes, `Zone Europe/Dublin, exchange 2`.
    pub options: ImportOptions,
}

/// A folder whose new files are imported by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WatchedFolder {
    #[ts(type = "number")]
    pub id: i64,
    pub path: String,
    pub options: ImportOptions,
    pub paused: bool,
    /// The file it took last, and when (RFC 3339).
    pub last_file: Option<String>,
    pub last_at: Option<String>,
    /// Why the last try failed.
    pub error: Option<ErrorView>,
}
