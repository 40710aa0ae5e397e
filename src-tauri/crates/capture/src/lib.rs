//! Bytes from serial ports, TCP, UDP and growing files into a spool: nothing lost, reconnecting for ever.
//!
//! One source is one [`collect()`] task. It opens its [`Place`], lets the kernel write into a [`Landing`] (a mapped
//! file that survives a killed process), hands each batch to the [`Spool`] and begins again when the line breaks.
//! What it is doing, it tells through [`Report`]s. It never looks at what the bytes mean: lines, formats and good
//! or bad records are the owner's matter, who says [`Handle::good_line`] when one was understood.

mod backoff;
mod blocking;
mod collect;
mod control;
mod errors;
mod landing;
mod line;
mod owner;
mod place;
mod ports;
mod pump;
mod report;
mod search;
mod settings;
mod speed;
mod spool;

pub use backoff::Backoff;
pub use collect::collect;
pub use control::{Control, Handle, control};
pub use errors::OpenError;
pub use landing::{AREA, Landing, LandingError, Recovered};
pub use owner::Owner;
pub use place::{Adapter, Place, PlaceError};
pub use ports::{Port, PortAdvice, list_ports};
pub use report::{LineState, LineStateCode, Report, Reports};
pub use search::{SPEEDS, Search, Step};
pub use settings::{Flow, Parity, SerialSettings, SettingsError};
pub use speed::{Verdict, describe, judge};
pub use spool::{Arrival, Continuity, Position, SourceId, Spool, SpoolError};
