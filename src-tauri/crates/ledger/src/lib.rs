//! The ledger: one SQLite file that holds every byte that arrived, and what was made of it.
//!
//! The spool is precious and only ever grows; it is committed with `synchronous=FULL` before anything tries
//! to understand it. Lines, records, calls and tallies are derived from it and can be rebuilt at any time.
//! One file of this crate is one table.

mod backup;
mod batch;
mod block;
mod call;
mod call_query;
mod closed_call;
mod collecting;
mod column;
mod contact;
mod contact_import;
mod derived;
mod directory;
mod error;
mod exactly;
mod exchange_code;
mod health;
pub mod leb128;
mod line;
mod listed;
mod listening;
mod many;
mod name_template;
mod named;
mod named_number;
mod note;
mod number;
mod number_call;
mod number_text;
mod open;
mod outcome_code;
mod part;
mod part_sum;
mod people;
mod record;
mod recorded_call;
mod recording;
mod recording_choice;
mod recording_deletion;
mod recording_filter;
mod recording_folder;
mod recording_hold;
mod recording_marker;
mod reject;
mod remark_moves;
mod remarked;
mod report_number;
mod report_scan;
mod retention_rule;
mod ring_back;
mod row_place;
mod saved_report;
mod saved_view;
mod scan;
mod schema;
mod selection;
mod settings;
mod sieve;
mod sifting;
mod sorted;
mod source;
mod spool;
mod tag;
mod tally;
mod term;
mod texts;
mod values;
mod writer;

pub use backup::{back_up, restore};
pub use batch::{Batch, BatchCounts, BatchId, BatchState};
pub use block::StoredBlock;
pub use call::{CallEntry, KeptCall, Telling, Told, outside_number};
pub use call_query::{CallOrder, HalfHourCount, OrderBy, Position, Summary};
pub use closed_call::ClosedCall;
pub use collecting::{CollectingLock, Holder};
pub use contact::ContactEntry;
pub use directory::DirectoryEntry;
pub use error::LedgerError;
pub use exactly::{Exactly, Without};
pub use health::{Health, Problem};
pub use line::{LineEntry, LineMarks, Verdict};
pub use listed::Listed;
pub use listening::{Listening, ListeningKind};
pub use named_number::NamedNumber;
pub use note::Note;
pub use number::{CallsByNumber, Classed, PrintedNumber, StoredNumber};
pub use number_call::{MissedCalls, NumberCall, is_to_be_rung_back};
pub use open::Ledger;
pub use outcome_code::{CodeEntry, GivenOutcome};
pub use part::CallChanges;
pub use people::PartyCount;
pub use record::{Origin, StoredRecord};
pub use recording::{
    RecordingClock, RecordingCounts, RecordingEntry, RecordingMatch, RecordingSeen, RecordingShow,
    RecordingState, RecordingVerdict,
};
pub use recording_choice::RecordingChoice;
pub use recording_deletion::RecordingDeletion;
pub use recording_filter::RecordingFilter;
pub use recording_folder::RecordingFolder;
pub use recording_hold::RecordingHold;
pub use recording_marker::RecordingMarker;
pub use reject::RejectEntry;
pub use report_number::NumberGroup;
pub use report_scan::{CallBlock, CallField};
pub use retention_rule::RetentionRule;
pub use ring_back::{RingBackDecision, RingBackDecisionKind, RingBackDecisions};
pub use row_place::RowPlace;
pub use schema::SCHEMA_VERSION;
pub use selection::{Between, CallSelection, MatchBy, PartyMatch, PartyRole};
pub use settings::FolderEntry;
pub use source::{Source, SourceDraft, SourceId};
pub use spool::{Arrival, Chunk, Continuity};
pub use tally::Tally;
pub use writer::Writer;

/// What every function of this crate returns.
pub type Result<T, E = LedgerError> = std::result::Result<T, E>;
