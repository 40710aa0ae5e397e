//! Questions about calls. A report is computed once, as columns and rows; the screen, files and pictures are made from
//! that one value, and every number in it says which calls it counts.
//!
//! Nothing here reads a ledger: [`Traffic`] hands out columns of calls, and whoever has calls can answer it.

mod after_hours;
mod asked;
mod bucket;
mod causes;
mod codes;
mod concurrent;
mod concurrent_by;
mod crossed;
mod directory;
mod draw;
mod erlang;
mod follow_up;
mod grouped;
mod handed;
mod levels;
mod lines;
mod longest;
mod map;
mod matrix;
mod metric;
mod narrowing;
mod occupied;
mod paper;
mod people;
mod quality;
mod report;
mod sentence;
mod spread;
mod sums;
mod sweep;
mod table;
mod tally;
mod traffic;
mod world;

pub use asked::{Asked, Compare, Dimension, Period, ReportSettings, Setting, Span};
use bucket::Bucketed;
pub use causes::cause_label;
pub use draw::svg;
pub use erlang::{engset, erlang_b, erlang_c, lines_needed, offered_from_carried};
pub use grouped::{direction_words, outcome_words};
pub use metric::{METRICS, Metric};
pub use narrowing::{DurationBound, FollowUpEnd, FollowedUp, HandedOn, Lacking, Measured, Narrowing, Role};
pub use paper::{Letterhead, pdf, png};
pub use people::PARTY_ROLES;
pub use report::{Chart, ChartKind, Column, Coverage, Opened, Report, Row, Unit, Value};
pub use sums::{PartySums, SOON, SumKey, Summed, Sums};
pub use table::{REPORTS, ReportKind, report};
pub use traffic::{
    ANSWERED_OUTSIDE, Block, Facts, Field, FollowUp, Handing, Holder, NumberKey, QualityFact, ReportError,
    Traffic, did,
};

/// What every function of this crate returns.
pub type Result<T, E = ReportError> = std::result::Result<T, E>;
