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
mod collecting;
mod derived;
mod error;
mod half_hour;
mod health;
pub mod leb128;
mod line;
mod number;
mod open;
mod record;
mod reject;
mod row_place;
mod schema;
mod settings;
mod source;
mod spool;
mod tally;
mod writer;

pub use backup::{back_up, restore};
pub use batch::{Batch, BatchCounts, BatchId, BatchState};
pub use block::StoredBlock;
pub use call::{CallEntry, KeptCall, Telling, Told, outside_number};
pub use call_query::{CallOrder, CallSelection, HalfHourCount, OrderBy, PartyCount, Summary};
pub use collecting::{CollectingLock, Holder};
pub use error::LedgerError;
pub use half_hour::HalfHours;
pub use health::{Health, Problem};
pub use line::{LineEntry, LineMarks, Verdict};
pub use number::{Classed, PrintedNumber, StoredNumber};
pub use open::Ledger;
pub use record::{Origin, StoredRecord};
pub use reject::RejectEntry;
pub use row_place::RowPlace;
pub use schema::SCHEMA_VERSION;
pub use settings::FolderEntry;
pub use source::{Source, SourceDraft, SourceId};
pub use spool::{Arrival, Chunk, Continuity};
pub use tally::Tally;
pub use writer::Writer;

/// What every function of this crate returns.
pub type Result<T, E = LedgerError> = std::result::Result<T, E>;
