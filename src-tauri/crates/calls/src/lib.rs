//! The words of the field as types, and the stitcher from records to calls.
//!
//! Pure: no input or output, no waiting, no clock of its own. A format turns a line into a [`Record`];
//! [`stitch`] turns the records of one exchange into [`Call`]s, in two steps: *group* (which records belong
//! together) and *derive* (what they mean). Both are functions of a set, so the order of arrival and repeated
//! lines can never change a call.

mod call;
mod cause;
mod chain;
mod channels;
mod derive;
mod event;
mod flags;
mod group;
mod lanes;
mod legs;
mod outcome;
mod outline;
mod queue;
mod record;
mod rows;
mod second_channel;
mod sentence;
mod stitch;
mod story;
mod time;
mod times;
mod transfers;

/// A text of a record. One of up to 24 bytes needs no memory of its own: rows of tables come by the million.
pub use compact_str::CompactString as Text;

pub use call::{
    Call, CallId, Direction, Leg, LegKind, Outcome, Outline, Party, PartyOutline, Segment, SegmentKind,
    Transfer, TransferKind, UNNAMED,
};
pub use cause::{cause_number, cause_words};
pub use chain::ChainRules;
pub use derive::{RING_TIMEOUT_SECONDS, SHORT_LOST_SECONDS};
pub use event::{ChannelEvent, ChannelStep, Dialled, Event, EventOf, Peer, QueueEvent, QueueStep, Side};
pub use group::{Lane, joins_across};
pub use record::{Charge, DialResult, Kind, Machine, Record, RecordKey, Role, Service, Thread, ThreadFamily};
pub use second_channel::{HandedOver, Leaving, consultations, handed_over, joins_by_consultation};
pub use stitch::{Evidence, Stitched, outline, stitch, tell};
pub use time::{CallTime, Certainty, Zone};
