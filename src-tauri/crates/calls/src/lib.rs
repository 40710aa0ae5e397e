//! The words of the field as types, and the stitcher from records to calls.
//!
//! Pure: no input or output, no waiting, no clock of its own. A format turns a line into a [`Record`];
//! [`stitch`] turns the records of one exchange into [`Call`]s, in two steps: *group* (which records belong
//! together) and *derive* (what they mean). Both are functions of a set, so the order of arrival and repeated
//! lines can never change a call.

mod call;
mod chain;
mod derive;
mod event;
mod group;
mod record;
mod sentence;
mod stitch;
mod time;

pub use call::{
    Call, CallId, Direction, Leg, LegKind, Outcome, Outline, Party, PartyOutline, Segment, SegmentKind,
    Transfer, TransferKind,
};
pub use chain::ChainRules;
pub use derive::{RING_TIMEOUT_SECONDS, SHORT_LOST_SECONDS};
pub use event::{ChannelEvent, ChannelStep, Event, EventOf, QueueEvent, QueueStep};
pub use group::{Lane, joins_across};
pub use record::{Charge, DialResult, Kind, Machine, Record, RecordKey, Role, Service, Thread};
pub use stitch::{Evidence, Stitched, outline, stitch, tell};
pub use time::{CallTime, Certainty, Zone};
