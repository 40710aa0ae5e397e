//! What crosses to the window: plain values, named as the screens name them.
//!
//! The TypeScript of these types is generated into `ui/src/backend/bindings.ts`; the test
//! `bindings_are_current` fails when the committed file is stale (`./dev bindings` writes it anew).

#[cfg(test)]
mod bindings;
mod calls;
mod contacts;
mod error;
mod export;
mod import;
mod numbers;
mod people;
mod player;
mod recordings;
mod remarks;
mod reports;
mod ring_back;
mod saved_reports;
mod saved_views;
mod sources;
mod today;

pub use self::reports::{ReportEntry, ReportFile, ReportGallery, ReportQuery, ReportView};
pub use ::reports::{
    Chart, ChartKind, Column, Compare, Coverage, DurationBound, FollowUpEnd, FollowedUp, HandedOn, Lacking,
    Measured, Narrowing, Period, Report, ReportSettings, Role, Row, Setting, Span, Unit, Value,
};
pub use calls::{
    CallDetail, CallFilter, CallPage, CallQuery, CallRow, CallSort, CallState, Comparison, DurationFilter,
    DurationOf, EvidenceLine, FieldSpan, LegView, PartyFilter, PartyMatch, PartyRole, PartyView, SegmentView,
    SortColumn, TransferView,
};
pub use contacts::{Contact, ContactImport, ContactPage, ExtensionEntry, RejectedContact};
pub use error::ErrorView;
pub use export::{ExportColumn, ExportKind, ExportWish};
pub use import::{
    Answer, AnswerChoice, BatchState, BatchView, Choice, ColumnChoice, ColumnView, CorrectedRow, ImportFile,
    ImportOptions, ImportPreview, ImportSummary, JobPhase, JobView, MappingView, PreviewRow, QuestionView,
    RejectedRow, RejectedRows, RowVerdict, WatchedFolder,
};
pub use numbers::{
    DialRules, ExtensionRule, NumberChange, NumberTrace, RewriteRule, RulesPreview, TraceStep,
};
pub use people::{CallTotals, ExtensionRow, PeopleView};
pub use player::{MarkerView, OpenSoundView, WholeSoundView};
pub use recordings::{
    ArchiveWish, CallRecordingView, ConfirmedRecording, DeletedRecordings, DeletionView, EncryptedRecordings,
    EncryptionPreview, EncryptionWish, FilterTrialView, HoldView, KeptRecording, ListeningView, LockView,
    NamePartView, NameTrialRow, NameTrialView, NumberRecordings, PassPhraseView, RecordingCallView,
    RecordingCountsView, RecordingFilterShow, RecordingFilterView, RecordingFolderView, RecordingPage,
    RecordingPlaceView, RecordingRow, RecordingsForm, RecordingsPacking, RetentionPreview, RetentionRow,
    RetentionRule, ScannedFolderView, ScannedView, WrittenRecordings,
};
pub use remarks::{ClosedView, CodeGiven, NoteView, OutcomeCode, OutcomeCodeEntry, TagView};
pub use ring_back::{
    RingBackDecided, RingBackDecisionView, RingBackRow, RingBackSettings, RingBackState, RingBackView,
};
pub use saved_reports::SavedReport;
pub use saved_views::SavedView;
pub use sources::{
    Changed, Counters, Flow, FormatView, LedgerView, Light, LineState, LineStateCode, LineVerdict,
    MonitorLine, MonitorPage, NewSerialSource, Overview, Parity, PortAdvice, PortView, RejectedLine,
    RejectedPage, SerialSettings, SourceKind, SourceView, SpeedAdvice,
};
pub use today::{HalfHour, Metric, MetricKind, PersonRow, TodayView};
